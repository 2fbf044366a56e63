/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "colorlib/ladder_check.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

enum { LEVELS = 5 };
static const double concentrations[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.30};

/* A ladder of films of the worked example's brown over white and black. */
struct films {
    struct ladder ladder;
    struct colorant truth;
    struct ladder_reading reading[2 * LEVELS];
};

static void read_films(struct films *films, double *concentration)
{
    for (size_t k = 0; k < 2 * LEVELS; k++) {
        struct ladder_reading *reading = &films->reading[k];
        *reading = (struct ladder_reading){
            .level = 7 + k / 2, /* any numbers serve */
            .concentration = concentrations[k / 2],
            .drawdown = {.thickness_mm = 0.05},
        };
        for (size_t i = 0; i < BAND_COUNT; i++)
            reading->drawdown.background.value[i] = k % 2 ? 0.06 : 0.8;
        ladder_predict(&films->ladder, &films->truth, concentration[k / 2],
                       &reading->drawdown, &reading->reflectance);
    }
}

/* As poured, and as labelled in concentrations. */
static void make_films(struct films *films, double *poured)
{
    struct pigment pigment[2];
    example_pigments(pigment);
    films->truth = (struct colorant){pigment[1].K, pigment[1].S};
    films->ladder = (struct ladder){
        .reading = films->reading,
        .count = 2 * LEVELS,
        .view = {{0.040, 0.597}, SURFACE_SPECULAR_INCLUDED},
        .noise = {.share = 0.002},
        .pour_share = LADDER_POUR_SHARE,
    };
    read_films(films, poured);
}

static struct ladder_check checked(const struct films *films)
{
    struct weights weights = example_weights("D65");
    struct ladder_check check;
    ck_assert_int_eq(ladder_check(&films->ladder, &weights, &check), STATUS_OK);
    return check;
}

START_TEST(levels_of_an_additive_colorant_predict_each_other)
{
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.30};
    make_films(&films, poured);
    struct ladder_check check = checked(&films);
    struct ladder_suspect suspect;
    /* no noise: what is left is what smoothing of none leaves */
    ck_assert_double_le(check.one_out_median, 0.01);
    ck_assert_double_le(check.level_out_largest, 0.01);
    ck_assert_double_le(check.unexplained, 1e-3);
    ck_assert_uint_eq(check.count, LEVELS);
    ck_assert_uint_eq(check.level[0].level, 7);
    ck_assert_double_eq(check.proved_least, 0.01);
    ck_assert_double_eq(check.proved_most, 0.30);
    ck_assert_int_eq(ladder_mislabelled(&films.ladder, &suspect), STATUS_NOT_FOUND);
    ck_assert_int_eq(ladder_judge(&check, NULL), LADDER_HOLDS);
}
END_TEST

/* Every level once with another concentration than its label says. */
START_TEST(a_mislabelled_level_is_named_with_what_it_is)
{
    static const double factors[] = {0.3, 0.5, 0.7, 1.5, 2, 3};
    size_t level = (size_t)_i % LEVELS;
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.30};
    poured[level] *= factors[_i / LEVELS];
    make_films(&films, poured);
    struct ladder_check check = checked(&films);
    struct ladder_suspect suspect;
    ck_assert_int_eq(ladder_mislabelled(&films.ladder, &suspect), STATUS_OK);
    ck_assert_uint_eq(suspect.level, 7 + level);
    ck_assert_double_eq(suspect.stated, concentrations[level]);
    /* readings without noise, on a coarse search refined */
    ck_assert_double_eq_tol(suspect.likely / poured[level], 1, 1e-3);
    ck_assert_double_gt(suspect.deviations, 5);
    ck_assert_int_eq(ladder_judge(&check, &suspect), LADDER_MISLABELLED);
}
END_TEST

START_TEST(an_error_of_pouring_is_no_wrong_label)
{
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.126, 0.30}; /* 5 % of one */
    make_films(&films, poured);
    struct ladder_suspect suspect;
    ck_assert_int_eq(ladder_mislabelled(&films.ladder, &suspect), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_range_is_proved_as_far_as_levels_are_predicted)
{
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.20}; /* the last saturates */
    make_films(&films, poured);
    struct ladder_check check = checked(&films);
    ck_assert_double_gt(check.level_out_largest, LADDER_PROVED);
    ck_assert_double_gt(check.level[LEVELS - 1].ciede2000, LADDER_PROVED);
    ck_assert_double_le(check.proved_most, 0.12);
    ck_assert_double_ge(check.level_out_p90, check.level_out_median);
}
END_TEST

/* Levels in any order: their colors have nothing to do with their labels. */
START_TEST(readings_that_do_not_follow_their_concentrations_are_refused)
{
    struct films films;
    double poured[LEVELS] = {0.10, 0.02, 0.11, 0.015, 0.05};
    make_films(&films, poured);
    struct ladder_check check = checked(&films);
    ck_assert_double_gt(check.unexplained, LADDER_UNEXPLAINED);
    enum ladder_verdict verdict = ladder_judge(&check, NULL);
    ck_assert_int_eq(verdict, LADDER_NOT_ADDITIVE);
    ck_assert_ptr_nonnull(strstr(ladder_verdict_text(verdict), "effect pigment"));
}
END_TEST

START_TEST(the_residual_is_what_one_more_percent_everywhere_makes_of_none)
{
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.30};
    make_films(&films, poured);
    ck_assert_double_le(ladder_residual(&films.ladder, &films.truth), 1e-12);
    for (size_t k = 0; k < 2 * LEVELS; k++)
        for (size_t i = 0; i < BAND_COUNT; i++)
            films.reading[k].reflectance.value[i] += 0.01;
    ck_assert_double_eq_tol(ladder_residual(&films.ladder, &films.truth), 0.01, 1e-12);
}
END_TEST

START_TEST(two_levels_prove_nothing)
{
    struct films films;
    double poured[LEVELS] = {0.01, 0.02, 0.05, 0.12, 0.30};
    struct weights weights = example_weights("D65");
    struct ladder_check check;
    struct ladder_suspect suspect;
    make_films(&films, poured);
    films.ladder.count = 4;
    ck_assert_int_eq(ladder_check(&films.ladder, &weights, &check), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(ladder_mislabelled(&films.ladder, &suspect), STATUS_OUT_OF_RANGE);
    films.reading[0].reflectance.value[0] = NAN;
    ck_assert_int_eq(ladder_check(&films.ladder, &weights, &check), STATUS_BAD_DATA);
    ck_assert_int_eq(ladder_mislabelled(&films.ladder, &suspect), STATUS_BAD_DATA);
}
END_TEST

START_TEST(a_verdict_weighs_label_before_range)
{
    struct ladder_check check = {.unexplained = 0.1};
    ck_assert_int_eq(ladder_judge(&check, NULL), LADDER_UNPROVED);
    check.proved_least = check.proved_most = 0.1; /* a level is no range */
    ck_assert_int_eq(ladder_judge(&check, NULL), LADDER_UNPROVED);
    check.proved_most = 0.2;
    ck_assert_int_eq(ladder_judge(&check, NULL), LADDER_HOLDS);
    for (int verdict = LADDER_HOLDS; verdict <= LADDER_UNPROVED; verdict++)
        ck_assert_str_ne(ladder_verdict_text((enum ladder_verdict)verdict),
                         "unknown verdict");
}
END_TEST

Suite *suite(void)
{
    TCase *checks = tcase_create("checks");
    tcase_add_test(checks, levels_of_an_additive_colorant_predict_each_other);
    tcase_add_loop_test(checks, a_mislabelled_level_is_named_with_what_it_is, 0,
                        6 * LEVELS);
    tcase_add_test(checks, an_error_of_pouring_is_no_wrong_label);
    tcase_add_test(checks, a_range_is_proved_as_far_as_levels_are_predicted);
    tcase_add_test(checks, readings_that_do_not_follow_their_concentrations_are_refused);
    tcase_add_test(checks,
                   the_residual_is_what_one_more_percent_everywhere_makes_of_none);
    tcase_add_test(checks, two_levels_prove_nothing);
    tcase_add_test(checks, a_verdict_weighs_label_before_range);
    Suite *s = suite_create("ladder_check");
    suite_add_tcase(s, checks);
    return s;
}
