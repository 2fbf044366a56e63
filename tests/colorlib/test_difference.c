/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/difference.h"

#include <math.h>
#include <string.h>

#include "tests/colorlib/published_pairs.h"
#include "tests/random.h"
#include "tests/runner.h"

START_TEST(ciede2000_matches_the_published_pairs_in_both_orders)
{
    cmsCIELab standard = sharma_2005[_i].standard;
    cmsCIELab sample = sharma_2005[_i].sample;
    /* half of the last digit that the paper prints */
    ck_assert_double_eq_tol(difference_ciede2000(standard, sample),
                            sharma_2005[_i].ciede2000, 5.01e-5);
    ck_assert_double_eq_tol(difference_ciede2000(sample, standard),
                            sharma_2005[_i].ciede2000, 5.01e-5);
}
END_TEST

static cmsCIELab random_lab(uint64_t *state)
{
    cmsCIELab lab = {.L = 100 * random_share(state)};
    lab.a = 200 * random_share(state) - 100;
    lab.b = 200 * random_share(state) - 100;
    return lab;
}

START_TEST(differences_are_symmetric_and_zero_for_equal_colors)
{
    uint64_t state = random_seed(1);
    for (int i = 0; i < 1000; i++) {
        cmsCIELab one = random_lab(&state);
        cmsCIELab two = random_lab(&state);
        ck_assert(difference_ciede2000(one, two) == difference_ciede2000(two, one));
        ck_assert(difference_cie76(one, two) == difference_cie76(two, one));
        ck_assert(difference_ciede2000(one, two) > 0);
        ck_assert_double_eq(difference_ciede2000(one, one), 0);
        ck_assert_double_eq(difference_cie76(one, one), 0);
    }
}
END_TEST

/* On either side of exactly opposite hues the formula itself jumps; which side rounding
 * picks must not depend on the order. */
START_TEST(ciede2000_is_symmetric_where_hues_are_opposite)
{
    uint64_t state = random_seed(2);
    for (int i = 0; i < 10000; i++) {
        cmsCIELab one = random_lab(&state);
        double factor = 0.2 + random_share(&state);
        cmsCIELab two = {.L = one.L, .a = -factor * one.a, .b = -factor * one.b};
        ck_assert(difference_ciede2000(one, two) == difference_ciede2000(two, one));
        two = (cmsCIELab){.L = 50, .a = one.a, .b = one.b};
        ck_assert(difference_ciede2000(one, two) == difference_ciede2000(two, one));
        two = (cmsCIELab){.L = one.L, .a = one.a, .b = 50};
        ck_assert(difference_ciede2000(one, two) == difference_ciede2000(two, one));
    }
}
END_TEST

/* Over the hues of skin and beyond, far apart and close together. */
START_TEST(ciede2000_is_what_littlecms_says)
{
    uint64_t state = random_seed(3);
    for (int i = 0; i < 20000; i++) {
        cmsCIELab one = random_lab(&state), two = random_lab(&state);
        double nearer = i % 2 == 0 ? 1 : 1e-4;
        two.L = one.L + nearer * (two.L - one.L);
        two.a = one.a + nearer * (two.a - one.a);
        two.b = one.b + nearer * (two.b - one.b);
        /* a few roundings of numbers up to 100 */
        ck_assert_double_eq_tol(difference_ciede2000(one, two),
                                cmsCIE2000DeltaE(&one, &two, 1, 1, 1), 1e-12);
    }
}
END_TEST

START_TEST(cie76_is_the_distance_in_lab)
{
    cmsCIELab standard = {50, 10, 20};
    cmsCIELab sample = {52, 13, 14}; /* 4 + 9 + 36 = 49 */
    ck_assert_double_eq_tol(difference_cie76(standard, sample), 7, 1e-14);
}
END_TEST

START_TEST(components_are_sample_minus_standard)
{
    cmsCIELab standard = {60, 3, 4};  /* C 5 */
    cmsCIELab sample = {58.5, -4, 3}; /* C 5, a quarter turn on */
    struct difference d = difference_components(standard, sample);
    ck_assert_double_eq(d.lightness, -1.5);
    ck_assert_double_eq(d.a, -7);
    ck_assert_double_eq(d.b, -1);
    ck_assert_double_eq_tol(d.chroma, 0, 1e-14);
    ck_assert_double_eq_tol(d.hue, 10 * sqrt(0.5), 1e-13); /* 2 x 5 x sin(45 degrees) */
    d = difference_components(sample, standard);
    ck_assert_double_eq_tol(d.hue, -10 * sqrt(0.5), 1e-13);
}
END_TEST

START_TEST(the_hue_component_takes_the_short_way_round)
{
    cmsCIELab below_red = {50, 10, -0.5};
    cmsCIELab above_red = {50, 10, 0.5};
    double half_turn = 2 * atan2(0.5, 10) / 2;
    double expected = 2 * hypot(10, 0.5) * sin(half_turn);
    struct difference d = difference_components(below_red, above_red);
    ck_assert_double_eq_tol(d.hue, expected, 1e-13);
    d = difference_components(above_red, below_red);
    ck_assert_double_eq_tol(d.hue, -expected, 1e-13);
}
END_TEST

START_TEST(components_add_up_to_the_cie76_difference)
{
    uint64_t state = random_seed(3);
    for (int i = 0; i < 1000; i++) {
        cmsCIELab one = random_lab(&state);
        cmsCIELab two = random_lab(&state);
        struct difference d = difference_components(one, two);
        double polar =
            sqrt(d.lightness * d.lightness + d.chroma * d.chroma + d.hue * d.hue);
        /* values to 300, angles through degrees and back: rounding */
        ck_assert_double_eq_tol(polar, difference_cie76(one, two), 1e-10);
    }
}
END_TEST

static const struct {
    struct difference difference;
    const char *words;
} wordings[] = {
    {{.lightness = 1.2, .a = 0.5, .b = -0.6, .chroma = 0.2},
     "lighter, redder, bluer, more chromatic"},
    {{.lightness = -1.2, .a = -0.5, .b = 0.6, .chroma = -0.2},
     "darker, greener, yellower, less chromatic"},
    {{.lightness = 0.1}, "lighter"},
    {{.lightness = 0.0999, .a = -0.0999, .b = 0.0999, .chroma = 0.0999}, "equal"},
    {{.b = 3}, "yellower"},
    {{.chroma = -3, .hue = 4}, "less chromatic"},
    {{.lightness = 0}, "equal"},
};

START_TEST(a_difference_is_told_in_words)
{
    char text[DIFFERENCE_WORDS_MAX];
    memset(text, '#', sizeof text);
    difference_words(&wordings[_i].difference, text);
    ck_assert_str_eq(text, wordings[_i].words);
}
END_TEST

/* Color note, thresholds of section 3.3. */
static const struct {
    double ciede2000;
    const char *verdict;
} verdicts[] = {
    {0, "very close"},
    {1.0, "very close"},
    {1.0001, "good"},
    {2.0, "good"},
    {2.0001, "visible on inspection"},
    {3.5, "visible on inspection"},
    {3.5001, "mismatch"},
    {40, "mismatch"},
};

START_TEST(the_verdict_includes_its_threshold)
{
    ck_assert_str_eq(difference_verdict(verdicts[_i].ciede2000), verdicts[_i].verdict);
}
END_TEST

static const struct grid visible = {.start_nm = 400, .step_nm = 10, .count = 31};

static struct weights weights_10deg(const char *name)
{
    struct illuminant illuminant;
    struct weights weights;
    ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
    ck_assert_int_eq(
        weights_make(&visible, &illuminant, OBSERVER_CIE_1964_10DEG, &weights),
        STATUS_OK);
    return weights;
}

static void ramp(double low, double high, double *reflectance)
{
    for (size_t i = 0; i < visible.count; i++)
        reflectance[i] = low + (high - low) * (double)i / (double)(visible.count - 1);
}

START_TEST(identical_spectra_are_not_metameric)
{
    struct weights reference = weights_10deg("D65");
    struct weights test = weights_10deg("A");
    double skin[31];
    ramp(0.2, 0.5, skin);
    ck_assert_double_eq_tol(difference_metamerism(&reference, &test, skin, skin), 0,
                            1e-12); /* rounding in the correction */
}
END_TEST

START_TEST(the_reference_itself_shows_no_metamerism)
{
    struct weights reference = weights_10deg("D65");
    double skin[31];
    double grey[31];
    ramp(0.2, 0.5, skin);
    ramp(0.3, 0.3, grey);
    ck_assert_double_eq_tol(difference_metamerism(&reference, &reference, skin, grey), 0,
                            1e-12);
}
END_TEST

/* A factor common to all wavelengths is what the multiplicative correction removes. */
START_TEST(a_scaled_spectrum_is_not_metameric)
{
    struct weights reference = weights_10deg("D65");
    struct weights test = weights_10deg("LED-B3");
    double skin[31];
    double scaled[31];
    ramp(0.2, 0.5, skin);
    ramp(0.1, 0.25, scaled);
    ck_assert_double_eq_tol(difference_metamerism(&reference, &test, skin, scaled), 0,
                            1e-12);
}
END_TEST

/* The index written out with the definition: match under D65, then compare under A. */
START_TEST(metamerism_is_the_difference_left_after_matching_under_the_reference)
{
    struct weights d65 = weights_10deg("D65");
    struct weights a = weights_10deg("A");
    double skin[31];
    double grey[31];
    ramp(0.2, 0.5, skin);
    ramp(0.3, 0.3, grey);
    cmsCIEXYZ skin_d65 = colorimetry_xyz(&d65, skin);
    cmsCIEXYZ grey_a = {
        /* flat, so its white scaled */
        .X = 0.3 * a.white.X * skin_d65.X / (0.3 * d65.white.X),
        .Y = 0.3 * a.white.Y * skin_d65.Y / (0.3 * d65.white.Y),
        .Z = 0.3 * a.white.Z * skin_d65.Z / (0.3 * d65.white.Z),
    };
    double expected = difference_ciede2000(colorimetry_reflectance_lab(&a, skin),
                                           colorimetry_lab(&grey_a, &a.white));
    double index = difference_metamerism(&d65, &a, skin, grey);
    ck_assert_double_eq_tol(index, expected, 1e-10);
    ck_assert(index > 1); /* a slope against a flat curve: far from a match */
}
END_TEST

START_TEST(a_black_sample_has_a_finite_metamerism_index)
{
    struct weights d65 = weights_10deg("D65");
    struct weights a = weights_10deg("A");
    double skin[31];
    double black[31] = {0};
    ramp(0.2, 0.5, skin);
    double index = difference_metamerism(&d65, &a, skin, black);
    ck_assert_double_eq_tol(
        index,
        difference_ciede2000(colorimetry_reflectance_lab(&a, skin), (cmsCIELab){0, 0, 0}),
        1e-10);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

static TCase *distances_case(void)
{
    TCase *distances = tcase_create("distances");
    tcase_add_loop_test(distances, ciede2000_matches_the_published_pairs_in_both_orders,
                        0, ROWS(sharma_2005));
    tcase_add_test(distances, differences_are_symmetric_and_zero_for_equal_colors);
    tcase_add_test(distances, ciede2000_is_symmetric_where_hues_are_opposite);
    tcase_add_test(distances, ciede2000_is_what_littlecms_says);
    tcase_add_test(distances, cie76_is_the_distance_in_lab);
    return distances;
}

static TCase *components_case(void)
{
    TCase *components = tcase_create("components");
    tcase_add_test(components, components_are_sample_minus_standard);
    tcase_add_test(components, the_hue_component_takes_the_short_way_round);
    tcase_add_test(components, components_add_up_to_the_cie76_difference);
    tcase_add_loop_test(components, a_difference_is_told_in_words, 0, ROWS(wordings));
    tcase_add_loop_test(components, the_verdict_includes_its_threshold, 0,
                        ROWS(verdicts));
    return components;
}

static TCase *metamerism_case(void)
{
    TCase *metamerism = tcase_create("metamerism");
    tcase_add_test(metamerism, identical_spectra_are_not_metameric);
    tcase_add_test(metamerism, the_reference_itself_shows_no_metamerism);
    tcase_add_test(metamerism, a_scaled_spectrum_is_not_metameric);
    tcase_add_test(metamerism,
                   metamerism_is_the_difference_left_after_matching_under_the_reference);
    tcase_add_test(metamerism, a_black_sample_has_a_finite_metamerism_index);
    return metamerism;
}

Suite *suite(void)
{
    Suite *difference = suite_create("difference");
    suite_add_tcase(difference, distances_case());
    suite_add_tcase(difference, components_case());
    suite_add_tcase(difference, metamerism_case());
    return difference;
}
