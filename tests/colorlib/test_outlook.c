/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/outlook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* All that an outlook is made from; make_scene fills it. */
struct scene {
    struct pigment pigments[2];
    struct mixture mixture;
    struct treatment usual;
    struct bands target;
    struct weights weights;
    struct forecast forecast;
    struct skin_fit skin;
    struct client_state state;
    struct draw *draw;
    size_t draws;
};

/* Carbon 1:n in hair of one kind on a reference client. */
struct work {
    enum skin_reference skin;
    double absorption_scale;
    double density_per_cm2;
    double n;
};

static const struct work black_on_light = {SKIN_LIGHT, 8, 150, 19};

enum { AGES = 5 };
static const double ages[AGES] = {0, FORECAST_HEALED_YEARS, 1, 3, 5};
static const double horizon = 3;

static void make_scene(const struct work *work, struct scene *scene)
{
    *scene = (struct scene){.weights = example_weights("D65")};
    example_pigments(scene->pigments);
    scene->usual = example_treatment(work->skin, work->density_per_cm2);
    scene->target = example_target(&scene->usual.skin, work->absorption_scale);
    scene->mixture = (struct mixture){1, {&scene->pigments[0]}, {1 / (1 + work->n)}};
    scene->forecast = (struct forecast){.treatment = &scene->usual,
                                        .mixture = &scene->mixture,
                                        .target = &scene->target,
                                        .weights = &scene->weights};
    scene->skin = (struct skin_fit){.skin = scene->usual.skin, .basis = SKIN_ASSUMED};
    client_state_prior(&scene->usual.technique, CLIENT_SCALP, &scene->state);
}

static void draw_scene(struct scene *scene, size_t draws, uint64_t seed)
{
    free(scene->draw);
    scene->draw = malloc(draws * sizeof *scene->draw);
    ck_assert_ptr_nonnull(scene->draw);
    scene->draws = draws;
    ck_assert_int_eq(draws_make(&scene->skin, &scene->state, draws, seed, scene->draw),
                     STATUS_OK);
}

static struct outlook look(const struct scene *scene)
{
    struct outlook outlook;
    ck_assert_int_eq(outlook_make(&scene->forecast, scene->draw, scene->draws, ages, AGES,
                                  horizon, &outlook),
                     STATUS_OK);
    return outlook;
}

/* Leaves the state as what alone varies. */
static void pour_exactly(struct scene *scene)
{
    for (size_t j = 0; j < scene->draws; j++) {
        struct draw *draw = &scene->draw[j];
        for (size_t k = 0; k < MIXTURE_MAX; k++)
            draw->drop[k] = draw->strength[k] = 1;
        draw->water = 1;
        memset(draw->target_lab, 0, sizeof draw->target_lab);
    }
}

/* Touch-up by contrast alone, k = 0.13, ln k (sd 0.30) and ln D (sd 0.5) vary, 512 Sobol
 * draws; +-0.2 granted, for the draws are not the reference's. */
static const struct {
    struct work work;
    double nominal, p10, p50, p90;
} touch_ups[] = {
    {{SKIN_LIGHT, 8, 150, 19}, 4.5, 2.9, 4.5, 6.9},
    {{SKIN_LIGHT, 4, 140, 20}, 4.3, 2.8, 4.3, 6.6},
    {{SKIN_LIGHT, 1.3, 120, 35}, 3.2, 2.1, 3.25, 4.9},
    {{SKIN_TAN, 8, 150, 19}, 4.3, 2.8, 4.35, 6.7},
    {{SKIN_DARK, 8, 180, 25}, 3.9, 2.6, 3.9, 6.0},
};

START_TEST(the_touch_up_has_the_interval_of_the_reference)
{
    struct scene scene;
    struct quantiles years;
    make_scene(&touch_ups[_i].work, &scene);
    scene.pigments[0].fade.biological_per_year = 0.13;
    scene.pigments[0].fade.ultraviolet_per_year = 0;
    scene.state = (struct client_state){0};
    scene.state.covariance[CLIENT_LOSS][CLIENT_LOSS] = 0.30 * 0.30;
    scene.state.covariance[CLIENT_SPREADING][CLIENT_SPREADING] = 0.5 * 0.5;
    draw_scene(&scene, 512, 1);
    pour_exactly(&scene);
    ck_assert_int_eq(outlook_date(&scene.forecast, scene.draw, scene.draws,
                                  forecast_contrast_years, &years),
                     STATUS_OK);
    ck_assert_double_eq_tol(forecast_contrast_years(&scene.forecast),
                            touch_ups[_i].nominal, 0.2);
    ck_assert_double_eq_tol(years.p10, touch_ups[_i].p10, 0.2);
    ck_assert_double_eq_tol(years.p50, touch_ups[_i].p50, 0.2);
    ck_assert_double_eq_tol(years.p90, touch_ups[_i].p90, 0.2);
    free(scene.draw);
}
END_TEST

/* Whether a touch-up is due at an age, as its definition has it. */
static int is_due(const struct forecast *forecast, const struct forecast_point *healed,
                  double years)
{
    struct forecast_point now = forecast_at(forecast, years);
    return now.contrast < 0.75 * fmin(1, healed->contrast) ||
           now.ciede2000 > fmax(3.5, healed->ciede2000 + 1.5);
}

START_TEST(no_touch_up_is_due_before_the_first)
{
    struct scene scene;
    make_scene(&touch_ups[_i].work, &scene);
    draw_scene(&scene, 64, 1);
    for (size_t j = 0; j < scene.draws; j++) {
        struct treatment treatment;
        struct forecast forecast = scene.forecast;
        draw_treatment(&scene.draw[j], &scene.usual, &treatment);
        forecast.treatment = &treatment;
        double first = forecast_touch_up_years(&forecast);
        struct forecast_point healed = forecast_at(&forecast, FORECAST_HEALED_YEARS);
        for (double years = FORECAST_HEALED_YEARS;
             years < fmin(first, FORECAST_LIMIT_YEARS) - 1e-3; years += 1.0 / 24)
            ck_assert(!is_due(&forecast, &healed, years));
        if (first < FORECAST_LIMIT_YEARS)
            ck_assert(is_due(&forecast, &healed, first));
    }
    free(scene.draw);
}
END_TEST

static void check_equal(struct quantiles quantiles, double value)
{
    /* pouring divides volumes that add up to 1 */
    const double tolerance = 1e-9;
    ck_assert_double_eq_tol(quantiles.p10, value, tolerance);
    ck_assert_double_eq_tol(quantiles.p50, value, tolerance);
    ck_assert_double_eq_tol(quantiles.p90, value, tolerance);
}

START_TEST(without_a_spread_the_outlook_is_the_forecast)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    scene.state = (struct client_state){0};
    draw_scene(&scene, 16, 3);
    pour_exactly(&scene);
    struct outlook outlook = look(&scene);
    for (size_t t = 0; t < AGES; t++) {
        struct forecast_point point = forecast_at(&scene.forecast, ages[t]);
        ck_assert_double_eq(outlook.point[t].years, ages[t]);
        check_equal(outlook.point[t].lightness, point.lab.L);
        check_equal(outlook.point[t].a, point.lab.a);
        check_equal(outlook.point[t].b, point.lab.b);
        check_equal(outlook.point[t].ciede2000, point.ciede2000);
        check_equal(outlook.point[t].contrast, point.contrast);
    }
    check_equal(outlook.touch_up_years, forecast_touch_up_years(&scene.forecast));
    struct outlook_signs signs = outlook_signs(&scene.forecast, horizon);
    for (size_t s = 0; s < OUTLOOK_SIGNS; s++)
        ck_assert_double_eq(outlook.chance[s], signs.shown[s]);
    free(scene.draw);
}
END_TEST

static void check_order(struct quantiles quantiles)
{
    ck_assert_double_le(quantiles.p10, quantiles.p50);
    ck_assert_double_le(quantiles.p50, quantiles.p90);
}

START_TEST(quantiles_are_ordered_around_the_forecast)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    draw_scene(&scene, 256, 1);
    struct outlook outlook = look(&scene);
    for (size_t t = 0; t < AGES; t++) {
        struct outlook_point *point = &outlook.point[t];
        check_order(point->lightness);
        check_order(point->a);
        check_order(point->b);
        check_order(point->ciede2000);
        check_order(point->contrast);
        double nominal = forecast_at(&scene.forecast, ages[t]).lab.L;
        ck_assert_double_lt(point->lightness.p10, nominal);
        ck_assert_double_gt(point->lightness.p90, nominal);
    }
    check_order(outlook.touch_up_years);
    free(scene.draw);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_outlook)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    draw_scene(&scene, 64, 5);
    struct outlook first = look(&scene);
    draw_scene(&scene, 64, 5);
    struct outlook second = look(&scene);
    draw_scene(&scene, 64, 6);
    struct outlook other = look(&scene);
    ck_assert_mem_eq(first.point, second.point, AGES * sizeof first.point[0]);
    ck_assert_double_eq(first.touch_up_years.p50, second.touch_up_years.p50);
    ck_assert_double_ne(first.touch_up_years.p50, other.touch_up_years.p50);
    free(scene.draw);
}
END_TEST

/* The scalar check of learning: 4.3 of variance from fill, 0.60 from healing, 0.43 from
 * density, of the prior's components. */
START_TEST(the_healed_spread_is_that_of_its_parts)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    struct client_state state = {0};
    const enum client_component parts[] = {CLIENT_FILL, CLIENT_HEALED, CLIENT_DENSITY};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        state.covariance[parts[i]][parts[i]] = scene.state.covariance[parts[i]][parts[i]];
    scene.state = state;
    draw_scene(&scene, 1024, 1);
    pour_exactly(&scene);
    struct quantiles lightness = look(&scene).point[1].lightness;
    /* 1.2816 standard deviations either way; the response bends, so 10 % */
    double expected = 2 * 1.2816 * sqrt(4.3 + 0.60 + 0.43);
    ck_assert_double_eq_tol(lightness.p90 - lightness.p10, expected, 0.1 * expected);
    free(scene.draw);
}
END_TEST

START_TEST(contrast_counts_where_it_is_defined)
{
    struct scene scene;
    /* hair so fair that skin and target hardly differ */
    make_scene(&(struct work){SKIN_LIGHT, 0.3, 150, 60}, &scene);
    draw_scene(&scene, 64, 1);
    struct outlook outlook = look(&scene);
    ck_assert_double_nan(outlook.point[1].contrast.p50);
    check_order(outlook.point[1].lightness);
    free(scene.draw);
}
END_TEST

START_TEST(what_does_not_fade_needs_no_touch_up)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    scene.pigments[0].fade = (struct fade_rates){.healed_fraction = 0.65};
    scene.state = (struct client_state){0};
    draw_scene(&scene, 16, 1);
    pour_exactly(&scene);
    struct quantiles years = look(&scene).touch_up_years;
    ck_assert_double_eq(years.p10, HUGE_VAL);
    ck_assert_double_eq(years.p90, HUGE_VAL);
    free(scene.draw);
}
END_TEST

START_TEST(a_mix_that_is_too_dark_is_darker_in_most_worlds)
{
    struct scene scene;
    make_scene(&(struct work){SKIN_LIGHT, 1.3, 150, 3}, &scene);
    draw_scene(&scene, 256, 1);
    ck_assert_double_gt(look(&scene).point[1].darker, 0.9);
    free(scene.draw);
    make_scene(&(struct work){SKIN_LIGHT, 8, 150, 60}, &scene);
    draw_scene(&scene, 256, 1);
    ck_assert_double_lt(look(&scene).point[1].darker, 0.1);
    free(scene.draw);
}
END_TEST

/* Each sign with a work that shows it and one that does not. */
static const struct {
    enum outlook_sign sign;
    struct work shows, shows_not;
} looks[] = {
    {OUTLOOK_CROWDED, {SKIN_LIGHT, 8, 400, 19}, {SKIN_LIGHT, 8, 300, 19}},
    {OUTLOOK_HELMET, {SKIN_LIGHT, 8, 300, 19}, {SKIN_LIGHT, 8, 150, 19}},
    {OUTLOOK_POINTS, {SKIN_LIGHT, 8, 150, 1}, {SKIN_LIGHT, 8, 150, 19}},
    {OUTLOOK_DUST, {SKIN_LIGHT, 8, 150, 300}, {SKIN_LIGHT, 8, 150, 19}},
};

START_TEST(a_sign_is_shown_where_it_is_to_be_seen)
{
    struct scene scene;
    make_scene(&looks[_i].shows, &scene);
    ck_assert_int_eq(outlook_signs(&scene.forecast, horizon).shown[looks[_i].sign], 1);
    make_scene(&looks[_i].shows_not, &scene);
    ck_assert_int_eq(outlook_signs(&scene.forecast, horizon).shown[looks[_i].sign], 0);
}
END_TEST

START_TEST(dots_blur_with_time)
{
    struct scene scene;
    make_scene(&black_on_light, &scene);
    double years = forecast_helmet_years(&scene.forecast);
    ck_assert_double_lt(years, FORECAST_LIMIT_YEARS);
    /* dates are exact to 1e-4 years */
    ck_assert_int_eq(outlook_signs(&scene.forecast, years - 1e-3).shown[OUTLOOK_BLURRED],
                     0);
    ck_assert_int_eq(outlook_signs(&scene.forecast, years + 1e-3).shown[OUTLOOK_BLURRED],
                     1);
}
END_TEST

/* Yellow that is gone within two years leaves carbon, which is bluer. */
START_TEST(yellow_that_leaves_turns_the_work_blue)
{
    struct scene scene;
    make_scene(&(struct work){SKIN_LIGHT, 1.3, 150, 35}, &scene);
    struct pigment *yellow = &scene.pigments[1];
    for (size_t i = 0; i < BAND_COUNT; i++) {
        yellow->K.value[i] = bands_wavelength_nm(i) < 500 ? 400 : 0;
        yellow->S.value[i] = 0;
    }
    yellow->fade.biological_per_year = 3;
    scene.mixture = (struct mixture){2, {&scene.pigments[0], yellow}, {0.02, 0.3}};
    struct outlook_signs signs = outlook_signs(&scene.forecast, horizon);
    ck_assert_double_gt(signs.blue_drift, OUTLOOK_BLUE_DRIFT);
    ck_assert_int_eq(signs.shown[OUTLOOK_BLUEING], 1);
    yellow->fade = scene.pigments[0].fade;
    signs = outlook_signs(&scene.forecast, horizon);
    ck_assert_int_eq(signs.shown[OUTLOOK_BLUEING], 0);
}
END_TEST

START_TEST(counts_out_of_range_are_refused)
{
    struct scene scene;
    struct outlook outlook;
    struct quantiles years;
    make_scene(&black_on_light, &scene);
    draw_scene(&scene, 16, 1);
    ck_assert_int_eq(
        outlook_make(&scene.forecast, scene.draw, 0, ages, AGES, horizon, &outlook),
        STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(
        outlook_make(&scene.forecast, scene.draw, 16, ages, 0, horizon, &outlook),
        STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(outlook_make(&scene.forecast, scene.draw, 16, ages,
                                  OUTLOOK_AGES_MAX + 1, horizon, &outlook),
                     STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(
        outlook_date(&scene.forecast, scene.draw, 0, forecast_contrast_years, &years),
        STATUS_OUT_OF_RANGE);
    free(scene.draw);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("outlook");
    TCase *tc = tcase_create("outlook");
    tcase_add_loop_test(tc, the_touch_up_has_the_interval_of_the_reference, 0,
                        (int)(sizeof touch_ups / sizeof touch_ups[0]));
    tcase_add_loop_test(tc, no_touch_up_is_due_before_the_first, 0,
                        (int)(sizeof touch_ups / sizeof touch_ups[0]));
    tcase_add_test(tc, without_a_spread_the_outlook_is_the_forecast);
    tcase_add_test(tc, quantiles_are_ordered_around_the_forecast);
    tcase_add_test(tc, the_same_seed_gives_the_same_outlook);
    tcase_add_test(tc, the_healed_spread_is_that_of_its_parts);
    tcase_add_test(tc, contrast_counts_where_it_is_defined);
    tcase_add_test(tc, what_does_not_fade_needs_no_touch_up);
    tcase_add_test(tc, a_mix_that_is_too_dark_is_darker_in_most_worlds);
    tcase_add_loop_test(tc, a_sign_is_shown_where_it_is_to_be_seen, 0,
                        (int)(sizeof looks / sizeof looks[0]));
    tcase_add_test(tc, dots_blur_with_time);
    tcase_add_test(tc, yellow_that_leaves_turns_the_work_blue);
    tcase_add_test(tc, counts_out_of_range_are_refused);
    suite_add_tcase(suite, tc);
    return suite;
}
