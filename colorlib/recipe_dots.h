/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dots in a client's skin, as the search sees them; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_DOTS_H
#define COLORLIB_RECIPE_DOTS_H

#include "colorlib/recipe_region.h"

/* A batch and its set. */
struct recipe_found {
    size_t choice;
    struct recipe_batch batch; /* its score is HUGE_VAL: none */
};

/* What is known so far. */
struct recipe_known {
    struct search_state search;
    struct recipe_found best;
};

/* What is searched for. */
struct recipe_quest {
    const struct recipe_solver *solver;
    struct recipe_bounds *bounds;
    struct recipe_choice *choice;
    size_t choices;
    double share; /* of the first age under the first light in E */
};

/* Its regions are recipe_region, its state is recipe_known and its model recipe_quest. A
 * region that cannot hold a better batch than the best one is done with, a small one is
 * looked at batch by batch, another one is cut in two. Promises are scores. */
extern const struct appearance recipe_dots;

#endif
