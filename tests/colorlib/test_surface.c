/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/runner.h"

#include "colorlib/surface.h"
#include "colorlib/two_flux.h"

/* Half a unit of the last of the printed digits. */
#define SEVEN_DIGITS 0.5e-7

static const struct surface film = {.external = 0.04, .internal = 0.6};

START_TEST(the_index_gives_both_reflections_of_a_surface)
{
    /* Fresnel, and the polynomial of Egan & Hilgeman, by hand */
    ck_assert_double_eq_tol(surface_of_index(1.4).external, 0.0277778, SEVEN_DIGITS);
    ck_assert_double_eq_tol(surface_of_index(1.4).internal, 0.5294890, SEVEN_DIGITS);
    ck_assert_double_eq_tol(surface_of_index(1.5).internal, 0.5967333, SEVEN_DIGITS);
    ck_assert_double_eq_tol(surface_of_index(1.5).external, 0.04, 1e-15);
}
END_TEST

START_TEST(a_film_reads_as_the_saunderson_formula_says)
{
    ck_assert_double_eq_tol(surface_reflectance(&film, SURFACE_SPECULAR_INCLUDED, 0.5),
                            0.3142857, SEVEN_DIGITS);
    ck_assert_double_eq_tol(surface_reflectance(&film, SURFACE_SPECULAR_EXCLUDED, 0.5),
                            0.2742857, SEVEN_DIGITS);
}
END_TEST

/* Films of carbon black, 0.05 mm wet, over white and black (design note, section 5.2):
 * diluent over pigment, reflectance to four decimals. */
static const struct {
    double diluent;
    double over_white;
    double over_black;
} carbon_film[] = {
    {20, 0.0438, 0.0438},  {100, 0.0819, 0.0450}, {200, 0.1781, 0.0476},
    {400, 0.3254, 0.0505}, {800, 0.4808, 0.0527}, {1600, 0.6058, 0.0541},
};

START_TEST(films_of_carbon_black_read_as_published)
{
    double K = 2250 / (1 + carbon_film[_i].diluent);
    struct two_flux_layer layer = two_flux_layer(K, 0.02 * K, 0.05);
    double over_white =
        surface_reflectance(&film, SURFACE_SPECULAR_INCLUDED, two_flux_over(layer, 0.9));
    double over_black =
        surface_reflectance(&film, SURFACE_SPECULAR_INCLUDED, two_flux_over(layer, 0.04));
    ck_assert_double_eq_tol(over_white, carbon_film[_i].over_white, 0.51e-4);
    ck_assert_double_eq_tol(over_black, carbon_film[_i].over_black, 0.51e-4);
}
END_TEST

START_TEST(skin_reads_as_the_saunderson_formula_says)
{
    struct surface skin = surface_of_index(1.4);
    ck_assert_double_eq_tol(surface_reflectance(&skin, SURFACE_SPECULAR_EXCLUDED, 0.5),
                            0.3110764, SEVEN_DIGITS);
}
END_TEST

START_TEST(a_white_body_stays_white_when_the_specular_light_is_included)
{
    ck_assert_double_eq_tol(surface_reflectance(&film, SURFACE_SPECULAR_INCLUDED, 1), 1,
                            1e-15);
    ck_assert_double_eq(surface_reflectance(&film, SURFACE_SPECULAR_EXCLUDED, 0), 0);
    ck_assert_double_eq(surface_reflectance(&film, SURFACE_SPECULAR_INCLUDED, 0), 0.04);
}
END_TEST

START_TEST(the_internal_reflectance_is_found_again)
{
    for (int i = 0; i <= 20; i++) {
        double internal = i / 20.0;
        for (int s = SURFACE_SPECULAR_INCLUDED; s <= SURFACE_SPECULAR_EXCLUDED; s++) {
            enum surface_specular specular = (enum surface_specular)s;
            double reflectance = surface_reflectance(&film, specular, internal);
            /* a few roundings */
            ck_assert_double_eq_tol(surface_internal(&film, specular, reflectance),
                                    internal, 1e-15);
        }
    }
}
END_TEST

START_TEST(less_than_the_surface_reflects_is_negative)
{
    ck_assert_double_lt(surface_internal(&film, SURFACE_SPECULAR_INCLUDED, 0.03), 0);
}
END_TEST

START_TEST(haze_lightens_black_to_itself_leaves_white_and_comes_off_again)
{
    ck_assert_double_eq(surface_add_haze(0, 0.015), 0.015);
    ck_assert_double_eq(surface_add_haze(1, 0.015), 1);
    ck_assert_double_eq_tol(surface_remove_haze(surface_add_haze(0.3, 0.015), 0.015), 0.3,
                            1e-15);
}
END_TEST

Suite *suite(void)
{
    TCase *tests = tcase_create("surface");
    tcase_add_test(tests, the_index_gives_both_reflections_of_a_surface);
    tcase_add_test(tests, a_film_reads_as_the_saunderson_formula_says);
    tcase_add_loop_test(tests, films_of_carbon_black_read_as_published, 0,
                        sizeof carbon_film / sizeof carbon_film[0]);
    tcase_add_test(tests, skin_reads_as_the_saunderson_formula_says);
    tcase_add_test(tests, a_white_body_stays_white_when_the_specular_light_is_included);
    tcase_add_test(tests, the_internal_reflectance_is_found_again);
    tcase_add_test(tests, less_than_the_surface_reflects_is_negative);
    tcase_add_test(tests, haze_lightens_black_to_itself_leaves_white_and_comes_off_again);
    Suite *surface = suite_create("surface");
    suite_add_tcase(surface, tests);
    return surface;
}
