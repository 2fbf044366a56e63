/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generic bottles: four single pigments and what is premixed of them. */
#ifndef PROFILES_MIE_LIQUID_H
#define PROFILES_MIE_LIQUID_H

#include "colorlib/bands.h"
#include "colorlib/fade.h"

enum { LIQUID_SINGLES = 4, LIQUID_PREMIXES = 4 };

/* What a profile's header says of a liquid. */
struct liquid_text {
    const char *id;
    const char *name;
    const char *origin; /* comment lines: where the numbers come from, what is assumed */
};

/* A bottle's liquid. */
struct liquid {
    struct bands K; /* two-flux absorption, mm^-1 */
    struct bands S; /* two-flux scattering, mm^-1 */
    double density_g_per_ml;
    enum pigment_class class;
    struct fade_rates fade;
};

/* A pigment in water at LIQUID_LOADING. */
struct liquid_single {
    struct liquid_text text;
    enum pigment_class class;
    const char *ci;                              /* Colour Index number */
    double solid_g_per_ml;                       /* density of the powder */
    void (*coefficients)(struct liquid *liquid); /* fills K and S */
};

/* Volume fractions of the single liquids, in the order of liquid_singles; the rest is
 * water. */
struct liquid_premix {
    struct liquid_text text;
    double fraction[LIQUID_SINGLES];
};

extern const struct liquid_single liquid_singles[LIQUID_SINGLES];
extern const struct liquid_premix liquid_premixes[LIQUID_PREMIXES];

void liquid_make_single(const struct liquid_single *single, struct liquid *out);

/*
 * K, S and density add up by volume. Class: of the pigment that absorbs most (sum of K
 * over the bands); fade rates: means weighted by the same absorption.
 */
void liquid_make_premix(const struct liquid_premix *premix, struct liquid *out);

#endif
