/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recipe's color does not depend on the target. So where targets are many all recipes
 * are gone through once, in single precision, and each finds by its place in CIELAB the
 * targets that it might be better for. They start with the best of a sample, then of one
 * chunk in sixteen, so that they are few. What may be better is computed as
 * formula_search does it, and compared in the same way; as that is an order of all
 * recipes, it does not matter when one is met.
 *
 * No recipe is left out that is better: its color in single precision lies in one of the
 * cells that formula_reach gives, in the spheroid, and within the margin of the limit.
 */
#include "colorlib/formula_many.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "colorlib/formula_crowd.h"
#include "colorlib/threads.h"

struct formula_many {
    const struct formula_solver *solver;
    struct formula_solver *alone; /* the same on one thread; its grids are the solver's */
    struct formula_palette *palette; /* NULL: the errors of its colors are not known */
    struct formula_map *map[FORMULA_SIZE_MAX]; /* made when first needed */
    uint64_t seen;                             /* targets */
};

enum status formula_many_open(const struct formula_solver *solver,
                              struct formula_many **out)
{
    struct formula_many *many = calloc(1, sizeof *many);
    if (!many)
        return STATUS_NO_MEMORY;
    many->solver = solver;
    many->alone = aligned_alloc(64, (sizeof *solver + 63) / 64 * 64);
    many->palette = calloc(1, sizeof *many->palette);
    if (!many->alone || !many->palette) {
        formula_many_close(many);
        return STATUS_NO_MEMORY;
    }
    *many->alone = *solver;
    many->alone->problem.threads = 1;
    if (formula_palette_make(solver, many->palette) != STATUS_OK) {
        free(many->palette);
        many->palette = NULL;
    }
    *out = many;
    return STATUS_OK;
}

void formula_many_close(struct formula_many *many)
{
    if (!many)
        return;
    for (size_t size = 0; size < FORMULA_SIZE_MAX; size++)
        formula_map_close(many->map[size]);
    free(many->palette);
    free(many->alone);
    free(many);
}

/* -- each alone ---------------------------------------------------------------------- */

struct searches {
    const struct formula_solver *solver;
    const cmsCIELab *target;
    struct formula_found *found;
    atomic_bool failed;
};

static void search_one(size_t index, void *context)
{
    struct searches *searches = context;
    struct formula_found *found = &searches->found[index];
    if (formula_search(searches->solver, &searches->target[index], found->best,
                       &found->certificate) != STATUS_OK)
        searches->failed = true;
}

/* The threads share one target, or take one each. */
static enum status search_each(const struct formula_many *many, const cmsCIELab *target,
                               size_t count, struct formula_found *found)
{
    struct searches searches = {count == 1 ? many->solver : many->alone, target, found,
                                false};
    if (count == 1)
        search_one(0, &searches);
    else
        threads_run_on(many->solver->problem.threads, count, search_one, &searches);
    return searches.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* -- together ------------------------------------------------------------------------ */

/* Sweeps for some of a crowd; for half of them at a time where they would list too
 * much. */
static enum status sweep_for(struct formula_map *map, struct formula_crowd *crowd,
                             size_t first, size_t count, enum formula_goals goals,
                             enum formula_sweep sweep)
{
    enum status status = formula_crowd_spread(crowd, map, first, count, goals);
    if (status == STATUS_OK)
        formula_sweep(map, crowd, sweep);
    if (status != STATUS_OUT_OF_RANGE)
        return status;
    size_t half = count / 2;
    status = sweep_for(map, crowd, first, half, goals, sweep);
    return status == STATUS_OK
               ? sweep_for(map, crowd, first + half, count - half, goals, sweep)
               : status;
}

/* Few recipes first where there are many. */
static enum status sweep_all(struct formula_map *map, struct formula_crowd *crowd,
                             enum formula_goals goals)
{
    const double many = 1e6;
    if ((double)map->sets * (double)map->recipes < many)
        return sweep_for(map, crowd, 0, crowd->count, goals, FORMULA_SWEEP_ALL);
    enum status status = sweep_for(map, crowd, 0, crowd->count, goals, FORMULA_SWEEP_FEW);
    return status == STATUS_OK
               ? sweep_for(map, crowd, 0, crowd->count, goals, FORMULA_SWEEP_OTHERS)
               : status;
}

/* The first sweep finds out where all recipes are. Targets far from all of them, which
 * would list many cells without any, wait for that, and for the few sets that come near
 * them. */
static enum status search_size(struct formula_map *map, struct formula_crowd *crowd)
{
    formula_sweep_samples(map, crowd);
    if (map->has_sampled_all)
        return STATUS_OK;
    if (map->is_known)
        return sweep_all(map, crowd, FORMULA_GOALS_ALL);
    enum status status = sweep_all(map, crowd, FORMULA_GOALS_NEAR);
    if (status != STATUS_OK)
        return status;
    formula_map_know(map);
    return sweep_all(map, crowd, FORMULA_GOALS_FAR);
}

static enum status open_map(struct formula_many *many, size_t size)
{
    return many->map[size - 1] ? STATUS_OK
                               : formula_map_open(many->solver, many->palette, size,
                                                  &many->map[size - 1]);
}

static enum status search_sizes(struct formula_many *many, struct formula_crowd *crowd,
                                struct formula_found *found)
{
    const struct formula_solver *solver = many->solver;
    enum status status = STATUS_OK;
    for (size_t size = 1; size <= solver->problem.size_max && status == STATUS_OK;
         size++) {
        if (solver->sets[size - 1] > 0) {
            status = open_map(many, size);
            if (status == STATUS_OK)
                status = search_size(many->map[size - 1], crowd);
        }
        for (size_t i = 0; i < crowd->count && status == STATUS_OK; i++)
            found[i].best[size - 1] = crowd->goal[i].state.best;
    }
    return status;
}

static enum status search_together(struct formula_many *many, const cmsCIELab *target,
                                   size_t count, struct formula_found *found)
{
    struct formula_crowd *crowd;
    enum status status = formula_crowd_open(target, count, &crowd);
    if (status != STATUS_OK)
        return status;
    status = search_sizes(many, crowd, found);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        found[i].certificate = (struct formula_certificate){
            .recipes = many->solver->recipes,
            .examined = many->solver->recipes,
            .bound = crowd->goal[i].state.best.ciede2000,
        };
    formula_crowd_close(crowd);
    return status;
}

/* -- the choice ---------------------------------------------------------------------- */

/*
 * A search for one target takes as long as looking at about so many recipes for each set
 * of colorants, however fine the grid is: measured with 8 to 32 colorants, from 20 to 100
 * parts, and taken for less than it was. Once it is known where all recipes are, most of
 * them are passed over where targets are few.
 */
static double recipes_to_set(const struct formula_many *many)
{
    const double hiding = 128, film = 2048, once_known = 4;
    bool is_hiding = isinf(many->solver->problem.drawdown.thickness_mm);
    return (is_hiding ? hiding : film) * (many->map[0] ? once_known : 1);
}

static bool goes_together(const struct formula_many *many, size_t count)
{
    const struct formula_solver *solver = many->solver;
    const size_t fewest = 4;
    double sets = 0, targets = (double)(many->map[0] ? count : many->seen + count);
    for (size_t size = 0; size < solver->problem.size_max; size++)
        sets += (double)solver->sets[size];
    return many->palette && solver->problem.budget == 0 && count >= fewest &&
           targets * sets * recipes_to_set(many) >= (double)solver->recipes;
}

static bool is_color(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

enum status formula_many_search(struct formula_many *many, const cmsCIELab *target,
                                size_t count, struct formula_found *found)
{
    if (many->solver->recipes == 0)
        return STATUS_NOT_FOUND;
    for (size_t i = 0; i < count; i++)
        if (!is_color(&target[i]))
            return STATUS_OUT_OF_RANGE;
    enum status status = STATUS_OK;
    for (size_t first = 0; first < count && status == STATUS_OK;
         first += FORMULA_MANY_MAX) {
        size_t part = count - first < FORMULA_MANY_MAX ? count - first : FORMULA_MANY_MAX;
        status = goes_together(many, part)
                     ? search_together(many, target + first, part, found + first)
                     : search_each(many, target + first, part, found + first);
        many->seen += part;
    }
    return status;
}
