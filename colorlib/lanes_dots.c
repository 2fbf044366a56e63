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

/*
 * two_flux_layer of the clear dermis and what lies upon it: with the layer's reflectance
 * r and transmittance t a cover (c + l G) / (1 - p G) becomes that of (c + l r, l (t^2 -
 * r^2) - c r, r + p (t^2 - r^2)), all over 1 - p r.
 */
LANES_KERNEL void lay_band(const struct dots_ground *ground, size_t band, double clear_mm,
                           struct dots_bed *out)
{
    double K = ground->dermis_absorption.value[band];
    double S = ground->dermis_scattering.value[band];
    double constant = ground->cover_constant.value[band];
    double linear = ground->cover_linear.value[band];
    double pole = ground->cover_pole.value[band];
    double attenuation = lanes_layer_attenuation(K, S);
    double e = lanes_halves(attenuation * (clear_mm * LANES_PER_LN2));
    double m = 1 - e;
    double odd = m * (2 - m);
    double scale = 1 / ((K + S) * odd + attenuation * (1 + e * e));
    double r = S * odd * scale, t = 2 * attenuation * e * scale;
    double rest = t * t - r * r;
    double upon = 1 / (1 - pole * r);
    out->dermis_absorption.value[band] = K;
    out->dermis_scattering.value[band] = S;
    out->deep_reflectance.value[band] = ground->deep_reflectance.value[band];
    out->cover_constant.value[band] = upon * (constant + linear * r);
    out->cover_linear.value[band] = upon * (linear * rest - constant * r);
    out->cover_pole.value[band] = upon * (r + pole * rest);
}

LANES_KERNEL void lay(const struct dots_ground *ground, double clear_mm,
                      struct dots_bed *out)
{
#pragma omp simd
    for (size_t i = 0; i < LANES_EVEN_BANDS; i++)
        lay_band(ground, i, clear_mm, out);
#pragma omp simd
    for (size_t i = LANES_LAST_BANDS; i < BAND_COUNT; i++)
        lay_band(ground, i, clear_mm, out);
}

static void lay_baseline(const struct dots_ground *ground, double clear_mm,
                         struct dots_bed *out)
{
    lay(ground, clear_mm, out);
}

LANES_TARGET_AVX2 static void lay_avx2(const struct dots_ground *ground, double clear_mm,
                                       struct dots_bed *out)
{
    lay(ground, clear_mm, out);
}

LANES_TARGET_AVX512 static void lay_avx512(const struct dots_ground *ground,
                                           double clear_mm, struct dots_bed *out)
{
    lay(ground, clear_mm, out);
}

void lanes_bed_lay(enum lanes_isa isa, const struct dots_ground *ground, double clear_mm,
                   struct dots_bed *out)
{
    switch (isa) {
    case LANES_AVX512: lay_avx512(ground, clear_mm, out); break;
    case LANES_AVX2: lay_avx2(ground, clear_mm, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: lay_baseline(ground, clear_mm, out); break;
    }
}
