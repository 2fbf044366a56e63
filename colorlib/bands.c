/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/bands.h"

/* ASTM E308 knows no tables for a coarser step. */
#define COARSEST_STEP_NM  20.0
#define STEP_TOLERANCE_NM 0.01 /* files print wavelengths to 0.01 nm */

const struct grid bands_grid = {.start_nm = 400, .step_nm = 10, .count = BAND_COUNT};

enum status bands_from_spectrum(const struct spectrum *spectrum, struct bands *out)
{
    if (!(spectrum->grid.step_nm <= COARSEST_STEP_NM + STEP_TOLERANCE_NM))
        return STATUS_BAD_DATA;
    struct spectrum resampled;
    enum status status =
        spectrum_resample(spectrum, &bands_grid, SPECTRUM_EXTEND_FLAT, &resampled);
    if (status != STATUS_OK)
        return status;
    for (size_t band = 0; band < BAND_COUNT; band++)
        out->value[band] = resampled.value[band];
    return STATUS_OK;
}

struct spectrum bands_spectrum(const struct bands *bands)
{
    struct spectrum spectrum = {.grid = bands_grid};
    for (size_t band = 0; band < BAND_COUNT; band++)
        spectrum.value[band] = bands->value[band];
    return spectrum;
}
