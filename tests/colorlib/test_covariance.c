/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/covariance.h"

#include <math.h>

#include "tests/runner.h"

START_TEST(a_covariance_is_its_factor_times_itself)
{
    /* rank 2: the third is the sum of the others */
    static const double covariance[3][3] = {{4, 1, 5}, {1, 9, 10}, {5, 10, 15}};
    struct covariance_factor factor;
    ck_assert_int_eq(covariance_factorize(&covariance[0][0], 3, &factor), STATUS_OK);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            double product = 0;
            for (size_t m = 0; m < 3; m++)
                product += factor.lower[i][m] * factor.lower[k][m];
            ck_assert_double_eq_tol(product, covariance[i][k], 1e-12);
        }
    double out[3];
    covariance_correlate(&factor, (const double[]){1, 2, 3}, (const double[]){1, 0, 7},
                         out);
    ck_assert_double_eq_tol(out[0], 1 + 2, 1e-12);
    ck_assert_double_eq_tol(out[2] - 3, out[0] - 1 + out[1] - 2, 1e-7);
}
END_TEST

START_TEST(what_is_no_covariance_is_refused)
{
    static const double negative[2][2] = {{1, 2}, {2, 1}};
    static const double not_a_number[2][2] = {{NAN, 0}, {0, 1}};
    struct covariance_factor factor;
    ck_assert_int_eq(covariance_factorize(&negative[0][0], 2, &factor), STATUS_BAD_DATA);
    ck_assert_int_eq(covariance_factorize(&not_a_number[0][0], 2, &factor),
                     STATUS_BAD_DATA);
}
END_TEST

START_TEST(slopes_give_the_covariance_of_what_they_determine)
{
    /* two unknowns, the sum and the difference of which are measured with sd 1 and 0.5:
     * J'J = [5 -3; -3 5], whose inverse is [5 3; 3 5] / 16; a stride of 3 */
    static const double slope[] = {1, 1, 99, 2, -2, 99};
    double covariance[4];
    ck_assert_int_eq(covariance_of_slopes(slope, 2, 2, 3, covariance), STATUS_OK);
    ck_assert_double_eq_tol(covariance[0], 5.0 / 16, 1e-12);
    ck_assert_double_eq_tol(covariance[1], 3.0 / 16, 1e-12);
    ck_assert_double_eq_tol(covariance[2], 3.0 / 16, 1e-12);
    ck_assert_double_eq_tol(covariance[3], 5.0 / 16, 1e-12);
    ck_assert_int_eq(covariance_of_slopes(slope, 1, 2, 3, covariance), STATUS_BAD_DATA);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("covariance");
    TCase *tc = tcase_create("factor");
    tcase_add_test(tc, a_covariance_is_its_factor_times_itself);
    tcase_add_test(tc, what_is_no_covariance_is_refused);
    tcase_add_test(tc, slopes_give_the_covariance_of_what_they_determine);
    suite_add_tcase(s, tc);
    return s;
}
