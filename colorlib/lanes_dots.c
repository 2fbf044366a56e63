/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_dots.h"

#include "colorlib/lanes_layer.h"

LANES_KERNEL void reflect_band(const struct dots_bed *bed, size_t band,
                               const struct bands *K_add, const struct bands *S_add,
                               struct bands *attenuation, struct bands *out)
{
    double K = bed->dermis_absorption.value[band] + K_add->value[band];
    double S = bed->dermis_scattering.value[band] + S_add->value[band];
    double beta = lanes_layer_attenuation(K, S);
    double left = lanes_halves(beta * (2 * LANES_PER_LN2 * bed->height_mm));
    attenuation->value[band] = beta * bed->height_mm;
    out->value[band] = lanes_layer_covered(bed, band, K, S, beta, left);
}

LANES_KERNEL void reflect(const struct dots_bed *bed, const struct bands *K_add,
                          const struct bands *S_add, struct bands *attenuation,
                          struct bands *out)
{
#pragma omp simd
    for (size_t i = 0; i < LANES_EVEN_BANDS; i++)
        reflect_band(bed, i, K_add, S_add, attenuation, out);
#pragma omp simd
    for (size_t i = LANES_LAST_BANDS; i < BAND_COUNT; i++)
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
    const double scale = chord_mm * LANES_PER_LN2;
#pragma omp simd
    for (size_t i = 0; i < LANES_EVEN_BANDS; i++)
        out->value[i] = strength * (1 - lanes_halves(absorption->value[i] * scale));
#pragma omp simd
    for (size_t i = LANES_LAST_BANDS; i < BAND_COUNT; i++)
        out->value[i] = strength * (1 - lanes_halves(absorption->value[i] * scale));
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
