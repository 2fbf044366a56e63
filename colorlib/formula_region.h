/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions of one set's recipes; for formula_*.c only. */
#ifndef COLORLIB_FORMULA_REGION_H
#define COLORLIB_FORMULA_REGION_H

#include "colorlib/formula_solver.h"

struct formula_corner {
    struct appearance_corner look;
    double position[FORMULA_COMPONENTS_MAX]; /* fraction of each component */
};

/* A simplex of compositions, as many corners as components. */
struct formula_region {
    struct appearance_region look;
    const double *position[FORMULA_COMPONENTS_MAX]; /* of its corners */
    double recipes;                                 /* in it, by its volume */
    size_t depth;
    float known; /* its distance from the target, at the least */
};

/* Sets of no more recipes are looked at one by one, without regions. */
enum { FORMULA_ENUMERATED = 200 };

/* The search in one set. */
struct formula_exploration {
    const struct formula_solver *solver;
    const struct formula_aim *aim;
    const struct formula_set *set;
    const struct formula_grid *grid;
    const struct appearance_colorant *liquid[FORMULA_COMPONENTS_MAX];
    struct formula_state *state;
};

struct formula_exploration formula_exploration_of(const struct formula_solver *solver,
                                                  const struct formula_aim *aim,
                                                  const struct formula_set *set,
                                                  struct formula_state *state);

/* What a corner looks like, by its position. */
void formula_mix(const struct formula_exploration *e, struct formula_corner *corner);

/* Notes the distance that a region is found to keep, HUGE_VALF where nothing in it can be
 * better. */
void formula_bound(const struct formula_exploration *e, struct formula_region *region);

/* Leaves a region unsearched, and notes the distance that it keeps at the least. */
void formula_leave(const struct formula_exploration *e,
                   const struct formula_region *region);

/* Whether a point lies outside of the hull of what is better; false without a hull. */
bool formula_is_outside(const struct formula_state *state, const float *y);

/* Sets the fractions of a recipe in a lane. */
void formula_load(const struct formula_grid *grid, const uint8_t *parts, size_t lane,
                  float fraction[][LANES]);

/* Adds a recipe to the panel; parts must outlive it there. */
void formula_panel_add(const struct formula_exploration *e, const uint8_t *parts);

/* Compares what the panel still holds with the best recipe, and empties it. */
void formula_panel_judge(const struct formula_exploration *e);

/* Puts the recipes of a region that may be better on the panel. */
void formula_screen(const struct formula_exploration *e,
                    const struct formula_region *region);

#endif
