/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra on an even wavelength grid, as values. */
#ifndef COLORLIB_SPECTRUM_H
#define COLORLIB_SPECTRUM_H

#include <stdbool.h>

#include "colorlib/status.h"

enum { SPECTRUM_MAX = 512 };

/* An even wavelength grid; 1 <= count <= SPECTRUM_MAX, step_nm > 0. */
struct grid {
    double start_nm;
    double step_nm; /* stored, never derived from the ends */
    size_t count;
};

/* Reflectance factor, relative power or K/S by wavelength, as the variable's name says.
 */
struct spectrum {
    struct grid grid;
    double value[SPECTRUM_MAX];
};

/* What a resampling may do where the new grid reaches beyond the data. */
enum spectrum_extension {
    SPECTRUM_EXTEND_REFUSE, /* no value beyond the first and the last datum */
    SPECTRUM_EXTEND_FLAT    /* the end value, at most 20 nm beyond the data */
};

/* The wavelength (nm) of a band of the grid, 0 <= band < count. */
static inline double grid_wavelength_nm(const struct grid *grid, size_t band)
{
    return grid->start_nm + grid->step_nm * (double)band;
}

/* Whether two grids have the same bands, to 0.01 nm at either end. */
bool grid_same(const struct grid *a, const struct grid *b);

/*
 * A spectrum from an instrument's or a file's samples.
 *
 *   wavelength_nm  count ascending wavelengths, even to 0.01 nm
 *   value          count finite values, any scale
 *
 * A single sample takes a step of 1 nm. BAD_DATA when count is 0 or above SPECTRUM_MAX,
 * the wavelengths are not ascending and even, or a number is not finite.
 */
enum status spectrum_from_samples(const double *wavelength_nm, const double *value,
                                  size_t count, struct spectrum *out);

/*
 * The spectrum on another grid: Sprague's fifth-order interpolation with the end formulae
 * of CIE 167:2005. A grid point that coincides with a datum takes it unchanged.
 *
 * NOT_COVERED where the grid reaches beyond the data further than the extension allows;
 * BAD_DATA when the spectrum has fewer than six bands (and the grid differs from its
 * own).
 */
enum status spectrum_resample(const struct spectrum *spectrum, const struct grid *grid,
                              enum spectrum_extension extension, struct spectrum *out);

/*
 * One value of Sprague's interpolation at a wavelength inside the data; beyond them the
 * end value. The spectrum has six bands or more.
 */
double spectrum_interpolate(const struct spectrum *spectrum, double wavelength_nm);

/*
 * Mean, median and robust spread (1.4826 x median absolute deviation) by wavelength of
 * count >= 1 spectra on one grid. BAD_DATA when the grids differ; NO_MEMORY without room
 * for two numbers a spectrum.
 */
enum status spectrum_mean(const struct spectrum *spectra, size_t count,
                          struct spectrum *out);
enum status spectrum_median(const struct spectrum *spectra, size_t count,
                            struct spectrum *out);
enum status spectrum_spread(const struct spectrum *spectra, size_t count,
                            struct spectrum *out);

#endif
