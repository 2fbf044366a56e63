/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/lanes.h"
#include "colorlib/parts.h"

/* So many recipes to a cell, about. */
enum { CELL_RECIPES = 10, BINS_MAX = 64 };

/* What becomes of every recipe. */
struct visitor {
    void (*see)(void *context, const uint8_t *parts);
    void *context;
};

struct walk {
    size_t size;
    size_t components;
    struct visitor visitor;
    uint8_t parts[FORMULA_COMPONENTS_MAX];
};

/* Chooses the parts of a component and of those after it; only recipes in lowest terms
 * count. */
static void walk_from(struct walk *walk, size_t component, unsigned left,
                      unsigned divisor)
{
    if (component == walk->components) {
        if (divisor == 1)
            walk->visitor.see(walk->visitor.context, walk->parts);
        return;
    }
    size_t still_to_come =
        component < walk->size ? walk->size - component - 1 : 0; /* one part of each */
    for (unsigned parts = component < walk->size; parts + still_to_come <= left;
         parts++) {
        walk->parts[component] = (uint8_t)parts;
        walk_from(walk, component + 1, left - parts,
                  parts_common_divisor(divisor, parts));
    }
}

static void visit(size_t size, enum formula_diluent diluent, unsigned parts_max,
                  struct visitor visitor)
{
    struct walk walk = {.size = size,
                        .components = size + (diluent == FORMULA_DILUTED),
                        .visitor = visitor};
    walk_from(&walk, 0, parts_max, 0);
}

static void count_one(void *context, const uint8_t *parts)
{
    (void)parts;
    ++*(uint64_t *)context;
}

/* With those not in lowest terms: as many as there are ways to choose components of
 * parts_max things, each part of a colorant taking one away. */
static double count_all(size_t components, size_t size, unsigned parts_max)
{
    double count = 1, top = (double)parts_max + (double)(components - size);
    for (size_t k = 0; k < components; k++)
        count *= (top - (double)k) / (double)(components - k);
    return count;
}

uint64_t formula_grid_count(size_t size, enum formula_diluent diluent, unsigned parts_max)
{
    if (parts_max < size)
        return 0;
    size_t components = size + (diluent == FORMULA_DILUTED);
    if (count_all(components, size, parts_max) > 4.0 * FORMULA_GRID_MAX)
        return UINT64_MAX;
    uint64_t count = 0;
    visit(size, diluent, parts_max, (struct visitor){count_one, &count});
    return count;
}

static void set_axes(struct formula_grid *grid)
{
    double cells = (double)grid->count / CELL_RECIPES; /* in a simplex */
    for (size_t k = 2; k <= grid->axes; k++)
        cells *= (double)k; /* in the cube around it */
    double bins = grid->axes > 0 ? ceil(pow(cells, 1 / (double)grid->axes)) : 1;
    grid->bins = (size_t)fmin(fmax(bins, 1), BINS_MAX);
}

static size_t cells_of(const struct formula_grid *grid)
{
    size_t cells = 1;
    for (size_t k = 0; k < grid->axes; k++)
        cells *= grid->bins;
    return cells;
}

static float fraction_of(const struct formula_grid *grid, const uint8_t *parts,
                         size_t axis)
{
    unsigned sum = 0;
    for (size_t k = 0; k < grid->components; k++)
        sum += parts[k];
    return (float)parts[axis] / (float)sum;
}

static size_t cell_of(const struct formula_grid *grid, const uint8_t *parts)
{
    size_t cell = 0;
    for (size_t axis = 0; axis < grid->axes; axis++) {
        size_t bin = (size_t)(fraction_of(grid, parts, axis) * (float)grid->bins);
        cell = cell * grid->bins + (bin < grid->bins ? bin : grid->bins - 1);
    }
    return cell;
}

static void count_cell(void *context, const uint8_t *parts)
{
    struct formula_grid *grid = context;
    grid->first[cell_of(grid, parts) + 1]++;
}

/* first[cell] runs ahead while recipes are placed, up to where the next cell begins. */
static void place(void *context, const uint8_t *parts)
{
    struct formula_grid *grid = context;
    size_t at = grid->first[cell_of(grid, parts)]++;
    memcpy(grid->parts[at], parts, sizeof grid->parts[at]);
    for (size_t axis = 0; axis < grid->axes; axis++)
        grid->fraction[axis][at] = fraction_of(grid, parts, axis);
}

static enum status allocate(struct formula_grid *grid)
{
    grid->parts = calloc(grid->count, sizeof grid->parts[0]);
    grid->first = calloc(cells_of(grid) + 1, sizeof grid->first[0]);
    if (!grid->parts || !grid->first)
        return STATUS_NO_MEMORY;
    for (size_t axis = 0; axis < grid->axes; axis++) {
        grid->fraction[axis] =
            calloc(grid->count + LANES, sizeof grid->fraction[axis][0]);
        if (!grid->fraction[axis])
            return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

static void fill(struct formula_grid *grid, size_t size, enum formula_diluent diluent,
                 unsigned parts_max)
{
    size_t cells = cells_of(grid);
    visit(size, diluent, parts_max, (struct visitor){count_cell, grid});
    for (size_t cell = 0; cell < cells; cell++)
        grid->first[cell + 1] += grid->first[cell];
    visit(size, diluent, parts_max, (struct visitor){place, grid});
    memmove(grid->first + 1, grid->first, cells * sizeof grid->first[0]);
    grid->first[0] = 0;
}

enum status formula_grid_open(size_t size, enum formula_diluent diluent,
                              unsigned parts_max, struct formula_grid **out)
{
    struct formula_grid *grid = calloc(1, sizeof *grid);
    if (!grid)
        return STATUS_NO_MEMORY;
    grid->components = size + (diluent == FORMULA_DILUTED);
    grid->axes = grid->components - 1;
    grid->count = (size_t)formula_grid_count(size, diluent, parts_max);
    set_axes(grid);
    enum status status = allocate(grid);
    if (status != STATUS_OK) {
        formula_grid_close(grid);
        return status;
    }
    fill(grid, size, diluent, parts_max);
    *out = grid;
    return STATUS_OK;
}

void formula_grid_close(struct formula_grid *grid)
{
    if (!grid)
        return;
    for (size_t axis = 0; axis < FORMULA_SIZE_MAX; axis++)
        free(grid->fraction[axis]);
    free(grid->parts);
    free(grid->first);
    free(grid);
}
