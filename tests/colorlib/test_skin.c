/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/runner.h"

#include <math.h>

#include "colorlib/skin.h"
#include "colorlib/surface.h"
#include "colorlib/two_flux.h"

/* Reflectance of the light, tan and dark reference clients, 400 to 700 nm (design note
 * on color science, table 16.2; four decimals). */
static const double reference[BAND_COUNT][3] = {
    {0.1782, 0.0889, 0.0243}, {0.1819, 0.0946, 0.0253}, {0.1872, 0.1010, 0.0266},
    {0.1931, 0.1077, 0.0282}, {0.2025, 0.1162, 0.0301}, {0.2347, 0.1358, 0.0331},
    {0.2703, 0.1579, 0.0370}, {0.2909, 0.1735, 0.0410}, {0.3070, 0.1874, 0.0452},
    {0.3169, 0.1983, 0.0496}, {0.3246, 0.2081, 0.0543}, {0.3280, 0.2155, 0.0590},
    {0.3222, 0.2174, 0.0631}, {0.3020, 0.2101, 0.0655}, {0.2886, 0.2060, 0.0684},
    {0.2960, 0.2146, 0.0740}, {0.3079, 0.2262, 0.0807}, {0.3014, 0.2257, 0.0845},
    {0.3009, 0.2288, 0.0894}, {0.3648, 0.2764, 0.1071}, {0.4290, 0.3245, 0.1257},
    {0.4561, 0.3478, 0.1381}, {0.4734, 0.3646, 0.1491}, {0.4846, 0.3771, 0.1592},
    {0.4924, 0.3873, 0.1688}, {0.4985, 0.3962, 0.1781}, {0.5038, 0.4044, 0.1873},
    {0.5083, 0.4119, 0.1964}, {0.5122, 0.4189, 0.2054}, {0.5157, 0.4253, 0.2142},
    {0.5181, 0.4309, 0.2227},
};

/* Quantities of the light client at 460, 550 and 660 nm (section 14.2 of the note). */
struct light_client {
    size_t band;
    double absorption_epidermis; /* five decimals */
    double absorption_dermis;    /* five decimals */
    double scattering;           /* five decimals */
    double internal;             /* five decimals */
    double reflectance;          /* five decimals */
};

static const struct light_client light_client[] = {
    {6, 1.00368, 0.23855, 4.01216, 0.43587, 0.27032},
    {15, 0.53994, 0.20289, 3.18048, 0.46879, 0.29597},
    {26, 0.29764, 0.03395, 2.50932, 0.68906, 0.50383},
};

/* Half a unit of the last of five decimals, and as much for inputs printed so. */
#define FIVE_DIGITS 0.6e-5

START_TEST(the_reference_clients_have_their_published_spectra)
{
    struct skin_parameters parameters =
        skin_reference_parameters((enum skin_reference)_i);
    struct skin_optics optics;
    struct bands reflectance;
    skin_optics_make(&parameters, &optics);
    skin_reflectance(&optics, &reflectance);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(reflectance.value[i], reference[i][_i], 0.51e-4);
}
END_TEST

START_TEST(the_light_client_has_the_published_coefficients_and_reflectances)
{
    const struct light_client *row = &light_client[_i];
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    struct skin_optics optics;
    struct bands reflectance;
    skin_optics_make(&parameters, &optics);
    skin_reflectance(&optics, &reflectance);
    ck_assert_double_eq_tol(optics.absorption_epidermis.value[row->band],
                            row->absorption_epidermis, FIVE_DIGITS);
    ck_assert_double_eq_tol(optics.absorption_dermis.value[row->band],
                            row->absorption_dermis, FIVE_DIGITS);
    ck_assert_double_eq_tol(optics.scattering.value[row->band], row->scattering,
                            FIVE_DIGITS);
    ck_assert_double_eq_tol(reflectance.value[row->band], row->reflectance, FIVE_DIGITS);
    struct surface surface = surface_of_index(SKIN_INDEX);
    double external = surface_remove_haze(reflectance.value[row->band], optics.haze);
    ck_assert_double_eq_tol(
        surface_internal(&surface, SURFACE_SPECULAR_EXCLUDED, external), row->internal,
        FIVE_DIGITS);
}
END_TEST

/* One chromophore alone: everything else set to nothing. */
static struct skin_parameters nothing_but(void)
{
    return (struct skin_parameters){.scattering_per_mm = 3.6, .scattering_power = 1.3};
}

START_TEST(pure_chromophores_have_the_published_absorption)
{
    static const double melanosome[] = {89.6521, 49.4466, 26.9440};
    static const double baseline[] = {0.10825, 0.04593, 0.02849};
    static const double blood[] = {19.8690, 24.9873, 0.7161};
    static const double packaging[] = {0.8252, 0.7870, 0.9929};
    size_t band = light_client[_i].band;
    struct skin_parameters parameters = nothing_but();
    struct skin_optics optics;
    skin_optics_make(&parameters, &optics);
    ck_assert_double_eq_tol(optics.absorption_dermis.value[band], baseline[_i],
                            FIVE_DIGITS);
    parameters.melanosome_fraction = 1;
    parameters.blood_fraction = 1;
    parameters.oxygen_saturation = 0.65;
    skin_optics_make(&parameters, &optics);
    ck_assert_double_eq_tol(optics.absorption_epidermis.value[band], melanosome[_i],
                            0.6e-4);
    /* the product of two numbers of four decimals, the larger 25 */
    ck_assert_double_eq_tol(optics.absorption_dermis.value[band],
                            blood[_i] * packaging[_i], 2e-3);
}
END_TEST

START_TEST(the_yellow_absorber_peaks_at_455_nm_and_darkens_only_the_blue)
{
    struct skin_parameters parameters = nothing_but();
    struct skin_optics without, with;
    skin_optics_make(&parameters, &without);
    parameters.yellow_per_mm = 0.3;
    skin_optics_make(&parameters, &with);
    double y450 = with.absorption_dermis.value[5] - without.absorption_dermis.value[5];
    double y600 = with.absorption_dermis.value[20] - without.absorption_dermis.value[20];
    ck_assert_double_eq_tol(y450, 0.3 * exp(-0.125 * 0.125), 1e-15);
    ck_assert_double_lt(y600, 1e-6);
}
END_TEST

START_TEST(more_of_any_absorber_darkens_every_band)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_TAN);
    struct skin_parameters more = parameters;
    if (_i == 0)
        more.melanosome_fraction *= 1.4;
    else if (_i == 1)
        more.blood_fraction *= 1.4;
    else
        more.yellow_per_mm += 0.05;
    struct skin before, after;
    skin_from_parameters(&parameters, &before);
    skin_from_parameters(&more, &after);
    struct bands light, dark;
    skin_bare(&before, &light);
    skin_bare(&after, &dark);
    /* the yellow band's tail is lost in rounding beyond 640 nm */
    for (size_t i = 0; i < 24; i++)
        ck_assert_double_lt(dark.value[i], light.value[i]);
    for (size_t i = 24; i < BAND_COUNT; i++)
        ck_assert_double_le(dark.value[i], light.value[i]);
}
END_TEST

START_TEST(skin_made_from_parameters_is_exactly_the_model)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_DARK);
    struct skin skin;
    skin_from_parameters(&parameters, &skin);
    struct bands bare, modelled;
    skin_bare(&skin, &bare);
    skin_reflectance(&skin.optics, &modelled);
    ck_assert_mem_eq(&bare, &modelled, sizeof bare);
    ck_assert_double_eq(skin.parameters.melanosome_fraction, 0.140);
}
END_TEST

START_TEST(the_residual_ratio_multiplies_the_bare_skin)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    struct skin skin;
    skin_from_parameters(&parameters, &skin);
    struct bands before, after;
    skin_bare(&skin, &before);
    skin.residual_ratio.value[3] = 1.1;
    skin_bare(&skin, &after);
    ck_assert_double_eq_tol(after.value[3], 1.1 * before.value[3], 1e-15);
    ck_assert_double_eq(after.value[4], before.value[4]);
}
END_TEST

START_TEST(specular_light_is_taken_off_as_a_constant)
{
    struct bands included, excluded;
    for (size_t i = 0; i < BAND_COUNT; i++)
        included.value[i] = 0.01 * (double)i;
    skin_specular_excluded(&included, &excluded);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(excluded.value[i], included.value[i] - 0.0278, 1e-15);
}
END_TEST

/* Color and indices of the reference clients (section 6.5): L* a* b* to 0.01, ITA, MI and
 * EI to 0.1. */
static const struct {
    cmsCIELab lab;
    double ita_deg;
    double melanin;
    double erythema;
    const char *class;
} appearance[] = {
    {{64.46, 6.93, 13.80}, 46.3, 29.8, 22.5, "light"},
    {{56.04, 8.78, 19.73}, 17.0, 39.4, 26.4, "tan"},
    {{34.73, 12.27, 21.83}, -35.0, 72.9, 37.6, "dark"},
};

static cmsCIELab lab_of(const struct skin_parameters *parameters)
{
    struct skin skin;
    struct bands bare;
    struct weights weights;
    skin_from_parameters(parameters, &skin);
    skin_bare(&skin, &bare);
    ck_assert_int_eq(skin_weights(&weights), STATUS_OK);
    return colorimetry_reflectance_lab(&weights, bare.value);
}

START_TEST(the_reference_clients_have_their_published_color)
{
    struct skin_parameters parameters =
        skin_reference_parameters((enum skin_reference)_i);
    cmsCIELab lab = lab_of(&parameters);
    ck_assert_double_eq_tol(lab.L, appearance[_i].lab.L, 0.0051);
    ck_assert_double_eq_tol(lab.a, appearance[_i].lab.a, 0.0051);
    ck_assert_double_eq_tol(lab.b, appearance[_i].lab.b, 0.0051);
    ck_assert_double_eq_tol(skin_ita_deg(&lab), appearance[_i].ita_deg, 0.051);
    ck_assert_str_eq(skin_ita_class(skin_ita_deg(&lab)), appearance[_i].class);
}
END_TEST

START_TEST(the_reference_clients_have_their_published_indices)
{
    struct bands spectrum;
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] = reference[i][_i];
    /* four decimals of a reflectance of 0.07 add 0.02 */
    ck_assert_double_eq_tol(skin_melanin_index(&spectrum), appearance[_i].melanin, 0.07);
    ck_assert_double_eq_tol(skin_erythema_index(&spectrum), appearance[_i].erythema,
                            0.07);
}
END_TEST

START_TEST(the_model_reaches_the_mean_of_asian_skin)
{
    /* 148 volunteers (Yun et al. 2010) and the parameters the note found for them, of two
     * or three digits: half a unit of f_m, the last of which moves b* by 0.05 */
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    parameters.scattering_per_mm = 4.2;
    parameters.melanosome_fraction = 0.0056;
    parameters.blood_fraction = 0.0123;
    parameters.yellow_per_mm = 0.30;
    cmsCIELab lab = lab_of(&parameters);
    ck_assert_double_eq_tol(lab.L, 64.15, 0.1);
    ck_assert_double_eq_tol(lab.a, 8.96, 0.1);
    ck_assert_double_eq_tol(lab.b, 18.34, 0.1);
}
END_TEST

START_TEST(the_melanin_slope_is_that_of_the_absorbance)
{
    /* log10(1 / rho) = 0.5 - 0.002 (lambda - 620) is a line of slope 0.002 per nm */
    struct bands line;
    for (size_t i = 0; i < BAND_COUNT; i++)
        line.value[i] = pow(10, -0.5 + 0.002 * (bands_wavelength_nm(i) - 620));
    ck_assert_double_eq_tol(skin_melanin_slope(&line), 0.002, 1e-15);
    line.value[21] = 1; /* 610 nm takes no part */
    ck_assert_double_eq_tol(skin_melanin_slope(&line), 0.002, 1e-15);
}
END_TEST

START_TEST(the_angle_is_defined_where_blue_meets_yellow)
{
    ck_assert_double_eq_tol(skin_ita_deg(&(cmsCIELab){60, 5, 10}), 45, 1e-12);
    ck_assert_double_eq_tol(skin_ita_deg(&(cmsCIELab){60, 5, 0}), 90, 1e-12);
    ck_assert_double_eq_tol(skin_ita_deg(&(cmsCIELab){40, 5, 10}), -45, 1e-12);
    ck_assert_double_eq_tol(skin_ita_deg(&(cmsCIELab){60, 5, -10}), 90, 1e-12);
    ck_assert_double_eq_tol(skin_ita_deg(&(cmsCIELab){49.5, 3, -0.5}), -90, 1e-12);
}
END_TEST

/* A class reaches down to, and does not include, its lower limit (Del Bino 2006). */
static const struct {
    double ita_deg;
    const char *class;
} ita_class[] = {
    {90, "very light"},   {55.1, "very light"},   {55, "light"}, {41.1, "light"},
    {41, "intermediate"}, {28.1, "intermediate"}, {28, "tan"},   {10.1, "tan"},
    {10, "brown"},        {-29.9, "brown"},       {-30, "dark"}, {-90, "dark"},
};

START_TEST(the_angle_names_the_class)
{
    ck_assert_str_eq(skin_ita_class(ita_class[_i].ita_deg), ita_class[_i].class);
}
END_TEST

START_TEST(parameters_from_an_angle_have_that_angle)
{
    double ita_deg = -55 + 5 * _i;
    struct skin_parameters parameters;
    ck_assert_int_eq(skin_parameters_from_ita(ita_deg, &parameters), STATUS_OK);
    cmsCIELab lab = lab_of(&parameters);
    ck_assert_double_eq_tol(skin_ita_deg(&lab), ita_deg, 1e-9);
    ck_assert_double_eq(parameters.blood_fraction, 0.008);
    ck_assert_double_eq(parameters.yellow_per_mm, 0);
}
END_TEST

START_TEST(the_angles_of_the_reference_clients_give_their_melanin)
{
    struct skin_parameters known = skin_reference_parameters((enum skin_reference)_i);
    cmsCIELab lab = lab_of(&known);
    struct skin_parameters found;
    ck_assert_int_eq(skin_parameters_from_ita(skin_ita_deg(&lab), &found), STATUS_OK);
    ck_assert_double_eq_tol(found.melanosome_fraction / known.melanosome_fraction, 1,
                            1e-9);
}
END_TEST

START_TEST(an_angle_that_no_skin_has_is_out_of_range)
{
    static const double angles[] = {-55.01, 60.01, NAN, INFINITY, -INFINITY};
    struct skin_parameters parameters = {.haze = -1};
    ck_assert_int_eq(skin_parameters_from_ita(angles[_i], &parameters),
                     STATUS_OUT_OF_RANGE);
    ck_assert_double_eq(parameters.haze, -1);
}
END_TEST

static TCase *appearance_tests(void)
{
    TCase *tests = tcase_create("appearance");
    tcase_add_loop_test(tests, the_reference_clients_have_their_published_color, 0, 3);
    tcase_add_loop_test(tests, the_reference_clients_have_their_published_indices, 0, 3);
    tcase_add_test(tests, the_model_reaches_the_mean_of_asian_skin);
    tcase_add_test(tests, the_melanin_slope_is_that_of_the_absorbance);
    tcase_add_test(tests, the_angle_is_defined_where_blue_meets_yellow);
    tcase_add_loop_test(tests, the_angle_names_the_class, 0,
                        sizeof ita_class / sizeof ita_class[0]);
    tcase_add_loop_test(tests, parameters_from_an_angle_have_that_angle, 0, 24);
    tcase_add_loop_test(tests, the_angles_of_the_reference_clients_give_their_melanin, 0,
                        3);
    tcase_add_loop_test(tests, an_angle_that_no_skin_has_is_out_of_range, 0, 5);
    return tests;
}

Suite *suite(void)
{
    TCase *model = tcase_create("model");
    tcase_add_loop_test(model, the_reference_clients_have_their_published_spectra, 0, 3);
    tcase_add_loop_test(
        model, the_light_client_has_the_published_coefficients_and_reflectances, 0, 3);
    tcase_add_loop_test(model, pure_chromophores_have_the_published_absorption, 0, 3);
    tcase_add_test(model, the_yellow_absorber_peaks_at_455_nm_and_darkens_only_the_blue);
    tcase_add_loop_test(model, more_of_any_absorber_darkens_every_band, 0, 3);
    tcase_add_test(model, skin_made_from_parameters_is_exactly_the_model);
    tcase_add_test(model, the_residual_ratio_multiplies_the_bare_skin);
    tcase_add_test(model, specular_light_is_taken_off_as_a_constant);
    Suite *skin = suite_create("skin");
    suite_add_tcase(skin, model);
    suite_add_tcase(skin, appearance_tests());
    return skin;
}
