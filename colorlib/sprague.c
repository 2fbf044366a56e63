/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sprague.h"

#include <assert.h>
#include <math.h>

/* Far below any instrument's wavelength accuracy, far above rounding. */
#define COINCIDENCE_NM 1e-6

/*
 * Between the third and the fourth of six data, x = 0 to 1 from one to the other, the
 * value is the sum over powers of x of x^p / 24 times these combinations of the data.
 * CIE 167:2005.
 */
static const double polynomial[SPRAGUE_DATA][SPRAGUE_DATA] = {
    {0, 0, 24, 0, 0, 0},       {2, -16, 0, 16, -2, 0},        {-1, 16, -30, 16, -1, 0},
    {-9, 39, -70, 66, -33, 7}, {13, -64, 126, -124, 61, -12}, {-5, 25, -50, 50, -25, 5},
};

/*
 * Two data before the first, the outer one first, times 209, from the first six; mirrored
 * they continue the other end. CIE 167:2005.
 */
static const double before[2][SPRAGUE_DATA] = {
    {884, -1960, 3033, -2648, 1080, -180},
    {508, -540, 488, -367, 144, -24},
};

static void central_weights(double x, double weight[SPRAGUE_DATA])
{
    for (size_t k = 0; k < SPRAGUE_DATA; k++) {
        double sum = polynomial[SPRAGUE_DATA - 1][k];
        for (size_t p = SPRAGUE_DATA - 1; p-- > 0;)
            sum = sum * x + polynomial[p][k];
        weight[k] = sum / 24;
    }
}

/* Expresses the weights of `missing` data before the first by the first six. */
static void fold(const double weight[SPRAGUE_DATA], size_t missing,
                 double folded[SPRAGUE_DATA])
{
    for (size_t k = 0; k < SPRAGUE_DATA; k++) {
        folded[k] = k + missing < SPRAGUE_DATA ? weight[k + missing] : 0;
        for (size_t m = 0; m < missing; m++)
            folded[k] += weight[m] * before[2 - missing + m][k] / 209;
    }
}

static void reverse(double weight[SPRAGUE_DATA])
{
    for (size_t k = 0; k < SPRAGUE_DATA / 2; k++) {
        double low = weight[k];
        weight[k] = weight[SPRAGUE_DATA - 1 - k];
        weight[SPRAGUE_DATA - 1 - k] = low;
    }
}

/* The datum alone: first of its six, or further in near the end of the grid. */
static struct sprague single(size_t band, size_t count)
{
    size_t last_first = count - SPRAGUE_DATA;
    struct sprague out = {.first = band < last_first ? band : last_first};
    out.weight[band - out.first] = 1;
    return out;
}

/* Between band and the next, x = 0 to 1. */
static struct sprague between(size_t band, double x, size_t count)
{
    double central[SPRAGUE_DATA];
    size_t after = count - 1 - band; /* bands to the right of this one */
    struct sprague out = {0};
    if (band < 2) {
        central_weights(x, central);
        fold(central, 2 - band, out.weight);
    } else if (after < 3) {
        central_weights(1 - x, central); /* the mirror image */
        fold(central, 3 - after, out.weight);
        reverse(out.weight);
        out.first = count - SPRAGUE_DATA;
    } else {
        central_weights(x, out.weight);
        out.first = band - 2;
    }
    return out;
}

struct sprague sprague_weights(const struct grid *grid, double wavelength_nm)
{
    assert(grid->count >= SPRAGUE_DATA && grid->step_nm > 0);
    double position = (wavelength_nm - grid->start_nm) / grid->step_nm;
    double last = (double)(grid->count - 1);
    if (!(position > 0))
        return single(0, grid->count);
    if (position >= last)
        return single(grid->count - 1, grid->count);
    double nearest = round(position);
    if (fabs(position - nearest) * grid->step_nm < COINCIDENCE_NM)
        return single((size_t)nearest, grid->count);
    double band = floor(position);
    return between((size_t)band, position - band, grid->count);
}
