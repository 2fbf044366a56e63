/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/number_row.h"

#include <stdbool.h>
#include <string.h>

enum { WORD = 8 };

/* The first is lowest whatever the order of the machine's own words. */
static uint64_t word_at(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 |
           (uint64_t)byte[3] << 24 | (uint64_t)byte[4] << 32 | (uint64_t)byte[5] << 40 |
           (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

/* -- the shape ------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * A byte is compared by its difference to the pattern in some bit, 0 to 9 for a digit and
 * 0 for the point: adding 0x76 or 0x7f leaves that alone below 0x80. Where it does not,
 * or the difference was 0x80 and more itself, the byte has a high bit; what it carries
 * goes to bytes behind, so that the first that differs is always found.
 */
static void add_character(struct number_shape *shape, size_t index, char c)
{
    const size_t shift = 8 * index;
    shape->pattern |= (uint64_t)(c == '.' ? '.' : '0') << shift;
    shape->raise |= (uint64_t)(is_digit(c) ? 0x76 : 0x7f) << shift;
    shape->high |= UINT64_C(0x80) << shift;
}

void number_shape_of(const char *text, const char *behind, struct number_shape *out)
{
    struct number_shape shape = {.length = (size_t)(behind - text), .scale = 1};
    size_t points = 0;
    bool plain = shape.length <= WORD;
    for (size_t i = 0; plain && i < shape.length; i++) {
        shape.scale *= points > 0 ? 10 : 1;
        if (text[i] == '.') {
            shape.whole = (UINT64_C(1) << 8 * i) - 1;
            points++;
        }
        plain = points <= 1 && (text[i] == '.' || is_digit(text[i]));
        add_character(&shape, i, text[i]);
    }
    bool leads = shape.length > 1 && is_digit(text[0]) && is_digit(text[1]);
    shape.first = leads ? '1' : 0;
    *out = plain && shape.length > points ? shape : (struct number_shape){0};
}

/* -- rows ----------------------------------------------------------------------- */

static bool has_shape(const struct number_shape *shape, const char *text, uint64_t word)
{
    uint64_t other = word ^ shape->pattern;
    return (((other + shape->raise) | other) & shape->high) == 0 &&
           text[shape->length] == ',' && (unsigned char)text[0] >= shape->first;
}

/*
 * The number that eight digits spell, the first in the lowest byte. A factor of 10 2^8 +
 * 1 adds to each digit ten times the one before it, so that every second byte then has
 * the value of a pair; likewise of pairs and of fours.
 */
static uint64_t value_of_digits(uint64_t digits)
{
    uint64_t pairs = (digits * (10 << 8 | 1) >> 8) & UINT64_C(0x00ff00ff00ff00ff);
    uint64_t fours = (pairs * (100 << 16 | 1) >> 16) & UINT64_C(0x0000ffff0000ffff);
    return fours * (UINT64_C(10000) << 32 | 1) >> 32;
}

/* The digits of a number without the point, moved behind zeros to fill a word. */
static uint64_t digits_of(const struct number_shape *shape, uint64_t word)
{
    uint64_t digits = word ^ shape->pattern;
    uint64_t whole = digits & shape->whole;
    return (digits - whole + (whole << 8)) << 8 * (WORD - shape->length);
}

/* The quotient of a whole number and a power of ten is rounded once, as strtod() would.
 */
size_t number_row_scan(const struct number_shape *shape, const char **text,
                       const char *end, size_t count, double *out)
{
    const char *at = *text;
    size_t done = 0;
    while (done < count && end - at > WORD && shape->length > 0) {
        const uint64_t word = word_at(at);
        if (!has_shape(shape, at, word))
            break;
        out[done++] =
            (double)(int64_t)value_of_digits(digits_of(shape, word)) / shape->scale;
        at += shape->length + 1;
    }
    *text = at;
    return done;
}
