/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a mixture of colorants looks like as a film, and bounds on what all mixtures of a
 * region look like, in single precision and in as many lanes as the machine has. A region
 * is the mixtures in between a few corner mixtures (a simplex of compositions).
 *
 * Films that hide what they lie upon and films that do not share one shape. At each band
 * the reflectance is a convex, falling function of the ratio K/S, which is a mean of the
 * corners' ratios with their S as weights. So it lies below the mean of the corners'
 * reflectances and above any tangent; what is left of it, that S differs from band to
 * band and that the film may be thin, is bounded and added as slack.
 */
#ifndef COLORLIB_APPEARANCE_FILM_H
#define COLORLIB_APPEARANCE_FILM_H

#include <stdalign.h>

#include "colorlib/drawdown.h"
#include "colorlib/lanes.h"
#include "colorlib/search.h"

/* Lanes are bands; those past BAND_COUNT repeat the last one and weigh nothing. */
enum { APPEARANCE_LANES = 32, APPEARANCE_CORNERS_MAX = 5 };

/* How far lane sums may be from what they stand for, as a share of the sum of their
 * terms' magnitudes: thirty roundings of a float each. */
#define APPEARANCE_ROUNDING 2e-6f

/* One thing to mix, and the film that it makes. */
struct appearance_colorant {
    alignas(64) float K[APPEARANCE_LANES];
    float S[APPEARANCE_LANES]; /* > 0 */
};

struct appearance_film {
    alignas(64) float backing[APPEARANCE_LANES]; /* internal reflectance */
    float thickness_mm;
    /* reflectance factor = offset + gain R / (1 - internal R) (Saunderson 1942) */
    float offset;
    float gain;
    float internal;
};

/* Coordinates y = sum of weight x reflectance - origin. */
struct appearance_axes {
    alignas(64) float weight[3][APPEARANCE_LANES];
    float origin[3];
    float noise; /* bound on the rounding of y, as the length of a vector */
};

/* A corner of a region, or any mixture. */
struct appearance_corner {
    alignas(64) float ratio[APPEARANCE_LANES]; /* K/S */
    float reflectance[APPEARANCE_LANES];       /* factor, as the instrument sees it */
    float share[APPEARANCE_LANES];             /* S, its mean over the lanes being 1 */
    float inverse[APPEARANCE_LANES];           /* 1 / share */
    float scattering;                          /* that mean, mm^-1 */
    float strength;                            /* mean of K + S, mm^-1 */
    float y[3];
};

struct appearance_region {
    const struct appearance_film *film;
    const struct appearance_axes *axes;
    const struct appearance_corner *corner[APPEARANCE_CORNERS_MAX];
    size_t count; /* of corners, 2 to APPEARANCE_CORNERS_MAX */
};

/* Where the mixtures of a region are: y = sum of the corners' y, weighted with what they
 * contribute to scattering, + shift, give or take radius in each coordinate. */
struct appearance_spread {
    float shift[3];
    float radius[3];
};

/* Mixtures side by side. */
struct appearance_views {
    alignas(64) float y[3][LANES];
    float reflectance[BAND_COUNT][LANES];
};

/* A film as the search sees it, and what its bounds are made of. */
struct film_appearance {
    struct appearance appearance;

    /* The mixture of count colorants, volume fractions adding up to 1. */
    void (*mix)(enum lanes_isa isa, const struct appearance_film *film,
                const struct appearance_axes *axes,
                const struct appearance_colorant *const *colorant, const float *fraction,
                size_t count, struct appearance_corner *out);

    /* LANES mixtures side by side: fraction[c] of each colorant in them. */
    void (*survey)(enum lanes_isa isa, const struct appearance_film *film,
                   const struct appearance_axes *axes,
                   const struct appearance_colorant *const *colorant,
                   float fraction[][LANES], size_t count, struct appearance_views *out);

    /* No mixture of the region has a smaller y along a direction of length 1. */
    float (*nearest)(enum lanes_isa isa, const struct appearance_region *region,
                     const float direction[3]);

    void (*spread)(enum lanes_isa isa, const struct appearance_region *region,
                   struct appearance_spread *out);
};

/* A film that hides what it lies upon. */
extern const struct film_appearance appearance_opaque;

/* A film through which its backing shows. */
extern const struct film_appearance appearance_film;

#endif
