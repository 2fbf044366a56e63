/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a ladder's fit: for ladder*.c alone. */
#ifndef COLORLIB_LADDER_SOLVE_H
#define COLORLIB_LADDER_SOLVE_H

#include <stdbool.h>

#include "colorlib/ladder.h"

/* The unknowns at a wavelength, in this order wherever they stand in an array. */
enum { LADDER_K, LADDER_S, LADDER_CARRIER_K, LADDER_UNKNOWNS };

/* Coefficients beyond this are of readings that no longer depend on them. */
#define LADDER_COEFFICIENT_MAX 1e7

/* One wavelength solved: the values, and the information matrix of K and S with the
 * carrier's K left free. */
struct ladder_point {
    double value[LADDER_UNKNOWNS];
    double information[2][2];
    double covariance[2][2];
    double chi_square;
};

/* Whether the carrier's K is an unknown: a reading without colorant tells it. */
bool ladder_reads_carrier(const struct ladder *ladder);

/* The absolute deviation of a concentration as poured; that of the carrier alone is 0. */
double ladder_pour_deviation(const struct ladder *ladder, double concentration);

/* A first solution at every wavelength, from contrast pairs and Walowit's rows. */
void ladder_start(const struct ladder *ladder, double start[][LADDER_UNKNOWNS]);

/* The solution at one wavelength from a first one. REJECTED when the unknowns cannot be
 * told apart, NOT_CONVERGED. */
enum status ladder_solve(const struct ladder *ladder, size_t band, const double *start,
                         struct ladder_point *out);

/* Smooths K and S of all bands; returns the share of chi_square that this added. */
double ladder_smooth(const struct ladder_point *points, enum ladder_constants constants,
                     double chi_square, struct colorant *out);

#endif
