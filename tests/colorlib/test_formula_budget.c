/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a budget and threads make of a search, whose results without them test_formula.c
 * proves. */
#include "colorlib/formula.h"

#include <check.h>

#include "tests/colorlib/enumeration.h"
#include "tests/colorlib/random_formulas.h"
#include "tests/runner.h"

/* Sanitizers slow a test down by ten times. */
#if defined(__SANITIZE_ADDRESS__)
enum { BATCHES = 5, INSTANCES = 10 };
#else
enum { BATCHES = 5, INSTANCES = 200 };
#endif

struct result {
    struct formula found[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
};

static struct result search(const struct random_formulas *formulas,
                            const cmsCIELab *target)
{
    struct result result;
    struct formula_solver *solver = random_formulas_open(formulas);
    ck_assert_int_eq(formula_search(solver, target, result.found, &result.certificate),
                     STATUS_OK);
    formula_solver_close(solver);
    return result;
}

/* -- budgets -------------------------------------------------------------------- */

/* A problem with a target, and what is found without a budget. */
struct instance {
    struct random_formulas formulas;
    cmsCIELab target;
    struct result full;
    const struct formula *best; /* of all */
};

/* Grids of all kinds, and one in four whose regions' bounds are close. */
static void make_instance(uint64_t number, struct instance *out)
{
    uint64_t state = random_seed(number);
    struct formula_problem *p = &out->formulas.problem;
    if (number % 4 == 0) {
        random_formulas_curves(&state, 2, &out->formulas);
    } else {
        random_formulas(&state, 1 + random_index(&state, 5), &out->formulas);
        p->size_max = 1 + random_index(&state, FORMULA_SIZE_MAX);
        p->parts_max = random_formulas_parts(p, random_scale(&state, 10, 1e4));
    }
    struct formula_solver *solver = random_formulas_open(&out->formulas);
    out->target = number % 4 == 0 ? random_aim_below(&state, solver, p, 0.2)
                                  : random_aim(&state, solver, p);
    formula_solver_close(solver);
    out->full = search(&out->formulas, &out->target);
    out->best = &out->full.found[p->size_max - 1];
}

START_TEST(a_budget_leaves_a_true_bound)
{
    size_t ended = 0;
    for (uint64_t i = 0; i < INSTANCES; i++) {
        struct instance instance;
        make_instance((uint64_t)_i * INSTANCES + i, &instance);
        instance.formulas.problem.budget = 1 + i % 50;
        struct result cut = search(&instance.formulas, &instance.target);
        double found = cut.found[instance.formulas.problem.size_max - 1].ciede2000;
        ck_assert_double_le(cut.certificate.bound, found);
        ck_assert_double_le(cut.certificate.bound, instance.best->ciede2000);
        ck_assert_double_ge(cut.certificate.bound, 0);
        ck_assert_double_ge(found, instance.best->ciede2000 - 1e-9);
        ended += cut.certificate.bound < found;
    }
    ck_assert_uint_gt(ended, INSTANCES / 20);
}
END_TEST

/* How many sets of at most size_max of the colorants there are. */
static uint64_t count_sets(const struct formula_problem *p)
{
    uint64_t sets = 0;
    for (size_t size = 1; size <= p->size_max; size++)
        sets += random_formulas_choose(p->colorant_count, size);
    return sets;
}

/* It is not overdrawn, and what the sets that are done with leave of it goes to the
 * others: one that is large enough proves the optimum. */
START_TEST(a_budget_is_spent_where_it_is_needed)
{
    for (uint64_t i = 0; i < INSTANCES; i++) {
        struct instance instance;
        make_instance((uint64_t)_i * INSTANCES + i, &instance);
        struct formula_problem *p = &instance.formulas.problem;
        uint64_t sets = count_sets(p), enough = i % 2 == 1 ? 4 : 1;
        p->budget = enough * (instance.full.certificate.regions + sets);
        struct result cut = search(&instance.formulas, &instance.target);
        ck_assert_uint_le(cut.certificate.regions, p->budget + sets);
        if (enough > 1)
            ck_assert_double_eq(cut.certificate.bound, instance.full.certificate.bound);
    }
}
END_TEST

/* -- threads -------------------------------------------------------------------- */

static void assert_same_search(const struct result *one, const struct result *two,
                               size_t size_max)
{
    for (size_t s = 0; s < size_max; s++) {
        ck_assert_double_eq(one->found[s].ciede2000, two->found[s].ciede2000);
        ck_assert_int_eq(enumeration_compare(&one->found[s], &two->found[s]), 0);
    }
    ck_assert_mem_eq(&one->certificate, &two->certificate, sizeof one->certificate);
}

START_TEST(threads_change_no_result)
{
    static const size_t threads[] = {2, 3, 7};
    for (uint64_t i = 0; i < 4; i++) {
        uint64_t state = random_seed(100000 + i);
        struct random_formulas formulas;
        struct formula_problem *p = &formulas.problem;
        random_formulas(&state, RANDOM_FORMULAS_COLORANTS, &formulas);
        p->size_max = 3;
        p->parts_max = 7;
        p->budget = i % 2 == 1 ? 2000 : 0;
        struct formula_solver *solver = random_formulas_open(&formulas);
        cmsCIELab target = random_aim(&state, solver, p);
        formula_solver_close(solver);
        struct result one = search(&formulas, &target);
        p->threads = threads[_i];
        struct result two = search(&formulas, &target);
        assert_same_search(&one, &two, p->size_max);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("formula_budget");
    TCase *tests = tcase_create("formula_budget");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, a_budget_leaves_a_true_bound, 0, BATCHES);
    tcase_add_loop_test(tests, a_budget_is_spent_where_it_is_needed, 0, BATCHES);
    tcase_add_loop_test(tests, threads_change_no_result, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
