/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/number.h"

#include <assert.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
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

/* strtod() rounds correctly but wants the locale's point, so it is given that. */
static double converted(const char *text, size_t length, size_t point)
{
    const char *decimal = localeconv()->decimal_point;
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

enum status number_parse(const char *text, size_t length, double *out)
{
    if (length > NUMBER_TEXT_MAX)
        return STATUS_BAD_DATA;
    size_t point = point_of(text, length);
    if (point > length)
        return STATUS_BAD_DATA;
    double value = converted(text, length, point);
    if (!isfinite(value))
        return STATUS_BAD_DATA;
    *out = value;
    return STATUS_OK;
}
