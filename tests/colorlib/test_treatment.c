/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/treatment.h"

#include <math.h>
#include <string.h>

#include "tests/colorlib/scratch.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { BAND_460 = 6, BAND_550 = 15, BAND_660 = 26 };

static const double ages[] = {0, 0.02, 0.115, 0.5, 1, 2, 5, 10};

enum { AGE_COUNT = sizeof ages / sizeof ages[0] };

/* What must hold for measured skin too: a ratio to the model that is not 1. */
static struct treatment measured_skin(void)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    for (size_t i = 0; i < BAND_COUNT; i++)
        treatment.skin.residual_ratio.value[i] = 0.9 + 0.01 * (double)i;
    return treatment;
}

static struct pigment carbon_stock(void)
{
    struct pigment pigments[2];
    example_pigments(pigments);
    return pigments[0];
}

/* Something that scatters and fades unlike carbon. */
static struct pigment white(void)
{
    struct pigment pigment = {.class = PIGMENT_TIO2,
                              .fade = fade_class_rates(PIGMENT_TIO2)};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        pigment.K.value[i] = 1;
        pigment.S.value[i] = 320;
    }
    return pigment;
}

static void assert_bare(const struct treatment *treatment, const struct bands *treated)
{
    struct bands bare;
    skin_bare(&treatment->skin, &bare);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(treated->value[i], bare.value[i], 1e-12);
}

static void assert_close(const struct bands *a, const struct bands *b)
{
    for (size_t i = 0; i < BAND_COUNT; i++) /* a few roundings of numbers below 1 */
        ck_assert_double_eq_tol(a->value[i], b->value[i], 1e-13);
}

/* Client A, carbon 1:19, fresh: mu_p, a, l, reflectance, computed for the model's
 * description; as many digits as it prints. */
START_TEST(fresh_carbon_has_the_reference_numbers)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    struct bands absorption, scattering, reflectance;
    struct moment moment;
    treatment_moment(&treatment, 0, &moment);
    mixture_transport(&mixture, NULL, &absorption, &scattering);
    moment_reflectance(&moment, &absorption, &scattering, &reflectance);
    ck_assert_double_eq_tol(moment.coverage, 0.1060288, 5e-8);
    ck_assert_double_eq_tol(moment.chord_mm, 0.178, 1e-12);
    ck_assert_double_eq_tol(moment.fill * absorption.value[BAND_460], 10.0883, 1e-4);
    ck_assert_double_eq_tol(moment.fill * absorption.value[BAND_550], 8.4375, 1e-4);
    ck_assert_double_eq_tol(moment.fill * absorption.value[BAND_660], 7.0312, 1e-4);
    ck_assert_double_eq_tol(reflectance.value[BAND_460], 0.19075, 1e-5);
    ck_assert_double_eq_tol(reflectance.value[BAND_550], 0.20419, 1e-5);
    ck_assert_double_eq_tol(reflectance.value[BAND_660], 0.30031, 1e-5);
}
END_TEST

START_TEST(the_long_way_and_the_prepared_moment_agree)
{
    struct treatment treatment = measured_skin();
    struct pigment carbon = carbon_stock(), tint = white();
    struct mixture mixture = {2, {&carbon, &tint}, {0.05, 0.02}};
    double retained[] = {treatment_retention(&treatment, &carbon.fade, ages[_i]),
                         treatment_retention(&treatment, &tint.fade, ages[_i])};
    struct bands absorption, scattering, prepared, direct;
    struct moment moment;
    mixture_transport(&mixture, retained, &absorption, &scattering);
    treatment_moment(&treatment, ages[_i], &moment);
    moment_reflectance(&moment, &absorption, &scattering, &prepared);
    treatment_reflectance(&treatment, &mixture, ages[_i], &direct);
    assert_close(&prepared, &direct);
}
END_TEST

/* The same through dots.h alone: populations, layers and refusals are its business. */
START_TEST(a_treatment_is_dots_in_skin)
{
    struct treatment treatment = measured_skin();
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    double radius = sqrt(0.15 * 0.15 + 4 * 0.001 * ages[_i]);
    double depth = 0.10 + 0.02 * (1 - exp(-ages[_i]));
    double kept = treatment_retention(&treatment, &carbon.fade, ages[_i]) * 0.05 * 0.15 *
                  (0.15 * 0.15) / (radius * radius);
    struct dot_population dots = {.density_per_cm2 = 150, .radius_mm = radius};
    for (size_t i = 0; i < BAND_COUNT; i++)
        dots.absorption.value[i] = kept * carbon.K.value[i] / 2;
    struct bands expected, treated;
    ck_assert_int_eq(dots_reflectance(&treatment.skin, depth, 0.30, &dots, 1, &expected),
                     STATUS_OK);
    treatment_reflectance(&treatment, &mixture, ages[_i], &treated);
    assert_close(&treated, &expected);
}
END_TEST

START_TEST(nothing_implanted_leaves_bare_skin_at_any_age)
{
    struct treatment usual = measured_skin(), no_dots = usual, empty_dots = usual;
    struct pigment carbon = carbon_stock(), gone = carbon;
    no_dots.technique.density_per_cm2 = 0;
    empty_dots.technique.fill_fraction = 0;
    gone.fade = (struct fade_rates){0, 0, 0}; /* healing takes all of it */
    struct mixture black = {1, {&carbon}, {0.05}}, water = {1, {&carbon}, {0}};
    struct mixture nothing = {0}, lost = {1, {&gone}, {0.05}};
    struct bands treated;
    treatment_reflectance(&no_dots, &black, ages[_i], &treated);
    assert_bare(&usual, &treated);
    treatment_reflectance(&empty_dots, &black, ages[_i], &treated);
    assert_bare(&usual, &treated);
    treatment_reflectance(&usual, &water, ages[_i], &treated);
    assert_bare(&usual, &treated);
    treatment_reflectance(&usual, &nothing, ages[_i], &treated);
    assert_bare(&usual, &treated);
    treatment_reflectance(&usual, &lost, 1 + ages[_i], &treated);
    assert_bare(&usual, &treated);
}
END_TEST

START_TEST(an_absorbing_deposit_fades_to_bare_skin_in_the_end)
{
    struct treatment treatment = measured_skin();
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    struct bands treated;
    treatment.conditions.spreading_mm2_per_year = 0;
    treatment_reflectance(&treatment, &mixture, 400, &treated); /* q = 2e-23 */
    assert_bare(&treatment, &treated);
}
END_TEST

START_TEST(an_absorbing_deposit_that_does_not_spread_only_gets_lighter_once_healed)
{
    struct treatment treatment = example_treatment((enum skin_reference)_i, 150);
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    struct weights weights = example_weights("D65");
    treatment.conditions.spreading_mm2_per_year = 0;
    double before = 0;
    for (double years = 0.115; years < 40; years *= 1.05) {
        struct bands treated;
        treatment_reflectance(&treatment, &mixture, years, &treated);
        double lightness = colorimetry_reflectance_lab(&weights, treated.value).L;
        ck_assert_double_ge(lightness, before);
        before = lightness;
    }
}
END_TEST

START_TEST(spreading_keeps_the_mass_of_pigment)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct moment fresh, moment;
    treatment_moment(&treatment, 0, &fresh);
    treatment_moment(&treatment, ages[_i], &moment);
    ck_assert_double_eq_tol(moment.coverage * moment.fill, fresh.coverage * fresh.fill,
                            1e-16);
    ck_assert_double_eq_tol(fresh.fill, 0.15, 1e-15);
}
END_TEST

START_TEST(the_moment_tells_the_dots_of_that_age)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct moment moment;
    treatment_moment(&treatment, 5, &moment);
    double radius = sqrt(0.0225 + 0.02);
    ck_assert_double_eq(moment.years, 5);
    ck_assert_double_eq_tol(moment.radius_mm, radius, 1e-15);
    ck_assert_double_eq_tol(moment.depth_mm, 0.12 - 0.02 * exp(-5), 1e-15);
    ck_assert_double_eq_tol(moment.coverage, 1.5 * M_PI * 0.0425, 1e-15);
    ck_assert_double_eq_tol(moment.chord_mm, 0.89 * 0.6 * radius / (radius + 0.3), 1e-15);
}
END_TEST

START_TEST(retention_knows_the_skin_and_the_conditions)
{
    struct treatment treatment = example_treatment(SKIN_DARK, 150);
    struct fade_rates azo = fade_class_rates(PIGMENT_ORGANIC_AZO);
    treatment.conditions.biological_factor = 1.3;
    double loss = 0.15 * 1.3 + 0.20 * exp(-2); /* f_m = 0.14: shielded to the limit */
    double expected = 0.40 * exp(-3 / 0.01917) + 0.60 * exp(-3 * loss);
    ck_assert_double_eq_tol(treatment_retention(&treatment, &azo, 3), expected, 1e-14);
    ck_assert_double_eq_tol(treatment_retention(&treatment, &azo, 0), 1, 1e-15);
}
END_TEST

START_TEST(a_scar_takes_and_keeps_less)
{
    struct treatment healthy = example_treatment(SKIN_LIGHT, 150), scar = healthy;
    treatment_on_scar(&scar);
    struct fade_rates rates = fade_class_rates(PIGMENT_CARBON);
    ck_assert_double_eq_tol(scar.technique.fill_fraction,
                            exp(-0.1) * healthy.technique.fill_fraction, 1e-15);
    double loss = fade_loss_per_year(&rates, &healthy.conditions, 0.01);
    ck_assert_double_eq_tol(fade_loss_per_year(&rates, &scar.conditions, 0.01),
                            1.3 * loss, 1e-15);
    /* after three years only the slow term is left: 0.9 H exp(-1.3 k t) */
    ck_assert_double_eq_tol(treatment_retention(&scar, &rates, 3),
                            0.9 * rates.healed_fraction * exp(-1.3 * loss * 3), 1e-12);
}
END_TEST

START_TEST(the_order_of_pigments_and_the_split_of_a_batch_are_irrelevant)
{
    struct treatment treatment = measured_skin();
    struct pigment carbon = carbon_stock(), tint = white();
    struct mixture there = {2, {&carbon, &tint}, {0.05, 0.02}};
    struct mixture back = {2, {&tint, &carbon}, {0.02, 0.05}};
    struct mixture parts = {3, {&carbon, &tint, &carbon}, {0.01, 0.02, 0.04}};
    struct bands one, other;
    treatment_reflectance(&treatment, &there, ages[_i], &one);
    treatment_reflectance(&treatment, &back, ages[_i], &other);
    assert_close(&one, &other);
    treatment_reflectance(&treatment, &parts, ages[_i], &other);
    assert_close(&one, &other);
}
END_TEST

START_TEST(a_session_in_two_halves_equals_one)
{
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    struct treatment whole = measured_skin(), half = whole, both;
    half.technique.density_per_cm2 = 75;
    ck_assert_int_eq(treatment_next(&half, &mixture, 0, &half.technique, &both),
                     STATUS_OK);
    ck_assert_double_eq_tol(treatment_coverage(&both), treatment_coverage(&whole), 1e-15);
    struct bands one, other;
    treatment_reflectance(&whole, &mixture, ages[_i], &one);
    treatment_reflectance(&both, &mixture, ages[_i], &other);
    assert_close(&one, &other);
}
END_TEST

/* Client A, black hair, carbon, no deepening, sessions 14 days apart: L* as the colour
 * note prints it, to one decimal. */
static const struct {
    double density_per_cm2, water; /* n of 1:n */
    double fresh, after_14_days;
} course[] = {{60, 24, 60.2, 61.0}, {50, 19, 57.5, 58.2}, {40, 16, 55.5, 0}};

static double lightness(const struct treatment *treatment, const struct mixture *mixture,
                        double years)
{
    struct weights d65 = example_weights("D65");
    struct bands reflectance;
    treatment_reflectance(treatment, mixture, years, &reflectance);
    return colorimetry_reflectance_lab(&d65, reflectance.value).L;
}

START_TEST(three_sessions_add_up_to_the_reference_course)
{
    const double fortnight = 14 / 365.25, printed = 0.05 + 1e-9;
    struct pigment carbon = carbon_stock();
    struct treatment treatment = example_treatment(SKIN_LIGHT, 60);
    treatment.conditions.deepening_mm = 0;
    struct mixture mixture = {1, {&carbon}, {0}};
    for (size_t s = 0; s < 3; s++) {
        struct technique technique = treatment.technique;
        technique.density_per_cm2 = course[s].density_per_cm2;
        if (s > 0)
            ck_assert_int_eq(
                treatment_next(&treatment, &mixture, fortnight, &technique, &treatment),
                STATUS_OK);
        mixture.concentration[0] = 1 / (1 + course[s].water);
        ck_assert_double_eq_tol(lightness(&treatment, &mixture, 0), course[s].fresh,
                                printed);
        if (s < 2)
            ck_assert_double_eq_tol(lightness(&treatment, &mixture, fortnight),
                                    course[s].after_14_days, printed);
    }
    ck_assert_double_eq_tol(lightness(&treatment, &mixture, 0.115), 56.1, printed);
    /* years since the first session */
    const double begun = 2 * fortnight;
    ck_assert_double_eq_tol(lightness(&treatment, &mixture, 3 - begun), 57.3, printed);
    ck_assert_double_eq_tol(lightness(&treatment, &mixture, 5 - begun), 58.3, printed);
}
END_TEST

START_TEST(the_skin_holds_a_limited_number_of_sessions)
{
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    struct treatment treatment = example_treatment(SKIN_LIGHT, 10), next;
    for (size_t s = 0; s < TREATMENT_EARLIER_MAX; s++)
        ck_assert_int_eq(
            treatment_next(&treatment, &mixture, 0.04, &treatment.technique, &treatment),
            STATUS_OK);
    ck_assert_double_eq_tol(treatment.earlier[0].years, TREATMENT_EARLIER_MAX * 0.04,
                            1e-12);
    ck_assert_int_eq(
        treatment_next(&treatment, &mixture, 0.04, &treatment.technique, &next),
        STATUS_OUT_OF_RANGE);
}
END_TEST

START_TEST(more_dots_more_pigment_or_a_fuller_dot_is_darker_and_a_deeper_one_lighter)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150), denser = usual,
                     fuller = usual, deeper = usual;
    denser.technique.density_per_cm2 = 165;
    fuller.technique.fill_fraction = 0.165;
    deeper.technique.depth_mm = 0.15;
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}}, stronger = {1, {&carbon}, {0.055}};
    struct bands base, dense, full, strong, deep;
    treatment_reflectance(&usual, &mixture, ages[_i], &base);
    treatment_reflectance(&denser, &mixture, ages[_i], &dense);
    treatment_reflectance(&fuller, &mixture, ages[_i], &full);
    treatment_reflectance(&usual, &stronger, ages[_i], &strong);
    treatment_reflectance(&deeper, &mixture, ages[_i], &deep);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_lt(dense.value[i], base.value[i]);
        ck_assert_double_lt(full.value[i], base.value[i]);
        ck_assert_double_lt(strong.value[i], base.value[i]);
        ck_assert_double_gt(deep.value[i], base.value[i]);
    }
}
END_TEST

START_TEST(scattering_pigment_makes_the_deposit_lighter)
{
    struct treatment treatment = example_treatment(SKIN_DARK, 150);
    struct pigment tint = white();
    struct mixture mixture = {1, {&tint}, {0.3}};
    struct bands bare, treated;
    skin_bare(&treatment.skin, &bare);
    treatment_reflectance(&treatment, &mixture, 1, &treated);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_gt(treated.value[i], bare.value[i]);
}
END_TEST

/* 0.11 mu_p^0.38 exp(-(z1 - 0.10) / 0.15) at mu_p = 8.4375 x 550 / 560 q (r0 / r)^2: the
 * contrast is fitted at 560 nm. */
START_TEST(dots_lose_contrast_as_they_fade_spread_and_sink)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct pigment carbon = carbon_stock();
    struct mixture mixture = {1, {&carbon}, {0.05}};
    double q = treatment_retention(&treatment, &carbon.fade, ages[_i]);
    double inside = 8.4375 * 550 / 560 * q * 0.0225 / (0.0225 + 0.004 * ages[_i]);
    double sunk = 0.02 * (1 - exp(-ages[_i]));
    ck_assert_double_eq_tol(treatment_dot_contrast(&treatment, &mixture, ages[_i]),
                            0.11 * pow(inside, 0.38) * exp(-sunk / 0.15), 1e-13);
}
END_TEST

static enum status read_text(const char *text, const char *name, struct technique *out,
                             struct fault *fault)
{
    struct scratch scratch = scratch_make("techniques.ini");
    scratch_fill(&scratch, text, strlen(text));
    enum status status = technique_read(scratch.path, name, out, fault);
    scratch_remove(&scratch);
    return status;
}

#define STANDARD                                                                         \
    "[standard]\n"                                                                       \
    "density = 150\n"                                                                    \
    "radius_mm = 0.15\n"                                                                 \
    "depth_mm = 0.10\n"                                                                  \
    "height_mm = 0.30\n"                                                                 \
    "fill = 0.15\n"

START_TEST(the_standard_technique_is_read_whole)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(read_text(STANDARD, "standard", &technique, &fault), STATUS_OK);
    ck_assert_str_eq(technique.name, "standard");
    ck_assert_double_eq(technique.density_per_cm2, 150);
    ck_assert_double_eq(technique.radius_mm, 0.15);
    ck_assert_double_eq(technique.depth_mm, 0.10);
    ck_assert_double_eq(technique.height_mm, 0.30);
    ck_assert_double_eq(technique.fill_fraction, 0.15);
}
END_TEST

START_TEST(what_a_technique_lacks_comes_from_the_standard)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(read_text("[fine]\nradius_mm = 0.10\nheight_mm = 0.25\n" STANDARD,
                               "fine", &technique, &fault),
                     STATUS_OK);
    ck_assert_str_eq(technique.name, "fine");
    ck_assert_double_eq(technique.radius_mm, 0.10);
    ck_assert_double_eq(technique.height_mm, 0.25);
    ck_assert_double_eq(technique.density_per_cm2, 150);
}
END_TEST

START_TEST(a_section_without_keys_is_the_standard_by_another_name)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(read_text(STANDARD "[mine]", "mine", &technique, &fault), STATUS_OK);
    ck_assert_str_eq(technique.name, "mine");
    ck_assert_double_eq(technique.radius_mm, 0.15);
}
END_TEST

START_TEST(without_a_standard_a_technique_must_be_complete)
{
    struct technique technique = {.density_per_cm2 = -1};
    struct fault fault;
    ck_assert_int_eq(read_text("[fine]\nradius_mm = 0.1\n", "fine", &technique, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 1);
    ck_assert_double_eq(technique.density_per_cm2, -1);
    ck_assert_int_eq(read_text("[fine]\ndensity=9\nradius_mm=0.1\ndepth_mm=0.1\n"
                               "height_mm=0.2\nfill=0.1\n",
                               "fine", &technique, &fault),
                     STATUS_OK);
    ck_assert_double_eq(technique.density_per_cm2, 9);
}
END_TEST

START_TEST(an_incomplete_standard_is_at_fault)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(read_text("[standard]\ndensity = 150\n[fine]\nradius_mm = 0.1\n",
                               "fine", &technique, &fault),
                     STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 1);
}
END_TEST

/* The faults of INI files themselves are test_ini_section.c's. */
START_TEST(a_fault_leaves_the_output_alone)
{
    struct technique technique = {.density_per_cm2 = -1};
    struct fault fault;
    ck_assert_int_eq(
        read_text(STANDARD "[fine]\nradius_mm = 0,1\n", "fine", &technique, &fault),
        STATUS_BAD_DATA);
    ck_assert_uint_eq(fault.line, 8);
    ck_assert_double_eq(technique.density_per_cm2, -1);
}
END_TEST

START_TEST(an_unknown_technique_or_file_is_not_found)
{
    struct technique technique;
    struct fault fault;
    ck_assert_int_eq(read_text(STANDARD, "fine", &technique, &fault), STATUS_NOT_FOUND);
    ck_assert_uint_eq(fault.line, 0);
    ck_assert_int_eq(read_text(STANDARD, "", &technique, &fault), STATUS_NOT_FOUND);
    ck_assert_int_eq(
        read_text(STANDARD, "longer than the name of any technique", &technique, &fault),
        STATUS_NOT_FOUND);
    ck_assert_int_eq(technique_read("/nowhere/at/all.ini", "fine", &technique, &fault),
                     STATUS_NOT_FOUND);
    ck_assert_int_eq(technique_read("/", "fine", &technique, &fault), STATUS_IO);
}
END_TEST

static TCase *model_tests(void)
{
    TCase *tc = tcase_create("model");
    tcase_add_test(tc, fresh_carbon_has_the_reference_numbers);
    tcase_add_loop_test(tc, the_long_way_and_the_prepared_moment_agree, 0, AGE_COUNT);
    tcase_add_loop_test(tc, a_treatment_is_dots_in_skin, 0, AGE_COUNT);
    tcase_add_test(tc, the_moment_tells_the_dots_of_that_age);
    tcase_add_test(tc, retention_knows_the_skin_and_the_conditions);
    tcase_add_test(tc, a_scar_takes_and_keeps_less);
    tcase_add_test(tc, three_sessions_add_up_to_the_reference_course);
    tcase_add_test(tc, the_skin_holds_a_limited_number_of_sessions);
    tcase_add_loop_test(tc, dots_lose_contrast_as_they_fade_spread_and_sink, 0,
                        AGE_COUNT);
    return tc;
}

static TCase *property_tests(void)
{
    TCase *tc = tcase_create("properties");
    tcase_add_loop_test(tc, nothing_implanted_leaves_bare_skin_at_any_age, 0, AGE_COUNT);
    tcase_add_test(tc, an_absorbing_deposit_fades_to_bare_skin_in_the_end);
    tcase_add_loop_test(
        tc, an_absorbing_deposit_that_does_not_spread_only_gets_lighter_once_healed,
        SKIN_LIGHT, SKIN_DARK + 1);
    tcase_add_loop_test(tc, a_session_in_two_halves_equals_one, 0, AGE_COUNT);
    tcase_add_loop_test(tc, spreading_keeps_the_mass_of_pigment, 0, AGE_COUNT);
    tcase_add_loop_test(tc, the_order_of_pigments_and_the_split_of_a_batch_are_irrelevant,
                        0, AGE_COUNT);
    tcase_add_loop_test(
        tc, more_dots_more_pigment_or_a_fuller_dot_is_darker_and_a_deeper_one_lighter, 0,
        AGE_COUNT);
    tcase_add_test(tc, scattering_pigment_makes_the_deposit_lighter);
    return tc;
}

static TCase *reading_tests(void)
{
    TCase *tc = tcase_create("technique_read");
    tcase_add_test(tc, the_standard_technique_is_read_whole);
    tcase_add_test(tc, what_a_technique_lacks_comes_from_the_standard);
    tcase_add_test(tc, a_section_without_keys_is_the_standard_by_another_name);
    tcase_add_test(tc, without_a_standard_a_technique_must_be_complete);
    tcase_add_test(tc, an_incomplete_standard_is_at_fault);
    tcase_add_test(tc, a_fault_leaves_the_output_alone);
    tcase_add_test(tc, an_unknown_technique_or_file_is_not_found);
    return tc;
}

Suite *suite(void)
{
    Suite *s = suite_create("treatment");
    suite_add_tcase(s, model_tests());
    suite_add_tcase(s, property_tests());
    suite_add_tcase(s, reading_tests());
    return s;
}
