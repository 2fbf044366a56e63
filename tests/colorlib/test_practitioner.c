/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/practitioner.h"

#include <math.h>

#include "colorlib/followup.h"
#include "colorlib/forecast.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* By hand from the conjugate rule, of the values -2 and -2.5: beta grows by half the sum
 * of squares about the mean of all, the prior's counting as one. */
START_TEST(two_clients_give_what_the_conjugate_rule_says)
{
    struct practitioner p = practitioner_unknown;
    practitioner_learn(&p, -2.0);
    ck_assert_double_eq_tol(p.mean, (log(0.0975) - 2) / 2, 1e-12);
    ck_assert_double_eq_tol(p.beta, 0.5 + pow(-2 - log(0.0975), 2) / 4, 1e-12);
    practitioner_learn(&p, -2.5);
    double mean = (log(0.0975) - 2 - 2.5) / 3;
    ck_assert_double_eq_tol(p.kappa, 3, 1e-12);
    ck_assert_double_eq_tol(p.alpha, 4, 1e-12);
    ck_assert_double_eq_tol(p.mean, mean, 1e-12);
    ck_assert_double_eq_tol(
        p.beta,
        0.5 + (pow(log(0.0975) - mean, 2) + pow(-2 - mean, 2) + pow(-2.5 - mean, 2)) / 2,
        1e-12);
    ck_assert_uint_eq(p.clients, 2);
    /* beta (kappa + 1) / (alpha kappa) x alpha / (alpha - 1) */
    ck_assert_double_eq_tol(practitioner_sd(&p), sqrt(p.beta * 4 / 3 / 3), 1e-12);
}
END_TEST

START_TEST(the_order_of_clients_does_not_matter)
{
    static const double values[] = {-2.1, -2.9, -2.4};
    struct practitioner forth = practitioner_unknown, back = practitioner_unknown;
    for (size_t i = 0; i < 3; i++) {
        practitioner_learn(&forth, values[i]);
        practitioner_learn(&back, values[2 - i]);
    }
    ck_assert_double_eq_tol(forth.mean, back.mean, 1e-12);
    ck_assert_double_eq_tol(forth.beta, back.beta, 1e-12);
}
END_TEST

/* Spread of the next client after clients who differ by 0.15 (one sd) about the prior
 * mean; the first row is the prior. It narrows slowly, because alpha and beta stand for
 * six clients who differed by 0.41. */
static const struct {
    size_t clients;
    double sd;
} narrowing[] = {{0, 0.707}, {2, 0.482}, {6, 0.360}, {20, 0.252}};

START_TEST(the_spread_of_the_next_client_narrows_with_even_work)
{
    struct practitioner p = practitioner_unknown;
    for (size_t i = 0; i < narrowing[_i].clients; i++)
        practitioner_learn(&p, log(0.0975) + (i % 2 ? 0.15 : -0.15));
    ck_assert_double_eq_tol(practitioner_sd(&p), narrowing[_i].sd, 0.0006);
}
END_TEST

START_TEST(an_unknown_practitioner_changes_no_prior)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct client_state state, before;
    client_state_prior(&usual.technique, CLIENT_SCALP, &state);
    before = state;
    practitioner_expect(&practitioner_unknown, &usual, &state);
    ck_assert_mem_eq(&state, &before, sizeof state);
}
END_TEST

START_TEST(a_heavy_hand_moves_the_next_prior)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct practitioner p = practitioner_unknown;
    struct client_state state;
    for (size_t i = 0; i < 20; i++)
        practitioner_learn(&p, log(0.0975) + 0.3);
    client_state_prior(&usual.technique, CLIENT_SCALP, &state);
    practitioner_expect(&p, &usual, &state);
    /* all that makes dots show more takes its part: kappa is 21, of which the prior is 1
     */
    struct practitioner_observation value = practitioner_value(&usual, &state);
    ck_assert_double_eq_tol(value.value, log(0.0975) + 0.3 * 20 / 21, 1e-9);
    ck_assert_double_eq_tol(value.sd, practitioner_sd(&p), 1e-9);
    ck_assert_double_gt(state.mean[CLIENT_FILL], 0.1);
    ck_assert_double_gt(state.mean[CLIENT_RADIUS], 0.01);
    ck_assert_double_lt(client_state_sd(&state, CLIENT_FILL), 0.45);
    /* what hardly shows at six weeks is hardly touched */
    ck_assert_double_eq_tol(client_state_sd(&state, CLIENT_LOSS), 0.25, 1e-3);
}
END_TEST

START_TEST(clients_who_differ_widely_do_not_widen_the_prior)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct practitioner p = practitioner_unknown;
    struct client_state state;
    for (size_t i = 0; i < 10; i++)
        practitioner_learn(&p, log(0.0975) + (i % 2 ? 2 : -2));
    client_state_prior(&usual.technique, CLIENT_SCALP, &state);
    practitioner_expect(&p, &usual, &state);
    /* to rounding of the subtraction of nothing */
    ck_assert_double_eq_tol(client_state_sd(&state, CLIENT_FILL), 0.5, 1e-12);
}
END_TEST

/* A client's scan at six weeks, and what it says alone: whatever was thought before. */
static struct client_state scanned(const struct client_state *prior,
                                   const struct treatment *usual, double fill)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = {1, {&pigment[0]}, {0.05}};
    struct skin_fit skin = {.basis = SKIN_ASSUMED, .skin = usual->skin};
    struct weights weights = example_weights("D65");
    double deviation[CLIENT_COMPONENTS] = {[CLIENT_FILL] = fill};
    struct treatment treatment;
    struct bands reflectance;
    client_state_apply(deviation, usual, &treatment);
    treatment_reflectance(&treatment, &mixture, FORECAST_HEALED_YEARS, &reflectance);
    struct followup_scan scan = {
        .usual = usual,
        .mixture = &mixture,
        .years = FORECAST_HEALED_YEARS,
        .placements = 5,
        .lab = colorimetry_reflectance_lab(&weights, reflectance.value)};
    struct client_state posterior;
    ck_assert_int_eq(followup_update(&skin, &weights, prior, &scan, 1, &posterior, NULL),
                     STATUS_OK);
    return posterior;
}

START_TEST(a_client_counts_for_what_the_scans_alone_say)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct client_state prior;
    struct practitioner_observation a, b;
    client_state_prior(&usual.technique, CLIENT_SCALP, &prior);
    struct client_state posterior = scanned(&prior, &usual, -0.4);
    ck_assert_int_eq(practitioner_observe(&usual, &prior, &posterior, &a), STATUS_OK);
    /* the prior's pull is gone: further from its mean than the posterior, near the truth
     */
    ck_assert_double_eq_tol(a.value, log(0.0975) - 0.4, 0.05);
    ck_assert_double_lt(a.value, log(0.0975) + posterior.mean[CLIENT_FILL]);
    prior.mean[CLIENT_FILL] = 0.2;
    posterior = scanned(&prior, &usual, -0.4);
    ck_assert_int_eq(practitioner_observe(&usual, &prior, &posterior, &b), STATUS_OK);
    /* the model is not linear over a step of 0.6 */
    ck_assert_double_eq_tol(a.value, b.value, 0.05);
    ck_assert_double_eq_tol(a.sd, b.sd, 0.05);
}
END_TEST

START_TEST(a_client_who_was_not_scanned_tells_nothing)
{
    struct treatment usual = example_treatment(SKIN_LIGHT, 150);
    struct client_state prior, hardly;
    struct practitioner_observation observation;
    client_state_prior(&usual.technique, CLIENT_SCALP, &prior);
    ck_assert_int_eq(practitioner_observe(&usual, &prior, &prior, &observation),
                     STATUS_NOT_FOUND);
    hardly = prior;
    hardly.covariance[CLIENT_FILL][CLIENT_FILL] *= 0.8;
    ck_assert_int_eq(practitioner_observe(&usual, &prior, &hardly, &observation),
                     STATUS_NOT_FOUND);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("practitioner");
    TCase *tc = tcase_create("hand");
    tcase_add_test(tc, two_clients_give_what_the_conjugate_rule_says);
    tcase_add_test(tc, the_order_of_clients_does_not_matter);
    tcase_add_loop_test(tc, the_spread_of_the_next_client_narrows_with_even_work, 0,
                        sizeof narrowing / sizeof narrowing[0]);
    tcase_add_test(tc, an_unknown_practitioner_changes_no_prior);
    tcase_add_test(tc, a_heavy_hand_moves_the_next_prior);
    tcase_add_test(tc, clients_who_differ_widely_do_not_widen_the_prior);
    tcase_add_test(tc, a_client_counts_for_what_the_scans_alone_say);
    tcase_add_test(tc, a_client_who_was_not_scanned_tells_nothing);
    suite_add_tcase(s, tc);
    return s;
}
