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

/* coth x - x / sinh^2 x, left being 1 - exp(-2 x) and 1 / sinh^2 x = 4 exp(-2 x) /
 * left^2; where both are large and nearly the same, its series, off by less than 1e-8 of
 * it. */
LANES_KERNEL double coth_less_x_over_sinh_squared(double x, double left)
{
    double series = x * (2.0 / 3 - x * x * (4.0 / 45 - x * x * (4.0 / 315)));
    double closed = (2 - left) / left - x * 4 * (1 - left) / (left * left);
    return x < 0.1 ? series : closed;
}

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
    double du = a / b * coth_less_x_over_sinh_squared(x, left);
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

/* At one depth, where the ratio is the least and the largest of a region. */
struct ends {
    struct appearance_tangent low;
    struct appearance_tangent high;
};

LANES_KERNEL struct ends ends_of(const struct appearance_film *film, size_t lane,
                                 const struct span *span, float depth)
{
    return (struct ends){tangent(film, lane, span->ratio_low, depth),
                         tangent(film, lane, span->ratio_high, depth)};
}

/*
 * At a given ratio R changes with the depth by 1 - 2 (1 + q) R + R^2 (the differential
 * equation of the two fluxes), always in one direction, and lies between what it is at
 * the corners' least and largest ratios and depths. There the slope is largest at an end
 * of both ranges. Half of the range of depths on either side of the mean.
 */
LANES_KERNEL float slack_by_slope(const struct appearance_film *film,
                                  const struct span *span, const struct ends *thin,
                                  const struct ends *thick)
{
    float low = behind(film, least(thin->high.value, thick->high.value));
    float high = behind(film, most(thin->low.value, thick->low.value));
    float p = 2 * (1 + span->ratio_low), q = 2 * (1 + span->ratio_high);
    float slope =
        most(most(fabsf(1 - p * low + low * low), fabsf(1 - q * low + low * low)),
             most(fabsf(1 - p * high + high * high), fabsf(1 - q * high + high * high)));
    float out = 1 / (1 - film->internal * high);
    return 0.5f * (span->depth_high - span->depth_low) * slope * film->gain * out * out;
}

/* What reflectance at one depth exceeds that at another by, at the most: it lies below
 * its chord, and the other above its tangents at both ends, of which this takes one. */
LANES_KERNEL float excess(const struct ends *a, const struct ends *b, float range)
{
    float of_low = most(a->low.value - b->low.value,
                        a->high.value - b->low.value - b->low.slope * range) -
                   APPEARANCE_ROUNDING * b->low.slope * range;
    float of_high = most(a->low.value - b->high.value + b->high.slope * range,
                         a->high.value - b->high.value) -
                    APPEARANCE_ROUNDING * b->high.slope * range;
    return least(of_low, of_high) + APPEARANCE_ROUNDING;
}

/*
 * What a film of any depth of a range is off one of the mean depth by: no more than the
 * thinnest is. At a given ratio the factor F = offset + gain R / (1 - k R), k = internal,
 * changes with the depth by gain g, g = (1 - 2 (1 + q) R + R^2) / (1 - k R)^2, and g
 * falls with R: dg/dR has the sign of R (1 - (1 + q) k) - (1 + q - k), which is linear in
 * R and not positive at 0 nor at 1. As R nears the R of g = 0 in either direction, F
 * changes ever more slowly, and in one direction only.
 */
LANES_KERNEL float slack_by_ends(const struct ends *thin, const struct ends *mean,
                                 float range)
{
    return most(excess(mean, thin, range), excess(thin, mean, range));
}

/* The first is close where the depth hardly varies, the second where the film is thick
 * enough that the depth tells little. */
LANES_KERNEL float depth_slack(const struct appearance_film *film, size_t lane,
                               const struct span *span)
{
    struct ends thin = ends_of(film, lane, span, span->depth_low);
    struct ends thick = ends_of(film, lane, span, span->depth_high);
    struct ends mean =
        ends_of(film, lane, span, 0.5f * (span->depth_low + span->depth_high));
    return least(slack_by_slope(film, span, &thin, &thick),
                 slack_by_ends(&thin, &mean, span->ratio_high - span->ratio_low));
}

const struct film_appearance appearance_film = {FORMULA_APPEARANCE("film"), mix, survey,
                                                nearest, spread};
