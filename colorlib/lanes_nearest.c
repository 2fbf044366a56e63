/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_nearest.h"

#include <math.h>

#include "colorlib/lanes_variants.h"

LANES_KERNEL void search(const struct lanes_samples *samples,
                         const struct lanes_metric *metric, int32_t *nearest)
{
    float least[LANES];
    int32_t found[LANES];
    for (size_t i = 0; i < LANES; i++) {
        least[i] = HUGE_VALF;
        found[i] = 0;
    }
    for (size_t from = 0; from < samples->count; from += LANES) {
        const float *L = samples->L + from, *a = samples->a + from,
                    *b = samples->b + from;
#pragma omp simd
        for (size_t i = 0; i < LANES; i++) {
            float da = a[i] - metric->a, db = b[i] - metric->b;
            float u = metric->lightness * (L[i] - metric->L);
            float v = metric->along[0] * da + metric->along[1] * db;
            float w = metric->across[0] * da + metric->across[1] * db;
            float distance = u * u + v * v + w * w;
            found[i] = distance < least[i] ? (int32_t)from : found[i];
            least[i] = distance < least[i] ? distance : least[i];
        }
    }
    for (size_t i = 0; i < LANES; i++)
        nearest[i] = found[i] + (int32_t)i;
}

static void search_baseline(const struct lanes_samples *samples,
                            const struct lanes_metric *metric, int32_t *nearest)
{
    search(samples, metric, nearest);
}

LANES_TARGET_AVX2 static void search_avx2(const struct lanes_samples *samples,
                                          const struct lanes_metric *metric,
                                          int32_t *nearest)
{
    search(samples, metric, nearest);
}

LANES_TARGET_AVX512 static void search_avx512(const struct lanes_samples *samples,
                                              const struct lanes_metric *metric,
                                              int32_t *nearest)
{
    search(samples, metric, nearest);
}

void lanes_nearest(enum lanes_isa isa, const struct lanes_samples *samples,
                   const struct lanes_metric *metric, int32_t nearest[LANES])
{
    switch (isa) {
    case LANES_AVX512: search_avx512(samples, metric, nearest); break;
    case LANES_AVX2: search_avx2(samples, metric, nearest); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: search_baseline(samples, metric, nearest); break;
    }
}
