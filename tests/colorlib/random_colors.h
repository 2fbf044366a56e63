/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colors made up at random, the same in every run. */
#ifndef TESTS_COLORLIB_RANDOM_COLORS_H
#define TESTS_COLORLIB_RANDOM_COLORS_H

#include <lcms2.h>

#include "tests/random.h"

static inline cmsCIELab color_of_hue(double L, double chroma, double degrees)
{
    double hue = degrees * acos(-1) / 180;
    return (cmsCIELab){L, chroma * cos(hue), chroma * sin(hue)};
}

/* A color no further away than that in L*, a* and b* each. */
static inline cmsCIELab random_color_near(uint64_t *state, const cmsCIELab *color,
                                          double distance)
{
    double L = color->L + distance * random_between(state, -1, 1);
    double a = color->a + distance * random_between(state, -1, 1);
    double b = color->b + distance * random_between(state, -1, 1);
    return (cmsCIELab){fmin(fmax(L, 0), 100), a, b};
}

/* All hues, blue (the rotation term), greys, and as far out as a target may be. */
static inline cmsCIELab random_target(uint64_t *state)
{
    double L = random_between(state, 0, 100), hue = random_between(state, 0, 360);
    switch (random_index(state, 6)) {
    case 0: return color_of_hue(L, random_scale(state, 1e-4, 10), hue);
    case 1:
        return color_of_hue(L, random_scale(state, 5, 200),
                            random_between(state, 245, 305));
    case 2: /* hue tells from here on */
        return color_of_hue(L, random_scale(state, 7, 9), hue);
    case 3:
        return color_of_hue(random_scale(state, 1e-3, 10), random_between(state, 0, 60),
                            hue);
    case 4: return color_of_hue(L, random_between(state, 50, 200), hue);
    default: return color_of_hue(L, random_between(state, 0, 100), hue);
    }
}

#endif
