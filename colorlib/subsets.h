/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Non-negative least squares over every small subset of the pigments. A solution of a
 * subset that leaves a pigment out is a solution of a smaller subset, so that it is
 * enough to solve each active set without bounds and to keep those with every
 * concentration above zero.
 */
#ifndef COLORLIB_SUBSETS_H
#define COLORLIB_SUBSETS_H

#include "colorlib/inversion.h"

struct subset {
    size_t count;
    size_t pigment[MIXTURE_MAX]; /* ascending */
    double concentration[MIXTURE_MAX];
    double residual; /* sum of squares left */
};

enum {
    SUBSETS_KEPT = 200,    /* at the most */
    SUBSETS_KEPT_EACH = 20 /* of every size at the least, as far as there are as many */
};

/*
 * All subsets of 1 to pigments_max (at most MIXTURE_MAX) pigments: writes the best ones
 * by residual, ascending, to best[SUBSETS_KEPT], their number to kept, and returns the
 * number of active sets solved. Sets whose columns are linearly dependent are passed
 * over.
 */
size_t subsets_search(const struct normal_equations *equations, size_t pigments_max,
                      struct subset *best, size_t *kept);

/* The solution of one set of pigments, 1 to MIXTURE_MAX; STATUS_NOT_FOUND when its
 * unbounded solution has a concentration that is not positive or the columns are
 * dependent. */
enum status subsets_solve(const struct normal_equations *equations, const size_t *pigment,
                          size_t count, struct subset *out);

#endif
