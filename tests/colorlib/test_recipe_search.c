/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches at the edges of what can be asked: few drops, large batches, poor bottles. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "colorlib/recipe.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { BOTTLES = 3, GENERIC = 8 };

static struct weights d65, led, lamp;
static struct pigment bottle[BOTTLES], generic[GENERIC];

/* The worked example's two pigments, and a white that only scatters. */
static void make_bottles(void)
{
    d65 = example_weights("D65");
    led = example_weights("LED-B3");
    lamp = example_weights("A");
    example_pigments(bottle);
    bottle[2] = bottle[1];
    strcpy(bottle[2].id, "white");
    for (size_t i = 0; i < BAND_COUNT; i++) {
        bottle[2].K.value[i] = 0;
        bottle[2].S.value[i] = 300;
    }
}

static struct recipe_problem problem(enum skin_reference skin, double hair,
                                     double volume_ml, unsigned drops_max)
{
    struct recipe_problem p = {.treatment = example_treatment(skin, 120),
                               .pigments = bottle,
                               .pigment_count = BOTTLES,
                               .weights = {&d65, &led, &lamp},
                               .illuminant_count = 3,
                               .volume_min_ml = volume_ml,
                               .volume_max_ml = 1.5 * volume_ml,
                               .water_step_ml = 0.1,
                               .water_drop_ml = 0.05,
                               .drops_max = drops_max,
                               .pigments_max = 3};
    p.target = example_target(&p.treatment.skin, hair);
    recipe_problem_shares(&p, (const char *[]){"D65", "LED-B3", "A"});
    ck_assert_int_eq(recipe_problem_horizon(&p, 36), STATUS_OK);
    return p;
}

static struct recipe_solver *open_solver(const struct recipe_problem *p)
{
    struct recipe_solver *solver;
    ck_assert_int_eq(recipe_solver_open(p, &solver), STATUS_OK);
    return solver;
}

/* Batches that the optimum overfills and ones of which it takes less than a drop. */
static const struct {
    double volume_ml;
    unsigned drops_max;
} batches[] = {{0.5, 5}, {1, 40}, {4, 5}, {4, 40}, {20, 5}, {20, 40}};

/* The only recipe is then the best batch, but for ties, which may cost 0.10. */
START_TEST(one_pigment_is_poured_as_its_whole_grid_says)
{
    static const enum skin_reference skins[] = {SKIN_LIGHT, SKIN_TAN};
    for (size_t s = 0; s < 2; s++)
        for (size_t hair = 0; hair < EXAMPLE_HAIRS; hair++) {
            struct recipe_problem p =
                problem(skins[s], example_hair_scale[hair], batches[_i].volume_ml,
                        batches[_i].drops_max);
            p.pigment_count = 1;
            struct recipe_solver *solver = open_solver(&p);
            struct recipe found, best;
            size_t count;
            enum status expected =
                recipe_search_grid(solver, (const size_t[]){0}, 1, &best);
            enum status status = recipe_search(solver, &found, 1, &count, NULL);
            ck_assert_int_eq(status, expected);
            if (status == STATUS_OK)
                ck_assert_double_le(found.score, best.score + 0.10 + 1e-9);
            recipe_solver_close(solver);
        }
}
END_TEST

/* The profiles that are shipped, read where the tests run. */
static void read_generic(void)
{
    static const char *const ids[GENERIC] = {
        "carbon",    "red-oxide", "yellow-oxide", "titanium-white",
        "cool-grey", "neutral",   "warm-brown",   "dark-brown"};
    for (size_t i = 0; i < GENERIC; i++) {
        char path[64];
        snprintf(path, sizeof path, "profiles/pigments/%s.cgats", ids[i]);
        ck_assert_int_eq(pigment_read(path, &generic[i], NULL), STATUS_OK);
    }
}

/* A reference client as a file of four decimals gives it. */
static void measure_skin(struct treatment *treatment)
{
    struct bands measured;
    struct skin_fit fit;
    skin_bare(&treatment->skin, &measured);
    for (size_t i = 0; i < BAND_COUNT; i++)
        measured.value[i] = round(1e4 * measured.value[i]) / 1e4;
    ck_assert_int_eq(skin_fit(&measured, &fit), STATUS_OK);
    treatment->skin = fit.skin;
}

/* The optimum lies where the darkness rule and the limit of drops meet. */
START_TEST(larger_sets_do_not_hide_the_best_pair)
{
    struct recipe_problem p = problem(SKIN_LIGHT, example_hair_scale[_i], 4, 40);
    read_generic();
    measure_skin(&p.treatment);
    p.target = example_target(&p.treatment.skin, example_hair_scale[_i]);
    p.treatment.technique.density_per_cm2 = 150;
    p.pigments = generic;
    p.pigment_count = GENERIC;
    p.pigments_max = 4;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found, pair;
    size_t count;
    double best = HUGE_VAL;
    for (size_t a = 0; a < p.pigment_count; a++)
        for (size_t b = a + 1; b < p.pigment_count; b++)
            if (recipe_search_grid(solver, (const size_t[]){a, b}, 2, &pair) == STATUS_OK)
                best = fmin(best, pair.score);
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, NULL), STATUS_OK);
    /* ties may cost 0.10 */
    ck_assert_double_le(found.score, best + 0.10 + 1e-9);
    recipe_solver_close(solver);
}
END_TEST

/* A litre has ten thousand times the batches of a syringe. */
START_TEST(a_search_does_not_grow_with_the_batch)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 1000, RECIPE_DROPS_MAX);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, &report), STATUS_OK);
    ck_assert_uint_lt(report.evaluated, 100000);
    recipe_solver_close(solver);

    p = problem(SKIN_LIGHT, 1.3, 100, RECIPE_DROPS_MAX);
    solver = open_solver(&p);
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, &report), STATUS_OK);
    ck_assert_uint_lt(report.evaluated, 100000);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(one_drop_in_all_is_a_batch)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, 1);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, NULL), STATUS_OK);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_uint_eq(found.part[0].pigment, 0);
    ck_assert_uint_eq(found.part[0].drops, 1);
    /* too weak anyway, so that as little water as the batch allows is best */
    ck_assert_double_eq_tol(found.water_ml, 4.0, 1e-9);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(a_batch_smaller_than_a_drop_cannot_be_poured)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 0.02, 40);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    struct recipe_report report = {0};
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, &report), STATUS_NOT_FOUND);
    ck_assert_uint_eq(report.evaluated, 0);
    ck_assert_int_eq(recipe_search_relaxed(solver, HUGE_VAL, &found), STATUS_NOT_FOUND);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(bottles_of_unequal_drops_are_poured_within_the_limits)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 4, 4, 40);
    bottle[0].drop_ml = 0.005;
    bottle[1].drop_ml = 0.5;
    bottle[2].drop_ml = 0.03;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found[3];
    size_t count;
    ck_assert_int_eq(recipe_search(solver, found, 3, &count, NULL), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        double ml = found[i].water_ml;
        for (size_t k = 0; k < found[i].count; k++)
            ml += found[i].part[k].drops * bottle[found[i].part[k].pigment].drop_ml;
        ck_assert_double_eq_tol(ml, found[i].volume_ml, 1e-12);
        ck_assert_double_ge(ml, 4 - 1e-9);
        ck_assert_double_le(ml, 6 + 1e-9);
        ck_assert_double_le(mixture_loading(&found[i].mixture), RECIPE_LOADING_MAX);
    }
    recipe_solver_close(solver);
}
END_TEST

START_TEST(white_alone_gives_nothing_that_keeps_the_rule)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, 40);
    p.pigments = &bottle[2];
    p.pigment_count = 1;
    /* what scatters turns skin bluer, the more of it the more */
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, NULL), STATUS_NOT_FOUND);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(a_target_barely_darker_than_the_skin_asks_for_more_water_than_there_is)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, 40);
    struct bands skin;
    skin_bare(&p.treatment.skin, &skin);
    for (size_t i = 0; i < BAND_COUNT; i++)
        p.target.value[i] = (1 - 1e-9) * skin.value[i];
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, NULL), STATUS_NOT_FOUND);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(a_black_target_takes_all_the_carbon_there_may_be)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, 40);
    p.target = (struct bands){{0}};
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search(solver, &found, 1, &count, &report), STATUS_OK);
    ck_assert_uint_eq(report.flags, RECIPE_DENSITY_TOO_LOW | RECIPE_TARGET_TOO_DARK);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_uint_eq(found.part[0].pigment, 0);
    ck_assert_uint_eq(found.part[0].drops, 40);
    recipe_solver_close(solver);
}
END_TEST

/* The limits of the rule, colour note 17.3: which coordinate of the healed color may lie
 * how far below the target's, and the bands by which a target gets there alone: lighter
 * in all, darker in the green, darker in the blue. */
static const struct {
    double limit;
    size_t first;
    size_t last;
    double largest_change;
} rule_limits[] = {{0.25, 0, 30, 0.5}, {2.0, 10, 19, -0.5}, {2.0, 0, 9, -0.5}};

/* Whether a batch keeps the rule for a target that is above its color by so much. */
static enum recipe_rule rule_at(size_t row, double above)
{
    const struct recipe_part part = {0, 3};
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, 40);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe before, after;
    ck_assert_int_eq(recipe_evaluate(solver, &part, 1, 4, &before), STATUS_OK);
    recipe_solver_close(solver);
    double low = 0, high = 1;
    for (size_t halving = 0; halving < 40; halving++) {
        double middle = (low + high) / 2;
        p.target = before.healed;
        for (size_t i = rule_limits[row].first; i <= rule_limits[row].last; i++)
            p.target.value[i] *= 1 + middle * rule_limits[row].largest_change;
        cmsCIELab target = colorimetry_reflectance_lab(&d65, p.target.value);
        const double difference[] = {target.L - before.lab[0].L,
                                     target.a - before.lab[0].a,
                                     target.b - before.lab[0].b};
        *(difference[row] < above ? &low : &high) = middle;
    }
    solver = open_solver(&p);
    ck_assert_int_eq(recipe_evaluate(solver, &part, 1, 4, &after), STATUS_OK);
    recipe_solver_close(solver);
    return after.rule;
}

START_TEST(the_rule_ends_where_the_note_says)
{
    const size_t row = (size_t)_i;
    ck_assert_int_eq(rule_at(row, rule_limits[row].limit - 0.01), RECIPE_WITHIN);
    ck_assert_int_eq(rule_at(row, rule_limits[row].limit + 0.01), RECIPE_RELAXED);
}
END_TEST

START_TEST(drops_and_water_steps_have_limits)
{
    struct recipe_problem p = problem(SKIN_LIGHT, 8, 4, RECIPE_DROPS_MAX + 1);
    struct recipe_solver *solver;
    ck_assert_int_eq(recipe_solver_open(&p, &solver), STATUS_OUT_OF_RANGE);
    p.drops_max = RECIPE_DROPS_MAX;
    p.water_step_ml = 0.0009;
    ck_assert_int_eq(recipe_solver_open(&p, &solver), STATUS_OUT_OF_RANGE);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("recipe_search");
    TCase *edges = tcase_create("edges");
    tcase_add_checked_fixture(edges, make_bottles, NULL);
    tcase_set_timeout(edges, 60);
    tcase_add_loop_test(edges, one_pigment_is_poured_as_its_whole_grid_says, 0,
                        sizeof batches / sizeof batches[0]);
    tcase_add_loop_test(edges, larger_sets_do_not_hide_the_best_pair, 0, EXAMPLE_HAIRS);
    tcase_add_test(edges, a_search_does_not_grow_with_the_batch);
    tcase_add_test(edges, one_drop_in_all_is_a_batch);
    tcase_add_test(edges, a_batch_smaller_than_a_drop_cannot_be_poured);
    tcase_add_test(edges, bottles_of_unequal_drops_are_poured_within_the_limits);
    tcase_add_test(edges, white_alone_gives_nothing_that_keeps_the_rule);
    tcase_add_test(
        edges, a_target_barely_darker_than_the_skin_asks_for_more_water_than_there_is);
    tcase_add_test(edges, a_black_target_takes_all_the_carbon_there_may_be);
    tcase_add_loop_test(edges, the_rule_ends_where_the_note_says, 0,
                        sizeof rule_limits / sizeof rule_limits[0]);
    tcase_add_test(edges, drops_and_water_steps_have_limits);
    suite_add_tcase(s, edges);
    return s;
}
