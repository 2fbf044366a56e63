/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What data make of a prior: the most likely values, and their spread to first order. */
#ifndef COLORLIB_POSTERIOR_H
#define COLORLIB_POSTERIOR_H

#include <stddef.h>

#include "colorlib/status.h"

enum { POSTERIOR_UNKNOWNS_MAX = 24, POSTERIOR_ROWS_MAX = 192 };

/* Unknowns z whose priors are independent standard normals (covariance_correlate turns
 * them into what is meant), and rows that data add. */
struct posterior_problem {
    size_t unknowns; /* 1 to POSTERIOR_UNKNOWNS_MAX */
    size_t rows;     /* 0 to POSTERIOR_ROWS_MAX */
    /* Differences between model and data at z, in sd of the noise and independent. */
    void (*residuals)(const double *z, const void *data, double *out);
    const void *data;
};

struct posterior {
    double z[POSTERIOR_UNKNOWNS_MAX];
    double covariance[POSTERIOR_UNKNOWNS_MAX][POSTERIOR_UNKNOWNS_MAX];
    size_t iterations;
};

/* How the residuals change with the unknowns at z: rows x unknowns numbers. */
void posterior_slopes(const struct posterior_problem *problem, const double *z,
                      double *out);

/*
 * The z that minimises the sum of squares of z and of the residuals (trust-region
 * Levenberg-Marquardt), and Laplace's covariance about it. Switches GSL's error handler
 * off while it runs. NOT_CONVERGED after 200 iterations; NO_MEMORY. out is written on
 * success only.
 */
enum status posterior_find(const struct posterior_problem *problem,
                           struct posterior *out);

#endif
