/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/scan_error.h"

#include <math.h>

#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

static cmsCIELab lab_of(const struct weights *weights, const struct bands *reflectance)
{
    return colorimetry_reflectance_lab(weights, reflectance->value);
}

/* Adds the variance of L*, a*, b* that one component makes, to first
 * order. */
static void add_variance(const struct weights *weights, const struct bands *bare,
                         unsigned component, double variance[3])
{
    const double step = 0.01;
    double normal[SCAN_ERROR_COMPONENTS] = {0};
    struct bands moved;
    normal[component] = step;
    scan_error_add(bare, normal, &moved);
    cmsCIELab from = lab_of(weights, bare), to = lab_of(weights, &moved);
    variance[0] += pow((to.L - from.L) / step, 2);
    variance[1] += pow((to.a - from.a) / step, 2);
    variance[2] += pow((to.b - from.b) / step, 2);
}

START_TEST(the_error_of_bands_makes_that_of_the_color)
{
    struct weights d65 = example_weights("D65");
    struct treatment treatment = example_treatment((enum skin_reference)_i, 0);
    struct bands bare;
    double variance[3] = {0};
    skin_bare(&treatment.skin, &bare);
    for (unsigned k = 0; k < SCAN_ERROR_COMPONENTS; k++)
        add_variance(&d65, &bare, k, variance);
    /* one law for light, tan and dark skin fits each to a quarter; what is rougher is
     * left out */
    for (size_t k = 0; k < 3; k++)
        ck_assert_double_eq_tol(sqrt(variance[k]) / scan_error_lab_sd[k], 1, 0.25);
}
END_TEST

START_TEST(what_may_lie_behind_a_scan_is_not_below_0)
{
    const double up[SCAN_ERROR_COMPONENTS] = {1}, down[SCAN_ERROR_COMPONENTS] = {-2};
    struct bands dark = {{0}}, moved;
    dark.value[7] = 0.5;
    scan_error_add(&dark, up, &moved);
    /* of 0.001 and 1.7 %; the level is 0.9058 of an error */
    ck_assert_double_eq_tol(moved.value[7], 0.5 + 0.9058 * 0.0095, 1e-12);
    ck_assert_double_eq_tol(moved.value[8], 0.9058 * 0.001, 1e-12);
    scan_error_add(&dark, down, &moved);
    ck_assert_double_eq_tol(moved.value[7], 0.5 - 2 * 0.9058 * 0.0095, 1e-12);
    ck_assert_double_eq(moved.value[8], 0);
}
END_TEST

START_TEST(the_smooth_part_is_most_of_a_correlated_error)
{
    double sum = 0;
    for (unsigned i = 0; i < BAND_COUNT; i++)
        for (unsigned k = 0; k < SCAN_ERROR_COMPONENTS; k++) {
            double normal[SCAN_ERROR_COMPONENTS] = {0};
            normal[k] = 1;
            sum += pow(scan_error_smooth(normal, i), 2) / BAND_COUNT;
        }
    /* the sum of the projections of the correlation 0.98^|i - j| [computed] */
    ck_assert_double_eq_tol(sum, 0.8204 + 0.0993 + 0.0311 + 0.0138 + 0.0080, 2e-4);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("scan_error");
    TCase *tc = tcase_create("scan_error");
    tcase_add_loop_test(tc, the_error_of_bands_makes_that_of_the_color, SKIN_LIGHT,
                        SKIN_DARK + 1);
    tcase_add_test(tc, what_may_lie_behind_a_scan_is_not_below_0);
    tcase_add_test(tc, the_smooth_part_is_most_of_a_correlated_error);
    suite_add_tcase(s, tc);
    return s;
}
