/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/number.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

static const struct {
    const char *text;
    double value;
} numbers[] = {
    {"0", 0},       {"-0.5", -0.5},
    {"+.25", 0.25}, {"7.", 7},
    {"1e3", 1000},  {"1.5E-2", 0.015},
    {"2e+1", 20},   {"0.1", 0.1},
    {"1e-400", 0},  {"179.769e306", 1.79769e308},
    {"000012", 12}, {"123456789012345678901234567890", 123456789012345678901234567890.0},
};

static const char *const others[] = {
    "",    ".",     "-",    "+.",  "1,5", " 1",       "1 ",    "1e",     "e5",  "1e+",
    "--1", "1.2.3", "0x10", "nan", "inf", "infinity", "1e400", "-1e400", "1d5", "1_000",
};

START_TEST(a_decimal_number_is_read_to_the_last_bit)
{
    double value = -1;
    enum status status = number_parse(numbers[_i].text, strlen(numbers[_i].text), &value);
    ck_assert_int_eq(status, STATUS_OK);
    ck_assert_double_eq(value, numbers[_i].value);
}
END_TEST

START_TEST(anything_else_is_refused_and_leaves_the_output_alone)
{
    double value = -1;
    enum status status = number_parse(others[_i], strlen(others[_i]), &value);
    ck_assert_int_eq(status, STATUS_BAD_DATA);
    ck_assert_double_eq(value, -1);
}
END_TEST

START_TEST(only_the_bytes_given_are_read)
{
    double value;
    ck_assert_int_eq(number_parse("12345", 2, &value), STATUS_OK);
    ck_assert_double_eq(value, 12);
    ck_assert_int_eq(number_parse("1.5e7", 4, &value), STATUS_BAD_DATA);
}
END_TEST

START_TEST(a_number_longer_than_the_limit_is_refused)
{
    char text[NUMBER_TEXT_MAX + 1];
    memset(text, '1', sizeof text);
    double value;
    ck_assert_int_eq(number_parse(text, NUMBER_TEXT_MAX, &value), STATUS_OK);
    ck_assert_int_eq(number_parse(text, sizeof text, &value), STATUS_BAD_DATA);
}
END_TEST

static const struct {
    const char *text;
    size_t length; /* of the number, 0 where it is not plain */
    double value;
} scanned[] = {
    {"0.1782,0.3", 6, 0.1782},
    {"-12]", 3, -12},
    {".5", 2, 0.5},
    {"5.", 2, 5},
    {"0000000000000000.25", 19, 0.25},
    {"0.000000000000000001", 20, 1e-18},
    {"0.0000000000000000001", 0, 0}, /* 20 digits */
    {"999999999999999", 15, 999999999999999},
    {"1000000000000000", 0, 0},
    {"1e3", 0, 0},
    {"+1", 0, 0},
    {"-", 0, 0},
    {".", 0, 0},
    {"", 0, 0},
    {"nan", 0, 0},
};

START_TEST(a_plain_number_is_scanned_as_far_as_it_goes)
{
    const char *text = scanned[_i].text;
    double value = 42;
    const char *behind = number_scan(text, text + strlen(text), &value);
    ck_assert_ptr_eq(behind, scanned[_i].length ? text + scanned[_i].length : NULL);
    ck_assert_double_eq(value, scanned[_i].length ? scanned[_i].value : 42);
}
END_TEST

/* strtod() is correctly rounded in glibc, and this is the C locale. */
START_TEST(scanned_numbers_are_those_of_the_c_library_to_the_last_bit)
{
    unsigned long state = 7;
    for (int i = 0; i < 300000; i++) {
        char text[64];
        state = (state * 1664525UL + 1013904223UL) & 0xffffffffUL;
        unsigned long high = state;
        state = (state * 1664525UL + 1013904223UL) & 0xffffffffUL;
        double number = (double)high * 1e-9 + (double)state * 1e-18;
        int length = snprintf(text, sizeof text, "%.*f", i % 15, number);
        double value = -1;
        ck_assert_ptr_eq(number_scan(text, text + length, &value), text + length);
        ck_assert_double_eq(value, strtod(text, NULL));
    }
}
END_TEST

/* The locale with a decimal comma that the machine has, or NULL. */
static const char *comma_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                        "de_DE", "ru_RU.UTF-8"};
    const char *found = NULL;
    for (size_t i = 0; !found && i < sizeof names / sizeof names[0]; i++) {
        if (setlocale(LC_NUMERIC, names[i]) && localeconv()->decimal_point[0] == ',')
            found = names[i];
    }
    setlocale(LC_NUMERIC, "C");
    return found;
}

START_TEST(a_locale_with_a_decimal_comma_changes_nothing)
{
    double value;
    ck_assert_ptr_nonnull(setlocale(LC_NUMERIC, comma_locale()));
    ck_assert_int_eq(number_parse("0.25", 4, &value), STATUS_OK);
    ck_assert_double_eq(value, 0.25);
    ck_assert_int_eq(number_parse("0,25", 4, &value), STATUS_BAD_DATA);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("number");
    TCase *tc = tcase_create("number");
    tcase_add_loop_test(tc, a_decimal_number_is_read_to_the_last_bit, 0,
                        sizeof numbers / sizeof numbers[0]);
    tcase_add_loop_test(tc, anything_else_is_refused_and_leaves_the_output_alone, 0,
                        sizeof others / sizeof others[0]);
    tcase_add_loop_test(tc, a_plain_number_is_scanned_as_far_as_it_goes, 0,
                        sizeof scanned / sizeof scanned[0]);
    tcase_add_test(tc, scanned_numbers_are_those_of_the_c_library_to_the_last_bit);
    tcase_add_test(tc, only_the_bytes_given_are_read);
    tcase_add_test(tc, a_number_longer_than_the_limit_is_refused);
    if (comma_locale())
        tcase_add_test(tc, a_locale_with_a_decimal_comma_changes_nothing);
    else
        runner_skip("a_locale_with_a_decimal_comma_changes_nothing",
                    "no such locale is installed");
    suite_add_tcase(s, tc);
    return s;
}
