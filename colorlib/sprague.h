/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sprague's fifth-order interpolation on an even grid, as weights of six data. */
#ifndef COLORLIB_SPRAGUE_H
#define COLORLIB_SPRAGUE_H

#include "colorlib/spectrum.h"

enum { SPRAGUE_DATA = 6 };

/* The interpolated value is the sum of weight[k] times the datum first + k. */
struct sprague {
    size_t first;
    double weight[SPRAGUE_DATA];
};

/*
 * The weights for a wavelength on a grid of six bands or more, with the end formulae of
 * CIE 167:2005. A wavelength that coincides with a band (to 1e-6 nm) takes that datum
 * alone, one beyond the grid the end datum. The weights sum to 1.
 */
struct sprague sprague_weights(const struct grid *grid, double wavelength_nm);

#endif
