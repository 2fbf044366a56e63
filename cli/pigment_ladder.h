/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ladder from its readings to what a pigment absorbs and scatters, and what to think
 * of it. */
#ifndef CLI_PIGMENT_LADDER_H
#define CLI_PIGMENT_LADDER_H

#include "cli/command.h"
#include "colorlib/ladder_check.h"
#include "colorlib/ladder_samples.h"

struct pigment_ladder {
    struct sample_set set; /* the readings as a profile keeps them */
    struct ladder_samples samples;
    struct ladder ladder; /* points into samples */
    struct ladder_fit fit;
    struct ladder_check check;
    enum ladder_verdict verdict;
    struct ladder_suspect suspect; /* where the verdict is LADDER_MISLABELLED */
    double residual_rms;           /* reflectance factor */
    double limit;                  /* CIEDE2000 that a level left out may have */
};

/* Reads the readings from a file; release the set with sample_set_free. */
enum exit_code pigment_ladder_read(struct context *context, const char *path,
                                   struct sample_set *out);

/*
 * Fits and checks the set of out, which must stay where it is, as --index, --constants
 * and --max-loo of the command say. Failure where the readings make no ladder; what is
 * wrong with one that they make is its verdict.
 */
enum exit_code pigment_ladder_fit(struct context *context, struct pigment_ladder *out);

/* Whether the verdict and every level left out allow the pigment to be kept. */
bool pigment_ladder_holds(const struct pigment_ladder *ladder);

/* Largest n of 1:n that is proved, 0 where none is. */
double pigment_ladder_dilution(const struct pigment_ladder *ladder);

/* The ids of a level's samples with commas between, cut where they are too many. */
void pigment_ladder_ids(const struct pigment_ladder *ladder, size_t level, char *text,
                        size_t size);

#endif
