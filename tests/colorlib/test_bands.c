/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/bands.h"

#include "tests/runner.h"

/* A ramp: straight lines survive Sprague's interpolation exactly. */
static struct spectrum ramp(double start_nm, double step_nm, size_t count)
{
    struct spectrum spectrum = {.grid = {start_nm, step_nm, count}};
    for (size_t i = 0; i < count; i++)
        spectrum.value[i] = grid_wavelength_nm(&spectrum.grid, i) / 1000;
    return spectrum;
}

START_TEST(the_bands_run_from_400_to_700_nm_by_10)
{
    ck_assert_double_eq(bands_wavelength_nm(0), 400);
    ck_assert_double_eq(bands_wavelength_nm(BAND_COUNT - 1), 700);
    for (size_t band = 0; band < BAND_COUNT; band++)
        ck_assert_double_eq(grid_wavelength_nm(&bands_grid, band),
                            bands_wavelength_nm(band));
}
END_TEST

static const struct grid instruments[] = {
    {380, 10, 36}, {400, 10, 31}, {360, 20, 20},
    {301, 3, 150}, {400, 20, 16}, {380, 1, 401},
};

START_TEST(any_grid_of_1_to_20_nm_gives_the_bands)
{
    const struct grid *grid = &instruments[_i];
    struct spectrum spectrum = ramp(grid->start_nm, grid->step_nm, grid->count);
    struct bands bands;
    ck_assert_int_eq(bands_from_spectrum(&spectrum, &bands), STATUS_OK);
    for (size_t band = 0; band < BAND_COUNT; band++) /* rounding */
        ck_assert_double_eq_tol(bands.value[band], bands_wavelength_nm(band) / 1000,
                                1e-14);
}
END_TEST

START_TEST(end_values_stand_for_at_most_20_nm)
{
    struct spectrum spectrum = ramp(420, 10, 27); /* to 680 nm */
    struct bands bands;
    ck_assert_int_eq(bands_from_spectrum(&spectrum, &bands), STATUS_OK);
    ck_assert_double_eq(bands.value[0], spectrum.value[0]);
    ck_assert_double_eq(bands.value[1], spectrum.value[0]);
    ck_assert_double_eq(bands.value[BAND_COUNT - 1], spectrum.value[26]);
}
END_TEST

static const struct {
    struct grid grid;
    enum status expected;
} refused[] = {
    {{421, 1, 280}, STATUS_NOT_COVERED},
    {{400, 1, 280}, STATUS_NOT_COVERED},
    {{400, 25, 13}, STATUS_BAD_DATA},
    {{400, 20, 5}, STATUS_BAD_DATA},
};

START_TEST(short_or_coarse_data_are_refused)
{
    const struct grid *grid = &refused[_i].grid;
    struct spectrum spectrum = ramp(grid->start_nm, grid->step_nm, grid->count);
    struct bands bands = {.value = {77}};
    ck_assert_int_eq(bands_from_spectrum(&spectrum, &bands), refused[_i].expected);
    ck_assert_double_eq(bands.value[0], 77);
}
END_TEST

START_TEST(bands_go_to_a_spectrum_and_back_unchanged)
{
    struct bands there;
    for (size_t band = 0; band < BAND_COUNT; band++)
        there.value[band] = 1.0 / (double)(band + 1);
    struct spectrum spectrum = bands_spectrum(&there);
    ck_assert_uint_eq(spectrum.grid.count, BAND_COUNT);
    struct bands back;
    ck_assert_int_eq(bands_from_spectrum(&spectrum, &back), STATUS_OK);
    for (size_t band = 0; band < BAND_COUNT; band++)
        ck_assert_double_eq(back.value[band], there.value[band]);
}
END_TEST

Suite *suite(void)
{
    Suite *bands = suite_create("bands");
    TCase *all = tcase_create("bands");
    tcase_add_test(all, the_bands_run_from_400_to_700_nm_by_10);
    tcase_add_loop_test(all, any_grid_of_1_to_20_nm_gives_the_bands, 0,
                        sizeof instruments / sizeof instruments[0]);
    tcase_add_test(all, end_values_stand_for_at_most_20_nm);
    tcase_add_loop_test(all, short_or_coarse_data_are_refused, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(all, bands_go_to_a_spectrum_and_back_unchanged);
    suite_add_tcase(bands, all);
    return bands;
}
