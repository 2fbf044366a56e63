/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/peer_enumeration.h"

#include <math.h>
#include <string.h>

#include "colorlib/difference.h"
#include "tests/runner.h"

enum { SMALL = 240, PAINTS_MAX = 6 };

/* -- made-up problems, small enough for the plainest search ------------------------ */

static double next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's */
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* Absorbs in one half of the spectrum more than in the other, by up to a hundred. */
static void make_paint(uint64_t *state, struct colorant *out)
{
    double low = pow(10, -2 + 2 * next_random(state));
    double high = pow(10, -2 + 2 * next_random(state));
    double edge = BAND_COUNT * next_random(state), S = 0.1 + next_random(state);
    for (size_t band = 0; band < BAND_COUNT; band++) {
        double part = 1 / (1 + exp(edge - (double)band));
        out->K.value[band] = low + (high - low) * part;
        out->S.value[band] = S;
    }
}

/* Every third target is nearly grey, where hues are soon opposite, and every third one
 * so vivid that no mix comes near it. */
static cmsCIELab make_target(uint64_t *state, size_t kind)
{
    static const double chroma[] = {40, 0.5, 120};
    double a = 2 * next_random(state) - 1, b = 2 * next_random(state) - 1;
    return (cmsCIELab){100 * next_random(state), chroma[kind] * a, chroma[kind] * b};
}

static struct peer_problem make_problem(size_t seed)
{
    uint64_t state = seed;
    struct peer_problem problem = {.subset_max = 1 + seed % 4,
                                   .drops_max = 1 + (unsigned)(seed / 4 % 6)};
    struct illuminant d65;
    ck_assert_int_eq(illuminant_find("D65", &d65), STATUS_OK);
    ck_assert_int_eq(
        weights_make(&bands_grid, &d65, OBSERVER_CIE_1964_10DEG, &problem.weights),
        STATUS_OK);
    make_paint(&state, &problem.diluent);
    problem.pigment_count = 1 + seed / 24 % (PAINTS_MAX - 1);
    for (size_t i = 0; i < problem.pigment_count; i++)
        make_paint(&state, &problem.pigment[i]);
    problem.target = make_target(&state, seed % 3);
    return problem;
}

/* -- the plainest search --------------------------------------------------------- */

static double difference_of(const struct peer_problem *problem, const unsigned *drops)
{
    double R[BAND_COUNT];
    for (size_t band = 0; band < BAND_COUNT; band++) {
        double K = drops[0] * problem->diluent.K.value[band];
        double S = drops[0] * problem->diluent.S.value[band];
        for (size_t i = 0; i < problem->pigment_count; i++) {
            K += drops[1 + i] * problem->pigment[i].K.value[band];
            S += drops[1 + i] * problem->pigment[i].S.value[band];
        }
        R[band] = 1 + K / S - sqrt(K / S * (K / S + 2)); /* the usual form */
    }
    return difference_ciede2000(problem->target,
                                colorimetry_reflectance_lab(&problem->weights, R));
}

static bool is_recipe(const struct peer_problem *problem, const unsigned *drops)
{
    unsigned total = drops[0];
    size_t pigments = 0;
    for (size_t i = 1; i <= problem->pigment_count; i++) {
        total += drops[i];
        pigments += drops[i] > 0;
    }
    bool reduced = true;
    for (unsigned divisor = 2; divisor <= total; divisor++) {
        bool divides = true;
        for (size_t i = 0; i <= problem->pigment_count; i++)
            divides = divides && drops[i] % divisor == 0;
        reduced = reduced && !divides;
    }
    return pigments >= 1 && pigments <= problem->subset_max &&
           total <= problem->drops_max && reduced;
}

/* The next number whose digits are the drops; false behind the last. */
static bool count_on(const struct peer_problem *problem, unsigned *drops)
{
    for (size_t i = 0; i <= problem->pigment_count; i++) {
        if (drops[i]++ < problem->drops_max)
            return true;
        drops[i] = 0;
    }
    return false;
}

START_TEST(the_best_recipe_is_that_of_the_plainest_search)
{
    struct peer_problem problem = make_problem((size_t)_i);
    unsigned drops[PAINTS_MAX + 1] = {0};
    double least = INFINITY;
    uint64_t count = 0, recipes;
    while (count_on(&problem, drops))
        if (is_recipe(&problem, drops)) {
            double difference = difference_of(&problem, drops);
            least = difference < least ? difference : least;
            count++;
        }
    struct peer_recipe best;
    ck_assert_int_eq(peer_enumerate(&problem, &best, &recipes), STATUS_OK);
    ck_assert_uint_eq(recipes, count);
    /* the two forms of R round differently, by 1e-14 of R above 1e-3 or so */
    ck_assert_double_eq_tol(best.de00, least, 1e-9);
    ck_assert_double_eq(
        best.de00, difference_ciede2000(problem.target, peer_color(&problem, &best)));
}
END_TEST

/* -- the problem that others were given ------------------------------------------- */

#define FOLDER_SIZE 4096
static char folder[FOLDER_SIZE];

START_TEST(each_target_of_the_catalogue_has_as_many_recipes_as_the_rule_allows)
{
    static struct peer_problem problem;
    cmsCIELab target[PEER_TARGETS];
    ck_assert_int_eq(peer_problem_read(folder, &problem), STATUS_OK);
    ck_assert_int_eq(peer_targets_read(folder, 8, target), STATUS_OK);
    problem.pigment_count = 8;
    problem.target = target[_i];
    struct peer_recipe best;
    uint64_t recipes;
    ck_assert_int_eq(peer_enumerate(&problem, &best, &recipes), STATUS_OK);
    /* points without a common divisor: C(8,3) 5616 + C(8,2) 1124 + 8 128 */
    ck_assert_uint_eq(recipes, 346992);
    /* every third was made of a recipe of the grid, printed with ten decimals */
    if (_i % 3 == 0)
        ck_assert_double_lt(best.de00, 1e-6);
    ck_assert_double_eq(
        best.de00, difference_ciede2000(problem.target, peer_color(&problem, &best)));
}
END_TEST

START_TEST(what_is_not_there_is_told)
{
    static struct peer_problem problem;
    cmsCIELab target[PEER_TARGETS];
    ck_assert_int_eq(peer_problem_read("/nowhere", &problem), STATUS_NOT_FOUND);
    ck_assert_int_eq(peer_targets_read("/nowhere", 8, target), STATUS_NOT_FOUND);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("peer_enumeration");
    TCase *t = tcase_create("peer_enumeration");
    tcase_add_loop_test(t, the_best_recipe_is_that_of_the_plainest_search, 0, SMALL);
    tcase_add_test(t, what_is_not_there_is_told);
    const char *catalogue = runner_data("../peers/catalogue.json");
    if (catalogue) {
        snprintf(folder, sizeof folder, "%.*s",
                 (int)(strrchr(catalogue, '/') - catalogue), catalogue);
        tcase_add_loop_test(
            t, each_target_of_the_catalogue_has_as_many_recipes_as_the_rule_allows, 0,
            PEER_TARGETS);
    } else {
        runner_skip("each_target_of_the_catalogue_has_as_many_recipes_as_the_rule_allows",
                    "../shared/peers is not there");
    }
    suite_add_tcase(s, t);
    return s;
}
