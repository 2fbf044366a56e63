/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas for many targets at once: all recipes of the grid are looked at once for all
 * of them, where that takes less time than a search for each.
 */
#ifndef COLORLIB_FORMULA_MANY_H
#define COLORLIB_FORMULA_MANY_H

#include "colorlib/formula.h"

/* As many as are worth giving at a time; of more, each so many are searched for
 * together. */
enum { FORMULA_MANY_MAX = 4096 };

/* What formula_search finds for a target. */
struct formula_found {
    struct formula best[FORMULA_SIZE_MAX];
    struct formula_certificate certificate;
};

struct formula_many;

/* Prepares searches with a solver, which must outlive them. NO_MEMORY. */
enum status formula_many_open(const struct formula_solver *solver,
                              struct formula_many **out);

/* NULL is fine. */
void formula_many_close(struct formula_many *many);

/*
 * What formula_search finds for each of count targets, to the last bit, on the threads of
 * the solver's problem; by one caller at a time. Neither the other targets nor the number
 * of threads change what is found, nor what certificates say of recipes and the bound.
 * What they say was examined is the whole grid for targets that went together, which also
 * need no regions.
 *
 * Takes time and memory when it first finds that it is worth while: as long as looking at
 * all recipes once, and some ten MB for each size.
 *
 * OUT_OF_RANGE when one of the targets is not a color as formula_search takes it;
 * NOT_FOUND when the grid is empty; NO_MEMORY. found holds nothing of use then.
 */
enum status formula_many_search(struct formula_many *many, const cmsCIELab *target,
                                size_t count, struct formula_found *found);

#endif
