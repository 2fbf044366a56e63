/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a ladder can be trusted: each of its levels predicted from the others. */
#ifndef COLORLIB_LADDER_CHECK_H
#define COLORLIB_LADDER_CHECK_H

#include "colorlib/colorimetry.h"
#include "colorlib/ladder.h"

/* CIEDE2000 up to which a level left out counts as predicted (colour note, 14.5). */
#define LADDER_PROVED 1.0

/* The share of the levels' color that may stay unexplained (assumption). */
#define LADDER_UNEXPLAINED 0.4

struct ladder_level {
    size_t level;
    double concentration;
    double ciede2000; /* of its worst reading, predicted from the other levels */
};

struct ladder_check {
    /* CIEDE2000 of readings predicted from all others, and from all other levels. */
    double one_out_median;
    double level_out_median;
    double level_out_p90;
    double level_out_largest;
    size_t count;
    struct ladder_level level[LADDER_LEVELS_MAX]; /* with colorant, ascending */
    /* The range of neighbouring levels that are all predicted to LADDER_PROVED; 0 to 0
     * where there is none. */
    double proved_least;
    double proved_most;
    /* Root mean square of the level-out errors over that of the levels' differences from
     * no colorant at all. Above LADDER_UNEXPLAINED the readings do not follow the
     * concentrations: an effect pigment, flocculation, or wrong labels. */
    double unexplained;
};

/*
 * Leaves out every reading and every level in turn. weights: on the 31 bands.
 *
 * What ladder_fit returns where a fit fails; OUT_OF_RANGE with fewer than three levels of
 * colorant.
 */
enum status ladder_check(const struct ladder *ladder, const struct weights *weights,
                         struct ladder_check *out);

/* Root mean square of what the readings with colorant differ by from their prediction,
 * reflectance factor. */
double ladder_residual(const struct ladder *ladder, const struct colorant *colorant);

/* A level whose label the others contradict. */
struct ladder_suspect {
    size_t level;
    double stated; /* concentrations */
    double likely;
    double deviations; /* between the two, in deviations of pouring */
};

/*
 * The one level without which the others agree, if it is not of the concentration that
 * they say by more than five deviations of pouring and 20 %. NOT_FOUND when there is
 * none; otherwise as ladder_check.
 */
enum status ladder_mislabelled(const struct ladder *ladder, struct ladder_suspect *out);

enum ladder_verdict {
    LADDER_HOLDS,
    LADDER_MISLABELLED,  /* ladder_mislabelled names the level */
    LADDER_NOT_ADDITIVE, /* unexplained above LADDER_UNEXPLAINED */
    LADDER_UNPROVED      /* no two neighbouring levels predicted to LADDER_PROVED */
};

/* What to think of a checked ladder; suspect NULL where none was found. */
enum ladder_verdict ladder_judge(const struct ladder_check *check,
                                 const struct ladder_suspect *suspect);

/* The verdict's reason in words, without a full stop; never NULL. */
const char *ladder_verdict_text(enum ladder_verdict verdict);

#endif
