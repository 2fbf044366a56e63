/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interval.h"

#include <math.h>

#include "tests/runner.h"

static const struct {
    struct quantiles quantiles;
    const char *range, *whole;
} ranges[] = {
    {{0.44, 0.7, 2.04}, "0.4-2.0", "0.7 (0.4-2.0)"},
    {{-0.04, 0.7, 2.04}, "0.0-2.0", "0.7 (0.0-2.0)"},
    {{-1.26, -0.5, 0.3}, "-1.3 to 0.3", "-0.5 (-1.3 to 0.3)"},
    {{NAN, NAN, NAN}, "", ""},
};

START_TEST(a_range_is_told_from_p10_to_p90)
{
    char text[INTERVAL_TEXT_MAX];
    interval_range_text(&ranges[_i].quantiles, 1, text);
    ck_assert_str_eq(text, ranges[_i].range);
    interval_text(&ranges[_i].quantiles, 1, text);
    ck_assert_str_eq(text, ranges[_i].whole);
}
END_TEST

static const struct {
    struct quantiles years;
    const char *text;
} dates[] = {
    {{2.13, 3.24, 4.78}, "3.2 yr (2.1-4.8)"},
    {{6.1, 9.4, HUGE_VAL}, "9.4 yr (6.1 to over 15)"},
    {{8.0, HUGE_VAL, HUGE_VAL}, "over 15 yr (8.0 to over 15)"},
    {{HUGE_VAL, HUGE_VAL, HUGE_VAL}, "over 15 yr"},
};

START_TEST(a_date_beyond_the_limit_is_told_as_such)
{
    char text[INTERVAL_TEXT_MAX];
    interval_years_text(&dates[_i].years, text);
    ck_assert_str_eq(text, dates[_i].text);
}
END_TEST

START_TEST(a_document_holds_what_is_finite)
{
    json_t *object = interval_json(&dates[1].years, 1);
    ck_assert_double_eq(json_number_value(json_object_get(object, "p10")), 6.1);
    ck_assert_double_eq(json_number_value(json_object_get(object, "p50")), 9.4);
    ck_assert_ptr_null(json_object_get(object, "p90"));
    json_decref(object);
    ck_assert_ptr_null(interval_json(&dates[3].years, 1));
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("interval");
    TCase *tcase = tcase_create("interval");
    tcase_add_loop_test(tcase, a_range_is_told_from_p10_to_p90, 0,
                        (int)(sizeof ranges / sizeof ranges[0]));
    tcase_add_loop_test(tcase, a_date_beyond_the_limit_is_told_as_such, 0,
                        (int)(sizeof dates / sizeof dates[0]));
    tcase_add_test(tcase, a_document_holds_what_is_finite);
    suite_add_tcase(suite, tcase);
    return suite;
}
