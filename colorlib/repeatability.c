/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/repeatability.h"

#include <math.h>

#include "colorlib/difference.h"

static enum repeatability_grade grade(double mean_cie76)
{
    if (mean_cie76 <= 0.04)
        return REPEATABILITY_EXCELLENT;
    if (mean_cie76 <= 0.10)
        return REPEATABILITY_GOOD;
    return mean_cie76 <= 0.20 ? REPEATABILITY_ACCEPTABLE : REPEATABILITY_OUT;
}

/* Sample standard deviation of one band. */
static double band_sd(const struct spectrum *readings, size_t count, double mean,
                      size_t band)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (readings[i].value[band] - mean) * (readings[i].value[band] - mean);
    return sqrt(sum / (double)(count - 1));
}

enum status repeatability_of(const struct spectrum *readings, size_t count,
                             const struct weights *weights, struct repeatability *out)
{
    if (count < 3)
        return STATUS_OUT_OF_RANGE;
    struct spectrum mean;
    enum status status = spectrum_mean(readings, count, &mean);
    if (status != STATUS_OK)
        return status;
    if (!grid_same(&mean.grid, &weights->grid))
        return STATUS_BAD_DATA;
    struct repeatability found = {.mean =
                                      colorimetry_reflectance_lab(weights, mean.value)};
    for (size_t i = 0; i < count; i++) {
        cmsCIELab lab = colorimetry_reflectance_lab(weights, readings[i].value);
        double difference = difference_cie76(found.mean, lab);
        found.mean_cie76 += difference / (double)count;
        found.largest_cie76 = fmax(found.largest_cie76, difference);
    }
    for (size_t band = 0; band < mean.grid.count; band++) {
        double sd = band_sd(readings, count, mean.value[band], band);
        if (sd > found.largest_sd) {
            found.largest_sd = sd;
            found.largest_sd_nm = grid_wavelength_nm(&mean.grid, band);
        }
    }
    found.grade = grade(found.mean_cie76);
    *out = found;
    return STATUS_OK;
}

const char *repeatability_text(enum repeatability_grade it)
{
    switch (it) {
    case REPEATABILITY_EXCELLENT: return "EXCELLENT";
    case REPEATABILITY_GOOD: return "GOOD";
    case REPEATABILITY_ACCEPTABLE: return "ACCEPTABLE";
    case REPEATABILITY_OUT: return "OUT";
    }
    return "unknown";
}
