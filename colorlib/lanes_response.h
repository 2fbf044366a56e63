/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cube root of CIELAB; for lanes_*.c only. */
#ifndef COLORLIB_LANES_RESPONSE_H
#define COLORLIB_LANES_RESPONSE_H

#include <stdint.h>
#include <string.h>

#include "colorlib/lanes_variants.h"

/* 2^52: a double with this exponent has its integer part in the low bits. */
#define LANES_INTEGER_EXPONENT 4503599627370496.0

/*
 * A first guess of x^(-1/3): the exponent and the top of the mantissa, read as one
 * number, are nearly the logarithm, so a third of it taken away from a constant is nearly
 * that of the result. The constant makes the largest error of 1 - x r^3 least, 0.127.
 * The division is done in floating point, which every vector unit has.
 */
LANES_KERNEL double lanes_guessed_inverse_cube_root(double x)
{
    uint64_t bits, exponent;
    memcpy(&bits, &x, sizeof bits);
    double number = LANES_INTEGER_EXPONENT;
    memcpy(&exponent, &number, sizeof exponent);
    exponent |= bits >> 32;
    memcpy(&number, &exponent, sizeof number);
    number = (LANES_INTEGER_EXPONENT + 1430197664.0) -
             (number - LANES_INTEGER_EXPONENT) * (1.0 / 3);
    memcpy(&bits, &number, sizeof bits);
    bits <<= 32;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/*
 * The cube root of a positive normal number, to 1e-15 of its value. With h = 1 - x r^3
 * the inverse root is r (1 - h)^(-1/3). The first step takes the quadratic that is
 * closest to that power for -0.127 <= h <= 0.086 (5.2e-5), the second its Taylor series
 * to the third order, whose next term is 35/243 (1.6e-4)^4 < 1e-16.
 */
LANES_KERNEL double lanes_cube_root(double x)
{
    double r = lanes_guessed_inverse_cube_root(x);
    double h = 1 - x * (r * r * r);
    r *= 1.0000273547405834 + h * (0.3345487287136362 + h * 0.21305352763773888);
    h = 1 - x * (r * r * r);
    r += r * (h * (1.0 / 3 + h * (2.0 / 9 + h * (14.0 / 81))));
    return x * (r * r);
}

/* Below this ratio to the white CIELAB is linear (ISO/CIE 11664-4). */
#define LANES_LINEAR_BELOW ((24.0 / 116) * (24.0 / 116) * (24.0 / 116))

LANES_KERNEL double lanes_response(double ratio)
{
    double root =
        lanes_cube_root(ratio > LANES_LINEAR_BELOW ? ratio : LANES_LINEAR_BELOW);
    double line = 841.0 / 108 * ratio + 16.0 / 116;
    return ratio > LANES_LINEAR_BELOW ? root : line;
}

#endif
