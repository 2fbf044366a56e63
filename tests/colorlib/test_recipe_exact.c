/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and bound over batches, held against a search that looks at every one. */
#include <math.h>
#include <string.h>

#include "colorlib/recipe.h"
#include "tests/colorlib/random_bottles.h"
#include "tests/runner.h"

enum { BOTTLES = 3, RUNS = 20 };

#if defined(__SANITIZE_ADDRESS__)
enum { INSTANCES = 200 }; /* sanitizers slow it down by ten times */
#else
enum { INSTANCES = 2000 };
#endif

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
    struct recipe best; /* count 0: none */
};

/* Whether a set of pigments comes before another, or the same drops of it. */
static bool comes_first(const struct recipe *a, const struct recipe *b)
{
    if (a->count != b->count)
        return a->count < b->count;
    for (size_t k = 0; k < a->count; k++)
        if (a->part[k].pigment != b->part[k].pigment)
            return a->part[k].pigment < b->part[k].pigment;
    for (size_t k = 0; k < a->count; k++)
        if (a->part[k].drops != b->part[k].drops)
            return a->part[k].drops < b->part[k].drops;
    return a->water_ml < b->water_ml;
}

static double rounded(double score)
{
    return round(score * 1e9) / 1e9;
}

static void see(const struct recipe *recipe, struct seen *seen)
{
    if (recipe->rule != RECIPE_WITHIN)
        return;
    double score = rounded(recipe->score), best = rounded(seen->best.score);
    if (seen->best.count == 0 || score < best ||
        (score == best && comes_first(recipe, &seen->best)))
        seen->best = *recipe;
}

/* All waters that fill the batch. */
static void see_waters(const struct recipe_solver *solver, const struct recipe_problem *p,
                       const struct recipe_part *part, size_t count, struct seen *seen)
{
    double pigment_ml = 0;
    for (size_t k = 0; k < count; k++)
        pigment_ml += part[k].drops * p->pigments[part[k].pigment].drop_ml;
    for (long w = 0; (double)w * p->water_step_ml <= p->volume_max_ml; w++) {
        double water_ml = (double)w * p->water_step_ml, volume = water_ml + pigment_ml;
        if (volume < p->volume_min_ml - 1e-9 || volume > p->volume_max_ml + 1e-9)
            continue;
        struct recipe recipe;
        seen->recipes++;
        if (recipe_evaluate(solver, part, count, water_ml, &recipe) == STATUS_OK)
            see(&recipe, seen);
    }
}

/* All drops of all bottles from one on. */
static void see_from(const struct recipe_solver *solver, const struct recipe_problem *p,
                     struct recipe_part *part, size_t count, size_t next, unsigned drops,
                     struct seen *seen)
{
    if (next == p->pigment_count) {
        if (count > 0)
            see_waters(solver, p, part, count, seen);
        return;
    }
    see_from(solver, p, part, count, next + 1, drops, seen);
    for (unsigned n = 1; drops + n <= p->drops_max && count < p->pigments_max; n++) {
        part[count] = (struct recipe_part){next, n};
        see_from(solver, p, part, count + 1, next + 1, drops + n, seen);
    }
}

static struct seen see_all(const struct recipe_solver *solver,
                           const struct recipe_problem *p)
{
    struct seen seen = {0};
    struct recipe_part part[MIXTURE_MAX];
    see_from(solver, p, part, 0, 0, 0, &seen);
    return seen;
}

static void assert_same(const struct recipe *a, const struct recipe *b)
{
    ck_assert_uint_eq(a->count, b->count);
    for (size_t k = 0; k < a->count; k++) {
        ck_assert_uint_eq(a->part[k].pigment, b->part[k].pigment);
        ck_assert_uint_eq(a->part[k].drops, b->part[k].drops);
    }
    ck_assert_double_eq(a->water_ml, b->water_ml);
    ck_assert_double_eq(a->score, b->score);
}

static const struct recipe_exact in_full = {.threads = 1};

START_TEST(no_batch_scores_less_than_the_exact_one)
{
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&cases[_i], &p);
    struct seen seen = see_all(solver, &p);
    struct recipe best;
    struct recipe_certificate certificate;
    ck_assert_int_eq(recipe_search_exact(solver, &in_full, &best, &certificate),
                     STATUS_OK);
    assert_same(&best, &seen.best);
    ck_assert_double_eq(certificate.bound, rounded(best.score));
    ck_assert_uint_eq(certificate.recipes, seen.recipes);
    ck_assert_uint_le(certificate.examined, seen.recipes);
    recipe_solver_close(solver);
}
END_TEST

/* A random small instance in full, then with a budget and from a start. */
static void hold_against_all_batches(uint64_t *state)
{
    static struct random_problem r;
    struct recipe_solver *solver = random_solver(state, &r);
    struct seen seen = see_all(solver, &r.problem);
    struct recipe best;
    struct recipe_certificate certificate;
    enum status status = recipe_search_exact(solver, &in_full, &best, &certificate);
    ck_assert_int_eq(status, seen.best.count > 0 ? STATUS_OK : STATUS_NOT_FOUND);
    ck_assert_uint_eq(certificate.recipes, seen.recipes);
    if (status == STATUS_OK) {
        assert_same(&best, &seen.best);
        ck_assert_double_eq(certificate.bound, rounded(best.score));
    } else {
        ck_assert_double_eq(certificate.bound, HUGE_VAL);
    }

    const struct recipe_exact limited = {.threads = 1,
                                         .regions_max = 1 + random_index(state, 100)};
    status = recipe_search_exact(solver, &limited, &best, &certificate);
    ck_assert_double_ge(certificate.bound, 0);
    if (seen.best.count > 0)
        ck_assert_double_le(certificate.bound, rounded(seen.best.score));
    if (status == STATUS_OK)
        ck_assert_double_ge(best.score, seen.best.score - 1e-9);
    if (status == STATUS_OK && certificate.bound == rounded(best.score))
        ck_assert_double_eq_tol(best.score, seen.best.score, 1e-9);

    struct recipe found;
    size_t count;
    if (recipe_search(solver, &found, 1, &count, NULL) == STATUS_OK) {
        const struct recipe_exact started = {.start = &found, .threads = 1};
        ck_assert_int_eq(recipe_search_exact(solver, &started, &best, &certificate),
                         STATUS_OK);
        assert_same(&best, &seen.best);
    }
    recipe_solver_close(solver);
}

START_TEST(small_random_grids_are_searched_as_if_every_batch_was_looked_at)
{
    uint64_t state = random_seed((uint64_t)_i);
    for (size_t i = 0; i < INSTANCES / RUNS; i++)
        hold_against_all_batches(&state);
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
    ck_assert_int_eq(recipe_search_exact(solver, &in_full, &best, &certificate),
                     STATUS_OK);
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
    for (uint64_t regions_max = 0; regions_max <= 256; regions_max += 64) {
        struct recipe one, other;
        struct recipe_certificate certificate, of_other;
        struct recipe_exact settings = {.threads = 1, .regions_max = regions_max};
        enum status status = recipe_search_exact(solver, &settings, &one, &certificate);
        for (settings.threads = 2; settings.threads <= 5; settings.threads++) {
            ck_assert_int_eq(recipe_search_exact(solver, &settings, &other, &of_other),
                             status);
            if (status == STATUS_OK)
                assert_same(&other, &one);
            ck_assert_mem_eq(&of_other, &certificate, sizeof certificate);
        }
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
    ck_assert_int_eq(recipe_search_exact(solver, &in_full, &best, &certificate),
                     STATUS_NOT_FOUND);
    ck_assert_uint_gt(certificate.recipes, 0);
    ck_assert(isinf(certificate.bound));
    recipe_solver_close(solver);
}
END_TEST

START_TEST(grids_that_cannot_be_counted_are_refused)
{
    /* 1000 drops of four pigments come in 4e10 ways, each with 2.5e6 waters */
    const struct grid_case c = {SKIN_LIGHT, 0, 5000, 0.001, 1000, MIXTURE_MAX};
    struct recipe_problem p;
    struct recipe_solver *solver = open_case(&c, &p);
    recipe_solver_close(solver);
    struct pigment four[MIXTURE_MAX] = {bottle[0], bottle[1], bottle[2], bottle[0]};
    p.pigments = four;
    p.pigment_count = MIXTURE_MAX;
    ck_assert_int_eq(recipe_solver_open(&p, &solver), STATUS_OK);
    struct recipe best;
    struct recipe_certificate certificate;
    ck_assert_int_eq(recipe_search_exact(solver, &in_full, &best, &certificate),
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
    tcase_add_loop_test(
        tests, small_random_grids_are_searched_as_if_every_batch_was_looked_at, 0, RUNS);
    tcase_add_loop_test(tests, the_search_by_sets_is_never_better, 0, count);
    tcase_add_loop_test(tests, threads_change_nothing, 0, count);
    tcase_add_test(tests, a_grid_without_a_batch_that_keeps_the_rule_says_so);
    tcase_add_test(tests, grids_that_cannot_be_counted_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
