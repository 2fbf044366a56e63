/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Planes below CIEDE2000: of all colors near one another none differs less from a target
 * than a plane over the tristimulus values says.
 */
#ifndef COLORLIB_LANES_PLANE_H
#define COLORLIB_LANES_PLANE_H

#include "colorlib/lanes.h"

enum { LANES_MOVES_MAX = 4 };

/* Targets, with what the formula makes of them alone. */
struct lanes_targets {
    double L[LANES];
    double a[LANES];
    double b[LANES];
    double chroma[LANES];
    double stretch[LANES];    /* 1 + G of the target with itself */
    double hue_factor[LANES]; /* T at its hue, and its slope per radian */
    double hue_slope[LANES];
    double from_blue[LANES]; /* degrees of hue from 275, at the least */
};

/* 0 <= L <= 100, |a|, |b| <= 200. */
void lanes_target_set(struct lanes_targets *targets, size_t lane,
                      const cmsCIELab *target);

/* Colors around a center, as ratios X, Y, Z to the white: up to the whole of each of
 * count moves away, one way or the other, and no further than the rest beyond that. */
struct lanes_colors {
    size_t count; /* 1 to LANES_MOVES_MAX */
    double center[3][LANES];
    double move[LANES_MOVES_MAX][3][LANES];
    double rest[3][LANES]; /* >= 0 */
};

struct lanes_planes {
    /* CIEDE2000 >= at_zero + the sum of by_ratio times X, Y, Z. */
    double at_zero[LANES];
    double by_ratio[3][LANES];
    /* Of the first lane: lines between which CIELAB's function of X, Y, Z lies. */
    double below_at_zero[3];
    double below_by_ratio[3];
    double above_at_zero[3];
    double above_by_ratio[3];
};

/* isa is one that lanes_isa_runs. */
void lanes_planes(enum lanes_isa isa, const struct lanes_targets *targets,
                  const struct lanes_colors *colors, struct lanes_planes *out);

#endif
