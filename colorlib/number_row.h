/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of numbers, which are mostly written alike: each as many digits as the others. */
#ifndef COLORLIB_NUMBER_ROW_H
#define COLORLIB_NUMBER_ROW_H

#include <stddef.h>
#include <stdint.h>

/*
 * How a number of at most eight characters is written: digits, perhaps with a point among
 * them. Eight characters of a text are one word, the first in the lowest byte. All zero
 * for no shape.
 */
struct number_shape {
    size_t length;
    unsigned char first; /* the least that the first character may be */
    uint64_t pattern;    /* '0' for each digit, the point */
    uint64_t raise;      /* lifts the high bit of what differs from the pattern */
    uint64_t high;       /* the high bits of the number's characters */
    uint64_t whole;      /* the bytes before the point */
    double scale;        /* ten to the power of the decimals */
};

/* The shape of the number from text to behind, none where it has another character or is
 * longer. The first of several digits before a point may not be 0 in others of it. */
void number_shape_of(const char *text, const char *behind, struct number_shape *out);

/*
 * Reads numbers of a shape that each have a comma behind them, at most count of them, as
 * number_scan (number.h) would. Stops before the first that is not of the shape or has no
 * comma before the end, at the latest a few characters before the end. *text moves behind
 * the last comma; returns how many were read.
 */
size_t number_row_scan(const struct number_shape *shape, const char **text,
                       const char *end, size_t count, double *out);

#endif
