/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least value of a function of few numbers, without its slope (Nelder & Mead, Comput.
 * J. 7 (1965) 308). */
#ifndef COLORLIB_SIMPLEX_H
#define COLORLIB_SIMPLEX_H

#include <stdbool.h>
#include <stddef.h>

#include "colorlib/status.h"

enum { SIMPLEX_NUMBERS_MAX = 8 };

struct simplex_aim {
    size_t count; /* numbers, 1 to SIMPLEX_NUMBERS_MAX */
    double (*value)(const double *x, void *context);
    /* Whether the best point so far is all that is asked for; NULL for never. */
    bool (*is_enough)(const double *x, void *context);
    void *context;
    /* A value that a search must come near to be worth its time; HUGE_VAL where all are.
     */
    double hopeless;
};

/*
 * One search from x and the points a step away from it along each axis, until the
 * root-mean-square distance of the corners from their centre is size or less, or the best
 * point is enough. Writes the best point to x and its value. NOT_CONVERGED, with the best
 * point so far, after so many moves. REJECTED once the search is hopeless: with the best
 * point so far and an estimate of the least value that it might have come to. No
 * allocation.
 */
enum status simplex_search(const struct simplex_aim *aim, double step, double size,
                           size_t moves_max, double *x, double *value);

#endif
