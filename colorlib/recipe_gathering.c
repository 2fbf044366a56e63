/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_gathering.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Batches of one set that look like its optimum, at the most. */
enum { BATCHES_MAX = 1024 };

/* How different from its optimum of F a batch may look, in E, beyond what whole drops
 * force upon all. */
static const double reach = 1.2;

/* The same at the least, when there are more of them than there is room for. */
static const double nearest_reach = 0.01;

enum status recipe_gathering_open(const struct recipe_solver *solver,
                                  struct recipe_gathering **out)
{
    struct recipe_gathering *gathering = calloc(1, sizeof *gathering);
    if (!gathering)
        return STATUS_NO_MEMORY;
    gathering->solver = solver;
    gathering->likeness = malloc(sizeof *gathering->likeness);
    gathering->batches.batch =
        malloc((BATCHES_MAX + 1) * sizeof *gathering->batches.batch);
    gathering->batches.capacity = BATCHES_MAX;
    if (!gathering->likeness || !gathering->batches.batch) {
        recipe_gathering_close(gathering);
        return STATUS_NO_MEMORY;
    }
    *gathering->likeness = *solver;
    gathering->likeness->problem.time_count = 1;
    gathering->likeness->problem.time_share[0] = 1;
    gathering->likeness->problem.illuminant_count = 1;
    gathering->likeness->problem.illuminant_share[0] = 1;
    *out = gathering;
    return STATUS_OK;
}

void recipe_gathering_close(struct recipe_gathering *gathering)
{
    if (!gathering)
        return;
    free(gathering->batches.batch);
    free(gathering->likeness);
    free(gathering);
}

int recipe_batch_order(const void *left, const void *right)
{
    const struct recipe_batch *a = left, *b = right;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    for (size_t k = 0; k < MIXTURE_MAX; k++)
        if (a->part[k].drops != b->part[k].drops)
            return a->part[k].drops < b->part[k].drops ? -1 : 1;
    return (a->water_ml > b->water_ml) - (a->water_ml < b->water_ml);
}

void recipe_gather(struct recipe_gathering *gathering, const struct recipe_set *set)
{
    struct recipe_batches *batches = &gathering->batches;
    struct recipe_poured nearest = {.set = *set};
    gathering->likeness->target[0][0] = recipe_healed_lab(gathering->solver, set->pigment,
                                                          set->concentration, set->count);
    recipe_views_make(gathering->likeness);
    gathering->evaluated +=
        recipe_pour_around(gathering->likeness, RECIPE_WITHIN, &nearest);
    batches->count = 0;
    if (!isfinite(nearest.best.score))
        return;
    double near = reach;
    do {
        batches->count = 0;
        batches->limit = nearest.best.score + near;
        gathering->evaluated +=
            recipe_pour_within(gathering->likeness, RECIPE_WITHIN, set, batches);
        near /= 2;
    } while (batches->count == batches->capacity && near > nearest_reach);
    qsort(batches->batch, batches->count, sizeof batches->batch[0], recipe_batch_order);
    /* what a descent found may lie away from the set's ratios */
    if (batches->count == 0 ||
        recipe_batch_order(&nearest.best, &batches->batch[0]) != 0) {
        memmove(&batches->batch[1], &batches->batch[0],
                batches->count * sizeof batches->batch[0]);
        batches->batch[0] = nearest.best;
        batches->count++;
    }
}
