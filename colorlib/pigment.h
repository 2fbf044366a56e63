/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bottles of pigment: what they absorb and scatter, and what a user must know of them. */
#ifndef COLORLIB_PIGMENT_H
#define COLORLIB_PIGMENT_H

#include <stdbool.h>
#include <stdio.h>

#include "colorlib/bands.h"
#include "colorlib/fade.h"
#include "colorlib/sample.h"

enum { PIGMENT_TEXT_MAX = 64, PIGMENT_LIST_MAX = 256, PIGMENT_MAX = 40 };

enum pigment_origin {
    PIGMENT_MODEL, /* computed from published properties: a generic profile */
    PIGMENT_LADDER /* measured from drawdowns of this bottle */
};

struct pigment {
    char id[PIGMENT_TEXT_MAX];
    char name[PIGMENT_TEXT_MAX];
    char lot[PIGMENT_TEXT_MAX]; /* empty where unknown */
    enum pigment_origin origin;
    enum pigment_class class;
    struct bands K;         /* two-flux absorption of bottle liquid, mm^-1 */
    struct bands S;         /* two-flux scattering of bottle liquid, mm^-1 */
    struct fade_rates fade; /* the class's, or the bottle's own */
    double drop_ml;         /* volume of one drop */
    double density_g_per_ml;
    double cost_per_ml; /* any currency; 0 where unknown */
    double strength;    /* of this lot against the standard, 1 = equal; already in K, S */
    double dilution_max;       /* largest proved n of 1:n; 0 where none is proved */
    char ci[PIGMENT_LIST_MAX]; /* Colour Index numbers, separated by blanks */
    char allergens[PIGMENT_LIST_MAX]; /* separated by blanks */
    bool simulated;                   /* a virtual instrument read the ladder */
    double level_out_de00;            /* largest of its levels predicted from the others;
                                         0 where unknown */
    double validations;               /* real mixtures that it was held against */
    double validation_de00;           /* mean CIEDE2000 of them; 0 where there is none */
};

/*
 * Reads a pigment profile (CGATS.17 with SMP_FORMAT "pigment/1"): header keywords and two
 * rows, SMP_QUANTITY K and S, with columns KS_400 ... KS_700 in mm^-1 of bottle liquid.
 *
 * NOT_FOUND or IO when the file cannot be read; BAD_DATA with the place in fault when it
 * is not a pigment profile or breaks a range (K, S >= 0; drop 0.005 to 0.5 ml; density
 * 0.5 to 5 g/ml; healed fraction and rates as fade.h says).
 */
enum status pigment_read(const char *path, struct pigment *out, struct fault *fault);

/*
 * Writes a profile that pigment_read takes: keywords, K and S, and the readings of the
 * ladder behind them as a second table, which sample_read finds in the file; ladder NULL
 * for none. IO on failure, NO_MEMORY, BAD_DATA when a number is not finite: what was
 * written until then is no profile.
 */
enum status pigment_write(FILE *stream, const struct pigment *pigment,
                          const struct sample_set *ladder);

/* True when the Colour Index numbers or allergens of the pigment name the word. */
bool pigment_contains(const struct pigment *pigment, const char *word);

#endif
