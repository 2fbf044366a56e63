/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what is measured against a limit: ours, the limit, their ratio. */
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

#include <stddef.h>

enum rows_form { ROWS_TABLE, ROWS_JSON };

/* Whether a row is a rate, where more is better, or a time or a size. */
enum rows_better { ROWS_MORE, ROWS_LESS };

struct rows {
    enum rows_form form;
    size_t count; /* printed so far */
};

/* Of one row. The ratio is above 1 where ours is better than the limit. */
struct rows_row {
    const char *name;
    const char *unit;
    enum rows_better better;
    double ours;
    double limit;
    const char *limit_is;
};

/* Prints the heading, or the beginning of one JSON document. */
void rows_begin(struct rows *rows, enum rows_form form);

void rows_print(struct rows *rows, const struct rows_row *row);

/* A row that is not measured here, and why. */
void rows_skip(struct rows *rows, const char *name, const char *reason);

void rows_end(const struct rows *rows);

#endif
