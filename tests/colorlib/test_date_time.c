/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/date_time.h"

#include "tests/runner.h"

/* Each as "date -u -d ... +%s" of the GNU core utilities has it. */
static const struct {
    const char *text;
    int64_t seconds;
} times[] = {
    {"1970-01-01", 0},
    {"2026-11-20", 1795132800},
    {"2026-11-20T18:42", 1795200120},
    {"2026-11-20T18:42:19", 1795200139},
    {"2026-11-20T18:42:19Z", 1795200139},
    {"2026-11-20T18:42:19+01:00", 1795196539},
    {"2026-11-20T18:42-09:30", 1795234320},
    {"2024-02-29", 1709164800},
    {"2000-02-29", 951782400},
    {"1969-12-31T23:59:59Z", -1},
    {"0001-01-01", DATE_TIME_FIRST},
    {"9999-12-31T23:59:59", DATE_TIME_LAST},
    {"2016-12-31T23:59:60Z", 1483228800}, /* a leap second: the first of the next year */
};

static const char *const malformed[] = {
    "",
    "now",
    "2026",
    "2026-11",
    "2026-11-2",
    "2026-1-20",
    "26-11-20",
    "20261120",
    "2026-11-20 18:42",
    "2026-11-20T",
    "2026-11-20T18",
    "2026-11-20T18:4",
    "2026-11-20T18:42:",
    "2026-11-20T18:42:19ZZ",
    "2026-11-20T18:42:19z",
    "2026-11-20T18:42:19+1",
    "2026-11-20T18:42:19+01:00Z",
    "+2026-11-20",
    "2026-11--1",
    "2026-11-20T-1:00",
    " 2026-11-20",
    "2026-11-20 ",
};

static const char *const none[] = {
    "0000-01-01",
    "2026-00-10",
    "2026-13-01",
    "2026-11-00",
    "2026-11-31",
    "2026-02-31",
    "2026-02-29",
    "1900-02-29",
    "2026-11-20T24:00",
    "2026-11-20T18:60",
    "2026-11-20T18:42:61",
    "2026-11-20T18:42+15:00",
    "2026-11-20T18:42+01:60",
    "0001-01-01T00:00+01:00",
    "9999-12-31T23:59-01:00",
};

START_TEST(a_time_is_seconds_since_the_epoch)
{
    int64_t seconds = 1;
    ck_assert_int_eq(date_time_parse(times[_i].text, &seconds), STATUS_OK);
    ck_assert_int_eq(seconds, times[_i].seconds);
}
END_TEST

START_TEST(what_is_no_time_is_refused_and_leaves_the_output_alone)
{
    int64_t seconds = 1;
    ck_assert_int_eq(date_time_parse(malformed[_i], &seconds), STATUS_BAD_DATA);
    ck_assert_int_eq(seconds, 1);
}
END_TEST

START_TEST(a_day_or_time_that_there_is_not_is_out_of_range)
{
    int64_t seconds = 1;
    ck_assert_int_eq(date_time_parse(none[_i], &seconds), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(seconds, 1);
}
END_TEST

START_TEST(a_text_is_read_back_as_its_seconds)
{
    /* a step that is no whole number of days, over all years */
    for (int64_t seconds = DATE_TIME_FIRST; seconds <= DATE_TIME_LAST;
         seconds += 987654321) {
        char text[DATE_TIME_MAX];
        int64_t back = 1;
        date_time_text(seconds, text);
        ck_assert_int_eq(date_time_parse(text, &back), STATUS_OK);
        ck_assert_int_eq(back, seconds);
    }
}
END_TEST

START_TEST(a_text_is_in_utc_and_has_four_digits_of_the_year)
{
    char text[DATE_TIME_MAX];
    date_time_text(1795200139, text);
    ck_assert_str_eq(text, "2026-11-20T18:42:19Z");
    date_time_text(DATE_TIME_FIRST, text);
    ck_assert_str_eq(text, "0001-01-01T00:00:00Z");
    date_time_text(DATE_TIME_LAST, text);
    ck_assert_str_eq(text, "9999-12-31T23:59:59Z");
    date_time_text(INT64_MAX, text);
    ck_assert_str_eq(text, "9999-12-31T23:59:59Z");
}
END_TEST

Suite *suite(void)
{
    TCase *tcase = tcase_create("date_time");
    tcase_add_loop_test(tcase, a_time_is_seconds_since_the_epoch, 0,
                        sizeof times / sizeof times[0]);
    tcase_add_loop_test(tcase, what_is_no_time_is_refused_and_leaves_the_output_alone, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_loop_test(tcase, a_day_or_time_that_there_is_not_is_out_of_range, 0,
                        sizeof none / sizeof none[0]);
    tcase_add_test(tcase, a_text_is_read_back_as_its_seconds);
    tcase_add_test(tcase, a_text_is_in_utc_and_has_four_digits_of_the_year);
    Suite *s = suite_create("date_time");
    suite_add_tcase(s, tcase);
    return s;
}
