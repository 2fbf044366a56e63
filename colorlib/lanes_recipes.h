/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the recipes of one set of liquids look like, side by side and in single precision:
 * to see where among all colors they lie, not to be printed. For formula_*.c only.
 */
#ifndef COLORLIB_LANES_RECIPES_H
#define COLORLIB_LANES_RECIPES_H

#include <stdint.h>

#include "colorlib/drawdown.h"
#include "colorlib/lanes.h"

enum {
    LANES_RECIPES = 4 * LANES, /* at a time */
    LANES_LIQUIDS_MAX = 5,     /* in one recipe */
    LANES_BANDS = 32           /* the last one weighs nothing */
};

/* A film on its backing or one that hides it, and the light it is seen under. */
struct lanes_scene {
    struct drawdown drawdown; /* its background behind the surface, 0 to 1 */
    /* reflectance factor = offset + gain R / (1 - internal R) (Saunderson 1942) */
    double offset;
    double gain;
    double internal;
    double weight[3][BAND_COUNT]; /* of X, Y and Z, the white's being 1 */
    /* For films that hide: the weights with the gain in single precision, and what the
     * surface itself adds. */
    float x[LANES_BANDS], y[LANES_BANDS], z[LANES_BANDS];
    float surface[3];
};

/* K and S of a liquid in both precisions. */
struct lanes_liquid {
    const struct colorant *exact;
    float K[LANES_BANDS];
    float S[LANES_BANDS];
};

/* CIELAB, and the cells of formula_cells.h. */
struct lanes_recipes {
    float L[LANES_RECIPES];
    float a[LANES_RECIPES];
    float b[LANES_RECIPES];
    int32_t cell[LANES_RECIPES];
};

/*
 * How far L*, and a* and b* as a vector, may be from those of formula_predict(); u =
 * 2^-24.
 *
 * Films that hide their backing: K and S are sums of up to five products, none of them
 * negative, off by 6 u of themselves at the most (rounding of the coefficient, of the
 * product and of four sums). K (K + 2 S) is off by 14 u, its root by 8 u, the denominator
 * K + (1 - k2) S + root, whose terms are positive, by 11 u, and R by 18 u. A weight and a
 * product add 2 u, the sum of four bands 2 u and that of eight such sums and the surface
 * 9 u: 31 u or 1.9e-6 of each of X, Y and Z; with weights below zero, which count twice,
 * no more than 2.1e-6 of them or, where they are small, 1e-8.
 *
 * Films over a backing are computed in double precision and rounded once. To see none
 * that does not absorb at all costs them 8e-8 of R (see there), and the surface makes no
 * more than 4e-7 of that, where R is near 1.
 *
 * Of a ratio off by 2.1e-6 of itself the cube root is off by 7e-7 of itself, and by
 * LANES_ROOT_ERROR; where the lightness function is straight, with a slope of 7.8, what
 * it gives is off by no more, as it is at least 0.13. So f, which is 1 at the most, is
 * off by 1.1e-6, L* = 116 f - 16 by 1.3e-4, a* = 500 (fx - fy) by 1.1e-3 and b* = 200 (fy
 * - fz) by 4.4e-4, and each by its last roundings, 2e-5.
 */
#define LANES_RECIPES_ERROR_LIGHTNESS 2e-4
#define LANES_RECIPES_ERROR_PLANE     1.4e-3
#define LANES_ROOT_ERROR              3e-7

/* Weights below zero, of the white, and the internal reflection of a surface for which
 * this holds. */
#define LANES_RECIPES_NEGATIVE 2e-3
#define LANES_RECIPES_INTERNAL 0.8

/* Coefficients (mm^-1) for which this holds, other than 0. */
#define LANES_RECIPES_LEAST 1e-12
#define LANES_RECIPES_MOST  1e6

/*
 * Recipes of components liquids (1 to LANES_LIQUIDS_MAX): part[c] gives the parts of the
 * liquid c in each of the LANES_RECIPES, of which at least one is not 0.
 */
void lanes_recipes(enum lanes_isa isa, const struct lanes_scene *scene,
                   const struct lanes_liquid *const *liquid, size_t components,
                   const uint8_t *const *part, struct lanes_recipes *out);

#endif
