/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joint normal distributions made of independent standard normal numbers. */
#ifndef COLORLIB_COVARIANCE_H
#define COLORLIB_COVARIANCE_H

#include <stddef.h>

#include "colorlib/status.h"

enum { COVARIANCE_MAX = 24 };

/* The lower Cholesky factor of a covariance; a column of 0 is a component whose spread
 * is known from the others, or that has none. */
struct covariance_factor {
    size_t count;
    double lower[COVARIANCE_MAX][COVARIANCE_MAX];
};

/* Of count x count numbers, count up to COVARIANCE_MAX. BAD_DATA unless it is positive
 * semidefinite. */
enum status covariance_factorize(const double *covariance, size_t count,
                                 struct covariance_factor *out);

/* mean + factor x normal, all of the factor's count; out may be mean. */
void covariance_correlate(const struct covariance_factor *factor, const double *mean,
                          const double *normal, double *out);

/*
 * The covariance of unknowns found by least squares: the inverse of J'J, J the slopes of
 * rows x count residuals in sd of their noise, a row every stride numbers. Unlike GSL's
 * function for it this takes no memory that may be missing.
 *
 * BAD_DATA where the rows do not determine all unknowns. out has count x count numbers.
 */
enum status covariance_of_slopes(const double *slope, size_t rows, size_t count,
                                 size_t stride, double *out);

#endif
