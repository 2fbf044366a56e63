/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of CIEDE2000 (ISO/CIE 11664-6) and CIELAB (ISO/CIE 11664-4) that bounds on
 * them are made of; for formula_ball.c, formula_hull.c and formula_reach.c only. */
#ifndef COLORLIB_FORMULA_PARTS_H
#define COLORLIB_FORMULA_PARTS_H

#include <math.h>

#include "colorlib/formula_ball.h"

#define HALF_TURN 3.14159265358979323846
#define RADIANS   (HALF_TURN / 180)

/* 25^7 */
#define HALF_CHROMA_7 6103515625.0

/* Between the lightness function's line and its cube root (ISO/CIE 11664-4). */
#define LINEAR_BELOW (24.0 / 116)

static inline double weight_of_lightness(double mean)
{
    double u = mean - 50;
    return 1 + 0.015 * u * u / sqrt(20 + u * u);
}

/* sqrt(C^7 / (C^7 + 25^7)) */
static inline double saturation(double chroma)
{
    double seventh = pow(chroma, 7);
    return sqrt(seventh / (seventh + HALF_CHROMA_7));
}

static inline double stretch_of(double mean_chroma)
{
    return 1 + 0.5 * (1 - saturation(mean_chroma));
}

/* T and the largest slope that it has, per radian. */
static inline double hue_factor(double hue)
{
    return 1 - 0.17 * cos((hue - 30) * RADIANS) + 0.24 * cos(2 * hue * RADIANS) +
           0.32 * cos((3 * hue + 6) * RADIANS) - 0.20 * cos((4 * hue - 63) * RADIANS);
}
#define HUE_FACTOR_MAX   (1 + 0.17 + 0.24 + 0.32 + 0.20)
#define HUE_FACTOR_SLOPE (0.17 + 2 * 0.24 + 3 * 0.32 + 4 * 0.20)

/* f^-1 of ISO/CIE 11664-4 and its first derivative. */
static inline double tristimulus(double f)
{
    return f > LINEAR_BELOW ? f * f * f : (f - 16.0 / 116) * (108.0 / 841);
}

static inline double tristimulus_slope(double f)
{
    return f > LINEAR_BELOW ? 3 * f * f : 108.0 / 841;
}

/* What is known of the colors within a ball. */
struct formula_extent {
    double lightness; /* |dL| at the most */
    double plane;     /* length of (da', db') at the most */
    double form;      /* least eigenvalue of the form in chroma and hue */
};

struct formula_extent formula_ball_extent(const struct formula_ball *ball,
                                          double ciede2000);

/* An interval. */
struct formula_range {
    double low;
    double high;
};

/* A part of the plane of a*, b*: chroma and hue (radians, from the target's) without the
 * stretch. */
struct formula_sector {
    struct formula_range chroma;
    struct formula_range turn;
};

/* Chroma and hue part of the CIEDE2000 between the target and a sector, at the least. */
double formula_sector_difference(const struct formula_ball *ball,
                                 const struct formula_sector *sector);

/* S_L of a pair whose lightness differs by no more than dL, at the most. */
static inline double of_lightness_max(const struct formula_ball *ball, double dL)
{
    double low = fmax(ball->target.L - dL, 0), high = fmin(ball->target.L + dL, 100);
    return fmax(weight_of_lightness((ball->target.L + low) / 2),
                weight_of_lightness((ball->target.L + high) / 2));
}

static inline double vector_length(const double *y)
{
    return sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2]);
}

#endif
