/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/scan_error.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { MANY = 4096 };

static struct skin_fit fitted_skin(void)
{
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    /* within the prior: where there is nothing yellow, its logarithm has no spread that
     * a normal distribution could tell */
    parameters.yellow_per_mm = 0.05;
    struct skin model;
    struct bands bare;
    struct skin_fit fit;
    skin_from_parameters(&parameters, &model);
    skin_bare(&model, &bare);
    ck_assert_int_eq(skin_fit(&bare, &fit), STATUS_OK);
    return fit;
}

static struct client_state prior(void)
{
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct client_state state;
    client_state_prior(&technique, CLIENT_SCALP, &state);
    return state;
}

static struct draw *make(const struct client_state *state, size_t count, uint64_t seed)
{
    struct skin_fit fit = fitted_skin();
    struct draw *draw = malloc(count * sizeof *draw);
    ck_assert_ptr_nonnull(draw);
    ck_assert_int_eq(draws_make(&fit, state, count, seed, draw), STATUS_OK);
    return draw;
}

START_TEST(the_same_seed_gives_the_same_draws_and_more_begin_with_fewer)
{
    struct client_state state = prior();
    struct draw *few = make(&state, 64, 7), *more = make(&state, 256, 7),
                *other = make(&state, 64, 8);
    ck_assert_mem_eq(few, more, 64 * sizeof *few);
    ck_assert(memcmp(few, other, 64 * sizeof *few) != 0);
    free(few);
    free(more);
    free(other);
}
END_TEST

START_TEST(draws_have_the_mean_and_covariance_of_the_state)
{
    struct client_state state = prior();
    state.mean[CLIENT_FILL] = -0.3;
    state.covariance[CLIENT_FILL][CLIENT_HEALED] = -0.1;
    state.covariance[CLIENT_HEALED][CLIENT_FILL] = -0.1;
    struct draw *draw = make(&state, MANY, 1);
    for (size_t a = 0; a < CLIENT_COMPONENTS; a++)
        for (size_t b = 0; b <= a; b++) {
            double mean_a = 0, mean_b = 0, product = 0;
            for (size_t j = 0; j < MANY; j++) {
                mean_a += draw[j].deviation[a] / MANY;
                mean_b += draw[j].deviation[b] / MANY;
                product += draw[j].deviation[a] * draw[j].deviation[b] / MANY;
            }
            double scale = client_state_sd(&state, (enum client_component)a) *
                           client_state_sd(&state, (enum client_component)b);
            /* the sequence errs by about (ln n)^2 / n */
            ck_assert_double_eq_tol(
                mean_a, state.mean[a],
                0.02 * client_state_sd(&state, (enum client_component)a));
            ck_assert_double_eq_tol(product - mean_a * mean_b, state.covariance[a][b],
                                    0.03 * scale);
        }
    free(draw);
}
END_TEST

START_TEST(pouring_and_target_vary_as_stated)
{
    struct client_state state = prior();
    struct draw *draw = make(&state, MANY, 2);
    double drop = 0, strength = 0, water = 0, target = 0;
    for (size_t j = 0; j < MANY; j++) {
        drop += pow(log(draw[j].drop[2]), 2) / MANY;
        strength += pow(log(draw[j].strength[3]), 2) / MANY;
        water += pow(log(draw[j].water), 2) / MANY;
        target += pow(draw[j].target_lab[0], 2) / MANY;
    }
    ck_assert_double_eq_tol(sqrt(drop), 0.05, 0.05 * 0.03);
    ck_assert_double_eq_tol(sqrt(strength), 0.03, 0.03 * 0.03);
    ck_assert_double_eq_tol(sqrt(water), 0.02, 0.02 * 0.03);
    ck_assert_double_eq_tol(sqrt(target), 0.5, 0.5 * 0.03);
    free(draw);
}
END_TEST

START_TEST(what_lies_behind_a_skin_varies_and_its_look_as_a_scan_does)
{
    struct client_state state = prior();
    struct skin_fit fit = fitted_skin();
    struct bands measured;
    skin_bare(&fit.skin, &measured);
    struct draw *draw = make(&state, MANY, 3);
    double behind = 0, sum = 0, square = 0, sd = scan_error_sd(measured.value[15]);
    for (size_t j = 0; j < MANY; j++) {
        struct bands bare;
        skin_bare(&draw[j].skin, &bare);
        double error = (bare.value[15] - measured.value[15]) / sd;
        sum += error / MANY;
        square += error * error / MANY;
        double scattering = draw[j].skin.parameters.scattering_per_mm;
        behind += pow(log(scattering) - fit.theta[3], 2) / MANY;
    }
    /* as above: the sequence errs by about (ln n)^2 / n; in the
     * middle band there are level, bow and the next even component */
    ck_assert_double_eq_tol(sum, 0, 0.02);
    ck_assert_double_eq_tol(square, 0.8204 + 2 * (0.0311 + 0.0080), 0.03);
    ck_assert_double_eq_tol(behind / fit.covariance[3][3], 1, 0.03);
    free(draw);
}
END_TEST

START_TEST(a_skin_known_by_color_only_varies_in_its_spectrum)
{
    struct client_state state = prior();
    struct skin_fit fit;
    struct weights d65 = example_weights("D65");
    cmsCIELab lab = {64, 7, 14};
    ck_assert_int_eq(skin_fit_lab(&lab, &d65, &fit), STATUS_OK);
    struct draw draw[2];
    ck_assert_int_eq(draws_make(&fit, &state, 2, 3, draw), STATUS_OK);
    struct bands one, other;
    skin_bare(&draw[0].skin, &one);
    skin_bare(&draw[1].skin, &other);
    ck_assert(memcmp(&one, &other, sizeof one) != 0);
    ck_assert_double_eq(draw[0].skin.residual_ratio.value[9], 1);
}
END_TEST

START_TEST(a_reference_skin_has_no_spread)
{
    struct client_state state = prior();
    struct skin_fit fit = {.basis = SKIN_ASSUMED};
    fit.skin = example_treatment(SKIN_DARK, 150).skin;
    struct draw draw[16];
    ck_assert_int_eq(draws_make(&fit, &state, 16, 5, draw), STATUS_OK);
    for (size_t j = 0; j < 16; j++)
        ck_assert_mem_eq(&draw[j].skin, &fit.skin, sizeof fit.skin);
}
END_TEST

START_TEST(the_central_world_is_as_stated)
{
    struct skin_fit fit = fitted_skin();
    struct client_state state = prior();
    state.mean[CLIENT_FILL] = 0.2;
    struct draw central;
    draws_central(&fit, &state, &central);
    ck_assert_double_eq(central.deviation[CLIENT_FILL], 0.2);
    ck_assert_double_eq(central.water, 1);
    ck_assert_double_eq(central.target_lab[2], 0);
    struct treatment usual = example_treatment(SKIN_LIGHT, 150), there;
    draw_treatment(&central, &usual, &there);
    ck_assert_double_eq_tol(there.technique.fill_fraction, 0.15 * exp(0.2), 1e-15);
    ck_assert_mem_eq(&there.skin.residual_ratio, &fit.skin.residual_ratio,
                     sizeof fit.skin.residual_ratio);
    double intended[] = {0.05, 0.1}, poured[2];
    draw_pour(&central, intended, 2, poured);
    ck_assert_double_eq_tol(poured[0], 0.05, 1e-15);
    ck_assert_double_eq_tol(poured[1], 0.1, 1e-15);
}
END_TEST

START_TEST(what_was_learned_of_the_skin_is_in_the_central_world)
{
    struct skin_fit fit = fitted_skin();
    struct client_state state = prior();
    struct bands measured, bare;
    struct draw central;
    skin_bare(&fit.skin, &measured);
    state.mean[CLIENT_BARE] = 1;
    state.mean[CLIENT_SKIN] = -2;
    draws_central(&fit, &state, &central);
    skin_bare(&central.skin, &bare);
    /* the level is 0.9058 of an error */
    ck_assert_double_eq_tol(
        bare.value[15], measured.value[15] + 0.9058 * scan_error_sd(measured.value[15]),
        1e-12);
    /* the first column of a Cholesky factor begins with the sd */
    ck_assert_double_eq_tol(log(central.skin.parameters.melanosome_fraction),
                            fit.theta[0] - 2 * sqrt(fit.covariance[0][0]), 1e-12);
}
END_TEST

START_TEST(larger_drops_make_a_stronger_mix_and_more_of_it)
{
    struct draw draw = {.drop = {1.1, 1}, .strength = {1, 0.9}, .water = 1};
    double intended[] = {0.2, 0.3}, poured[2];
    draw_pour(&draw, intended, 2, poured);
    ck_assert_double_eq_tol(poured[0], 0.22 / 1.02, 1e-15);
    ck_assert_double_eq_tol(poured[1], 0.9 * 0.3 / 1.02, 1e-15);
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused)
{
    struct skin_fit fit = fitted_skin();
    struct client_state state = prior();
    struct draw draw = {.water = 7};
    ck_assert_int_eq(draws_make(&fit, &state, 0, 1, &draw), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(draws_make(&fit, &state, DRAWS_MAX + 1, 1, &draw),
                     STATUS_OUT_OF_RANGE);
    state.covariance[CLIENT_LOSS][CLIENT_LOSS] = -1;
    ck_assert_int_eq(draws_make(&fit, &state, 1, 1, &draw), STATUS_BAD_DATA);
    state.covariance[CLIENT_LOSS][CLIENT_LOSS] = NAN;
    ck_assert_int_eq(draws_make(&fit, &state, 1, 1, &draw), STATUS_BAD_DATA);
    ck_assert_double_eq(draw.water, 7);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("draws");
    TCase *tc = tcase_create("draws");
    tcase_add_test(tc, the_same_seed_gives_the_same_draws_and_more_begin_with_fewer);
    tcase_add_test(tc, draws_have_the_mean_and_covariance_of_the_state);
    tcase_add_test(tc, pouring_and_target_vary_as_stated);
    tcase_add_test(tc, what_lies_behind_a_skin_varies_and_its_look_as_a_scan_does);
    tcase_add_test(tc, a_skin_known_by_color_only_varies_in_its_spectrum);
    tcase_add_test(tc, a_reference_skin_has_no_spread);
    tcase_add_test(tc, the_central_world_is_as_stated);
    tcase_add_test(tc, what_was_learned_of_the_skin_is_in_the_central_world);
    tcase_add_test(tc, larger_drops_make_a_stronger_mix_and_more_of_it);
    tcase_add_test(tc, what_cannot_be_drawn_is_refused);
    suite_add_tcase(s, tc);
    return s;
}
