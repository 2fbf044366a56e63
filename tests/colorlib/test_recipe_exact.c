/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search that looks at every batch, held against one that looks at every batch in
 * full. */
#include <math.h>
#include <string.h>

#include "colorlib/recipe.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { BOTTLES = 3 };

static struct weights d65, lamp;
static struct pigment bottle[BOTTLES];

/* The worked example's two pigments, and a white that only scatters, in larger drops. */
static void make_bottles(void)
{
    d65 = example_weights("D65");
    lamp = example_weights("A");
    example_pigments(bottle);
    bottle[2] = bottle[1];
    strcpy(bottle[2].id, "white");
    bottle[2].drop_ml = 0.05;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        bottle[2].K.value[i] = 0;
        bottle[2].S.value[i] = 300;
    }
}

struct grid_case {
    enum skin_reference skin;
    size_t hair;
    double volume_ml;
    double water_step_ml;
    unsigned drops_max;
    size_t pigments_max;
};

static const struct grid_case cases[] = {
    {SKIN_LIGHT, 0, 1, 0.1, 9, 3},  {SKIN_LIGHT, 2, 2, 0.2, 12, 3},
    {SKIN_TAN, 1, 1, 0.1, 12, 2},   {SKIN_TAN, 3, 1, 0.05, 6, 3},
    {SKIN_DARK, 0, 0.5, 0.1, 8, 3}, {SKIN_DARK, 1, 4, 0.5, 10, 1},
};

static struct recipe_solver *open_case(const struct grid_case *c,
                                       struct recipe_problem *out)
{
    *out = (struct recipe_problem){.treatment = example_treatment(c->skin, 120),
                                   .pigments = bottle,
                                   .pigment_count = BOTTLES,
                                   .weights = {&d65, &lamp},
                                   .illuminant_count = 2,
                                   .volume_min_ml = c->volume_ml,
                                   .volume_max_ml = 1.5 * c->volume_ml,
                                   .water_step_ml = c->water_step_ml,
                                   .water_drop_ml = 0.05,
                                   .drops_max = c->drops_max,
                                   .pigments_max = c->pigments_max};
    out->target = example_target(&out->treatment.skin, example_hair_scale[c->hair]);
    recipe_problem_shares(out, (const char *[]){"D65", "A"});
    ck_assert_int_eq(recipe_problem_horizon(out, 36), STATUS_OK);
    struct recipe_solver *solver;
    ck_assert_int_eq(recipe_solver_open(out, &solver), STATUS_OK);
    return solver;
}

/* What the plain search saw. */
struct seen {
    uint64_t recipes;
    uint64_t possible;
    double best;
};

/* All drops of all bottles from one on, with all waters that fill the batch. */
static void see_from(const struct recipe_solver *solver, const struct recipe_problem *p,
                     unsigned *drops, size_t next, struct seen *seen)
{
    if (next < BOTTLES) {
        for (drops[next] = 0; drops[next] <= p->drops_max; drops[next]++)
            see_from(solver, p, drops, next + 1, seen);
        return;
    }
    struct recipe_part part[BOTTLES];
    size_t count = 0;
    unsigned sum = 0;
    double pigment_ml = 0;
    for (size_t i = 0; i < BOTTLES; i++) {
        if (drops[i] > 0)
            part[count++] = (struct recipe_part){i, drops[i]};
        sum += drops[i];
        pigment_ml += drops[i] * bottle[i].drop_ml;
    }
    if (count == 0 || count > p->pigments_max || sum > p->drops_max)
        return;
    for (long w = 0; (double)w * p->water_step_ml <= p->volume_max_ml; w++) {
        double water_ml = (double)w * p->water_step_ml, volume = water_ml + pigment_ml;
        if (volume < p->volume_min_ml - 1e-9 || volume > p->volume_max_ml + 1e-9)
            continue;
        struct recipe recipe;
        seen->recipes++;
        if (recipe_evaluate(solver, part, count, water_ml, &recipe) != STATUS_OK)
            continue;
        seen->possible++;
        if (recipe.rule == RECIPE_WITHIN)
            seen->best = fmin(seen->best, recipe.score);
    }
}

START_TEST(no_batch_scores_less_than_the_exact_one)
{
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&cases[_i], &p);
    struct seen seen = {.best = HUGE_VAL};
    unsigned drops[BOTTLES];
    see_from(solver, &p, drops, 0, &seen);

    struct recipe best;
    struct recipe_certificate certificate;
    ck_assert_int_eq(recipe_search_exact(solver, 1, &best, &certificate), STATUS_OK);
    /* scores are rounded to 1e-9 */
    ck_assert_double_eq_tol(certificate.bound, seen.best, 1e-9);
    ck_assert_double_eq_tol(best.score, certificate.bound, 1e-9);
    ck_assert_int_eq(best.rule, RECIPE_WITHIN);
    ck_assert_uint_eq(certificate.recipes, seen.recipes);
    ck_assert_uint_eq(certificate.examined, seen.possible);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(the_search_by_sets_is_never_better)
{
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&cases[_i], &p);
    struct recipe best, found;
    struct recipe_certificate certificate;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search_exact(solver, 2, &best, &certificate), STATUS_OK);
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, &report), STATUS_OK);
    ck_assert_double_ge(report.best, certificate.bound - 1e-9);
    ck_assert_double_ge(found.score, certificate.bound - 1e-9);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(threads_change_nothing)
{
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&cases[_i], &p);
    struct recipe one, other;
    struct recipe_certificate certificate, of_other;
    ck_assert_int_eq(recipe_search_exact(solver, 1, &one, &certificate), STATUS_OK);
    for (size_t threads = 2; threads <= 5; threads++) {
        ck_assert_int_eq(recipe_search_exact(solver, threads, &other, &of_other),
                         STATUS_OK);
        ck_assert_uint_eq(other.count, one.count);
        for (size_t k = 0; k < one.count; k++) {
            ck_assert_uint_eq(other.part[k].pigment, one.part[k].pigment);
            ck_assert_uint_eq(other.part[k].drops, one.part[k].drops);
        }
        ck_assert_double_eq(other.water_ml, one.water_ml);
        ck_assert_uint_eq(of_other.recipes, certificate.recipes);
        ck_assert_uint_eq(of_other.examined, certificate.examined);
        ck_assert_double_eq(of_other.bound, certificate.bound);
    }
    recipe_solver_close(solver);
}
END_TEST

START_TEST(a_grid_without_a_batch_that_keeps_the_rule_says_so)
{
    /* carbon alone, no room for more water than twice the drop: far too dark */
    const struct grid_case c = {SKIN_LIGHT, 3, 0.1, 0.04, 3, 1};
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&c, &p);
    recipe_solver_close(solver);
    p.pigment_count = 1;
    ck_assert_int_eq(recipe_solver_open(&p, &solver), STATUS_OK);
    struct recipe best;
    struct recipe_certificate certificate = {0};
    ck_assert_int_eq(recipe_search_exact(solver, 1, &best, &certificate),
                     STATUS_NOT_FOUND);
    ck_assert_uint_gt(certificate.recipes, 0);
    ck_assert(isinf(certificate.bound));
    recipe_solver_close(solver);
}
END_TEST

START_TEST(too_many_batches_are_refused)
{
    const struct grid_case c = {SKIN_LIGHT, 0, 5000, 0.001, 1000, 3};
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&c, &p);
    struct recipe best;
    struct recipe_certificate certificate;
    ck_assert_int_eq(recipe_search_exact(solver, 1, &best, &certificate),
                     STATUS_OUT_OF_RANGE);
    recipe_solver_close(solver);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("recipe_exact");
    TCase *tests = tcase_create("recipe_exact");
    const int count = sizeof cases / sizeof cases[0];
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, make_bottles, NULL);
    tcase_add_loop_test(tests, no_batch_scores_less_than_the_exact_one, 0, count);
    tcase_add_loop_test(tests, the_search_by_sets_is_never_better, 0, count);
    tcase_add_loop_test(tests, threads_change_nothing, 0, count);
    tcase_add_test(tests, a_grid_without_a_batch_that_keeps_the_rule_says_so);
    tcase_add_test(tests, too_many_batches_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
