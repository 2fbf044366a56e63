/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functions of an appearance, made from a few of its own: how reflectance falls with
 * the ratio K/S, and what a film's thickness makes uncertain of it. Included by
 * appearance_*.c only, each of which defines before
 *
 *   float reflectance(film, lane, ratio, depth)
 *       the factor of a film of the optical depth S times thickness
 *   float reflectance_of(film, lane, K, S)
 *       the same of a mixture
 *   struct appearance_tangent tangent(film, lane, ratio, depth)
 *       the same with its slope by the ratio
 *   float depth_slack(film, ...)
 *       how much it may change where ratio and depth stay within ranges
 */
#ifndef COLORLIB_APPEARANCE_KERNEL_H
#define COLORLIB_APPEARANCE_KERNEL_H

#include <math.h>

#include "colorlib/lanes_variants.h"

/* Sums run over bands HALF apart first, so that they need half of the lanes. */
enum { HALF = APPEARANCE_LANES / 2 };

LANES_KERNEL void fold_lanes(float *lane, size_t half)
{
#pragma omp simd
    for (size_t i = 0; i < half; i++)
        lane[i] += lane[i + half];
}

/* Sums of HALF lanes in one order on all machines. */
LANES_KERNEL float sum_of_lanes(float *lane)
{
    fold_lanes(lane, 8);
    fold_lanes(lane, 4);
    return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

LANES_KERNEL float least(float a, float b)
{
    return a < b ? a : b;
}

LANES_KERNEL float most(float a, float b)
{
    return a > b ? a : b;
}

LANES_KERNEL void mix_lanes(const struct appearance_film *film,
                            const struct appearance_axes *axes,
                            const struct appearance_colorant *const *colorant,
                            const float *fraction, size_t count,
                            struct appearance_corner *out)
{
    alignas(64) float y[3][HALF] = {{0}}, both[HALF] = {0}, scattering[HALF] = {0};
#pragma omp simd
    for (size_t k = 0; k < HALF; k++)
        LANES_UNROLLED for (size_t i = k; i < APPEARANCE_LANES; i += HALF)
        {
            float K = 0, S = 0;
            LANES_UNROLLED for (size_t c = 0; c < count; c++)
            {
                K += fraction[c] * colorant[c]->K[i];
                S += fraction[c] * colorant[c]->S[i];
            }
            out->inverse[i] = 1 / S;
            out->share[i] = S;
            out->ratio[i] = K * out->inverse[i];
            out->reflectance[i] =
                reflectance(film, i, out->ratio[i], S * film->thickness_mm);
            both[k] += K + S;
            scattering[k] += S;
            LANES_UNROLLED for (size_t axis = 0; axis < 3; axis++) y[axis][k] +=
                axes->weight[axis][i] * out->reflectance[i];
        }
    out->scattering = sum_of_lanes(scattering) / APPEARANCE_LANES;
    out->strength = sum_of_lanes(both) / APPEARANCE_LANES;
    float scale = 1 / out->scattering;
#pragma omp simd
    for (size_t i = 0; i < APPEARANCE_LANES; i++) {
        out->share[i] *= scale;
        out->inverse[i] *= out->scattering;
    }
    for (size_t axis = 0; axis < 3; axis++)
        out->y[axis] = sum_of_lanes(y[axis]) - axes->origin[axis];
}

/* Here lanes are mixtures. */
LANES_KERNEL void survey_lanes(const struct appearance_film *film,
                               const struct appearance_axes *axes,
                               const struct appearance_colorant *const *colorant,
                               float fraction[][LANES], size_t count,
                               struct appearance_views *out)
{
    alignas(64) float sum[3][LANES] = {{0}};
    for (size_t i = 0; i < BAND_COUNT; i++)
#pragma omp simd
        for (size_t k = 0; k < LANES; k++) {
            float K = 0, S = 0;
            LANES_UNROLLED for (size_t c = 0; c < count; c++)
            {
                K += fraction[c][k] * colorant[c]->K[i];
                S += fraction[c][k] * colorant[c]->S[i];
            }
            float R = reflectance_of(film, i, K, S);
            out->reflectance[i][k] = R;
            LANES_UNROLLED for (size_t axis = 0; axis < 3; axis++) sum[axis][k] +=
                axes->weight[axis][i] * R;
        }
    for (size_t axis = 0; axis < 3; axis++)
        for (size_t k = 0; k < LANES; k++)
            out->y[axis][k] = sum[axis][k] - axes->origin[axis];
}

/* What the corners of a region span at a lane. */
struct span {
    float ratio_low, ratio_high, ratio_mean;
    float reflectance_low, reflectance_high;
    float share_high, inverse_high;
    float depth_low, depth_high;
};

LANES_KERNEL struct span span_of(const struct appearance_region *region, size_t count,
                                 size_t i)
{
    const struct appearance_corner *first = region->corner[0];
    float depth = first->share[i] * first->scattering;
    struct span span = {first->ratio[i],
                        first->ratio[i],
                        first->ratio[i],
                        first->reflectance[i],
                        first->reflectance[i],
                        first->share[i],
                        first->inverse[i],
                        depth,
                        depth};
    LANES_UNROLLED for (size_t c = 1; c < count; c++)
    {
        const struct appearance_corner *corner = region->corner[c];
        span.ratio_low = least(span.ratio_low, corner->ratio[i]);
        span.ratio_high = most(span.ratio_high, corner->ratio[i]);
        span.ratio_mean += corner->ratio[i];
        span.reflectance_low = least(span.reflectance_low, corner->reflectance[i]);
        span.reflectance_high = most(span.reflectance_high, corner->reflectance[i]);
        span.share_high = most(span.share_high, corner->share[i]);
        span.inverse_high = most(span.inverse_high, corner->inverse[i]);
        depth = corner->share[i] * corner->scattering;
        span.depth_low = least(span.depth_low, depth);
        span.depth_high = most(span.depth_high, depth);
    }
    span.ratio_mean = most(span.ratio_mean * (1.0f / (float)count), SMALLEST_RATIO);
    span.depth_low *= region->film->thickness_mm;
    span.depth_high *= region->film->thickness_mm;
    return span;
}

/* Two means of the corners' values, one with their own S at a band as weights, one with
 * its mean over the bands, differ by a covariance: no more than this share of the range
 * of the values. */
LANES_KERNEL float unevenness(const struct span *span)
{
    return 0.25f * (span->share_high * span->inverse_high - 1);
}

/* A line below the reflectance of all mixtures of a region at a lane, and what their
 * reflectance exceeds the corners' mean by at the most. */
struct envelope {
    float at_zero; /* the line at ratio 0 */
    float slope;   /* negative */
    float above;
};

LANES_KERNEL struct envelope envelope_of(const struct appearance_region *region,
                                         const struct span *span, size_t i)
{
    float depth = 0.5f * (span->depth_low + span->depth_high);
    struct appearance_tangent at = tangent(region->film, i, span->ratio_mean, depth);
    float uneven = unevenness(span), slack = depth_slack(region->film, i, span);
    float rounding =
        APPEARANCE_ROUNDING * (1 - at.slope * (span->ratio_mean + span->ratio_high));
    float below =
        slack + rounding - at.slope * uneven * (span->ratio_high - span->ratio_low);
    return (struct envelope){
        .at_zero = at.value - at.slope * span->ratio_mean - below,
        .slope = at.slope,
        .above = uneven * (span->reflectance_high - span->reflectance_low + 2 * slack) +
                 2 * slack + rounding,
    };
}

/* Bands that weigh positively along the direction count with the line below, the others
 * with the corners' mean and what may be above it. Both are linear in the corners'
 * shares, so that the least sum is at a corner. */
LANES_KERNEL float nearest_lanes(const struct appearance_region *region, size_t count,
                                 const float direction[3])
{
    const struct appearance_axes *axes = region->axes;
    alignas(64) float sum[APPEARANCE_CORNERS_MAX][HALF] = {{0}};
#pragma omp simd
    for (size_t k = 0; k < HALF; k++)
        LANES_UNROLLED for (size_t i = k; i < APPEARANCE_LANES; i += HALF)
        {
            struct span span = span_of(region, count, i);
            struct envelope envelope = envelope_of(region, &span, i);
            float weight = direction[0] * axes->weight[0][i] +
                           direction[1] * axes->weight[1][i] +
                           direction[2] * axes->weight[2][i];
            float up = most(weight, 0), down = least(weight, 0);
            float constant = up * envelope.at_zero + down * envelope.above;
            float slope = up * envelope.slope;
            LANES_UNROLLED for (size_t c = 0; c < count; c++) sum[c][k] +=
                constant + slope * region->corner[c]->ratio[i] +
                down * region->corner[c]->reflectance[i];
        }
    float low = sum_of_lanes(sum[0]);
    for (size_t c = 1; c < count; c++)
        low = least(low, sum_of_lanes(sum[c]));
    return low -
           (direction[0] * axes->origin[0] + direction[1] * axes->origin[1] +
            direction[2] * axes->origin[2]) -
           axes->noise;
}

LANES_KERNEL void spread_lanes(const struct appearance_region *region, size_t count,
                               struct appearance_spread *out)
{
    alignas(64) float shift[3][HALF] = {{0}}, radius[3][HALF] = {{0}};
#pragma omp simd
    for (size_t k = 0; k < HALF; k++)
        LANES_UNROLLED for (size_t i = k; i < APPEARANCE_LANES; i += HALF)
        {
            struct span span = span_of(region, count, i);
            struct envelope envelope = envelope_of(region, &span, i);
            float below = 0;
            LANES_UNROLLED for (size_t c = 0; c < count; c++) below =
                most(below, region->corner[c]->reflectance[i] -
                                (envelope.at_zero +
                                 envelope.slope * region->corner[c]->ratio[i]));
            float middle = 0.5f * (envelope.above - below);
            float half = 0.5f * (envelope.above + below);
            LANES_UNROLLED for (size_t axis = 0; axis < 3; axis++)
            {
                float weight = region->axes->weight[axis][i];
                shift[axis][k] += weight * middle;
                radius[axis][k] += fabsf(weight) * half;
            }
        }
    for (size_t axis = 0; axis < 3; axis++) {
        out->shift[axis] = sum_of_lanes(shift[axis]);
        out->radius[axis] = sum_of_lanes(radius[axis]) + region->axes->noise;
    }
}

/* The number of corners as a constant, so that loops over them unroll. */
LANES_KERNEL float nearest_any(const struct appearance_region *region,
                               const float direction[3])
{
    switch (region->count) {
    case 2: return nearest_lanes(region, 2, direction);
    case 3: return nearest_lanes(region, 3, direction);
    case 4: return nearest_lanes(region, 4, direction);
    default: return nearest_lanes(region, APPEARANCE_CORNERS_MAX, direction);
    }
}

LANES_KERNEL void spread_any(const struct appearance_region *region,
                             struct appearance_spread *out)
{
    switch (region->count) {
    case 2: spread_lanes(region, 2, out); break;
    case 3: spread_lanes(region, 3, out); break;
    case 4: spread_lanes(region, 4, out); break;
    default: spread_lanes(region, APPEARANCE_CORNERS_MAX, out); break;
    }
}

LANES_KERNEL void mix_any(const struct appearance_film *film,
                          const struct appearance_axes *axes,
                          const struct appearance_colorant *const *colorant,
                          const float *fraction, size_t count,
                          struct appearance_corner *out)
{
    switch (count) {
    case 2: mix_lanes(film, axes, colorant, fraction, 2, out); break;
    case 3: mix_lanes(film, axes, colorant, fraction, 3, out); break;
    case 4: mix_lanes(film, axes, colorant, fraction, 4, out); break;
    default: mix_lanes(film, axes, colorant, fraction, count, out); break;
    }
}

LANES_KERNEL void survey_any(const struct appearance_film *film,
                             const struct appearance_axes *axes,
                             const struct appearance_colorant *const *colorant,
                             float fraction[][LANES], size_t count,
                             struct appearance_views *out)
{
    switch (count) {
    case 1: survey_lanes(film, axes, colorant, fraction, 1, out); break;
    case 2: survey_lanes(film, axes, colorant, fraction, 2, out); break;
    case 3: survey_lanes(film, axes, colorant, fraction, 3, out); break;
    case 4: survey_lanes(film, axes, colorant, fraction, 4, out); break;
    default:
        survey_lanes(film, axes, colorant, fraction, APPEARANCE_CORNERS_MAX, out);
        break;
    }
}

/* One variant of the four for an instruction set. */
#define APPEARANCE_VARIANT(suffix, target)                                               \
    target static void mix_##suffix(                                                     \
        const struct appearance_film *film, const struct appearance_axes *axes,          \
        const struct appearance_colorant *const *colorant, const float *fraction,        \
        size_t count, struct appearance_corner *out)                                     \
    {                                                                                    \
        mix_any(film, axes, colorant, fraction, count, out);                             \
    }                                                                                    \
    target static void survey_##suffix(                                                  \
        const struct appearance_film *film, const struct appearance_axes *axes,          \
        const struct appearance_colorant *const *colorant, float fraction[][LANES],      \
        size_t count, struct appearance_views *out)                                      \
    {                                                                                    \
        survey_any(film, axes, colorant, fraction, count, out);                          \
    }                                                                                    \
    target static float nearest_##suffix(const struct appearance_region *region,         \
                                         const float direction[3])                       \
    {                                                                                    \
        return nearest_any(region, direction);                                           \
    }                                                                                    \
    target static void spread_##suffix(const struct appearance_region *region,           \
                                       struct appearance_spread *out)                    \
    {                                                                                    \
        spread_any(region, out);                                                         \
    }

APPEARANCE_VARIANT(baseline, )
APPEARANCE_VARIANT(avx2, LANES_TARGET_AVX2)
APPEARANCE_VARIANT(avx512, LANES_TARGET_AVX512)

static void mix(enum lanes_isa isa, const struct appearance_film *film,
                const struct appearance_axes *axes,
                const struct appearance_colorant *const *colorant, const float *fraction,
                size_t count, struct appearance_corner *out)
{
    switch (isa) {
    case LANES_AVX512: mix_avx512(film, axes, colorant, fraction, count, out); break;
    case LANES_AVX2: mix_avx2(film, axes, colorant, fraction, count, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: mix_baseline(film, axes, colorant, fraction, count, out); break;
    }
}

static void survey(enum lanes_isa isa, const struct appearance_film *film,
                   const struct appearance_axes *axes,
                   const struct appearance_colorant *const *colorant,
                   float fraction[][LANES], size_t count, struct appearance_views *out)
{
    switch (isa) {
    case LANES_AVX512: survey_avx512(film, axes, colorant, fraction, count, out); break;
    case LANES_AVX2: survey_avx2(film, axes, colorant, fraction, count, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT:
        survey_baseline(film, axes, colorant, fraction, count, out);
        break;
    }
}

static float nearest(enum lanes_isa isa, const struct appearance_region *region,
                     const float direction[3])
{
    switch (isa) {
    case LANES_AVX512: return nearest_avx512(region, direction);
    case LANES_AVX2: return nearest_avx2(region, direction);
    case LANES_BASELINE:
    case LANES_ISA_COUNT: break;
    }
    return nearest_baseline(region, direction);
}

static void spread(enum lanes_isa isa, const struct appearance_region *region,
                   struct appearance_spread *out)
{
    switch (isa) {
    case LANES_AVX512: spread_avx512(region, out); break;
    case LANES_AVX2: spread_avx2(region, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: spread_baseline(region, out); break;
    }
}

#endif
