/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_moment.h"

#include "colorlib/lanes_layer.h"

/* What one register of the widest machine holds. All bands are worked on in blocks of so
 * many, of which the last begins one band early; a place in a block is a slot. */
enum { BLOCK = 8, SLOTS = 32, LAST_BLOCK = SLOTS - BLOCK, EARLY = SLOTS - BAND_COUNT };

/* How many slots a block's bands lie before them. */
LANES_KERNEL size_t lead_of(size_t block)
{
    return block == LAST_BLOCK ? EARLY : 0;
}

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

LANES_KERNEL void add_block(const double *value, double amount, double *sum)
{
#pragma omp simd
    for (size_t i = 0; i < BLOCK; i++)
        sum[i] += amount * value[i];
}

LANES_KERNEL void put_block(const double K[BLOCK], const double S[BLOCK], size_t block,
                            struct layer *out)
{
    memcpy(&out->K[block], K, BLOCK * sizeof *K);
    memcpy(&out->S[block], S, BLOCK * sizeof *S);
}

/* The mixture inside the dots: absorption to K, scattering to S. All blocks at once and
 * an array for each, as only so the sums stay in registers. */
LANES_KERNEL void mix(const struct liquid *const *liquid, const double *amount,
                      size_t count, struct layer *out)
{
    _Static_assert(SLOTS == 4 * BLOCK, "the blocks are written out");
    double K0[BLOCK] = {0}, K1[BLOCK] = {0}, K2[BLOCK] = {0}, K3[BLOCK] = {0};
    double S0[BLOCK] = {0}, S1[BLOCK] = {0}, S2[BLOCK] = {0}, S3[BLOCK] = {0};
    for (size_t k = 0; k < count; k++) {
        const double *K = liquid[k]->absorption.value, *S = liquid[k]->scattering.value;
        add_block(K, amount[k], K0);
        add_block(S, amount[k], S0);
        add_block(K + BLOCK, amount[k], K1);
        add_block(S + BLOCK, amount[k], S1);
        add_block(K + 2 * BLOCK, amount[k], K2);
        add_block(S + 2 * BLOCK, amount[k], S2);
        add_block(K + LAST_BLOCK - EARLY, amount[k], K3);
        add_block(S + LAST_BLOCK - EARLY, amount[k], S3);
    }
    put_block(K0, S0, 0, out);
    put_block(K1, S1, BLOCK, out);
    put_block(K2, S2, 2 * BLOCK, out);
    put_block(K3, S3, LAST_BLOCK, out);
}

/* -- the steps of a block ------------------------------------------------------------ */

LANES_KERNEL void absorb(const struct dots *dots, size_t block, struct layer *layer)
{
#pragma omp simd
    for (size_t i = block; i < block + BLOCK; i++)
        layer->K[i] =
            dots->strength * (1 - lanes_halves(layer->K[i] * dots->optical_depth));
}

LANES_KERNEL void add_skin(const struct moment *moment, const struct dots *dots,
                           size_t block, struct layer *layer)
{
    const size_t lead = lead_of(block);
#pragma omp simd
    for (size_t i = block; i < block + BLOCK; i++) {
        layer->K[i] = moment->bed.dermis_absorption.value[i - lead] +
                      (moment->earlier_K.value[i - lead] + layer->K[i]);
        layer->S[i] =
            moment->bed.dermis_scattering.value[i - lead] +
            (moment->earlier_S.value[i - lead] + dots->scattering * layer->S[i]);
    }
}

LANES_KERNEL void attenuate(size_t block, struct layer *layer)
{
#pragma omp simd
    for (size_t i = block; i < block + BLOCK; i++)
        layer->attenuation[i] = lanes_layer_attenuation(layer->K[i], layer->S[i]);
}

LANES_KERNEL void pass(const struct dots *dots, size_t block, struct layer *layer)
{
#pragma omp simd
    for (size_t i = block; i < block + BLOCK; i++)
        layer->left[i] = lanes_halves(layer->attenuation[i] * dots->passage);
}

LANES_KERNEL void cover(const struct moment *moment, size_t block,
                        const struct layer *layer, struct bands *out)
{
    const size_t lead = lead_of(block);
#pragma omp simd
    for (size_t i = block; i < block + BLOCK; i++)
        out->value[i - lead] =
            lanes_layer_covered(&moment->bed, i - lead, layer->K[i], layer->S[i],
                                layer->attenuation[i], layer->left[i]);
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
    LANES_UNROLLED
    for (size_t block = 0; block < SLOTS; block += BLOCK)
        absorb(&dots, block, &layer);
    LANES_UNROLLED
    for (size_t block = 0; block < SLOTS; block += BLOCK)
        add_skin(moment, &dots, block, &layer);
    LANES_UNROLLED
    for (size_t block = 0; block < SLOTS; block += BLOCK)
        attenuate(block, &layer);
    LANES_UNROLLED
    for (size_t block = 0; block < SLOTS; block += BLOCK)
        pass(&dots, block, &layer);
    LANES_UNROLLED
    for (size_t block = 0; block < SLOTS; block += BLOCK)
        cover(moment, block, &layer, out);
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
