/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/number_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/number.h"
#include "tests/runner.h"

enum { ROW = 12, TEXT_MAX = 256 };

/* A fixed sequence: Numerical Recipes' 32-bit generator. */
static unsigned long next_random(unsigned long *state)
{
    *state = (*state * 1664525UL + 1013904223UL) & 0xffffffffUL;
    return *state >> 8;
}

static struct number_shape shape_of(const char *text)
{
    struct number_shape shape;
    number_shape_of(text, text + strlen(text), &shape);
    return shape;
}

static const char *const shapes[] = {
    "0.1782", "7.5",      "0.123456", "45.67", "100.0000",
    "9",      "12345678", ".25",      "5.",    "00.5",
};

/* -- shapes --------------------------------------------------------------------- */

START_TEST(a_number_has_the_shape_that_it_gives)
{
    char text[TEXT_MAX];
    snprintf(text, sizeof text, "%s,%s,%s,00000000", shapes[_i], shapes[_i], shapes[_i]);
    struct number_shape shape = shape_of(shapes[_i]);
    const char *at = text;
    double value[3] = {-1, -1, -1};
    size_t due = strcmp(shapes[_i], "00.5") == 0 ? 0 : 3;
    ck_assert_uint_eq(number_row_scan(&shape, &at, text + strlen(text), 3, value), due);
    ck_assert_uint_eq((size_t)(at - text), due * (strlen(shapes[_i]) + 1));
    for (size_t i = 0; i < due; i++)
        ck_assert_double_eq(value[i], strtod(shapes[_i], NULL));
}
END_TEST

static const char *const shapeless[] = {
    "", ".", "-0.5", "+1", "1e3", "0.1234567", "123456789", "1.2.3", "0,5", "nan", " 1",
};

START_TEST(what_is_long_or_more_than_digits_and_a_point_has_no_shape)
{
    static const char text[] = "0.5,0.5,0.5,0.5";
    struct number_shape shape = shape_of(shapeless[_i]);
    const char *at = text;
    double value = -1;
    ck_assert_uint_eq(number_row_scan(&shape, &at, text + sizeof text - 1, 1, &value), 0);
    ck_assert_ptr_eq(at, text);
    ck_assert_double_eq(value, -1);
}
END_TEST

/* -- rows ----------------------------------------------------------------------- */

/* Each byte of a number, and the comma behind it, becomes every other byte. */
START_TEST(a_number_is_read_as_a_scan_reads_it_or_not_at_all)
{
    const struct number_shape shape = shape_of(shapes[_i]);
    for (size_t place = 0; place <= strlen(shapes[_i]); place++)
        for (int byte = 0; byte < 256; byte++) {
            char text[TEXT_MAX];
            snprintf(text, sizeof text, "%s,00000000", shapes[_i]);
            text[place] = (char)byte;
            const char *at = text, *end = text + strlen(shapes[_i]) + 9;
            double value = -1, expected = -2;
            if (number_row_scan(&shape, &at, end, 1, &value) == 0)
                continue;
            ck_assert_ptr_eq(number_scan(text, end, &expected), at - 1);
            ck_assert_double_eq(value, expected);
            ck_assert(text[0] != '0' || text[1] < '0' || text[1] > '9');
        }
}
END_TEST

static size_t write_row(unsigned long *state, int whole, int decimals, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < ROW; i++) {
        double number = (double)next_random(state) * 0x1p-24;
        for (int k = 1; k < whole; k++)
            number *= 10;
        length +=
            (size_t)snprintf(out + length, TEXT_MAX - length, "%.*f,", decimals, number);
    }
    return length;
}

/* The text ends where its memory does, so that the sanitizers see what goes beyond. */
START_TEST(a_row_gives_the_bits_that_a_scan_gives)
{
    unsigned long state = 7;
    for (int round = 0; round < 20000; round++) {
        char row[TEXT_MAX];
        size_t length = write_row(&state, 1 + round % 4, round / 4 % 7, row);
        length -= next_random(&state) % 8;
        char *text = malloc(length);
        ck_assert_ptr_nonnull(text);
        memcpy(text, row, length);
        const char *at = text, *end = text + length, *read;
        struct number_shape shape = {0};
        while (at < end) {
            double value[ROW], expected;
            size_t count = number_row_scan(&shape, (read = at, &at), end, ROW, value);
            for (size_t i = 0; i < count; i++, read++) {
                read = number_scan(read, end, &expected);
                ck_assert_ptr_nonnull(read);
                ck_assert_mem_eq(&value[i], &expected, sizeof expected);
            }
            ck_assert_ptr_eq(read, at);
            if (at < end && (read = number_scan(at, end, &expected)))
                number_shape_of(at, read, &shape);
            at = read && read < end ? read + 1 : end;
        }
        free(text);
    }
}
END_TEST

START_TEST(no_more_are_read_than_asked_for)
{
    static const char text[] = "0.1,0.2,0.3,0.4,0.5,0.6";
    const struct number_shape shape = shape_of("0.0");
    const char *at = text;
    double value[3] = {-1, -1, -1};
    ck_assert_uint_eq(number_row_scan(&shape, &at, text + sizeof text - 1, 2, value), 2);
    ck_assert_ptr_eq(at, text + 8);
    ck_assert_double_eq(value[1], 0.2);
    ck_assert_double_eq(value[2], -1);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("number_row");
    TCase *tc = tcase_create("number_row");
    const int shape_count = sizeof shapes / sizeof shapes[0];
    tcase_add_loop_test(tc, a_number_has_the_shape_that_it_gives, 0, shape_count);
    tcase_add_loop_test(tc, what_is_long_or_more_than_digits_and_a_point_has_no_shape, 0,
                        sizeof shapeless / sizeof shapeless[0]);
    tcase_add_loop_test(tc, a_number_is_read_as_a_scan_reads_it_or_not_at_all, 0,
                        shape_count);
    tcase_add_test(tc, a_row_gives_the_bits_that_a_scan_gives);
    tcase_add_test(tc, no_more_are_read_than_asked_for);
    suite_add_tcase(s, tc);
    return s;
}
