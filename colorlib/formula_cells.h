/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CIELAB cut into cells of half a unit of L* and one unit of a* and of b*; 4 x 4 x 4 of
 * them are a block, whose 64 bits say which of them have something. The outermost cells
 * go on for ever. For formula_*.c and lanes_recipes.c only.
 */
#ifndef COLORLIB_FORMULA_CELLS_H
#define COLORLIB_FORMULA_CELLS_H

#include <stdint.h>

enum {
    FORMULA_BLOCK = 4,      /* cells along a side */
    FORMULA_BLOCKS_L = 52,  /* from -2 to 102 */
    FORMULA_BLOCKS_AB = 64, /* from -128 to 128 */
    FORMULA_BLOCKS = FORMULA_BLOCKS_L * FORMULA_BLOCKS_AB * FORMULA_BLOCKS_AB,
    FORMULA_CELLS_L = FORMULA_BLOCKS_L * FORMULA_BLOCK,
    FORMULA_CELLS_AB = FORMULA_BLOCKS_AB * FORMULA_BLOCK
};

#define FORMULA_CELL_L   0.5
#define FORMULA_LEAST_L  (-2)
#define FORMULA_LEAST_AB (-128) /* cells of 1 */

static inline int32_t formula_cell_step(float position, int32_t count)
{
    float last = (float)(count - 1);
    float above = position > 0 ? position : 0;
    return (int32_t)(above < last ? above : last);
}

/* Where along each axis the cell of a color is. */
static inline int32_t formula_cell_of_lightness(float L)
{
    return formula_cell_step((L - FORMULA_LEAST_L) * (float)(1 / FORMULA_CELL_L),
                             FORMULA_CELLS_L);
}

static inline int32_t formula_cell_of_plane(float a_or_b)
{
    return formula_cell_step(a_or_b - FORMULA_LEAST_AB, FORMULA_CELLS_AB);
}

/* The number of a cell: that of its block, and that of its bit. */
static inline int32_t formula_cell(int32_t l, int32_t a, int32_t b)
{
    int32_t block =
        ((l >> 2) * FORMULA_BLOCKS_AB + (a >> 2)) * FORMULA_BLOCKS_AB + (b >> 2);
    return block << 6 | (l & 3) << 4 | (a & 3) << 2 | (b & 3);
}

static inline uint64_t formula_cell_bit(int32_t cell)
{
    return UINT64_C(1) << (cell & 63);
}

static inline int32_t formula_cell_block(int32_t cell)
{
    return cell >> 6;
}

#endif
