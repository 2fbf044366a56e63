/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which recipes of a small region may be near the target; for formula_*.c only. */
#ifndef COLORLIB_LANES_SCREEN_H
#define COLORLIB_LANES_SCREEN_H

#include <stdint.h>

#include "colorlib/appearance_film.h"

/*
 * A recipe's shares in the region's corners are linear in its fractions; with what the
 * corners contribute to scattering they are weights of the corners' y.
 */
struct lanes_screen {
    size_t corners;
    float constant[APPEARANCE_CORNERS_MAX];
    float slope[APPEARANCE_CORNERS_MAX][APPEARANCE_CORNERS_MAX];
    float outside; /* a share may be as little as this */
    float scattering[APPEARANCE_CORNERS_MAX];
    float y[APPEARANCE_CORNERS_MAX][3];
    struct appearance_spread spread;
    float radius; /* of what is near */
};

/*
 * Sets near to 1 for those of count recipes, of which fraction gives the coordinates,
 * that lie in the region and may be within the radius of the target, else to 0. Works in
 * whole groups of LANES: both arrays must go on to the end of the last.
 */
void lanes_screen(enum lanes_isa isa, const struct lanes_screen *screen,
                  const float *const *fraction, size_t count, int32_t *near);

#endif
