/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loop of treatment.c, several bands at once. */
#ifndef COLORLIB_LANES_MOMENT_H
#define COLORLIB_LANES_MOMENT_H

#include "colorlib/lanes.h"
#include "colorlib/treatment.h"

/* The reflectance factor of moment_mixture where the layer is not thin. isa is one that
 * lanes_isa_runs; out lies apart from the inputs. */
void lanes_moment_reflectance(enum lanes_isa isa, const struct moment *moment,
                              const struct liquid *const *liquid, const double *amount,
                              size_t count, struct bands *out);

#endif
