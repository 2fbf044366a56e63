/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many colors are nearest to one, about; for formula_*.c only. */
#ifndef COLORLIB_LANES_NEAREST_H
#define COLORLIB_LANES_NEAREST_H

#include <stdint.h>

#include "colorlib/lanes.h"

/* CIELAB in single precision; arrays of count, a multiple of LANES. */
struct lanes_samples {
    float *L, *a, *b;
    size_t count;
};

/* The square of the distance is (lightness dL)^2 + (along[0] da + along[1] db)^2 +
 * (across[0] da + across[1] db)^2. */
struct lanes_metric {
    float L, a, b;
    float lightness;
    float along[2];
    float across[2];
};

/* The nearest of the samples whose number leaves the remainder i when divided by LANES,
 * for each i. */
void lanes_nearest(enum lanes_isa isa, const struct lanes_samples *samples,
                   const struct lanes_metric *metric, int32_t nearest[LANES]);

#endif
