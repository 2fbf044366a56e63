/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stream_text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/array.h"
#include "colorlib/text.h"

char *stream_text_reserve(struct stream_text *text, size_t size)
{
    if (text->capacity - text->size < size) {
        char *grown = array_reserve(text->bytes, &text->capacity, text->size + size, 1);
        if (!grown)
            return NULL;
        text->bytes = grown;
    }
    return text->bytes + text->size;
}

void stream_text_commit(struct stream_text *text, const char *end)
{
    text->size = (size_t)(end - text->bytes);
}

void stream_text_free(struct stream_text *text)
{
    free(text->bytes);
    *text = (struct stream_text){0};
}

static bool is_ascii(const char *string)
{
    while (*string && (unsigned char)*string < 0x80)
        string++;
    return !*string;
}

/* Control characters come in what messages quote of a line. */
static char *put_character(char *at, char c, bool sound)
{
    unsigned char byte = (unsigned char)c;
    if (c == '"' || c == '\\')
        *at++ = '\\';
    *at++ = byte < ' ' || (byte >= 0x80 && !sound) ? '?' : c;
    return at;
}

char *stream_put_string(char *at, const char *string)
{
    bool sound = is_ascii(string) || text_is_printable(string);
    *at++ = '"';
    for (; *string; string++)
        at = put_character(at, *string, sound);
    *at++ = '"';
    return at;
}

/* The digits of a number, at least so many; returns where they begin before the end. */
static char *digits(uint64_t number, int least, char *end)
{
    for (; number > 0 || least > 0; least--, number /= 10)
        *--end = (char)('0' + number % 10);
    return end;
}

/* Moves what was written backwards from the end of a room to its beginning. */
static char *put_back(char *at, const char *start, const char *end)
{
    while (start < end)
        *at++ = *start++;
    return at;
}

char *stream_put_count(char *at, size_t count)
{
    char room[STREAM_NUMBER_MAX], *end = room + sizeof room;
    return put_back(at, digits(count, 1, end), end);
}

enum { DECIMALS = 4, SCALE = 10000 };

char *stream_put_color(char *at, double value)
{
    char room[STREAM_NUMBER_MAX], *end = room + sizeof room;
    uint64_t number = (uint64_t)round(fabs(value) * SCALE);
    char *start = digits(number % SCALE, DECIMALS, end);
    *--start = '.';
    start = digits(number / SCALE, 1, start);
    if (value < 0 && number > 0)
        *--start = '-';
    return put_back(at, start, end);
}

bool stream_color_is_certain(double value, double error)
{
    double scaled = fabs(value) * SCALE;
    if (!(scaled < 1e13))
        return false;
    double from_half = fabs(scaled - (double)(uint64_t)scaled - 0.5);
    return from_half > error * SCALE + scaled * 0x1p-52; /* the product is rounded too */
}
