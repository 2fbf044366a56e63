/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra to CIELAB, a group at a time. */
#include "colorlib/lanes_variants.h"

#include <stdint.h>
#include <string.h>

/* 2^52: a double with this exponent has its integer part in the low bits. */
#define INTEGER_EXPONENT 4503599627370496.0

/*
 * A first guess of x^(-1/3): the exponent and the top of the mantissa, read as one
 * number, are nearly the logarithm, so a third of it taken away from a constant is nearly
 * that of the result. The constant makes the largest error of 1 - x r^3 least, 0.127.
 * The division is done in floating point, which every vector unit has.
 */
LANES_KERNEL double guessed_inverse_cube_root(double x)
{
    uint64_t bits, exponent;
    memcpy(&bits, &x, sizeof bits);
    double number = INTEGER_EXPONENT;
    memcpy(&exponent, &number, sizeof exponent);
    exponent |= bits >> 32;
    memcpy(&number, &exponent, sizeof number);
    number = (INTEGER_EXPONENT + 1430197664.0) - (number - INTEGER_EXPONENT) * (1.0 / 3);
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
LANES_KERNEL double cube_root(double x)
{
    double r = guessed_inverse_cube_root(x);
    double h = 1 - x * (r * r * r);
    r *= 1.0000273547405834 + h * (0.3345487287136362 + h * 0.21305352763773888);
    h = 1 - x * (r * r * r);
    r += r * (h * (1.0 / 3 + h * (2.0 / 9 + h * (14.0 / 81))));
    return x * (r * r);
}

/* Below this ratio to the white CIELAB is linear (ISO/CIE 11664-4). */
#define LINEAR_BELOW ((24.0 / 116) * (24.0 / 116) * (24.0 / 116))

LANES_KERNEL double response(double ratio)
{
    double root = cube_root(ratio > LINEAR_BELOW ? ratio : LINEAR_BELOW);
    double line = 841.0 / 108 * ratio + 16.0 / 116;
    return ratio > LINEAR_BELOW ? root : line;
}

/* What one register of the widest machine holds, and its share of a group. */
enum { WIDTH = 8 };

struct sums {
    double x[WIDTH];
    double y[WIDTH];
    double z[WIDTH];
};

LANES_KERNEL void add_band(const struct weights *weights, size_t band,
                           const double *reflectance, struct sums *sums)
{
#pragma omp simd
    for (size_t i = 0; i < WIDTH; i++) {
        sums->x[i] += weights->x[band] * reflectance[i];
        sums->y[i] += weights->y[band] * reflectance[i];
        sums->z[i] += weights->z[band] * reflectance[i];
    }
}

LANES_KERNEL void lab_of_sums(const struct sums *sums, const cmsCIEXYZ *scale, double *L,
                              double *a, double *b)
{
#pragma omp simd
    for (size_t i = 0; i < WIDTH; i++) {
        double fx = response(sums->x[i] * scale->X);
        double fy = response(sums->y[i] * scale->Y);
        double fz = response(sums->z[i] * scale->Z);
        L[i] = 116 * fy - 16;
        a[i] = 500 * (fx - fy);
        b[i] = 200 * (fy - fz);
    }
}

/* Sums in the order of the bands, as colorimetry_xyz. Those of one half would wait for
 * each other, so the two halves of a group go side by side. */
LANES_KERNEL void convert_group(const struct weights *weights, const double *reflectance,
                                const cmsCIEXYZ *scale, struct lanes_lab *out)
{
    struct sums first = {{0}, {0}, {0}}, second = {{0}, {0}, {0}};
    for (size_t band = 0; band < weights->grid.count; band++) {
        add_band(weights, band, reflectance + band * LANES, &first);
        add_band(weights, band, reflectance + band * LANES + WIDTH, &second);
    }
    lab_of_sums(&first, scale, out->L, out->a, out->b);
    lab_of_sums(&second, scale, out->L + WIDTH, out->a + WIDTH, out->b + WIDTH);
}

LANES_KERNEL void convert(const struct weights *weights, const double *reflectance,
                          size_t count, struct lanes_lab *out)
{
    const cmsCIEXYZ scale = {1 / weights->white.X, 1 / weights->white.Y,
                             1 / weights->white.Z};
    for (size_t group = 0; group < count; group++)
        convert_group(weights, reflectance + group * weights->grid.count * LANES, &scale,
                      &out[group]);
}

static void convert_baseline(const struct weights *weights, const double *reflectance,
                             size_t count, struct lanes_lab *out)
{
    convert(weights, reflectance, count, out);
}

LANES_TARGET_AVX2 static void convert_avx2(const struct weights *weights,
                                           const double *reflectance, size_t count,
                                           struct lanes_lab *out)
{
    convert(weights, reflectance, count, out);
}

LANES_TARGET_AVX512 static void convert_avx512(const struct weights *weights,
                                               const double *reflectance, size_t count,
                                               struct lanes_lab *out)
{
    convert(weights, reflectance, count, out);
}

void lanes_lab(enum lanes_isa isa, const struct weights *weights,
               const double *reflectance, size_t count, struct lanes_lab *out)
{
    switch (isa) {
    case LANES_AVX512: convert_avx512(weights, reflectance, count, out); break;
    case LANES_AVX2: convert_avx2(weights, reflectance, count, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: convert_baseline(weights, reflectance, count, out); break;
    }
}
