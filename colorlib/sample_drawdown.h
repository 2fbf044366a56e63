/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample of a ladder was poured of, by name: one list for every format. */
#ifndef COLORLIB_SAMPLE_DRAWDOWN_H
#define COLORLIB_SAMPLE_DRAWDOWN_H

#include <stdbool.h>

#include "colorlib/sample.h"

/* A column of its own in CSV and CGATS, a member in a document; all three or none. */
struct sample_drawdown_column {
    const char *name;    /* in CSV and in a document */
    const char *keyword; /* in CGATS; taken in CSV as well */
};

enum { SAMPLE_DRAWDOWN_COLUMNS = 3 };
extern const struct sample_drawdown_column
    sample_drawdown_columns[SAMPLE_DRAWDOWN_COLUMNS];

/* The column whose value is a word; the others are numbers. */
enum { SAMPLE_DRAWDOWN_BACKING = 1 };

/* "white", "black", "opaque", "" where unknown. */
const char *sample_backing_name(enum sample_backing backing);

/* Sets the backing; NOT_FOUND for another word. */
enum status sample_drawdown_set_backing(const char *name, struct sample_drawdown *out);

/* Sets another column; OUT_OF_RANGE for a concentration outside 0 to 1 or a thickness
 * outside 0 to 10000. */
enum status sample_drawdown_set_number(size_t column, double number,
                                       struct sample_drawdown *out);

/* The number of another column than the backing. */
double sample_drawdown_number(size_t column, const struct sample_drawdown *drawdown);

/* What a column may hold, for a message. */
const char *sample_drawdown_expected(size_t column);

/* Whether any sample of the set is of a ladder. */
bool sample_drawdown_any(const struct sample_set *set);

#endif
