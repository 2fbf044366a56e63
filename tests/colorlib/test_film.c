/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/film.h"
#include "tests/runner.h"

/* Nothing between the film and the air, as in the colour note's check values. */
static const struct drawdown_view bare = {.specular = SURFACE_SPECULAR_EXCLUDED};

/* Glass of index 1.5, both ways of reading. */
static const struct drawdown_view views[] = {
    {{0.040, 0.597}, SURFACE_SPECULAR_INCLUDED},
    {{0.040, 0.597}, SURFACE_SPECULAR_EXCLUDED},
};

static const struct drawdown_noise none = {0}, fine = {.share = 0.002};

static struct bands flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

/* A film with a K that falls and an S that rises by wavelength about the values given. */
static struct colorant liquid(double K, double S)
{
    struct colorant liquid;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        liquid.K.value[i] = K * (1.5 - (double)i / BAND_COUNT);
        liquid.S.value[i] = S * (0.8 + 0.4 * (double)i / BAND_COUNT);
    }
    return liquid;
}

static struct film_pair pair_of(const struct colorant *liquid, double thickness_mm,
                                const struct drawdown_view *view)
{
    struct drawdown light = {thickness_mm, flat(0.80)}, dark = {thickness_mm, flat(0.06)};
    struct film_pair pair = {
        .light = light.background, .dark = dark.background, .thickness_mm = thickness_mm};
    drawdown_reflectance(liquid, &light, view, &pair.over_light);
    drawdown_reflectance(liquid, &dark, view, &pair.over_dark);
    return pair;
}

static void add_noise(gsl_rng *rng, const struct drawdown_noise *noise,
                      struct bands *reflectance)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        reflectance->value[i] +=
            gsl_ran_gaussian(rng, drawdown_deviation(noise, reflectance->value[i]));
}

static struct film_pair noisy(gsl_rng *rng, const struct drawdown_noise *noise,
                              struct film_pair pair)
{
    add_noise(rng, noise, &pair.over_light);
    add_noise(rng, noise, &pair.over_dark);
    add_noise(rng, noise, &pair.light);
    add_noise(rng, noise, &pair.dark);
    return pair;
}

static struct film inverted(const struct film_pair *pair,
                            const struct drawdown_view *view,
                            const struct drawdown_noise *noise)
{
    struct film film;
    ck_assert_int_eq(film_invert(pair, view, noise, &film), STATUS_OK);
    return film;
}

START_TEST(the_colour_notes_pair_gives_its_film)
{
    /* 14.1, rows 3 and 6: K 12, S 8, X 0.1 over 0.85 and 0.05 */
    struct film_pair pair = {flat(0.2277042), flat(0.2047853), flat(0.85), flat(0.05),
                             0.1};
    struct film film = inverted(&pair, &bare, &none);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_int_eq(film.band[i].how, FILM_EXACT);
        /* seven printed digits over a contrast of 0.02 */
        ck_assert_double_eq_tol(film.band[i].K, 12, 1e-4);
        ck_assert_double_eq_tol(film.band[i].S, 8, 1e-4);
    }
}
END_TEST

START_TEST(a_film_under_glass_is_found_from_either_reading)
{
    struct colorant truth = liquid(9, 4);
    struct film_pair pair = pair_of(&truth, 0.05, &views[_i]);
    struct film film = inverted(&pair, &views[_i], &none);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        /* rounding over the contrast that is left */
        ck_assert_double_eq_tol(film.band[i].K, truth.K.value[i], 1e-8);
        ck_assert_double_eq_tol(film.band[i].S, truth.S.value[i], 1e-8);
    }
}
END_TEST

/* K and S, mm^-1, of films of 0.1 mm: from hardly a tint to nearly hiding. */
static const double strengths[][2] = {{0.5, 0.5}, {5, 0.5}, {2, 8}, {10, 2}, {10, 8}};

START_TEST(the_deviations_are_those_that_noise_brings_about)
{
    enum { FILMS = 200 };
    struct colorant truth = liquid(strengths[_i][0], strengths[_i][1]);
    struct film_pair pair = pair_of(&truth, 0.1, &views[0]);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    size_t K_inside = 0, S_inside = 0, count = 0;
    for (int n = 0; n < FILMS; n++) {
        struct film_pair read = noisy(rng, &fine, pair);
        struct film film = inverted(&read, &views[0], &fine);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            const struct film_band *band = &film.band[i];
            ck_assert_int_eq(band->how, FILM_EXACT);
            K_inside += fabs(band->K - truth.K.value[i]) < 1.96 * band->K_deviation;
            S_inside += fabs(band->S - truth.S.value[i]) < 1.96 * band->S_deviation;
            count++;
        }
    }
    gsl_rng_free(rng);
    printf("film of K %g, S %g: %.1f %% of K and %.1f %% of S within 1.96 deviations\n",
           strengths[_i][0], strengths[_i][1], 100.0 * (double)K_inside / (double)count,
           100.0 * (double)S_inside / (double)count);
    /* 6200 cases: 95 % is known to 0.3 %; the rest is what is not linear */
    ck_assert_double_eq_tol((double)K_inside / (double)count, 0.95, 0.015);
    ck_assert_double_eq_tol((double)S_inside / (double)count, 0.95, 0.015);
}
END_TEST

START_TEST(scattering_that_noise_hides_is_set_aside)
{
    /* 1:100 of carbon stock, 5.2: KX 1.1, S = 0 */
    struct colorant truth = liquid(22, 0);
    struct film_pair pair = pair_of(&truth, 0.05, &views[0]);
    struct drawdown light = {0.05, pair.light};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct film_pair read = noisy(rng, &fine, pair);
    gsl_rng_free(rng);
    struct film film = inverted(&read, &views[0], &fine);
    size_t black = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        black += film.band[i].how == FILM_BLACK;
        /* five deviations: none of 31 is beyond */
        ck_assert_double_eq_tol(film.band[i].K, truth.K.value[i],
                                5 * film.band[i].K_deviation);
        ck_assert_double_le(film.band[i].S, 5 * film.band[i].S_deviation);
    }
    ck_assert_uint_ge(black, BAND_COUNT / 2);

    struct colorant found = {.K = {{0}}};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        found.K.value[i] = film.band[i].K;
        found.S.value[i] = film.band[i].S;
    }
    struct bands again;
    drawdown_reflectance(&found, &light, &views[0], &again);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(again.value[i], read.over_light.value[i], 0.01);
}
END_TEST

START_TEST(a_film_blacker_than_any_takes_its_scattering_from_its_neighbours)
{
    struct colorant truth = liquid(10, 4);
    struct film_pair pair = pair_of(&truth, 0.05, &bare);
    /* darker than the backing seen through a film without scattering, within noise */
    pair.over_dark.value[12] = 0.015;
    struct film film = inverted(&pair, &bare, &(struct drawdown_noise){0.03, 0});
    ck_assert_int_eq(film.band[11].how, FILM_EXACT);
    ck_assert_int_eq(film.band[12].how, FILM_BLACK);
    ck_assert_double_eq_tol(film.band[12].S, (film.band[11].S + film.band[13].S) / 2,
                            1e-12);
    /* S is even in wavelength here, so that the neighbours have the truth */
    ck_assert_double_eq_tol(film.band[12].K, truth.K.value[12], 1e-6);
}
END_TEST

START_TEST(a_white_film_need_not_gain_light)
{
    struct colorant truth = liquid(0, 40);
    struct film_pair pair = pair_of(&truth, 0.05, &views[0]);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int n = 0; n < 50; n++) {
        struct film_pair read = noisy(rng, &fine, pair);
        struct film film = inverted(&read, &views[0], &fine);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            ck_assert(film.band[i].how == FILM_WHITE || film.band[i].how == FILM_EXACT);
            ck_assert_double_ge(film.band[i].K, 0);
            ck_assert_double_le(film.band[i].K, 5 * film.band[i].K_deviation);
            ck_assert_double_eq_tol(film.band[i].S, truth.S.value[i],
                                    5 * film.band[i].S_deviation);
        }
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(what_is_left_of_a_film_in_noise_is_as_often_below_zero)
{
    enum { FILMS = 400 };
    struct colorant truth = liquid(0.005, 0.003);
    struct film_pair pair = pair_of(&truth, 0.05, &views[0]);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double sum = 0, variance = 0;
    size_t negative = 0, clear = 0;
    for (int n = 0; n < FILMS; n++) {
        struct film_pair read = noisy(rng, &fine, pair);
        struct film film = inverted(&read, &views[0], &fine);
        if (film.band[5].how != FILM_CLEAR)
            continue;
        clear++;
        negative += film.band[5].K < 0;
        sum += film.band[5].K;
        variance = film.band[5].K_deviation * film.band[5].K_deviation;
    }
    gsl_rng_free(rng);
    ck_assert_uint_gt(clear, FILMS * 8 / 10);
    ck_assert_uint_gt(negative, clear / 4);
    /* four deviations of the mean */
    ck_assert_double_eq_tol(sum / (double)clear, truth.K.value[5],
                            4 * sqrt(variance / (double)clear));
}
END_TEST

START_TEST(an_opaque_film_tells_the_ratio_alone)
{
    struct colorant truth = liquid(40, 80);
    struct film_pair pair = pair_of(&truth, 2, &views[0]);
    struct film film = inverted(&pair, &views[0], &fine);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_int_eq(film.band[i].how, FILM_OPAQUE);
        ck_assert(isinf(film.band[i].K_deviation) && isinf(film.band[i].S_deviation));
        ck_assert_double_eq_tol(film.band[i].ratio, truth.K.value[i] / truth.S.value[i],
                                1e-9);
    }
}
END_TEST

START_TEST(a_film_that_gains_light_is_rejected)
{
    struct film film;
    struct film_pair pair = {flat(0.9), flat(0.1), flat(0.8), flat(0.06), 0.05};
    ck_assert_int_eq(film_invert(&pair, &bare, &fine, &film), STATUS_REJECTED);
    pair.over_light = flat(0.3); /* lighter over black than over white */
    pair.over_dark = flat(0.5);
    ck_assert_int_eq(film_invert(&pair, &bare, &fine, &film), STATUS_REJECTED);
}
END_TEST

START_TEST(one_impossible_band_does_not_spoil_a_film)
{
    struct colorant truth = liquid(9, 4);
    struct film_pair pair = pair_of(&truth, 0.05, &views[0]);
    pair.over_light.value[3] = 0.95;
    struct film film = inverted(&pair, &views[0], &fine);
    ck_assert_int_eq(film.band[3].how, FILM_FAILED);
    ck_assert(isinf(film.band[3].K_deviation));
    ck_assert_int_eq(film.band[4].how, FILM_EXACT);
}
END_TEST

static const struct {
    double over_light, over_dark, light, dark, thickness_mm;
} malformed[] = {
    {NAN, 0.1, 0.8, 0.06, 0.1}, {0.3, 1.6, 0.8, 0.06, 0.1}, {0.3, 0.1, INFINITY, 0.06, 1},
    {0.3, 0.1, 0.8, -0.1, 0.1}, {0.3, 0.1, 0.06, 0.8, 0.1}, {0.3, 0.1, 0.8, 0.06, 0},
    {0.3, 0.1, 0.8, 0.06, NAN}, {0.3, 0.1, 0.8, 0.06, 10},
};

START_TEST(malformed_readings_are_bad_data)
{
    struct film film;
    struct film_pair pair = {flat(malformed[_i].over_light),
                             flat(malformed[_i].over_dark), flat(malformed[_i].light),
                             flat(malformed[_i].dark), malformed[_i].thickness_mm};
    ck_assert_int_eq(film_invert(&pair, &bare, &fine, &film), STATUS_BAD_DATA);
}
END_TEST

START_TEST(the_contrast_ratio_is_dark_over_light)
{
    struct film_pair pair = {flat(0.6), flat(0.45), flat(0.8), flat(0.06), 0.1};
    struct bands weights = flat(1.0 / BAND_COUNT);
    ck_assert_double_eq_tol(film_contrast_ratio(&pair, weights.value), 0.75, 1e-15);
}
END_TEST

Suite *suite(void)
{
    TCase *exact = tcase_create("exact");
    tcase_add_test(exact, the_colour_notes_pair_gives_its_film);
    tcase_add_loop_test(exact, a_film_under_glass_is_found_from_either_reading, 0, 2);
    TCase *noise = tcase_create("noise");
    tcase_add_loop_test(noise, the_deviations_are_those_that_noise_brings_about, 0,
                        sizeof strengths / sizeof strengths[0]);
    tcase_add_test(noise, scattering_that_noise_hides_is_set_aside);
    tcase_add_test(noise,
                   a_film_blacker_than_any_takes_its_scattering_from_its_neighbours);
    tcase_add_test(noise, a_white_film_need_not_gain_light);
    tcase_add_test(noise, what_is_left_of_a_film_in_noise_is_as_often_below_zero);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, an_opaque_film_tells_the_ratio_alone);
    tcase_add_test(limits, a_film_that_gains_light_is_rejected);
    tcase_add_test(limits, one_impossible_band_does_not_spoil_a_film);
    tcase_add_loop_test(limits, malformed_readings_are_bad_data, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_test(limits, the_contrast_ratio_is_dark_over_light);
    Suite *s = suite_create("film");
    suite_add_tcase(s, exact);
    suite_add_tcase(s, noise);
    suite_add_tcase(s, limits);
    return s;
}
