/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Non-negative least squares, min |A x - b|^2 with x >= 0, of few columns and any number
 * of rows (Lawson & Hanson, Solving Least Squares Problems, 1974, ch. 23).
 */
#ifndef COLORLIB_NNLS_H
#define COLORLIB_NNLS_H

#include "colorlib/status.h"

enum { NNLS_COLUMNS_MAX = 24 };

/*
 * The rows so far, rotated into a triangle that has the same solutions (A, and b as the
 * last column); a value, begun with nnls_begin. It loses no digits, as normal equations
 * would, and needs no room for the rows.
 */
struct nnls {
    size_t columns;
    double triangle[NNLS_COLUMNS_MAX + 1][NNLS_COLUMNS_MAX + 1];
};

struct nnls_solution {
    double value[NNLS_COLUMNS_MAX];
    double residual; /* weighted sum of squares left */
};

/* No rows of 1 to NNLS_COLUMNS_MAX columns. */
void nnls_begin(size_t columns, struct nnls *out);

/* Adds one row of finite numbers, both sides multiplied by weight >= 0: one over the
 * standard deviation of the right side. */
void nnls_add_row(struct nnls *problem, const double *row, double right_side,
                  double weight);

/*
 * The solution. A column that depends on those in use stays at zero. NOT_CONVERGED after
 * 3 steps a column, which rounding alone can bring about.
 */
enum status nnls_solve(const struct nnls *problem, struct nnls_solution *out);

/*
 * The covariance of the solution without bounds, for rows weighted by one over their
 * standard deviation: columns x columns, row by row. REJECTED when columns are dependent.
 */
enum status nnls_covariance(const struct nnls *problem, double *out);

#endif
