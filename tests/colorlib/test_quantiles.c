/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/quantiles.h"

#include <math.h>

#include "tests/runner.h"

START_TEST(ten_steps_have_their_quantiles_on_values)
{
    double value[] = {7, 0, 3, 10, 1, 9, 4, 2, 8, 5, 6};
    struct quantiles q = quantiles_of(value, 11);
    ck_assert_double_eq_tol(q.p10, 1, 1e-15);
    ck_assert_double_eq_tol(q.p50, 5, 1e-15);
    ck_assert_double_eq_tol(q.p90, 9, 1e-14); /* 0.9 is not exact in binary */
}
END_TEST

START_TEST(between_values_quantiles_are_linear)
{
    double value[] = {4, 0};
    struct quantiles q = quantiles_of(value, 2);
    ck_assert_double_eq_tol(q.p10, 0.4, 1e-15);
    ck_assert_double_eq_tol(q.p50, 2, 1e-15);
    ck_assert_double_eq_tol(q.p90, 3.6, 1e-15);
}
END_TEST

START_TEST(one_value_is_all_of_its_quantiles)
{
    double value = 4.5;
    struct quantiles q = quantiles_of(&value, 1);
    ck_assert_double_eq(q.p10, 4.5);
    ck_assert_double_eq(q.p50, 4.5);
    ck_assert_double_eq(q.p90, 4.5);
}
END_TEST

START_TEST(a_date_that_never_comes_is_later_than_all_others)
{
    double value[] = {HUGE_VAL, 2, HUGE_VAL, 3, HUGE_VAL};
    struct quantiles q = quantiles_of(value, 5);
    ck_assert_double_eq_tol(q.p10, 2.4, 1e-15);
    ck_assert_double_eq(q.p50, HUGE_VAL);
    ck_assert_double_eq(q.p90, HUGE_VAL);
}
END_TEST

START_TEST(what_is_not_a_number_has_no_quantiles)
{
    double value[] = {1, NAN, 2};
    struct quantiles q = quantiles_of(value, 3);
    ck_assert(isnan(q.p10) && isnan(q.p50) && isnan(q.p90));
}
END_TEST

/* By hand: one fifth of 10 values are the two largest; of 11 it is these and a fifth of
 * the next, (20 + 9 + 0.2 x 8) / 2.2. */
START_TEST(the_tail_is_the_mean_of_the_largest_values)
{
    static const double ten[] = {1, 1, 1, 1, 1, 1, 1, 2, 4, 10};
    static const double eleven[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20};
    ck_assert_double_eq_tol(quantiles_tail_mean(ten, 10, 0.2), 7, 1e-14);
    ck_assert_double_eq_tol(quantiles_tail_mean(eleven, 11, 0.2), 30.6 / 2.2, 1e-14);
    ck_assert_double_eq_tol(quantiles_tail_mean(ten, 10, 1), 2.3, 1e-14);
    ck_assert_double_eq(quantiles_tail_mean(ten, 1, 0.2), 1);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("quantiles");
    TCase *tc = tcase_create("quantiles");
    tcase_add_test(tc, ten_steps_have_their_quantiles_on_values);
    tcase_add_test(tc, between_values_quantiles_are_linear);
    tcase_add_test(tc, one_value_is_all_of_its_quantiles);
    tcase_add_test(tc, a_date_that_never_comes_is_later_than_all_others);
    tcase_add_test(tc, what_is_not_a_number_has_no_quantiles);
    tcase_add_test(tc, the_tail_is_the_mean_of_the_largest_values);
    suite_add_tcase(s, tc);
    return s;
}
