/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_recipes.h"

#include <math.h>
#include <string.h>

#include "colorlib/formula_cells.h"
#include "colorlib/lanes_layer.h"
#include "colorlib/lanes_variants.h"

/* -- CIELAB -------------------------------------------------------------------------- */

/*
 * The cube root of 0.008 to 1.3: the inverse root is guessed by the bits of x, which are
 * nearly its logarithm, to 0.04 of itself; with h = 1 - x r^3, 0.127 at the most, a step
 * of the third order leaves 1e-3 of it and one of the second less than rounding does.
 */
LANES_KERNEL float cube_root(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits = 0x54a21d2au - (uint32_t)(int32_t)((float)(int32_t)bits * (1.0f / 3));
    float r;
    memcpy(&r, &bits, sizeof r);
    float h = 1 - x * (r * r * r);
    r += r * (h * (1.0f / 3 + h * (2.0f / 9 + h * (14.0f / 81))));
    h = 1 - x * (r * r * r);
    r += r * (h * (1.0f / 3));
    return x * (r * r);
}

/* Below this ratio to the white CIELAB is linear (ISO/CIE 11664-4). */
#define LINEAR_BELOW 0.008856451679035631f

LANES_KERNEL float response(float ratio)
{
    float root = cube_root(ratio > LINEAR_BELOW ? ratio : LINEAR_BELOW);
    float line = 841.0f / 108 * ratio + 16.0f / 116;
    return ratio > LINEAR_BELOW ? root : line;
}

LANES_KERNEL void put(struct lanes_recipes *out, size_t lane, float x, float y, float z)
{
    float fx = response(x), fy = response(y), fz = response(z);
    float L = 116 * fy - 16, a = 500 * (fx - fy), b = 200 * (fy - fz);
    out->L[lane] = L;
    out->a[lane] = a;
    out->b[lane] = b;
    out->cell[lane] = formula_cell(formula_cell_of_lightness(L), formula_cell_of_plane(a),
                                   formula_cell_of_plane(b));
}

/* Of as many recipes as registers hold: X, Y and Z. */
struct sums {
    float x[LANES];
    float y[LANES];
    float z[LANES];
};

LANES_KERNEL void put_all(const struct sums *sums, size_t from, struct lanes_recipes *out)
{
#pragma omp simd
    for (size_t i = 0; i < LANES; i++)
        put(out, from + i, sums->x[i], sums->y[i], sums->z[i]);
}

/* -- films that hide their backing --------------------------------------------------- */

LANES_KERNEL float mixed(const float *const *value, size_t band, size_t components,
                         float (*parts)[LANES], size_t lane)
{
    float sum = parts[0][lane] * value[0][band];
    if (components > 1)
        sum += parts[1][lane] * value[1][band];
    if (components > 2)
        sum += parts[2][lane] * value[2][band];
    if (components > 3)
        sum += parts[3][lane] * value[3][band];
    if (components > 4)
        sum += parts[4][lane] * value[4][band];
    return sum;
}

/* So many bands side by side keep registers busy, and lose less in their sum. */
enum { BANDS_AT_ONCE = 4 };

/* 1/R - k2 = (K + S + root) / S - k2, whatever K and S are multiples of. */
LANES_KERNEL void hide(const struct lanes_scene *scene,
                       const struct lanes_liquid *const *liquid, size_t components,
                       const uint8_t *const *part, size_t from, struct lanes_recipes *out)
{
    const float *K_of[LANES_LIQUIDS_MAX] = {NULL}, *S_of[LANES_LIQUIDS_MAX] = {NULL};
    float parts[LANES_LIQUIDS_MAX][LANES];
    for (size_t c = 0; c < components; c++) {
        K_of[c] = liquid[c]->K;
        S_of[c] = liquid[c]->S;
#pragma omp simd
        for (size_t i = 0; i < LANES; i++)
            parts[c][i] = (float)part[c][from + i];
    }
    struct sums sums;
    for (size_t i = 0; i < LANES; i++) {
        sums.x[i] = scene->surface[0];
        sums.y[i] = scene->surface[1];
        sums.z[i] = scene->surface[2];
    }
    float rest = (float)(1 - scene->internal);
    for (size_t band = 0; band < LANES_BANDS; band += BANDS_AT_ONCE)
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            float x[BANDS_AT_ONCE], y[BANDS_AT_ONCE], z[BANDS_AT_ONCE];
            LANES_UNROLLED for (size_t k = 0; k < BANDS_AT_ONCE; k++)
            {
                float K = mixed(K_of, band + k, components, parts, i);
                float S = mixed(S_of, band + k, components, parts, i);
                float root = sqrtf(K * (K + (S + S)));
                float R = S / (K + rest * S + root);
                x[k] = scene->x[band + k] * R;
                y[k] = scene->y[band + k] * R;
                z[k] = scene->z[band + k] * R;
            }
            sums.x[i] += (x[0] + x[1]) + (x[2] + x[3]);
            sums.y[i] += (y[0] + y[1]) + (y[2] + y[3]);
            sums.z[i] += (z[0] + z[1]) + (z[2] + z[3]);
        }
    put_all(&sums, from, out);
}

/* -- films over a backing ------------------------------------------------------------ */

/*
 * Both fluxes with exponentials that only fall, as lanes_layer_covered has them. They are
 * differences of numbers no larger than sum^2, and the denominator is sum (K + beta) at
 * the least; so that this is no less than 4.4e-8 of sum^2, and R good to 3e-8, K is taken
 * for 1e-15 S at the least. A film that absorbs so little reflects no more than 4.5e-8
 * less than one that does not absorb at all: every path through it that comes out also
 * comes out of one over a white backing, which is no darker than one without an end,
 * whose R is 1 - sqrt(2 K / S) at the least.
 */
LANES_KERNEL double over_backing(double K, double S, double thickness_mm, double backing)
{
    double least = 1e-15 * S;
    double k = K > least ? K : least;
    double beta = sqrt(k * (k + 2 * S)), sum = k + S + beta;
    double left = lanes_halves(beta * (2 * LANES_PER_LN2 * thickness_mm));
    double scattered = S * sum * (1 - left);
    return (scattered + backing * (left * sum * sum - S * S)) /
           (sum * sum - S * S * left - scattered * backing);
}

/* Mixes of a band. */
struct mixes {
    double K[LANES];
    double S[LANES];
};

LANES_KERNEL void mix(const struct lanes_liquid *const *liquid, size_t components,
                      double (*share)[LANES], size_t band, struct mixes *out)
{
    for (size_t c = 0; c < components; c++) {
        double K = liquid[c]->exact->K.value[band], S = liquid[c]->exact->S.value[band];
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            out->K[i] = (c > 0 ? out->K[i] : 0) + share[c][i] * K;
            out->S[i] = (c > 0 ? out->S[i] : 0) + share[c][i] * S;
        }
    }
}

LANES_KERNEL void share_out(size_t components, const uint8_t *const *part, size_t from,
                            double (*share)[LANES])
{
    double sum[LANES] = {0};
    for (size_t c = 0; c < components; c++)
        for (size_t i = 0; i < LANES; i++)
            sum[i] += part[c][from + i];
    for (size_t c = 0; c < components; c++)
        for (size_t i = 0; i < LANES; i++)
            share[c][i] = part[c][from + i] / sum[i];
}

LANES_KERNEL void cover(const struct lanes_scene *scene,
                        const struct lanes_liquid *const *liquid, size_t components,
                        const uint8_t *const *part, size_t from,
                        struct lanes_recipes *out)
{
    double share[LANES_LIQUIDS_MAX][LANES];
    double x[LANES] = {0}, y[LANES] = {0}, z[LANES] = {0};
    share_out(components, part, from, share);
    for (size_t band = 0; band < BAND_COUNT; band++) {
        struct mixes mixes;
        mix(liquid, components, share, band, &mixes);
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            double R = over_backing(mixes.K[i], mixes.S[i], scene->drawdown.thickness_mm,
                                    scene->drawdown.background.value[band]);
            double factor = scene->offset + scene->gain * R / (1 - scene->internal * R);
            x[i] += scene->weight[0][band] * factor;
            y[i] += scene->weight[1][band] * factor;
            z[i] += scene->weight[2][band] * factor;
        }
    }
    struct sums sums;
    for (size_t i = 0; i < LANES; i++) {
        sums.x[i] = (float)x[i];
        sums.y[i] = (float)y[i];
        sums.z[i] = (float)z[i];
    }
    put_all(&sums, from, out);
}

/* -- variants ------------------------------------------------------------------------ */

LANES_KERNEL void look(const struct lanes_scene *scene,
                       const struct lanes_liquid *const *liquid, size_t components,
                       const uint8_t *const *part, struct lanes_recipes *out)
{
    for (size_t from = 0; from < LANES_RECIPES; from += LANES)
        if (isinf(scene->drawdown.thickness_mm))
            hide(scene, liquid, components, part, from, out);
        else
            cover(scene, liquid, components, part, from, out);
}

/* The number of components as a constant, so that loops over them unroll. */
LANES_KERNEL void look_any(const struct lanes_scene *scene,
                           const struct lanes_liquid *const *liquid, size_t components,
                           const uint8_t *const *part, struct lanes_recipes *out)
{
    switch (components) {
    case 1: look(scene, liquid, 1, part, out); break;
    case 2: look(scene, liquid, 2, part, out); break;
    case 3: look(scene, liquid, 3, part, out); break;
    case 4: look(scene, liquid, 4, part, out); break;
    default: look(scene, liquid, LANES_LIQUIDS_MAX, part, out); break;
    }
}

static void look_baseline(const struct lanes_scene *scene,
                          const struct lanes_liquid *const *liquid, size_t components,
                          const uint8_t *const *part, struct lanes_recipes *out)
{
    look_any(scene, liquid, components, part, out);
}

LANES_TARGET_AVX2 static void look_avx2(const struct lanes_scene *scene,
                                        const struct lanes_liquid *const *liquid,
                                        size_t components, const uint8_t *const *part,
                                        struct lanes_recipes *out)
{
    look_any(scene, liquid, components, part, out);
}

LANES_TARGET_AVX512 static void look_avx512(const struct lanes_scene *scene,
                                            const struct lanes_liquid *const *liquid,
                                            size_t components, const uint8_t *const *part,
                                            struct lanes_recipes *out)
{
    look_any(scene, liquid, components, part, out);
}

void lanes_recipes(enum lanes_isa isa, const struct lanes_scene *scene,
                   const struct lanes_liquid *const *liquid, size_t components,
                   const uint8_t *const *part, struct lanes_recipes *out)
{
    switch (isa) {
    case LANES_AVX512: look_avx512(scene, liquid, components, part, out); break;
    case LANES_AVX2: look_avx2(scene, liquid, components, part, out); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: look_baseline(scene, liquid, components, part, out); break;
    }
}
