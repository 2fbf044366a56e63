/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several placements of an instrument on one site made into one spectrum. */
#ifndef COLORLIB_PLACEMENTS_H
#define COLORLIB_PLACEMENTS_H

#include <stdbool.h>

#include "colorlib/colorimetry.h"

enum { PLACEMENTS_MAX = 64 };

/* Mean CIEDE2000 of the placements from their median up to which a scan is accepted: bare
 * skin and everything smooth, and areas with dots or hair (assumptions near the published
 * repeatability in vivo). */
#define PLACEMENTS_LIMIT_SMOOTH 1.0
#define PLACEMENTS_LIMIT_HAIRY  1.5

struct placement {
    cmsCIELab lab;
    double ciede2000; /* from the median of all placements */
    bool used;        /* false for an outlier */
};

struct placements {
    struct spectrum median; /* by wavelength, of the placements used */
    size_t count;
    struct placement placement[PLACEMENTS_MAX];
    double mean_ciede2000; /* of the placements used, from the median of these */
    double mean_cie76;
};

/*
 * The median of the placements by wavelength. A placement is an outlier when its
 * CIEDE2000 from the median of all exceeds 0.5 and 3 x 1.4826 x the median of these
 * differences (Hampel's rule), the worst first and at most one in four, so none of fewer
 * than four.
 *
 *   spectra  count of them, 1 to PLACEMENTS_MAX, on the grid of the weights
 *
 * OUT_OF_RANGE for another count; BAD_DATA when a grid is not that of the weights;
 * NO_MEMORY.
 */
enum status placements_combine(const struct spectrum *spectra, size_t count,
                               const struct weights *weights, struct placements *out);

#endif
