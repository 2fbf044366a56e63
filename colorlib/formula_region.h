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
    const struct formula_corner *corner[FORMULA_COMPONENTS_MAX];
    double recipes; /* in it, by its volume */
    size_t depth;
    float known; /* its distance from the target, at the least */
};

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

/* What the functions of an appearance take. */
struct appearance_region formula_look(const struct formula_exploration *e,
                                      const struct formula_region *region);

/* Notes the distance that a region is found to keep, HUGE_VALF where nothing in it can be
 * better. */
void formula_bound(const struct formula_exploration *e, struct formula_region *region);

/* Whether a point lies outside of the hull of what is better; false without a hull. */
bool formula_is_outside(const struct formula_state *state, const float *y);

/* Recipes that are computed side by side. */
struct formula_panel {
    const struct formula_exploration *e;
    const uint8_t *parts[LANES];
    double reflectance[BAND_COUNT][LANES];
    size_t count;
};

/* An empty panel. */
void formula_panel_begin(const struct formula_exploration *e, struct formula_panel *out);

/* Adds a recipe unless it is too far from the target; parts must outlive the panel. A
 * full panel is judged. */
void formula_panel_add(struct formula_panel *panel, const uint8_t *parts);

/* Compares what the panel holds with the best recipe, and empties it. OK when one of them
 * became the best, else REJECTED. */
enum status formula_panel_judge(struct formula_panel *panel);

/* Computes the recipes of a region that may be better. */
void formula_screen(const struct formula_exploration *e,
                    const struct formula_region *region);

#endif
