/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well an instrument repeats itself on a sample that stays where it is. */
#ifndef COLORLIB_REPEATABILITY_H
#define COLORLIB_REPEATABILITY_H

#include "colorlib/colorimetry.h"

/* By the mean CIE 1976 difference from the mean: up to 0.04 (what data sheets of sphere
 * instruments promise on white), 0.10, 0.20, above (assumptions). */
enum repeatability_grade {
    REPEATABILITY_EXCELLENT,
    REPEATABILITY_GOOD,
    REPEATABILITY_ACCEPTABLE,
    REPEATABILITY_OUT
};

struct repeatability {
    cmsCIELab mean;
    double mean_cie76; /* of the readings from their mean */
    double largest_cie76;
    double largest_sd;    /* of reflectance, over the bands */
    double largest_sd_nm; /* the band where it is */
    enum repeatability_grade grade;
};

/*
 * Readings of one sample, count >= 3 spectra on the grid of the weights. OUT_OF_RANGE for
 * fewer, BAD_DATA for another grid.
 */
enum status repeatability_of(const struct spectrum *readings, size_t count,
                             const struct weights *weights, struct repeatability *out);

/* "EXCELLENT", "GOOD", "ACCEPTABLE", "OUT". */
const char *repeatability_text(enum repeatability_grade grade);

#endif
