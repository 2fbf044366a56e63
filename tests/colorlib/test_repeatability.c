/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/repeatability.h"

#include <math.h>

#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* A neutral of a reflectance; its lightness is 116 R^(1/3) - 16. */
static struct spectrum neutral(double reflectance)
{
    struct spectrum spectrum = {.grid = bands_grid};
    for (size_t i = 0; i < BAND_COUNT; i++)
        spectrum.value[i] = reflectance;
    return spectrum;
}

START_TEST(equal_readings_repeat_perfectly)
{
    struct spectrum readings[] = {neutral(0.9), neutral(0.9), neutral(0.9)};
    struct weights weights = example_weights("D65");
    struct repeatability r;
    ck_assert_int_eq(repeatability_of(readings, 3, &weights, &r), STATUS_OK);
    ck_assert_double_eq_tol(r.mean_cie76, 0, 1e-12);
    ck_assert_double_eq_tol(r.largest_sd, 0, 1e-15);
    ck_assert_int_eq(r.grade, REPEATABILITY_EXCELLENT);
    ck_assert_str_eq(repeatability_text(r.grade), "EXCELLENT");
}
END_TEST

START_TEST(differences_are_those_from_the_mean)
{
    struct spectrum readings[] = {neutral(0.88), neutral(0.90), neutral(0.92)};
    struct weights weights = example_weights("D65");
    struct repeatability r;
    ck_assert_int_eq(repeatability_of(readings, 3, &weights, &r), STATUS_OK);
    double middle = 116 * cbrt(0.90), low = 116 * cbrt(0.88), high = 116 * cbrt(0.92);
    /* the observer's weights add up to 1 to rounding */
    ck_assert_double_eq_tol(r.mean_cie76, (high - low) / 3, 1e-9);
    ck_assert_double_eq_tol(r.largest_cie76, fmax(high - middle, middle - low), 1e-9);
    ck_assert_double_eq_tol(r.largest_sd, 0.02, 1e-12);
}
END_TEST

START_TEST(the_noisiest_band_is_named)
{
    struct spectrum readings[] = {neutral(0.5), neutral(0.5), neutral(0.5)};
    readings[1].value[7] = 0.51;
    struct weights weights = example_weights("D65");
    struct repeatability r;
    ck_assert_int_eq(repeatability_of(readings, 3, &weights, &r), STATUS_OK);
    ck_assert_double_eq(r.largest_sd_nm, 470);
    ck_assert_double_eq_tol(r.largest_sd, 0.01 / sqrt(3), 1e-12);
}
END_TEST

/* Half the step in lightness on either side of 0.5, and the grade it earns. */
static const struct {
    double step;
    enum repeatability_grade grade;
} grades[] = {{0.0001, REPEATABILITY_EXCELLENT},
              {0.001, REPEATABILITY_GOOD},
              {0.004, REPEATABILITY_ACCEPTABLE},
              {0.01, REPEATABILITY_OUT}};

START_TEST(the_grade_follows_the_mean_difference)
{
    double step = grades[_i].step;
    struct spectrum readings[] = {neutral(0.5 - step), neutral(0.5), neutral(0.5 + step)};
    struct weights weights = example_weights("D65");
    struct repeatability r;
    ck_assert_int_eq(repeatability_of(readings, 3, &weights, &r), STATUS_OK);
    ck_assert_int_eq(r.grade, grades[_i].grade);
}
END_TEST

START_TEST(too_few_readings_or_another_grid_are_refused)
{
    struct spectrum readings[] = {neutral(0.5), neutral(0.5), neutral(0.5)};
    struct weights weights = example_weights("D65");
    struct repeatability r;
    ck_assert_int_eq(repeatability_of(readings, 2, &weights, &r), STATUS_OUT_OF_RANGE);
    for (size_t i = 0; i < 3; i++)
        readings[i].grid.start_nm = 410;
    ck_assert_int_eq(repeatability_of(readings, 3, &weights, &r), STATUS_BAD_DATA);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("repeatability");
    TCase *tc = tcase_create("repeatability");
    tcase_add_test(tc, equal_readings_repeat_perfectly);
    tcase_add_test(tc, differences_are_those_from_the_mean);
    tcase_add_test(tc, the_noisiest_band_is_named);
    tcase_add_loop_test(tc, the_grade_follows_the_mean_difference, 0,
                        sizeof grades / sizeof grades[0]);
    tcase_add_test(tc, too_few_readings_or_another_grid_are_refused);
    suite_add_tcase(s, tc);
    return s;
}
