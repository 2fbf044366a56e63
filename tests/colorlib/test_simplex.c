/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/simplex.h"

#include <math.h>

#include "tests/runner.h"

struct count {
    size_t calls;
};

/* The valley of Rosenbrock, Comput. J. 3 (1960) 175; least, 0, at (1, 1). */
static double valley(const double *x, void *context)
{
    ((struct count *)context)->calls++;
    double along = 1 - x[0], across = x[1] - x[0] * x[0];
    return along * along + 100 * across * across;
}

/* A cone with its tip at 1, 2, ...: it has no slope there. */
static double cone(const double *x, void *context)
{
    const size_t *count = context;
    double sum = 0;
    for (size_t i = 0; i < *count; i++)
        sum += fabs(x[i] - (double)(i + 1));
    return 10 + sum;
}

START_TEST(a_bent_valley_is_followed_to_its_end)
{
    struct count count = {0};
    const struct simplex_aim aim = {2, valley, NULL, &count, HUGE_VAL};
    double x[] = {-1.2, 1}, value;
    ck_assert_int_eq(simplex_search(&aim, 0.3, 1e-6, 400, x, &value), STATUS_OK);
    /* a simplex this small around the end */
    ck_assert_double_eq_tol(x[0], 1, 1e-5);
    ck_assert_double_eq_tol(x[1], 1, 1e-5);
    ck_assert_double_eq_tol(value, 0, 1e-10);
    ck_assert_uint_le(count.calls, 400);
}
END_TEST

START_TEST(a_tip_is_found_in_one_to_four_numbers)
{
    size_t count = (size_t)_i;
    const struct simplex_aim aim = {count, cone, NULL, &count, HUGE_VAL};
    double x[SIMPLEX_NUMBERS_MAX] = {0}, value;
    ck_assert_int_eq(simplex_search(&aim, -0.3, 1e-4, 1000, x, &value), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        /* the size of the simplex, and what it collapses early by on edges */
        ck_assert_double_eq_tol(x[i], (double)(i + 1), 5e-3);
    ck_assert_double_eq(value, cone(x, &count));
}
END_TEST

static bool is_past_zero(const double *x, void *context)
{
    (void)context;
    return x[0] > 0;
}

START_TEST(what_is_enough_ends_the_search)
{
    struct count count = {0};
    const struct simplex_aim aim = {2, valley, is_past_zero, &count, HUGE_VAL};
    double x[] = {-1.2, 1}, value;
    ck_assert_int_eq(simplex_search(&aim, 0.3, 1e-6, 400, x, &value), STATUS_OK);
    ck_assert_double_gt(x[0], 0);
    ck_assert_double_lt(x[0], 0.9);
}
END_TEST

START_TEST(a_search_far_above_what_is_hopeless_ends_early)
{
    size_t count = 2;
    struct simplex_aim aim = {count, cone, NULL, &count, 9};
    double x[] = {0, 0}, y[] = {0, 0}, value, least;
    ck_assert_int_eq(simplex_search(&aim, 0.3, 1e-6, 400, x, &value), STATUS_REJECTED);
    ck_assert_double_gt(value, 9);
    ck_assert_double_le(value, cone(x, &count));
    ck_assert_double_lt(cone(x, &count), 11); /* it was on its way */
    aim.hopeless = 10.5;                      /* which can be reached */
    ck_assert_int_eq(simplex_search(&aim, 0.3, 1e-6, 400, y, &least), STATUS_OK);
    ck_assert_double_eq_tol(least, 10, 1e-4);
}
END_TEST

START_TEST(a_search_that_runs_out_of_moves_says_so)
{
    struct count count = {0};
    const struct simplex_aim aim = {2, valley, NULL, &count, HUGE_VAL};
    double x[] = {-1.2, 1}, value;
    ck_assert_int_eq(simplex_search(&aim, 0.3, 1e-6, 5, x, &value), STATUS_NOT_CONVERGED);
    ck_assert_double_lt(value, valley((const double[]){-1.2, 1}, &count));
    ck_assert_double_eq(value, valley(x, &count));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("simplex");
    TCase *tc = tcase_create("simplex");
    tcase_add_test(tc, a_bent_valley_is_followed_to_its_end);
    tcase_add_loop_test(tc, a_tip_is_found_in_one_to_four_numbers, 1, 5);
    tcase_add_test(tc, what_is_enough_ends_the_search);
    tcase_add_test(tc, a_search_far_above_what_is_hopeless_ends_early);
    tcase_add_test(tc, a_search_that_runs_out_of_moves_says_so);
    suite_add_tcase(s, tc);
    return s;
}
