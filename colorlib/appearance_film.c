/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/appearance_film.h"

#include <math.h>

#include "colorlib/formula_solver.h"
#include "colorlib/lanes_variants.h"

struct appearance_tangent {
    float value;
    float slope;
};

/* A tangent at a smaller ratio would be steeper than floats can follow. */
#define SMALLEST_RATIO 1e-4f

/* A film without scattering has a large ratio and next to no depth; what it absorbs is
 * their product. */
#define SMALLEST_DEPTH 1e-25

/*
 * R = (1 - B (a - u)) / (a - B + u), a = 1 + q, u = b coth(b depth), b = sqrt(q (q + 2)),
 * over a backing B (Kubelka, J. Opt. Soc. Am. 38 (1948) 448), behind the surface.
 *
 * Convex in q: at a given S and thickness R is the mean of exp(-K path) over the paths
 * that the light takes without absorption, B being a number of such paths too, and what
 * the surface makes of it is convex and rising.
 */
LANES_KERNEL struct appearance_tangent tangent(const struct appearance_film *film,
                                               size_t lane, float ratio, float depth)
{
    double q = fmax((double)ratio, 1e-12), t = fmax((double)depth, SMALLEST_DEPTH);
    double a = 1 + q, b = sqrt(q * (q + 2)), x = b * t;
    double left = -expm1(-2 * x); /* 1 - exp(-2 x) */
    double u = b * (2 - left) / left;
    /* du/dq = (a/b) (coth x - x / sinh^2 x), 1 / sinh^2 x = 4 exp(-2 x) / left^2 */
    double du = a / b * ((2 - left) / left - x * 4 * (1 - left) / (left * left));
    double B = film->backing[lane];
    double above = 1 - B * (a - u), below = a - B + u;
    double R = above / below;
    double dR = (-B * (1 - du) - R * (1 + du)) / below;
    double out = 1 / (1 - film->internal * R);
    return (struct appearance_tangent){
        .value = (float)(film->offset + film->gain * R * out),
        .slope = (float)(film->gain * dR * out * out),
    };
}

LANES_KERNEL float reflectance(const struct appearance_film *film, size_t lane,
                               float ratio, float depth)
{
    return tangent(film, lane, ratio, depth).value;
}

LANES_KERNEL float reflectance_of(const struct appearance_film *film, size_t lane,
                                  float K, float S)
{
    return reflectance(film, lane, K / S, S * film->thickness_mm);
}

struct span;
LANES_KERNEL float depth_slack(const struct appearance_film *film, size_t lane,
                               const struct span *span);

#include "colorlib/appearance_kernel.h"

/* The internal reflectance behind a reflectance factor. */
LANES_KERNEL float behind(const struct appearance_film *film, float factor)
{
    float inner = factor - film->offset;
    return inner / (film->gain + film->internal * inner);
}

/*
 * At a given ratio R changes with the depth by 1 - 2 (1 + q) R + R^2 (the differential
 * equation of the two fluxes), always in one direction, and lies between what it is at
 * the corners' least and largest ratios and depths. There the slope is largest at an end
 * of both ranges. Half of the range of depths on either side of the mean.
 */
LANES_KERNEL float depth_slack(const struct appearance_film *film, size_t lane,
                               const struct span *span)
{
    float thin = tangent(film, lane, span->ratio_high, span->depth_low).value;
    float thick = tangent(film, lane, span->ratio_high, span->depth_high).value;
    float low = behind(film, least(thin, thick));
    thin = tangent(film, lane, span->ratio_low, span->depth_low).value;
    thick = tangent(film, lane, span->ratio_low, span->depth_high).value;
    float high = behind(film, most(thin, thick));
    float p = 2 * (1 + span->ratio_low), q = 2 * (1 + span->ratio_high);
    float slope =
        most(most(fabsf(1 - p * low + low * low), fabsf(1 - q * low + low * low)),
             most(fabsf(1 - p * high + high * high), fabsf(1 - q * high + high * high)));
    float out = 1 / (1 - film->internal * high);
    return 0.5f * (span->depth_high - span->depth_low) * slope * film->gain * out * out;
}

const struct film_appearance appearance_film = {FORMULA_APPEARANCE("film"), mix, survey,
                                                nearest, spread};
