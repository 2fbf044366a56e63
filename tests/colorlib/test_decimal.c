/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/decimal.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "tests/runner.h"

static const struct {
    double value;
    int decimals;
    const char *text;
} fixed[] = {
    {0, 0, "0"},
    {0.5, 6, "0.500000"},
    {-12.3456789, 4, "-12.3457"},
    {0.125, 2, "0.12"}, /* a tie goes to the even digit */
    {-0.0000001, 6, "0.000000"},
    {-0.0, 1, "0.0"},
    {-0.4, 0, "0"},
    {-0.6, 0, "-1"},
    {1e15, 1, "1000000000000000.0"},
};

START_TEST(fixed_decimals_are_rounded_and_zero_has_no_sign)
{
    char text[DECIMAL_MAX];
    decimal_fixed(fixed[_i].value, fixed[_i].decimals, text);
    ck_assert_str_eq(text, fixed[_i].text);
}
END_TEST

static const struct {
    double value;
    int digits;
    const char *text;
} general[] = {
    {0, 6, "0"},     {400, 7, "400"},    {403.33333333, 7, "403.3333"},
    {0.1, 9, "0.1"}, {1e-7, 9, "1e-07"}, {-1234567.89, 3, "-1.23e+06"},
};

START_TEST(significant_digits_end_without_zeros)
{
    char text[DECIMAL_MAX];
    decimal_general(general[_i].value, general[_i].digits, text);
    ck_assert_str_eq(text, general[_i].text);
}
END_TEST

START_TEST(the_largest_number_fits_with_ten_decimals)
{
    char text[DECIMAL_MAX];
    decimal_fixed(-DBL_MAX, 10, text);
    ck_assert_uint_eq(strlen(text), 1 + 309 + 1 + 10);
    ck_assert_double_eq(strtod(text, NULL), -DBL_MAX);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("decimal");
    TCase *t = tcase_create("decimal");
    tcase_add_loop_test(t, fixed_decimals_are_rounded_and_zero_has_no_sign, 0,
                        sizeof fixed / sizeof fixed[0]);
    tcase_add_loop_test(t, significant_digits_end_without_zeros, 0,
                        sizeof general / sizeof general[0]);
    tcase_add_test(t, the_largest_number_fits_with_ten_decimals);
    suite_add_tcase(s, t);
    return s;
}
