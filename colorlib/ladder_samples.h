/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ladder out of the samples of a file. */
#ifndef COLORLIB_LADDER_SAMPLES_H
#define COLORLIB_LADDER_SAMPLES_H

#include "colorlib/ladder.h"
#include "colorlib/sample.h"

/* How the backings of films are known. */
enum ladder_backing {
    LADDER_BACKING_NONE,     /* all levels are opaque */
    LADDER_BACKING_MEASURED, /* read bare */
    LADDER_BACKING_ESTIMATED /* one backing, from the weakest films (ladder_background) */
};

struct ladder_samples {
    size_t count;
    struct ladder_reading reading[LADDER_READINGS_MAX];
    size_t sample[LADDER_READINGS_MAX]; /* the index of each reading in the set */
    size_t films;                       /* readings of films with colorant */
    size_t backings;                    /* that they lie upon: 1 or 2, 0 without films */
    enum ladder_backing backing;
    struct colorant carrier; /* the white of opaque tints, else all zero */
    size_t whites;           /* readings of it */
};

/*
 * Sorts the samples of a ladder: concentration 0 and thickness 0 on white or black is a
 * bare backing, concentration 0 and opaque the white that tints are in, concentration 0
 * with a thickness the diluent alone. Readings of one concentration are of one level.
 *
 * BAD_DATA with the sample in fault for one that is of no ladder, a film without a
 * thickness, films on a bare backing that nobody read (where both are used, or there are
 * not two films to estimate it from), films beside tints in a white; NOT_COVERED when a
 * spectrum does not cover the 31 bands; OUT_OF_RANGE for more than LADDER_READINGS_MAX
 * readings or LADDER_LEVELS_MAX concentrations.
 */
enum status ladder_from_samples(const struct sample_set *set,
                                const struct drawdown_view *view,
                                struct ladder_samples *out, struct fault *fault);

/* How many constants the readings bear: two where films lie upon two
 * backings, or where tints reach from the white to half of the colorant. */
enum ladder_constants ladder_samples_constants(const struct ladder_samples *samples);

#endif
