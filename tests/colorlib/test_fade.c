/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/fade.h"

#include <math.h>

#include "tests/runner.h"

/* H, k at M = U = 1 (assumptions, in the order that practitioners report). */
static const struct {
    const char *name;
    enum pigment_class class;
    double healed;
    double biological;
    double ultraviolet;
} classes[] = {
    {"carbon", PIGMENT_CARBON, 0.65, 0.10, 0.03},
    {"iron_oxide", PIGMENT_IRON_OXIDE, 0.60, 0.19, 0.01},
    {"tio2", PIGMENT_TIO2, 0.65, 0.09, 0.00},
    {"organic_stable", PIGMENT_ORGANIC_STABLE, 0.60, 0.13, 0.07},
    {"organic_azo", PIGMENT_ORGANIC_AZO, 0.60, 0.15, 0.20},
};

enum { CLASS_COUNT = sizeof classes / sizeof classes[0] };

static const struct {
    const char *name;
    double factor, sd_ln;
} modifiers[] = {
    {"oily", 1.15, 0.15},           {"smoker", 1.10, 0.15}, {"swimmer", 1.10, 0.15},
    {"fast-fader", 1.30, 0.20},     {"scar", 1.30, 0.25},   {"resorbable", 4, 0.4},
    {"phototype-v-vi", 0.90, 0.15},
};

/* Products of a few printed decimals. */
static const double rounding = 1e-12;

START_TEST(each_class_has_its_rates)
{
    struct fade_rates rates = fade_class_rates(classes[_i].class);
    ck_assert_double_eq(rates.healed_fraction, classes[_i].healed);
    ck_assert_double_eq(rates.biological_per_year, classes[_i].biological);
    ck_assert_double_eq(rates.ultraviolet_per_year, classes[_i].ultraviolet);
}
END_TEST

START_TEST(a_class_is_found_by_the_name_it_gives)
{
    enum pigment_class found = (enum pigment_class)CLASS_COUNT;
    ck_assert_str_eq(fade_class_name(classes[_i].class), classes[_i].name);
    ck_assert_int_eq(fade_class_find(classes[_i].name, &found), STATUS_OK);
    ck_assert_int_eq((int)found, (int)classes[_i].class);
}
END_TEST

START_TEST(an_unknown_class_or_modifier_is_not_found)
{
    enum pigment_class class = PIGMENT_TIO2;
    struct fade_modifier modifier = {.factor = 7};
    ck_assert_int_eq(fade_class_find("Carbon", &class), STATUS_NOT_FOUND);
    ck_assert_int_eq(fade_class_find("", &class), STATUS_NOT_FOUND);
    ck_assert_int_eq((int)class, PIGMENT_TIO2);
    ck_assert_int_eq(fade_modifier_find("oil", &modifier), STATUS_NOT_FOUND);
    ck_assert_double_eq(modifier.factor, 7);
}
END_TEST

START_TEST(each_modifier_has_its_factor)
{
    struct fade_modifier modifier = {0};
    ck_assert_int_eq(fade_modifier_find(modifiers[_i].name, &modifier), STATUS_OK);
    ck_assert_str_eq(modifier.name, modifiers[_i].name);
    ck_assert_double_eq(modifier.factor, modifiers[_i].factor);
    ck_assert_double_eq(modifier.sd_ln, modifiers[_i].sd_ln);
}
END_TEST

START_TEST(melanin_up_to_the_average_does_not_shield)
{
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    const struct fade_conditions *usual = &fade_conditions_default;
    ck_assert_double_eq_tol(fade_loss_per_year(&carbon, usual, 0.01), 0.13, rounding);
    ck_assert_double_eq_tol(fade_loss_per_year(&carbon, usual, 0.02), 0.13, rounding);
}
END_TEST

START_TEST(melanin_above_the_average_shields_up_to_a_limit)
{
    struct fade_rates azo = fade_class_rates(PIGMENT_ORGANIC_AZO);
    const struct fade_conditions *usual = &fade_conditions_default;
    double tan = fade_loss_per_year(&azo, usual, 0.035);
    double dark = fade_loss_per_year(&azo, usual, 0.14);
    ck_assert_double_eq_tol(tan, 0.15 + 0.20 * exp(-0.375), rounding);
    ck_assert_double_eq_tol(dark, 0.15 + 0.20 * exp(-2), rounding);
    ck_assert_double_eq(fade_loss_per_year(&azo, usual, 0.5), dark);
}
END_TEST

START_TEST(modifiers_scale_turnover_and_the_dose_scales_light)
{
    struct fade_rates azo = fade_class_rates(PIGMENT_ORGANIC_AZO);
    struct fade_conditions conditions = fade_conditions_default;
    conditions.biological_factor = 1.15 * 1.30;
    conditions.ultraviolet_dose = 2;
    ck_assert_double_eq_tol(fade_loss_per_year(&azo, &conditions, 0.01),
                            0.15 * 1.15 * 1.30 + 0.20 * 2, rounding);
}
END_TEST

START_TEST(retention_starts_at_one_and_stays_in_its_range)
{
    struct fade_rates rates = fade_class_rates(classes[_i].class);
    double loss = fade_loss_per_year(&rates, &fade_conditions_default, 0.01);
    double before = fade_retention(&rates, loss, 0);
    ck_assert_double_eq_tol(before, 1, 1e-15); /* (1 - H) + H */
    for (double years = 0.01; years < 15; years *= 1.1) {
        double now = fade_retention(&rates, loss, years);
        ck_assert_double_gt(now, 0);
        ck_assert_double_lt(now, before);
        before = now;
    }
}
END_TEST

START_TEST(a_healed_deposit_without_loss_stays)
{
    struct fade_rates rates = {.healed_fraction = 0.65};
    ck_assert_double_eq_tol(fade_retention(&rates, 0, 10), 0.65, rounding);
}
END_TEST

/* After one time constant, 7 d = 0.01917 yr, 1/e of what healing loses is left. */
START_TEST(healing_takes_a_week)
{
    struct fade_rates rates = {.healed_fraction = 0.65};
    ck_assert_double_eq_tol(fade_retention(&rates, 0, 0.01917), 0.65 + 0.35 * exp(-1),
                            rounding);
}
END_TEST

/* r^2 = r0^2 + 4 D t with D = 0.001 mm^2 per year: 0.0225, 0.0265, 0.0425 mm^2. */
START_TEST(the_square_of_the_radius_grows_evenly)
{
    const struct fade_conditions *usual = &fade_conditions_default;
    double one = fade_radius_mm(usual, 0.15, 1), five = fade_radius_mm(usual, 0.15, 5);
    ck_assert_double_eq(fade_radius_mm(usual, 0.15, 0), 0.15);
    ck_assert_double_eq_tol(one * one, 0.0265, rounding);
    ck_assert_double_eq_tol(five * five, 0.0425, rounding);
}
END_TEST

START_TEST(dots_sink_towards_their_final_depth)
{
    const struct fade_conditions *usual = &fade_conditions_default;
    ck_assert_double_eq(fade_depth_mm(usual, 0.10, 0), 0.10);
    ck_assert_double_eq_tol(fade_depth_mm(usual, 0.10, 1), 0.12 - 0.02 * exp(-1),
                            rounding);
    ck_assert_double_eq_tol(fade_depth_mm(usual, 0.10, 40), 0.12, rounding);
}
END_TEST

START_TEST(dots_that_rise_stay_under_the_surface)
{
    struct fade_conditions rising = fade_conditions_default;
    rising.deepening_mm = -0.04;
    ck_assert_double_eq_tol(fade_depth_mm(&rising, 0.10, 40), 0.06, rounding);
    ck_assert_double_eq(fade_depth_mm(&rising, 0.02, 40), 0);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("fade");
    TCase *tc = tcase_create("fade");
    tcase_add_loop_test(tc, each_class_has_its_rates, 0, CLASS_COUNT);
    tcase_add_loop_test(tc, a_class_is_found_by_the_name_it_gives, 0, CLASS_COUNT);
    tcase_add_test(tc, an_unknown_class_or_modifier_is_not_found);
    tcase_add_loop_test(tc, each_modifier_has_its_factor, 0,
                        sizeof modifiers / sizeof modifiers[0]);
    tcase_add_test(tc, melanin_up_to_the_average_does_not_shield);
    tcase_add_test(tc, melanin_above_the_average_shields_up_to_a_limit);
    tcase_add_test(tc, modifiers_scale_turnover_and_the_dose_scales_light);
    tcase_add_loop_test(tc, retention_starts_at_one_and_stays_in_its_range, 0,
                        CLASS_COUNT);
    tcase_add_test(tc, a_healed_deposit_without_loss_stays);
    tcase_add_test(tc, healing_takes_a_week);
    tcase_add_test(tc, the_square_of_the_radius_grows_evenly);
    tcase_add_test(tc, dots_sink_towards_their_final_depth);
    tcase_add_test(tc, dots_that_rise_stay_under_the_surface);
    suite_add_tcase(s, tc);
    return s;
}
