/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/client_state.h"

#include <math.h>
#include <string.h>

#include "colorlib/forecast.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* Of the colour note: fill 0.5, healed 0.10 of 0.65, loss 0.25, spreading 0.5, depth and
 * height 30 %, radius 15 %, density 10 %, deepening 0.02 mm. */
static const struct {
    enum client_component component;
    double sd;
} expected[] = {
    {CLIENT_FILL, 0.5},       {CLIENT_HEALED, 0.10 / (0.65 * 0.35)},
    {CLIENT_LOSS, 0.25},      {CLIENT_SPREADING, 0.5},
    {CLIENT_DEPTH, 0.03},     {CLIENT_RADIUS, 0.15},
    {CLIENT_DENSITY, 0.10},   {CLIENT_HEIGHT, 0.30},
    {CLIENT_DEEPENING, 0.02},
};

START_TEST(the_prior_has_the_stated_spread)
{
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct client_state state;
    client_state_prior(&technique, CLIENT_SCALP, &state);
    ck_assert_double_eq(state.mean[expected[_i].component], 0);
    /* the healed fraction's is rounded to two decimals */
    ck_assert_double_eq_tol(client_state_sd(&state, expected[_i].component),
                            expected[_i].sd, 5e-4);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        if (k != expected[_i].component)
            ck_assert_double_eq(state.covariance[expected[_i].component][k], 0);
}
END_TEST

START_TEST(the_skin_is_as_its_fit_says_whatever_the_client)
{
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct client_state state;
    client_state_prior(&technique, CLIENT_SCAR, &state);
    for (size_t k = CLIENT_BARE; k < CLIENT_UNKNOWNS; k++) {
        ck_assert_double_eq(state.mean[k], 0);
        for (size_t i = 0; i < CLIENT_UNKNOWNS; i++)
            ck_assert_double_eq(state.covariance[k][i], i == k ? 1 : 0);
    }
}
END_TEST

START_TEST(a_scar_and_a_modifier_widen_the_prior)
{
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct client_state scar;
    client_state_prior(&technique, CLIENT_SCAR, &scar);
    ck_assert_double_eq_tol(client_state_sd(&scar, CLIENT_FILL), hypot(0.5, 0.5), 1e-12);
    ck_assert_double_eq_tol(client_state_sd(&scar, CLIENT_LOSS), hypot(0.25, 0.25),
                            1e-12);
    struct client_state scarred;
    client_state_prior(&technique, CLIENT_SCALP, &scarred);
    client_state_on_scar(&scarred);
    ck_assert_mem_eq(&scarred, &scar, sizeof scar);
    struct fade_modifier oily;
    ck_assert_int_eq(fade_modifier_find("oily", &oily), STATUS_OK);
    client_state_modify(&scar, &oily);
    ck_assert_double_eq_tol(client_state_sd(&scar, CLIENT_LOSS),
                            sqrt(0.25 * 0.25 + 0.25 * 0.25 + 0.15 * 0.15), 1e-12);
}
END_TEST

START_TEST(time_without_a_scan_widens_loss_and_depth)
{
    struct client_state state = {{0}, {{0}}};
    client_state_pass(&state, 4);
    ck_assert_double_eq_tol(client_state_sd(&state, CLIENT_LOSS), 2 * 0.05, 1e-12);
    ck_assert_double_eq_tol(client_state_sd(&state, CLIENT_DEPTH), 2 * 0.01, 1e-12);
    ck_assert_double_eq(client_state_sd(&state, CLIENT_FILL), 0);
}
END_TEST

START_TEST(no_deviation_changes_nothing)
{
    static const double none[CLIENT_COMPONENTS] = {0};
    struct treatment usual = example_treatment(SKIN_TAN, 140), applied;
    client_state_apply(none, &usual, &applied);
    ck_assert_mem_eq(&applied.technique, &usual.technique, sizeof usual.technique);
    ck_assert_mem_eq(&applied.conditions, &usual.conditions, sizeof usual.conditions);
}
END_TEST

START_TEST(deviations_reach_technique_conditions_and_earlier_work)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = {1, {&pigment[0]}, {0.05}};
    struct treatment usual = example_treatment(SKIN_LIGHT, 100), applied;
    ck_assert_int_eq(treatment_next(&usual, &mixture, 0.04, &usual.technique, &usual),
                     STATUS_OK);
    double deviation[CLIENT_COMPONENTS] = {
        [CLIENT_FILL] = log(2),      [CLIENT_HEALED] = log(0.5),
        [CLIENT_LOSS] = log(1.5),    [CLIENT_SPREADING] = log(3),
        [CLIENT_DEPTH] = 0.05,       [CLIENT_RADIUS] = log(1.2),
        [CLIENT_DENSITY] = log(0.9), [CLIENT_HEIGHT] = log(1.1),
        [CLIENT_DEEPENING] = 0.01};
    client_state_apply(deviation, &usual, &applied);
    const double rounding = 1e-12;
    ck_assert_double_eq_tol(applied.technique.fill_fraction, 0.30, rounding);
    ck_assert_double_eq_tol(applied.technique.radius_mm, 0.18, rounding);
    ck_assert_double_eq_tol(applied.technique.density_per_cm2, 90, 1e-10);
    ck_assert_double_eq_tol(applied.technique.depth_mm, 0.15, rounding);
    ck_assert_double_eq_tol(applied.technique.height_mm, 0.33, rounding);
    ck_assert_double_eq_tol(applied.earlier[0].fill_fraction, 0.30, rounding);
    ck_assert_double_eq_tol(applied.earlier[0].radius_mm, 0.18, rounding);
    ck_assert_double_eq_tol(applied.earlier[0].density_per_cm2, 90, 1e-10);
    ck_assert_double_eq_tol(applied.conditions.deepening_mm, 0.03, rounding);
    ck_assert_double_eq_tol(applied.conditions.spreading_mm2_per_year, 0.003, rounding);
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    /* half the odds of 0.65 : 0.35 */
    ck_assert_double_eq_tol(fade_healed_fraction(&carbon, &applied.conditions),
                            0.325 / (0.325 + 0.35), rounding);
    ck_assert_double_eq_tol(fade_loss_per_year(&carbon, &applied.conditions, 0.01),
                            1.5 * 0.13, rounding);
    deviation[CLIENT_DEPTH] = -1;
    client_state_apply(deviation, &usual, &applied);
    ck_assert_double_eq(applied.technique.depth_mm, 0);
}
END_TEST

START_TEST(work_that_was_found_is_as_strong_as_it_was_seen)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = {1, {&pigment[0]}, {0.05}};
    struct treatment usual = example_treatment(SKIN_LIGHT, 100), applied;
    ck_assert_int_eq(treatment_next(&usual, &mixture, 3, &usual.technique, &usual),
                     STATUS_OK);
    usual.earlier[0].origin = DEPOSIT_FOUND;
    double deviation[CLIENT_COMPONENTS] = {
        [CLIENT_FILL] = log(2), [CLIENT_RADIUS] = log(1.2), [CLIENT_DENSITY] = log(0.9)};
    client_state_apply(deviation, &usual, &applied);
    ck_assert_mem_eq(&applied.earlier[0], &usual.earlier[0], sizeof usual.earlier[0]);
    ck_assert_double_eq_tol(applied.technique.fill_fraction, 0.30, 1e-12);
}
END_TEST

/* The colour note's sensitivities of client A, 150 dots per cm2, carbon 1:19, healed, as
 * deviations of the state. */
static const struct {
    enum client_component component;
    double factor; /* whose logarithm is the deviation; 0 where that is added */
    double added;
    double lightness; /* change of L* */
} sensitivities[] = {
    {CLIENT_FILL, 1.5, 0, -1.63},
    {CLIENT_FILL, 1 / 1.5, 0, 1.74},
    {CLIENT_DENSITY, 1.2, 0, -1.36},
    {CLIENT_DENSITY, 0.8, 0, 1.46},
    {CLIENT_RADIUS, 0.18 / 0.15, 0, -2.44},
    {CLIENT_RADIUS, 0.12 / 0.15, 0, 2.39},
    {CLIENT_DEPTH, 0, 0.10, 1.30},
    {CLIENT_DEPTH, 0, 0.20, 2.37},
    /* the odds of 0.50 over those of 0.65 */
    {CLIENT_HEALED, 0.35 / 0.65, 0, 1.12},
};

START_TEST(one_deviation_at_a_time_does_what_the_reference_says)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = {1, {&pigment[0]}, {0.05}};
    struct weights d65 = example_weights("D65");
    struct treatment usual = example_treatment(SKIN_LIGHT, 150), applied;
    double deviation[CLIENT_COMPONENTS] = {0}, factor = sensitivities[_i].factor;
    deviation[sensitivities[_i].component] =
        factor > 0 ? log(factor) : sensitivities[_i].added;
    client_state_apply(deviation, &usual, &applied);
    struct bands before, after;
    treatment_reflectance(&usual, &mixture, FORECAST_HEALED_YEARS, &before);
    treatment_reflectance(&applied, &mixture, FORECAST_HEALED_YEARS, &after);
    /* two decimals, and the note's fit of the models, as in test_forecast.c */
    ck_assert_double_eq_tol(colorimetry_reflectance_lab(&d65, after.value).L -
                                colorimetry_reflectance_lab(&d65, before.value).L,
                            sensitivities[_i].lightness, 0.006);
}
END_TEST

START_TEST(components_have_names_of_their_own)
{
    for (size_t k = 0; k < CLIENT_UNKNOWNS; k++)
        for (size_t j = 0; j < k; j++)
            ck_assert_str_ne(client_unknown_name(k), client_unknown_name(j));
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        ck_assert_str_eq(client_component_name((enum client_component)k),
                         client_unknown_name(k));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("client_state");
    TCase *tc = tcase_create("state");
    tcase_add_loop_test(tc, the_prior_has_the_stated_spread, 0,
                        sizeof expected / sizeof expected[0]);
    tcase_add_test(tc, the_skin_is_as_its_fit_says_whatever_the_client);
    tcase_add_test(tc, a_scar_and_a_modifier_widen_the_prior);
    tcase_add_test(tc, time_without_a_scan_widens_loss_and_depth);
    tcase_add_test(tc, no_deviation_changes_nothing);
    tcase_add_test(tc, deviations_reach_technique_conditions_and_earlier_work);
    tcase_add_test(tc, work_that_was_found_is_as_strong_as_it_was_seen);
    tcase_add_loop_test(tc, one_deviation_at_a_time_does_what_the_reference_says, 0,
                        sizeof sensitivities / sizeof sensitivities[0]);
    tcase_add_test(tc, components_have_names_of_their_own);
    suite_add_tcase(s, tc);
    return s;
}
