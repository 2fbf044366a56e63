/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that compete in all draws of an ensemble; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_CONTEST_H
#define COLORLIB_RECIPE_CONTEST_H

#include "colorlib/recipe_worlds.h"

struct recipe_contest;

/* NO_MEMORY. The ensemble must outlive the contest. */
enum status recipe_contest_open(const struct recipe_ensemble *ensemble,
                                struct recipe_contest **out);

/* Closes a contest, NULL is fine, and adds to the report what it looked at. */
void recipe_contest_close(struct recipe_contest *contest, struct recipe_report *report);

/* Enters a set of pigments at its optimum of F with the best batches that look like it.
 * At most RECIPE_CONTENDERS_MAX sets; one without a batch does not enter. */
enum { RECIPE_CONTENDERS_MAX = 32 };
void recipe_contest_pour(struct recipe_contest *contest, const struct recipe_set *set);

/* The recipe to offer next, of a set that was not chosen before; NOT_FOUND when none is
 * left. */
enum status recipe_contest_choose(struct recipe_contest *contest, struct recipe *out);

#endif
