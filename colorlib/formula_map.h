/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where in CIELAB the recipes of one size are: what is known of all of them before any
 * target comes, so that many targets can be searched for at once. For formula_*.c only.
 */
#ifndef COLORLIB_FORMULA_MAP_H
#define COLORLIB_FORMULA_MAP_H

#include "colorlib/formula_reach.h"
#include "colorlib/formula_solver.h"
#include "colorlib/lanes_nearest.h"
#include "colorlib/lanes_recipes.h"

/* A problem as lanes_recipes.h wants it; the diluent last. */
struct formula_palette {
    struct lanes_scene scene;
    struct lanes_liquid liquid[FORMULA_COLORANTS_MAX + 1];
};

/* REJECTED where a coefficient or a weight is none of those whose errors are known. */
enum status formula_palette_make(const struct formula_solver *solver,
                                 struct formula_palette *out);

/* Blocks that hold the recipes of a stretch, both ends among them. */
struct formula_box {
    uint8_t low[3];
    uint8_t high[3];
};

/* Names a recipe of the size. */
struct formula_address {
    uint32_t set;
    uint32_t recipe;
};

/* Recipes are looked at LANES_RECIPES at a time, and stretches of them may be left out.
 */
struct formula_map {
    const struct formula_solver *solver;
    const struct formula_palette *palette;
    size_t size;
    size_t components;
    size_t sets;
    uint8_t (*set)[FORMULA_SIZE_MAX]; /* the colorants of each */
    size_t recipes;                   /* of each set */
    uint8_t
        *part[FORMULA_COMPONENTS_MAX]; /* by component, to the end of the last chunk */
    size_t chunks;                     /* of each set */
    size_t chunks_to_stretch;
    size_t stretches;        /* of each set */
    bool is_known;           /* the next two are of all recipes */
    struct formula_box *box; /* of each stretch of all sets */
    struct formula_occupancy occupancy;
    struct lanes_samples samples; /* of all, evenly, or all of them */
    bool has_sampled_all;
    struct formula_address *sampled; /* which these are */
};

/* Looks at the samples. NO_MEMORY. */
enum status formula_map_open(const struct formula_solver *solver,
                             const struct formula_palette *palette, size_t size,
                             struct formula_map **out);

/* NULL is fine. */
void formula_map_close(struct formula_map *map);

/* The colors of a chunk; returns how many recipes it has. */
size_t formula_map_look(const struct formula_map *map, size_t set, size_t chunk,
                        struct lanes_recipes *out);

/* Notes where the recipes of a chunk are; of different stretches, from any thread. */
void formula_map_note(struct formula_map *map, size_t stretch,
                      const struct lanes_recipes *recipes);

/* After the last. */
void formula_map_know(struct formula_map *map);

/* A recipe next to a target, by the one path that is exact. */
struct formula formula_map_recipe(const struct formula_map *map,
                                  const struct formula_address *address,
                                  const cmsCIELab *target);

#endif
