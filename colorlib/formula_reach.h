/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which cells of CIELAB hold what is within a CIEDE2000 of a target, and what colors in
 * single precision (lanes_recipes.h) tell of the exact ones. For formula_*.c only.
 */
#ifndef COLORLIB_FORMULA_REACH_H
#define COLORLIB_FORMULA_REACH_H

#include <stdbool.h>

#include "colorlib/formula_ball.h"
#include "colorlib/formula_cells.h"
#include "colorlib/status.h"

/* Blocks and columns of them with bits for the cells that have anything in them, for a
 * column 4 x 4 cells of a* and b*. */
struct formula_occupancy {
    _Atomic uint64_t block[FORMULA_BLOCKS];
    uint16_t column[FORMULA_BLOCKS_AB * FORMULA_BLOCKS_AB];
};

/* A body around a ball: no color of single precision that stands for one within the ball
 * has (dL^2 by_lightness + (da^2 + db^2) by_plane) > 1. */
struct formula_spheroid {
    float by_lightness;
    float by_plane;
};

struct formula_spheroid formula_spheroid_of(const struct formula_ball *ball,
                                            double ciede2000);

struct formula_cells_of_block {
    uint32_t block;
    uint64_t cells;
};

/* A list that grows; release blocks with free. */
struct formula_block_list {
    struct formula_cells_of_block *blocks;
    size_t count, capacity;
};

/* Appends the occupied cells whose colors may stand for one within a CIEDE2000 of the
 * target; of all cells where occupancy is NULL. NO_MEMORY. */
enum status formula_reach(const struct formula_ball *ball, double ciede2000,
                          const struct formula_occupancy *occupancy,
                          struct formula_block_list *list);

/* Whether the color that one of single precision stands for may be within the limit of
 * the target; the latter is as far from it as difference. */
bool formula_reach_may_hold(const struct formula_ball *ball, double limit, double a,
                            double b, double difference);

#endif
