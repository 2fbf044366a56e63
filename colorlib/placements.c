/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/placements.h"

#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"

/* Hampel's three sigmas; 1.4826 turns a median absolute deviation into a sigma. */
static const double hampel = 3 * 1.4826;

/* No placement this near to the median is an outlier. */
static const double outlier_min = 0.5;

enum { OUTLIERS_ONE_IN = 4 };

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static double median_difference(const struct placements *placements)
{
    double value[PLACEMENTS_MAX] = {0};
    size_t n = placements->count;
    for (size_t i = 0; i < n; i++)
        value[i] = placements->placement[i].ciede2000;
    qsort(value, n, sizeof value[0], by_value);
    return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

/* The placement used that lies farthest from the median; count when none is used. */
static size_t farthest(const struct placements *placements)
{
    size_t worst = placements->count;
    for (size_t i = 0; i < placements->count; i++)
        if (placements->placement[i].used &&
            (worst == placements->count ||
             placements->placement[i].ciede2000 > placements->placement[worst].ciede2000))
            worst = i;
    return worst;
}

static void leave_out_outliers(struct placements *placements)
{
    double limit = hampel * median_difference(placements);
    for (size_t left = placements->count / OUTLIERS_ONE_IN; left > 0; left--) {
        struct placement *worst = &placements->placement[farthest(placements)];
        if (worst->ciede2000 <= limit || worst->ciede2000 <= outlier_min)
            return;
        worst->used = false;
    }
}

/* The median of the placements used; spectra is overwritten with these. */
static enum status median_of_used(struct placements *placements, struct spectrum *spectra)
{
    size_t used = 0;
    for (size_t i = 0; i < placements->count; i++)
        if (placements->placement[i].used)
            spectra[used++] = spectra[i];
    return spectrum_median(spectra, used, &placements->median);
}

static void measure_spread(struct placements *placements, const struct weights *weights)
{
    cmsCIELab median = colorimetry_reflectance_lab(weights, placements->median.value);
    double used = 0;
    placements->mean_ciede2000 = placements->mean_cie76 = 0;
    for (size_t i = 0; i < placements->count; i++) {
        const struct placement *placement = &placements->placement[i];
        if (!placement->used)
            continue;
        placements->mean_ciede2000 += difference_ciede2000(median, placement->lab);
        placements->mean_cie76 += difference_cie76(median, placement->lab);
        used++;
    }
    placements->mean_ciede2000 /= used;
    placements->mean_cie76 /= used;
}

static enum status combine(struct spectrum *spectra, const struct weights *weights,
                           struct placements *placements)
{
    enum status status = spectrum_median(spectra, placements->count, &placements->median);
    if (status != STATUS_OK)
        return status;
    cmsCIELab median = colorimetry_reflectance_lab(weights, placements->median.value);
    for (size_t i = 0; i < placements->count; i++) {
        struct placement *placement = &placements->placement[i];
        placement->lab = colorimetry_reflectance_lab(weights, spectra[i].value);
        placement->ciede2000 = difference_ciede2000(median, placement->lab);
        placement->used = true;
    }
    leave_out_outliers(placements);
    status = median_of_used(placements, spectra);
    if (status == STATUS_OK)
        measure_spread(placements, weights);
    return status;
}

enum status placements_combine(const struct spectrum *spectra, size_t count,
                               const struct weights *weights, struct placements *out)
{
    if (count < 1 || count > PLACEMENTS_MAX)
        return STATUS_OUT_OF_RANGE;
    for (size_t i = 0; i < count; i++)
        if (!grid_same(&spectra[i].grid, &weights->grid))
            return STATUS_BAD_DATA;
    struct spectrum *copy = malloc(count * sizeof *copy);
    if (!copy)
        return STATUS_NO_MEMORY;
    memcpy(copy, spectra, count * sizeof *copy);
    struct placements placements = {.count = count};
    enum status status = combine(copy, weights, &placements);
    free(copy);
    if (status == STATUS_OK)
        *out = placements;
    return status;
}
