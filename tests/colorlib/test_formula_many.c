/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches for many targets at once against one for each, and against enumeration. */
#include "colorlib/formula_many.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/colorlib/random_colorants.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { PROBLEMS = 6, BATCHES = 2 }; /* sanitizers slow a test down by ten times */
#else
enum { PROBLEMS = 18, BATCHES = 5 };
#endif
enum { LIQUIDS = 6, TARGETS = 40 };

/* -- problems and targets -------------------------------------------------------- */

struct instance {
    struct formula_problem problem;
    struct colorant colorant[LIQUIDS];
    struct colorant diluent;
    struct weights weights;
    struct formula_solver *solver;
    struct formula_many *many;
    cmsCIELab target[TARGETS];
};

static void load_weights(uint64_t *state, struct weights *out)
{
    static const char *const name[] = {"D65", "A", "LED-B3"};
    struct illuminant illuminant;
    ck_assert_int_eq(illuminant_find(name[random_index(state, 3)], &illuminant),
                     STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &illuminant, OBSERVER_CIE_1964_10DEG, out),
                     STATUS_OK);
}

static void make_problem(uint64_t *state, struct instance *out)
{
    static const unsigned most[FORMULA_SIZE_MAX] = {100, 40, 16, 10};
    struct formula_problem *p = &out->problem;
    load_weights(state, &out->weights);
    double diluted = random_share(state);
    if (diluted > 0.3)
        out->diluent = random_colorant_of(state, RANDOM_WEAK);
    size_t size_max = 1 + random_index(state, FORMULA_SIZE_MAX);
    *p = (struct formula_problem){
        .colorants = out->colorant,
        .colorant_count = 1 + random_index(state, LIQUIDS),
        .diluent = diluted < 0.6 ? &out->diluent : NULL,
        .drawdown = random_drawdown(state),
        .view = random_view(state),
        .weights = &out->weights,
        .size_max = size_max,
        .parts_max = 1 + (unsigned)random_index(state, most[size_max - 1]),
        .threads = 1,
    };
    for (size_t i = 0; i < p->colorant_count; i++)
        out->colorant[i] = random_colorant(state);
}

static cmsCIELab random_mixture(uint64_t *state, const struct instance *instance,
                                unsigned parts_max)
{
    const struct formula_problem *p = &instance->problem;
    const cmsCIELab any = {50, 0, 0};
    struct formula_part part[2];
    size_t count = 0, last = p->colorant_count - 1;
    part[count++] = (struct formula_part){random_index(state, p->colorant_count),
                                          1 + (unsigned)random_index(state, parts_max)};
    if (part[0].colorant < last)
        part[count++] =
            (struct formula_part){last, 1 + (unsigned)random_index(state, parts_max)};
    struct formula formula;
    ck_assert_int_eq(formula_predict(instance->solver, &any, part, count, 0, &formula),
                     STATUS_OK);
    return formula.lab;
}

/* Recipes to the last bit, next to them, twice the same, greys, and far out of reach. */
static void choose_targets(uint64_t *state, struct instance *out)
{
    for (size_t i = 0; i < TARGETS; i++) {
        cmsCIELab *target = &out->target[i];
        double far = random_scale(state, 0.01, 40);
        *target =
            random_mixture(state, out, i % 5 == 0 ? 2 : (unsigned)FORMULA_PARTS_MAX);
        if (i % 5 >= 2) {
            target->L += far * random_between(state, -1, 1);
            target->a += far * random_between(state, -1, 1);
            target->b += far * random_between(state, -1, 1);
        }
        if (i % 10 == 4)
            *target = out->target[i / 2];
        if (i % 10 == 9)
            *target =
                (cmsCIELab){100 * random_share(state), random_between(state, -2, 2), 0};
        target->L = fmin(fmax(target->L, 0), 100);
    }
    out->target[TARGETS - 1] = (cmsCIELab){50, 200, -200};
    out->target[TARGETS - 2] = (cmsCIELab){100, 0, 0};
    out->target[TARGETS - 3] = (cmsCIELab){0, 0, 0};
}

static void open_instance(uint64_t number, struct instance *out)
{
    uint64_t state = random_seed(number);
    *out = (struct instance){.solver = NULL};
    make_problem(&state, out);
    ck_assert_int_eq(formula_solver_open(&out->problem, &out->solver), STATUS_OK);
    ck_assert_int_eq(formula_many_open(out->solver, &out->many), STATUS_OK);
    choose_targets(&state, out);
}

static void close_instance(struct instance *instance)
{
    formula_many_close(instance->many);
    formula_solver_close(instance->solver);
}

/* -- what is the same ------------------------------------------------------------- */

static bool is_same(const struct formula *a, const struct formula *b)
{
    bool same = a->count == b->count && a->diluent == b->diluent &&
                a->ciede2000 == b->ciede2000 &&
                memcmp(&a->reflectance, &b->reflectance, sizeof a->reflectance) == 0;
    for (size_t k = 0; k < a->count && same; k++)
        same = a->part[k].colorant == b->part[k].colorant &&
               a->part[k].parts == b->part[k].parts;
    return same;
}

static void assert_same(const struct instance *instance,
                        const struct formula_found *found,
                        const struct formula_found *expected, size_t target)
{
    for (size_t s = 0; s < instance->problem.size_max; s++)
        ck_assert_msg(is_same(&found->best[s], &expected->best[s]),
                      "target %zu, %zu colorants: %.12g, not %.12g", target, s + 1,
                      found->best[s].ciede2000, expected->best[s].ciede2000);
    ck_assert_uint_eq(found->certificate.recipes, expected->certificate.recipes);
    ck_assert_double_eq(found->certificate.bound, expected->certificate.bound);
}

static struct formula_found search_alone(const struct instance *instance, size_t target)
{
    struct formula_found found;
    ck_assert_int_eq(formula_search(instance->solver, &instance->target[target],
                                    found.best, &found.certificate),
                     STATUS_OK);
    return found;
}

START_TEST(many_targets_get_what_each_gets_alone)
{
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        struct instance instance;
        struct formula_found found[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        ck_assert_int_eq(
            formula_many_search(instance.many, instance.target, TARGETS, found),
            STATUS_OK);
        for (size_t k = 0; k < TARGETS; k++) {
            struct formula_found alone = search_alone(&instance, k);
            assert_same(&instance, &found[k], &alone, k);
            ck_assert_uint_eq(found[k].certificate.examined,
                              found[k].certificate.recipes);
        }
        close_instance(&instance);
    }
}
END_TEST

/* So many recipes that a few of them are looked at first. */
START_TEST(many_targets_of_a_large_grid_get_what_each_gets_alone)
{
    enum { LARGE = 12 };
    uint64_t state = random_seed(1000 + (uint64_t)_i);
    struct instance instance;
    struct formula_found found[TARGETS];
    struct colorant colorant[LARGE];
    open_instance(1000 + (uint64_t)_i, &instance);
    close_instance(&instance);
    for (size_t i = 0; i < LARGE; i++)
        colorant[i] = random_colorant(&state);
    instance.diluent = random_colorant_of(&state, RANDOM_WEAK);
    instance.problem.colorants = colorant;
    instance.problem.colorant_count = LARGE;
    instance.problem.diluent = &instance.diluent;
    instance.problem.size_max = 3;
    instance.problem.parts_max = 20;
    instance.problem.threads = 2;
    ck_assert_int_eq(formula_solver_open(&instance.problem, &instance.solver), STATUS_OK);
    ck_assert_int_eq(formula_many_open(instance.solver, &instance.many), STATUS_OK);
    choose_targets(&state, &instance);
    ck_assert_int_eq(formula_many_search(instance.many, instance.target, TARGETS, found),
                     STATUS_OK);
    ck_assert_uint_gt(found[0].certificate.recipes, 1000000);
    for (size_t k = 0; k < TARGETS; k += 5) { /* a search of a film takes a second */
        struct formula_found alone = search_alone(&instance, k);
        assert_same(&instance, &found[k], &alone, k);
    }
    close_instance(&instance);
}
END_TEST

/* More cells than one list takes: targets some units off the grid. */
START_TEST(so_many_targets_that_they_are_searched_for_in_parts)
{
    enum { MANY = FORMULA_MANY_MAX, CHECKED = 64 };
    uint64_t state = random_seed(77);
    struct instance instance;
    open_instance(77, &instance);
    close_instance(&instance);
    for (size_t i = 0; i < BAND_COUNT; i++) /* oranges, whose balls are wide */
        for (size_t c = 0; c < 2; c++) {
            instance.colorant[c].K.value[i] = i < 18 + c ? 50 : 0.05;
            instance.colorant[c].S.value[i] = 10;
        }
    instance.diluent = random_colorant_of(&state, RANDOM_WEAK);
    instance.problem.colorant_count = instance.problem.size_max = 2;
    instance.problem.diluent = &instance.diluent;
    instance.problem.parts_max = 60;
    instance.problem.drawdown.thickness_mm = DRAWDOWN_OPAQUE;
    ck_assert_int_eq(formula_solver_open(&instance.problem, &instance.solver), STATUS_OK);
    ck_assert_int_eq(formula_many_open(instance.solver, &instance.many), STATUS_OK);
    cmsCIELab *target = calloc(MANY, sizeof *target);
    struct formula_found *found = calloc(MANY, sizeof *found);
    ck_assert(target && found);
    for (size_t i = 0; i < MANY; i++) {
        target[i] = random_mixture(&state, &instance, 20);
        target[i].a += random_between(&state, 7, 9);
        target[i].b += random_between(&state, 7, 9);
    }
    ck_assert_int_eq(formula_many_search(instance.many, target, MANY, found), STATUS_OK);
    for (size_t k = 0; k < MANY; k += MANY / CHECKED) {
        struct formula_found alone;
        ck_assert_int_eq(
            formula_search(instance.solver, &target[k], alone.best, &alone.certificate),
            STATUS_OK);
        assert_same(&instance, &found[k], &alone, k);
    }
    free(target);
    free(found);
    close_instance(&instance);
}
END_TEST

/* Blocks of other sizes in another order, after the recipes' places are known. */
START_TEST(other_targets_change_nothing)
{
    for (uint64_t i = 0; i < PROBLEMS / 2; i++) {
        struct instance instance;
        struct formula_found found[TARGETS], again[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        ck_assert_int_eq(
            formula_many_search(instance.many, instance.target, TARGETS, found),
            STATUS_OK);
        for (size_t first = TARGETS; first > 0;) {
            size_t count = 1 + (first + i) % 7;
            count = count < first ? count : first;
            first -= count;
            ck_assert_int_eq(formula_many_search(instance.many, &instance.target[first],
                                                 count, &again[first]),
                             STATUS_OK);
        }
        for (size_t k = 0; k < TARGETS; k++)
            assert_same(&instance, &again[k], &found[k], k);
        close_instance(&instance);
    }
}
END_TEST

START_TEST(threads_change_nothing)
{
    for (uint64_t i = 0; i < PROBLEMS / 2; i++) {
        struct instance instance;
        struct formula_found found[TARGETS], again[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        ck_assert_int_eq(
            formula_many_search(instance.many, instance.target, TARGETS, found),
            STATUS_OK);
        close_instance(&instance);
        instance.problem.threads = 3;
        ck_assert_int_eq(formula_solver_open(&instance.problem, &instance.solver),
                         STATUS_OK);
        ck_assert_int_eq(formula_many_open(instance.solver, &instance.many), STATUS_OK);
        ck_assert_int_eq(
            formula_many_search(instance.many, instance.target, TARGETS, again),
            STATUS_OK);
        for (size_t k = 0; k < TARGETS; k++) {
            assert_same(&instance, &again[k], &found[k], k);
            ck_assert_uint_eq(again[k].certificate.examined,
                              found[k].certificate.examined);
        }
        close_instance(&instance);
    }
}
END_TEST

/* -- against enumeration ------------------------------------------------------------ */

static unsigned divisor_of(unsigned a, unsigned b)
{
    return b == 0 ? a : divisor_of(b, a % b);
}

/* The least CIEDE2000 of all recipes of two of the colorants. */
static double enumerate_pairs(const struct instance *instance, const cmsCIELab *target)
{
    const struct formula_problem *p = &instance->problem;
    double least = HUGE_VAL;
    for (size_t a = 0; a < p->colorant_count; a++)
        for (size_t b = a; b < p->colorant_count; b++)
            for (unsigned x = 1; x < p->parts_max; x++)
                for (unsigned y = 1; x + y <= p->parts_max; y++) {
                    struct formula_part part[] = {{a, a == b ? 1 : x}, {b, y}};
                    struct formula formula;
                    if (divisor_of(x, y) > 1)
                        continue;
                    ck_assert_int_eq(formula_predict(instance->solver, target, part,
                                                     a == b ? 1 : 2, 0, &formula),
                                     STATUS_OK);
                    least = fmin(least, formula.ciede2000);
                }
    return least;
}

START_TEST(many_targets_get_what_enumeration_finds)
{
    for (uint64_t i = 0; i < PROBLEMS / 6; i++) {
        struct instance instance;
        struct formula_found found[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        close_instance(&instance);
        instance.problem.diluent = NULL;
        instance.problem.size_max = 2;
        instance.problem.parts_max = 30;
        ck_assert_int_eq(formula_solver_open(&instance.problem, &instance.solver),
                         STATUS_OK);
        ck_assert_int_eq(formula_many_open(instance.solver, &instance.many), STATUS_OK);
        ck_assert_int_eq(
            formula_many_search(instance.many, instance.target, TARGETS, found),
            STATUS_OK);
        for (size_t k = 0; k < TARGETS; k++) /* scores count to 1e-9 */
            ck_assert_double_eq_tol(found[k].best[1].ciede2000,
                                    enumerate_pairs(&instance, &instance.target[k]),
                                    1e-9);
        close_instance(&instance);
    }
}
END_TEST

/* -- which way ---------------------------------------------------------------------- */

START_TEST(a_few_targets_are_searched_for_one_by_one)
{
    struct instance instance;
    struct formula_found found[2];
    open_instance(3, &instance);
    ck_assert_int_eq(formula_many_search(instance.many, instance.target, 2, found),
                     STATUS_OK);
    for (size_t k = 0; k < 2; k++) {
        struct formula_found alone = search_alone(&instance, k);
        assert_same(&instance, &found[k], &alone, k);
        ck_assert_uint_eq(found[k].certificate.examined, alone.certificate.examined);
    }
    close_instance(&instance);
}
END_TEST

/* A problem whose targets are searched for as formula_search does it. */
static void assert_one_by_one(struct instance *instance)
{
    struct formula_found found[TARGETS];
    ck_assert_int_eq(formula_solver_open(&instance->problem, &instance->solver),
                     STATUS_OK);
    ck_assert_int_eq(formula_many_open(instance->solver, &instance->many), STATUS_OK);
    ck_assert_int_eq(
        formula_many_search(instance->many, instance->target, TARGETS, found), STATUS_OK);
    for (size_t k = 0; k < TARGETS; k++) {
        struct formula_found alone = search_alone(instance, k);
        assert_same(instance, &found[k], &alone, k);
        ck_assert_uint_eq(found[k].certificate.regions, alone.certificate.regions);
        ck_assert_uint_eq(found[k].certificate.examined, alone.certificate.examined);
    }
    close_instance(instance);
}

/* A budget says how much each target may have. */
START_TEST(a_budget_is_for_each_target)
{
    struct instance instance;
    open_instance(5, &instance);
    close_instance(&instance);
    instance.problem.budget = 3;
    assert_one_by_one(&instance);
}
END_TEST

/* Single precision has no such numbers; formula_search takes them. */
START_TEST(coefficients_beyond_floats_are_searched_for_one_by_one)
{
    struct instance instance;
    open_instance(7, &instance);
    close_instance(&instance);
    instance.colorant[0].K.value[5] = 1e-30;
    instance.colorant[0].S.value[5] = 1;
    assert_one_by_one(&instance);
}
END_TEST

START_TEST(what_is_no_color_is_refused)
{
    struct instance instance;
    struct formula_found found[TARGETS];
    open_instance(1, &instance);
    instance.target[7].a = NAN;
    ck_assert_int_eq(formula_many_search(instance.many, instance.target, TARGETS, found),
                     STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(formula_many_search(instance.many, instance.target, 0, found),
                     STATUS_OK);
    close_instance(&instance);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula_many");
    TCase *tests = tcase_create("formula_many");
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, many_targets_get_what_each_gets_alone, 0, BATCHES);
    tcase_add_loop_test(tests, many_targets_of_a_large_grid_get_what_each_gets_alone, 0,
                        2);
    tcase_add_test(tests, so_many_targets_that_they_are_searched_for_in_parts);
    tcase_add_loop_test(tests, other_targets_change_nothing, 0, BATCHES);
    tcase_add_loop_test(tests, threads_change_nothing, 0, BATCHES);
    tcase_add_loop_test(tests, many_targets_get_what_enumeration_finds, 0, BATCHES);
    tcase_add_test(tests, a_few_targets_are_searched_for_one_by_one);
    tcase_add_test(tests, a_budget_is_for_each_target);
    tcase_add_test(tests, coefficients_beyond_floats_are_searched_for_one_by_one);
    tcase_add_test(tests, what_is_no_color_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
