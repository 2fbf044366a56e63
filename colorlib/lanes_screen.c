/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_screen.h"

#include <math.h>

#include "colorlib/lanes_variants.h"

/* How far a coordinate is from 0 at the least. */
LANES_KERNEL float beyond(float y, float radius)
{
    float far = fabsf(y) - radius;
    return far > 0 ? far : 0;
}

LANES_KERNEL void screen_lanes(const struct lanes_screen *screen,
                               const float *const *fraction, size_t corners, size_t from,
                               int32_t *near)
{
    const struct appearance_spread *spread = &screen->spread;
    float limit = screen->radius * screen->radius;
    size_t axes = corners - 1;
#pragma omp simd
    for (size_t i = from; i < from + LANES; i++) {
        float lowest = 0, sum = 0, y0 = 0, y1 = 0, y2 = 0;
        LANES_UNROLLED for (size_t c = 0; c < corners; c++)
        {
            float share = screen->constant[c];
            LANES_UNROLLED for (size_t k = 0; k < axes; k++) share +=
                screen->slope[c][k] * fraction[k][i];
            lowest = share < lowest ? share : lowest;
            float weight = share * screen->scattering[c];
            sum += weight;
            y0 += weight * screen->y[c][0];
            y1 += weight * screen->y[c][1];
            y2 += weight * screen->y[c][2];
        }
        float scale = 1 / sum;
        float d0 = beyond(y0 * scale + spread->shift[0], spread->radius[0]);
        float d1 = beyond(y1 * scale + spread->shift[1], spread->radius[1]);
        float d2 = beyond(y2 * scale + spread->shift[2], spread->radius[2]);
        near[i] = (lowest >= screen->outside) & (d0 * d0 + d1 * d1 + d2 * d2 <= limit);
    }
}

LANES_KERNEL void screen_all(const struct lanes_screen *screen,
                             const float *const *fraction, size_t corners, size_t count,
                             int32_t *near)
{
    for (size_t from = 0; from < count; from += LANES)
        screen_lanes(screen, fraction, corners, from, near);
}

LANES_KERNEL void screen_any(const struct lanes_screen *screen,
                             const float *const *fraction, size_t count, int32_t *near)
{
    switch (screen->corners) {
    case 2: screen_all(screen, fraction, 2, count, near); break;
    case 3: screen_all(screen, fraction, 3, count, near); break;
    case 4: screen_all(screen, fraction, 4, count, near); break;
    default: screen_all(screen, fraction, APPEARANCE_CORNERS_MAX, count, near); break;
    }
}

static void screen_baseline(const struct lanes_screen *screen,
                            const float *const *fraction, size_t count, int32_t *near)
{
    screen_any(screen, fraction, count, near);
}

LANES_TARGET_AVX2 static void screen_avx2(const struct lanes_screen *screen,
                                          const float *const *fraction, size_t count,
                                          int32_t *near)
{
    screen_any(screen, fraction, count, near);
}

LANES_TARGET_AVX512 static void screen_avx512(const struct lanes_screen *screen,
                                              const float *const *fraction, size_t count,
                                              int32_t *near)
{
    screen_any(screen, fraction, count, near);
}

void lanes_screen(enum lanes_isa isa, const struct lanes_screen *screen,
                  const float *const *fraction, size_t count, int32_t *near)
{
    switch (isa) {
    case LANES_AVX512: screen_avx512(screen, fraction, count, near); break;
    case LANES_AVX2: screen_avx2(screen, fraction, count, near); break;
    case LANES_BASELINE:
    case LANES_ISA_COUNT: screen_baseline(screen, fraction, count, near); break;
    }
}
