/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_BENCH_CUBE_ROOT_H
#define TESTS_BENCH_CUBE_ROOT_H

#include <stdint.h>
#include <string.h>

#include "colorlib/lanes_variants.h"

/* The cube root of a positive number to 2e-7 of its value: a guess from the exponent, 4 %
 * off at most, and two steps of Halley's, each of which cubes the error. */
LANES_KERNEL float cube_root(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits = (uint32_t)((float)bits * (1.0f / 3)) + 709921077;
    float r;
    memcpy(&r, &bits, sizeof r);
    for (int step = 0; step < 2; step++) {
        float cube = r * r * r;
        r = r * ((cube + 2 * x) / (2 * cube + x));
    }
    return r;
}

#endif
