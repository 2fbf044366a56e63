/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/colorimetry.h"

#include <math.h>

#include "tests/runner.h"

static const struct grid visible = {.start_nm = 400, .step_nm = 10, .count = 31};

static struct illuminant named(const char *name)
{
    struct illuminant illuminant;
    ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
    return illuminant;
}

static struct weights weights_of(const struct grid *grid, const char *name,
                                 enum observer observer)
{
    struct illuminant illuminant = named(name);
    struct weights weights;
    ck_assert_int_eq(weights_make(grid, &illuminant, observer, &weights), STATUS_OK);
    return weights;
}

/* White points of the D65/2 degrees kind, Y = 1. */
static const cmsCIEXYZ d65 = {0.95047, 1, 1.08883};

/* ISO/CIE 11664-4 worked by hand: the cube root of 0.125 is 0.5; below (6/29)^3 =
 * 0.008856 L* is (29/3)^3 Y/Yn, a* 500 x 841/108 and b* 200 x 841/108 times the
 * differences. */
static const struct {
    double x, y, z; /* relative to the white */
    cmsCIELab lab;
} lab_by_hand[] = {
    {1, 1, 1, {100, 0, 0}},
    {0.125, 0.125, 0.125, {42, 0, 0}},
    {1, 0.125, 0.125, {42, 250, 0}},
    {0.125, 0.125, 1, {42, 0, -100}},
    {0, 0, 0, {0, 0, 0}},
    {0.003, 0.001, 0.002, {24389.0 / 27000, 841.0 / 108, -0.2 * 841 / 108}},
};

/* LittleCMS keeps double precision. */
START_TEST(lab_follows_its_definition)
{
    cmsCIEXYZ xyz = {lab_by_hand[_i].x * d65.X, lab_by_hand[_i].y * d65.Y,
                     lab_by_hand[_i].z * d65.Z};
    cmsCIELab lab = colorimetry_lab(&xyz, &d65);
    ck_assert_double_eq_tol(lab.L, lab_by_hand[_i].lab.L, 1e-12);
    ck_assert_double_eq_tol(lab.a, lab_by_hand[_i].lab.a, 1e-12);
    ck_assert_double_eq_tol(lab.b, lab_by_hand[_i].lab.b, 1e-12);
}
END_TEST

START_TEST(lab_goes_back_to_tristimulus_values)
{
    for (double level = 0.0005; level < 1.2; level *= 1.7) {
        cmsCIEXYZ xyz = {0.9 * level, level, 0.7 * level};
        cmsCIELab lab = colorimetry_lab(&xyz, &d65);
        cmsCIEXYZ back = colorimetry_lab_xyz(&lab, &d65);
        ck_assert_double_eq_tol(back.X, xyz.X, 1e-14);
        ck_assert_double_eq_tol(back.Y, xyz.Y, 1e-14);
        ck_assert_double_eq_tol(back.Z, xyz.Z, 1e-14);
    }
}
END_TEST

static const struct {
    cmsCIELab lab;
    double chroma;
    double hue_deg;
} polar[] = {
    {{50, 3, 4}, 5, 53.130102354156},
    {{50, 0, 2}, 2, 90},
    {{50, -2, 0}, 2, 180},
    {{50, 0, -2}, 2, 270},
    {{50, 3, -4}, 5, 306.869897645844},
    {{50, 0, 0}, 0, 0},
};

START_TEST(chroma_and_hue_are_polar_coordinates)
{
    cmsCIELCh lch = colorimetry_lch(&polar[_i].lab);
    ck_assert_double_eq(lch.L, 50);
    ck_assert_double_eq_tol(lch.C, polar[_i].chroma, 1e-12);
    ck_assert_double_eq_tol(lch.h, polar[_i].hue_deg, 1e-11);
}
END_TEST

/* Published D65/2 degrees Lab of the corners of sRGB (Lindbloom's calculator and others
 * print two decimals of these). */
static const struct {
    struct srgb color;
    cmsCIELab lab;
} srgb_lab[] = {
    {{255, 255, 255, 0}, {100, 0, 0}},         {{0, 0, 0, 0}, {0, 0, 0}},
    {{255, 0, 0, 0}, {53.24, 80.09, 67.20}},   {{0, 255, 0, 0}, {87.73, -86.18, 83.18}},
    {{0, 0, 255, 0}, {32.30, 79.19, -107.86}}, {{128, 128, 128, 0}, {53.59, 0, 0}},
};

START_TEST(srgb_corners_have_their_published_lab)
{
    cmsCIEXYZ white = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    cmsCIEXYZ xyz = colorimetry_srgb_xyz(srgb_lab[_i].color);
    cmsCIELab lab = colorimetry_lab(&xyz, &white);
    /* two decimals; the calculators round D65 differently */
    ck_assert_double_eq_tol(lab.L, srgb_lab[_i].lab.L, 0.01);
    ck_assert_double_eq_tol(lab.a, srgb_lab[_i].lab.a, 0.02);
    ck_assert_double_eq_tol(lab.b, srgb_lab[_i].lab.b, 0.02);
}
END_TEST

/* IEC 61966-2-1 prints the matrix with four decimals. */
START_TEST(srgb_primaries_are_those_of_iec_61966)
{
    cmsCIEXYZ red = colorimetry_srgb_xyz((struct srgb){255, 0, 0, 0});
    cmsCIEXYZ green = colorimetry_srgb_xyz((struct srgb){0, 255, 0, 0});
    cmsCIEXYZ blue = colorimetry_srgb_xyz((struct srgb){0, 0, 255, 0});
    ck_assert_double_eq_tol(red.X, 0.4124, 5.1e-5);
    ck_assert_double_eq_tol(red.Y, 0.2126, 5.1e-5);
    ck_assert_double_eq_tol(red.Z, 0.0193, 5.1e-5);
    ck_assert_double_eq_tol(green.X, 0.3576, 5.1e-5);
    ck_assert_double_eq_tol(green.Y, 0.7152, 5.1e-5);
    ck_assert_double_eq_tol(green.Z, 0.1192, 5.1e-5);
    ck_assert_double_eq_tol(blue.X, 0.1805, 5.1e-5);
    ck_assert_double_eq_tol(blue.Y, 0.0722, 5.1e-5);
    ck_assert_double_eq_tol(blue.Z, 0.9505, 5.1e-5);
    ck_assert_double_eq_tol(red.Y + green.Y + blue.Y, 1, 1e-15);
}
END_TEST

START_TEST(hex_colors_survive_the_round_trip)
{
    cmsCIEXYZ white = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    for (int code = 0; code < 256; code++) {
        struct srgb in = {(uint8_t)code, (uint8_t)(255 - code), (uint8_t)(code * 7), 0};
        cmsCIEXYZ xyz = colorimetry_srgb_xyz(in);
        struct srgb out = colorimetry_srgb(&xyz, &white);
        ck_assert_uint_eq(out.red, in.red);
        ck_assert_uint_eq(out.green, in.green);
        ck_assert_uint_eq(out.blue, in.blue);
        ck_assert_uint_eq(out.clipped, 0);
    }
}
END_TEST

START_TEST(the_white_of_any_light_is_white_on_the_screen)
{
    struct weights w =
        weights_of(&visible, illuminant_name((size_t)_i), OBSERVER_CIE_1964_10DEG);
    struct srgb out = colorimetry_srgb(&w.white, &w.white);
    ck_assert(out.red == 255 && out.green == 255 && out.blue == 255);
    ck_assert_uint_eq(out.clipped, 0);
}
END_TEST

/* The published Bradford matrix from D50 to D65 (Lindbloom) applied by hand to X = Y = Z,
 * which without adaptation looks different by more than 10 levels. */
START_TEST(adaptation_is_that_of_bradford)
{
    cmsCIEXYZ d50 = {0.96422, 1, 0.82521};
    cmsCIEXYZ xyz = {0.2, 0.2, 0.2};
    cmsCIEXYZ by_hand = {
        0.2 * (0.9555766 - 0.0230393 + 0.0631636),
        0.2 * (-0.0282895 + 1.0099416 + 0.0210077),
        0.2 * (0.0122982 - 0.0204830 + 1.3299098),
    };
    cmsCIEXYZ white = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    struct srgb expected = colorimetry_srgb(&by_hand, &white);
    struct srgb got = colorimetry_srgb(&xyz, &d50);
    ck_assert_uint_eq(got.red, expected.red);
    ck_assert_uint_eq(got.green, expected.green);
    ck_assert_uint_eq(got.blue, expected.blue);
    struct srgb unadapted = colorimetry_srgb(&xyz, &white);
    ck_assert(got.blue > unadapted.blue + 10);
}
END_TEST

START_TEST(colors_outside_srgb_are_clipped_and_flagged)
{
    cmsCIEXYZ white = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    cmsCIEXYZ spectral_green = {0.06, 0.7, 0.08};
    struct srgb out = colorimetry_srgb(&spectral_green, &white);
    ck_assert_uint_eq(out.red, 0);
    ck_assert_uint_eq(out.clipped, 1);
    cmsCIEXYZ glaring = {1.5 * white.X, 1.5 * white.Y, 1.5 * white.Z};
    out = colorimetry_srgb(&glaring, &white);
    ck_assert_uint_eq(out.green, 255);
    ck_assert_uint_eq(out.clipped, 1);
}
END_TEST

START_TEST(what_is_no_color_is_flagged_on_the_screen)
{
    cmsCIEXYZ white = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    cmsCIEXYZ undefined = {NAN, NAN, NAN};
    ck_assert_uint_eq(colorimetry_srgb(&undefined, &white).clipped, 1);
    cmsCIEXYZ unbounded = {INFINITY, 1, 1};
    ck_assert_uint_eq(colorimetry_srgb(&unbounded, &white).clipped, 1);
}
END_TEST

/* The scalptone color note, closed-form row 13: flat spectra under any illuminant. */
START_TEST(flat_spectra_are_neutral_under_any_light)
{
    double half[31];
    double grey[31];
    for (size_t i = 0; i < 31; i++) {
        half[i] = 0.5;
        grey[i] = 0.18;
    }
    struct weights w =
        weights_of(&visible, illuminant_name((size_t)_i), OBSERVER_CIE_1964_10DEG);
    cmsCIELab lab = colorimetry_reflectance_lab(&w, half);
    ck_assert_double_eq_tol(lab.L, 76.0693, 5.1e-5); /* as printed */
    ck_assert_double_eq_tol(hypot(lab.a, lab.b), 0, 1e-12);
    lab = colorimetry_reflectance_lab(&w, grey);
    ck_assert_double_eq_tol(lab.L, 49.4961, 5.1e-5);
    ck_assert_double_eq_tol(hypot(lab.a, lab.b), 0, 1e-12);
}
END_TEST

/* The scalptone color note, closed-form row 14. */
START_TEST(a_sine_has_the_color_of_the_note)
{
    double sine[31];
    for (size_t i = 0; i < 31; i++)
        sine[i] = 0.3 + 0.2 * sin((double)i / 4);
    struct weights w = weights_of(&visible, "D65", OBSERVER_CIE_1964_10DEG);
    cmsCIEXYZ xyz = colorimetry_xyz(&w, sine);
    ck_assert_double_eq_tol(100 * xyz.X, 20.6436, 5.1e-5); /* as printed */
    ck_assert_double_eq_tol(100 * xyz.Y, 23.6247, 5.1e-5);
    ck_assert_double_eq_tol(100 * xyz.Z, 49.8791, 5.1e-5);
    cmsCIELab lab = colorimetry_lab(&xyz, &w.white);
    ck_assert_double_eq_tol(lab.L, 55.710, 5.1e-4);
    ck_assert_double_eq_tol(lab.a, -8.294, 5.1e-4);
    ck_assert_double_eq_tol(lab.b, -31.290, 5.1e-4);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])
enum { LIGHTS = 23 };

static TCase *lab_case(void)
{
    TCase *lab = tcase_create("lab");
    tcase_add_loop_test(lab, lab_follows_its_definition, 0, ROWS(lab_by_hand));
    tcase_add_test(lab, lab_goes_back_to_tristimulus_values);
    tcase_add_loop_test(lab, chroma_and_hue_are_polar_coordinates, 0, ROWS(polar));
    tcase_add_loop_test(lab, flat_spectra_are_neutral_under_any_light, 0, LIGHTS);
    tcase_add_test(lab, a_sine_has_the_color_of_the_note);
    return lab;
}

static TCase *screen_case(void)
{
    TCase *screen = tcase_create("screen");
    tcase_add_loop_test(screen, srgb_corners_have_their_published_lab, 0, ROWS(srgb_lab));
    tcase_add_test(screen, srgb_primaries_are_those_of_iec_61966);
    tcase_add_test(screen, hex_colors_survive_the_round_trip);
    tcase_add_loop_test(screen, the_white_of_any_light_is_white_on_the_screen, 0, LIGHTS);
    tcase_add_test(screen, adaptation_is_that_of_bradford);
    tcase_add_test(screen, colors_outside_srgb_are_clipped_and_flagged);
    tcase_add_test(screen, what_is_no_color_is_flagged_on_the_screen);
    return screen;
}

Suite *suite(void)
{
    Suite *colorimetry = suite_create("colorimetry");
    suite_add_tcase(colorimetry, lab_case());
    suite_add_tcase(colorimetry, screen_case());
    return colorimetry;
}
