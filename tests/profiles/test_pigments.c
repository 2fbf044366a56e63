/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "colorlib/pigment.h"
#include "profiles/mie/liquid.h"
#include "tests/runner.h"

/* Tests run in the top folder. */
static struct pigment shipped(const char *id)
{
    char path[128];
    snprintf(path, sizeof path, "profiles/pigments/%s.cgats", id);
    struct pigment pigment;
    struct fault fault = {0};
    enum status status = pigment_read(path, &pigment, &fault);
    ck_assert_msg(status == STATUS_OK, "%s:%zu:%zu: %s", path, fault.line, fault.column,
                  fault.text);
    ck_assert_str_eq(pigment.id, id);
    return pigment;
}

/* The file holds five digits of K and S, four of the rest. */
static void assert_is_liquid(const struct pigment *pigment, const struct liquid *liquid)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = liquid->K.value[i];
        double S = liquid->S.value[i];
        ck_assert_double_eq_tol(pigment->K.value[i], K, 5e-5 * K + 1e-12);
        ck_assert_double_eq_tol(pigment->S.value[i], S, 5e-5 * S + 1e-12);
    }
    ck_assert_double_eq_tol(pigment->density_g_per_ml, liquid->density_g_per_ml, 5e-4);
    ck_assert_int_eq(pigment->class, liquid->class);
    ck_assert_double_eq_tol(pigment->fade.healed_fraction, liquid->fade.healed_fraction,
                            5e-5);
    ck_assert_double_eq_tol(pigment->fade.biological_per_year,
                            liquid->fade.biological_per_year, 5e-5);
    ck_assert_double_eq_tol(pigment->fade.ultraviolet_per_year,
                            liquid->fade.ultraviolet_per_year, 5e-5);
}

START_TEST(shipped_single_pigments_are_the_computed_ones)
{
    struct liquid liquid;
    liquid_make_single(&liquid_singles[_i], &liquid);
    struct pigment pigment = shipped(liquid_singles[_i].text.id);
    assert_is_liquid(&pigment, &liquid);
    ck_assert_str_eq(pigment.ci, liquid_singles[_i].ci);
    ck_assert_int_eq(pigment.origin, PIGMENT_MODEL);
    ck_assert_double_eq(pigment.drop_ml, 0.04);
}
END_TEST

START_TEST(shipped_premixes_are_the_computed_ones)
{
    struct liquid liquid;
    liquid_make_premix(&liquid_premixes[_i], &liquid);
    struct pigment pigment = shipped(liquid_premixes[_i].text.id);
    assert_is_liquid(&pigment, &liquid);
    for (size_t i = 0; i < LIQUID_SINGLES; i++)
        ck_assert_int_eq(pigment_contains(&pigment, liquid_singles[i].ci),
                         liquid_premixes[_i].fraction[i] > 0);
    ck_assert_int_eq(pigment.origin, PIGMENT_MODEL);
}
END_TEST

/* The wavelength (nm) in the middle of the steepest fall of K from band to band. */
static double edge_nm(const struct pigment *pigment)
{
    size_t steepest = 1;
    for (size_t i = 1; i < BAND_COUNT; i++) {
        double fall = pigment->K.value[i - 1] - pigment->K.value[i];
        if (fall > pigment->K.value[steepest - 1] - pigment->K.value[steepest])
            steepest = i;
    }
    return bands_wavelength_nm(steepest) - 5;
}

START_TEST(carbon_falls_as_the_inverse_wavelength)
{
    struct pigment carbon = shipped("carbon");
    for (size_t i = 0; i < BAND_COUNT; i++) /* five digits */
        ck_assert_double_eq_tol(carbon.K.value[i] * bands_wavelength_nm(i) / 550, 2250,
                                0.12);
}
END_TEST

START_TEST(the_edge_of_red_oxide_lies_between_570_and_600_nm)
{
    struct pigment red = shipped("red-oxide");
    ck_assert_double_ge(edge_nm(&red), 570);
    ck_assert_double_le(edge_nm(&red), 600);
    /* red: what is left at 700 nm is little */
    ck_assert_double_lt(red.K.value[30], 0.15 * red.K.value[10]);
}
END_TEST

START_TEST(yellow_oxide_lets_light_through_from_500_to_530_nm_on)
{
    struct pigment yellow = shipped("yellow-oxide");
    /* K passes a third of its value at 450 nm */
    double third = yellow.K.value[5] / 3;
    ck_assert_double_gt(yellow.K.value[10], third);
    ck_assert_double_lt(yellow.K.value[13], third);
}
END_TEST

START_TEST(titanium_white_only_scatters)
{
    struct pigment white = shipped("titanium-white");
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq(white.K.value[i], 0);
        ck_assert_double_gt(white.S.value[i], 100);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("profiles/pigments");
    TCase *tcase = tcase_create("pigments");
    tcase_add_loop_test(tcase, shipped_single_pigments_are_the_computed_ones, 0,
                        LIQUID_SINGLES);
    tcase_add_loop_test(tcase, shipped_premixes_are_the_computed_ones, 0,
                        LIQUID_PREMIXES);
    tcase_add_test(tcase, carbon_falls_as_the_inverse_wavelength);
    tcase_add_test(tcase, the_edge_of_red_oxide_lies_between_570_and_600_nm);
    tcase_add_test(tcase, yellow_oxide_lets_light_through_from_500_to_530_nm_on);
    tcase_add_test(tcase, titanium_white_only_scatters);
    suite_add_tcase(suite, tcase);
    return suite;
}
