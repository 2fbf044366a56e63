/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_map.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Samples, about; all recipes where they are no more than a few; and stretches at the
 * most. */
enum { SAMPLES = 80000, FEW_RECIPES = 4096, STRETCHES_MAX = 1 << 20 };

/* -- what lanes take ----------------------------------------------------------------- */

static enum status load_liquid(const struct colorant *from, struct lanes_liquid *to)
{
    to->exact = from;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = from->K.value[i], S = from->S.value[i];
        if ((K != 0 && K < LANES_RECIPES_LEAST) || (S != 0 && S < LANES_RECIPES_LEAST) ||
            K > LANES_RECIPES_MOST || S > LANES_RECIPES_MOST)
            return STATUS_REJECTED;
        to->K[i] = (float)K;
        to->S[i] = (float)S;
    }
    to->K[BAND_COUNT] = to->S[BAND_COUNT] = 1;
    return STATUS_OK;
}

static enum status load_weights(const struct weights *weights, struct lanes_scene *out)
{
    const double *const row[3] = {weights->x, weights->y, weights->z};
    const double white[3] = {weights->white.X, weights->white.Y, weights->white.Z};
    float *const narrow[3] = {out->x, out->y, out->z};
    for (size_t axis = 0; axis < 3; axis++) {
        double sum = 0, negative = 0;
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double weight = row[axis][i] / white[axis];
            out->weight[axis][i] = weight;
            narrow[axis][i] = (float)(out->gain * weight);
            sum += weight;
            negative += fmax(-weight, 0);
        }
        if (!(negative < LANES_RECIPES_NEGATIVE) || !(sum < 1.1))
            return STATUS_REJECTED;
        out->surface[axis] = (float)(out->offset * sum);
    }
    return STATUS_OK;
}

/* As drawdown.c does. */
static void load_backing(const struct formula_problem *p, struct lanes_scene *out)
{
    out->drawdown = p->drawdown;
    for (size_t i = 0; i < BAND_COUNT && !isinf(p->drawdown.thickness_mm); i++) {
        double internal = surface_internal(&p->view.surface, p->view.specular,
                                           p->drawdown.background.value[i]);
        out->drawdown.background.value[i] = fmin(fmax(internal, 0), 1);
    }
}

enum status formula_palette_make(const struct formula_solver *solver,
                                 struct formula_palette *out)
{
    const struct formula_problem *p = &solver->problem;
    const struct surface *surface = &p->view.surface;
    bool included = p->view.specular == SURFACE_SPECULAR_INCLUDED;
    out->scene =
        (struct lanes_scene){.offset = included ? surface->external : 0,
                             .gain = (1 - surface->external) * (1 - surface->internal),
                             .internal = surface->internal};
    load_backing(p, &out->scene);
    enum status status = surface->internal <= LANES_RECIPES_INTERNAL
                             ? load_weights(p->weights, &out->scene)
                             : STATUS_REJECTED;
    for (size_t i = 0; i < p->colorant_count && status == STATUS_OK; i++)
        status = load_liquid(&p->colorants[i], &out->liquid[i]);
    if (status == STATUS_OK && solver->diluent == FORMULA_DILUTED)
        status = load_liquid(p->diluent, &out->liquid[FORMULA_DILUENT]);
    return status;
}

/* -- recipes ------------------------------------------------------------------------- */

struct liquids {
    const struct lanes_liquid *of[FORMULA_COMPONENTS_MAX];
};

static struct liquids liquids_of(const struct formula_map *map, size_t set)
{
    struct liquids liquids = {{NULL}};
    for (size_t c = 0; c < map->components; c++)
        liquids.of[c] =
            &map->palette->liquid[c < map->size ? map->set[set][c] : FORMULA_DILUENT];
    return liquids;
}

size_t formula_map_look(const struct formula_map *map, size_t set, size_t chunk,
                        struct lanes_recipes *out)
{
    const uint8_t *part[FORMULA_COMPONENTS_MAX];
    struct liquids liquids = liquids_of(map, set);
    size_t first = chunk * LANES_RECIPES, left = map->recipes - first;
    for (size_t c = 0; c < map->components; c++)
        part[c] = map->part[c] + first;
    lanes_recipes(map->solver->isa, &map->palette->scene, liquids.of, map->components,
                  part, out);
    return left < LANES_RECIPES ? left : LANES_RECIPES;
}

struct formula formula_map_recipe(const struct formula_map *map,
                                  const struct formula_address *address,
                                  const cmsCIELab *target)
{
    struct formula_part part[FORMULA_SIZE_MAX];
    for (size_t k = 0; k < map->size; k++)
        part[k] = (struct formula_part){map->set[address->set][k],
                                        map->part[k][address->recipe]};
    unsigned diluent =
        map->components > map->size ? map->part[map->size][address->recipe] : 0;
    struct formula out;
    formula_predict(map->solver, target, part, map->size, diluent, &out);
    return out;
}

/* -- what they look like ------------------------------------------------------------- */

static void occupy(struct formula_occupancy *occupancy, int32_t cell)
{
    _Atomic uint64_t *block = &occupancy->block[formula_cell_block(cell)];
    uint64_t bit = formula_cell_bit(cell);
    if (!(atomic_load_explicit(block, memory_order_relaxed) & bit))
        atomic_fetch_or_explicit(block, bit, memory_order_relaxed);
}

struct span {
    float low;
    float high;
};

/* The least and the largest of the numbers of a chunk, four side by side. */
static struct span span_of(const float *value)
{
    float low[4], high[4];
    memcpy(low, value, sizeof low);
    memcpy(high, value, sizeof high);
    for (size_t i = 4; i < LANES_RECIPES; i += 4)
        for (size_t k = 0; k < 4; k++) {
            low[k] = value[i + k] < low[k] ? value[i + k] : low[k];
            high[k] = value[i + k] > high[k] ? value[i + k] : high[k];
        }
    return (struct span){fminf(fminf(low[0], low[1]), fminf(low[2], low[3])),
                         fmaxf(fmaxf(high[0], high[1]), fmaxf(high[2], high[3]))};
}

static void extend(struct formula_box *box, size_t axis, int32_t low, int32_t high)
{
    uint8_t first = (uint8_t)(low / FORMULA_BLOCK),
            last = (uint8_t)(high / FORMULA_BLOCK);
    box->low[axis] = first < box->low[axis] ? first : box->low[axis];
    box->high[axis] = last > box->high[axis] ? last : box->high[axis];
}

/* Lanes without a recipe repeat the last one. */
void formula_map_note(struct formula_map *map, size_t stretch,
                      const struct lanes_recipes *recipes)
{
    struct formula_box *box = &map->box[stretch];
    struct span L = span_of(recipes->L), a = span_of(recipes->a), b = span_of(recipes->b);
    extend(box, 0, formula_cell_of_lightness(L.low), formula_cell_of_lightness(L.high));
    extend(box, 1, formula_cell_of_plane(a.low), formula_cell_of_plane(a.high));
    extend(box, 2, formula_cell_of_plane(b.low), formula_cell_of_plane(b.high));
    for (size_t i = 0; i < LANES_RECIPES; i++)
        occupy(&map->occupancy, recipes->cell[i]);
}

void formula_map_know(struct formula_map *map)
{
    for (size_t block = 0; block < FORMULA_BLOCKS; block++) {
        uint64_t cells = map->occupancy.block[block];
        cells |= cells >> 32;
        cells |= cells >> 16;
        map->occupancy.column[block % (FORMULA_BLOCKS_AB * FORMULA_BLOCKS_AB)] |=
            (uint16_t)cells;
    }
    map->is_known = true;
}

/* -- samples ------------------------------------------------------------------------- */

/* LANES_RECIPES recipes of a set, spread over all that there are. */
static void sample_set(struct formula_map *map, size_t set, size_t turn, size_t turns,
                       size_t at)
{
    uint8_t parts[FORMULA_COMPONENTS_MAX][LANES_RECIPES];
    const uint8_t *part[FORMULA_COMPONENTS_MAX];
    struct liquids liquids = liquids_of(map, set);
    for (size_t i = 0; i < LANES_RECIPES; i++) {
        size_t recipe = (i * turns + turn) * map->recipes / (turns * LANES_RECIPES);
        map->sampled[at + i] = (struct formula_address){(uint32_t)set, (uint32_t)recipe};
        for (size_t c = 0; c < map->components; c++)
            parts[c][i] = map->part[c][recipe];
    }
    for (size_t c = 0; c < map->components; c++)
        part[c] = parts[c];
    struct lanes_recipes look;
    lanes_recipes(map->solver->isa, &map->palette->scene, liquids.of, map->components,
                  part, &look);
    memcpy(map->samples.L + at, look.L, sizeof look.L);
    memcpy(map->samples.a + at, look.a, sizeof look.a);
    memcpy(map->samples.b + at, look.b, sizeof look.b);
}

static enum status take_samples(struct formula_map *map)
{
    const size_t most = SAMPLES / LANES_RECIPES;
    size_t sets = map->sets < most ? map->sets : most;
    size_t turns = most / sets < map->chunks ? most / sets : map->chunks;
    size_t count = sets * turns * LANES_RECIPES;
    map->samples =
        (struct lanes_samples){calloc(count, sizeof(float)), calloc(count, sizeof(float)),
                               calloc(count, sizeof(float)), count};
    map->sampled = calloc(count, sizeof *map->sampled);
    map->has_sampled_all = map->sets * map->recipes <= FEW_RECIPES;
    if (!map->samples.L || !map->samples.a || !map->samples.b || !map->sampled)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < sets; i++)
        for (size_t turn = 0; turn < turns; turn++)
            sample_set(map, i * map->sets / sets, turn, turns,
                       (i * turns + turn) * LANES_RECIPES);
    return STATUS_OK;
}

/* -- opening ------------------------------------------------------------------------- */

static void list_sets(struct formula_map *map)
{
    size_t colorant[FORMULA_SIZE_MAX];
    sets_first(colorant, map->size);
    for (size_t i = 0; i < map->sets; i++) {
        for (size_t k = 0; k < map->size; k++)
            map->set[i][k] = (uint8_t)colorant[k];
        sets_next(colorant, map->size, map->solver->problem.colorant_count);
    }
}

/* The last chunk is filled up with the last recipe. */
static void list_parts(struct formula_map *map)
{
    const struct formula_grid *grid = map->solver->grid[map->size - 1];
    for (size_t i = 0; i < map->chunks * LANES_RECIPES; i++)
        for (size_t c = 0; c < map->components; c++)
            map->part[c][i] = grid->parts[i < grid->count ? i : grid->count - 1][c];
}

static enum status allocate(struct formula_map *map)
{
    map->set = calloc(map->sets, sizeof *map->set);
    map->box = calloc(map->sets * map->stretches, sizeof *map->box);
    if (!map->set || !map->box)
        return STATUS_NO_MEMORY;
    for (size_t c = 0; c < map->components; c++) {
        map->part[c] = calloc(map->chunks, LANES_RECIPES);
        if (!map->part[c])
            return STATUS_NO_MEMORY;
    }
    const struct formula_box none = {{UINT8_MAX, UINT8_MAX, UINT8_MAX}, {0, 0, 0}};
    for (size_t i = 0; i < map->sets * map->stretches; i++)
        map->box[i] = none;
    return STATUS_OK;
}

enum status formula_map_open(const struct formula_solver *solver,
                             const struct formula_palette *palette, size_t size,
                             struct formula_map **out)
{
    const struct formula_grid *grid = solver->grid[size - 1];
    struct formula_map *map = calloc(1, sizeof *map);
    if (!map)
        return STATUS_NO_MEMORY;
    map->solver = solver;
    map->palette = palette;
    map->size = size;
    map->components = grid->components;
    map->sets = (size_t)solver->sets[size - 1];
    map->recipes = grid->count;
    map->chunks = (map->recipes + LANES_RECIPES - 1) / LANES_RECIPES;
    map->chunks_to_stretch = map->sets * map->chunks / STRETCHES_MAX + 1;
    map->stretches = (map->chunks + map->chunks_to_stretch - 1) / map->chunks_to_stretch;
    enum status status = allocate(map);
    if (status == STATUS_OK) {
        list_sets(map);
        list_parts(map);
        status = take_samples(map);
    }
    if (status != STATUS_OK) {
        formula_map_close(map);
        return status;
    }
    *out = map;
    return STATUS_OK;
}

void formula_map_close(struct formula_map *map)
{
    if (!map)
        return;
    for (size_t c = 0; c < FORMULA_COMPONENTS_MAX; c++)
        free(map->part[c]);
    free(map->set);
    free(map->box);
    free(map->samples.L);
    free(map->samples.a);
    free(map->samples.b);
    free(map->sampled);
    free(map);
}
