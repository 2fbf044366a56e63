/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The colors within a CIEDE2000 of a target, seen in coordinates that are linear in the
 * reflectance: there a set of colors that is bounded by planes can be shown to keep away
 * from the target. For formula_*.c only.
 */
#ifndef COLORLIB_FORMULA_BALL_H
#define COLORLIB_FORMULA_BALL_H

#include "colorlib/colorimetry.h"

/*
 * Coordinates y = axis (XYZ / white) - origin: 0 at the target, and near it as long as
 * the CIEDE2000 from it, but for its rotation term.
 */
struct formula_ball {
    double axis[3][3];
    double origin[3];
    cmsCIELab target;
    /* Of CIEDE2000 at the target: the factor 1 + G of a*, chroma and hue (degrees) with
     * it, and the weights S. */
    double stretch;
    double chroma;
    double hue;
    double of_lightness;
    double of_chroma;
    double of_hue;
};

/* target: 0 <= L <= 100, |a|, |b| <= 200. */
void formula_ball_make(const cmsCIELab *target, struct formula_ball *out);

/* No color of reflectance 0 to 1 within a CIEDE2000 >= 0 of the target is further from
 * it than this in the coordinates. Close for a small ball. */
double formula_ball_radius(const struct formula_ball *ball, double ciede2000);

/* A body that holds a ball: no color of it has a larger coordinate along any of the
 * directions, which have length 1, than the support, or lies further from the target than
 * the radius. */
enum { FORMULA_FACES = 26 };
struct formula_hull {
    double direction[FORMULA_FACES][3];
    double support[FORMULA_FACES];
    double radius;
};

/* The hull of a ball: closer than formula_ball_radius for one of 2 and more, and a few
 * hundred times slower. */
void formula_ball_hull(const struct formula_ball *ball, double ciede2000,
                       struct formula_hull *out);

/* All colors of reflectance 0 to 1 as far from the target in the coordinates as this are
 * at least so many CIEDE2000 from it. */
double formula_ball_reach(const struct formula_ball *ball, double distance);

#endif
