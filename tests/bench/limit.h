/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the machine can do at best: the least that each piece of work needs, alone. */
#ifndef TESTS_BENCH_LIMIT_H
#define TESTS_BENCH_LIMIT_H

#include "colorlib/lanes.h"

enum { LIMIT_BANDS = 31 };

/* Reads count numbers, a multiple of 64, and does no more than add them. */
double limit_read(enum lanes_isa isa, const double *number, size_t count);

/* The square roots and divisions of so many groups of CIEDE2000 and nothing else, on
 * numbers in registers: these share one slow unit, whatever the rest is. */
double limit_roots(enum lanes_isa isa, size_t groups);

/* For each band of so many spectra the powers of two, the square root and the division
 * that four layers of skin take, and nothing else, on numbers in registers. */
double limit_layers(enum lanes_isa isa, size_t spectra);

/* Opaque mixes in single precision: K and S at each band, what a step adds to them, the
 * weights over the white's, and the color that is sought. */
struct limit_mixes {
    float K[LIMIT_BANDS], K_step[LIMIT_BANDS];
    float S[LIMIT_BANDS], S_step[LIMIT_BANDS];
    float x[LIMIT_BANDS], y[LIMIT_BANDS], z[LIMIT_BANDS];
    float L, a, b;
};

/* Takes the mixes of LANES steps at a time to CIELAB and returns the least distance: what
 * enumerating recipes cannot do without, whatever the order. */
float limit_mix(enum lanes_isa isa, const struct limit_mixes *mixes, size_t groups);

#endif
