/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The study in short. 90 clients cannot tell 80 % from 76 or 84 (`make study` can), but
 * they can refute what is far off: the bounds below are passed by less than one sample in
 * a thousand where what is asked for holds.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"
#include "tests/study/summary.h"

enum { CLIENTS = 90, FEW = 9 };

static const struct study_settings settings = {
    .clients = CLIENTS, .seed = 1, .draws = 64, .bottles = "smp", .workers = 2};

/* Made once by the fixture, for all tests. */
static struct study_scene scene;
static struct study_outcome outcome[CLIENTS];
static struct study_summary all;

static void run_study(void)
{
    const struct study_group everybody = {STUDY_ANY, STUDY_ANY};
    ck_assert_int_eq(study_scene_read(settings.bottles, &scene), STATUS_OK);
    ck_assert_int_eq(study_run(&scene, &settings, outcome), STATUS_OK);
    ck_assert_int_eq(study_summarize(outcome, CLIENTS, everybody, &all), STATUS_OK);
}

START_TEST(nearly_every_client_goes_through)
{
    /* brown hair on dark skin may be lighter than the skin, with the errors of scans */
    ck_assert_uint_eq(all.count + all.refused, CLIENTS);
    ck_assert_uint_le(all.refused, 6);
}
END_TEST

/* P(X < 60) and P(X > 83) are each below 0.001 for a binomial of 90 and 0.8. */
static void holds_as_often_as_it_says(double share)
{
    ck_assert_double_ge(share, 60.0 / CLIENTS);
    ck_assert_double_le(share, 83.0 / CLIENTS);
}

START_TEST(intervals_of_lightness_and_touch_up_hold_as_often_as_they_say)
{
    holds_as_often_as_it_says(all.held_before[STUDY_LIGHTNESS]);
    holds_as_often_as_it_says(all.held_before[STUDY_TOUCH_UP]);
    holds_as_often_as_it_says(all.held_after[STUDY_LIGHTNESS]);
    holds_as_often_as_it_says(all.held_next);
}
END_TEST

START_TEST(a_scan_at_six_weeks_halves_the_error)
{
    ck_assert_double_lt(all.error_after, all.error_before / 2);
    ck_assert_double_lt(all.next_after, all.next_before / 2);
}
END_TEST

START_TEST(sessions_with_scans_end_near_the_best_and_seldom_too_dark)
{
    /* half of 90 with an excess above 0.5 would leave 30 below it, or more */
    size_t near = 0, dark = 0;
    for (size_t i = 0; i < CLIENTS; i++) {
        const struct study_outcome *o = &outcome[i];
        if (o->status != STATUS_OK)
            continue;
        near +=
            o->closed.ciede2000[STUDY_SCANNED] <= o->best.ciede2000[STUDY_SCANNED] + 0.5;
        dark += o->closed.lightness[STUDY_TRUE] < -1.5;
    }
    ck_assert_uint_ge(near, 30);
    /* P(X > 19) is below 0.001 for 90 and 0.1 */
    ck_assert_uint_le(dark, 19);
}
END_TEST

START_TEST(sessions_with_scans_end_nearer_than_those_without)
{
    size_t nearer = 0;
    for (size_t i = 0; i < CLIENTS; i++)
        if (outcome[i].status == STATUS_OK)
            nearer += outcome[i].closed.ciede2000[STUDY_SCANNED] <
                      outcome[i].open.ciede2000[STUDY_SCANNED];
    /* P(X > 60) is below 0.001 for 90 and a half, were there no difference */
    ck_assert_uint_gt(nearer, 60);
    ck_assert_double_lt(all.closed.excess[STUDY_SCANNED], all.open.excess[STUDY_SCANNED]);
    ck_assert_double_lt(all.closed.below_floor[STUDY_TRUE],
                        all.open.below_floor[STUDY_TRUE]);
}
END_TEST

static char *report_of(size_t workers)
{
    char *text = NULL;
    size_t size = 0;
    struct study_settings few = settings;
    struct study_outcome some[FEW];
    few.clients = FEW;
    few.draws = 16;
    few.workers = workers;
    ck_assert_int_eq(study_run(&scene, &few, some), STATUS_OK);
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    study_report(stream, &few, some);
    fclose(stream);
    return text;
}

START_TEST(the_same_seed_gives_the_same_table_whoever_does_the_work)
{
    char *alone = report_of(1), *shared = report_of(3);
    ck_assert_str_eq(alone, shared);
    ck_assert_ptr_nonnull(strstr(alone, "seed 1,"));
    ck_assert_ptr_nonnull(strstr(alone, "dark-brown"));
    free(alone);
    free(shared);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("study");
    TCase *tc = tcase_create("study");
    tcase_add_unchecked_fixture(tc, run_study, NULL);
    tcase_add_test(tc, nearly_every_client_goes_through);
    tcase_add_test(tc, intervals_of_lightness_and_touch_up_hold_as_often_as_they_say);
    tcase_add_test(tc, a_scan_at_six_weeks_halves_the_error);
    tcase_add_test(tc, sessions_with_scans_end_near_the_best_and_seldom_too_dark);
    tcase_add_test(tc, sessions_with_scans_end_nearer_than_those_without);
    tcase_add_test(tc, the_same_seed_gives_the_same_table_whoever_does_the_work);
    suite_add_tcase(s, tc);
    return s;
}
