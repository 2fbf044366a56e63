/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a target reflectance back to the absorption the dots need, and from there to a
 * least squares problem that is linear in the concentrations of the pigments.
 */
#ifndef COLORLIB_INVERSION_H
#define COLORLIB_INVERSION_H

#include "colorlib/treatment.h"

/* The share of the dots' largest possible effect beyond which the inverse is clipped: a
 * denser placement is then needed, not more pigment. */
#define INVERSION_SHARE_MAX 0.98

/* The absorption (mm^-1) inside the dots that gives a reflectance. */
struct inversion {
    struct bands absorption;
    size_t clipped; /* bands where the target is darker than these dots can be */
};

/*
 * The exact inverse of moment_reflectance for a liquid that does not scatter: the
 * absorption inside a dot, fill included, by band, beyond what earlier deposits take.
 * Zero where the target is lighter than the skin with these.
 */
void inversion_make(const struct moment *moment, const struct bands *target,
                    struct inversion *out);

/* min |A c - b|^2 as its normal equations: c' gram c - 2 right_side' c + constant. */
struct normal_equations {
    size_t count; /* pigments, at most PIGMENT_MAX */
    double gram[PIGMENT_MAX][PIGMENT_MAX];
    double right_side[PIGMENT_MAX];
    double constant;
};

/*
 * The linear problem at a moment: for each illuminant three rows that linearise L*, a*,
 * b* about the target, weighted by the root of its share, and 31 rows of the reflectance
 * in percent weighted by spectral_weight, which keep metamerism low. What scattering adds
 * is linearised about none.
 *
 *   liquid   count bottle liquids, at most PIGMENT_MAX
 *   weights  illuminant_count tables on the 31-band grid, shares beside them
 */
void inversion_linearize(const struct moment *moment, const struct bands *target,
                         const struct liquid *liquid, size_t count,
                         const struct weights *const *weights, const double *share,
                         size_t illuminant_count, double spectral_weight,
                         struct normal_equations *out);

#endif
