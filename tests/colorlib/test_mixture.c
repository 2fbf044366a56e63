/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/mixture.h"

#include <math.h>

#include "colorlib/two_flux.h"
#include "tests/runner.h"

/* Coefficients that differ by band and bottle; only additivity is at stake here. */
static struct pigment made_up(double absorption, double scattering)
{
    struct pigment pigment = {.class = PIGMENT_CARBON};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        pigment.K.value[i] = absorption * 550 / bands_wavelength_nm(i);
        pigment.S.value[i] = scattering * (1 + 0.1 * (double)i);
    }
    return pigment;
}

static void assert_bands_eq(const struct bands *a, const struct bands *b)
{
    /* sums of at most four products, in any order */
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(a->value[i], b->value[i], 1e-14 * (1 + b->value[i]));
}

static void assert_equal_liquids(const struct mixture *a, const struct mixture *b)
{
    struct bands a_absorption, a_scattering, b_absorption, b_scattering;
    mixture_transport(a, NULL, &a_absorption, &a_scattering);
    mixture_transport(b, NULL, &b_absorption, &b_scattering);
    assert_bands_eq(&a_absorption, &b_absorption);
    assert_bands_eq(&a_scattering, &b_scattering);
}

START_TEST(coefficients_add_by_volume_fraction)
{
    struct pigment black = made_up(2250, 0.5), brown = made_up(300, 40);
    struct mixture mixture = {2, {&black, &brown}, {0.05, 0.02}};
    struct bands K, S;
    mixture_two_flux(&mixture, &K, &S);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double absorption = 0.05 * black.K.value[i] + 0.02 * brown.K.value[i];
        double scattering = 0.05 * black.S.value[i] + 0.02 * brown.S.value[i];
        ck_assert_double_eq_tol(K.value[i], absorption, 1e-12);
        ck_assert_double_eq_tol(S.value[i], scattering, 1e-12);
    }
}
END_TEST

/* Colour note, 14.1 number 15, after Walowit et al. (1987): black in a white that does
 * not absorb; the digits printed there. */
START_TEST(black_in_white_has_the_published_reflectance)
{
    struct pigment black = {.class = PIGMENT_CARBON}, white = {.class = PIGMENT_TIO2};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        black.K.value[i] = 20;
        black.S.value[i] = 0.1;
        white.S.value[i] = 1;
    }
    struct mixture mixture = {2, {&black, &white}, {0.05, 0.95}};
    struct bands K, S;
    mixture_two_flux(&mixture, &K, &S);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(K.value[i], 1.000, 5e-4);
        ck_assert_double_eq_tol(S.value[i], 0.955, 5e-4);
        ck_assert_double_eq_tol(K.value[i] / S.value[i], 1.0471, 5e-5);
        ck_assert_double_eq_tol(two_flux_infinite(K.value[i], S.value[i]), 0.26087, 5e-6);
    }
}
END_TEST

/* K = 2 mu, S = 3/4 mu' (van Gemert and Star). */
START_TEST(transport_coefficients_follow_from_two_flux_ones)
{
    struct pigment brown = made_up(300, 40);
    struct mixture mixture = {1, {&brown}, {0.1}};
    struct bands K, S, absorption, scattering;
    mixture_two_flux(&mixture, &K, &S);
    mixture_transport(&mixture, NULL, &absorption, &scattering);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(2 * absorption.value[i], K.value[i], 1e-12);
        ck_assert_double_eq_tol(0.75 * scattering.value[i], S.value[i], 1e-12);
    }
}
END_TEST

START_TEST(what_is_retained_weighs_each_pigment_by_itself)
{
    struct pigment black = made_up(2250, 0.5), brown = made_up(300, 40);
    struct mixture mixture = {2, {&black, &brown}, {0.05, 0.02}};
    struct mixture left = {2, {&black, &brown}, {0.05 * 0.6, 0.02 * 0.3}};
    struct bands absorption, scattering, expected_absorption, expected_scattering;
    mixture_transport(&mixture, (const double[]){0.6, 0.3}, &absorption, &scattering);
    mixture_transport(&left, NULL, &expected_absorption, &expected_scattering);
    assert_bands_eq(&absorption, &expected_absorption);
    assert_bands_eq(&scattering, &expected_scattering);
}
END_TEST

START_TEST(the_order_of_pigments_is_irrelevant)
{
    struct pigment a = made_up(2250, 0), b = made_up(300, 40), c = made_up(80, 3);
    struct mixture there = {3, {&a, &b, &c}, {0.05, 0.02, 0.01}};
    struct mixture back = {3, {&c, &b, &a}, {0.01, 0.02, 0.05}};
    assert_equal_liquids(&there, &back);
}
END_TEST

START_TEST(splitting_a_batch_changes_nothing)
{
    struct pigment a = made_up(2250, 0), b = made_up(300, 40);
    struct mixture whole = {2, {&a, &b}, {0.05, 0.02}};
    struct mixture parts = {4, {&a, &b, &a, &b}, {0.025, 0.01, 0.025, 0.01}};
    assert_equal_liquids(&whole, &parts);
}
END_TEST

START_TEST(pure_diluent_neither_absorbs_nor_scatters)
{
    struct mixture water = {0};
    struct bands K, S;
    mixture_two_flux(&water, &K, &S);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq(K.value[i], 0);
        ck_assert_double_eq(S.value[i], 0);
    }
    ck_assert_double_eq(mixture_loading(&water), 0);
    ck_assert_double_eq(mixture_ratio(&water), HUGE_VAL);
}
END_TEST

/* "1 : n" is one part of pigment and n parts of diluent, c = 1 / (1 + n). */
START_TEST(the_trade_ratio_is_diluent_over_pigment)
{
    struct pigment a = made_up(2250, 0), b = made_up(300, 40);
    struct mixture one = {1, {&a}, {0.05}};
    struct mixture two = {2, {&a, &b}, {0.03, 0.02}};
    struct mixture neat = {1, {&a}, {1}};
    ck_assert_double_eq_tol(mixture_ratio(&one), 19, 1e-12);
    ck_assert_double_eq_tol(mixture_ratio(&two), 19, 1e-12);
    ck_assert_double_eq_tol(mixture_loading(&two), 0.05, 1e-15);
    ck_assert_double_eq(mixture_ratio(&neat), 0);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("mixture");
    TCase *tc = tcase_create("mixture");
    tcase_add_test(tc, coefficients_add_by_volume_fraction);
    tcase_add_test(tc, black_in_white_has_the_published_reflectance);
    tcase_add_test(tc, transport_coefficients_follow_from_two_flux_ones);
    tcase_add_test(tc, what_is_retained_weighs_each_pigment_by_itself);
    tcase_add_test(tc, the_order_of_pigments_is_irrelevant);
    tcase_add_test(tc, splitting_a_batch_changes_nothing);
    tcase_add_test(tc, pure_diluent_neither_absorbs_nor_scatters);
    tcase_add_test(tc, the_trade_ratio_is_diluent_over_pigment);
    suite_add_tcase(s, tc);
    return s;
}
