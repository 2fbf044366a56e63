/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search of formulas refuses, and the least that it takes. */
#include "colorlib/formula.h"

#include <check.h>
#include <math.h>

#include "tests/colorlib/random_colorants.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { LIQUIDS = 5 };

static struct colorant colorant[LIQUIDS], diluent;
static struct weights weights;
static struct formula_problem problem; /* one that is in range */

static void setup(void)
{
    uint64_t state = random_seed(1);
    weights = example_weights("D65");
    for (size_t i = 0; i < LIQUIDS; i++)
        colorant[i] = random_colorant_of(&state, RANDOM_CHROMATIC);
    diluent = random_colorant_of(&state, RANDOM_WEAK);
    problem = (struct formula_problem){.colorants = colorant,
                                       .colorant_count = LIQUIDS,
                                       .diluent = &diluent,
                                       .drawdown = random_film(&state),
                                       .view = random_view(&state),
                                       .weights = &weights,
                                       .size_max = 2,
                                       .parts_max = 6,
                                       .threads = 1};
}

static struct formula_solver *open_solver(void)
{
    struct formula_solver *solver = NULL;
    ck_assert_int_eq(formula_solver_open(&problem, &solver), STATUS_OK);
    return solver;
}

static void assert_refused(void)
{
    struct formula_solver *solver = NULL;
    ck_assert_int_eq(formula_solver_open(&problem, &solver), STATUS_OUT_OF_RANGE);
    ck_assert_ptr_null(solver);
}

/* -- problems ------------------------------------------------------------------- */

static const struct {
    size_t colorants;
    size_t size_max;
    unsigned parts_max;
    size_t threads;
} bad_counts[] = {
    {0, 2, 6, 1},         {FORMULA_COLORANTS_MAX + 1, 2, 6, 1},
    {LIQUIDS, 0, 6, 1},   {LIQUIDS, FORMULA_SIZE_MAX + 1, 6, 1},
    {LIQUIDS, 2, 0, 1},   {LIQUIDS, 2, FORMULA_PARTS_MAX + 1, 1},
    {LIQUIDS, 2, 6, 0},   {LIQUIDS, 2, 6, FORMULA_THREADS_MAX + 1},
    {LIQUIDS, 4, 100, 1}, /* more than a million recipes of a set */
};

START_TEST(counts_out_of_range_are_refused)
{
    problem.colorant_count = bad_counts[_i].colorants;
    problem.size_max = bad_counts[_i].size_max;
    problem.parts_max = bad_counts[_i].parts_max;
    problem.threads = bad_counts[_i].threads;
    assert_refused();
}
END_TEST

START_TEST(a_budget_that_is_none_is_refused)
{
    problem.budget = FORMULA_BUDGET_MAX;
    formula_solver_close(open_solver());
    problem.budget = FORMULA_BUDGET_MAX + 1;
    assert_refused();
}
END_TEST

static const struct {
    double thickness_mm;
    double background;
    struct surface surface;
} bad_films[] = {
    {0, 0.5, {0.04, 0.6}},    {-1, 0.5, {0.04, 0.6}},   {NAN, 0.5, {0.04, 0.6}},
    {1e4, 0.5, {0.04, 0.6}},  {0.1, NAN, {0.04, 0.6}},  {0.1, INFINITY, {0.04, 0.6}},
    {0.1, 0.5, {0.91, 0.6}},  {0.1, 0.5, {-0.01, 0.6}}, {0.1, 0.5, {0.04, 0.91}},
    {0.1, 0.5, {0.04, -0.1}}, {0.1, 0.5, {NAN, 0.6}},   {0.1, 0.5, {0.04, NAN}},
};

START_TEST(films_that_are_none_are_refused)
{
    problem.drawdown.thickness_mm = bad_films[_i].thickness_mm;
    problem.drawdown.background.value[BAND_COUNT - 1] = bad_films[_i].background;
    problem.view.surface = bad_films[_i].surface;
    assert_refused();
}
END_TEST

static const double bad_coefficients[] = {-1e-9, NAN, INFINITY, 1.1e6};

START_TEST(coefficients_out_of_range_are_refused)
{
    double *const at[] = {&colorant[1].K.value[BAND_COUNT - 1], &colorant[4].S.value[0],
                          &diluent.K.value[3], &diluent.S.value[BAND_COUNT - 1]};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        double right = *at[i];
        *at[i] = bad_coefficients[_i];
        assert_refused();
        *at[i] = right;
    }
    formula_solver_close(open_solver());
}
END_TEST

START_TEST(a_colorant_may_not_be_clear_but_the_diluent_may)
{
    diluent = (struct colorant){.K = {{0}}};
    formula_solver_close(open_solver());
    colorant[1].K.value[7] = colorant[1].S.value[7] = 0;
    assert_refused();
    colorant[1].S.value[7] = 0.9e-12;
    assert_refused();
    colorant[1].S.value[7] = 1.1e-12;
    formula_solver_close(open_solver());
}
END_TEST

/* -- targets and recipes -------------------------------------------------------- */

static const cmsCIELab bad_targets[] = {{-0.1, 0, 0},  {100.1, 0, 0}, {50, 201, 0},
                                        {50, -201, 0}, {50, 0, 201},  {50, 0, -201},
                                        {NAN, 0, 0},   {50, NAN, 0},  {50, 0, NAN}};

START_TEST(targets_that_are_no_colors_are_refused)
{
    struct formula_solver *solver = open_solver();
    struct formula found[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
    ck_assert_int_eq(formula_search(solver, &bad_targets[_i], found, &certificate),
                     STATUS_OUT_OF_RANGE);
    formula_solver_close(solver);
}
END_TEST

static const struct {
    struct formula_part part[FORMULA_SIZE_MAX];
    size_t count;
    unsigned diluent;
} bad_recipes[] = {
    {{{0, 1}}, 0, 0},         {{{0, 1}}, FORMULA_SIZE_MAX + 1, 0},
    {{{0, 1}, {0, 1}}, 2, 0}, {{{1, 1}, {0, 1}}, 2, 0},
    {{{LIQUIDS, 1}}, 1, 0},   {{{0, 0}}, 1, 0},
    {{{0, 101}}, 1, 0},       {{{0, 1}}, 1, 101},
};

START_TEST(recipes_that_are_none_are_refused)
{
    const cmsCIELab target = {50, 0, 0};
    struct formula_solver *solver = open_solver();
    struct formula formula;
    ck_assert_int_eq(formula_predict(solver, &target, bad_recipes[_i].part,
                                     bad_recipes[_i].count, bad_recipes[_i].diluent,
                                     &formula),
                     STATUS_OUT_OF_RANGE);
    formula_solver_close(solver);
}
END_TEST

START_TEST(what_there_is_not_is_not_poured)
{
    const cmsCIELab target = {50, 0, 0};
    const struct formula_part part = {0, 1};
    struct formula formula;
    problem.diluent = NULL;
    struct formula_solver *solver = open_solver();
    ck_assert_int_eq(formula_predict(solver, &target, &part, 1, 0, &formula), STATUS_OK);
    ck_assert_int_eq(formula_predict(solver, &target, &part, 1, 1, &formula),
                     STATUS_OUT_OF_RANGE);
    formula_solver_close(solver);
}
END_TEST

/* One part of one colorant: no problem in range is without a recipe. */
START_TEST(the_least_grid_has_a_recipe)
{
    const cmsCIELab target = {50, 0, 0};
    problem.colorant_count = problem.parts_max = 1;
    problem.size_max = FORMULA_SIZE_MAX;
    struct formula_solver *solver = open_solver();
    struct formula found[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
    ck_assert_int_eq(formula_search(solver, &target, found, &certificate), STATUS_OK);
    ck_assert_uint_eq(certificate.recipes, 1);
    for (size_t s = 0; s < FORMULA_SIZE_MAX; s++)
        ck_assert_uint_eq(found[s].count, 1);
    formula_solver_close(solver);
    formula_solver_close(NULL); /* nothing to close */
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite(void)
{
    Suite *suite = suite_create("formula_range");
    TCase *tests = tcase_create("formula_range");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, counts_out_of_range_are_refused, 0, ROWS(bad_counts));
    tcase_add_test(tests, a_budget_that_is_none_is_refused);
    tcase_add_loop_test(tests, films_that_are_none_are_refused, 0, ROWS(bad_films));
    tcase_add_loop_test(tests, coefficients_out_of_range_are_refused, 0,
                        ROWS(bad_coefficients));
    tcase_add_test(tests, a_colorant_may_not_be_clear_but_the_diluent_may);
    tcase_add_loop_test(tests, targets_that_are_no_colors_are_refused, 0,
                        ROWS(bad_targets));
    tcase_add_loop_test(tests, recipes_that_are_none_are_refused, 0, ROWS(bad_recipes));
    tcase_add_test(tests, what_there_is_not_is_not_poured);
    tcase_add_test(tests, the_least_grid_has_a_recipe);
    suite_add_tcase(suite, tests);
    return suite;
}
