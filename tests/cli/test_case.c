/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document of match read back. Each test works in a folder of its own. */
#include "cli/case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/document.h"
#include "cli/globals.h"
#include "cli/match_result.h"
#include "tests/runner.h"

static char profiles_folder[4096];

static const struct command *const commands[] = {&match_command, NULL};

/* A command line that is being run. */
struct session {
    struct context context;
    struct mixing *mixing;
    struct match_result result;
};

static void begin(struct session *session, int argc, char **argv)
{
    *session = (struct session){.context = {.commands = commands}};
    struct context *context = &session->context;
    context->warnings = json_array();
    ck_assert_int_eq(
        invocation_parse(argc, argv, commands, &context->invocation, &context->failure),
        EXIT_DONE);
    ck_assert_int_eq(globals_apply(context), EXIT_DONE);
    ck_assert_int_eq(viewing_load(context, "D65,LED-B3,A"), EXIT_DONE);
}

static void end(struct session *session)
{
    mixing_close(session->mixing);
    output_discard(&session->context.output);
    invocation_free(&session->context.invocation);
    json_decref(session->context.warnings);
}

static void store(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void work_in_folder(char *folder)
{
    strcpy(folder, "/tmp/scalptone-case-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static enum exit_code read_back(struct session *session, const char *path,
                                struct recipe *recipe)
{
    static char *argv[] = {"scalptone", "match", "--quiet", NULL};
    begin(session, 3, argv);
    return case_read(&session->context, path, &session->mixing, recipe);
}

static json_t *at(json_t *root, const char *path)
{
    struct document document = {.root = root};
    return (json_t *)document_at(&document, path);
}

/* What match is asked for, and of which skin. */
static const struct {
    const char *skin;
    struct mixing_request request;
} cases[] = {
    {"client-a.cgats",
     {.look = "dark-brown", .grey_fraction = 0.123456789123, .volume_ml = 3.33333333333}},
    {"client-a.cgats", {.look = "brown", .greying = true, .modifiers = "oily,smoker"}},
    {"client-b.cgats", {.look = "black", .density_per_cm2 = 123.456789123, .months = 60}},
    {"client-c.cgats", {.look = "black", .technique = "fine", .ultraviolet_dose = 1.3}},
    {"lab:61.23456789,7,15", {.look = "black", .pigments = "carbon,cool-grey"}},
    {"lch:60,20,60/D50/2", {.look = "grey:0.3+black", .grey_fraction = -1}},
};

enum { CASES = sizeof cases / sizeof cases[0] };

static struct mixing_request request_of(size_t index, const char *skin)
{
    struct mixing_request request = cases[index].request;
    request.read_subject = subject_read;
    request.skin = skin;
    request.goal = GOAL_HAIR;
    request.technique = request.technique ? request.technique : "standard";
    request.pigments = request.pigments ? request.pigments : "@smp";
    request.months = request.months ? request.months : 36;
    request.volume_ml = request.volume_ml > 0 ? request.volume_ml : 4;
    if (request.ultraviolet_dose == 0)
        request.ultraviolet_dose = 1;
    request.drops_max = 40;
    request.pigments_max = 3;
    request.draws = 32;
    request.seed = 7;
    return request;
}

/* What match finds; the document is in the session's output. */
static void find_request(struct session *session, const struct mixing_request *request)
{
    static char *argv[] = {"scalptone", "match", "--quiet", NULL};
    begin(session, 3, argv);
    struct context *context = &session->context;
    ck_assert_int_eq(mixing_open(context, request, &session->mixing), EXIT_DONE);
    struct match_result *result = &session->result;
    result->mixing = session->mixing;
    ck_assert_int_eq(recipe_search(session->mixing->solver, &result->recipe[0].recipe, 1,
                                   &result->count, &result->report),
                     STATUS_OK);
    ck_assert_int_eq(mixing_outlook(context, session->mixing, &result->recipe[0].recipe,
                                    match_ages, MATCH_AGES, &result->recipe[0].outlook),
                     EXIT_DONE);
    ck_assert_int_eq(
        output_open(NULL, OUTPUT_REPLACE, &context->output, &context->failure),
        EXIT_DONE);
    ck_assert_int_eq(match_print_json(context, result), EXIT_DONE);
    fflush(context->output.stream);
}

static void find(struct session *session, size_t index)
{
    char skin[4200];
    snprintf(skin, sizeof skin, "%s/skin/%s", profiles_folder, cases[index].skin);
    const char *color = access(skin, R_OK) == 0 ? skin : cases[index].skin;
    struct mixing_request request = request_of(index, color);
    find_request(session, &request);
}

/* Black upon brown that has healed as recorded in old.json. */
static void find_upon(struct session *session)
{
    char skin[4200];
    struct session old;
    snprintf(skin, sizeof skin, "%s/skin/client-a.cgats", profiles_folder);
    struct mixing_request request = request_of(1, skin);
    request.density_per_cm2 = 70;
    find_request(&old, &request);
    store("old.json", old.context.output.text);
    end(&old);
    request.look = "black";
    request.pigments = "carbon,cool-grey";
    request.existing = "old.json#1";
    request.record = "old.json";
    request.existing_years = FORECAST_HEALED_YEARS;
    find_request(session, &request);
}

/* Nothing that is computed may differ by more than summation does. */
static void check_recipe(const struct recipe *expected, const struct recipe *recipe)
{
    const double tolerance = 1e-9;
    ck_assert_uint_eq(recipe->count, expected->count);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(recipe->healed.value[i], expected->healed.value[i],
                                tolerance);
    ck_assert_double_eq_tol(recipe->objective, expected->objective, tolerance);
    ck_assert_double_eq_tol(recipe->ciede2000[0], expected->ciede2000[0], tolerance);
    ck_assert_double_eq_tol(recipe->volume_ml, expected->volume_ml, tolerance);
    ck_assert_int_eq((int)recipe->rule, (int)expected->rule);
}

START_TEST(a_case_read_back_predicts_its_recipe)
{
    char folder[64];
    struct session written, read;
    struct recipe recipe;
    work_in_folder(folder);
    find(&written, (size_t)_i);
    store("r.json", written.context.output.text);
    ck_assert_int_eq(read_back(&read, "r.json", &recipe), EXIT_DONE);
    check_recipe(&written.result.recipe[0].recipe, &recipe);
    ck_assert_double_eq(
        mixing_touch_up_years(read.mixing, &recipe),
        mixing_touch_up_years(written.mixing, &written.result.recipe[0].recipe));
    end(&written);
    end(&read);
}
END_TEST

START_TEST(a_case_read_back_has_the_same_draws)
{
    char folder[64];
    struct session written, read;
    struct recipe recipe;
    work_in_folder(folder);
    find(&written, (size_t)_i);
    store("r.json", written.context.output.text);
    ck_assert_int_eq(read_back(&read, "r.json", &recipe), EXIT_DONE);
    ck_assert_uint_eq(read.mixing->draws, 32);
    ck_assert_mem_eq(read.mixing->draw, written.mixing->draw, 32 * sizeof(struct draw));
    end(&written);
    end(&read);
}
END_TEST

START_TEST(a_case_upon_existing_work_is_read_back)
{
    char folder[64];
    struct session written, read;
    struct recipe recipe;
    work_in_folder(folder);
    find_upon(&written);
    store("r.json", written.context.output.text);
    ck_assert_int_eq(read_back(&read, "r.json", &recipe), EXIT_DONE);
    check_recipe(&written.result.recipe[0].recipe, &recipe);
    const struct treatment *usual = &read.mixing->usual;
    ck_assert_uint_eq(usual->earlier_count, 1);
    ck_assert_str_eq(usual->earlier[0].mixture.pigment[0]->id,
                     written.mixing->usual.earlier[0].mixture.pigment[0]->id);
    ck_assert(read.mixing->found.recorded);
    ck_assert_double_eq(read.mixing->found.scale, written.mixing->found.scale);
    /* what the record predicts is explained by it, to the six decimals of a document */
    ck_assert_double_eq_tol(read.mixing->found.scale, 1, 1e-3);
    end(&written);
    end(&read);
}
END_TEST

static const struct {
    const char *parent, *name;
    const char *value;
} wrong_work[] = {
    {"data.existing", "recorded", "3"},
    {"data.existing", "scale", "-1"},
    {"data.existing", "bottles", "[]"},
    {"data.existing", "deposits", "[]"},
    {"data.existing", "deposits", "[1,2,3,4,5,6,7,8,9]"},
    {"data.existing.deposits.0", "years", "-0.1"},
    {"data.existing.deposits.0", "mix", "[]"},
    {"data.existing.deposits.0.mix.0", "pigment", "\"cool-grey\""},
    {"data.existing.deposits.0.mix.0", "concentration", "1.1"},
};

/* The document of a case that was read back: what it gives to a third reader. */
static json_t *written_again(const struct session *session)
{
    json_t *data = json_object(), *skin = json_object(), *target = json_object();
    case_write(session->mixing, data);
    case_write_skin(&session->mixing->subject, skin);
    case_write_target(session->mixing, target);
    json_object_set_new(data, "skin", skin);
    json_object_set_new(data, "target", target);
    return data;
}

START_TEST(writing_a_case_again_changes_no_number)
{
    char folder[64];
    struct session written, read;
    struct recipe recipe;
    work_in_folder(folder);
    find(&written, (size_t)_i);
    store("r.json", written.context.output.text);
    ck_assert_int_eq(read_back(&read, "r.json", &recipe), EXIT_DONE);
    json_t *root = json_loads(written.context.output.text, 0, NULL);
    json_t *data = written_again(&read);
    const char *key;
    json_t *value;
    json_object_foreach(data, key, value)
    {
        json_t *before = json_object_get(json_object_get(root, "data"), key);
        if (strcmp(key, "skin") != 0 && strcmp(key, "target") != 0)
            ck_assert_msg(json_equal(before, value), "%s differs", key);
        const char *inner;
        json_t *member;
        json_object_foreach(value, inner, member)
        {
            ck_assert_msg(json_equal(json_object_get(before, inner), member),
                          "%s.%s differs", key, inner);
        }
    }
    json_decref(data);
    json_decref(root);
    end(&written);
    end(&read);
}
END_TEST

/* What can be wrong with a document: a path, what stands there, and what to call it. */
static const struct {
    const char *parent, *name;
    const char *value; /* JSON; NULL takes the member away */
    const char *told;
} wrongs[] = {
    {"", "schema", "\"scalptone/2\"", "schema"},
    {"", "kind", "\"scan\"", "kind"},
    {"conditions", "illuminants", "[\"D65\",\"D65\"]", "conditions.illuminants.1"},
    {"conditions", "illuminants", "[\"moon\"]", "conditions.illuminants.0"},
    {"conditions", "illuminants", "[]", "conditions.illuminants"},
    {"conditions", "observer_deg", "5", "conditions.observer_deg"},
    {"data", "skin", NULL, "data.skin.name"},
    {"data.skin", "reflectance", NULL, "data.skin.reflectance.start_nm"},
    {"data.skin.reflectance", "values", "[0.1]", "data.skin.reflectance.values"},
    {"data.skin.reflectance", "start_nm", "410", "data.skin.reflectance.start_nm"},
    {"data.skin", "sampled_nm", "0", "data.skin.sampled_nm"},
    {"data.skin", "name", "\"a\\u001b[2J\"", "data.skin.name"},
    {"data.skin", "simulated", "1", "data.skin.simulated"},
    {"data.target", "kind", "\"mud\"", "data.target.kind"},
    {"data.target.hair", "diameter_mm", "0", "data.target.hair.diameter_mm"},
    {"data.target", "greying_per_year", "5", "data.target.greying_per_year"},
    {"data.technique", "radius_mm", "\"wide\"", "data.technique.radius_mm"},
    {"data.technique", "fill_fraction", "1.5", "data.technique.fill_fraction"},
    {"data.conditions", "loss_factor", "-1", "data.conditions.loss_factor"},
    {"data.conditions", "modifiers", "[\"bald\"]", "data.conditions.modifiers.0"},
    {"data.client_state", "mean", "[0,0]", "data.client_state.mean"},
    {"data.client_state", "components", "[]", "data.client_state.components"},
    {"data", "draws", "15", "data.draws"},
    {"data", "seed", "-1", "data.seed"},
    {"data", "seed", "1.5", "data.seed"},
    {"data", "horizon_months", "13", "data.horizon_months"},
    {"data", "volume_ml", "1e9", "data.volume_ml"},
    {"data", "bottles", "[]", "data.bottles"},
    {"data.bottles.0", "id", "\"ink\"", "data.bottles.0.id"},
    {"data.bottles.1", "id", "\"carbon\"", "data.bottles.1.id"},
    {"data", "recipes", "[]", "data.recipes.0.rank"},
    {"data.recipes.0.mix.0", "pigment", "\"ink\"", "data.recipes.0.mix.0.pigment"},
    {"data.recipes.0.mix.0", "drops", "0", "data.recipes.0.mix.0.drops"},
    {"data.recipes.0.mix.0", "drops", "900", "data.recipes.0.mix"},
    {"data.recipes.0.diluent", "ml", "-3", "data.recipes.0.diluent.ml"},
};

static void refuses(const char *text, const char *told)
{
    struct session session;
    struct recipe recipe;
    char expected[256];
    store("wrong.json", text);
    snprintf(expected, sizeof expected, "wrong.json: %s: ", told);
    ck_assert_int_eq(read_back(&session, "wrong.json", &recipe), EXIT_DATA);
    ck_assert_int_eq(session.context.failure.code, FAILURE_FILE_MALFORMED);
    const char *message = session.context.failure.message;
    ck_assert_msg(strncmp(message, expected, strlen(expected)) == 0, "%s", message);
    end(&session);
}

/* The document that is made wrong. */
static json_t *good_document(void)
{
    struct session written;
    find(&written, 0);
    json_t *root = json_loads(written.context.output.text, 0, NULL);
    end(&written);
    return root;
}

static void refuses_tree(json_t *root, const char *told)
{
    char *text = json_dumps(root, 0);
    refuses(text, told);
    free(text);
}

START_TEST(what_is_wrong_is_named_by_its_path)
{
    char folder[64];
    work_in_folder(folder);
    json_t *root = good_document();
    json_t *parent = at(root, wrongs[_i].parent);
    ck_assert(json_is_object(parent));
    if (wrongs[_i].value)
        json_object_set_new(parent, wrongs[_i].name,
                            json_loads(wrongs[_i].value, JSON_DECODE_ANY, NULL));
    else
        json_object_del(parent, wrongs[_i].name);
    refuses_tree(root, wrongs[_i].told);
    json_decref(root);
}
END_TEST

START_TEST(what_is_wrong_with_work_found_is_named_by_its_path)
{
    char folder[64], told[128];
    struct session written;
    work_in_folder(folder);
    find_upon(&written);
    json_t *root = json_loads(written.context.output.text, 0, NULL);
    end(&written);
    json_object_set_new(at(root, wrong_work[_i].parent), wrong_work[_i].name,
                        json_loads(wrong_work[_i].value, JSON_DECODE_ANY, NULL));
    snprintf(told, sizeof told, "%s.%s", wrong_work[_i].parent, wrong_work[_i].name);
    refuses_tree(root, told);
    json_decref(root);
}
END_TEST

START_TEST(a_covariance_must_be_one)
{
    char folder[64];
    work_in_folder(folder);
    json_t *root = good_document();
    json_t *rows = at(root, "data.client_state.covariance");
    json_array_set_new(json_array_get(rows, 0), 1, json_real(0.1));
    refuses_tree(root, "data.client_state.covariance.1");
    json_array_set_new(json_array_get(rows, 1), 0, json_real(0.1));
    struct session session;
    struct recipe recipe;
    char *text = json_dumps(root, 0);
    store("right.json", text);
    ck_assert_int_eq(read_back(&session, "right.json", &recipe), EXIT_DONE);
    end(&session);
    free(text);
    json_array_set_new(json_array_get(rows, 0), 1, json_real(1));
    json_array_set_new(json_array_get(rows, 1), 0, json_real(1));
    refuses_tree(root, "data.client_state.covariance");
    json_array_set_new(json_array_get(rows, 2), 2, json_real(-1));
    refuses_tree(root, "data.client_state.covariance.2");
    json_decref(root);
}
END_TEST

/* Whether a value may be read, refused or not found, but nothing worse. */
static void try_value(json_t *root)
{
    struct session session;
    struct recipe recipe;
    char *text = json_dumps(root, 0);
    store("tried.json", text);
    free(text);
    enum exit_code code = read_back(&session, "tried.json", &recipe);
    ck_assert_msg(code == EXIT_DONE || session.context.failure.code != FAILURE_NONE,
                  "%d without a failure", (int)code);
    ck_assert(code == EXIT_DONE || code == EXIT_DATA || code == EXIT_NO_INPUT ||
              code == EXIT_IO);
    end(&session);
}

static const char *const strange_values[] = {"null", "-1", "0",         "1e300", "\"\"",
                                             "[]",   "{}", "\"../..\"", "true"};

enum { STRANGE_VALUES = sizeof strange_values / sizeof strange_values[0] };

static void try_all(json_t *root, json_t *parent);

/* Puts each strange value in the place of a member or element, and looks deeper. */
static void try_member(json_t *root, json_t *parent, const char *key, size_t index)
{
    json_t *value = key ? json_object_get(parent, key) : json_array_get(parent, index);
    json_incref(value);
    for (size_t s = 0; s < STRANGE_VALUES; s++) {
        json_t *strange = json_loads(strange_values[s], JSON_DECODE_ANY, NULL);
        if (key)
            json_object_set_new(parent, key, strange);
        else
            json_array_set_new(parent, index, strange);
        try_value(root);
    }
    if (key)
        json_object_set(parent, key, value);
    else
        json_array_set(parent, index, value);
    try_all(root, value);
    json_decref(value);
}

/* All members, but of arrays the first element alone: the others are read as it is. */
static void try_all(json_t *root, json_t *parent)
{
    const char *key;
    void *next;
    json_t *value;
    json_object_foreach_safe(parent, next, key, value)
    {
        try_member(root, parent, key, 0);
    }
    if (json_array_size(parent) > 0)
        try_member(root, parent, NULL, 0);
}

START_TEST(no_strange_value_does_worse_than_being_refused)
{
    char folder[64];
    struct session written;
    work_in_folder(folder);
    find_upon(&written);
    json_t *root = json_loads(written.context.output.text, 0, NULL);
    end(&written);
    /* what is not read need not be tried */
    json_object_del(at(root, "data.recipes.0"), "forecast");
    json_object_del(at(root, "data.recipes.0"), "one_drop");
    try_all(root, root);
    json_decref(root);
}
END_TEST

START_TEST(what_is_no_document_is_refused)
{
    char folder[64];
    struct session session;
    struct recipe recipe;
    work_in_folder(folder);
    ck_assert_int_eq(read_back(&session, "none.json", &recipe), EXIT_NO_INPUT);
    end(&session);
    static const char *const texts[] = {"", "{", "{\"schema\":1,\"schema\":2}", "nan"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        store("broken.json", texts[i]);
        ck_assert_int_eq(read_back(&session, "broken.json", &recipe), EXIT_DATA);
        end(&session);
    }
    refuses("[]", "schema");
}
END_TEST

Suite *suite(void)
{
    const char *found = realpath("profiles", profiles_folder);
    setenv("SCALPTONE_PROFILES", found ? found : "profiles", 1);
    Suite *suite = suite_create("case");
    TCase *tcase = tcase_create("case");
    tcase_add_loop_test(tcase, a_case_read_back_predicts_its_recipe, 0, CASES);
    tcase_add_loop_test(tcase, a_case_read_back_has_the_same_draws, 0, CASES);
    tcase_add_loop_test(tcase, writing_a_case_again_changes_no_number, 0, CASES);
    tcase_add_loop_test(tcase, what_is_wrong_is_named_by_its_path, 0,
                        (int)(sizeof wrongs / sizeof wrongs[0]));
    tcase_add_test(tcase, a_case_upon_existing_work_is_read_back);
    tcase_add_loop_test(tcase, what_is_wrong_with_work_found_is_named_by_its_path, 0,
                        (int)(sizeof wrong_work / sizeof wrong_work[0]));
    tcase_add_test(tcase, a_covariance_must_be_one);
    tcase_add_test(tcase, no_strange_value_does_worse_than_being_refused);
    tcase_add_test(tcase, what_is_no_document_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
