/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/stubble.h"

#include <string.h>

#include "tests/colorlib/scratch.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* Client A's black-hair target, 400 to 700 nm, computed for the model's description. */
static const double black_on_light[BAND_COUNT] = {
    0.1530, 0.1556, 0.1593, 0.1634, 0.1697, 0.1902, 0.2109, 0.2219,
    0.2301, 0.2348, 0.2382, 0.2396, 0.2365, 0.2261, 0.2187, 0.2222,
    0.2280, 0.2244, 0.2238, 0.2539, 0.2798, 0.2897, 0.2960, 0.3002,
    0.3034, 0.3062, 0.3089, 0.3114, 0.3140, 0.3166, 0.3190};

/* Reference targets, computed for the model's description, and the digits printed. */
static const struct {
    enum skin_reference skin;
    double absorption_scale;
    cmsCIELab lab;
    double digit;
    double darker;
} targets[] = {
    {SKIN_LIGHT, 8, {55.99, 2.77, 8.35}, 0.01, -8.5},
    {SKIN_LIGHT, 4, {56.6, 4.2, 9.4}, 0.1, -7.8},
    {SKIN_LIGHT, 1.3, {59.5, 6.5, 12.9}, 0.1, -5.0},
    {SKIN_LIGHT, 0.3, {63.1, 6.8, 14.1}, 0.1, -1.4},
    {SKIN_TAN, 8, {49.1, 4.5, 14.2}, 0.1, -6.9},
    {SKIN_DARK, 8, {31.3, 8.6, 17.3}, 0.1, -3.4},
};

/* Lightness of client A's black hair as it turns grey (same source). */
static const struct {
    double grey;
    double lightness;
} greying[] = {{0, 56.0}, {0.25, 58.0}, {0.50, 60.1}, {0.75, 62.2}};

/* Of the default density, diameter, depth and length. */
static struct hair hair_of(double absorption_scale, double grey_fraction)
{
    return (struct hair){.absorption_scale = absorption_scale,
                         .density_per_cm2 = 180,
                         .diameter_mm = 0.07,
                         .depth_mm = 1.5,
                         .length_mm = 0.3,
                         .grey_fraction = grey_fraction};
}

static cmsCIELab lab_of(const struct bands *reflectance)
{
    struct weights weights = example_weights("D65");
    return colorimetry_reflectance_lab(&weights, reflectance->value);
}

static struct bands target_of(const struct skin *skin, const struct hair *hair)
{
    struct bands target;
    ck_assert_int_eq(stubble_reflectance(skin, hair, &target), STATUS_OK);
    return target;
}

START_TEST(black_hair_on_light_skin_has_the_reference_spectrum)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair hair = hair_of(8, 0);
    struct bands target = target_of(&skin, &hair);
    for (size_t i = 0; i < BAND_COUNT; i++) /* four decimals are printed */
        ck_assert_double_eq_tol(target.value[i], black_on_light[i], 1e-4);
}
END_TEST

START_TEST(targets_have_the_reference_colors)
{
    struct skin skin = example_treatment(targets[_i].skin, 150).skin;
    struct hair hair = hair_of(targets[_i].absorption_scale, 0);
    struct bands target = target_of(&skin, &hair), bare;
    skin_bare(&skin, &bare);
    cmsCIELab lab = lab_of(&target);
    /* half the last printed digit, and the rounding of the weights behind it */
    double tolerance = targets[_i].digit / 2 + 1e-3;
    ck_assert_double_eq_tol(lab.L, targets[_i].lab.L, tolerance);
    ck_assert_double_eq_tol(lab.a, targets[_i].lab.a, tolerance);
    ck_assert_double_eq_tol(lab.b, targets[_i].lab.b, tolerance);
    ck_assert_double_eq_tol(lab.L - lab_of(&bare).L, targets[_i].darker, 0.051);
}
END_TEST

START_TEST(hair_greys_by_years_up_to_wholly_grey)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair black = hair_of(8, 0.25), later = hair_of(8, 0.25 + 10 * 0.014),
                grey = hair_of(8, 1);
    const struct greying process = {&skin, &black};
    struct bands greyed, target;
    ck_assert_int_eq(stubble_greyed(&process, 10, &greyed), STATUS_OK);
    ck_assert_int_eq(stubble_reflectance(&skin, &later, &target), STATUS_OK);
    ck_assert_mem_eq(&greyed, &target, sizeof target);
    ck_assert_int_eq(stubble_greyed(&process, 80, &greyed), STATUS_OK);
    ck_assert_int_eq(stubble_reflectance(&skin, &grey, &target), STATUS_OK);
    ck_assert_mem_eq(&greyed, &target, sizeof target);
}
END_TEST

START_TEST(greying_hair_has_the_reference_lightness)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair hair = hair_of(8, greying[_i].grey);
    struct bands target = target_of(&skin, &hair);
    ck_assert_double_eq_tol(lab_of(&target).L, greying[_i].lightness, 0.051);
}
END_TEST

START_TEST(no_hair_leaves_bare_skin)
{
    struct skin skin = example_treatment(SKIN_TAN, 150).skin;
    for (size_t i = 0; i < BAND_COUNT; i++)
        skin.residual_ratio.value[i] = 0.9 + 0.01 * (double)i;
    struct hair none = hair_of(8, 0);
    none.density_per_cm2 = 0;
    struct bands target = target_of(&skin, &none), bare;
    skin_bare(&skin, &bare);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(target.value[i], bare.value[i], 1e-12);
}
END_TEST

START_TEST(white_shafts_do_not_show_below_the_surface)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair white = hair_of(8, 1);
    white.length_mm = 0;
    struct bands target = target_of(&skin, &white), bare;
    skin_bare(&skin, &bare);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(target.value[i], bare.value[i], 1e-12);
}
END_TEST

START_TEST(what_the_model_missed_of_the_skin_carries_over)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair hair = hair_of(8, 0);
    struct bands plain = target_of(&skin, &hair);
    for (size_t i = 0; i < BAND_COUNT; i++)
        skin.residual_ratio.value[i] = 1.1;
    struct bands scaled = target_of(&skin, &hair);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(scaled.value[i], 1.1 * plain.value[i], 1e-14);
}
END_TEST

START_TEST(denser_thicker_and_longer_black_hair_is_darker)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair hair = hair_of(8, 0), denser = hair, thicker = hair, longer = hair;
    denser.density_per_cm2 = 220;
    thicker.diameter_mm = 0.09;
    longer.length_mm = 0.5;
    struct bands target = target_of(&skin, &hair);
    const struct bands more[] = {target_of(&skin, &denser), target_of(&skin, &thicker),
                                 target_of(&skin, &longer)};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        for (size_t j = 0; j < 3; j++)
            ck_assert_double_lt(more[j].value[i], target.value[i]);
    }
}
END_TEST

START_TEST(a_coverage_beyond_the_model_is_refused)
{
    struct skin skin = example_treatment(SKIN_LIGHT, 150).skin;
    struct hair shafts = hair_of(8, 0), stubs = shafts;
    shafts.density_per_cm2 = 1000;
    shafts.diameter_mm = 0.3; /* 0.71 of the area */
    stubs.length_mm = 10;     /* 1.13 of the area */
    struct bands target = {{0.25}};
    ck_assert_int_eq(stubble_reflectance(&skin, &shafts, &target), STATUS_REJECTED);
    ck_assert_int_eq(stubble_reflectance(&skin, &stubs, &target), STATUS_REJECTED);
    ck_assert_double_eq(target.value[0], 0.25);
}
END_TEST

START_TEST(a_target_moves_to_other_skin_by_the_ratio_of_the_skins)
{
    struct bands target = {{0}}, here = {{0}}, there = {{0}}, moved;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        target.value[i] = 0.2;
        here.value[i] = 0.4;
        there.value[i] = 0.3 + 0.01 * (double)i;
    }
    ck_assert_int_eq(stubble_on_other_skin(&target, &here, &there, &moved), STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(moved.value[i], 0.15 + 0.005 * (double)i, 1e-15);
    here.value[7] = 0;
    ck_assert_int_eq(stubble_on_other_skin(&target, &here, &there, &moved),
                     STATUS_BAD_DATA);
}
END_TEST

static enum status read_text(const char *text, const char *name, struct hair *hair,
                             struct fault *fault)
{
    struct scratch scratch = scratch_make("hair.ini");
    scratch_fill(&scratch, text, strlen(text));
    enum status status = hair_read(scratch.path, name, hair, fault);
    scratch_remove(&scratch);
    return status;
}

START_TEST(a_class_of_hair_is_read_whole)
{
    struct hair hair;
    struct fault fault;
    ck_assert_int_eq(read_text("[blond]\nce = 0.3\n"
                               "[grey]\nce = 8\ndensity = 200\ndiameter_mm = 0.08\n"
                               "depth_mm = 1.2\nlength_mm = 0.2\ngrey = 0.4\n",
                               "grey", &hair, &fault),
                     STATUS_OK);
    ck_assert_str_eq(hair.name, "grey");
    ck_assert_double_eq(hair.absorption_scale, 8);
    ck_assert_double_eq(hair.density_per_cm2, 200);
    ck_assert_double_eq(hair.diameter_mm, 0.08);
    ck_assert_double_eq(hair.depth_mm, 1.2);
    ck_assert_double_eq(hair.length_mm, 0.2);
    ck_assert_double_eq(hair.grey_fraction, 0.4);
}
END_TEST

START_TEST(all_but_the_absorption_has_a_default)
{
    struct hair hair;
    struct fault fault;
    ck_assert_int_eq(read_text("[black]\nce = 8\n", "black", &hair, &fault), STATUS_OK);
    ck_assert_double_eq(hair.density_per_cm2, 180);
    ck_assert_double_eq(hair.diameter_mm, 0.07);
    ck_assert_double_eq(hair.depth_mm, 1.5);
    ck_assert_double_eq(hair.length_mm, 0.3);
    ck_assert_double_eq(hair.grey_fraction, 0);
}
END_TEST

START_TEST(hair_without_its_absorption_is_at_fault_where_it_begins)
{
    struct hair hair = {.absorption_scale = -1};
    struct fault fault;
    ck_assert_int_eq(read_text("; none\n[black]\ngrey = 0\n", "black", &hair, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_ptr_nonnull(strstr(fault.text, "ce"));
    ck_assert_double_eq(hair.absorption_scale, -1);
}
END_TEST

START_TEST(an_unknown_class_of_hair_is_not_found)
{
    struct hair hair;
    struct fault fault;
    const char *text = "[black]\nce = 8\n";
    ck_assert_int_eq(read_text(text, "blac", &hair, &fault), STATUS_NOT_FOUND);
    ck_assert_uint_eq(fault.line, 0);
    ck_assert_int_eq(read_text(text, "", &hair, &fault), STATUS_NOT_FOUND);
    ck_assert_int_eq(
        read_text(text, "black, but longer than any name has to be", &hair, &fault),
        STATUS_NOT_FOUND);
}
END_TEST

START_TEST(of_several_faults_the_first_is_reported)
{
    struct hair hair;
    struct fault fault;
    ck_assert_int_eq(read_text("[black]\nce = -2\nnonsense\n", "black", &hair, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_int_eq(read_text("[black]\nnonsense\nce = -2\n", "black", &hair, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_ptr_nonnull(strstr(fault.text, "neither"));
}
END_TEST

static TCase *reading_tests(void)
{
    TCase *tc = tcase_create("hair_read");
    tcase_add_test(tc, a_class_of_hair_is_read_whole);
    tcase_add_test(tc, all_but_the_absorption_has_a_default);
    tcase_add_test(tc, hair_without_its_absorption_is_at_fault_where_it_begins);
    tcase_add_test(tc, an_unknown_class_of_hair_is_not_found);
    tcase_add_test(tc, of_several_faults_the_first_is_reported);
    return tc;
}

Suite *suite(void)
{
    Suite *s = suite_create("stubble");
    TCase *tc = tcase_create("stubble");
    tcase_add_test(tc, black_hair_on_light_skin_has_the_reference_spectrum);
    tcase_add_loop_test(tc, targets_have_the_reference_colors, 0,
                        sizeof targets / sizeof targets[0]);
    tcase_add_test(tc, hair_greys_by_years_up_to_wholly_grey);
    tcase_add_loop_test(tc, greying_hair_has_the_reference_lightness, 0,
                        sizeof greying / sizeof greying[0]);
    tcase_add_test(tc, no_hair_leaves_bare_skin);
    tcase_add_test(tc, white_shafts_do_not_show_below_the_surface);
    tcase_add_test(tc, what_the_model_missed_of_the_skin_carries_over);
    tcase_add_test(tc, denser_thicker_and_longer_black_hair_is_darker);
    tcase_add_test(tc, a_coverage_beyond_the_model_is_refused);
    tcase_add_test(tc, a_target_moves_to_other_skin_by_the_ratio_of_the_skins);
    suite_add_tcase(s, tc);
    suite_add_tcase(s, reading_tests());
    return s;
}
