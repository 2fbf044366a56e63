/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By how much a scan of a site, the median of five placements, misses what is there. */
#ifndef COLORLIB_SCAN_ERROR_H
#define COLORLIB_SCAN_ERROR_H

#include "colorlib/bands.h"

/* One sd of L*, a*, b*. */
extern const double scan_error_lab_sd[3];

/*
 * One sd of a reflectance in a band: 0.001 and 1.7 % of it. With a correlation of
 * SCAN_ERROR_CORRELATION between neighbouring bands this makes about the L*, a*, b* above
 * on light, tan and dark skin alike.
 */
double scan_error_sd(double reflectance);

#define SCAN_ERROR_CORRELATION 0.98

enum { SCAN_ERROR_COMPONENTS = 5 };

/*
 * The error in a band (of bands.h) in units of its sd, from a few normal numbers: level,
 * tilt, bow and so on, which make up 97 % of the variance of such errors.
 */
double scan_error_smooth(const double normal[SCAN_ERROR_COMPONENTS], unsigned band);

/* What a place may look like that was measured so: it with that error, nowhere below 0.
 */
void scan_error_add(const struct bands *measured,
                    const double normal[SCAN_ERROR_COMPONENTS], struct bands *out);

#endif
