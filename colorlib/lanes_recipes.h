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
 * How far L*, a* and b* may be from those of formula_predict(), and their cells from
 * where these are.
 *
 * Films that hide their backing: K and S are sums of up to five products, none of them
 * negative, off by 6 u of themselves at the most (u = 2^-24: rounding of the coefficient,
 * of the product and of four sums). K (K + 2 S) is off by 14 u, its root by 8 u, the
 * denominator K + S + root - k2 S, computed as the sum of three positive terms, by 10 u,
 * and R by 17 u. A weight and a product add 3 u, the sum of 31 bands 31 u: 51 u or 3.1e-6
 * of each of X, Y and Z, where weights below zero, which are counted twice, weigh less
 * than LANES_RECIPES_NEGATIVE. Films over a backing are computed in double precision and
 * rounded once; to see none that does not absorb at all costs them 5e-7 of R (see there).
 *
 * A cube root turns 3.1e-6 of a ratio into 1.1e-6 of itself and adds LANES_ROOT_ERROR;
 * the straight part of the lightness function is not steeper. For ratios up to 1 this is
 * 2e-6 of f with its last roundings, or 4e-6 where f is straight and what is lost is the
 * 5e-7 (slope 7.79), and L* = 116 f - 16 and differences of f times 500 and 200 are off
 * by twice that at the most.
 */
#define LANES_RECIPES_ERROR_L  5e-4
#define LANES_RECIPES_ERROR_A  4e-3
#define LANES_RECIPES_ERROR_B  1.6e-3
#define LANES_RECIPES_NEGATIVE 0.02
#define LANES_ROOT_ERROR       4e-7

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
