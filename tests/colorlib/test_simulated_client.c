/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/simulated_client.h"

#include <math.h>
#include <string.h>

#include "colorlib/followup.h"
#include "colorlib/scan_error.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { MANY = 2000 };

static const struct simulated_reading perfect = {.placements = 1, .aperture_mm = 8};

static struct client_state prior(void)
{
    struct technique technique = example_treatment(SKIN_LIGHT, 150).technique;
    struct client_state state;
    client_state_prior(&technique, CLIENT_SCALP, &state);
    return state;
}

static struct simulated_client client_of(enum skin_reference reference, uint64_t seed)
{
    struct skin_fit skin;
    struct client_state state = prior();
    struct simulated_client client;
    simulated_client_skin(reference, seed, &skin);
    ck_assert_int_eq(simulated_client_make(&skin, &state, seed, &client), STATUS_OK);
    return client;
}

static struct mixture one_to_nineteen(const struct pigment *pigment)
{
    return (struct mixture){.count = 1, .pigment = {pigment}, .concentration = {0.05}};
}

/* -- what is true ------------------------------------------------------------ */

START_TEST(the_same_seed_is_the_same_client_and_another_seed_another)
{
    struct simulated_client one = client_of(SKIN_TAN, 7), same = client_of(SKIN_TAN, 7);
    ck_assert_mem_eq(&one.skin, &same.skin, sizeof one.skin);
    ck_assert_mem_eq(one.deviation, same.deviation, sizeof one.deviation);
    /* seeds that differ above 32 bits only, and neighbours */
    uint64_t others[] = {8, 7 + (UINT64_C(1) << 32)};
    for (size_t i = 0; i < 2; i++) {
        struct simulated_client other = client_of(SKIN_TAN, others[i]);
        ck_assert(one.deviation[CLIENT_FILL] != other.deviation[CLIENT_FILL]);
        ck_assert(one.skin.parameters.melanosome_fraction !=
                  other.skin.parameters.melanosome_fraction);
    }
}
END_TEST

START_TEST(clients_over_many_seeds_have_the_moments_of_the_state)
{
    struct client_state state = prior();
    double sum[CLIENT_COMPONENTS] = {0}, square[CLIENT_COMPONENTS] = {0};
    double melanin = 0, melanin_square = 0, product = 0;
    for (uint64_t seed = 0; seed < MANY; seed++) {
        struct simulated_client client = client_of(SKIN_LIGHT, seed);
        double f = log(client.skin.parameters.melanosome_fraction / 0.010) / 0.3;
        melanin += f;
        melanin_square += f * f;
        product +=
            f * client.deviation[CLIENT_FILL] / client_state_sd(&state, CLIENT_FILL);
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
            double z =
                client.deviation[k] / client_state_sd(&state, (enum client_component)k);
            sum[k] += z;
            square[k] += z * z;
        }
    }
    /* four standard errors of a mean and of a variance of standard normal numbers */
    const double mean_error = 4 / sqrt(MANY), square_error = 4 * sqrt(2.0 / MANY);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        ck_assert_double_eq_tol(sum[k] / MANY, 0, mean_error);
        ck_assert_double_eq_tol(square[k] / MANY, 1, square_error);
    }
    ck_assert_double_eq_tol(melanin / MANY, 0, mean_error);
    ck_assert_double_eq_tol(melanin_square / MANY, 1, square_error);
    ck_assert_double_eq_tol(product / MANY, 0, mean_error);
}
END_TEST

START_TEST(a_bottle_is_the_same_in_every_batch_and_the_water_is_not)
{
    struct simulated_client client = client_of(SKIN_LIGHT, 3);
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture both = {
        .count = 2, .pigment = {&pigment[0], &pigment[1]}, .concentration = {0.02, 0.03}};
    struct mixture swapped = {
        .count = 2, .pigment = {&pigment[1], &pigment[0]}, .concentration = {0.03, 0.02}};
    struct mixture first, second, again;
    simulated_client_pour(&client, 0, &both, &first);
    simulated_client_pour(&client, 0, &swapped, &second);
    ck_assert_double_eq_tol(first.concentration[0], second.concentration[1], 1e-15);
    ck_assert_double_eq_tol(first.concentration[1], second.concentration[0], 1e-15);
    simulated_client_pour(&client, 1, &both, &again);
    ck_assert(first.concentration[0] != again.concentration[0]);
    ck_assert_double_eq_tol(again.concentration[0] / again.concentration[1],
                            first.concentration[0] / first.concentration[1], 1e-12);
}
END_TEST

START_TEST(what_is_poured_has_the_stated_spread)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture intended = one_to_nineteen(&pigment[0]), poured;
    double square = 0;
    for (uint64_t seed = 0; seed < MANY; seed++) {
        struct simulated_client client = {.seed = seed};
        simulated_client_pour(&client, 0, &intended, &poured);
        square += pow(log(poured.concentration[0] / 0.05), 2);
    }
    /* drop 5 % and water 2 %, each on the 19 parts of 20 that are the other, and the
     * strength's 3 %; four standard errors */
    double variance = pow(0.95 * 0.05, 2) + pow(0.95 * 0.02, 2) + pow(0.03, 2);
    ck_assert_double_eq_tol(square / MANY / variance, 1, 4 * sqrt(2.0 / MANY));
}
END_TEST

START_TEST(a_treatment_in_a_client_has_its_skin_deviations_and_what_was_poured)
{
    struct simulated_client client = client_of(SKIN_DARK, 5);
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture intended = one_to_nineteen(&pigment[0]), poured;
    struct treatment first = example_treatment(SKIN_LIGHT, 60), second, truth;
    ck_assert_int_eq(treatment_next(&first, &intended, 0.04, &first.technique, &second),
                     STATUS_OK);
    simulated_client_treatment(&client, &second, &truth);
    simulated_client_pour(&client, 0, &intended, &poured);
    ck_assert_double_eq(truth.earlier[0].mixture.concentration[0],
                        poured.concentration[0]);
    ck_assert_double_eq_tol(truth.earlier[0].fill_fraction,
                            0.15 * exp(client.deviation[CLIENT_FILL]), 1e-15);
    ck_assert_double_eq_tol(truth.technique.density_per_cm2,
                            60 * exp(client.deviation[CLIENT_DENSITY]), 1e-12);
    ck_assert_mem_eq(&truth.skin, &client.skin, sizeof truth.skin);
}
END_TEST

/* -- what an instrument sees ------------------------------------------------- */

START_TEST(a_perfect_instrument_sees_what_the_model_says)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of(SKIN_TAN, 2);
    struct hair hair = {.absorption_scale = 8,
                        .density_per_cm2 = 180,
                        .diameter_mm = 0.07,
                        .depth_mm = 1.5,
                        .length_mm = 0.3};
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = one_to_nineteen(&pigment[0]);
    struct treatment usual = example_treatment(SKIN_TAN, 150), truth;
    simulated_client_treatment(&client, &usual, &truth);
    struct bands bare, target, healed;
    skin_bare(&client.skin, &bare);
    ck_assert_int_eq(stubble_reflectance(&client.skin, &hair, &target), STATUS_OK);
    treatment_reflectance(&truth, &mixture, 0.115, &healed);

    struct placements scan[3];
    ck_assert_int_eq(simulated_client_scan_bare(&client, &perfect, &d65, &scan[0]),
                     STATUS_OK);
    ck_assert_int_eq(simulated_client_scan_hair(&client, &hair, &perfect, &d65, &scan[1]),
                     STATUS_OK);
    ck_assert_int_eq(simulated_client_scan_treated(&client, &truth, &mixture, 0.115,
                                                   &perfect, &d65, &scan[2]),
                     STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq(scan[0].median.value[i], bare.value[i]);
        ck_assert_double_eq(scan[1].median.value[i], target.value[i]);
        ck_assert_double_eq(scan[2].median.value[i], healed.value[i]);
    }
}
END_TEST

START_TEST(scans_err_as_stated)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of((enum skin_reference)_i, 1);
    struct bands bare;
    skin_bare(&client.skin, &bare);
    cmsCIELab truth = colorimetry_reflectance_lab(&d65, bare.value);
    double lab[3] = {0}, band = 0, sd = scan_error_sd(bare.value[15]);
    struct simulated_reading reading = simulated_reading_default;
    for (reading.number = 0; reading.number < MANY; reading.number++) {
        struct placements scan;
        ck_assert_int_eq(simulated_client_scan_bare(&client, &reading, &d65, &scan),
                         STATUS_OK);
        cmsCIELab seen = colorimetry_reflectance_lab(&d65, scan.median.value);
        lab[0] += pow(seen.L - truth.L, 2);
        lab[1] += pow(seen.a - truth.a, 2);
        lab[2] += pow(seen.b - truth.b, 2);
        band += pow((scan.median.value[15] - bare.value[15]) / sd, 2);
    }
    /* four standard errors, 13 %, and outliers that placements_combine leaves out */
    ck_assert_double_eq_tol(band / MANY, 1, 0.14);
    /* the repeatability that forecasts reckon with, to a fifth */
    for (size_t k = 0; k < 3; k++)
        ck_assert_double_eq_tol(sqrt(lab[k] / MANY) / scan_error_lab_sd[k], 1, 0.2);
}
END_TEST

START_TEST(dots_differ_between_placements_with_their_number_in_the_aperture)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of(SKIN_LIGHT, 1);
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = one_to_nineteen(&pigment[0]);
    const double aperture[2] = {8, 4};
    double square[2] = {0};
    struct treatment truth = example_treatment(SKIN_LIGHT, 150);
    truth.skin = client.skin; /* and no deviations */
    struct treatment denser = truth;
    denser.technique.density_per_cm2 *= exp(0.01);
    struct bands one, other;
    treatment_reflectance(&truth, &mixture, 0.115, &one);
    treatment_reflectance(&denser, &mixture, 0.115, &other);
    double slope = log(other.value[15] / one.value[15]) / 0.01;
    for (size_t a = 0; a < 2; a++)
        for (uint64_t number = 0; number < MANY; number++) {
            /* a hundredth of the noise: the slope is that of small changes */
            struct simulated_reading reading = {number, 1, aperture[a], 0.01};
            struct placements scan;
            ck_assert_int_eq(simulated_client_scan_treated(&client, &truth, &mixture,
                                                           0.115, &reading, &d65, &scan),
                             STATUS_OK);
            square[a] += pow(log(scan.median.value[15] / one.value[15]) / 0.01, 2);
        }
    for (size_t a = 0; a < 2; a++) {
        double sampling = followup_sampling_sd(150, aperture[a], 1);
        double error = scan_error_sd(one.value[15]) / one.value[15];
        double expected = pow(slope * sampling, 2) + (2 - 0.2868) * error * error;
        /* four standard errors */
        ck_assert_double_eq_tol(square[a] / MANY / expected, 1, 4 * sqrt(2.0 / MANY));
    }
}
END_TEST

START_TEST(a_scan_of_healing_skin_has_twice_the_noise)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of(SKIN_LIGHT, 1);
    struct pigment pigment[2];
    example_pigments(pigment);
    struct mixture mixture = one_to_nineteen(&pigment[0]);
    struct treatment truth = example_treatment(SKIN_LIGHT, 0);
    truth.skin = client.skin; /* no dots, so that noise alone varies */
    struct bands bare;
    skin_bare(&client.skin, &bare);
    const double days[2] = {14, 42};
    double error[2];
    for (size_t k = 0; k < 2; k++) {
        struct placements scan;
        ck_assert_int_eq(
            simulated_client_scan_treated(&client, &truth, &mixture, days[k] / 365.25,
                                          &simulated_reading_default, &d65, &scan),
            STATUS_OK);
        error[k] = scan.median.value[15] - bare.value[15];
    }
    ck_assert(fabs(error[1]) > 1e-5);
    /* the sd is that of the placement, whose error is in it: to first order */
    ck_assert_double_eq_tol(error[0] / error[1], 2, 0.05);
}
END_TEST

START_TEST(a_visit_is_reproduced_and_another_is_not)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of(SKIN_LIGHT, 9);
    struct simulated_reading reading = simulated_reading_default, next = reading;
    next.number = 1;
    struct placements one, same, other;
    ck_assert_int_eq(simulated_client_scan_bare(&client, &reading, &d65, &one), 0);
    ck_assert_int_eq(simulated_client_scan_bare(&client, &reading, &d65, &same), 0);
    ck_assert_int_eq(simulated_client_scan_bare(&client, &next, &d65, &other), 0);
    ck_assert_uint_eq(one.count, 5);
    ck_assert(one.mean_ciede2000 > 0);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq(one.median.value[i], same.median.value[i]);
    ck_assert(one.median.value[15] != other.median.value[15]);
}
END_TEST

START_TEST(what_cannot_be_simulated_is_refused)
{
    struct weights d65 = example_weights("D65");
    struct simulated_client client = client_of(SKIN_LIGHT, 1), untouched = client;
    struct placements scan = {.count = 7};
    struct simulated_reading reading = {.placements = 0, .aperture_mm = 8};
    ck_assert_int_eq(simulated_client_scan_bare(&client, &reading, &d65, &scan),
                     STATUS_OUT_OF_RANGE);
    reading.placements = PLACEMENTS_MAX + 1;
    ck_assert_int_eq(simulated_client_scan_bare(&client, &reading, &d65, &scan),
                     STATUS_OUT_OF_RANGE);
    struct hair thick = {.absorption_scale = 8,
                         .density_per_cm2 = 2000,
                         .diameter_mm = 0.2,
                         .depth_mm = 1.5,
                         .length_mm = 0.3};
    ck_assert_int_eq(simulated_client_scan_hair(&client, &thick,
                                                &simulated_reading_default, &d65, &scan),
                     STATUS_REJECTED);
    ck_assert_uint_eq(scan.count, 7);
    struct client_state state = prior();
    struct skin_fit skin;
    simulated_client_skin(SKIN_LIGHT, 1, &skin);
    state.covariance[CLIENT_LOSS][CLIENT_LOSS] = -1;
    ck_assert_int_eq(simulated_client_make(&skin, &state, 2, &client), STATUS_BAD_DATA);
    ck_assert_double_eq(client.deviation[0], untouched.deviation[0]);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("simulated_client");
    TCase *tc = tcase_create("simulated_client");
    tcase_add_test(tc, the_same_seed_is_the_same_client_and_another_seed_another);
    tcase_add_test(tc, clients_over_many_seeds_have_the_moments_of_the_state);
    tcase_add_test(tc, a_bottle_is_the_same_in_every_batch_and_the_water_is_not);
    tcase_add_test(tc, what_is_poured_has_the_stated_spread);
    tcase_add_test(tc,
                   a_treatment_in_a_client_has_its_skin_deviations_and_what_was_poured);
    tcase_add_test(tc, a_perfect_instrument_sees_what_the_model_says);
    tcase_add_loop_test(tc, scans_err_as_stated, SKIN_LIGHT, SKIN_DARK + 1);
    tcase_add_test(tc, dots_differ_between_placements_with_their_number_in_the_aperture);
    tcase_add_test(tc, a_scan_of_healing_skin_has_twice_the_noise);
    tcase_add_test(tc, a_visit_is_reproduced_and_another_is_not);
    tcase_add_test(tc, what_cannot_be_simulated_is_refused);
    suite_add_tcase(s, tc);
    return s;
}
