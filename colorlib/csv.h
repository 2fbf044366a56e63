/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of comma-separated values (RFC 4180), with # lines above the heading. */
#ifndef COLORLIB_CSV_H
#define COLORLIB_CSV_H

#include "colorlib/text.h"

enum { CSV_COLUMNS_MAX = 1024, CSV_ROWS_MAX = 100000 };

/* A heading and rows of as many cells. Release with csv_free. */
struct csv {
    size_t column_count;
    size_t row_count;       /* without the heading */
    struct text_word *cell; /* the heading, then row by row */
};

/*
 * Parses a text, which the cells point into and which must outlive them. Blanks around
 * cells without quotes are dropped, empty lines skipped.
 *
 * NO_MEMORY; BAD_DATA with the place when it is empty, a row is longer or shorter than
 * the heading, a quote is not closed, the heading is separated by semicolons, or there
 * are more than 1024 columns or 100 000 rows.
 */
enum status csv_parse(const struct text *text, struct csv *out, struct fault *fault);

/* Releases the cells; zeros are fine. */
void csv_free(struct csv *csv);

/* One heading, column < column_count. */
static inline const struct text_word *csv_heading(const struct csv *csv, size_t column)
{
    return &csv->cell[column];
}

/* One cell, row < row_count, column < column_count. */
static inline const struct text_word *csv_cell(const struct csv *csv, size_t row,
                                               size_t column)
{
    return &csv->cell[(row + 1) * csv->column_count + column];
}

#endif
