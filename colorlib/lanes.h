/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many colors at once, sixteen side by side, in the vector registers of the machine.
 *
 * The instruction set decides how many of the sixteen are computed at a time, never what
 * is computed: every variant gives the same bits. They differ from the scalar functions
 * of colorimetry.h and difference.h by no more than LANES_LAB_ERROR and
 * LANES_CIEDE2000_ERROR.
 */
#ifndef COLORLIB_LANES_H
#define COLORLIB_LANES_H

#include <stdbool.h>

#include "colorlib/colorimetry.h"

enum { LANES = 16 };

/* Bounds on the distance to the scalar functions, for reflectance of -0.1 to 2 and for
 * colors with |a|, |b| <= 200 and 0 <= L <= 200. */
#define LANES_LAB_ERROR       1e-11
#define LANES_CIEDE2000_ERROR 1e-10

enum lanes_isa {
    LANES_BASELINE, /* what every machine of its kind has; plain C */
    LANES_AVX2,
    LANES_AVX512,
    LANES_ISA_COUNT
};

/* Whether this machine runs a variant, and the fastest that it runs. */
bool lanes_isa_runs(enum lanes_isa isa);
enum lanes_isa lanes_isa_best(void);

/* "baseline", "avx2", "avx512". */
const char *lanes_isa_name(enum lanes_isa isa);

/* Sixteen colors. */
struct lanes_lab {
    double L[LANES];
    double a[LANES];
    double b[LANES];
};

/*
 * CIELAB of spectra under the white of the weights.
 *
 *   isa          one that lanes_isa_runs
 *   reflectance  groups of sixteen spectra: of each group weights->grid.count bands, of
 *                each band LANES numbers
 *   count        groups
 *
 * The tristimulus values are those of colorimetry_xyz to the last bit; the cube root is
 * an approximation, good to 1e-15 of its value.
 */
void lanes_lab(enum lanes_isa isa, const struct weights *weights,
               const double *reflectance, size_t count, struct lanes_lab *out);

/*
 * CIEDE2000 of pairs, LANES numbers for each of count groups. Where two hues are opposite
 * to within rounding the formula jumps; such pairs are computed by difference_ciede2000.
 */
void lanes_ciede2000(enum lanes_isa isa, const struct lanes_lab *standard,
                     const struct lanes_lab *sample, size_t count, double *out);

#endif
