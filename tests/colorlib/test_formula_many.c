/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches for many targets at once against one for each, and against enumeration. */
#include "colorlib/formula_many.h"

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/colorlib/enumeration.h"
#include "tests/colorlib/random_formulas.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { PROBLEMS = 6, BATCHES = 2 }; /* sanitizers slow a test down by ten times */
#else
enum { PROBLEMS = 18, BATCHES = 5 };
#endif
enum { COLORANTS = 6, TARGETS = 40 };

/* -- problems and targets -------------------------------------------------------- */

struct instance {
    struct random_formulas formulas;
    struct formula_solver *solver;
    struct formula_many *many;
    cmsCIELab target[TARGETS];
};

static void make_problem(uint64_t *state, struct random_formulas *out)
{
    static const unsigned most[FORMULA_SIZE_MAX] = {100, 40, 16, 10};
    struct formula_problem *p = &out->problem;
    random_formulas(state, 1 + random_index(state, COLORANTS), out);
    p->size_max = 1 + random_index(state, FORMULA_SIZE_MAX);
    p->parts_max = 1 + (unsigned)random_index(state, most[p->size_max - 1]);
}

static void open_problem(struct instance *instance)
{
    instance->solver = random_formulas_open(&instance->formulas);
    ck_assert_int_eq(formula_many_open(instance->solver, &instance->many), STATUS_OK);
}

static void close_instance(struct instance *instance)
{
    formula_many_close(instance->many);
    formula_solver_close(instance->solver);
}

/* After a change of the problem. */
static void reopen(struct instance *instance)
{
    close_instance(instance);
    open_problem(instance);
}

/* Recipes to the last bit, next to them, twice the same, greys, and far out of reach. */
static void choose_targets(uint64_t *state, struct instance *out)
{
    for (size_t i = 0; i < TARGETS; i++) {
        cmsCIELab *target = &out->target[i];
        *target = random_mixture(state, out->solver, &out->formulas.problem,
                                 i % 5 == 0 ? 2 : (unsigned)FORMULA_PARTS_MAX);
        if (i % 5 >= 2)
            *target = random_color_near(state, target, random_scale(state, 0.01, 40));
        if (i % 10 == 4)
            *target = out->target[i / 2];
        if (i % 10 == 9)
            *target =
                (cmsCIELab){100 * random_share(state), random_between(state, -2, 2), 0};
    }
    out->target[TARGETS - 1] = (cmsCIELab){50, 200, -200};
    out->target[TARGETS - 2] = (cmsCIELab){100, 0, 0};
    out->target[TARGETS - 3] = (cmsCIELab){0, 0, 0};
}

static void open_instance(uint64_t number, struct instance *out)
{
    uint64_t state = random_seed(number);
    make_problem(&state, &out->formulas);
    open_problem(out);
    choose_targets(&state, out);
}

static void search(const struct instance *instance, struct formula_found found[TARGETS])
{
    ck_assert_int_eq(
        formula_many_search(instance->many, instance->target, TARGETS, found), STATUS_OK);
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
    for (size_t s = 0; s < instance->formulas.problem.size_max; s++)
        ck_assert_msg(is_same(&found->best[s], &expected->best[s]),
                      "target %zu, %zu colorants: %.12g, not %.12g", target, s + 1,
                      found->best[s].ciede2000, expected->best[s].ciede2000);
    ck_assert_uint_eq(found->certificate.recipes, expected->certificate.recipes);
    ck_assert_double_eq(found->certificate.bound, expected->certificate.bound);
}

static struct formula_found search_alone(const struct instance *instance,
                                         const cmsCIELab *target)
{
    struct formula_found found;
    ck_assert_int_eq(
        formula_search(instance->solver, target, found.best, &found.certificate),
        STATUS_OK);
    return found;
}

START_TEST(many_targets_get_what_each_gets_alone)
{
    for (uint64_t i = 0; i < PROBLEMS; i++) {
        struct instance instance;
        struct formula_found found[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        search(&instance, found);
        for (size_t k = 0; k < TARGETS; k++) {
            struct formula_found alone = search_alone(&instance, &instance.target[k]);
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
    uint64_t state = random_seed(1008 + (uint64_t)_i);
    struct instance instance;
    struct formula_found found[TARGETS];
    struct formula_problem *p = &instance.formulas.problem;
    random_formulas(&state, 12, &instance.formulas);
    instance.formulas.diluent = random_colorant_of(&state, RANDOM_WEAK);
    p->diluent = &instance.formulas.diluent;
    p->size_max = 3;
    p->parts_max = 20;
    p->threads = 2;
    open_problem(&instance);
    choose_targets(&state, &instance);
    search(&instance, found);
    ck_assert_uint_gt(found[0].certificate.recipes, 1000000);
    for (size_t k = 0; k < TARGETS; k += 5) { /* a search of a film takes a second */
        struct formula_found alone = search_alone(&instance, &instance.target[k]);
        assert_same(&instance, &found[k], &alone, k);
    }
    close_instance(&instance);
}
END_TEST

/* Oranges, whose balls are wide, and a diluent. */
static void make_oranges(uint64_t *state, struct random_formulas *out)
{
    struct formula_problem *p = &out->problem;
    random_formulas(state, 2, out);
    for (size_t i = 0; i < BAND_COUNT; i++)
        for (size_t c = 0; c < 2; c++) {
            out->colorant[c].K.value[i] = i < 18 + c ? 50 : 0.05;
            out->colorant[c].S.value[i] = 10;
        }
    out->diluent = random_colorant_of(state, RANDOM_WEAK);
    p->diluent = &out->diluent;
    p->drawdown.thickness_mm = DRAWDOWN_OPAQUE;
    p->size_max = 2;
    p->parts_max = 60;
}

/* More cells than one list takes: targets some units off the grid. */
START_TEST(so_many_targets_that_they_are_searched_for_in_parts)
{
    enum { MANY = FORMULA_MANY_MAX, CHECKED = 64 };
    uint64_t state = random_seed(79);
    struct instance instance;
    make_oranges(&state, &instance.formulas);
    open_problem(&instance);
    cmsCIELab *target = calloc(MANY, sizeof *target);
    struct formula_found *found = calloc(MANY, sizeof *found);
    ck_assert(target && found);
    for (size_t i = 0; i < MANY; i++) {
        target[i] =
            random_mixture(&state, instance.solver, &instance.formulas.problem, 20);
        target[i].a += random_between(&state, 7, 9);
        target[i].b += random_between(&state, 7, 9);
    }
    ck_assert_int_eq(formula_many_search(instance.many, target, MANY, found), STATUS_OK);
    for (size_t k = 0; k < MANY; k += MANY / CHECKED) {
        struct formula_found alone = search_alone(&instance, &target[k]);
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
        search(&instance, found);
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
        search(&instance, found);
        instance.formulas.problem.threads = 3;
        reopen(&instance);
        search(&instance, again);
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

START_TEST(many_targets_get_what_enumeration_finds)
{
    for (uint64_t i = 0; i < PROBLEMS / 2; i++) {
        struct instance instance;
        struct formula_found found[TARGETS];
        open_instance((uint64_t)_i * PROBLEMS + i, &instance);
        search(&instance, found);
        struct enumeration all =
            enumeration_open(instance.solver, &instance.formulas.problem);
        for (size_t k = 0; k < TARGETS; k++) {
            struct formula best[FORMULA_SIZE_MAX];
            enumeration_search(&all, &instance.target[k], best);
            for (size_t s = 0; s < instance.formulas.problem.size_max; s++) {
                ck_assert_double_eq(found[k].best[s].ciede2000, best[s].ciede2000);
                ck_assert_int_eq(enumeration_compare(&found[k].best[s], &best[s]), 0);
            }
        }
        enumeration_close(&all);
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
        struct formula_found alone = search_alone(&instance, &instance.target[k]);
        assert_same(&instance, &found[k], &alone, k);
        ck_assert_uint_eq(found[k].certificate.examined, alone.certificate.examined);
    }
    close_instance(&instance);
}
END_TEST

/* A problem whose targets are searched for as formula_search does it. */
static void assert_one_by_one(const struct instance *instance)
{
    struct formula_found found[TARGETS];
    search(instance, found);
    for (size_t k = 0; k < TARGETS; k++) {
        struct formula_found alone = search_alone(instance, &instance->target[k]);
        assert_same(instance, &found[k], &alone, k);
        ck_assert_uint_eq(found[k].certificate.regions, alone.certificate.regions);
        ck_assert_uint_eq(found[k].certificate.examined, alone.certificate.examined);
    }
}

/* A budget says how much each target may have. */
START_TEST(a_budget_is_for_each_target)
{
    struct instance instance;
    open_instance(5, &instance);
    instance.formulas.problem.budget = 3;
    reopen(&instance);
    assert_one_by_one(&instance);
    close_instance(&instance);
}
END_TEST

/* Single precision has no such numbers; formula_search takes them. */
START_TEST(coefficients_beyond_floats_are_searched_for_one_by_one)
{
    struct instance instance;
    open_instance(7, &instance);
    instance.formulas.colorant[0].K.value[5] = 1e-30;
    instance.formulas.colorant[0].S.value[5] = 1;
    reopen(&instance);
    assert_one_by_one(&instance);
    close_instance(&instance);
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
