/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that compete in all draws of an ensemble; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_CONTEST_H
#define COLORLIB_RECIPE_CONTEST_H

#include "colorlib/recipe_gathering.h"
#include "colorlib/recipe_worlds.h"

enum {
    RECIPE_CONTENDERS_MAX = 32,
    RECIPE_POOL_MAX = 2048 /* recipes that may tie */
};

struct recipe_contest {
    const struct recipe_ensemble *ensemble;
    const struct recipe_solver *solver;
    struct recipe_gathering *gathering; /* of the choice */
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

/* F of a batch: in the first few draws, or in all of them, where it is HUGE_VAL when the
 * batch exceeds a limited chance, which a few cannot tell. */
enum recipe_jury { RECIPE_FEW_DRAWS, RECIPE_ALL_DRAWS };
double recipe_contest_score(const struct recipe_contest *contest,
                            const struct recipe_set *set,
                            const struct recipe_batch *batch, enum recipe_jury jury);

/* Enters sets of pigments, RECIPE_CONTENDERS_MAX at the most, at their optima of F, each
 * with its best batch among those that look like it; one without a batch does not enter.
 * Only once for a contest. NO_MEMORY. */
enum status recipe_contest_enter(struct recipe_contest *contest,
                                 const struct recipe_set *sets, size_t count);

/* The recipe to offer next, of a set that was not chosen before; NOT_FOUND when none is
 * left. */
enum status recipe_contest_choose(struct recipe_contest *contest, struct recipe *out);

#endif
