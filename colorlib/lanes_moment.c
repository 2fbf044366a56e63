/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_moment.h"

#include "colorlib/lanes_layer.h"

/* What one register of the widest machine holds. All bands are worked on in blocks of so
 * many, of which the last begins one band early; a place in a block is a slot. */
enum { BLOCK = 8, SLOTS = 32, LAST_BLOCK = SLOTS - BLOCK, EARLY = SLOTS - BAND_COUNT };

/* What does not depend on the band. */
struct dots {
    double optical_depth; /* of a dot, in powers of two, per absorption of the liquid */
    double strength;      /* two-flux K of dots that take all light that meets them */
    double scattering;    /* two-flux S per scattering of the liquid */
    double passage;       /* down and up the layer, in powers of two per attenuation */
};

static struct dots dots_of(const struct moment *moment)
{
    const double chord_mm = moment->chord_mm;
    const bool have_size = chord_mm > 0;
    return (struct dots){
        .optical_depth = moment->fill * chord_mm * LANES_PER_LN2,
        .strength = have_size ? DOTS_KAPPA * moment->coverage / chord_mm : 0,
        .scattering = have_size ? SKIN_SIGMA_DERMIS * moment->coverage * moment->fill : 0,
        .passage = 2 * LANES_PER_LN2 * moment->bed.height_mm,
    };
}

/* The layer that holds the dots, by slot. */
struct layer {
    double K[SLOTS];
    double S[SLOTS];
    double attenuation[SLOTS];
    double left[SLOTS]; /* of the light that goes down and up */
};

/* The mixture inside the dots: absorption to K, scattering to S. */
LANES_KERNEL void mix(const struct liquid *const *liquid, const double *amount,
                      size_t count, struct layer *out)
{
    for (size_t slot = 0; slot < SLOTS; slot += BLOCK) {
        const size_t band = slot < LAST_BLOCK ? slot : slot - EARLY;
        double absorption[BLOCK] = {0}, scattering[BLOCK] = {0};
        for (size_t k = 0; k < count; k++)
#pragma omp simd
            for (size_t i = 0; i < BLOCK; i++) {
                absorption[i] += amount[k] * liquid[k]->absorption.value[band + i];
                scattering[i] += amount[k] * liquid[k]->scattering.value[band + i];
            }
        memcpy(&out->K[slot], absorption, sizeof absorption);
        memcpy(&out->S[slot], scattering, sizeof scattering);
    }
}

LANES_KERNEL void add_skin(const struct moment *moment, const struct dots *dots,
                           size_t slot, size_t band, struct layer *layer)
{
    layer->K[slot] = moment->bed.dermis_absorption.value[band] +
                     (moment->earlier_K.value[band] + layer->K[slot]);
    layer->S[slot] = moment->bed.dermis_scattering.value[band] +
                     (moment->earlier_S.value[band] + dots->scattering * layer->S[slot]);
}

LANES_KERNEL void cover(const struct moment *moment, const struct layer *layer,
                        size_t slot, size_t band, struct bands *out)
{
    out->value[band] =
        lanes_layer_covered(&moment->bed, band, layer->K[slot], layer->S[slot],
                            layer->attenuation[slot], layer->left[slot]);
}

/*
 * dots_add and dots_bed_reflectance. The steps of a band wait for each other, so that
 * each step is taken for all bands before the next: that way the machine has enough to do
 * meanwhile.
 */
LANES_KERNEL void reflect(const struct moment *moment, const struct liquid *const *liquid,
                          const double *amount, size_t count, struct bands *out)
{
    const struct dots dots = dots_of(moment);
    struct layer layer;
    mix(liquid, amount, count, &layer);
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        layer.K[i] = dots.strength * (1 - lanes_halves(layer.K[i] * dots.optical_depth));
#pragma omp simd
    for (size_t i = 0; i < LAST_BLOCK; i++)
        add_skin(moment, &dots, i, i, &layer);
#pragma omp simd
    for (size_t i = LAST_BLOCK; i < SLOTS; i++)
        add_skin(moment, &dots, i, i - EARLY, &layer);
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        layer.attenuation[i] = lanes_layer_attenuation(layer.K[i], layer.S[i]);
#pragma omp simd
    for (size_t i = 0; i < SLOTS; i++)
        layer.left[i] = lanes_halves(layer.attenuation[i] * dots.passage);
#pragma omp simd
    for (size_t i = 0; i < LAST_BLOCK; i++)
        cover(moment, &layer, i, i, out);
#pragma omp simd
    for (size_t i = LAST_BLOCK; i < SLOTS; i++)
        cover(moment, &layer, i, i - EARLY, out);
}

static void reflect_baseline(const struct moment *moment,
                             const struct liquid *const *liquid, const double *amount,
                             size_t count, struct bands *out)
{
    reflect(moment, liquid, amount, count, out);
}

LANES_TARGET_AVX2 static void reflect_avx2(const struct moment *moment,
                                           const struct liquid *const *liquid,
                                           const double *amount, size_t count,
                                           struct bands *out)
{
    reflect(moment, liquid, amount, count, out);
}

LANES_TARGET_AVX512 static void reflect_avx512(const struct moment *moment,
                                               const struct liquid *const *liquid,
                                               const double *amount, size_t count,
                                               struct bands *out)
{
    reflect(moment, liquid, amount, count, out);
}

void lanes_moment_reflectance(enum lanes_isa isa, const struct moment *moment,
                              const struct liquid *const *liquid, const double *amount,
                              size_t count, struct bands *out)
{
    switch (isa) {
    case LANES_AVX512: reflect_avx512(moment, liquid, amount, count, out); break;
    case LANES_AVX2: reflect_avx2(moment, liquid, amount, count, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: reflect_baseline(moment, liquid, amount, count, out); break;
    }
}
