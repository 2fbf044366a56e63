/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of sample_line share: how the lines of a stream are read. */
#ifndef COLORLIB_SAMPLE_LINE_PLAN_H
#define COLORLIB_SAMPLE_LINE_PLAN_H

#include "colorlib/number_row.h"
#include "colorlib/sample_csv.h"
#include "colorlib/sample_line.h"

enum sample_column_kind {
    SAMPLE_COLUMN_BAND,
    SAMPLE_COLUMN_ID,
    SAMPLE_COLUMN_NAME,
    SAMPLE_COLUMN_KIND,
    SAMPLE_COLUMN_SPECULAR,
    SAMPLE_COLUMN_SIMULATED,
    SAMPLE_COLUMN_CONDITION,
    SAMPLE_COLUMN_DRAWDOWN, /* of a ladder, never plain */
    SAMPLE_COLUMN_OTHER
};

struct sample_column {
    enum sample_column_kind kind;
    size_t band; /* into the grid, of a band */
    size_t run;  /* columns from this one on that are bands in the grid's order */
};

/* What start, step and count of a JSON spectrum come to; count 0 for nothing yet. */
struct sample_line_grid {
    double start_nm, step_nm;
    size_t count;
    size_t first; /* of the values that the grid keeps */
    struct grid grid;
};

struct sample_lines {
    bool json;
    struct sample_options options;
    double norm;         /* the stream's number for 1 */
    size_t heading_size; /* with its line feed, 0 without heading */
    char *text;          /* the heading, then the line that is not plain */
    size_t capacity;
    struct grid grid; /* of a CSV */
    size_t column_count;
    struct sample_column column[CSV_COLUMNS_MAX];
    struct sample_line_grid last; /* of JSON */
    struct number_shape shape;    /* of the number before */
};

/*
 * The line as long as it is plain: numbers without exponent, text of printable ASCII
 * without escapes, nothing that only the readers of sample_read can judge. False where
 * they must; what is read is what they would read.
 */
bool sample_line_csv(struct sample_lines *lines, const char *line, const char *end,
                     struct sample_line *out);
bool sample_line_json(struct sample_lines *lines, const char *line, const char *end,
                      struct sample_line *out);

/* Brings count values from the scale of the stream to that of sample.h; false when one
 * does not fit it. */
bool sample_line_rescale(const struct sample_lines *lines, double *value, size_t count);

#endif
