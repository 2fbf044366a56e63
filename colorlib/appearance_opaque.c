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

/*
 * R = 1 / (1 + q + sqrt(q (q + 2))) (Kubelka & Munk 1931) behind the surface, where R /
 * (1
 * - k2 R) = 1 / (1/R - k2); d(1/R)/dq = 1/R / sqrt(q (q + 2)). Convex, as both R and what
 * the surface makes of it are.
 */
LANES_KERNEL struct appearance_tangent tangent(const struct appearance_film *film,
                                               size_t lane, float ratio, float depth)
{
    (void)lane;
    (void)depth;
    float root = sqrtf(ratio * (ratio + 2));
    float inverse = 1 + ratio + root, behind = inverse - film->internal;
    float both = 1 / (behind * root);
    float internal = root * both;
    return (struct appearance_tangent){
        .value = film->offset + film->gain * internal,
        .slope = -film->gain * inverse * internal * both,
    };
}

LANES_KERNEL float reflectance(const struct appearance_film *film, size_t lane,
                               float ratio, float depth)
{
    (void)lane;
    (void)depth;
    float root = sqrtf(ratio * (ratio + 2));
    return film->offset + film->gain / (1 + ratio + root - film->internal);
}

/* R = S / (K + S + sqrt(K (K + 2 S))), with one division only. */
LANES_KERNEL float reflectance_of(const struct appearance_film *film, size_t lane,
                                  float K, float S)
{
    (void)lane;
    float root = sqrtf(K * (K + 2 * S));
    return film->offset + film->gain * S / (K + S + root - film->internal * S);
}

struct span;

/* Nothing shows through. */
LANES_KERNEL float depth_slack(const struct appearance_film *film, size_t lane,
                               const struct span *span)
{
    (void)film;
    (void)lane;
    (void)span;
    return 0;
}

#include "colorlib/appearance_kernel.h"

const struct film_appearance appearance_opaque = {FORMULA_APPEARANCE("opaque"), mix,
                                                  survey, nearest, spread};
