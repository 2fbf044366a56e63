/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The 31 bands from 400 to 700 nm by 10 nm on which skin, pigments and hair are modelled
 * (the least that ASTM D8163 asks of an instrument).
 */
#ifndef COLORLIB_BANDS_H
#define COLORLIB_BANDS_H

#include "colorlib/spectrum.h"

enum { BAND_COUNT = 31 };

/* A reflectance or a coefficient (mm^-1) at the 31 bands. */
struct bands {
    double value[BAND_COUNT];
};

/* 400 nm, 10 nm, 31 bands. */
extern const struct grid bands_grid;

/* Wavelength (nm) of a band, 0 to 30. */
static inline double bands_wavelength_nm(size_t band)
{
    return 400 + 10 * (double)band;
}

/*
 * The spectrum at the 31 bands: Sprague interpolation, end values at most 20 nm beyond
 * the data. NOT_COVERED when the data end further inside 400-700 nm, BAD_DATA when they
 * are coarser than 20 nm or fewer than six.
 */
enum status bands_from_spectrum(const struct spectrum *spectrum, struct bands *out);

/* The 31 bands as a spectrum. */
struct spectrum bands_spectrum(const struct bands *bands);

#endif
