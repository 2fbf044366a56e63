/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/number.h"

#include <assert.h>
#include <langinfo.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* isdigit() would ask the locale. */
static size_t digits(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

static size_t sign(const char *text, size_t length)
{
    return length > 0 && (text[0] == '+' || text[0] == '-');
}

/* The length of an exponent at the start of text, 0 where none is. */
static size_t exponent(const char *text, size_t length)
{
    if (length == 0 || (text[0] != 'e' && text[0] != 'E'))
        return 0;
    size_t at = 1 + sign(text + 1, length - 1);
    size_t count = digits(text + at, length - at);
    return count > 0 ? at + count : 0;
}

/* Where the point stands (or would stand) in a well-formed number; length + 1 when it is
 * not well formed. */
static size_t point_of(const char *text, size_t length)
{
    size_t at = sign(text, length);
    size_t whole = digits(text + at, length - at);
    size_t point = at + whole;
    size_t fraction = 0;
    at = point;
    if (at < length && text[at] == '.') {
        fraction = digits(text + at + 1, length - at - 1);
        at += 1 + fraction;
    }
    at += exponent(text + at, length - at);
    return at == length && whole + fraction > 0 ? point : length + 1;
}

/* strtod() rounds correctly but wants the locale's point, so it is given that; threads
 * may not ask localeconv() for it side by side. */
static double converted(const char *text, size_t length, size_t point)
{
    const char *decimal = nl_langinfo(RADIXCHAR);
    size_t width = strlen(decimal);
    char copy[NUMBER_TEXT_MAX + MB_LEN_MAX + 1];
    assert(length + width < sizeof copy);
    memcpy(copy, text, point);
    char *end = copy + point;
    if (point < length && text[point] == '.') {
        memcpy(end, decimal, width);
        end += width;
        point++;
    }
    memcpy(end, text + point, length - point);
    end[length - point] = '\0';
    return strtod(copy, NULL);
}

/*
 * A whole number below 2^53 and a power of ten up to 10^22 are exact as doubles, so that
 * their quotient is rounded once, as strtod() would (Clinger, PLDI 1990, section 3).
 */
static const double exact_power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

#define EXACT_BELOW 1000000000000000u /* 10^15 */

enum { DIGITS_MAX = 19 }; /* of a number that may not overflow 64 bits, zeros counted */

/* Digits from at on, put behind those of a number; returns where they end. Byte by byte:
 * how many they are is foreseen from the numbers before, where a look at eight at once
 * would have to be waited for. */
static const char *scan_digits(const char *at, const char *end, uint64_t *number)
{
    while (at < end && *at >= '0' && *at <= '9')
        *number = *number * 10 + (uint64_t)(*at++ - '0');
    return at;
}

const char *number_scan(const char *text, const char *end, double *out)
{
    bool negative = text < end && *text == '-';
    const char *first = negative ? text + 1 : text;
    uint64_t number = 0;
    const char *at = scan_digits(first, end, &number);
    size_t count = (size_t)(at - first), decimals = 0;
    if (at < end && *at == '.') {
        first = at + 1;
        at = scan_digits(first, end, &number);
        decimals = (size_t)(at - first);
        count += decimals;
    }
    bool exponent = at < end && (*at == 'e' || *at == 'E');
    if (count == 0 || count > DIGITS_MAX || number >= EXACT_BELOW || exponent)
        return NULL;
    /* a signed number, as which it is small enough, takes one instruction to convert */
    double value = (double)(int64_t)number / exact_power[decimals];
    *out = negative ? -value : value;
    return at;
}

enum status number_parse(const char *text, size_t length, double *out)
{
    if (length > NUMBER_TEXT_MAX)
        return STATUS_BAD_DATA;
    double plain;
    if (number_scan(text, text + length, &plain) == text + length) {
        *out = plain;
        return STATUS_OK;
    }
    size_t point = point_of(text, length);
    if (point > length)
        return STATUS_BAD_DATA;
    double value = converted(text, length, point);
    if (!isfinite(value))
        return STATUS_BAD_DATA;
    *out = value;
    return STATUS_OK;
}
