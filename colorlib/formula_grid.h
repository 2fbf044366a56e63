/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipes of one set of colorants: all mixtures of whole parts, found by where they
 * are. What the colorants are does not matter. For formula_*.c only.
 */
#ifndef COLORLIB_FORMULA_GRID_H
#define COLORLIB_FORMULA_GRID_H

#include <stdint.h>

#include "colorlib/formula.h"

/* Colorants and the diluent. */
enum { FORMULA_COMPONENTS_MAX = FORMULA_SIZE_MAX + 1 };

/* The fractions of all components but the last, which makes up for the rest, are
 * coordinates of a recipe. Recipes are kept by cells of them, in rows of cells along the
 * last coordinate. */
struct formula_grid {
    size_t components;                        /* the diluent, if there is one, last */
    size_t axes;                              /* components - 1 */
    size_t count;                             /* of recipes */
    size_t bins;                              /* along a coordinate, each from 0 to 1 */
    uint8_t (*parts)[FORMULA_COMPONENTS_MAX]; /* of each recipe, in lowest terms */
    /* Of each recipe, by coordinate; LANES more may be read. */
    float *fraction[FORMULA_SIZE_MAX];
    uint32_t *first; /* recipe of each cell, bins^axes + 1 of them */
};

enum formula_diluent { FORMULA_UNDILUTED, FORMULA_DILUTED };

/* How many recipes sets of size colorants have; more than FORMULA_GRID_MAX where they are
 * too many to be counted one by one. */
uint64_t formula_grid_count(size_t size, enum formula_diluent diluent,
                            unsigned parts_max);

/* NO_MEMORY. */
enum status formula_grid_open(size_t size, enum formula_diluent diluent,
                              unsigned parts_max, struct formula_grid **out);

/* NULL is fine. */
void formula_grid_close(struct formula_grid *grid);

#endif
