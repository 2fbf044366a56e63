/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Few spectra under few lights: one spectrum after the other would leave most of a
 * register empty, so a group of lanes looks at four spectra, each under four lights.
 */
#ifndef COLORLIB_LANES_VIEWS_H
#define COLORLIB_LANES_VIEWS_H

#include "colorlib/bands.h"
#include "colorlib/lanes.h"

enum { LANES_LIGHTS = 4, LANES_SPECTRA = LANES / LANES_LIGHTS };

/* Tristimulus weights over the white of the lights, lane by lane; lane LANES_LIGHTS s + v
 * is spectrum s under its light v. Zero where nothing looks. On cache lines of its own,
 * as what lies across two takes twice as long to load; malloc() does not give that. */
struct lanes_views {
    _Alignas(64) double x[BAND_COUNT][LANES];
    double y[BAND_COUNT][LANES];
    double z[BAND_COUNT][LANES];
};

/* Lets a lane look in a light, whose weights are on the 31-band grid. */
void lanes_views_set(struct lanes_views *views, size_t lane,
                     const struct weights *weights);

/* CIELAB of the spectra, to LANES_LAB_ERROR that of colorimetry_reflectance_lab. isa is
 * one that lanes_isa_runs. */
void lanes_views_lab(enum lanes_isa isa, const struct lanes_views *views,
                     const struct bands *const spectrum[LANES_SPECTRA],
                     struct lanes_lab *out);

#endif
