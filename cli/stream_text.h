/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON as text that grows, for streams in which a tree for each line would take longer
 * than the line itself. Who writes reserves room first, and moves a pointer through it.
 */
#ifndef CLI_STREAM_TEXT_H
#define CLI_STREAM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Release with stream_text_free; zeros are fine. */
struct stream_text {
    char *bytes;
    size_t size, capacity;
};

/* Room for so many bytes behind the text; NULL without memory. */
char *stream_text_reserve(struct stream_text *text, size_t size);

/* Takes what was written to the room reserved, up to end. */
void stream_text_commit(struct stream_text *text, const char *end);

void stream_text_free(struct stream_text *text);

/* Bytes that a number takes at the most, and those of a JSON string of n bytes. */
enum { STREAM_NUMBER_MAX = 24 };
#define STREAM_STRING_MAX(n) (2 * (n) + 2)

/* Each writes to at and returns the place behind. */

/* Inlined, as most strings are constants of a few bytes. */
static inline char *stream_put(char *at, const char *string)
{
    return (char *)memcpy(at, string, strlen(string)) + strlen(string);
}

char *stream_put_count(char *at, size_t count);

/* A JSON string with its quotes; control characters become question marks, and where the
 * text is not printable UTF-8 all bytes above 0x7f. */
char *stream_put_string(char *at, const char *string);

/* A number rounded as json_round to JSON_DECIMALS_COLOR, |value| below 1e13. */
char *stream_put_color(char *at, double value);

/* Whether stream_put_color writes the same for every number within error of the value. */
bool stream_color_is_certain(double value, double error);

#endif
