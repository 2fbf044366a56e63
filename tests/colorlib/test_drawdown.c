/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "colorlib/drawdown.h"
#include "colorlib/two_flux.h"
#include "tests/runner.h"

static const struct drawdown_view glass = {{0.040, 0.600}, SURFACE_SPECULAR_INCLUDED};

static struct bands flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

/* The colour note, 5.2: carbon in a wet film of 0.05 mm, S = 0.02 K, over internal
 * reflectances of 0.9 and 0.04; reflectance factors to the digits printed. */
static const struct {
    double KX, over_white, over_black;
} carbon[] = {
    {5.36, 0.0438, 0.0438}, {1.11, 0.0819, 0.0450}, {0.56, 0.1781, 0.0476},
    {0.28, 0.3254, 0.0505}, {0.14, 0.4808, 0.0527}, {0.07, 0.6058, 0.0541},
};

START_TEST(diluted_carbon_reads_as_the_colour_note_says)
{
    double K = carbon[_i].KX / 0.05;
    struct colorant liquid = {flat(K), flat(0.02 * K)};
    struct drawdown white = {
        0.05, flat(surface_reflectance(&glass.surface, glass.specular, 0.9))};
    struct drawdown black = {
        0.05, flat(surface_reflectance(&glass.surface, glass.specular, 0.04))};
    struct bands over_white, over_black;
    drawdown_reflectance(&liquid, &white, &glass, &over_white);
    drawdown_reflectance(&liquid, &black, &glass, &over_black);
    /* KX is printed to three digits */
    ck_assert_double_eq_tol(over_white.value[9], carbon[_i].over_white, 3e-3);
    ck_assert_double_eq_tol(over_black.value[9], carbon[_i].over_black, 3e-4);
}
END_TEST

START_TEST(no_pigment_leaves_the_backing_as_it_was)
{
    struct colorant clear = {flat(0), flat(0)};
    struct drawdown drawdown = {0.05, flat(0.7)};
    struct bands reflectance;
    drawdown_reflectance(&clear, &drawdown, &glass, &reflectance);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(reflectance.value[i], 0.7, 1e-14);
}
END_TEST

START_TEST(an_opaque_drawdown_hides_its_backing)
{
    struct colorant liquid = {flat(2), flat(30)};
    struct drawdown light = {DRAWDOWN_OPAQUE, flat(0.8)},
                    dark = {DRAWDOWN_OPAQUE, flat(0.1)}, thick = {500, flat(0.8)};
    struct bands a, b, c;
    drawdown_reflectance(&liquid, &light, &glass, &a);
    drawdown_reflectance(&liquid, &dark, &glass, &b);
    drawdown_reflectance(&liquid, &thick, &glass, &c);
    ck_assert_double_eq(a.value[0], b.value[0]);
    ck_assert_double_eq_tol(a.value[0], c.value[0], 1e-12);
    ck_assert_double_eq_tol(
        a.value[0],
        surface_reflectance(&glass.surface, glass.specular, two_flux_infinite(2, 30)),
        1e-15);
}
END_TEST

START_TEST(a_backing_blacker_than_black_is_black)
{
    struct colorant clear = {flat(0), flat(0)};
    struct drawdown drawdown = {0.05, flat(0.01)}; /* less than the glass reflects */
    struct bands reflectance;
    drawdown_reflectance(&clear, &drawdown, &glass, &reflectance);
    ck_assert_double_eq_tol(reflectance.value[0], 0.04, 1e-15);
}
END_TEST

START_TEST(liquids_add_up_by_concentration)
{
    const struct colorant colorants[] = {{flat(2), flat(30)}, {flat(500), flat(4)}};
    struct colorant mixed;
    drawdown_mix(colorants, (double[]){0.9, 0.01}, 2, &mixed);
    ck_assert_double_eq_tol(mixed.K.value[30], 6.8, 1e-14);
    ck_assert_double_eq_tol(mixed.S.value[30], 27.04, 1e-13);
    drawdown_mix(colorants, NULL, 0, &mixed);
    ck_assert_double_eq(mixed.K.value[0], 0);
}
END_TEST

static const double films[][3] = {/* K, S, X */
                                  {0, 0, 0.05},   {20, 0, 0.05}, {0, 40, 0.05},
                                  {300, 5, 0.05}, {3, 60, 0.2},  {2, 1, HUGE_VAL}};

START_TEST(the_slopes_are_those_of_the_reflectance)
{
    const double K = films[_i][0], S = films[_i][1], X = films[_i][2], G = 0.6;
    struct drawdown_slopes at = drawdown_slopes(K, S, X, G, &glass);
    /* steps a thousand times those of the function, to third order */
    double h = 1e-3 * (K + S + 1 / X);
    double ahead = drawdown_slopes(K + h, S, X, G, &glass).reflectance;
    double twice = drawdown_slopes(K + 2 * h, S, X, G, &glass).reflectance;
    double thrice = drawdown_slopes(K + 3 * h, S, X, G, &glass).reflectance;
    double by_K = (-11 * at.reflectance + 18 * ahead - 9 * twice + 2 * thrice) / (6 * h);
    ck_assert_double_eq_tol(at.by_K, by_K, 1e-4 * fabs(by_K));
    ahead = drawdown_slopes(K, S + h, X, G, &glass).reflectance;
    twice = drawdown_slopes(K, S + 2 * h, X, G, &glass).reflectance;
    thrice = drawdown_slopes(K, S + 3 * h, X, G, &glass).reflectance;
    double by_S = (-11 * at.reflectance + 18 * ahead - 9 * twice + 2 * thrice) / (6 * h);
    ck_assert_double_eq_tol(at.by_S, by_S, 1e-4 * fabs(by_S));
    double lighter = drawdown_slopes(K, S, X, G + 1e-3, &glass).reflectance;
    double darker = drawdown_slopes(K, S, X, G - 1e-3, &glass).reflectance;
    ck_assert_double_eq_tol(at.by_background, (lighter - darker) / 2e-3, 1e-5);
}
END_TEST

START_TEST(noise_is_a_constant_and_a_share)
{
    ck_assert_double_eq_tol(drawdown_deviation(&drawdown_noise_default, 0.5), 0.008,
                            1e-15);
    ck_assert_double_eq_tol(drawdown_deviation(&drawdown_noise_default, -0.01), 0.0031,
                            1e-15);
}
END_TEST

Suite *suite(void)
{
    TCase *reflectance = tcase_create("reflectance");
    tcase_add_loop_test(reflectance, diluted_carbon_reads_as_the_colour_note_says, 0,
                        sizeof carbon / sizeof carbon[0]);
    tcase_add_test(reflectance, no_pigment_leaves_the_backing_as_it_was);
    tcase_add_test(reflectance, an_opaque_drawdown_hides_its_backing);
    tcase_add_test(reflectance, a_backing_blacker_than_black_is_black);
    tcase_add_test(reflectance, liquids_add_up_by_concentration);
    TCase *slopes = tcase_create("slopes");
    tcase_add_loop_test(slopes, the_slopes_are_those_of_the_reflectance, 0,
                        sizeof films / sizeof films[0]);
    tcase_add_test(slopes, noise_is_a_constant_and_a_share);
    Suite *s = suite_create("drawdown");
    suite_add_tcase(s, reflectance);
    suite_add_tcase(s, slopes);
    return s;
}
