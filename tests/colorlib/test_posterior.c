/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/posterior.h"

#include <math.h>

#include "tests/runner.h"

/* One row: a sum of two unknowns, of which the second counts twice, was measured. */
struct measured {
    double value;
    double sd;
};

static void sum(const double *z, const void *data, double *out)
{
    const struct measured *measured = data;
    out[0] = (measured->value - (z[0] + 2 * z[1])) / measured->sd;
}

/* Linear, so that Bayes' rule is exact: gain (1, 2) / (1 + 4 + variance). */
static const double noises[] = {1, 0.1, 10};

START_TEST(a_linear_problem_has_the_textbook_answer)
{
    struct measured measured = {3, noises[_i]};
    struct posterior_problem problem = {2, 1, sum, &measured};
    struct posterior found;
    ck_assert_int_eq(posterior_find(&problem, &found), STATUS_OK);
    double variance = 5 + noises[_i] * noises[_i];
    const double rounding = 1e-7; /* of difference quotients and the last step */
    ck_assert_double_eq_tol(found.z[0], 3 / variance, rounding);
    ck_assert_double_eq_tol(found.z[1], 6 / variance, rounding);
    ck_assert_double_eq_tol(found.covariance[0][0], 1 - 1 / variance, 1e-6);
    ck_assert_double_eq_tol(found.covariance[0][1], -2 / variance, 1e-6);
    ck_assert_double_eq_tol(found.covariance[1][1], 1 - 4 / variance, 1e-6);
}
END_TEST

START_TEST(without_data_the_answer_is_the_prior)
{
    struct posterior_problem problem = {2, 0, sum, &(struct measured){0, 1}};
    struct posterior found;
    ck_assert_int_eq(posterior_find(&problem, &found), STATUS_OK);
    for (size_t k = 0; k < 2; k++) {
        ck_assert_double_eq(found.z[k], 0);
        ck_assert_double_eq_tol(found.covariance[k][k], 1, 1e-12);
    }
}
END_TEST

/* exp(z) was measured nearly without noise. */
static void growth(const double *z, const void *data, double *out)
{
    const struct measured *measured = data;
    out[0] = (measured->value - exp(z[0])) / measured->sd;
}

START_TEST(tiny_noise_gives_the_value_that_the_data_say)
{
    struct measured measured = {3, 1e-6};
    struct posterior_problem problem = {1, 1, growth, &measured};
    struct posterior found;
    ck_assert_int_eq(posterior_find(&problem, &found), STATUS_OK);
    ck_assert_double_eq_tol(found.z[0], log(3), 1e-7);
    ck_assert_double_eq_tol(sqrt(found.covariance[0][0]), 1e-6 / 3, 1e-9);
}
END_TEST

START_TEST(slopes_are_those_of_the_residuals)
{
    double slope[2];
    struct measured measured = {3, 0.5};
    struct posterior_problem problem = {2, 1, sum, &measured};
    posterior_slopes(&problem, (const double[]){0.3, -1}, slope);
    ck_assert_double_eq_tol(slope[0], -2, 1e-8);
    ck_assert_double_eq_tol(slope[1], -4, 1e-8);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("posterior");
    TCase *tc = tcase_create("find");
    tcase_add_loop_test(tc, a_linear_problem_has_the_textbook_answer, 0,
                        sizeof noises / sizeof noises[0]);
    tcase_add_test(tc, without_data_the_answer_is_the_prior);
    tcase_add_test(tc, tiny_noise_gives_the_value_that_the_data_say);
    tcase_add_test(tc, slopes_are_those_of_the_residuals);
    suite_add_tcase(s, tc);
    return s;
}
