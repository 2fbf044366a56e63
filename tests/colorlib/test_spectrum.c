/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/spectrum.h"

#include <math.h>

#include "tests/runner.h"

static const struct grid coarse = {.start_nm = 400, .step_nm = 10, .count = 31};
static const struct grid fine = {.start_nm = 400, .step_nm = 1, .count = 301};

/* A polynomial with coefficients 1, 1/2, 1/3 ... in (wavelength - 550) / 150. */
static double polynomial(int degree, double wavelength_nm)
{
    double x = (wavelength_nm - 550) / 150;
    double sum = 0;
    for (int p = degree; p >= 0; p--)
        sum = sum * x + 1.0 / (p + 1);
    return sum;
}

static struct spectrum polynomial_spectrum(int degree, const struct grid *grid)
{
    struct spectrum spectrum = {.grid = *grid};
    for (size_t i = 0; i < grid->count; i++)
        spectrum.value[i] = polynomial(degree, grid_wavelength_nm(grid, i));
    return spectrum;
}

/* Smooth, positive, with structure of about 40 nm, as skin has. */
static struct spectrum wavy_spectrum(const struct grid *grid)
{
    struct spectrum spectrum = {.grid = *grid};
    for (size_t i = 0; i < grid->count; i++)
        spectrum.value[i] = 0.5 + 0.2 * sin(grid_wavelength_nm(grid, i) / 20);
    return spectrum;
}

START_TEST(samples_on_an_even_grid_become_a_spectrum)
{
    const double wavelength_nm[] = {400, 410.004, 420};
    const double value[] = {0.1, 0.2, 0.3};
    struct spectrum spectrum;
    ck_assert_int_eq(spectrum_from_samples(wavelength_nm, value, 3, &spectrum),
                     STATUS_OK);
    ck_assert_uint_eq(spectrum.grid.count, 3);
    ck_assert_double_eq(spectrum.grid.start_nm, 400);
    ck_assert_double_eq(spectrum.grid.step_nm, 10);
    for (size_t i = 0; i < 3; i++)
        ck_assert_double_eq(spectrum.value[i], value[i]);
}
END_TEST

START_TEST(a_single_sample_is_a_spectrum)
{
    struct spectrum spectrum;
    ck_assert_int_eq(
        spectrum_from_samples((double[]){550}, (double[]){0.4}, 1, &spectrum), STATUS_OK);
    ck_assert_uint_eq(spectrum.grid.count, 1);
    ck_assert_double_eq(spectrum.grid.start_nm, 550);
    ck_assert(spectrum.grid.step_nm > 0);
    ck_assert_double_eq(spectrum.value[0], 0.4);
}
END_TEST

static const struct {
    const char *what;
    double wavelength_nm[3];
    double value[3];
} bad_samples[] = {
    {"uneven", {400, 410.03, 420}, {1, 1, 1}},
    {"descending", {420, 410, 400}, {1, 1, 1}},
    {"repeated", {400, 400, 400}, {1, 1, 1}},
    {"closer than the tolerance, out of order", {400, 400.006, 400.005}, {1, 1, 1}},
    {"wavelength not a number", {400, NAN, 420}, {1, 1, 1}},
    {"first wavelength not a number", {NAN, 410, 420}, {1, 1, 1}},
    {"wavelength infinite", {400, 410, INFINITY}, {1, 1, 1}},
    {"value not a number", {400, 410, 420}, {1, NAN, 1}},
    {"value infinite", {400, 410, 420}, {1, 1, -INFINITY}},
};

START_TEST(bad_samples_are_refused_and_leave_the_output_alone)
{
    struct spectrum spectrum = {.grid = {.count = 77}};
    ck_assert_int_eq(spectrum_from_samples(bad_samples[_i].wavelength_nm,
                                           bad_samples[_i].value, 3, &spectrum),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(spectrum.grid.count, 77);
}
END_TEST

START_TEST(the_count_runs_from_1_to_512)
{
    double wavelength_nm[SPECTRUM_MAX + 1];
    double value[SPECTRUM_MAX + 1];
    for (size_t i = 0; i <= SPECTRUM_MAX; i++) {
        wavelength_nm[i] = 320 + (double)i;
        value[i] = (double)i;
    }
    struct spectrum spectrum;
    ck_assert_int_eq(spectrum_from_samples(wavelength_nm, value, 0, &spectrum),
                     STATUS_BAD_DATA);
    ck_assert_int_eq(
        spectrum_from_samples(wavelength_nm, value, SPECTRUM_MAX + 1, &spectrum),
        STATUS_BAD_DATA);
    ck_assert_int_eq(spectrum_from_samples(wavelength_nm, value, SPECTRUM_MAX, &spectrum),
                     STATUS_OK);
    ck_assert_double_eq(spectrum.value[SPECTRUM_MAX - 1], SPECTRUM_MAX - 1);
}
END_TEST

/*
 * The slopes that join Sprague's pieces come from five data, so degree 4 is the highest
 * that is exact; the end formulae are exact to degree 1. Values are near 1: 1e-13 is
 * rounding in sums with coefficients up to 126.
 */
START_TEST(polynomials_to_degree_4_are_exact_inside)
{
    struct spectrum data = polynomial_spectrum(_i, &coarse);
    for (double w = 420; w <= 680; w += 0.25)
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w), polynomial(_i, w), 1e-13);
}
END_TEST

START_TEST(straight_lines_are_exact_to_the_ends)
{
    struct spectrum data = polynomial_spectrum(_i, &coarse);
    for (double w = 400; w <= 700; w += 0.25)
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w), polynomial(_i, w), 1e-13);
}
END_TEST

/* Six data 0 except the one named; weights of the two data added at each end worked out
 * by hand from CIE 167:2005 as fractions of 209. With x = 1/2 the central polynomial is
 * (3, -25, 150, 150, -25, 3) / 256. */
START_TEST(the_end_formulae_are_those_of_cie_167)
{
    const double outer[] = {884, -1960, 3033, -2648, 1080, -180};
    const double inner[] = {508, -540, 488, -367, 144, -24};
    const double direct[2][6] = {{150, 150, -25, 3, 0, 0}, {-25, 150, 150, -25, 3, 0}};
    for (size_t k = 0; k < 6; k++) {
        struct spectrum data = {.grid = {.start_nm = 400, .step_nm = 10, .count = 6}};
        data.value[k] = 1;
        double first = (3 * outer[k] - 25 * inner[k]) / 209 + direct[0][k];
        double second = 3 * inner[k] / 209 + direct[1][k];
        ck_assert_double_eq_tol(spectrum_interpolate(&data, 405), first / 256, 1e-15);
        ck_assert_double_eq_tol(spectrum_interpolate(&data, 415), second / 256, 1e-15);
        data.value[k] = 0;
        data.value[5 - k] = 1;
        ck_assert_double_eq_tol(spectrum_interpolate(&data, 445), first / 256, 1e-15);
        ck_assert_double_eq_tol(spectrum_interpolate(&data, 435), second / 256, 1e-15);
    }
}
END_TEST

START_TEST(interpolation_is_continuous_across_the_data)
{
    struct spectrum data = wavy_spectrum(&coarse);
    for (size_t i = 0; i < coarse.count; i++) {
        double w = grid_wavelength_nm(&coarse, i);
        /* slopes are below 0.02 per nm */
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w - 1e-5), data.value[i],
                                1e-6);
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w + 1e-5), data.value[i],
                                1e-6);
    }
}
END_TEST

START_TEST(a_mirrored_spectrum_interpolates_to_the_mirror_image)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct spectrum mirror = data;
    for (size_t i = 0; i < coarse.count; i++)
        mirror.value[i] = data.value[coarse.count - 1 - i];
    for (double w = 400; w <= 700; w += 0.5) /* equal but for the order of summation */
        ck_assert_double_eq_tol(spectrum_interpolate(&mirror, 1100 - w),
                                spectrum_interpolate(&data, w), 1e-14);
}
END_TEST

START_TEST(beyond_the_data_the_end_value_holds)
{
    struct spectrum data = wavy_spectrum(&coarse);
    ck_assert_double_eq(spectrum_interpolate(&data, 300), data.value[0]);
    ck_assert_double_eq(spectrum_interpolate(&data, 399.999), data.value[0]);
    ck_assert_double_eq(spectrum_interpolate(&data, 700.001), data.value[30]);
    ck_assert_double_eq(spectrum_interpolate(&data, 900), data.value[30]);
}
END_TEST

START_TEST(a_point_on_a_datum_takes_it_unchanged)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct spectrum out;
    ck_assert_int_eq(spectrum_resample(&data, &fine, SPECTRUM_EXTEND_REFUSE, &out),
                     STATUS_OK);
    ck_assert_uint_eq(out.grid.count, fine.count);
    for (size_t i = 0; i < coarse.count; i++)
        ck_assert_double_eq(out.value[10 * i], data.value[i]);
}
END_TEST

START_TEST(resampling_to_a_finer_grid_and_back_changes_nothing)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct spectrum there;
    struct spectrum back;
    ck_assert_int_eq(spectrum_resample(&data, &fine, SPECTRUM_EXTEND_REFUSE, &there),
                     STATUS_OK);
    ck_assert_int_eq(spectrum_resample(&there, &coarse, SPECTRUM_EXTEND_REFUSE, &back),
                     STATUS_OK);
    for (size_t i = 0; i < coarse.count; i++)
        ck_assert_double_eq(back.value[i], data.value[i]);
}
END_TEST

/* The slope at a datum, from five data, is off by the fifth derivative / 30: 2e-4 a step
 * here, 0.2 (10 / 20)^5 / 30. Between two data a quintic carries 5/32 of each error: 7e-5
 * together. */
START_TEST(ten_nm_data_render_structure_of_skin_to_a_ten_thousandth)
{
    struct spectrum data = wavy_spectrum(&coarse);
    for (double w = 420; w <= 680; w += 1)
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w), 0.5 + 0.2 * sin(w / 20),
                                1e-4);
}
END_TEST

static const struct {
    struct grid grid;
    enum spectrum_extension extension;
    enum status expected;
} reach[] = {
    {{400, 10, 31}, SPECTRUM_EXTEND_REFUSE, STATUS_OK},
    {{390, 10, 31}, SPECTRUM_EXTEND_REFUSE, STATUS_NOT_COVERED},
    {{410, 10, 31}, SPECTRUM_EXTEND_REFUSE, STATUS_NOT_COVERED},
    {{380, 10, 35}, SPECTRUM_EXTEND_FLAT, STATUS_OK},
    {{379, 1, 300}, SPECTRUM_EXTEND_FLAT, STATUS_NOT_COVERED},
    {{400, 1, 322}, SPECTRUM_EXTEND_FLAT, STATUS_NOT_COVERED},
    {{400, 0, 31}, SPECTRUM_EXTEND_FLAT, STATUS_BAD_DATA},
    {{400, NAN, 31}, SPECTRUM_EXTEND_FLAT, STATUS_BAD_DATA},
    {{INFINITY, 10, 31}, SPECTRUM_EXTEND_FLAT, STATUS_BAD_DATA},
    {{400, 10, 0}, SPECTRUM_EXTEND_FLAT, STATUS_BAD_DATA},
    {{400, 0.1, SPECTRUM_MAX + 1}, SPECTRUM_EXTEND_FLAT, STATUS_BAD_DATA},
};

START_TEST(resampling_extends_no_further_than_asked)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct spectrum out = {.grid = {.count = 77}};
    enum status status =
        spectrum_resample(&data, &reach[_i].grid, reach[_i].extension, &out);
    ck_assert_int_eq(status, reach[_i].expected);
    ck_assert_uint_eq(out.grid.count, status == STATUS_OK ? reach[_i].grid.count : 77);
}
END_TEST

START_TEST(flat_extension_repeats_the_end_values)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct grid wide = {.start_nm = 380, .step_nm = 10, .count = 35};
    struct spectrum out;
    ck_assert_int_eq(spectrum_resample(&data, &wide, SPECTRUM_EXTEND_FLAT, &out),
                     STATUS_OK);
    ck_assert_double_eq(out.value[0], data.value[0]);
    ck_assert_double_eq(out.value[1], data.value[0]);
    ck_assert_double_eq(out.value[2], data.value[0]);
    ck_assert_double_eq(out.value[34], data.value[30]);
}
END_TEST

START_TEST(five_bands_can_only_be_taken_as_they_are)
{
    struct spectrum data = {.grid = {400, 20, 5}, .value = {1, 2, 3, 4, 5}};
    struct spectrum out;
    ck_assert_int_eq(spectrum_resample(&data, &data.grid, SPECTRUM_EXTEND_REFUSE, &out),
                     STATUS_OK);
    ck_assert_double_eq(out.value[4], 5);
    ck_assert_int_eq(spectrum_resample(&data, &(struct grid){400, 10, 9},
                                       SPECTRUM_EXTEND_REFUSE, &out),
                     STATUS_BAD_DATA);
}
END_TEST

START_TEST(resampling_may_write_over_its_input)
{
    struct spectrum data = wavy_spectrum(&coarse);
    struct spectrum expected;
    ck_assert_int_eq(spectrum_resample(&data, &fine, SPECTRUM_EXTEND_REFUSE, &expected),
                     STATUS_OK);
    ck_assert_int_eq(spectrum_resample(&data, &fine, SPECTRUM_EXTEND_REFUSE, &data),
                     STATUS_OK);
    for (size_t i = 0; i < fine.count; i++)
        ck_assert_double_eq(data.value[i], expected.value[i]);
}
END_TEST

/* Any grid of 1 to 20 nm: the weights of one value sum to 1, so white stays white. */
START_TEST(a_flat_spectrum_stays_flat_on_any_grid)
{
    double step = 1 + 19 * (double)_i / 20;
    struct spectrum data = {.grid = {301, step, 20}};
    for (size_t i = 0; i < 20; i++)
        data.value[i] = 1;
    for (double w = 280; w < 750; w += 0.7)
        ck_assert_double_eq_tol(spectrum_interpolate(&data, w), 1, 1e-14);
}
END_TEST

START_TEST(mean_median_and_spread_match_a_calculation_by_hand)
{
    const double value[] = {0.30, 0.10, 0.24, 0.20, 0.90};
    struct spectrum spectra[5];
    for (size_t s = 0; s < 5; s++)
        spectra[s] = (struct spectrum){.grid = {400, 10, 2}, .value = {value[s], 0.5}};
    struct spectrum out;
    ck_assert_int_eq(spectrum_mean(spectra, 5, &out), STATUS_OK);
    ck_assert_double_eq_tol(out.value[0], 1.74 / 5, 1e-15);
    ck_assert_int_eq(spectrum_median(spectra, 5, &out), STATUS_OK);
    ck_assert_double_eq(out.value[0], 0.24);
    ck_assert_int_eq(spectrum_median(spectra, 4, &out), STATUS_OK);
    ck_assert_double_eq_tol(out.value[0], 0.22, 1e-15);
    /* deviations from 0.24: 0.06 0.14 0 0.04 0.66, their median 0.06 */
    ck_assert_int_eq(spectrum_spread(spectra, 5, &out), STATUS_OK);
    ck_assert_double_eq_tol(out.value[0], 1.4826 * 0.06, 1e-15);
    ck_assert_double_eq(out.value[1], 0);
    ck_assert_double_eq(out.grid.step_nm, 10);
    ck_assert_double_eq(spectra[0].value[0], 0.30); /* the input is left alone */
}
END_TEST

START_TEST(one_spectrum_is_its_own_mean_and_median_without_spread)
{
    struct spectrum one = wavy_spectrum(&coarse);
    struct spectrum out;
    ck_assert_int_eq(spectrum_mean(&one, 1, &out), STATUS_OK);
    ck_assert_double_eq(out.value[7], one.value[7]);
    ck_assert_int_eq(spectrum_median(&one, 1, &out), STATUS_OK);
    ck_assert_double_eq(out.value[7], one.value[7]);
    ck_assert_int_eq(spectrum_spread(&one, 1, &out), STATUS_OK);
    ck_assert_double_eq(out.value[7], 0);
}
END_TEST

static const struct grid other_grids[] = {{410, 10, 31}, {400, 5, 31}, {400, 10, 30}};

START_TEST(spectra_on_different_grids_have_no_mean)
{
    struct spectrum spectra[2] = {wavy_spectrum(&coarse),
                                  wavy_spectrum(&other_grids[_i])};
    struct spectrum out = {.grid = {.count = 77}};
    ck_assert_int_eq(spectrum_mean(spectra, 2, &out), STATUS_BAD_DATA);
    ck_assert_int_eq(spectrum_median(spectra, 2, &out), STATUS_BAD_DATA);
    ck_assert_int_eq(spectrum_spread(spectra, 2, &out), STATUS_BAD_DATA);
    ck_assert_uint_eq(out.grid.count, 77);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

static TCase *samples_case(void)
{
    TCase *samples = tcase_create("samples");
    tcase_add_test(samples, samples_on_an_even_grid_become_a_spectrum);
    tcase_add_test(samples, a_single_sample_is_a_spectrum);
    tcase_add_loop_test(samples, bad_samples_are_refused_and_leave_the_output_alone, 0,
                        ROWS(bad_samples));
    tcase_add_test(samples, the_count_runs_from_1_to_512);
    return samples;
}

static TCase *interpolation_case(void)
{
    TCase *interpolation = tcase_create("interpolation");
    tcase_add_loop_test(interpolation, polynomials_to_degree_4_are_exact_inside, 0, 5);
    tcase_add_loop_test(interpolation, straight_lines_are_exact_to_the_ends, 0, 2);
    tcase_add_test(interpolation, the_end_formulae_are_those_of_cie_167);
    tcase_add_test(interpolation, interpolation_is_continuous_across_the_data);
    tcase_add_test(interpolation, a_mirrored_spectrum_interpolates_to_the_mirror_image);
    tcase_add_test(interpolation, beyond_the_data_the_end_value_holds);
    tcase_add_test(interpolation,
                   ten_nm_data_render_structure_of_skin_to_a_ten_thousandth);
    tcase_add_loop_test(interpolation, a_flat_spectrum_stays_flat_on_any_grid, 0, 21);
    return interpolation;
}

static TCase *resampling_case(void)
{
    TCase *resampling = tcase_create("resampling");
    tcase_add_test(resampling, a_point_on_a_datum_takes_it_unchanged);
    tcase_add_test(resampling, resampling_to_a_finer_grid_and_back_changes_nothing);
    tcase_add_loop_test(resampling, resampling_extends_no_further_than_asked, 0,
                        ROWS(reach));
    tcase_add_test(resampling, flat_extension_repeats_the_end_values);
    tcase_add_test(resampling, five_bands_can_only_be_taken_as_they_are);
    tcase_add_test(resampling, resampling_may_write_over_its_input);
    return resampling;
}

static TCase *statistics_case(void)
{
    TCase *statistics = tcase_create("statistics");
    tcase_add_test(statistics, mean_median_and_spread_match_a_calculation_by_hand);
    tcase_add_test(statistics, one_spectrum_is_its_own_mean_and_median_without_spread);
    tcase_add_loop_test(statistics, spectra_on_different_grids_have_no_mean, 0,
                        ROWS(other_grids));
    return statistics;
}

Suite *suite(void)
{
    Suite *spectrum = suite_create("spectrum");
    suite_add_tcase(spectrum, samples_case());
    suite_add_tcase(spectrum, interpolation_case());
    suite_add_tcase(spectrum, resampling_case());
    suite_add_tcase(spectrum, statistics_case());
    return spectrum;
}
