/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which dilutions of a colorant a ladder of films should have. */
#ifndef COLORLIB_LADDER_PLAN_H
#define COLORLIB_LADDER_PLAN_H

#include <stdbool.h>

#include "colorlib/drawdown.h"
#include "colorlib/status.h"

enum { LADDER_PLAN_MAX = 16 };

/* A film tells of a wavelength where it neither vanishes nor hides: K X within these
 * (colour note, 5.2), or S X where the colorant scatters more than it absorbs, which
 * hides less (assumption: up to 5). */
#define LADDER_INFORMS_LEAST      0.08
#define LADDER_INFORMS_ABSORBING  1.5
#define LADDER_INFORMS_SCATTERING 5.0

struct ladder_plan_level {
    double concentration; /* 1 / (1 + n), n the parts of diluent to one of colorant */
    double ratio;         /* n, a number that can be poured */
    size_t informed;      /* bands that this level tells of */
    double KX_least;      /* over the bands */
    double KX_most;
};

struct ladder_plan {
    size_t count;
    struct ladder_plan_level level[LADDER_PLAN_MAX]; /* strongest first */
    /* The concentrations between which a level tells of any wavelength at all; the
     * strongest at most 1. */
    double strongest;
    double weakest;
    size_t bands_twice; /* bands that two levels or more tell of */
};

/* Whether a film of the colorant at a concentration tells of one of its bands. */
bool ladder_informs(const struct colorant *colorant, size_t band, double concentration,
                    double thickness_mm);

/*
 * Levels for a colorant of which K and S are guessed, drawn down at a wet thickness:
 * evenly spaced by ratio, three about where one wavelength is told of, from where the
 * weakest still is to where the strongest still is, by 25 % within so that the guess may
 * be wrong by as much.
 *
 *   levels_max  2 to LADDER_PLAN_MAX
 *
 * BAD_DATA for coefficients negative or not finite, or a thickness not above 0 and below
 * 10 mm; OUT_OF_RANGE for another levels_max; REJECTED when no dilution tells anything:
 * undiluted, the film is clear at every wavelength.
 */
enum status ladder_plan(const struct colorant *guess, double thickness_mm,
                        size_t levels_max, struct ladder_plan *out);

#endif
