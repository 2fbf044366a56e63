/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON as text that grows, for streams in which a tree for each line would take longer
 * than the line itself. Who writes reserves room first, and moves a pointer through it.
 */
#ifndef CLI_BATCH_TEXT_H
#define CLI_BATCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Release with batch_text_free; zeros are fine. */
struct batch_text {
    char *bytes;
    size_t size, capacity;
};

/* Room for so many bytes behind the text; NULL without memory. */
char *batch_text_reserve(struct batch_text *text, size_t size);

/* Takes what was written to the room reserved, up to end. */
void batch_text_commit(struct batch_text *text, const char *end);

void batch_text_free(struct batch_text *text);

/* Bytes that a number takes at the most, and those of a JSON string of n bytes. */
enum { BATCH_NUMBER_MAX = 24 };
#define BATCH_STRING_MAX(n) (2 * (n) + 2)

/* Each writes to at and returns the place behind. */

char *batch_put(char *at, const char *string);
char *batch_put_count(char *at, size_t count);

/* A JSON string with its quotes; control characters become question marks, and where the
 * text is not printable UTF-8 all bytes above 0x7f. */
char *batch_put_string(char *at, const char *string);

/* A number rounded as json_round to JSON_DECIMALS_COLOR, |value| below 1e13. */
char *batch_put_color(char *at, double value);

/* Whether batch_put_color writes the same for every number within error of the value. */
bool batch_color_is_certain(double value, double error);

#endif
