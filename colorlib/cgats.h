/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of the CGATS.17 text format (ANSI CGATS.17, ISO 28178) and its dialects: an
 * identifier, keywords, a data format and data, one set a line. Read strictly: words with
 * blanks are quoted, # begins a comment only where a word could begin, nothing is
 * included from elsewhere.
 */
#ifndef COLORLIB_CGATS_H
#define COLORLIB_CGATS_H

#include <stdio.h>

#include "colorlib/text.h"

enum { CGATS_FIELDS_MAX = 1024, CGATS_KEYWORDS_MAX = 1024, CGATS_SETS_MAX = 100000 };

struct cgats_keyword {
    struct text_word name;
    struct text_word value;
};

struct cgats_table {
    struct text_word identifier; /* CGATS.17, CTI3, SPECT ... */
    size_t keyword_count;
    struct cgats_keyword *keyword;
    size_t field_count;
    struct text_word *field;
    size_t set_count;
    struct text_word *cell; /* set_count x field_count, set by set */
};

/* The tables of one file, one or more. Release with cgats_free. */
struct cgats {
    size_t table_count;
    struct cgats_table *table;
};

/*
 * Parses a text, which the words point into and which must outlive the tables.
 * NO_MEMORY; BAD_DATA with the place when it is empty or not well formed: a missing or
 * misplaced section, a set longer or shorter than the format, a field named twice, a
 * keyword with two values, counts that contradict the table, an open quote, .INCLUDE,
 * more than 1024 fields or keywords or 100 000 sets.
 */
enum status cgats_parse(const struct text *text, struct cgats *out, struct fault *fault);

/* Releases the tables; zeros are fine. */
void cgats_free(struct cgats *cgats);

/* The value of a keyword, NULL where the table has none. */
const struct text_word *cgats_keyword(const struct cgats_table *table, const char *name);

/* The index of a field, table->field_count where the table has none. */
size_t cgats_field(const struct cgats_table *table, const char *name);

/* One cell, set < set_count, field < field_count. */
static inline const struct text_word *cgats_cell(const struct cgats_table *table,
                                                 size_t set, size_t field)
{
    return &table->cell[set * table->field_count + field];
}

/* Writes a text in quotes; a quote in it becomes ', a control character a blank. */
void cgats_write_text(FILE *stream, const char *text);

/* Writes a line with a keyword and its value in quotes. */
void cgats_write_keyword(FILE *stream, const char *name, const char *value);

#endif
