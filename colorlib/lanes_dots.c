/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_dots.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "colorlib/lanes_variants.h"

/* Two loops fill the widest registers evenly: from 0 to the first and from the second to
 * the end. A band that both take comes out the same. */
enum { EVEN_BANDS = BAND_COUNT / 8 * 8, LAST_BANDS = BAND_COUNT - 8 };

/*
 * exp(-x) for x >= 0 to 4e-16 of its value, not below 1e-304: 2^-n by its bits, n = x /
 * ln 2 rounded; the rest, 0.35 at the most, by Taylor's series, whose next term is 4e-18.
 */
LANES_KERNEL double decay(double x)
{
    const double most = 700, per_ln2 = 1.4426950408889634;
    /* ln 2 in two parts, the first of so few digits that its products are exact */
    const double ln2 = 0x1.62e42fee00000p-1, ln2_rest = 0x1.a39ef35793c76p-33;
    const double whole = 0x1.8p52; /* a sum with it has no digits behind the point */
    double y = x < most ? x : most;
    double shifted = y * per_ln2 + whole;
    double n = shifted - whole;
    double r = (n * ln2 - y) + n * ln2_rest;
    double sum = 1.0 / 6227020800;
    sum = sum * r + 1.0 / 479001600;
    sum = sum * r + 1.0 / 39916800;
    sum = sum * r + 1.0 / 3628800;
    sum = sum * r + 1.0 / 362880;
    sum = sum * r + 1.0 / 40320;
    sum = sum * r + 1.0 / 5040;
    sum = sum * r + 1.0 / 720;
    sum = sum * r + 1.0 / 120;
    sum = sum * r + 1.0 / 24;
    sum = sum * r + 1.0 / 6;
    sum = sum * r + 0.5;
    sum = sum * r + 1;
    sum = sum * r + 1;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (UINT64_C(1023) - bits) << 52; /* n stands in the lowest bits */
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return sum * scale;
}

/*
 * two_flux_layer_over under the cover, both as numerators over denominators, so that one
 * division is left.
 */
LANES_KERNEL void reflect_band(const struct dots_bed *bed, size_t band,
                               const struct bands *K_add, const struct bands *S_add,
                               struct bands *attenuation, struct bands *out)
{
    double K = bed->dermis_absorption.value[band] + K_add->value[band];
    double S = bed->dermis_scattering.value[band] + S_add->value[band];
    double background = bed->deep_reflectance.value[band];
    double beta = sqrt(K * (K + 2 * S));
    double sum = K + S + beta;
    double left = decay(2 * beta * bed->height_mm);
    double scattered = S * sum * (1 - left);
    double above = scattered + background * (left * sum * sum - S * S);
    double below = sum * sum - S * S * left - scattered * background;
    attenuation->value[band] = beta * bed->height_mm;
    out->value[band] = (bed->cover_constant.value[band] * below +
                        bed->cover_linear.value[band] * above) /
                       (below - bed->cover_pole.value[band] * above);
}

LANES_KERNEL void reflect(const struct dots_bed *bed, const struct bands *K_add,
                          const struct bands *S_add, struct bands *attenuation,
                          struct bands *out)
{
#pragma omp simd
    for (size_t i = 0; i < EVEN_BANDS; i++)
        reflect_band(bed, i, K_add, S_add, attenuation, out);
#pragma omp simd
    for (size_t i = LAST_BANDS; i < BAND_COUNT; i++)
        reflect_band(bed, i, K_add, S_add, attenuation, out);
}

static void reflect_baseline(const struct dots_bed *bed, const struct bands *K_add,
                             const struct bands *S_add, struct bands *attenuation,
                             struct bands *out)
{
    reflect(bed, K_add, S_add, attenuation, out);
}

LANES_TARGET_AVX2 static void reflect_avx2(const struct dots_bed *bed,
                                           const struct bands *K_add,
                                           const struct bands *S_add,
                                           struct bands *attenuation, struct bands *out)
{
    reflect(bed, K_add, S_add, attenuation, out);
}

LANES_TARGET_AVX512 static void
reflect_avx512(const struct dots_bed *bed, const struct bands *K_add,
               const struct bands *S_add, struct bands *attenuation, struct bands *out)
{
    reflect(bed, K_add, S_add, attenuation, out);
}

void lanes_bed_reflectance(enum lanes_isa isa, const struct dots_bed *bed,
                           const struct bands *K_add, const struct bands *S_add,
                           struct bands *attenuation, struct bands *out)
{
    switch (isa) {
    case LANES_AVX512: reflect_avx512(bed, K_add, S_add, attenuation, out); break;
    case LANES_AVX2: reflect_avx2(bed, K_add, S_add, attenuation, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: reflect_baseline(bed, K_add, S_add, attenuation, out); break;
    }
}

LANES_KERNEL void absorb(double strength, double chord_mm, const struct bands *absorption,
                         struct bands *out)
{
#pragma omp simd
    for (size_t i = 0; i < EVEN_BANDS; i++)
        out->value[i] = strength * (1 - decay(absorption->value[i] * chord_mm));
#pragma omp simd
    for (size_t i = LAST_BANDS; i < BAND_COUNT; i++)
        out->value[i] = strength * (1 - decay(absorption->value[i] * chord_mm));
}

static void absorb_baseline(double strength, double chord_mm,
                            const struct bands *absorption, struct bands *out)
{
    absorb(strength, chord_mm, absorption, out);
}

LANES_TARGET_AVX2 static void absorb_avx2(double strength, double chord_mm,
                                          const struct bands *absorption,
                                          struct bands *out)
{
    absorb(strength, chord_mm, absorption, out);
}

LANES_TARGET_AVX512 static void absorb_avx512(double strength, double chord_mm,
                                              const struct bands *absorption,
                                              struct bands *out)
{
    absorb(strength, chord_mm, absorption, out);
}

void lanes_dots_absorption(enum lanes_isa isa, double strength, double chord_mm,
                           const struct bands *absorption, struct bands *out)
{
    switch (isa) {
    case LANES_AVX512: absorb_avx512(strength, chord_mm, absorption, out); break;
    case LANES_AVX2: absorb_avx2(strength, chord_mm, absorption, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: absorb_baseline(strength, chord_mm, absorption, out); break;
    }
}
