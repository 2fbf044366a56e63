/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipes of a region that may be better than the best: found by the coordinates of
 * the grid, screened by what the region's corners say of them, computed, and compared.
 */
#include <math.h>
#include <string.h>

#include "colorlib/formula_region.h"
#include "colorlib/lanes_screen.h"

enum { BLOCK = 128 }; /* recipes screened at a time */

/* Inverts the matrix of the corners' coordinates, each with a 1 before them, so that its
 * rows give shares. Corners of a region are never in one plane. */
static void invert(size_t n,
                   double matrix[FORMULA_COMPONENTS_MAX][FORMULA_COMPONENTS_MAX],
                   double inverse[FORMULA_COMPONENTS_MAX][FORMULA_COMPONENTS_MAX])
{
    for (size_t r = 0; r < n; r++)
        for (size_t c = 0; c < n; c++)
            inverse[r][c] = r == c;
    for (size_t k = 0; k < n; k++) {
        size_t pivot = k;
        for (size_t r = k + 1; r < n; r++)
            if (fabs(matrix[r][k]) > fabs(matrix[pivot][k]))
                pivot = r;
        for (size_t c = 0; c < n; c++) {
            double a = matrix[k][c], b = inverse[k][c];
            matrix[k][c] = matrix[pivot][c];
            inverse[k][c] = inverse[pivot][c];
            matrix[pivot][c] = a;
            inverse[pivot][c] = b;
        }
        double scale = 1 / matrix[k][k];
        for (size_t c = 0; c < n; c++) {
            matrix[k][c] *= scale;
            inverse[k][c] *= scale;
        }
        for (size_t r = 0; r < n; r++) {
            double factor = r == k ? 0 : matrix[r][k];
            for (size_t c = 0; c < n; c++) {
                matrix[r][c] -= factor * matrix[k][c];
                inverse[r][c] -= factor * inverse[k][c];
            }
        }
    }
}

static void prepare_screen(const struct formula_exploration *e,
                           const struct formula_region *region,
                           struct lanes_screen *screen)
{
    size_t n = e->grid->components;
    double matrix[FORMULA_COMPONENTS_MAX][FORMULA_COMPONENTS_MAX];
    double inverse[FORMULA_COMPONENTS_MAX][FORMULA_COMPONENTS_MAX];
    for (size_t c = 0; c < n; c++) {
        matrix[0][c] = 1;
        for (size_t k = 1; k < n; k++)
            matrix[k][c] = region->position[c][k - 1];
    }
    invert(n, matrix, inverse);
    *screen = (struct lanes_screen){.corners = n, .radius = formula_radius(e->state)};
    double steepest = 1;
    for (size_t c = 0; c < n; c++) {
        double sum = 1;
        screen->constant[c] = (float)inverse[c][0];
        for (size_t k = 1; k < n; k++) {
            screen->slope[c][k - 1] = (float)inverse[c][k];
            sum += fabs(inverse[c][k]);
        }
        steepest = fmax(steepest, sum + fabs(inverse[c][0]));
        screen->scattering[c] = region->look.corner[c]->scattering;
        memcpy(screen->y[c], region->look.corner[c]->y, sizeof screen->y[c]);
    }
    screen->outside = (float)(-4 * APPEARANCE_ROUNDING * steepest);
    e->solver->appearance->spread(e->solver->isa, &region->look, &screen->spread);
}

/* A row of recipes, which lie one after the other. */
static void screen_row(const struct formula_exploration *e,
                       const struct lanes_screen *screen, size_t first, size_t end)
{
    for (size_t from = first; from < end; from += BLOCK) {
        int32_t near[BLOCK];
        size_t count = end - from < BLOCK ? end - from : BLOCK;
        const float *fraction[FORMULA_SIZE_MAX];
        for (size_t k = 0; k < e->grid->axes; k++)
            fraction[k] = e->grid->fraction[k] + from;
        lanes_screen(e->solver->isa, screen, fraction, count, near);
        for (size_t i = 0; i < count; i++)
            if (near[i])
                formula_panel_add(e, e->grid->parts[from + i]);
    }
}

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

/* From where to where along a coordinate a region reaches. */
struct reach {
    double low;
    double high;
};

static struct reach reach_of(const struct formula_exploration *e,
                             const struct formula_region *region, size_t axis)
{
    struct reach reach = {1, 0};
    for (size_t c = 0; c < e->grid->components; c++) {
        reach.low = lesser(reach.low, region->position[c][axis]);
        reach.high = greater(reach.high, region->position[c][axis]);
    }
    return reach;
}

/* Cells of a row that a region reaches into; a recipe's cell comes of its rounded
 * fraction. */
static size_t first_bin(const struct formula_exploration *e, double low)
{
    return (size_t)greater(floor((low - 1e-6) * (double)e->grid->bins), 0);
}

static size_t last_bin(const struct formula_exploration *e, double high)
{
    double bins = (double)e->grid->bins;
    return (size_t)lesser(floor((high + 1e-6) * bins), bins - 1);
}

/* A row: the cells of one bin of each coordinate but the last. */
struct row {
    const struct lanes_screen *screen;
    struct reach reach[FORMULA_SIZE_MAX];
    /* The shares in the corners at the last coordinate 0, at the most. */
    float most[FORMULA_COMPONENTS_MAX];
    size_t cell;
};

/* Where along the last coordinate all shares may be as large as they must. */
static struct reach clip(const struct row *row, size_t last)
{
    const struct lanes_screen *screen = row->screen;
    struct reach reach = row->reach[last];
    for (size_t c = 0; c < screen->corners; c++) {
        double slope = screen->slope[c][last];
        double lacking = (double)screen->outside - (double)row->most[c];
        if (slope > 0)
            reach.low = greater(reach.low, lacking / slope);
        else if (slope < 0)
            reach.high = lesser(reach.high, lacking / slope);
        else if (lacking > 0)
            reach.high = -1;
    }
    return reach;
}

/* The rows that a region reaches into, from the first coordinate to the last. */
static void screen_rows(const struct formula_exploration *e, const struct row *row,
                        size_t axis)
{
    if (axis + 1 == e->grid->axes) {
        struct reach reach = clip(row, axis);
        if (reach.low > reach.high + 1e-6)
            return;
        const uint32_t *first = e->grid->first + row->cell * e->grid->bins;
        screen_row(e, row->screen, first[first_bin(e, reach.low)],
                   first[last_bin(e, reach.high) + 1]);
        return;
    }
    double width = 1 / (double)e->grid->bins;
    size_t last = last_bin(e, row->reach[axis].high);
    for (size_t bin = first_bin(e, row->reach[axis].low); bin <= last; bin++) {
        struct row next = *row;
        next.cell = row->cell * e->grid->bins + bin;
        for (size_t c = 0; c < e->grid->components; c++) {
            float slope = row->screen->slope[c][axis];
            next.most[c] += slope * (float)((double)bin + (slope > 0)) * (float)width;
        }
        screen_rows(e, &next, axis + 1);
    }
}

void formula_screen(const struct formula_exploration *e,
                    const struct formula_region *region)
{
    struct lanes_screen screen;
    prepare_screen(e, region, &screen);
    struct row row = {.screen = &screen};
    memcpy(row.most, screen.constant, sizeof row.most);
    for (size_t axis = 0; axis < e->grid->axes; axis++)
        row.reach[axis] = reach_of(e, region, axis);
    screen_rows(e, &row, 0);
}
