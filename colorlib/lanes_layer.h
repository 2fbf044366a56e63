/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernels of deposits in skin share; for lanes_*.c only. */
#ifndef COLORLIB_LANES_LAYER_H
#define COLORLIB_LANES_LAYER_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "colorlib/dots.h"
#include "colorlib/lanes_variants.h"

/* Two loops fill the widest registers evenly: from 0 to the first and from the second to
 * the end. A band that both take comes out the same. */
enum { LANES_EVEN_BANDS = BAND_COUNT / 8 * 8, LANES_LAST_BANDS = BAND_COUNT - 8 };

/* exp(-x) = lanes_halves(x LANES_PER_LN2) */
#define LANES_PER_LN2 1.4426950408889634

/*
 * 2^-y for y >= 0 to 2e-16: 2^-n by its bits, n = y rounded, and 2^-f of the rest, half
 * at the most, by the polynomial through eleven Chebyshev nodes, 6e-18 off. Its terms are
 * paired so that few wait for each other.
 */
LANES_KERNEL double lanes_halves(double y)
{
    const double most = 1000;
    const double whole = 0x1.8p52; /* a sum with it has no digits behind the point */
    double x = y < most ? y : most;
    double shifted = x + whole;
    double f = x - (shifted - whole);
    double f2 = f * f, f4 = f2 * f2;
    double low = (1 - 0.69314718055994529 * f) +
                 f2 * (0.24022650695910097 - 0.055504108664821597 * f);
    double middle = (0.0096181291076068882 - 0.0013333558146416936 * f) +
                    f2 * (0.0001540353044173605 - 1.5252733829836119e-05 * f);
    double high = (1.3215442587921689e-06 - 1.0178062445845774e-07 * f) +
                  f2 * (7.0725859492692234e-09 - 4.454960598186518e-10 * f);
    double power = low + f4 * (middle + f4 * high);
    uint64_t result, n; /* in the lowest bits of the sum */
    memcpy(&result, &power, sizeof result);
    memcpy(&n, &shifted, sizeof n);
    result -= n << 52;
    memcpy(&power, &result, sizeof power);
    return power;
}

/* How fast light dies away in a layer, per mm. */
LANES_KERNEL double lanes_layer_attenuation(double K, double S)
{
    return sqrt(K * (K + 2 * S));
}

/*
 * two_flux_layer_over under the cover of a bed, both as numerators over denominators, so
 * that one division is left; left is exp(-2 attenuation height). The result is made of
 * differences that lose their digits where the layer is thin.
 */
LANES_KERNEL double lanes_layer_covered(const struct dots_bed *bed, size_t band, double K,
                                        double S, double attenuation, double left)
{
    double background = bed->deep_reflectance.value[band];
    double sum = K + S + attenuation;
    double scattered = S * sum * (1 - left);
    double above = scattered + background * (left * sum * sum - S * S);
    double below = sum * sum - S * S * left - scattered * background;
    return (bed->cover_constant.value[band] * below +
            bed->cover_linear.value[band] * above) /
           (below - bed->cover_pole.value[band] * above);
}

#endif
