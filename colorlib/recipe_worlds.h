/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the robust search needs of an ensemble beyond judging; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_WORLDS_H
#define COLORLIB_RECIPE_WORLDS_H

#include "colorlib/recipe_ensemble.h"
#include "colorlib/recipe_solver.h"

/* Draws that are enough to compare candidates; all of them decide. */
enum { RECIPE_DRAWS_FEW = 64 };

/* A mixture over some draws. */
struct recipe_fortune {
    struct quantiles objective; /* of E */
    double mean;
    double tail;
    double darker; /* chances at the worst age */
    double bluer;
    double price;  /* of the chances, part of F; 0 where they are limited */
    double excess; /* of limited chances above what they may be, added up; else 0 */
};

/* How a mixture fares in the first draws, at most all. The hot path: no allocation. */
struct recipe_fortune recipe_fortune(const struct recipe_ensemble *ensemble,
                                     const size_t *pigment, const double *concentration,
                                     size_t count, size_t draws);

/* F without the price of pigments and cost. */
double recipe_fortune_value(const struct recipe_fortune *fortune);

const struct recipe_solver *
recipe_ensemble_solver(const struct recipe_ensemble *ensemble);
size_t recipe_ensemble_draws(const struct recipe_ensemble *ensemble);

#endif
