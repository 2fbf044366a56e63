/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loops of dots.c, several bands at once. */
#ifndef COLORLIB_LANES_DOTS_H
#define COLORLIB_LANES_DOTS_H

#include "colorlib/dots.h"
#include "colorlib/lanes.h"

/* isa is one that lanes_isa_runs; the outputs lie apart from the inputs. */

/*
 * The reflectance factor of dots_bed_reflectance where the layer is not thin, and by band
 * the attenuation by which to tell: where it is small the result has lost digits.
 */
void lanes_bed_reflectance(enum lanes_isa isa, const struct dots_bed *bed,
                           const struct bands *K_add, const struct bands *S_add,
                           struct bands *attenuation, struct bands *out);

/* dots_bed_lay under a clear layer of the dermis, where the dermis absorbs. */
void lanes_bed_lay(enum lanes_isa isa, const struct dots_ground *ground, double clear_mm,
                   struct dots_bed *out);

/* What dots absorb for the light that meets them: strength (1 - exp(-mu chord_mm)) of an
 * absorption mu inside them. */
void lanes_dots_absorption(enum lanes_isa isa, double strength, double chord_mm,
                           const struct bands *absorption, struct bands *out);

#endif
