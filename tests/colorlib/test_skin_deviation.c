/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <math.h>

#include "tests/runner.h"

/* The light reference client with sd 0.02 of each theta. */
static struct skin_fit fit_with_known_spread(void)
{
    struct skin_fit fit = {.skin.parameters = skin_reference_parameters(SKIN_LIGHT)};
    fit.skin.parameters.yellow_per_mm = 0.05;
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        fit.covariance[k][k] = 0.02 * 0.02;
    return fit;
}

/* Second-order terms of exp and of the logistic function at 0.02 are below 2e-4 of the
 * first-order ones. */
#define SECOND_ORDER 2e-4

/* Half of what x exp(+-0.02) spans. */
static double span_of_logarithm(double x)
{
    return x * (exp(0.02) - exp(-0.02)) / 2;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

START_TEST(deviations_are_half_the_span_of_one_sd_up_and_down)
{
    struct skin_fit fit = fit_with_known_spread();
    const struct skin_parameters *at = &fit.skin.parameters;
    struct skin_parameters sd = skin_fit_deviations(&fit);
    double logit = log(at->oxygen_saturation / (1 - at->oxygen_saturation));
    const double pairs[][2] = {
        {sd.melanosome_fraction, span_of_logarithm(at->melanosome_fraction)},
        {sd.blood_fraction, span_of_logarithm(at->blood_fraction)},
        {sd.oxygen_saturation, (logistic(logit + 0.02) - logistic(logit - 0.02)) / 2},
        {sd.scattering_per_mm, span_of_logarithm(at->scattering_per_mm)},
        {sd.scattering_power, 0.02},
        {sd.haze, 0.02},
        {sd.yellow_per_mm, span_of_logarithm(at->yellow_per_mm)},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        ck_assert_double_eq_tol(pairs[i][0] / pairs[i][1], 1, SECOND_ORDER);
}
END_TEST

START_TEST(a_fit_to_a_spectrum_is_surer_than_one_to_its_color)
{
    struct skin skin;
    struct skin_parameters light = skin_reference_parameters(SKIN_LIGHT);
    struct weights weights;
    struct illuminant d65;
    struct skin_fit by_spectrum, by_color;
    struct bands bare;
    ck_assert_int_eq(illuminant_find("D65", &d65), STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &d65, OBSERVER_CIE_1964_10DEG, &weights),
                     STATUS_OK);
    skin_from_parameters(&light, &skin);
    skin_bare(&skin, &bare);
    cmsCIELab lab = colorimetry_reflectance_lab(&weights, bare.value);
    ck_assert_int_eq(skin_fit(&bare, &by_spectrum), STATUS_OK);
    ck_assert_int_eq(skin_fit_lab(&lab, &weights, &by_color), STATUS_OK);
    ck_assert_double_lt(skin_fit_deviations(&by_spectrum).blood_fraction,
                        skin_fit_deviations(&by_color).blood_fraction);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("skin_deviation");
    TCase *tests = tcase_create("skin_deviation");
    tcase_add_test(tests, deviations_are_half_the_span_of_one_sd_up_and_down);
    tcase_add_test(tests, a_fit_to_a_spectrum_is_surer_than_one_to_its_color);
    suite_add_tcase(suite, tests);
    return suite;
}
