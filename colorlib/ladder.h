/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a colorant absorbs and scatters, from drawdowns of it at several concentrations: a
 * ladder. The levels may be films over known backings, read over a light and a dark one
 * or over one alone, or opaque tints in a white, or both.
 *
 * Model: K = c K_colorant + (1 - c) K_carrier, and S alike (two-constant additivity).
 * Readings deviate from it by noise, one by one, and by errors of pouring, which the
 * readings of one level share.
 */
#ifndef COLORLIB_LADDER_H
#define COLORLIB_LADDER_H

#include "colorlib/drawdown.h"
#include "colorlib/status.h"

enum { LADDER_READINGS_MAX = 64, LADDER_LEVELS_MAX = 32 };

struct ladder_reading {
    size_t level;         /* the pouring it is of, below LADDER_LEVELS_MAX */
    double concentration; /* 0 to 1 of the colorant, the rest carrier; by volume for films
                             of wet thickness, in tints of a white by mass as well */
    struct drawdown drawdown;
    struct bands reflectance; /* factor */
};

/* How many constants the data can bear. A few percent in a strong white bear one: there a
 * second fits the ladder better, often levels left out too, and mixtures worse. */
enum ladder_constants {
    LADDER_TWO_CONSTANTS, /* K and S */
    LADDER_ONE_CONSTANT   /* K, with S = 0: such a trace, or films over one backing */
};

/* A ladder as measured. The readings are the caller's. */
struct ladder {
    const struct ladder_reading *reading;
    size_t count;
    struct colorant carrier; /* all zero for a clear one; S = 1 for a reference white */
    struct drawdown_view view;
    struct drawdown_noise noise;
    double
        pour_share; /* relative deviation of a concentration, and of the thickness ... */
    double pour_floor; /* ... and an absolute one: the balance or pipette */
    enum ladder_constants constants;
};

/* 2 % of every concentration as poured (colour note, 5.4). */
#define LADDER_POUR_SHARE 0.02

/* The least relative deviation that is reported: pouring, sampling, geometry. */
#define LADDER_DEVIATION_FLOOR 0.03

/* What a colorant's K and S are counted in. */
enum ladder_scale {
    LADDER_PER_MM,  /* films of known thickness */
    LADDER_OF_WHITE /* opaque tints tell ratios alone: units of the carrier's scattering
                     */
};

struct ladder_fit {
    enum ladder_scale scale;
    struct colorant colorant; /* of the undiluted colorant, smoothed */
    struct bands K_deviation; /* one standard deviation of each band */
    struct bands S_deviation;
    /* One relative deviation a wavelength, of K and S together as they weigh there; not
     * below LADDER_DEVIATION_FLOOR. */
    struct bands relative_deviation;
    double chi_square; /* before smoothing, over all bands */
    size_t freedom;    /* readings less unknowns, over all bands */
    double scatter;    /* root of their ratio: 1 when noise and pouring explain all */
    double smoothing;  /* share of chi_square that smoothing added, at most 0.05 */
};

/*
 * A reference white from its opaque drawdown: S = 1 at every wavelength, K = (1 - R)^2 /
 * 2R. What is measured in it is counted in units of its scattering.
 */
void ladder_white(const struct bands *reflectance, const struct drawdown_view *view,
                  struct colorant *out);

/*
 * Fits K and S by wavelength: films as contrast pairs (film_invert) and opaque levels in
 * Walowit's linear form (Walowit, McCarthy & Berns, Color Res. Appl. 12 (1987) 340) give
 * a first solution by non-negative least squares, which is then repeated on the readings
 * themselves until it stands. Readings at concentration 0 tell the carrier's K anew, so
 * that its error is carried along; without them the carrier is taken as exact. A light
 * smoothing over wavelength follows (second differences relative to the curve, chi-square
 * up by at most 5 %). Where chi_square exceeds freedom the deviations grow with scatter.
 *
 * One tint and one masstone settle two constants with nothing left over: the fit then
 * tells neither whether additivity holds nor a wrong mass from a wrong strength (freedom
 * is 0 but for repeats).
 *
 * BAD_DATA for numbers not finite or out of range, or two concentrations in one level;
 * OUT_OF_RANGE for no reading with colorant, fewer readings than unknowns, or more than
 * LADDER_READINGS_MAX; REJECTED when K and S cannot be told apart at more than a quarter
 * of the bands (opaque levels without a white, or one concentration in it; films over one
 * backing only are for one constant); NOT_CONVERGED.
 */
enum status ladder_fit(const struct ladder *ladder, struct ladder_fit *out);

/*
 * The backing of films, all over the same one, that was not measured bare: the readings
 * of the least colorant (concentration x thickness), extrapolated to none at each
 * wavelength, their logarithm falling in a straight line or not at all. An estimate: what
 * it is wrong by passes for absorption.
 *
 *   used  how many of the readings, 2 to count; the fewest that show the trend
 *
 * BAD_DATA for opaque readings, or values not above 0 or not finite; OUT_OF_RANGE for
 * another used.
 */
enum status ladder_background(const struct ladder_reading *readings, size_t count,
                              size_t used, struct bands *out);

/* The reading that a colorant predicts at a concentration in the ladder's carrier. */
void ladder_predict(const struct ladder *ladder, const struct colorant *colorant,
                    double concentration, const struct drawdown *drawdown,
                    struct bands *out);

#endif
