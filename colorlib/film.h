/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a film absorbs and scatters, from its readings over a light and a dark backing. */
#ifndef COLORLIB_FILM_H
#define COLORLIB_FILM_H

#include "colorlib/drawdown.h"
#include "colorlib/status.h"

/* One film on the two halves of a card, or in a cell on two tiles; reflectance factors.
 * The bare backings are read under the same glass or clear coat as the film. */
struct film_pair {
    struct bands over_light;
    struct bands over_dark;
    struct bands light;
    struct bands dark;
    double thickness_mm; /* wet */
};

/* What a pair tells at a wavelength. */
enum film_case {
    FILM_EXACT,  /* K and S that explain both readings */
    FILM_BLACK,  /* scattering lost in noise: S after the neighbours, K after S */
    FILM_WHITE,  /* absorption lost in noise: K = 0, S after the dark backing */
    FILM_CLEAR,  /* no more than a trace of a film: to first order, of either sign */
    FILM_OPAQUE, /* the backing does not show: the ratio K/S alone */
    FILM_FAILED  /* no film does this: it gains light, or is lighter over black */
};

struct film_band {
    enum film_case how;
    double K; /* mm^-1; 0 with an infinite deviation where opaque or failed */
    double S;
    double K_deviation; /* one standard deviation from the noise of the four readings */
    double S_deviation;
    double covariance; /* of K and S, mm^-2 */
    double ratio;      /* K/S as if the film were opaque; true where it is */
};

struct film {
    struct film_band band[BAND_COUNT];
};

/*
 * The film behind a pair of readings, exactly (two_flux_invert) where that can be, with
 * the readings' noise carried over to K and S.
 *
 * BAD_DATA for values not finite or outside -0.05 to 1.5, backings that are not light and
 * dark, or a thickness not above 0 and below 10 mm; REJECTED when no film does this at
 * more than a quarter of the bands.
 */
enum status film_invert(const struct film_pair *pair, const struct drawdown_view *view,
                        const struct drawdown_noise *noise, struct film *out);

/*
 * Opacity of a film as its contrast ratio: tristimulus Y over the dark backing as a share
 * of Y over the light one (ISO 6504-3 in words; on your own card). weights: Y of the
 * condition, BAND_COUNT values.
 */
double film_contrast_ratio(const struct film_pair *pair, const double *weights);

#endif
