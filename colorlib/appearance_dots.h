/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dots in skin: planes below and above the reflectance of all mixtures of a region, for
 * searches that must prove what they leave out. Films have one look, so that a region is
 * held against its target in one step (appearance_film.h); dots are seen at several ages
 * under several lights, whose differences add up, and so their planes must be added up
 * first.
 */
#ifndef COLORLIB_APPEARANCE_DOTS_H
#define COLORLIB_APPEARANCE_DOTS_H

#include <stdalign.h>

#include "colorlib/lanes.h"
#include "colorlib/treatment.h"

/* Lanes are bands; those past BAND_COUNT repeat the last one. */
enum { APPEARANCE_DOTS_LANES = 32 };

/* A moment of a treatment, by lane. */
struct appearance_dots {
    alignas(64) double K[APPEARANCE_DOTS_LANES]; /* two-flux, of the layer without dots */
    double S[APPEARANCE_DOTS_LANES];
    double deep[APPEARANCE_DOTS_LANES]; /* what lies under the layer reflects so much */
    double constant[APPEARANCE_DOTS_LANES]; /* the cover, as in struct dots_bed */
    double linear[APPEARANCE_DOTS_LANES];
    double pole[APPEARANCE_DOTS_LANES];
    double clear[APPEARANCE_DOTS_LANES]; /* how much more a layer reflects than is said
                                            here, at the most: where it hardly absorbs */
    double height_mm;
    double optical_mm; /* optical depth of a dot per absorption of the liquid */
    double strength;   /* two-flux K of dots that take all light that meets them */
    double scattering; /* two-flux S per scattering of the liquid */
};

void appearance_dots_make(const struct moment *moment, struct appearance_dots *out);

/* The transport coefficients of a liquid by lane. */
struct appearance_liquid {
    alignas(64) double absorption[APPEARANCE_DOTS_LANES];
    double scattering[APPEARANCE_DOTS_LANES];
};

void appearance_liquid_make(const struct liquid *liquid, struct appearance_liquid *out);

/* Mixtures of count liquids, of each at least so much and at most so much. */
struct appearance_mixtures {
    size_t count;
    const struct appearance_liquid *liquid[MIXTURE_MAX];
    double low[MIXTURE_MAX];
    double high[MIXTURE_MAX];
};

/* A plane over the absorption and scattering of the mixture: at_zero + by_absorption mu +
 * by_scattering mu'. */
struct appearance_plane {
    alignas(64) double at_zero[APPEARANCE_DOTS_LANES];
    double by_absorption[APPEARANCE_DOTS_LANES];
    double by_scattering[APPEARANCE_DOTS_LANES];
};

/* What is known of the reflectance factor of mixtures: it lies between two planes. It is
 * the middle in their midst, changes as the planes do in the mean, and is uncertain by no
 * more than is said. */
struct appearance_planes {
    struct appearance_plane below;
    struct appearance_plane above;
    alignas(64) double middle[APPEARANCE_DOTS_LANES];
    double by_absorption[APPEARANCE_DOTS_LANES];
    double by_scattering[APPEARANCE_DOTS_LANES];
    double uncertain[APPEARANCE_DOTS_LANES];
};

/* isa is one that lanes_isa_runs. */
void appearance_dots_planes(enum lanes_isa isa, const struct appearance_dots *dots,
                            const struct appearance_mixtures *mixtures,
                            struct appearance_planes *out);

#endif
