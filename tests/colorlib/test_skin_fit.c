/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics.h>

#include "colorlib/difference.h"
#include "colorlib/dots.h"
#include "tests/colorlib/measured.h"
#include "tests/runner.h"

/* The prior: mean and sd of ln f_m, ln f_b, logit s, ln A_s, b_s, rho_s, ln y (color
 * note, section 6.4). */
static const double prior_typical[] = {0.02, 0.008, 0, 3.6, 0, 0, 0.05};
static const double prior_sd[] = {1.0, 0.6, 0.7, 0.5, 0.5, 0.008, 0.8};

static double prior_mean(size_t k)
{
    switch (k) {
    case 2: return 0.6;
    case 4: return 1.3;
    case 5: return 0.015;
    default: return log(prior_typical[k]);
    }
}

static struct skin_parameters parameters_of(const double *theta)
{
    return (struct skin_parameters){
        .melanosome_fraction = exp(theta[0]),
        .blood_fraction = exp(theta[1]),
        .oxygen_saturation = 1 / (1 + exp(-theta[2])),
        .scattering_per_mm = exp(theta[3]),
        .scattering_power = theta[4],
        .haze = theta[5],
        .yellow_per_mm = exp(theta[6]),
    };
}

static struct bands spectrum_of(const struct skin_parameters *parameters)
{
    struct skin skin;
    struct bands spectrum;
    skin_from_parameters(parameters, &skin);
    skin_bare(&skin, &spectrum);
    return spectrum;
}

static struct bands reference_spectrum(enum skin_reference reference)
{
    struct skin_parameters parameters = skin_reference_parameters(reference);
    return spectrum_of(&parameters);
}

static struct skin_fit must_fit(const struct bands *spectrum)
{
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit(spectrum, &fit), STATUS_OK);
    return fit;
}

static struct weights working_weights(void)
{
    struct weights weights;
    ck_assert_int_eq(skin_weights(&weights), STATUS_OK);
    return weights;
}

/* Symmetric to rounding, with a Cholesky factor, and in no place wider than the prior. */
static void assert_proper_covariance(const struct skin_fit *fit)
{
    double copy[SKIN_PARAMETER_COUNT * SKIN_PARAMETER_COUNT];
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
        for (size_t j = 0; j < SKIN_PARAMETER_COUNT; j++) {
            double scale = prior_sd[k] * prior_sd[j];
            ck_assert_double_eq_tol(fit->covariance[k][j] / scale,
                                    fit->covariance[j][k] / scale, 1e-12);
            copy[k * SKIN_PARAMETER_COUNT + j] = fit->covariance[k][j] / scale;
        }
        ck_assert_double_le(sqrt(fit->covariance[k][k]), prior_sd[k] * (1 + 1e-9));
    }
    gsl_matrix_view matrix =
        gsl_matrix_view_array(copy, SKIN_PARAMETER_COUNT, SKIN_PARAMETER_COUNT);
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    ck_assert_int_eq(gsl_linalg_cholesky_decomp1(&matrix.matrix), GSL_SUCCESS);
    gsl_set_error_handler(before);
}

/* -- known answers ----------------------------------------------------------------- */

START_TEST(the_prior_mean_is_fitted_by_itself)
{
    double theta[SKIN_PARAMETER_COUNT];
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        theta[k] = prior_mean(k);
    struct skin_parameters parameters = parameters_of(theta);
    struct bands spectrum = spectrum_of(&parameters);
    struct skin_fit fit = must_fit(&spectrum);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        ck_assert_double_eq_tol(fit.theta[k], theta[k], 1e-9 * prior_sd[k]);
    ck_assert_double_eq_tol(fit.residual_rms, 0, 1e-9);
    ck_assert_double_eq_tol(fit.ciede2000, 0, 1e-6);
    ck_assert_uint_eq(fit.warnings, 0);
    ck_assert_int_eq(fit.basis, SKIN_FROM_SPECTRUM);
    assert_proper_covariance(&fit);
}
END_TEST

START_TEST(reference_clients_are_fitted_closely_and_without_warnings)
{
    struct bands spectrum = reference_spectrum((enum skin_reference)_i);
    struct skin_fit fit = must_fit(&spectrum);
    /* they have no yellow absorber, which the prior puts at 0.05: the note allows 0.40 */
    ck_assert_double_le(fit.ciede2000, 0.40);
    ck_assert_double_le(fit.residual_rms, 0.003);
    ck_assert_uint_eq(fit.warnings, 0);
    assert_proper_covariance(&fit);
}
END_TEST

/* A client drawn from the prior and measured with the noise that the fit assumes. */
static void draw_client(gsl_rng *rng, double *theta, struct bands *measured)
{
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        do
            theta[k] = prior_mean(k) + gsl_ran_gaussian(rng, prior_sd[k]);
        while (k == 5 && (theta[k] < 0 || theta[k] > 0.05));
    struct skin_parameters parameters = parameters_of(theta);
    *measured = spectrum_of(&parameters);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double rho = measured->value[i];
        double sd = i >= 4 ? 0.003 + 0.010 * rho : 0.006 + 0.05 * rho;
        measured->value[i] += gsl_ran_gaussian(rng, sd);
    }
}

/* Where clients and noise are what the fit assumes, its errors in units of its own sd
 * have a mean square of 1, but for the model's curvature. */
START_TEST(parameters_are_recovered_within_the_posterior_sd)
{
    enum { CLIENTS = 300 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 20170317);
    double square[SKIN_PARAMETER_COUNT] = {0};
    for (size_t i = 0; i < CLIENTS; i++) {
        double theta[SKIN_PARAMETER_COUNT];
        struct bands measured;
        draw_client(rng, theta, &measured);
        struct skin_fit fit = must_fit(&measured);
        for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
            double error = fit.theta[k] - theta[k];
            square[k] += error * error / fit.covariance[k][k] / CLIENTS;
        }
        assert_proper_covariance(&fit);
    }
    gsl_rng_free(rng);
    /* the sampling sd of a mean of 300 squares is 0.08 */
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
        ck_assert_double_ge(square[k], 0.7);
        ck_assert_double_le(square[k], 1.3);
    }
}
END_TEST

START_TEST(coarse_steps_leave_the_skin_less_certain)
{
    struct bands spectrum = reference_spectrum(SKIN_LIGHT);
    struct skin_fit fine, coarse;
    ck_assert_int_eq(skin_fit_sampled(&spectrum, 10, &fine), STATUS_OK);
    ck_assert_int_eq(skin_fit_sampled(&spectrum, 20, &coarse), STATUS_OK);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
        ck_assert_double_gt(coarse.covariance[k][k], fine.covariance[k][k]);
        /* the prior bounds it, so four times the variance is not reached */
        ck_assert_double_lt(coarse.covariance[k][k], 4 * fine.covariance[k][k]);
    }
}
END_TEST

START_TEST(no_pigment_reproduces_the_fitted_skin)
{
    struct bands measured = reference_spectrum(SKIN_TAN);
    for (size_t i = 0; i < BAND_COUNT; i++)
        measured.value[i] += 0.01 * sin((double)i);
    struct skin_fit fit = must_fit(&measured);
    struct bands bare, dotted;
    skin_bare(&fit.skin, &bare);
    ck_assert_int_eq(dots_reflectance(&fit.skin, 0.10, 0.30, NULL, 0, &dotted),
                     STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(bare.value[i], measured.value[i], 1e-12);
        ck_assert_double_eq_tol(dotted.value[i], measured.value[i], 1e-12);
    }
}
END_TEST

static int handler_calls;

static void counting_handler(const char *reason, const char *file, int line, int code)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)code;
    handler_calls++;
}

START_TEST(the_callers_gsl_handler_stays_in_place_and_uncalled)
{
    gsl_error_handler_t *before = gsl_set_error_handler(counting_handler);
    struct bands spectrum = reference_spectrum(SKIN_DARK);
    must_fit(&spectrum);
    gsl_error_handler_t *after = gsl_set_error_handler(before);
    ck_assert(after == counting_handler);
    ck_assert_int_eq(handler_calls, 0);
}
END_TEST

/* -- judgement --------------------------------------------------------------------- */

START_TEST(values_that_no_reflectance_has_are_bad_data)
{
    static const double values[] = {NAN, INFINITY, -INFINITY, -0.051, 1.51};
    struct bands spectrum = reference_spectrum(SKIN_LIGHT);
    spectrum.value[17] = values[_i];
    struct skin_fit fit = {.residual_rms = -1};
    ck_assert_int_eq(skin_fit(&spectrum, &fit), STATUS_BAD_DATA);
    ck_assert_double_eq(fit.residual_rms, -1);
}
END_TEST

/* A leaf, a saw and a mirror are far from all skins. */
static double strange_reflectance(int kind, size_t band)
{
    switch (kind) {
    case 0: return band < 10 ? 0.05 : band < 18 ? 0.25 : band < 29 ? 0.06 : 0.4;
    case 1: return band % 2 ? 0.2 : 0.6;
    default: return 1.4;
    }
}

START_TEST(what_is_not_skin_is_rejected)
{
    struct bands spectrum;
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] = strange_reflectance(_i, i);
    struct skin_fit fit = {.residual_rms = -1};
    ck_assert_int_eq(skin_fit(&spectrum, &fit), STATUS_REJECTED);
    ck_assert_double_eq(fit.residual_rms, -1);
}
END_TEST

START_TEST(a_ripple_on_the_spectrum_warns_of_the_residual)
{
    /* alternating by 0.013 the rms is just that, and no parameter alternates */
    struct bands spectrum = reference_spectrum(SKIN_LIGHT);
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] += i % 2 ? 0.013 : -0.013;
    struct skin_fit fit = must_fit(&spectrum);
    ck_assert_uint_eq(fit.warnings, SKIN_WARN_RESIDUAL);
    ck_assert_double_eq_tol(fit.residual_rms, 0.013, 0.001);
}
END_TEST

START_TEST(a_band_far_off_the_model_warns_of_its_ratio_from_440_nm_on)
{
    struct bands spectrum = reference_spectrum(SKIN_DARK);
    spectrum.value[4] *= 1.4;
    struct skin_fit fit = must_fit(&spectrum);
    ck_assert_uint_eq(fit.warnings & SKIN_WARN_RESIDUAL_RATIO, SKIN_WARN_RESIDUAL_RATIO);
    spectrum = reference_spectrum(SKIN_DARK);
    spectrum.value[3] *= 1.4;
    fit = must_fit(&spectrum);
    ck_assert_uint_eq(fit.warnings & SKIN_WARN_RESIDUAL_RATIO, 0);
    ck_assert_double_gt(fit.skin.residual_ratio.value[3], 1.25);
}
END_TEST

START_TEST(a_parameter_far_from_its_prior_is_warned_of)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    /* ln 12 lies 2.4 sd from the prior mean, ln 20 lies 3.4 */
    parameters.scattering_per_mm = 12;
    struct bands spectrum = spectrum_of(&parameters);
    ck_assert_uint_eq(must_fit(&spectrum).warnings & SKIN_WARN_PARAMETER, 0);
    parameters.scattering_per_mm = 25;
    spectrum = spectrum_of(&parameters);
    ck_assert_uint_eq(must_fit(&spectrum).warnings & SKIN_WARN_PARAMETER,
                      SKIN_WARN_PARAMETER);
}
END_TEST

START_TEST(a_color_that_the_fit_misses_is_warned_of)
{
    /* a broad hump at 520 nm, small for the eye's greens, that no parameter makes */
    struct bands spectrum = reference_spectrum(SKIN_DARK);
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] += 0.02 * exp(-pow((bands_wavelength_nm(i) - 520) / 20, 2));
    struct skin_fit fit = must_fit(&spectrum);
    ck_assert_double_gt(fit.ciede2000, 1);
    ck_assert_uint_eq(fit.warnings & SKIN_WARN_COLOR, SKIN_WARN_COLOR);
}
END_TEST

START_TEST(haze_stays_within_its_range)
{
    /* lighter by more than haze may explain, darker than skin without haze */
    static const double offset[] = {0.08, -0.02};
    struct skin_parameters parameters = skin_reference_parameters(SKIN_DARK);
    struct bands spectrum = spectrum_of(&parameters);
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] += offset[_i];
    struct skin_fit fit = must_fit(&spectrum);
    ck_assert_double_ge(fit.theta[5], 0);
    ck_assert_double_le(fit.theta[5], 0.05);
    ck_assert_double_eq(fit.theta[5], fit.skin.parameters.haze);
    assert_proper_covariance(&fit);
}
END_TEST

/* -- from a color ------------------------------------------------------------------ */

START_TEST(the_color_of_skin_is_fitted)
{
    struct weights weights = working_weights();
    struct bands spectrum = reference_spectrum((enum skin_reference)_i);
    cmsCIELab lab = colorimetry_reflectance_lab(&weights, spectrum.value);
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit_lab(&lab, &weights, &fit), STATUS_OK);
    ck_assert_int_eq(fit.basis, SKIN_FROM_LAB);
    ck_assert_double_le(fit.ciede2000, 0.5);
    ck_assert_uint_eq(fit.warnings, 0);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq(fit.skin.residual_ratio.value[i], 1);
    assert_proper_covariance(&fit);
    /* of melanin, blood and oxygen three numbers tell less than thirty-one */
    struct skin_fit spectral = must_fit(&spectrum);
    for (size_t k = 0; k < 3; k++)
        ck_assert_double_gt(fit.covariance[k][k], spectral.covariance[k][k]);
}
END_TEST

START_TEST(a_color_that_skin_does_not_have_is_warned_of)
{
    struct weights weights = working_weights();
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit_lab(&(cmsCIELab){60, -20, -20}, &weights, &fit), STATUS_OK);
    ck_assert_double_gt(fit.ciede2000, 0.5);
    ck_assert_uint_eq(fit.warnings & SKIN_WARN_COLOR, SKIN_WARN_COLOR);
}
END_TEST

START_TEST(no_color_of_the_rainbow_passes_silently_for_skin)
{
    struct weights weights = working_weights();
    for (int hue_deg = 0; hue_deg < 360; hue_deg += 15) {
        double hue = hue_deg * M_PI / 180;
        for (double L = 0; L <= 100; L += 20) {
            cmsCIELab lab = {L, 150 * cos(hue), 150 * sin(hue)};
            struct skin_fit fit;
            enum status status = skin_fit_lab(&lab, &weights, &fit);
            if (status == STATUS_OK)
                ck_assert_uint_eq(fit.warnings & SKIN_WARN_COLOR, SKIN_WARN_COLOR);
            else
                ck_assert_int_eq(status, STATUS_NOT_CONVERGED);
        }
    }
}
END_TEST

START_TEST(a_color_is_fitted_under_the_weights_it_is_given_with)
{
    struct illuminant d65;
    struct weights weights;
    ck_assert_int_eq(illuminant_find("D65", &d65), STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &d65, OBSERVER_CIE_1931_2DEG, &weights),
                     STATUS_OK);
    cmsCIELab lab = {60, 10, 16};
    struct skin_fit fit;
    ck_assert_int_eq(skin_fit_lab(&lab, &weights, &fit), STATUS_OK);
    cmsCIELab fitted = colorimetry_reflectance_lab(&weights, fit.fitted.value);
    ck_assert_double_eq_tol(fit.ciede2000, difference_ciede2000(lab, fitted), 1e-12);
    ck_assert_double_le(fit.ciede2000, 0.5);
}
END_TEST

START_TEST(numbers_that_are_no_color_are_bad_data)
{
    static const cmsCIELab colors[] = {{NAN, 0, 0},   {-1, 0, 0},       {101, 0, 0},
                                       {50, 201, 0},  {50, 0, -201},    {50, NAN, 0},
                                       {50, 0, -NAN}, {50, 0, INFINITY}};
    struct weights weights = working_weights();
    struct skin_fit fit = {.iterations = 7};
    ck_assert_int_eq(skin_fit_lab(&colors[_i], &weights, &fit), STATUS_BAD_DATA);
    ck_assert_uint_eq(fit.iterations, 7);
}
END_TEST

/* -- measured skin ----------------------------------------------------------------- */

/* What became of the spectra of a collection. */
struct tally {
    double ciede2000[4096];
    size_t fitted;
    size_t refused;
    size_t iterations_max;
};

static void assert_reproduced(const struct skin_fit *fit, const struct bands *measured)
{
    struct bands dotted;
    ck_assert_int_eq(dots_reflectance(&fit->skin, 0.10, 0.30, NULL, 0, &dotted),
                     STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(dotted.value[i], measured->value[i], 1e-12);
}

static void tally_one(const struct spectrum *included, struct tally *tally)
{
    struct bands measured;
    struct skin_fit fit;
    ck_assert_int_eq(bands_from_spectrum(included, &measured), STATUS_OK);
    skin_specular_excluded(&measured, &measured);
    enum status status = skin_fit(&measured, &fit);
    if (status != STATUS_OK) {
        ck_assert(status == STATUS_REJECTED || status == STATUS_NOT_CONVERGED);
        tally->refused++;
        return;
    }
    assert_reproduced(&fit, &measured);
    ck_assert_uint_lt(tally->fitted, 4096);
    tally->ciede2000[tally->fitted++] = fit.ciede2000;
    if (fit.iterations > tally->iterations_max)
        tally->iterations_max = fit.iterations;
}

static double median_ciede2000(struct tally *tally)
{
    return gsl_stats_median(tally->ciede2000, 1, tally->fitted);
}

/* Columns: subject, repetition, then 250, 253, ... 2500 nm; 301 nm is the 18th. */
static struct spectrum nist_spectrum(const struct measured *file)
{
    struct spectrum spectrum = {.grid = {.start_nm = 301, .step_nm = 3, .count = 177}};
    for (size_t i = 0; i < spectrum.grid.count; i++)
        spectrum.value[i] = measured_number(file, 2 + 17 + i);
    return spectrum;
}

START_TEST(all_skins_of_nist_are_fitted)
{
    static struct measured file;
    static struct tally tally;
    measured_open(&file, "skin/nist/nist_skin_reflectance.csv");
    while (measured_next(&file)) {
        if (strcmp(file.field[1], "avg") != 0)
            continue;
        struct spectrum spectrum = nist_spectrum(&file);
        tally_one(&spectrum, &tally);
    }
    fclose(file.stream);
    ck_assert_uint_eq(tally.fitted, 50);
    ck_assert_uint_eq(tally.refused, 0);
    ck_assert_double_le(median_ciede2000(&tally), 0.5);
}
END_TEST

/* Columns: row, group, site, subject, flag, then 360, 370, ... 740 nm. */
static struct spectrum xiao_spectrum(const struct measured *file)
{
    struct spectrum spectrum = {.grid = {.start_nm = 360, .step_nm = 10, .count = 39}};
    for (size_t i = 0; i < spectrum.grid.count; i++)
        spectrum.value[i] = measured_number(file, 5 + i);
    return spectrum;
}

START_TEST(skins_of_xiao_are_fitted_or_refused)
{
    static struct measured file;
    static struct tally tally;
    measured_open(&file, "skin/xiao2016/xiao2016_skin_reflectance.csv");
    while (measured_next(&file)) {
        if (strcmp(file.field[4], "0") != 0)
            continue;
        struct spectrum spectrum = xiao_spectrum(&file);
        tally_one(&spectrum, &tally);
    }
    fclose(file.stream);
    ck_assert_uint_eq(tally.fitted + tally.refused, 2150);
    ck_assert_uint_le(tally.iterations_max, 100);
    ck_assert_double_le(median_ciede2000(&tally), 0.75);
}
END_TEST

/* -- suite ------------------------------------------------------------------------- */

static TCase *answer_tests(void)
{
    TCase *tests = tcase_create("known answers");
    tcase_add_test(tests, coarse_steps_leave_the_skin_less_certain);
    tcase_add_test(tests, the_prior_mean_is_fitted_by_itself);
    tcase_add_loop_test(tests, reference_clients_are_fitted_closely_and_without_warnings,
                        0, 3);
    tcase_add_test(tests, parameters_are_recovered_within_the_posterior_sd);
    tcase_add_test(tests, no_pigment_reproduces_the_fitted_skin);
    tcase_add_test(tests, the_callers_gsl_handler_stays_in_place_and_uncalled);
    return tests;
}

static TCase *judgement_tests(void)
{
    TCase *tests = tcase_create("judgement");
    tcase_add_loop_test(tests, values_that_no_reflectance_has_are_bad_data, 0, 5);
    tcase_add_loop_test(tests, what_is_not_skin_is_rejected, 0, 3);
    tcase_add_test(tests, a_ripple_on_the_spectrum_warns_of_the_residual);
    tcase_add_test(tests, a_band_far_off_the_model_warns_of_its_ratio_from_440_nm_on);
    tcase_add_test(tests, a_parameter_far_from_its_prior_is_warned_of);
    tcase_add_test(tests, a_color_that_the_fit_misses_is_warned_of);
    tcase_add_loop_test(tests, haze_stays_within_its_range, 0, 2);
    return tests;
}

static TCase *color_tests(void)
{
    TCase *tests = tcase_create("from a color");
    tcase_add_loop_test(tests, the_color_of_skin_is_fitted, 0, 3);
    tcase_add_test(tests, a_color_that_skin_does_not_have_is_warned_of);
    tcase_add_test(tests, no_color_of_the_rainbow_passes_silently_for_skin);
    tcase_add_test(tests, a_color_is_fitted_under_the_weights_it_is_given_with);
    tcase_add_loop_test(tests, numbers_that_are_no_color_are_bad_data, 0, 8);
    return tests;
}

static TCase *measured_tests(void)
{
    const char *absent = "the measured data are not here";
    TCase *tests = tcase_create("measured skin");
    tcase_set_timeout(tests, 60); /* 2150 fits under sanitizers */
    if (runner_data("skin/nist/nist_skin_reflectance.csv"))
        tcase_add_test(tests, all_skins_of_nist_are_fitted);
    else
        runner_skip("all_skins_of_nist_are_fitted", absent);
    if (runner_data("skin/xiao2016/xiao2016_skin_reflectance.csv"))
        tcase_add_test(tests, skins_of_xiao_are_fitted_or_refused);
    else
        runner_skip("skins_of_xiao_are_fitted_or_refused", absent);
    return tests;
}

Suite *suite(void)
{
    Suite *skin_fit = suite_create("skin_fit");
    suite_add_tcase(skin_fit, answer_tests());
    suite_add_tcase(skin_fit, judgement_tests());
    suite_add_tcase(skin_fit, color_tests());
    suite_add_tcase(skin_fit, measured_tests());
    return skin_fit;
}
