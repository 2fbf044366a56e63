/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many targets, and for each cell of CIELAB those that a recipe there might be better
 * for than what they have. For formula_*.c only.
 */
#ifndef COLORLIB_FORMULA_CROWD_H
#define COLORLIB_FORMULA_CROWD_H

#include <pthread.h>

#include "colorlib/formula_map.h"

/* A target and what has been found for it. */
struct formula_goal {
    struct formula_ball ball;
    struct formula_state state;
    bool is_near; /* at first in this size */
};

/* Where what is better for a target may be; it follows from the goal's state, and is read
 * by all threads while one of them changes it: each change takes away some of what cannot
 * be better, so that it does not matter which of them a thread sees. */
struct formula_mark {
    _Atomic double limit;                 /* its CIEDE2000 */
    _Atomic float by_lightness, by_plane; /* its spheroid (formula_reach.h) */
    float L, a, b;
};

/* A target that lists a block. */
struct formula_member {
    uint32_t goal;
    uint64_t cells;
};

struct formula_crowd {
    pthread_mutex_t lock; /* of the goals' states */
    struct formula_goal *goal;
    struct formula_mark *mark; /* of each goal */
    size_t count;
    uint64_t *cells;  /* of each block, those that any target lists */
    uint32_t *first;  /* member of each block, FORMULA_BLOCKS + 1 of them */
    uint32_t *before; /* blocks with cells, below a corner (see formula_crowd_meets) */
    struct formula_member *member;
};

/* Targets that have nothing yet. NO_MEMORY. */
enum status formula_crowd_open(const cmsCIELab *target, size_t count,
                               struct formula_crowd **out);

/* NULL is fine. */
void formula_crowd_close(struct formula_crowd *crowd);

/* Takes a recipe for a target if it is better; from any thread. */
void formula_crowd_offer(struct formula_crowd *crowd, size_t goal,
                         const struct formula *recipe);

/* Which targets. */
enum formula_goals { FORMULA_GOALS_NEAR, FORMULA_GOALS_FAR, FORMULA_GOALS_ALL };

/* Finds the cells of some of count targets from the first, all of which have a recipe: of
 * those that are near to one, or not. Of all cells unless the map is known. NO_MEMORY;
 * OUT_OF_RANGE where they have too many for one list, which one target never has. */
enum status formula_crowd_spread(struct formula_crowd *crowd,
                                 const struct formula_map *map, size_t first,
                                 size_t count, enum formula_goals goals);

/* Whether any cell of the crowd lies in a box. */
bool formula_crowd_meets(const struct formula_crowd *crowd,
                         const struct formula_box *box);

/* Which recipes of each size a sweep looks at. */
enum formula_sweep { FORMULA_SWEEP_FEW, FORMULA_SWEEP_OTHERS, FORMULA_SWEEP_ALL };

/* Gives each target the best of the samples. */
void formula_sweep_samples(struct formula_map *map, struct formula_crowd *crowd);

/* Offers recipes of the map to the targets that were spread, and notes them unless the
 * map is known. */
void formula_sweep(struct formula_map *map, struct formula_crowd *crowd,
                   enum formula_sweep which);

#endif
