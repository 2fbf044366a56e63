/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/runner.h"

#include <math.h>

#include "colorlib/two_flux.h"

/* Half a unit of the last of the printed digits. */
#define SEVEN_DIGITS 0.5e-7

/* Coefficients from nothing to carbon black, for properties of all layers. */
static const double sweep[] = {0, 1e-300, 1e-12, 1e-6, 0.01, 0.7, 8, 300, 2250, 1e9};
enum { SWEEP = sizeof sweep / sizeof sweep[0] };

START_TEST(an_infinite_layer_has_the_closed_form_reflectance)
{
    /* sqrt forms: 2 - sqrt(3), 1.1 - sqrt(0.21) */
    ck_assert_double_eq_tol(two_flux_infinite(8, 8), 0.2679492, SEVEN_DIGITS);
    ck_assert_double_eq_tol(two_flux_infinite(0.8, 8), 0.6417424, SEVEN_DIGITS);
    /* 5 % of a black of K = 20, S = 0.1 in a white of S = 1 */
    ck_assert_double_eq_tol(two_flux_infinite(1.0, 0.955), 0.26087, 0.5e-5);
}
END_TEST

START_TEST(an_infinite_layer_without_absorption_is_white_and_without_scattering_black)
{
    ck_assert_double_eq(two_flux_infinite(0, 3), 1);
    ck_assert_double_eq(two_flux_infinite(3, 0), 0);
    ck_assert_double_eq(two_flux_infinite(0, 0), 0);
}
END_TEST

START_TEST(a_layer_has_the_hyperbolic_reflectance_and_transmittance)
{
    struct two_flux_layer layer = two_flux_layer(12, 8, 0.1);
    double a = 1 + 12.0 / 8, b = sqrt(a * a - 1), x = b * 8 * 0.1;
    double denominator = a * sinh(x) + b * cosh(x);
    ck_assert_double_eq_tol(layer.reflectance, 0.2036008, SEVEN_DIGITS);
    ck_assert_double_eq_tol(layer.transmittance, 0.1531322, SEVEN_DIGITS);
    /* a dozen roundings */
    ck_assert_double_eq_tol(layer.reflectance, sinh(x) / denominator, 1e-15);
    ck_assert_double_eq_tol(layer.transmittance, b / denominator, 1e-15);
}
END_TEST

START_TEST(a_layer_lets_its_background_through)
{
    struct two_flux_layer layer = two_flux_layer(12, 8, 0.1);
    ck_assert_double_eq_tol(two_flux_over(layer, 0.85), 0.2277042, SEVEN_DIGITS);
    ck_assert_double_eq_tol(two_flux_over(layer, 0.05), 0.2047853, SEVEN_DIGITS);
    ck_assert_double_eq(two_flux_over(layer, 0), layer.reflectance);
}
END_TEST

START_TEST(the_short_way_over_a_background_agrees_with_the_long_one)
{
    for (size_t i = 0; i < SWEEP * SWEEP; i++) {
        double K = sweep[i / SWEEP], S = sweep[i % SWEEP];
        if (S * 0.3 > 1000)
            continue;
        struct two_flux_layer layer = two_flux_layer(K, S, 0.3);
        for (int background = 0; background <= 10; background++) {
            double G = background / 10.0;
            ck_assert_double_eq_tol(two_flux_layer_over(K, S, 0.3, G),
                                    two_flux_over(layer, G), 1e-12);
        }
    }
}
END_TEST

START_TEST(a_layer_without_absorption_loses_no_light)
{
    struct two_flux_layer layer = two_flux_layer(0, 8, 0.1);
    ck_assert_double_eq_tol(layer.reflectance, 4.0 / 9, 1e-15);
    ck_assert_double_eq_tol(layer.transmittance, 5.0 / 9, 1e-15);
    ck_assert_double_eq_tol(two_flux_over(layer, 1), 1, 1e-15);
}
END_TEST

START_TEST(a_trace_of_absorption_is_continuous_with_none)
{
    struct two_flux_layer none = two_flux_layer(0, 8, 0.1);
    for (double K = 1e-18; K < 1e-3; K *= 10) {
        struct two_flux_layer trace = two_flux_layer(K, 8, 0.1);
        /* first order: the light lost is below K X (1 + S X), here 0.18 K */
        ck_assert_double_le(fabs(trace.reflectance - none.reflectance), 0.2 * K + 1e-15);
        ck_assert_double_le(fabs(trace.transmittance - none.transmittance),
                            0.2 * K + 1e-15);
    }
}
END_TEST

START_TEST(a_layer_without_scattering_follows_beer_and_lambert)
{
    struct two_flux_layer layer = two_flux_layer(12, 0, 0.1);
    ck_assert_double_eq(layer.reflectance, 0);
    ck_assert_double_eq_tol(layer.transmittance, exp(-1.2), 1e-15);
    struct two_flux_layer clear = two_flux_layer(0, 0, 5);
    ck_assert_double_eq(clear.reflectance, 0);
    ck_assert_double_eq(clear.transmittance, 1);
}
END_TEST

START_TEST(a_layer_of_no_thickness_does_nothing)
{
    struct two_flux_layer layer = two_flux_layer(12, 8, 0);
    ck_assert_double_eq(layer.reflectance, 0);
    ck_assert_double_eq(layer.transmittance, 1);
}
END_TEST

START_TEST(a_thick_layer_is_an_infinite_one)
{
    for (double thickness_mm = 10; thickness_mm < 1e9; thickness_mm *= 10) {
        struct two_flux_layer layer = two_flux_layer(12, 8, thickness_mm);
        ck_assert_double_eq_tol(layer.reflectance, two_flux_infinite(12, 8), 1e-15);
        ck_assert_double_le(layer.transmittance, 1e-15);
    }
}
END_TEST

START_TEST(no_layer_gains_light_or_overflows)
{
    for (size_t i = 0; i < SWEEP * SWEEP; i++) {
        struct two_flux_layer layer =
            two_flux_layer(sweep[i / SWEEP], sweep[i % SWEEP], 0.3);
        ck_assert(isfinite(layer.reflectance) && isfinite(layer.transmittance));
        ck_assert_double_ge(layer.reflectance, 0);
        ck_assert_double_ge(layer.transmittance, 0);
        /* the sum of two rounded numbers */
        ck_assert_double_le(layer.reflectance + layer.transmittance, 1 + 4e-16);
    }
}
END_TEST

START_TEST(a_layer_split_in_two_is_the_same_layer)
{
    for (size_t i = 0; i < SWEEP * SWEEP; i++) {
        double K = sweep[i / SWEEP], S = sweep[i % SWEEP];
        struct two_flux_layer half = two_flux_layer(K, S, 0.1);
        struct two_flux_layer whole = two_flux_layer(K, S, 0.2);
        double background = 0.6;
        /* two stackings; a layer of S X = 1e8 has 1 - R0 R of 1e-8 in its denominator */
        double tolerance = S > 1e6 ? 1e-8 : 1e-12;
        ck_assert_double_eq_tol(two_flux_over(half, two_flux_over(half, background)),
                                two_flux_over(whole, background), tolerance);
    }
}
END_TEST

START_TEST(more_absorption_darkens_and_more_scattering_lightens)
{
    for (double K = 0; K < 50; K += 0.5) {
        double here = two_flux_over(two_flux_layer(K, 2, 0.3), 0.4);
        ck_assert_double_lt(two_flux_over(two_flux_layer(K + 0.5, 2, 0.3), 0.4), here);
        ck_assert_double_lt(two_flux_infinite(K + 0.5, 2), two_flux_infinite(K, 2));
        ck_assert_double_gt(two_flux_infinite(K + 0.5, 3), two_flux_infinite(K + 0.5, 2));
        ck_assert_double_gt(two_flux_layer(K, 3, 0.3).reflectance,
                            two_flux_layer(K, 2, 0.3).reflectance);
    }
}
END_TEST

START_TEST(packaging_has_its_closed_form)
{
    ck_assert_double_eq_tol(two_flux_packaging(0.1), 0.9516258, SEVEN_DIGITS);
    ck_assert_double_eq_tol(two_flux_packaging(1), 0.6321206, SEVEN_DIGITS);
    ck_assert_double_eq_tol(two_flux_packaging(5), 0.1986524, SEVEN_DIGITS);
    ck_assert_double_eq(two_flux_packaging(0), 1);
    /* slope -0.18 at 0.5, where the way of computing changes */
    ck_assert_double_eq_tol(two_flux_packaging(0.5), two_flux_packaging(0.5 + 1e-14),
                            1e-14);
    /* the series 1 - tau / 2 + tau^2 / 6 */
    ck_assert_double_eq_tol(two_flux_packaging(1e-5), 1 - 0.5e-5 + 1e-10 / 6, 1e-15);
}
END_TEST

static struct two_flux_contrast contrast_of(double K, double S, double thickness_mm)
{
    struct two_flux_layer film = two_flux_layer(K, S, thickness_mm);
    return (struct two_flux_contrast){
        .over_light = two_flux_over(film, 0.85),
        .over_dark = two_flux_over(film, 0.05),
        .light_background = 0.85,
        .dark_background = 0.05,
    };
}

START_TEST(a_contrast_pair_gives_the_film_exactly)
{
    /* the digits of the printed reflectances, magnified by the small contrast of 0.02 */
    struct two_flux_contrast pair = {0.2277042, 0.2047853, 0.85, 0.05};
    struct two_flux_film film;
    ck_assert_int_eq(two_flux_invert(&pair, &film), STATUS_OK);
    ck_assert_double_eq_tol(film.a, 2.5, 1e-5);
    ck_assert_double_eq_tol(film.KX, 1.2, 1e-5);
    ck_assert_double_eq_tol(film.SX, 0.8, 1e-5);

    /* hardly any scattering: a is the badly known one */
    pair = (struct two_flux_contrast){0.1270178, 0.0270380, 0.85, 0.05};
    ck_assert_int_eq(two_flux_invert(&pair, &film), STATUS_OK);
    ck_assert_double_eq_tol(film.a, 21, 1e-3);
    ck_assert_double_eq_tol(film.KX, 1, 1e-5);
    ck_assert_double_eq_tol(film.SX, 0.05, 1e-5);
}
END_TEST

START_TEST(films_of_all_strengths_are_found_again)
{
    static const double strength[] = {0.01, 0.1, 0.5, 1, 2};
    for (size_t i = 0; i < 25; i++) {
        double KX = strength[i / 5], SX = strength[i % 5];
        struct two_flux_contrast pair = contrast_of(KX / 0.1, SX / 0.1, 0.1);
        struct two_flux_film film;
        ck_assert_int_eq(two_flux_invert(&pair, &film), STATUS_OK);
        /* rounding over a contrast that falls to 0.003 at KX = SX = 2 */
        ck_assert_double_eq_tol(film.KX, KX, 1e-9);
        ck_assert_double_eq_tol(film.SX, SX, 1e-9);
    }
}
END_TEST

START_TEST(a_film_without_absorption_is_found_again)
{
    struct two_flux_contrast pair = contrast_of(0, 8, 0.1);
    struct two_flux_film film;
    ck_assert_int_eq(two_flux_invert(&pair, &film), STATUS_OK);
    /* a is 1 but for rounding, whose root enters */
    ck_assert_double_eq_tol(film.KX, 0, 1e-7);
    ck_assert_double_eq_tol(film.SX, 0.8, 1e-7);
}
END_TEST

START_TEST(a_film_as_light_as_one_background_is_found_by_the_other)
{
    /* over a background of its own R-infinity a film leaves the reflectance unchanged */
    double K = 1, S = 8;
    struct two_flux_layer film = two_flux_layer(K, S, 0.1);
    double own = two_flux_infinite(K, S);
    struct two_flux_contrast pair = {own, two_flux_over(film, 0.05), own, 0.05};
    struct two_flux_film found;
    ck_assert_int_eq(two_flux_invert(&pair, &found), STATUS_OK);
    ck_assert_double_eq_tol(found.KX, 0.1, 1e-12);
    ck_assert_double_eq_tol(found.SX, 0.8, 1e-12);
}
END_TEST

static const struct two_flux_contrast impossible[] = {
    {0.2, 0.2, 0.85, 0.05},   /* opaque */
    {0.9, 0.1, 0.85, 0.05},   /* lighter than a film can be */
    {0.3, 0.6, 0.85, 0.05},   /* lighter over black */
    {0.85, 0.05, 0.85, 0.05}, /* no film */
};

START_TEST(a_pair_that_no_film_explains_is_rejected)
{
    struct two_flux_film film = {.a = -1};
    ck_assert_int_eq(two_flux_invert(&impossible[_i], &film), STATUS_REJECTED);
    ck_assert_double_eq(film.a, -1);
}
END_TEST

static const struct two_flux_contrast malformed[] = {
    {NAN, 0.2, 0.85, 0.05},  {0.3, INFINITY, 0.85, 0.05}, {0.3, 0.2, 1.01, 0.05},
    {0.3, 0.2, 0.85, -0.05}, {0.3, 0.2, 0.05, 0.85},      {0.3, 0.2, 0.5, 0.5},
};

START_TEST(a_pair_out_of_range_is_bad_data)
{
    struct two_flux_film film = {.a = -1};
    ck_assert_int_eq(two_flux_invert(&malformed[_i], &film), STATUS_BAD_DATA);
    ck_assert_double_eq(film.a, -1);
}
END_TEST

Suite *suite(void)
{
    TCase *layers = tcase_create("layers");
    tcase_add_test(layers, an_infinite_layer_has_the_closed_form_reflectance);
    tcase_add_test(
        layers,
        an_infinite_layer_without_absorption_is_white_and_without_scattering_black);
    tcase_add_test(layers, a_layer_has_the_hyperbolic_reflectance_and_transmittance);
    tcase_add_test(layers, a_layer_lets_its_background_through);
    tcase_add_test(layers, the_short_way_over_a_background_agrees_with_the_long_one);
    tcase_add_test(layers, a_layer_without_absorption_loses_no_light);
    tcase_add_test(layers, a_trace_of_absorption_is_continuous_with_none);
    tcase_add_test(layers, a_layer_without_scattering_follows_beer_and_lambert);
    tcase_add_test(layers, a_layer_of_no_thickness_does_nothing);
    tcase_add_test(layers, a_thick_layer_is_an_infinite_one);
    tcase_add_test(layers, no_layer_gains_light_or_overflows);
    tcase_add_test(layers, a_layer_split_in_two_is_the_same_layer);
    tcase_add_test(layers, more_absorption_darkens_and_more_scattering_lightens);
    tcase_add_test(layers, packaging_has_its_closed_form);
    TCase *films = tcase_create("films");
    tcase_add_test(films, a_contrast_pair_gives_the_film_exactly);
    tcase_add_test(films, films_of_all_strengths_are_found_again);
    tcase_add_test(films, a_film_without_absorption_is_found_again);
    tcase_add_test(films, a_film_as_light_as_one_background_is_found_by_the_other);
    tcase_add_loop_test(films, a_pair_that_no_film_explains_is_rejected, 0,
                        sizeof impossible / sizeof impossible[0]);
    tcase_add_loop_test(films, a_pair_out_of_range_is_bad_data, 0,
                        sizeof malformed / sizeof malformed[0]);
    Suite *two_flux = suite_create("two_flux");
    suite_add_tcase(two_flux, layers);
    suite_add_tcase(two_flux, films);
    return two_flux;
}
