/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds on the score of all mixtures of a region, held against mixtures of it. */
#include "colorlib/recipe_bound.h"

#include <math.h>

#include "tests/colorlib/random_bottles.h"
#include "tests/runner.h"

#if defined(__SANITIZE_ADDRESS__)
enum { PROBLEMS = 20 }; /* sanitizers slow it down by ten times */
#else
enum { PROBLEMS = 400 };
#endif
enum { REGIONS = 40, MIXTURES = 25 };

/* From all that can be poured to a hair's breadth. */
static struct recipe_mixtures random_mixtures(uint64_t *state,
                                              const struct recipe_problem *p)
{
    struct recipe_mixtures mixtures = {
        .count = 1 + random_index(state, p->pigment_count < MIXTURE_MAX ? p->pigment_count
                                                                        : MIXTURE_MAX)};
    size_t first = random_index(state, p->pigment_count);
    double wide = random_scale(state, 1e-6, 30);
    for (size_t k = 0; k < mixtures.count; k++) {
        mixtures.pigment[k] = (first + k) % p->pigment_count;
        double low = random_scale(state, 1e-4, 0.3);
        mixtures.low[k] = low;
        mixtures.high[k] = low * (1 + wide * random_share(state));
    }
    return mixtures;
}

static double plane_at(const struct recipe_plane *plane, const double *concentration,
                       size_t count)
{
    double sum = plane->at_zero;
    for (size_t k = 0; k < count; k++)
        sum += plane->by_concentration[k] * concentration[k];
    return sum;
}

/* At a corner, on an edge or inside. */
static void random_member(uint64_t *state, const struct recipe_mixtures *mixtures,
                          double *out)
{
    for (size_t k = 0; k < mixtures->count; k++) {
        double share[] = {0, 1, random_share(state)};
        double s = share[random_index(state, 3)];
        out[k] = mixtures->low[k] + s * (mixtures->high[k] - mixtures->low[k]);
    }
}

/* What a mixture's healed color is in the light of the rule, less what that asks for. */
static void rule_margins(const struct recipe_solver *solver,
                         const struct recipe_mixtures *mixtures,
                         const double *concentration, double out[RECIPE_RULES])
{
    struct bands healed;
    recipe_reflectance(solver, 0, mixtures->pigment, concentration, mixtures->count,
                       &healed);
    cmsCIELab lab =
        colorimetry_reflectance_lab(solver->problem.rule_weights, healed.value);
    out[0] = lab.L - (solver->rule_target.L - RECIPE_DARKER_MAX);
    out[1] = lab.a - (solver->rule_target.a - RECIPE_BLUER_MAX);
    out[2] = lab.b - (solver->rule_target.b - RECIPE_BLUER_MAX);
}

START_TEST(no_mixture_of_a_region_lies_below_its_planes)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct random_problem r;
    struct recipe_solver *solver = random_solver(&state, &r);
    struct recipe_bounds *bounds;
    ck_assert_int_eq(recipe_bounds_open(solver, lanes_isa_best(), &bounds), STATUS_OK);
    for (size_t region = 0; region < REGIONS; region++) {
        struct recipe_mixtures mixtures = random_mixtures(&state, &r.problem);
        struct recipe_planes planes;
        recipe_bounds_planes(bounds, &mixtures, &planes);
        for (size_t m = 0; m < MIXTURES; m++) {
            double concentration[MIXTURE_MAX], margin[RECIPE_RULES];
            random_member(&state, &mixtures, concentration);
            struct recipe_outlook outlook =
                recipe_outlook(solver, mixtures.pigment, concentration, mixtures.count);
            double score =
                outlook.objective + RECIPE_PIGMENT_PENALTY * (double)(mixtures.count - 1);
            for (size_t k = 0; k < mixtures.count; k++)
                score += recipe_price(solver, mixtures.pigment[k]) * concentration[k];
            ck_assert_double_le(plane_at(&planes.score, concentration, mixtures.count),
                                score);
            rule_margins(solver, &mixtures, concentration, margin);
            for (size_t i = 0; i < RECIPE_RULES; i++)
                ck_assert_double_ge(
                    plane_at(&planes.rule[i], concentration, mixtures.count), margin[i]);
        }
    }
    recipe_bounds_close(bounds);
    recipe_solver_close(solver);
}
END_TEST

/* In a region so narrow next to nothing is left of what bounds lose but for the weight of
 * the hue, which far from the target's is not known so well: two in a hundred; and there
 * is no direction from the target's own color. */
START_TEST(narrow_regions_are_bounded_closely)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct random_problem r;
    struct recipe_solver *solver = random_solver(&state, &r);
    struct recipe_bounds *bounds;
    ck_assert_int_eq(recipe_bounds_open(solver, lanes_isa_best(), &bounds), STATUS_OK);
    struct recipe_mixtures mixtures = random_mixtures(&state, &r.problem);
    for (size_t k = 0; k < mixtures.count; k++)
        mixtures.high[k] = mixtures.low[k] * (1 + 1e-7);
    struct recipe_planes planes;
    recipe_bounds_planes(bounds, &mixtures, &planes);
    struct recipe_outlook outlook =
        recipe_outlook(solver, mixtures.pigment, mixtures.low, mixtures.count);
    double score =
        outlook.objective + RECIPE_PIGMENT_PENALTY * (double)(mixtures.count - 1);
    for (size_t k = 0; k < mixtures.count; k++)
        score += recipe_price(solver, mixtures.pigment[k]) * mixtures.low[k];
    double bound = plane_at(&planes.score, mixtures.low, mixtures.count);
    ck_assert_double_ge(bound, 0.98 * score - 1e-3);
    recipe_bounds_close(bounds);
    recipe_solver_close(solver);
}
END_TEST

static void assert_same_plane(const struct recipe_plane *a, const struct recipe_plane *b,
                              size_t count)
{
    ck_assert_double_eq(a->at_zero, b->at_zero);
    for (size_t k = 0; k < count; k++)
        ck_assert_double_eq(a->by_concentration[k], b->by_concentration[k]);
}

START_TEST(every_instruction_set_gives_the_same_planes)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct random_problem r;
    struct recipe_solver *solver = random_solver(&state, &r);
    struct recipe_mixtures mixtures = random_mixtures(&state, &r.problem);
    struct recipe_planes planes[LANES_ISA_COUNT];
    for (enum lanes_isa isa = LANES_BASELINE; isa < LANES_ISA_COUNT; isa++) {
        struct recipe_bounds *bounds;
        if (!lanes_isa_runs(isa))
            continue;
        ck_assert_int_eq(recipe_bounds_open(solver, isa, &bounds), STATUS_OK);
        recipe_bounds_planes(bounds, &mixtures, &planes[isa]);
        recipe_bounds_close(bounds);
        assert_same_plane(&planes[isa].score, &planes[0].score, mixtures.count);
        for (size_t i = 0; i < RECIPE_RULES; i++)
            assert_same_plane(&planes[isa].rule[i], &planes[0].rule[i], mixtures.count);
        for (size_t k = 0; k < mixtures.count; k++)
            ck_assert_double_eq(planes[isa].effect[k], planes[0].effect[k]);
    }
    recipe_solver_close(solver);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("recipe_bound");
    TCase *tests = tcase_create("recipe_bound");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, no_mixture_of_a_region_lies_below_its_planes, 0, PROBLEMS);
    tcase_add_loop_test(tests, narrow_regions_are_bounded_closely, 0, PROBLEMS);
    tcase_add_loop_test(tests, every_instruction_set_gives_the_same_planes, 0, PROBLEMS);
    suite_add_tcase(suite, tests);
    return suite;
}
