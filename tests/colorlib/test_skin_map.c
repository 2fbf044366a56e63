/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the skin fit minimises, written out from the color note. */
#include <math.h>

#include "colorlib/difference.h"
#include "colorlib/skin.h"
#include "tests/runner.h"

/* Colour note, 6.4: means and sd of theta. */
static const double prior[SKIN_PARAMETER_COUNT][2] = {{-3.912023005428146, 1.0},
                                                      {-4.828313737302301, 0.6},
                                                      {0.6, 0.7},
                                                      {1.2809338454620642, 0.5},
                                                      {1.3, 0.5},
                                                      {0.015, 0.008},
                                                      {-2.995732273553991, 0.8}};

/* Colour note, 2.3 and 6.4: squares of residuals over noise and of the prior's. */
static double misfit(const struct bands *measured, const double *theta)
{
    struct skin_parameters parameters = {.melanosome_fraction = exp(theta[0]),
                                         .blood_fraction = exp(theta[1]),
                                         .oxygen_saturation = 1 / (1 + exp(-theta[2])),
                                         .scattering_per_mm = exp(theta[3]),
                                         .scattering_power = theta[4],
                                         .haze = theta[5],
                                         .yellow_per_mm = exp(theta[6])};
    struct skin_optics optics;
    struct bands model;
    skin_optics_make(&parameters, &optics);
    skin_reflectance(&optics, &model);
    double sum = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double rho = measured->value[i];
        double noise =
            bands_wavelength_nm(i) < 440 ? 0.006 + 0.05 * rho : 0.003 + 0.010 * rho;
        sum += pow((model.value[i] - rho) / noise, 2);
    }
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        sum += pow((theta[k] - prior[k][0]) / prior[k][1], 2);
    return sum;
}

/* Tan skin that the model misses, below 440 nm and above. */
static struct bands odd_skin(void)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_TAN);
    struct skin_optics optics;
    struct bands rho;
    skin_optics_make(&parameters, &optics);
    skin_reflectance(&optics, &rho);
    for (size_t i = 0; i < BAND_COUNT; i++)
        rho.value[i] *= i < 4 ? 0.8 : 1 + 0.02 * sin((double)i);
    return rho;
}

/* A hundredth of a prior sd either way; the fit stops far closer to its minimum. */
START_TEST(the_fit_is_the_minimum_of_the_notes_sum)
{
    struct bands measured = odd_skin();
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit(&measured, &fit), STATUS_OK);
    double least = misfit(&measured, fit.theta);
    for (int way = -1; way <= 1; way += 2) {
        double theta[SKIN_PARAMETER_COUNT];
        for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
            theta[k] = fit.theta[k];
        theta[_i] += way * 0.01 * prior[_i][1];
        ck_assert_double_gt(misfit(&measured, theta), least);
    }
}
END_TEST

/* Haemoglobin's bands at 542 and 577 nm are 35 nm apart, which 20 nm hardly resolve. */
START_TEST(skin_measured_by_20_nm_is_fitted_to_the_same_color)
{
    struct skin_parameters parameters =
        skin_reference_parameters((enum skin_reference)_i);
    struct skin skin;
    struct bands exact, bare, taken;
    skin_from_parameters(&parameters, &skin);
    skin_bare(&skin, &exact);
    struct spectrum coarse = {.grid = {400, 20, 16}};
    for (size_t i = 0; i < coarse.grid.count; i++)
        coarse.value[i] = exact.value[2 * i];
    ck_assert_int_eq(bands_from_spectrum(&coarse, &taken), STATUS_OK);
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit(&taken, &fit), STATUS_OK);
    skin_bare(&fit.skin, &bare);
    struct weights weights;
    ck_assert_int_eq(skin_weights(&weights), STATUS_OK);
    /* below what an eye sees, the note's 0.8 */
    ck_assert_double_lt(
        difference_ciede2000(colorimetry_reflectance_lab(&weights, exact.value),
                             colorimetry_reflectance_lab(&weights, bare.value)),
        0.8);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("skin_map");
    TCase *map = tcase_create("maximum a posteriori");
    tcase_add_loop_test(map, the_fit_is_the_minimum_of_the_notes_sum, 0,
                        SKIN_PARAMETER_COUNT);
    tcase_add_loop_test(map, skin_measured_by_20_nm_is_fitted_to_the_same_color,
                        SKIN_LIGHT, SKIN_DARK + 1);
    suite_add_tcase(s, map);
    return s;
}
