/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { DRAWS = 50, BOTTLES = 2 };

/* The same sums in another order. */
static const double rounding = 1e-9;

static struct weights d65, led, lamp;
static struct pigment bottle[BOTTLES];
static struct skin_fit fit;
static struct client_state prior;

static void prepare(void)
{
    d65 = example_weights("D65");
    led = example_weights("LED-B3");
    lamp = example_weights("A");
    example_pigments(bottle);
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct bands bare;
    skin_bare(&treatment.skin, &bare);
    ck_assert_int_eq(skin_fit(&bare, &fit), STATUS_OK);
    client_state_prior(&treatment.technique, CLIENT_SCALP, &prior);
}

/* Client A, hair of an absorption scale, black and brown bottles. */
static struct recipe_problem problem(double hair)
{
    struct recipe_problem p = {.treatment = example_treatment(SKIN_LIGHT, 150),
                               .pigments = bottle,
                               .pigment_count = BOTTLES,
                               .weights = {&d65, &led, &lamp},
                               .illuminant_count = 3,
                               .volume_min_ml = 4,
                               .volume_max_ml = 6,
                               .water_step_ml = 0.1,
                               .water_drop_ml = 0.05,
                               .drops_max = 40,
                               .pigments_max = 2};
    p.treatment.skin = fit.skin;
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

static struct recipe_ensemble *open_ensemble(const struct recipe_solver *solver,
                                             const struct treatment *usual, size_t draws,
                                             uint64_t seed, enum recipe_caution caution)
{
    struct recipe_ensemble *ensemble;
    struct recipe_uncertainty uncertainty = {usual, &fit, &prior, draws, seed, caution};
    ck_assert_int_eq(recipe_ensemble_open(solver, &uncertainty, &ensemble), STATUS_OK);
    return ensemble;
}

static struct recipe_ensemble *open_draws(const struct recipe_solver *solver,
                                          const struct treatment *usual,
                                          const struct draw *draw, size_t count,
                                          enum recipe_caution caution)
{
    struct recipe_ensemble *ensemble;
    ck_assert_int_eq(
        recipe_ensemble_open_draws(solver, usual, draw, count, caution, &ensemble),
        STATUS_OK);
    return ensemble;
}

static struct recipe evaluate(const struct recipe_solver *solver, unsigned black,
                              unsigned brown, double water_ml)
{
    struct recipe_part part[] = {{0, black}, {1, brown}};
    struct recipe recipe;
    ck_assert_int_eq(recipe_evaluate(solver, part, brown > 0 ? 2 : 1, water_ml, &recipe),
                     STATUS_OK);
    return recipe;
}

static struct recipe_prospect judge(const struct recipe_ensemble *ensemble,
                                    const struct recipe *recipe)
{
    struct recipe_prospect prospect;
    recipe_ensemble_judge(ensemble, recipe, &prospect);
    return prospect;
}

static void check_all_are(struct quantiles q, double expected)
{
    ck_assert_double_eq_tol(q.p10, expected, rounding);
    ck_assert_double_eq_tol(q.p50, expected, rounding);
    ck_assert_double_eq_tol(q.p90, expected, rounding);
}

/* -- judging ------------------------------------------------------------------ */

START_TEST(one_draw_without_spread_is_the_expected_world)
{
    struct recipe_problem p = problem(4);
    struct treatment usual = p.treatment;
    struct client_state state = prior;
    state.mean[CLIENT_FILL] = -0.2;
    state.mean[CLIENT_LOSS] = 0.3;
    client_state_apply(state.mean, &usual, &p.treatment);
    struct recipe_solver *solver = open_solver(&p);
    struct draw central;
    draws_central(&fit, &state, &central);
    struct recipe_ensemble *ensemble =
        open_draws(solver, &usual, &central, 1, RECIPE_CHANCES_PENALIZED);
    struct recipe recipe = evaluate(solver, 3, 3, 5.6);
    struct recipe_prospect prospect = judge(ensemble, &recipe);
    ck_assert_double_eq_tol(prospect.mean, recipe.objective, rounding);
    ck_assert_double_eq_tol(prospect.tail, recipe.objective, rounding);
    ck_assert_double_eq_tol(prospect.score, recipe.score, rounding);
    check_all_are(prospect.objective, recipe.objective);
    check_all_are(prospect.ciede2000, recipe.ciede2000[0]);
    check_all_are(prospect.lightness, recipe.lab[0].L);
    ck_assert_double_eq(prospect.darker, 0);
    ck_assert_double_eq(prospect.bluer, 0);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

/* What an ensemble says, counted draw by draw from the models it is made of. */
struct count {
    double objective[DRAWS], ciede2000[DRAWS], lightness[DRAWS];
    size_t darker[RECIPE_TIMES_MAX], bluer[RECIPE_TIMES_MAX];
};

static const struct bands *target_at(const struct recipe_problem *p, size_t t)
{
    return p->target_by_time ? &p->target_by_time[t] : &p->target;
}

static cmsCIELab seen(const struct weights *weights, const struct bands *reflectance,
                      const double *shift)
{
    cmsCIELab lab = colorimetry_reflectance_lab(weights, reflectance->value);
    return (cmsCIELab){lab.L + shift[0], lab.a + shift[1], lab.b + shift[2]};
}

static void count_draw(const struct recipe_problem *p, const struct draw *draw,
                       const struct recipe *recipe, size_t j, struct count *count)
{
    static const double none[3] = {0};
    const struct weights *rule = p->rule_weights ? p->rule_weights : p->weights[0];
    struct treatment treatment;
    struct mixture mixture = recipe->mixture;
    draw_treatment(draw, &p->treatment, &treatment);
    draw_pour(draw, recipe->mixture.concentration, mixture.count, mixture.concentration);
    for (size_t t = 0; t < p->time_count; t++) {
        struct bands skin;
        treatment_reflectance(&treatment, &mixture, p->years[t], &skin);
        for (size_t v = 0; v < p->illuminant_count; v++) {
            double difference = difference_ciede2000(
                seen(p->weights[v], target_at(p, t), draw->target_lab),
                seen(p->weights[v], &skin, none));
            count->objective[j] += p->time_share[t] * p->illuminant_share[v] * difference;
            if (t == 0 && v == 0)
                count->ciede2000[j] = difference;
        }
        cmsCIELab lab = seen(rule, &skin, none);
        cmsCIELab target = seen(rule, target_at(p, t), draw->target_lab);
        if (t == 0)
            count->lightness[j] = seen(p->weights[0], &skin, none).L;
        count->darker[t] += lab.L < target.L - 1.5;
        count->bluer[t] += lab.a < target.a - 2 || lab.b < target.b - 2;
    }
}

static double mean_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i] / (double)count;
    return sum;
}

/* A fifth of the draws is a whole number of them. */
static double worst_fifth(double *value, size_t count)
{
    struct quantiles sorted = quantiles_of(value, count);
    (void)sorted;
    return mean_of(value + count - count / 5, count / 5);
}

static double worst_share(const size_t *wrong)
{
    size_t most = 0;
    for (size_t t = 0; t < RECIPE_TIMES_MAX; t++)
        most = wrong[t] > most ? wrong[t] : most;
    return (double)most / DRAWS;
}

static void check_quantiles(struct quantiles found, double *value)
{
    struct quantiles counted = quantiles_of(value, DRAWS);
    ck_assert_double_eq_tol(found.p10, counted.p10, rounding);
    ck_assert_double_eq_tol(found.p50, counted.p50, rounding);
    ck_assert_double_eq_tol(found.p90, counted.p90, rounding);
}

/* What changes between the runs of the next test. */
enum variation { PLAIN, RULE_IN_LAMPLIGHT, GREYING, EARLIER_SESSION, VARIATIONS };

static void vary(struct recipe_problem *p, enum variation variation,
                 struct bands *targets)
{
    struct mixture first = {1, {&bottle[0]}, {0.02}};
    struct treatment before = p->treatment;
    if (variation == RULE_IN_LAMPLIGHT)
        p->rule_weights = &lamp;
    if (variation == EARLIER_SESSION)
        ck_assert_int_eq(
            treatment_next(&before, &first, 0.04, &before.technique, &p->treatment),
            STATUS_OK);
    if (variation != GREYING)
        return;
    for (size_t t = 0; t < p->time_count; t++)
        targets[t] = example_target(&p->treatment.skin, 4.0 / (1 + p->years[t]));
    p->target_by_time = targets;
}

START_TEST(an_ensemble_is_its_draws_one_by_one)
{
    struct recipe_problem p = problem(4);
    struct bands targets[RECIPE_TIMES_MAX];
    vary(&p, (enum variation)_i, targets);
    struct recipe_solver *solver = open_solver(&p);
    struct draw *draw = malloc(DRAWS * sizeof *draw);
    ck_assert_ptr_nonnull(draw);
    ck_assert_int_eq(draws_make(&fit, &prior, DRAWS, 3, draw), STATUS_OK);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, DRAWS, 3, RECIPE_CHANCES_PENALIZED);
    struct recipe recipe = evaluate(solver, 4, 3, 4.8);
    struct recipe_prospect prospect = judge(ensemble, &recipe);
    struct count count = {{0}, {0}, {0}, {0}, {0}};
    for (size_t j = 0; j < DRAWS; j++)
        count_draw(&p, &draw[j], &recipe, j, &count);

    ck_assert_double_eq_tol(prospect.mean, mean_of(count.objective, DRAWS), rounding);
    ck_assert_double_eq_tol(prospect.tail, worst_fifth(count.objective, DRAWS), rounding);
    check_quantiles(prospect.objective, count.objective);
    check_quantiles(prospect.ciede2000, count.ciede2000);
    check_quantiles(prospect.lightness, count.lightness);
    ck_assert_double_eq_tol(prospect.darker, worst_share(count.darker), rounding);
    ck_assert_double_eq_tol(prospect.bluer, worst_share(count.bluer), rounding);
    ck_assert_double_gt(prospect.darker, 0); /* or nothing is shown */
    recipe_ensemble_close(ensemble);
    free(draw);
    recipe_solver_close(solver);
}
END_TEST

/* Ten draws, in some of which the target is lighter or yellower than was measured. */
static void make_ten(struct draw draw[10], size_t darker, size_t bluer)
{
    for (size_t j = 0; j < 10; j++) {
        draws_central(&fit, &prior, &draw[j]);
        if (j < darker)
            draw[j].target_lab[0] = 6;
        if (j >= 10 - bluer)
            draw[j].target_lab[2] = 6;
    }
}

/* By hand: F = (mean + tail) / 2 + 2 (0.3 - 0.1)^2 + 2 (0.2 - 0.1)^2 + 0.05. */
START_TEST(chances_above_one_in_ten_have_their_price)
{
    struct recipe_problem p = problem(4);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe recipe = evaluate(solver, 3, 3, 5.6);
    struct draw draw[10];
    make_ten(draw, 3, 2);
    struct recipe_ensemble *ensemble =
        open_draws(solver, &p.treatment, draw, 10, RECIPE_CHANCES_PENALIZED);
    struct recipe_prospect prospect = judge(ensemble, &recipe);
    ck_assert_double_eq_tol(prospect.darker, 0.3, rounding);
    ck_assert_double_eq_tol(prospect.bluer, 0.2, rounding);
    ck_assert_double_eq_tol(prospect.score,
                            (prospect.mean + prospect.tail) / 2 + 0.08 + 0.02 + 0.05,
                            rounding);
    ck_assert_int_eq(prospect.rule, recipe.rule);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

/* One draw of ten is allowed, two are not. */
START_TEST(a_limited_chance_relaxes_the_recipe_and_has_no_price)
{
    struct recipe_problem p = problem(4);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe recipe = evaluate(solver, 2, 2, 5.6);
    ck_assert_int_eq(recipe.rule, RECIPE_WITHIN);
    for (size_t darker = 1; darker <= 2; darker++) {
        struct draw draw[10];
        make_ten(draw, darker, 0);
        struct recipe_ensemble *ensemble =
            open_draws(solver, &p.treatment, draw, 10, RECIPE_CHANCES_LIMITED);
        struct recipe_prospect prospect = judge(ensemble, &recipe);
        ck_assert_double_eq_tol(prospect.darker, 0.1 * (double)darker, rounding);
        ck_assert_double_eq_tol(prospect.score,
                                (prospect.mean + prospect.tail) / 2 + 0.05, rounding);
        ck_assert_int_eq(prospect.rule, darker == 1 ? RECIPE_WITHIN : RECIPE_RELAXED);
        recipe_ensemble_close(ensemble);
    }
    recipe_solver_close(solver);
}
END_TEST

START_TEST(a_stronger_mixture_heals_darker_and_goes_wrong_more_often)
{
    struct recipe_problem p = problem(8);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 256, 1, RECIPE_CHANCES_PENALIZED);
    struct recipe_prospect weaker = {.lightness = {100, 100, 100}};
    for (unsigned drops = 2; drops <= 20; drops += 3) {
        struct recipe recipe = evaluate(solver, drops, 0, 4.5);
        struct recipe_prospect prospect = judge(ensemble, &recipe);
        ck_assert_double_lt(prospect.lightness.p10, weaker.lightness.p10);
        ck_assert_double_lt(prospect.lightness.p50, weaker.lightness.p50);
        ck_assert_double_lt(prospect.lightness.p90, weaker.lightness.p90);
        ck_assert_double_ge(prospect.darker, weaker.darker);
        weaker = prospect;
    }
    ck_assert_double_gt(weaker.darker, 0.3);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(knowing_more_of_a_client_narrows_the_interval_and_the_tail)
{
    struct recipe_problem p = problem(4);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe recipe = evaluate(solver, 3, 3, 5.6);
    const struct client_state before = prior;
    struct recipe_prospect wide = {.lightness = {0, 50, 100}, .tail = 100};
    for (int known = 0; known < 3; known++) {
        prior.covariance[CLIENT_FILL][CLIENT_FILL] = 0.25 * pow(4, -known);
        struct recipe_ensemble *ensemble =
            open_ensemble(solver, &p.treatment, 256, 1, RECIPE_CHANCES_PENALIZED);
        struct recipe_prospect prospect = judge(ensemble, &recipe);
        ck_assert_double_lt(prospect.lightness.p90 - prospect.lightness.p10,
                            wide.lightness.p90 - wide.lightness.p10);
        ck_assert_double_lt(prospect.tail, wide.tail);
        ck_assert_double_gt(prospect.tail, prospect.mean);
        wide = prospect;
        recipe_ensemble_close(ensemble);
    }
    prior = before;
    recipe_solver_close(solver);
}
END_TEST

START_TEST(no_draws_or_too_many_are_refused)
{
    struct recipe_problem p = problem(8);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble = NULL;
    struct recipe_uncertainty none = {
        &p.treatment, &fit, &prior, 0, 1, RECIPE_CHANCES_PENALIZED};
    ck_assert_int_eq(recipe_ensemble_open(solver, &none, &ensemble), STATUS_OUT_OF_RANGE);
    none.draws = RECIPE_DRAWS_MAX + 1;
    ck_assert_int_eq(recipe_ensemble_open(solver, &none, &ensemble), STATUS_OUT_OF_RANGE);
    struct client_state impossible = prior;
    impossible.covariance[CLIENT_LOSS][CLIENT_LOSS] = -1;
    struct recipe_uncertainty bad = {
        &p.treatment, &fit, &impossible, 8, 1, RECIPE_CHANCES_PENALIZED};
    ck_assert_int_eq(recipe_ensemble_open(solver, &bad, &ensemble), STATUS_BAD_DATA);
    ck_assert_ptr_null(ensemble);
    recipe_ensemble_close(NULL);
    recipe_solver_close(solver);
}
END_TEST

/* -- searching ---------------------------------------------------------------- */

/* The batches of one pigment that are offered: all that keep the rule. */
struct whole_grid {
    struct recipe recipe[1024];
    struct recipe_prospect prospect[1024];
    size_t count;
    double best; /* F */
};

static void enumerate(const struct recipe_solver *solver,
                      const struct recipe_ensemble *ensemble, struct whole_grid *grid)
{
    grid->count = 0;
    grid->best = HUGE_VAL;
    for (unsigned drops = 1; drops <= 40; drops++)
        for (int steps = 0; steps <= 60; steps++) {
            double ml = drops * bottle[0].drop_ml + 0.1 * steps;
            if (ml < 4 - rounding || ml > 6 + rounding)
                continue;
            struct recipe *recipe = &grid->recipe[grid->count];
            *recipe = evaluate(solver, drops, 0, 0.1 * steps);
            grid->prospect[grid->count] = judge(ensemble, recipe);
            if (grid->prospect[grid->count].rule == RECIPE_RELAXED)
                continue;
            grid->best = fmin(grid->best, grid->prospect[grid->count++].score);
        }
}

/* Every batch looked at with all draws; ties may cost 0.10, and the one offered is the
 * most forgiving of those that tie. */
START_TEST(the_best_batch_of_one_pigment_is_found)
{
    static const enum recipe_caution cautions[] = {RECIPE_CHANCES_PENALIZED,
                                                   RECIPE_CHANCES_LIMITED};
    static struct whole_grid grid;
    struct recipe_problem p = problem(example_hair_scale[_i / 2]);
    p.pigment_count = 1;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 256, 1, cautions[_i % 2]);
    enumerate(solver, ensemble, &grid);
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search_robust(ensemble, &found, 1, &count, &report),
                     STATUS_OK);
    struct recipe_prospect prospect = judge(ensemble, &found);
    ck_assert_double_eq_tol(report.best, grid.best, rounding);
    ck_assert_double_le(prospect.score, grid.best + 0.10 + rounding);
    ck_assert_int_eq(prospect.rule, RECIPE_WITHIN);
    for (size_t i = 0; i < grid.count; i++)
        if (grid.prospect[i].score <= report.best + 0.10 - rounding)
            ck_assert_double_ge(grid.recipe[i].worst_drop, found.worst_drop - rounding);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

/* The same of both pigments, alone and together, of small batches in fewer draws. */
START_TEST(the_best_batch_of_two_pigments_is_found)
{
    struct recipe_problem p = problem(example_hair_scale[_i / 2]);
    p.drops_max = 12;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 64, 1,
                      _i % 2 == 0 ? RECIPE_CHANCES_PENALIZED : RECIPE_CHANCES_LIMITED);
    double best = HUGE_VAL;
    for (unsigned black = 0; black <= 12; black++)
        for (unsigned brown = 0; brown + black <= 12; brown++)
            for (int steps = 35; steps <= 60 && brown + black > 0; steps++) {
                double ml = 0.04 * (black + brown) + 0.1 * steps;
                struct recipe_part part[] = {{0, black}, {1, brown}};
                size_t first = black > 0 ? 0 : 1, count = brown > 0 ? 2 - first : 1;
                struct recipe recipe;
                if (ml < 4 - rounding || ml > 6 + rounding)
                    continue;
                ck_assert_int_eq(
                    recipe_evaluate(solver, &part[first], count, 0.1 * steps, &recipe),
                    STATUS_OK);
                struct recipe_prospect prospect = judge(ensemble, &recipe);
                if (prospect.rule == RECIPE_WITHIN)
                    best = fmin(best, prospect.score);
            }
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search_robust(ensemble, &found, 1, &count, &report),
                     STATUS_OK);
    ck_assert_double_eq_tol(report.best, best, rounding);
    ck_assert_double_le(judge(ensemble, &found).score, report.best + 0.10 + rounding);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(limited_chances_are_kept_and_cost_a_lighter_recipe)
{
    struct recipe_problem p = problem(example_hair_scale[_i]);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found[2];
    struct recipe_prospect prospect[2];
    for (int caution = 0; caution < 2; caution++) {
        struct recipe_ensemble *ensemble =
            open_ensemble(solver, &p.treatment, 256, 1, (enum recipe_caution)caution);
        size_t count;
        ck_assert_int_eq(recipe_search_robust(ensemble, &found[caution], 1, &count, NULL),
                         STATUS_OK);
        prospect[caution] = judge(ensemble, &found[caution]);
        recipe_ensemble_close(ensemble);
    }
    ck_assert_double_gt(prospect[RECIPE_CHANCES_PENALIZED].darker, 0.10);
    ck_assert_double_le(prospect[RECIPE_CHANCES_LIMITED].darker, 0.10);
    ck_assert_double_le(prospect[RECIPE_CHANCES_LIMITED].bluer, 0.10);
    ck_assert_int_eq(prospect[RECIPE_CHANCES_LIMITED].rule, RECIPE_WITHIN);
    ck_assert_double_gt(found[RECIPE_CHANCES_LIMITED].lab[0].L,
                        found[RECIPE_CHANCES_PENALIZED].lab[0].L);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(the_robust_recipe_is_no_worse_in_F_than_the_nominal_one)
{
    struct recipe_problem p = problem(example_hair_scale[_i]);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 256, 1, RECIPE_CHANCES_PENALIZED);
    struct recipe found[3], nominal;
    struct recipe_report report;
    size_t count, nominal_count;
    ck_assert_int_eq(recipe_search_robust(ensemble, found, 3, &count, &report),
                     STATUS_OK);
    ck_assert_int_eq(recipe_search(solver, &nominal, 1, &nominal_count, NULL), STATUS_OK);
    ck_assert_mem_eq(report.nominal.part, nominal.part, sizeof nominal.part);
    ck_assert_double_eq(report.nominal.water_ml, nominal.water_ml);
    double robust = judge(ensemble, &found[0]).score;
    /* ties may cost 0.10 */
    ck_assert_double_le(robust, judge(ensemble, &nominal).score + 0.10);
    ck_assert_double_le(robust, report.best + 0.10 + rounding);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(judge(ensemble, &found[i]).rule, RECIPE_WITHIN);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_recipe_and_prospect)
{
    struct recipe_problem p = problem(4);
    struct recipe_solver *solver = open_solver(&p);
    struct recipe found[3];
    struct recipe_prospect prospect[3];
    for (size_t i = 0; i < 3; i++) {
        struct recipe_ensemble *ensemble = open_ensemble(
            solver, &p.treatment, 100, i == 2 ? 8 : 7, RECIPE_CHANCES_PENALIZED);
        size_t count;
        memset(&found[i], 0, sizeof found[i]);
        memset(&prospect[i], 0, sizeof prospect[i]);
        ck_assert_int_eq(recipe_search_robust(ensemble, &found[i], 1, &count, NULL),
                         STATUS_OK);
        recipe_ensemble_judge(ensemble, &found[0], &prospect[i]);
        recipe_ensemble_close(ensemble);
    }
    ck_assert_mem_eq(found[0].part, found[1].part, sizeof found[0].part);
    ck_assert_double_eq(found[0].water_ml, found[1].water_ml);
    ck_assert_double_eq(prospect[0].score, prospect[1].score);
    ck_assert_double_eq(prospect[0].lightness.p10, prospect[1].lightness.p10);
    ck_assert_double_ne(prospect[0].score, prospect[2].score);
    recipe_solver_close(solver);
}
END_TEST

/* A litre has ten thousand times the batches of a syringe. */
START_TEST(a_robust_search_does_not_grow_with_the_batch)
{
    struct recipe_problem p = problem(example_hair_scale[_i]);
    p.volume_min_ml = 1000;
    p.volume_max_ml = 1500;
    p.drops_max = RECIPE_DROPS_MAX;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 32, 1, RECIPE_CHANCES_LIMITED);
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search_robust(ensemble, &found, 1, &count, &report),
                     STATUS_OK);
    ck_assert_uint_lt(report.evaluated, 100000);
    ck_assert_double_ge(found.volume_ml, 1000 - rounding);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

START_TEST(where_nothing_can_be_poured_nothing_is_found)
{
    struct recipe_problem p = problem(8);
    p.volume_min_ml = 0.02;
    p.volume_max_ml = 0.03;
    struct recipe_solver *solver = open_solver(&p);
    struct recipe_ensemble *ensemble =
        open_ensemble(solver, &p.treatment, 16, 1, RECIPE_CHANCES_PENALIZED);
    struct recipe found;
    struct recipe_report report;
    size_t count;
    ck_assert_int_eq(recipe_search_robust(ensemble, &found, 1, &count, &report),
                     STATUS_NOT_FOUND);
    ck_assert_uint_eq(report.nominal.count, 0);
    recipe_ensemble_close(ensemble);
    recipe_solver_close(solver);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("recipe_ensemble");
    TCase *judging = tcase_create("judging");
    tcase_add_unchecked_fixture(judging, prepare, NULL);
    tcase_add_test(judging, one_draw_without_spread_is_the_expected_world);
    tcase_add_loop_test(judging, an_ensemble_is_its_draws_one_by_one, 0, VARIATIONS);
    tcase_add_test(judging, chances_above_one_in_ten_have_their_price);
    tcase_add_test(judging, a_limited_chance_relaxes_the_recipe_and_has_no_price);
    tcase_add_test(judging, a_stronger_mixture_heals_darker_and_goes_wrong_more_often);
    tcase_add_test(judging, knowing_more_of_a_client_narrows_the_interval_and_the_tail);
    tcase_add_test(judging, no_draws_or_too_many_are_refused);
    suite_add_tcase(s, judging);
    TCase *searching = tcase_create("searching");
    tcase_set_timeout(searching, 120);
    tcase_add_unchecked_fixture(searching, prepare, NULL);
    tcase_add_loop_test(searching, the_best_batch_of_one_pigment_is_found, 0, 6);
    tcase_add_loop_test(searching, the_best_batch_of_two_pigments_is_found, 0, 6);
    tcase_add_loop_test(searching, limited_chances_are_kept_and_cost_a_lighter_recipe, 0,
                        3);
    tcase_add_loop_test(searching,
                        the_robust_recipe_is_no_worse_in_F_than_the_nominal_one, 0, 3);
    tcase_add_test(searching, the_same_seed_gives_the_same_recipe_and_prospect);
    tcase_add_loop_test(searching, a_robust_search_does_not_grow_with_the_batch, 0,
                        EXAMPLE_HAIRS);
    tcase_add_test(searching, where_nothing_can_be_poured_nothing_is_found);
    suite_add_tcase(s, searching);
    return s;
}
