/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From reflectance to tristimulus values and the coordinates made of them. */
#ifndef COLORLIB_COLORIMETRY_H
#define COLORLIB_COLORIMETRY_H

#include <stdint.h>

#include <lcms2.h>

#include "colorlib/illuminant.h"
#include "colorlib/observer.h"

/*
 * Tristimulus weights of one grid, illuminant and observer: X = sum x[i] R[i] and so on,
 * scaled so that the perfect diffuser has Y = 1. The white is their sum.
 */
struct weights {
    struct grid grid;
    cmsCIEXYZ white;
    double x[SPECTRUM_MAX];
    double y[SPECTRUM_MAX];
    double z[SPECTRUM_MAX];
};

/*
 * The weights for reflectance on a grid of 1 to 20 nm: Sprague interpolation of the
 * reflectance to 1 nm (CIE 167:2005 ends), flat extension to 380-780 nm, the illuminant
 * linearly interpolated to 1 nm, the observer at 1 nm. On skin a table of ASTM E2022
 * (cubic interpolation) differs by less than 0.02 CIEDE2000 at 10 nm, 0.1 at 20 nm.
 *
 * BAD_DATA for a step outside 1 to 20 nm or fewer than six bands; NOT_COVERED when the
 * grid or the illuminant does not reach from 420 to 680 nm or the illuminant has no
 * power there that can be summed.
 */
enum status weights_make(const struct grid *grid, const struct illuminant *illuminant,
                         enum observer observer, struct weights *out);

/* Tristimulus values, perfect diffuser Y = 1, of reflectance[weights->grid.count], 0
 * to 1. */
cmsCIEXYZ colorimetry_xyz(const struct weights *weights, const double *reflectance);

/* CIELAB under the white given (ISO/CIE 11664-4), both with Y = 1 for the diffuser. */
cmsCIELab colorimetry_lab(const cmsCIEXYZ *xyz, const cmsCIEXYZ *white);

/* colorimetry_lab(colorimetry_xyz()) with the white of the weights. */
cmsCIELab colorimetry_reflectance_lab(const struct weights *weights,
                                      const double *reflectance);

/* CIELAB to tristimulus values under a white, Y = 1 for the diffuser. */
cmsCIEXYZ colorimetry_lab_xyz(const cmsCIELab *lab, const cmsCIEXYZ *white);

/* Lightness, chroma and hue angle (degrees, 0 to 360). */
cmsCIELCh colorimetry_lch(const cmsCIELab *lab);

struct srgb {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
    uint8_t clipped; /* 1 when the color lies outside sRGB and was clipped */
};

/*
 * A preview on an sRGB screen (IEC 61966-2-1): Bradford adaptation from the white to
 * D65/2 degrees, then the sRGB primaries and transfer curve, clipped to 8 bits.
 */
struct srgb colorimetry_srgb(const cmsCIEXYZ *xyz, const cmsCIEXYZ *white);

/* The tristimulus values, D65/2 degrees, of an sRGB triple; Y = 1 for (255, 255, 255). */
cmsCIEXYZ colorimetry_srgb_xyz(struct srgb color);

#endif
