/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/limit.h"

#include <math.h>

#include "colorlib/lanes_layer.h"
#include "tests/bench/cube_root.h"

/* Sums side by side, so that none waits for another. */
enum { SUMS = 64 };

LANES_KERNEL double read_all(const double *number, size_t count)
{
    double sum[SUMS] = {0}, total = 0;
    for (size_t i = 0; i < count; i += SUMS)
#pragma omp simd
        for (size_t k = 0; k < SUMS; k++)
            sum[k] += number[i + k];
    for (size_t k = 0; k < SUMS; k++)
        total += sum[k];
    return total;
}

static double read_baseline(const double *number, size_t count)
{
    return read_all(number, count);
}

LANES_TARGET_AVX2 static double read_avx2(const double *number, size_t count)
{
    return read_all(number, count);
}

LANES_TARGET_AVX512 static double read_avx512(const double *number, size_t count)
{
    return read_all(number, count);
}

double limit_read(enum lanes_isa isa, const double *number, size_t count)
{
    switch (isa) {
    case LANES_AVX512: return read_avx512(number, count);
    case LANES_AVX2: return read_avx2(number, count);
    case LANES_BASELINE:
    case LANES_ISA_COUNT: break;
    }
    return read_baseline(number, count);
}

/* As many as lanes_difference.c has for a pair. */
enum { ROOTS = 9, DIVISIONS = 3 };

LANES_KERNEL double take_roots(size_t groups)
{
    double number[LANES], total = 0;
    for (size_t i = 0; i < LANES; i++)
        number[i] = 2 + (double)i;
    for (size_t group = 0; group < groups; group++)
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            double x = number[i], sum = x;
            sum += sqrt(x + 1) + sqrt(x + 2) + sqrt(x + 3) + sqrt(x + 4) + sqrt(x + 5) +
                   sqrt(x + 6) + sqrt(x + 7) + sqrt(x + 8) + sqrt(x + 9);
            sum += 1 / (x + 10) + 1 / (x + 11) + 1 / (x + 12);
            number[i] = x + 1e-9 * sum; /* or it would be taken out of the loop */
        }
    for (size_t i = 0; i < LANES; i++)
        total += number[i];
    return total;
}

static double roots_baseline(size_t groups)
{
    return take_roots(groups);
}

LANES_TARGET_AVX2 static double roots_avx2(size_t groups)
{
    return take_roots(groups);
}

LANES_TARGET_AVX512 static double roots_avx512(size_t groups)
{
    return take_roots(groups);
}

double limit_roots(enum lanes_isa isa, size_t groups)
{
    switch (isa) {
    case LANES_AVX512: return roots_avx512(groups);
    case LANES_AVX2: return roots_avx2(groups);
    case LANES_BASELINE:
    case LANES_ISA_COUNT: break;
    }
    return roots_baseline(groups);
}

/* Bands of a spectrum, in whole registers. */
enum { SLOTS = 32 };

LANES_KERNEL double take_layers(size_t spectra)
{
    double number[SLOTS], total = 0;
    for (size_t i = 0; i < SLOTS; i++)
        number[i] = 2 + (double)i;
    for (size_t spectrum = 0; spectrum < spectra; spectrum++)
#pragma omp simd
        for (size_t i = 0; i < SLOTS; i++) {
            double x = number[i];
            double sum = lanes_halves(x) + lanes_halves(x + 1);
            sum += sqrt(x + 2) + 1 / (x + 3);
            number[i] = x + 1e-9 * sum; /* or it would be taken out of the loop */
        }
    for (size_t i = 0; i < SLOTS; i++)
        total += number[i];
    return total;
}

static double layers_baseline(size_t spectra)
{
    return take_layers(spectra);
}

LANES_TARGET_AVX2 static double layers_avx2(size_t spectra)
{
    return take_layers(spectra);
}

LANES_TARGET_AVX512 static double layers_avx512(size_t spectra)
{
    return take_layers(spectra);
}

double limit_layers(enum lanes_isa isa, size_t spectra)
{
    switch (isa) {
    case LANES_AVX512: return layers_avx512(spectra);
    case LANES_AVX2: return layers_avx2(spectra);
    case LANES_BASELINE:
    case LANES_ISA_COUNT: break;
    }
    return layers_baseline(spectra);
}

struct sums {
    float x[LANES];
    float y[LANES];
    float z[LANES];
};

LANES_KERNEL void add_band(const struct limit_mixes *mixes, size_t band, float first,
                           struct sums *sums)
{
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        float step = first + (float)(int)i;
        float K = mixes->K[band] + step * mixes->K_step[band];
        float S = mixes->S[band] + step * mixes->S_step[band];
        float R = S / (K + S + sqrtf(K * (K + S + S)));
        sums->x[i] += mixes->x[band] * R;
        sums->y[i] += mixes->y[band] * R;
        sums->z[i] += mixes->z[band] * R;
    }
}

LANES_KERNEL void take_nearest(const struct limit_mixes *mixes, const struct sums *sums,
                               float *least)
{
#pragma omp simd
    for (size_t i = 0; i < LANES; i++) {
        float fx = cube_root(sums->x[i]), fy = cube_root(sums->y[i]);
        float fz = cube_root(sums->z[i]);
        float dL = 116 * fy - 16 - mixes->L, da = 500 * (fx - fy) - mixes->a;
        float db = 200 * (fy - fz) - mixes->b;
        float distance = dL * dL + da * da + db * db;
        least[i] = distance < least[i] ? distance : least[i];
    }
}

LANES_KERNEL float nearest_mix(const struct limit_mixes *mixes, size_t groups)
{
    float least[LANES], nearest = INFINITY;
    for (size_t i = 0; i < LANES; i++)
        least[i] = INFINITY;
    for (size_t group = 0; group < groups; group++) {
        struct sums sums = {{0}, {0}, {0}};
        for (size_t band = 0; band < LIMIT_BANDS; band++)
            add_band(mixes, band, (float)group, &sums);
        take_nearest(mixes, &sums, least);
    }
    for (size_t i = 0; i < LANES; i++)
        nearest = least[i] < nearest ? least[i] : nearest;
    return nearest;
}

static float mix_baseline(const struct limit_mixes *mixes, size_t groups)
{
    return nearest_mix(mixes, groups);
}

LANES_TARGET_AVX2 static float mix_avx2(const struct limit_mixes *mixes, size_t groups)
{
    return nearest_mix(mixes, groups);
}

LANES_TARGET_AVX512 static float mix_avx512(const struct limit_mixes *mixes,
                                            size_t groups)
{
    return nearest_mix(mixes, groups);
}

float limit_mix(enum lanes_isa isa, const struct limit_mixes *mixes, size_t groups)
{
    switch (isa) {
    case LANES_AVX512: return mix_avx512(mixes, groups);
    case LANES_AVX2: return mix_avx2(mixes, groups);
    case LANES_BASELINE:
    case LANES_ISA_COUNT: break;
    }
    return mix_baseline(mixes, groups);
}
