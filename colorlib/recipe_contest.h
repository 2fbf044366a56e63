/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that compete in all draws of an ensemble; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_CONTEST_H
#define COLORLIB_RECIPE_CONTEST_H

#include "colorlib/recipe_worlds.h"

enum {
    RECIPE_CONTENDERS_MAX = 32,
    RECIPE_POOL_MAX = 2048 /* recipes that may tie */
};

struct recipe_contest {
    const struct recipe_ensemble *ensemble;
    const struct recipe_solver *solver;
    /* The solver's problem with a mixture's own healed color as the target, so that E is
     * how different from it another looks; in one light, as that is enough to find what
     * is near. */
    struct recipe_solver *likeness;
    struct recipe_batches batches; /* gathered last */
    struct recipe *pool;
    /* Sets at their optima of F, with their best batches, whose scores are F. */
    struct recipe_poured contender[RECIPE_CONTENDERS_MAX];
    size_t count;
    size_t evaluated;
    double best; /* F */
};

/* NO_MEMORY. The ensemble must outlive the contest. */
enum status recipe_contest_open(const struct recipe_ensemble *ensemble,
                                struct recipe_contest **out);

/* Closes a contest, NULL is fine, and adds to the report what it looked at. */
void recipe_contest_close(struct recipe_contest *contest, struct recipe_report *report);

/* Gathers the batches that look like a set at its optimum, the nearest first; none when
 * it has none. */
void recipe_contest_gather(struct recipe_contest *contest, const struct recipe_set *set);

/* F of a batch: in the first few draws, or in all of them, where it is HUGE_VAL when the
 * batch exceeds a limited chance, which a few cannot tell. */
enum recipe_jury { RECIPE_FEW_DRAWS, RECIPE_ALL_DRAWS };
double recipe_contest_score(const struct recipe_contest *contest,
                            const struct recipe_set *set,
                            const struct recipe_batch *batch, enum recipe_jury jury);

/* Enters a set of pigments at its optimum of F with its best batch among those that look
 * like it. At most RECIPE_CONTENDERS_MAX sets; one without a batch does not enter. */
void recipe_contest_pour(struct recipe_contest *contest, const struct recipe_set *set);

/* The recipe to offer next, of a set that was not chosen before; NOT_FOUND when none is
 * left. */
enum status recipe_contest_choose(struct recipe_contest *contest, struct recipe *out);

#endif
