/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to pour, in order, as a table and in documents. */
#ifndef CLI_POURING_H
#define CLI_POURING_H

#include <jansson.h>

#include "cli/command.h"
#include "colorlib/recipe.h"

/* A table of the steps of a recipe whose parts count the solver's pigments: drops, ml, g
 * and what the scale then shows. */
enum exit_code pouring_print(struct context *context, const struct recipe_solver *solver,
                             const struct recipe *recipe);

/* "5 drops carbon + 1 drop brown in 4.7 ml water"; text holds POURING_TEXT_MAX bytes. */
enum { POURING_TEXT_MAX = MIXTURE_MAX * (PIGMENT_TEXT_MAX + 24) };
void pouring_text(const struct recipe_solver *solver, const struct recipe *recipe,
                  char *text);

/* One step: {"pigment", "lot", "origin"} or {"name": "water"}, and amounts. */
json_t *pouring_step_json(const struct recipe_step *step);

/* Sets "ratio_n", "mix", "diluent" and "volume_ml" of a recipe. */
void pouring_set_json(const struct recipe_solver *solver, const struct recipe *recipe,
                      json_t *object);

#endif
