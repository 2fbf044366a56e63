/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ratio: the quick look-up of one dilution, without an instrument. */
#include "cli/commands.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli/color_coordinates.h"
#include "cli/json.h"
#include "cli/mixing.h"
#include "cli/quantity.h"
#include "cli/table.h"
#include "colorlib/difference.h"

static const struct argument_spec arguments[] = {
    {"SKIN", "light, tan, dark, ita:DEGREES, or any COLOR such as a scan or '#b38f78'"},
    {"HAIR", "black, dark-brown, brown, blond, grey:0.4+black, or a scan of the shaved "
             "hair"},
    {0},
};

static const struct option_spec ratio_options[] = {
    {"density", 0, "N", "dots per cm2 after all sessions; default as the technique says"},
    {"technique", 0, "NAME",
     "how the dots are placed: standard (default), fine, bold, or "
     "your own"},
    {"pigment", 0, "ID", "the one pigment to dilute; default carbon"},
    {0},
};

/* Batches that are looked up, ml. */
enum { BATCHES = 3 };
static const double batch_ml[BATCHES] = {1, 3, 5};

/* One drop may need more water than was asked for; up to this times as much is shown. */
static const double most_volume = 2;

struct ratio_result {
    const struct mixing *mixing;
    double concentration;
    struct recipe_ratio ratio;
    struct recipe batch[BATCHES];
};

/* Whether HAIR means a file or a color, not a class of hair. */
static bool is_scan(const char *hair)
{
    return color_coordinates_meant(hair) || access(hair, F_OK) == 0 ||
           (strncmp(hair, "grey:", 5) != 0 && strpbrk(hair, "./"));
}

static enum exit_code read_request(struct context *context,
                                   struct mixing_request *request)
{
    const char *hair = context->invocation.arguments[1];
    bool scan = is_scan(hair);
    *request = (struct mixing_request){
        .read_subject = subject_read_short,
        .skin = context->invocation.arguments[0],
        .goal = scan ? GOAL_SCAN : GOAL_HAIR,
        .look = hair,
        .technique = option(context, "technique"),
        .pigments = option(context, "pigment"),
        .grey_fraction = -1,
        .ultraviolet_dose = 1,
        .months = 36,
        .volume_ml = batch_ml[BATCHES - 1],
        .drops_max = 400,
        .pigments_max = 1,
    };
    if (!request->technique)
        request->technique = "standard";
    if (!request->pigments)
        request->pigments = "carbon";
    if (request->pigments[0] == '@' || strchr(request->pigments, ',')) {
        enum exit_code code =
            failure_set(&context->failure, FAILURE_USAGE_VALUE,
                        "--pigment %s (it is one pigment)", request->pigments);
        failure_hint(&context->failure, "match --pigments %s", request->pigments);
        return code;
    }
    return option_number(context, "density", 1, 2000, 0, &request->density_per_cm2);
}

static enum exit_code solve(struct context *context, struct ratio_result *result)
{
    const size_t pigment = 0;
    const struct recipe_solver *solver = result->mixing->solver;
    double objective;
    enum status status = recipe_continuous(solver, &pigment, 1, RECIPE_WITHIN,
                                           &result->concentration, &objective);
    for (size_t i = 0; i < BATCHES && status == STATUS_OK; i++)
        status = recipe_pour_ratio(solver, pigment, result->concentration, batch_ml[i],
                                   &result->batch[i]);
    if (status != STATUS_OK) {
        enum exit_code code = failure_set(
            &context->failure, FAILURE_RECIPE_NONE,
            "no dilution of %s comes near %s without turning darker, bluer or greener",
            result->mixing->bottles.pigment[0].id, result->mixing->look);
        failure_hint(&context->failure,
                     "another --pigment, or match, which tries mixtures of pigments");
        return code;
    }
    result->ratio = recipe_ratio(result->concentration);
    return EXIT_DONE;
}

/* Whether a batch is about as large as was asked for. */
static bool fits(const struct ratio_result *result, size_t index)
{
    return result->batch[index].volume_ml <= most_volume * batch_ml[index];
}

/* The first batch that is shown: the largest where none fits. */
static size_t first_batch(const struct ratio_result *result)
{
    size_t first = 0;
    while (first < BATCHES - 1 && !fits(result, first))
        first++;
    return first;
}

/* The largest batch is the nearest to the ratio itself; its colors are shown. */
static const struct recipe *shown(const struct ratio_result *result)
{
    return &result->batch[BATCHES - 1];
}

static enum exit_code print_batches(struct context *context,
                                    const struct ratio_result *result)
{
    static const struct table_column columns[] = {
        {"for ml", TABLE_RIGHT, TABLE_ALWAYS},
        {"pigment drops", TABLE_RIGHT, TABLE_ALWAYS},
        {"water ml", TABLE_RIGHT, TABLE_ALWAYS},
        {"or drops", TABLE_RIGHT, 1},
        {"makes ml", TABLE_RIGHT, TABLE_ALWAYS},
    };
    struct table *table = NULL;
    enum status failed = table_make(columns, sizeof columns / sizeof columns[0], &table);
    for (size_t i = first_batch(result); i < BATCHES && failed == STATUS_OK; i++) {
        const struct recipe *batch = &result->batch[i];
        struct recipe_step step[MIXTURE_MAX + 1];
        recipe_steps(result->mixing->solver, batch, step);
        failed = table_row(table);
        if (failed != STATUS_OK)
            break;
        failed |= fits(result, i) ? table_cell(table, 0, "%.0f", batch_ml[i])
                                  : table_cell(table, 0, "least");
        failed |= table_cell(table, 1, "%u", step[1].drops);
        failed |= table_cell(table, 2, "%.1f", step[0].ml);
        failed |= table_cell(table, 3, "%u", step[0].drops);
        failed |= table_cell(table, 4, "%.2f", batch->volume_ml);
    }
    return table_finish(context, table, failed);
}

static void print_ratio(const struct context *context, const struct ratio_result *result)
{
    FILE *out = context->output.stream;
    const struct mixing *mixing = result->mixing;
    char n[RATIO_TEXT_MAX], low[RATIO_TEXT_MAX], high[RATIO_TEXT_MAX];
    quantity_ratio_text(result->ratio.n, n);
    quantity_ratio_text(result->ratio.low, low);
    quantity_ratio_text(result->ratio.high, high);
    print_safely(out, mixing->subject.label);
    fputs(", ", out);
    print_safely(out, mixing->look);
    fprintf(out,
            ", %.0f dots/cm%s: ", mixing->problem.treatment.technique.density_per_cm2,
            context->terminal.signs->squared);
    fprintf(out, "%s (%s to %s)\n1 part ", n, low, high);
    print_safely(out, mixing->bottles.pigment[0].id);
    fprintf(out, " to %s parts water; the range is for a heavier or lighter hand\n\n",
            n + strlen("1:"));
}

static void print_outlook(const struct context *context,
                          const struct ratio_result *result)
{
    FILE *out = context->output.stream;
    const struct recipe *recipe = shown(result);
    char light[CONDITIONS_MAX], touch_up[TOUCH_UP_TEXT_MAX];
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    mixing_touch_up_text(result->mixing, recipe, touch_up);
    fprintf(out, "\nhealed L* %.1f a* %.1f b* %.1f (%s), %sE00 %.1f: %s\n%s\n",
            recipe->lab[0].L, recipe->lab[0].a, recipe->lab[0].b, light,
            context->terminal.signs->delta, recipe->ciede2000[0],
            difference_verdict(recipe->ciede2000[0]), touch_up);
}

/* A line for each batch, all of the look-up in each. */
static void print_plain(FILE *out, const struct ratio_result *result)
{
    double years = mixing_touch_up_years(result->mixing, shown(result));
    for (size_t i = first_batch(result); i < BATCHES; i++) {
        const struct recipe *batch = &result->batch[i];
        struct recipe_step step[MIXTURE_MAX + 1];
        recipe_steps(result->mixing->solver, batch, step);
        fprintf(out, "%.1f\t%.1f\t%.1f\t%.0f\t%u\t%.1f\t%.2f\t%.1f\t", result->ratio.n,
                result->ratio.low, result->ratio.high, batch_ml[i], step[1].drops,
                step[0].ml, batch->volume_ml, shown(result)->ciede2000[0]);
        fprintf(out, isfinite(years) ? "%.1f\n" : "-\n", years);
    }
}

static enum exit_code print_text(struct context *context,
                                 const struct ratio_result *result)
{
    FILE *out = context->output.stream;
    if (context->mode == MODE_PLAIN) {
        print_plain(out, result);
        return EXIT_DONE;
    }
    print_ratio(context, result);
    enum exit_code code = print_batches(context, result);
    print_outlook(context, result);
    fputc('\n', out);
    print_warnings(context);
    if (mixing_is_generic(shown(result)))
        fprintf(out, "%s\n", mixing_generic_text);
    fprintf(out, "reference only; %s\n", mixing_disclaimer_text);
    return code;
}

static json_t *batches_json(const struct ratio_result *result)
{
    json_t *array = json_array();
    for (size_t i = first_batch(result); i < BATCHES; i++) {
        const struct recipe *batch = &result->batch[i];
        struct recipe_step step[MIXTURE_MAX + 1];
        recipe_steps(result->mixing->solver, batch, step);
        json_t *object = json_object();
        json_set(object, "for_ml", json_rounded(batch_ml[i], JSON_DECIMALS_AMOUNT));
        json_set(object, "drops", json_integer(step[1].drops));
        json_set(object, "water_ml", json_rounded(step[0].ml, JSON_DECIMALS_AMOUNT));
        json_set(object, "volume_ml",
                 json_rounded(batch->volume_ml, JSON_DECIMALS_AMOUNT));
        json_array_append_new(array, object);
    }
    return array;
}

static enum exit_code print_json(struct context *context,
                                 const struct ratio_result *result)
{
    const struct mixing *mixing = result->mixing;
    const struct recipe *recipe = shown(result);
    json_t *data = json_object();
    json_set(data, "skin", json_text(mixing->subject.label));
    json_set(data, "spectral",
             json_boolean(mixing->subject.fit.basis == SKIN_FROM_SPECTRUM));
    json_set(data, "hair", json_text(mixing->look));
    json_set(data, "density_per_cm2",
             json_rounded(mixing->problem.treatment.technique.density_per_cm2,
                          JSON_DECIMALS_AMOUNT));
    json_set(data, "pigment", json_text(mixing->bottles.pigment[0].id));
    json_set(data, "ratio_n", json_rounded(result->ratio.n, JSON_DECIMALS_AMOUNT));
    json_set(data, "ratio_n_range",
             json_pack("[o, o]", json_rounded(result->ratio.low, JSON_DECIMALS_AMOUNT),
                       json_rounded(result->ratio.high, JSON_DECIMALS_AMOUNT)));
    json_set(data, "batches", batches_json(result));
    json_set(data, "lab", json_lab(&recipe->lab[0]));
    json_set(data, "de00", json_rounded(recipe->ciede2000[0], JSON_DECIMALS_COLOR));
    json_set(data, "touch_up_years",
             json_rounded(mixing_touch_up_years(mixing, recipe), JSON_DECIMALS_AMOUNT));
    json_t *notes = json_array();
    json_array_append_new(notes, json_string("reference only"));
    if (mixing_is_generic(recipe))
        json_array_append_new(notes, json_string(mixing_generic_text));
    json_array_append_new(notes, json_string(mixing_disclaimer_text));
    json_set(data, "notes", notes);
    return json_print(context, "ratio", json_conditions(context, "sce"), data);
}

static enum exit_code run(struct context *context)
{
    struct mixing_request request;
    struct mixing *mixing = NULL;
    enum exit_code code = read_request(context, &request);
    if (code == EXIT_DONE)
        code = mixing_open(context, &request, &mixing);
    if (code != EXIT_DONE)
        return code;
    struct ratio_result result = {.mixing = mixing};
    code = solve(context, &result);
    if (code == EXIT_DONE) {
        mixing_warn_target(context, mixing, 0);
        mixing_warn_recipe(context, mixing, shown(&result));
        code = context->mode == MODE_JSON ? print_json(context, &result)
                                          : print_text(context, &result);
    }
    mixing_close(mixing);
    return code;
}

const struct command ratio_command = {
    .name = "ratio",
    .summary =
        "The dilution for a skin and a hair color, looked up without an instrument.",
    .usage = "SKIN HAIR",
    .arguments = arguments,
    .arguments_min = 2,
    .arguments_max = 2,
    .options = {{ratio_options, color_specular_options, color_scale_options}},
    .examples = {"ratio light brown --density 130", "ratio ita:35 grey:0.4+black"},
    .illuminants = "D65,LED-B3,A",
    .run = run,
};
