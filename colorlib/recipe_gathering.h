/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that look like a mixture; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_GATHERING_H
#define COLORLIB_RECIPE_GATHERING_H

#include "colorlib/recipe_solver.h"

struct recipe_gathering {
    const struct recipe_solver *solver;
    /* The solver's problem with a mixture's own healed color as the target, so that E is
     * how different from it another looks; in one light, as that is enough to find what
     * is near. */
    struct recipe_solver *likeness;
    struct recipe_batches batches; /* gathered last */
    size_t evaluated;
};

/* NO_MEMORY. The solver must outlive the gathering. */
enum status recipe_gathering_open(const struct recipe_solver *solver,
                                  struct recipe_gathering **out);

/* Closes a gathering; NULL is fine. */
void recipe_gathering_close(struct recipe_gathering *gathering);

/* Gathers the batches that look like a set at its optimum, the nearest first; none when
 * it has none. */
void recipe_gather(struct recipe_gathering *gathering, const struct recipe_set *set);

/* Order by score, then by the smaller batch; as qsort's. */
int recipe_batch_order(const void *left, const void *right);

#endif
