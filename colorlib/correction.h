/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to add to a batch that is off its standard. Nothing can be taken out of it: the
 * additions are tinters and clear vehicle, and where they do not save the batch, what
 * stands in the way is said.
 */
#ifndef COLORLIB_CORRECTION_H
#define COLORLIB_CORRECTION_H

#include "colorlib/batch.h"

enum { CORRECTION_TINTERS_MAX = 12 };

/* How well additions are known: one relative standard deviation of an amount and of a
 * tinter's strength (the colour note's 5.4 and the floor of 5.5). */
#define CORRECTION_POUR_DEVIATION     0.02
#define CORRECTION_STRENGTH_DEVIATION 0.03

/* Colorants in one scale, mm^-1 of bottle liquid or units of one white. */
struct correction_problem {
    struct strength_conditions conditions; /* at which batch and standard are compared */
    enum strength_criterion criterion;
    const struct tolerance *tolerance; /* the caller's */
    struct colorant standard;
    struct colorant batch;
    size_t count;                                   /* 1 to CORRECTION_TINTERS_MAX */
    struct colorant tinter[CORRECTION_TINTERS_MAX]; /* all zero for a clear vehicle */
    double most; /* volume of all additions over the batch's, above 0 and at most 1 */
};

enum correction_verdict {
    CORRECTION_NOT_NEEDED, /* it is within the limits as it is */
    CORRECTION_SAVES,
    CORRECTION_TOO_MUCH, /* it takes more than may be added */
    CORRECTION_NEVER     /* not even as much again as the batch brings it within */
};

/* The criteria that can be predicted: others are NAN. */
struct correction_forecast {
    double value[TOLERANCE_CRITERIA];
    /* Expanded uncertainty of the additions alone, 95 %; what was measured of the batch
     * comes on top. */
    double uncertainty[TOLERANCE_CRITERIA];
};

struct correction {
    enum correction_verdict verdict;
    double share[CORRECTION_TINTERS_MAX]; /* volumes added, the batch's being 1 */
    double total;
    double needed; /* the total without the limit of additions */
    struct colorant result;
    struct correction_forecast before;
    struct correction_forecast after; /* with the shares */
    /* Where the verdict is TOO_MUCH or NEVER: the criterion that stays farthest out, the
     * band where the result's absorption differs most as seen, and by what share of the
     * standard's, positive for too much. */
    enum tolerance_criterion blocks;
    size_t band;
    double excess;
};

/* The verdict in words, without a full stop; never NULL. */
const char *correction_verdict_text(enum correction_verdict verdict);

/*
 * The additions that bring the batch nearest to the standard: V (K_std - K_b) = sum x_i
 * (K_i - K_std), and S alike, by non-negative least squares, each wavelength weighted by
 * what it does to the color; then the color itself at three concentrations, with a slight
 * penalty on what is added, which grows where that is more than allowed.
 *
 * BAD_DATA for coefficients negative or not finite; OUT_OF_RANGE for another count or
 * most, or a concentration outside 0 to 0.5; as strength_compare otherwise.
 */
enum status correction_solve(const struct correction_problem *problem,
                             struct correction *out);

/*
 * A batch's colorant in the scale of a profile, from readings of standard and batch that
 * tell K in another: the profile's K as much stronger at each band as the batch is, and
 * its S as it is. out may be one of the others.
 */
void correction_rescale(const struct colorant *profile, const struct colorant *standard,
                        const struct colorant *batch, struct colorant *out);

/* One pour, in the order of pouring. */
struct correction_step {
    size_t tinter;
    double amount; /* in the unit of the batch's size */
    double scale;  /* what the scale shows after it, the batch's size being on it */
};

/*
 * The additions as they are poured on a scale: the largest first, so that what it is
 * missed by can be made good by the smaller ones. Returns how many there are.
 *
 *   size           mass of the batch, any unit
 *   batch_density  g/ml, as density of each tinter
 *   steps          room for the problem's count
 */
size_t correction_pour(const struct correction *correction, size_t count, double size,
                       double batch_density, const double *density,
                       struct correction_step *steps);

#endif
