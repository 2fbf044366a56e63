/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/client_figures.h"

#include <math.h>
#include <string.h>

#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* The prior of the colour note for carbon on light skin: fill 0.15 and sd 50 % of it,
 * healed 65 % and sd 0.44 x 65 x 35 %, loss 13 % a year and sd a quarter of it, and so
 * on. */
static const struct {
    enum client_component component;
    double value;
    double sd;
} priors[] = {
    {CLIENT_FILL, 0.15, 0.075},     {CLIENT_HEALED, 65, 0.44 * 65 * 0.35},
    {CLIENT_LOSS, 13, 3.25},        {CLIENT_SPREADING, 0.001, 0.0005},
    {CLIENT_DEPTH, 0.10, 0.03},     {CLIENT_RADIUS, 0.15, 0.0225},
    {CLIENT_DENSITY, 100, 10},      {CLIENT_HEIGHT, 0.30, 0.09},
    {CLIENT_DEEPENING, 0.02, 0.02},
};

START_TEST(the_prior_reads_as_the_note_states_it)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    struct client_state state;
    client_state_prior(&usual.technique, CLIENT_SCALP, &state);
    struct client_figure figure =
        client_figure(&state, priors[_i].component, &usual, &carbon);
    ck_assert_double_eq_tol(figure.value, priors[_i].value, 1e-9);
    /* of a difference quotient over 1e-4 */
    ck_assert_double_eq_tol(figure.sd, priors[_i].sd, 2e-4 * priors[_i].sd);
    ck_assert_uint_gt(strlen(figure.name), 0);
}
END_TEST

START_TEST(a_deviation_moves_its_figure_and_spread)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    struct client_state state = {.mean = {[CLIENT_FILL] = log(0.8)}};
    state.covariance[CLIENT_FILL][CLIENT_FILL] = 0.04;
    struct client_figure figure = client_figure(&state, CLIENT_FILL, &usual, &carbon);
    ck_assert_double_eq_tol(figure.value, 0.12, 1e-12);
    ck_assert_double_eq_tol(figure.sd, 0.2 * 0.12, 1e-5);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("client_figures");
    TCase *tc = tcase_create("figures");
    tcase_add_loop_test(tc, the_prior_reads_as_the_note_states_it, 0,
                        sizeof priors / sizeof priors[0]);
    tcase_add_test(tc, a_deviation_moves_its_figure_and_spread);
    suite_add_tcase(s, tc);
    return s;
}
