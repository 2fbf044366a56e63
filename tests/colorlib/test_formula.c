/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search against plain enumeration through formula_predict(). */
#include "colorlib/formula.h"

#include <check.h>
#include <math.h>
#include <stdbool.h>

#include "tests/colorlib/enumeration.h"
#include "tests/colorlib/random_formulas.h"
#include "tests/runner.h"

/* Sanitizers slow a test down by ten times. */
#if defined(__SANITIZE_ADDRESS__)
enum { BATCHES = 5, PROBLEMS = 20 };
#else
enum { BATCHES = 20, PROBLEMS = 40 };
#endif
enum { TARGETS = 5 };

/* -- enumeration ---------------------------------------------------------------- */

/* A problem and all of its recipes. */
struct proof {
    uint64_t number;
    struct random_formulas formulas;
    struct formula_solver *solver;
    struct enumeration all;
    size_t divided; /* targets for which a grid was not just looked at one by one */
};

static void assert_same_recipe(const struct formula *a, const struct formula *b,
                               uint64_t number)
{
    ck_assert_msg(a->ciede2000 == b->ciede2000 && enumeration_compare(a, b) == 0,
                  "problem %llu: %.12g of %zu colorants, %u parts, not %.12g of %zu, %u",
                  (unsigned long long)number, a->ciede2000, a->count,
                  enumeration_parts(a), b->ciede2000, b->count, enumeration_parts(b));
}

static bool has_clear_diluent(const struct formula_problem *p)
{
    return p->diluent && p->diluent->S.value[0] == 0;
}

/* What hides its backing looks the same with a clear diluent and without it. */
static uint64_t different_recipes(const struct proof *proof)
{
    const struct formula_problem *p = &proof->formulas.problem;
    return isinf(p->drawdown.thickness_mm) && has_clear_diluent(p)
               ? enumeration_undiluted(&proof->all)
               : proof->all.count;
}

static void assert_found(struct proof *proof, const cmsCIELab *target)
{
    size_t size_max = proof->formulas.problem.size_max;
    struct formula found[FORMULA_SIZE_MAX], best[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
    enumeration_search(&proof->all, target, best);
    ck_assert_int_eq(formula_search(proof->solver, target, found, &certificate),
                     STATUS_OK);
    for (size_t s = 0; s < size_max; s++)
        assert_same_recipe(&found[s], &best[s], proof->number);
    ck_assert_double_eq(certificate.bound, found[size_max - 1].ciede2000);
    ck_assert_uint_eq(certificate.recipes, different_recipes(proof));
    proof->divided += certificate.regions > 0;
}

/* -- the proof ------------------------------------------------------------------ */

/* Problems and targets of a kind. */
struct kind {
    void (*make)(uint64_t *state, struct random_formulas *out);
    cmsCIELab (*aim)(uint64_t *state, const struct proof *proof);
};

/* Returns for how many targets, TARGETS for each problem, a grid was divided. */
static size_t prove(const struct kind *kind, uint64_t first, size_t problems)
{
    struct proof proof = {.divided = 0};
    for (size_t i = 0; i < problems; i++) {
        proof.number = first + i;
        uint64_t state = random_seed(proof.number);
        kind->make(&state, &proof.formulas);
        proof.solver = random_formulas_open(&proof.formulas);
        proof.all = enumeration_open(proof.solver, &proof.formulas.problem);
        for (size_t t = 0; t < TARGETS; t++) {
            cmsCIELab target = kind->aim(&state, &proof);
            assert_found(&proof, &target);
        }
        enumeration_close(&proof.all);
        formula_solver_close(proof.solver);
    }
    return proof.divided;
}

static cmsCIELab aim_anywhere(uint64_t *state, const struct proof *proof)
{
    return random_aim(state, proof->solver, &proof->formulas.problem);
}

/* From a handful of recipes, which are looked at one by one, to some ten thousand. */
static void make_any(uint64_t *state, struct random_formulas *out)
{
    struct formula_problem *p = &out->problem;
    size_t colorants = 1 + random_index(state, 6);
    random_formulas(state, colorants, out);
    p->size_max =
        1 + random_index(state,
                         colorants < FORMULA_SIZE_MAX ? colorants + 1 : FORMULA_SIZE_MAX);
    p->parts_max = random_formulas_parts(p, random_index(state, 4) == 0
                                                ? random_scale(state, 1, 1e3)
                                                : random_scale(state, 1e3, 3e4));
}

START_TEST(a_search_finds_what_enumeration_finds)
{
    const struct kind kind = {make_any, aim_anywhere};
    size_t divided = prove(&kind, (uint64_t)_i * PROBLEMS, PROBLEMS);
    ck_assert_uint_ge(divided, PROBLEMS * TARGETS / 4);
}
END_TEST

static void make_curve(uint64_t *state, struct random_formulas *out)
{
    random_formulas_curves(state, 2, out);
}

static cmsCIELab aim_below(uint64_t *state, const struct proof *proof)
{
    return random_aim_below(state, proof->solver, &proof->formulas.problem,
                            random_scale(state, 0.02, 0.5));
}

/*
 * Nearly everywhere a bound has room to spare, because a region is only left out where
 * its corners are too far away as well. Here it has not. Mixtures of two that hide are a
 * curve that bows to the dark, and with so many recipes on it a stretch of it is nearly
 * straight before they are looked at one by one. To a target on the far side of the bow
 * it is nearer than its ends, by as much as the bound says.
 */
START_TEST(the_best_of_a_fine_curve_is_found)
{
    const struct kind kind = {make_curve, aim_below};
    const size_t problems = (size_t)3 * PROBLEMS;
    size_t divided = prove(&kind, 400000 + (uint64_t)_i * problems, problems);
    ck_assert_uint_ge(divided, problems * TARGETS / 2);
}
END_TEST

static void make_curves(uint64_t *state, struct random_formulas *out)
{
    random_formulas_curves(state, 5, out);
    out->problem.parts_max = FORMULA_PARTS_MAX;
}

static cmsCIELab aim_far_below(uint64_t *state, const struct proof *proof)
{
    return random_aim_below(state, proof->solver, &proof->formulas.problem,
                            random_scale(state, 3, 12));
}

/* There the search takes a closer look at what is within a CIEDE2000 of the target. */
START_TEST(the_best_some_units_away_is_found)
{
    const struct kind kind = {make_curves, aim_far_below};
    const size_t problems = PROBLEMS / 10;
    size_t divided = prove(&kind, 500000 + (uint64_t)_i * problems, problems);
    ck_assert_uint_eq(divided, problems * TARGETS);
}
END_TEST

static void make_large(uint64_t *state, struct random_formulas *out)
{
    random_formulas(state, 10, out);
    out->diluent = random_colorant_of(state, RANDOM_WEAK);
    out->problem.diluent = &out->diluent;
    out->problem.size_max = 3;
    out->problem.parts_max = 12;
}

START_TEST(the_best_of_many_sets_is_found)
{
    const struct kind kind = {make_large, aim_anywhere};
    ck_assert_uint_eq(prove(&kind, 300000 + (uint64_t)_i, 1), TARGETS);
}
END_TEST

/* -- jumps and ties ------------------------------------------------------------- */

static void make_small(uint64_t *state, struct random_formulas *out)
{
    random_formulas(state, 1 + random_index(state, 3), out);
    out->problem.size_max = 1 + random_index(state, 3);
    out->problem.parts_max =
        random_formulas_parts(&out->problem, random_scale(state, 50, 500));
}

static cmsCIELab aim_opposite(uint64_t *state, const struct proof *proof)
{
    const struct enumeration *all = &proof->all;
    const cmsCIELab *lab = &all->recipe[random_index(state, all->count)].lab;
    double share = random_scale(state, 0.02, 1.5);
    double L = lab->L + random_between(state, -20, 20);
    return (cmsCIELab){fmin(fmax(L, 0), 100), -share * lab->a, -share * lab->b};
}

/* To a recipe of the opposite hue the difference jumps, and what single precision makes
 * of it may be on the wrong side. */
START_TEST(the_best_of_the_opposite_hue_is_found)
{
    const struct kind kind = {make_small, aim_opposite};
    prove(&kind, 600000 + (uint64_t)_i * PROBLEMS, PROBLEMS);
}
END_TEST

/* The same colorant twice makes ties of all that contains it. */
static void make_ties(uint64_t *state, struct random_formulas *out)
{
    random_formulas(state, 3, out);
    out->problem.size_max = 3;
    out->problem.parts_max = 8 + (unsigned)random_index(state, 8);
    out->colorant[1] = out->colorant[0];
    if (random_index(state, 3) > 0)
        out->colorant[2] = out->colorant[0];
}

START_TEST(of_equal_recipes_the_simplest_is_found)
{
    const struct kind kind = {make_ties, aim_anywhere};
    size_t divided = prove(&kind, 200000, PROBLEMS);
    ck_assert_uint_ge(divided, PROBLEMS * TARGETS / 4);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula");
    TCase *tests = tcase_create("formula");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, a_search_finds_what_enumeration_finds, 0, BATCHES);
    tcase_add_loop_test(tests, the_best_of_a_fine_curve_is_found, 0, BATCHES);
    tcase_add_loop_test(tests, the_best_some_units_away_is_found, 0, BATCHES / 4);
    tcase_add_loop_test(tests, the_best_of_many_sets_is_found, 0, BATCHES / 4);
    tcase_add_loop_test(tests, the_best_of_the_opposite_hue_is_found, 0, BATCHES);
    tcase_add_test(tests, of_equal_recipes_the_simplest_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
