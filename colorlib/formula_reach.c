/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_reach.h"

#include <math.h>
#include <stdbool.h>

#include "colorlib/array.h"
#include "colorlib/formula_parts.h"
#include "colorlib/lanes_recipes.h"

/* How far a color may be from the one it stands for, in L* and in the plane of a* and b*:
 * more than the errors of lanes_recipes.h, for the rounding of cells and of what is
 * computed here in floats. */
#define OFF_LIGHTNESS (LANES_RECIPES_ERROR_LIGHTNESS + 1e-4)
#define OFF_PLANE     (LANES_RECIPES_ERROR_PLANE + 1e-4)

/* -- the spheroid -------------------------------------------------------------------- */

/* Half axes of a spheroid around the ball; HUGE_VAL where nothing is known. */
struct axes {
    double lightness;
    double plane;
};

/*
 * formula_ball_extent bounds the two parts of the formula each by itself: within the ball
 * that of lightness is at least |dL| / extent.lightness times the CIEDE2000, that of
 * chroma and hue at least the length of (da, db) / extent.plane times it. As the
 * CIEDE2000 is the root of their squares' sum, the ball lies in the spheroid with these
 * axes. The largest extents are no such shares but the ends of what there is.
 */
static struct axes axes_of(const struct formula_extent *extent)
{
    const double all_lightness = 100, all_plane = 600;
    return (struct axes){extent->lightness < all_lightness ? extent->lightness : HUGE_VAL,
                         extent->plane < all_plane ? extent->plane : HUGE_VAL};
}

static double inverse_square(double x)
{
    return x < HUGE_VAL ? 1 / (x * x) : 0;
}

/* Scaled by s the spheroid holds what is off it by so much: by the inequality of Cauchy
 * and Schwarz the support of what is added, n_L off_L + n_p off_p, is no more than the
 * root below times that of the spheroid. */
struct formula_spheroid formula_spheroid_of(const struct formula_ball *ball,
                                            double ciede2000)
{
    const double rounding = 1 + 1e-6, smallest = 1e-9;
    struct formula_extent extent = formula_ball_extent(ball, fmax(ciede2000, smallest));
    struct axes axes = axes_of(&extent);
    double s =
        (1 + hypot(OFF_LIGHTNESS / axes.lightness, OFF_PLANE / axes.plane)) * rounding;
    return (struct formula_spheroid){(float)inverse_square(axes.lightness * s),
                                     (float)inverse_square(axes.plane * s)};
}

/* -- cells --------------------------------------------------------------------------- */

/* Balls that sectors tell more of than the spheroid. */
static const double large = 1.5;

struct reach {
    const struct formula_ball *ball;
    double ciede2000;
    struct axes axes;
    const struct formula_occupancy *occupancy;
    struct formula_block_list *list;
    int32_t first_l, last_l;           /* cells */
    double lightness[FORMULA_CELLS_L]; /* part of a cell, 1 at the surface of the ball */
};

/* What is between two numbers of cells, those at the ends being endless. */
static struct formula_range interval(int32_t first, int32_t behind, int32_t count,
                                     double least, double width)
{
    const double endless = 600;
    return (struct formula_range){first > 0 ? least + width * first : -endless,
                                  behind < count ? least + width * behind : endless};
}

static struct formula_range interval_ab(int32_t first, int32_t cells)
{
    return interval(first, first + cells, FORMULA_CELLS_AB, FORMULA_LEAST_AB, 1);
}

/* How far a number keeps from an interval, after what both may be off. */
static double gap(const struct formula_range *range, double x, double off)
{
    return fmax(fmax(range->low - x, x - range->high) - off, 0);
}

/* The sector around a rectangle of a* and b*, and what it may be off. */
static struct formula_sector sector_of(const struct formula_ball *ball,
                                       const struct formula_range *a,
                                       const struct formula_range *b)
{
    const struct formula_range none = {0, 0};
    double width = a->high - a->low, height = b->high - b->low;
    double near_a = gap(a, none.low, OFF_PLANE), near_b = gap(b, none.low, OFF_PLANE);
    double far_a = fmax(fabs(a->low), fabs(a->high)) + OFF_PLANE;
    double far_b = fmax(fabs(b->low), fabs(b->high)) + OFF_PLANE;
    double middle_a = (a->low + a->high) / 2, middle_b = (b->low + b->high) / 2;
    double hue = atan2(ball->target.b, ball->target.a);
    double turn = remainder(atan2(middle_b, middle_a) - hue, 2 * HALF_TURN);
    double round = hypot(width, height) / 2 + 2 * OFF_PLANE;
    double distance = hypot(middle_a, middle_b);
    double half = round < distance ? asin(round / distance) : HALF_TURN;
    return (struct formula_sector){{hypot(near_a, near_b), hypot(far_a, far_b)},
                                   {turn - half, turn + half}};
}

/* The square of the part of chroma and hue in a rectangle, 1 at the surface of the ball,
 * at the least. */
static double plane_part(const struct reach *reach, int32_t first_a, int32_t first_b,
                         int32_t cells)
{
    const double widest = 16;
    struct formula_range a = interval_ab(first_a, cells), b = interval_ab(first_b, cells);
    double da = gap(&a, reach->ball->target.a, OFF_PLANE);
    double db = gap(&b, reach->ball->target.b, OFF_PLANE);
    double part = (da * da + db * db) * inverse_square(reach->axes.plane);
    if (part > 1 || reach->ciede2000 < large || cells > widest)
        return part;
    struct formula_sector sector = sector_of(reach->ball, &a, &b);
    double share =
        formula_sector_difference(reach->ball, &sector) / reach->ciede2000 * (1 - 1e-9);
    return fmax(part, share * share);
}

static enum status append(struct formula_block_list *list, uint32_t block, uint64_t cells)
{
    struct formula_cells_of_block *blocks = array_reserve(
        list->blocks, &list->capacity, list->count + 1, sizeof *list->blocks);
    if (!blocks)
        return STATUS_NO_MEMORY;
    list->blocks = blocks;
    blocks[list->count++] = (struct formula_cells_of_block){block, cells};
    return STATUS_OK;
}

/* The cells of a block, by the parts of its 16 columns. */
static uint64_t cells_within(const struct reach *reach, int32_t block_l,
                             const double plane[16])
{
    uint64_t cells = 0;
    for (int32_t l = 0; l < FORMULA_BLOCK; l++) {
        double lightness = reach->lightness[block_l * FORMULA_BLOCK + l];
        for (int32_t column = 0; column < 16; column++)
            if (lightness + plane[column] <= 1)
                cells |= UINT64_C(1) << (l * 16 + column);
    }
    return cells;
}

static int32_t column_of(int32_t first_a, int32_t first_b)
{
    return first_a / FORMULA_BLOCK * FORMULA_BLOCKS_AB + first_b / FORMULA_BLOCK;
}

static uint16_t occupied_column(const struct reach *reach, int32_t column)
{
    return reach->occupancy ? reach->occupancy->column[column] : UINT16_MAX;
}

static enum status reach_column(struct reach *reach, int32_t first_a, int32_t first_b)
{
    int32_t column = column_of(first_a, first_b);
    uint16_t cells_of_column = occupied_column(reach, column);
    double plane[16];
    for (int32_t i = 0; i < 16; i++)
        plane[i] = cells_of_column >> i & 1
                       ? plane_part(reach, first_a + i / 4, first_b + i % 4, 1)
                       : HUGE_VAL;
    enum status status = STATUS_OK;
    for (int32_t l = reach->first_l / FORMULA_BLOCK;
         l <= reach->last_l / FORMULA_BLOCK && status == STATUS_OK; l++) {
        uint32_t block = (uint32_t)(l * FORMULA_BLOCKS_AB * FORMULA_BLOCKS_AB + column);
        uint64_t occupied =
            reach->occupancy ? reach->occupancy->block[block] : UINT64_MAX;
        if (occupied == 0)
            continue;
        uint64_t cells = cells_within(reach, l, plane) & occupied;
        if (cells != 0)
            status = append(reach->list, block, cells);
    }
    return status;
}

/* Squares of so many cells along a side that may be within are cut in sixteen. */
static enum status reach_square(struct reach *reach, int32_t first_a, int32_t first_b,
                                int32_t cells)
{
    if (cells == FORMULA_BLOCK &&
        occupied_column(reach, column_of(first_a, first_b)) == 0)
        return STATUS_OK;
    if (plane_part(reach, first_a, first_b, cells) > 1)
        return STATUS_OK;
    if (cells == FORMULA_BLOCK)
        return reach_column(reach, first_a, first_b);
    enum status status = STATUS_OK;
    for (int32_t i = 0; i < 16 && status == STATUS_OK; i++)
        status = reach_square(reach, first_a + i / 4 * (cells / 4),
                              first_b + i % 4 * (cells / 4), cells / 4);
    return status;
}

static void measure_lightness(struct reach *reach)
{
    double scale = inverse_square(reach->axes.lightness);
    reach->first_l = FORMULA_CELLS_L;
    for (int32_t l = 0; l < FORMULA_CELLS_L; l++) {
        struct formula_range range =
            interval(l, l + 1, FORMULA_CELLS_L, FORMULA_LEAST_L, FORMULA_CELL_L);
        double dL = gap(&range, reach->ball->target.L, OFF_LIGHTNESS);
        reach->lightness[l] = dL * dL * scale;
        if (reach->lightness[l] > 1)
            continue;
        if (reach->first_l == FORMULA_CELLS_L)
            reach->first_l = l;
        reach->last_l = l;
    }
}

enum status formula_reach(const struct formula_ball *ball, double ciede2000,
                          const struct formula_occupancy *occupancy,
                          struct formula_block_list *list)
{
    const double smallest = 1e-9, rounding = 1 + 1e-9;
    double radius = fmax(ciede2000, smallest);
    struct formula_extent extent = formula_ball_extent(ball, radius);
    struct reach reach = {.ball = ball,
                          .ciede2000 = radius * rounding,
                          .axes = axes_of(&extent),
                          .occupancy = occupancy,
                          .list = list};
    reach.axes.lightness *= rounding;
    reach.axes.plane *= rounding;
    measure_lightness(&reach);
    return reach_square(&reach, 0, 0, FORMULA_CELLS_AB);
}

/* -- the margin ---------------------------------------------------------------------- */

/*
 * How fast CIEDE2000 changes with the sample, at a distance D from the target; off by eta
 * in the plane of a* and b*. C1, C2 and c are the chromas of target and sample and their
 * mean, dashes are those with the stretch 1 + G of a*.
 *
 * With z = (c / 25)^7 the slope of the saturation sqrt(z / (1 + z)) is 3.5 sqrt(z) (1 +
 * z)^-1.5 / c, which is at most 0.062, and at most 1.35 / c. So the stretch changes by
 * 0.016 eta at the most, which moves a1 and a2 by 0.68 eta, as neither is larger than 2
 * c, and turns no hue by more than half of itself; C1' changes by 0.68 eta, C2' by 2.2
 * eta, their difference by 2.9 eta and their mean by 1.45 eta. The hue of the sample
 * turns by 1.6 eta / C2 and what the stretch does, dh' by (1.6 / C2 + 0.016) eta, the
 * mean hue by half of that. With |dC'| / SC and |dH'| / SH <= D / sqrt(1 - sqrt(3) / 2)
 * = 2.74 D, sqrt(C1' C2') / C2' <= 1.23 sqrt(C1 / C2), T <= 1.93 and |T'| <= 2.41:
 *
 *   dC' / SC   (2.9 + 2.74 D 0.045 1.45) eta
 *   dH' / SH   (sqrt(C1' C2') (3.8 / C2' + 0.032)
 *               + 2.74 D 0.015 (1.93 1.45 + 2.41 c' (0.8 / C2 + 0.008))) eta
 *   RT         (2 0.062 1.45 + 4.13 (0.8 / C2 + 0.008)) eta, for the angle 2 dtheta has
 *              the slope 2.06
 *
 * of which the first two count by sqrt(1 + sqrt(3) / 2) = 1.37 and the last by 1.87 D,
 * since |dC' dH'| / (SC SH) <= 2.74^2 D^2 / 2 and the square of the CIEDE2000 changes by
 * D times its own change twice. Not where hues are opposite, at which the formula jumps,
 * nor near grey, where they turn too fast; D may grow by the margin meanwhile, up to
 * growth. The slack is for C2, which is that of the color in single precision.
 */
static double margin_of(const struct formula_ball *ball, double C2, double D)
{
    const double slack = 1.02;
    double C1 = ball->chroma, turn = 0.81 / C2 + 0.008; /* with the stretch, which is
                                                           at least 1 */
    double of_chroma = 2.9 + 0.18 * D;
    double of_hue = 4.7 * sqrt(C1 / C2) + 0.048 * sqrt(C1 * C2) +
                    2.74 * D * 0.015 * (2.8 + 2.41 * 0.75 * (C1 + C2) * turn);
    double of_rotation = 1.87 * D * (0.18 + 4.13 * turn);
    double in_plane = 1.37 * (of_chroma + of_hue) + of_rotation;
    double in_lightness = 1 + 0.01 * D;
    return slack * (OFF_PLANE * in_plane + OFF_LIGHTNESS * in_lightness);
}

/* Whether the color is next to grey or to the hue opposite to the target's. */
static bool is_unsteady(const struct formula_ball *ball, double a, double b)
{
    const double grey = 0.25;
    const cmsCIELab *target = &ball->target;
    double along = target->a * a + target->b * b, across = target->a * b - target->b * a;
    double most = 2 * OFF_PLANE;
    double chroma_squared = target->a * target->a + target->b * target->b;
    return a * a + b * b < grey * grey ||
           (along <= 0 && across * across <= most * most * chroma_squared);
}

bool formula_reach_may_hold(const struct formula_ball *ball, double limit, double a,
                            double b, double difference)
{
    if (difference <= limit || is_unsteady(ball, a, b))
        return true;
    double growth = 0.5 + limit / 4;
    double margin = margin_of(ball, sqrt(a * a + b * b), limit + growth);
    return margin > growth || difference <= limit + margin;
}
