/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "colorlib/trend.h"
#include "tests/runner.h"

static struct trend charted(const double *value, size_t count, size_t baseline)
{
    struct trend trend;
    ck_assert_int_eq(trend_chart(value, count, baseline, &trend), STATUS_OK);
    return trend;
}

/* By hand: mean 100, ranges 1, 2, 1, mean 4/3. */
START_TEST(limits_are_those_of_individuals_and_moving_ranges)
{
    const double value[] = {100, 101, 99, 100};
    struct trend trend = charted(value, 4, 0);
    ck_assert_double_eq_tol(trend.mean, 100, 1e-12);
    ck_assert_double_eq_tol(trend.moving_range, 4.0 / 3, 1e-12);
    ck_assert_double_eq_tol(trend.upper, 100 + 2.66 * 4 / 3, 1e-2); /* 3 / 1.128 */
    ck_assert_double_eq_tol(trend.lower, 100 - 2.66 * 4 / 3, 1e-2);
    ck_assert_double_eq_tol(trend.range_upper, 3.267 * 4 / 3, 1e-12);
    ck_assert_uint_eq(trend.any, 0);
    ck_assert(!trend.drifts);
    ck_assert(isinf(trend_lots_left(&trend, 97, 103)));
}
END_TEST

enum { BASE = 8 };

/* A baseline of mean 100 and sigma 1 (ranges of 1.128), then the lots of a row, in sigma
 * from the mean. */
static const struct {
    double lot[10];
    size_t count;
    unsigned last; /* what the last lot breaks */
} runs[] = {
    {{3.1}, 1, TREND_BEYOND},
    {{-3.1}, 1, TREND_BEYOND},
    {{2.9}, 1, 0},
    {{0.1, 0.3, 0.2, 0.1, 0.4, 0.2, 0.3, 0.1, 0.2}, 9, TREND_SIDE},
    {{-0.1, 0.3, 0.2, 0.1, 0.4, 0.2, 0.3, 0.1, 0.2}, 9, 0},
    {{-0.5, -0.3, -0.1, 0.1, 0.3, 0.5}, 6, TREND_STEADY},
    {{0.5, 0.3, 0.1, -0.1, -0.3, -0.5}, 6, TREND_STEADY},
    {{-0.5, -0.3, -0.1, -0.1, 0.3, 0.5}, 6, 0},
    {{2.1, 0, 2.1}, 3, TREND_TWO},
    {{2.1, 0, -2.1}, 3, 0},
    {{1.1, 1.2, 0, 1.1, 1.2}, 5, TREND_FOUR},
    {{1.1, 1.2, 0, 1.1, -1.2}, 5, 0},
    {{-2, 2}, 2, TREND_RANGE},
};

START_TEST(each_rule_finds_its_run_and_no_other)
{
    double value[BASE + 10];
    for (size_t i = 0; i < BASE; i++)
        value[i] = 100 + (i % 2 ? 0.564 : -0.564);
    for (size_t i = 0; i < runs[_i].count; i++)
        value[BASE + i] = 100 + runs[_i].lot[i];
    struct trend trend = charted(value, BASE + runs[_i].count, BASE);
    ck_assert_double_eq_tol(trend.sigma, 1, 1e-12);
    ck_assert_uint_eq(trend.broken[trend.count - 1] & ~(unsigned)TREND_RANGE,
                      runs[_i].last & ~(unsigned)TREND_RANGE);
    if (runs[_i].last == TREND_RANGE)
        ck_assert_uint_eq(trend.any, TREND_RANGE);
}
END_TEST

/* 0.5 % a lot: by hand the line stands at 102.5 in lot 6 and leaves 104 three
 * lots later. */
START_TEST(a_drift_is_found_with_the_lots_that_are_left)
{
    double value[6];
    for (size_t i = 0; i < 6; i++)
        value[i] = 100 + 0.5 * (double)i;
    struct trend trend = charted(value, 6, 0);
    ck_assert(trend.drifts);
    ck_assert_double_eq_tol(trend.slope_per_lot, 0.5, 1e-12);
    ck_assert_double_eq_tol(trend_lots_left(&trend, 97, 104), 3, 1e-9);
    ck_assert_double_eq(trend_lots_left(&trend, 97, 102), 0);
    for (size_t i = 0; i < 6; i++)
        value[i] = 200 - value[i];
    trend = charted(value, 6, 0);
    ck_assert_double_eq_tol(trend_lots_left(&trend, 96, 103), 3, 1e-9);
}
END_TEST

/* Least squares by hand for 1, 2, 4: slope 1.5, residuals 1/6, -1/3, 1/6, so s = 0.408
 * and its error 0.289; Student's t with one degree of freedom is 12.706. */
START_TEST(the_slope_has_its_interval)
{
    struct trend trend = charted((double[]){1, 2, 4}, 3, 0);
    ck_assert_double_eq_tol(trend.slope_per_lot, 1.5, 1e-12);
    ck_assert_double_eq_tol(trend.slope_uncertainty, 12.7062 * sqrt(1.0 / 12), 1e-3);
    ck_assert(!trend.drifts);
}
END_TEST

START_TEST(lots_without_any_spread_make_a_chart)
{
    double value[] = {5, 5, 5, 5};
    struct trend trend = charted(value, 4, 0);
    ck_assert_uint_eq(trend.any, 0);
    value[3] = 5.1;
    trend = charted(value, 4, 3);
    ck_assert(trend.broken[3] & TREND_BEYOND);
}
END_TEST

START_TEST(a_pigment_that_flocculates_loses_strength_when_stirred)
{
    const struct trend_strength before = {100, 0.8};
    ck_assert_int_eq(trend_stirred(&before, &(struct trend_strength){98.9, 0.6}),
                     TREND_STIRRING_FALLS); /* by 1.1; the uncertainty is 1.0 */
    ck_assert_int_eq(trend_stirred(&before, &(struct trend_strength){99.1, 0.6}),
                     TREND_STIRRING_EQUAL);
    ck_assert_int_eq(trend_stirred(&before, &(struct trend_strength){101.1, 0.6}),
                     TREND_STIRRING_RISES);
    ck_assert_int_eq(trend_stirred(&before, &(struct trend_strength){50, NAN}),
                     TREND_STIRRING_EQUAL);
}
END_TEST

START_TEST(no_chart_is_made_of_too_little_or_of_no_numbers)
{
    double value[TREND_LOTS_MAX + 1] = {1, 2, 3};
    struct trend trend;
    ck_assert_int_eq(trend_chart(value, 2, 0, &trend), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(trend_chart(value, 3, 2, &trend), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(trend_chart(value, 3, 4, &trend), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(trend_chart(value, TREND_LOTS_MAX + 1, 0, &trend),
                     STATUS_OUT_OF_RANGE);
    value[1] = NAN;
    ck_assert_int_eq(trend_chart(value, 3, 0, &trend), STATUS_BAD_DATA);
}
END_TEST

START_TEST(every_rule_has_words)
{
    for (unsigned rule = 1; rule < 1u << TREND_RULES; rule <<= 1)
        ck_assert_str_ne(trend_rule_text((enum trend_rule)rule), "unknown rule");
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("trend");
    TCase *tcase = tcase_create("trend");
    tcase_add_test(tcase, limits_are_those_of_individuals_and_moving_ranges);
    tcase_add_loop_test(tcase, each_rule_finds_its_run_and_no_other, 0,
                        sizeof runs / sizeof runs[0]);
    tcase_add_test(tcase, a_drift_is_found_with_the_lots_that_are_left);
    tcase_add_test(tcase, the_slope_has_its_interval);
    tcase_add_test(tcase, lots_without_any_spread_make_a_chart);
    tcase_add_test(tcase, a_pigment_that_flocculates_loses_strength_when_stirred);
    tcase_add_test(tcase, no_chart_is_made_of_too_little_or_of_no_numbers);
    tcase_add_test(tcase, every_rule_has_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
