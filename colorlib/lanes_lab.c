/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra to CIELAB, a group at a time. */
#include "colorlib/lanes_response.h"

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
        double fx = lanes_response(sums->x[i] * scale->X);
        double fy = lanes_response(sums->y[i] * scale->Y);
        double fz = lanes_response(sums->z[i] * scale->Z);
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
