/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula_crowd.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/threads.h"

/* Of all blocks together; more than there are blocks, which one target may list. */
enum { MEMBERS_MAX = 1 << 18 };

/* Corners of blocks, one more than blocks along each axis. */
enum {
    CORNERS_AB = FORMULA_BLOCKS_AB + 1,
    CORNERS = (FORMULA_BLOCKS_L + 1) * CORNERS_AB * CORNERS_AB
};

enum status formula_crowd_open(const cmsCIELab *target, size_t count,
                               struct formula_crowd **out)
{
    struct formula_crowd *crowd = calloc(1, sizeof *crowd);
    if (!crowd)
        return STATUS_NO_MEMORY;
    pthread_mutex_init(&crowd->lock, NULL);
    crowd->count = count;
    crowd->goal = calloc(count, sizeof *crowd->goal);
    crowd->mark = calloc(count, sizeof *crowd->mark);
    crowd->cells = calloc(FORMULA_BLOCKS, sizeof *crowd->cells);
    crowd->first = calloc(FORMULA_BLOCKS + 1, sizeof *crowd->first);
    crowd->before = calloc(CORNERS, sizeof *crowd->before);
    crowd->member = calloc(MEMBERS_MAX, sizeof *crowd->member);
    if (!crowd->goal || !crowd->mark || !crowd->cells || !crowd->first ||
        !crowd->before || !crowd->member) {
        formula_crowd_close(crowd);
        return STATUS_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        struct formula_mark *mark = &crowd->mark[i];
        formula_ball_make(&target[i], &crowd->goal[i].ball);
        mark->L = (float)target[i].L;
        mark->a = (float)target[i].a;
        mark->b = (float)target[i].b;
        atomic_init(&mark->limit, HUGE_VAL);
    }
    *out = crowd;
    return STATUS_OK;
}

void formula_crowd_close(struct formula_crowd *crowd)
{
    if (!crowd)
        return;
    pthread_mutex_destroy(&crowd->lock);
    free(crowd->goal);
    free(crowd->mark);
    free(crowd->cells);
    free(crowd->first);
    free(crowd->before);
    free(crowd->member);
    free(crowd);
}

/* -- what has been found ------------------------------------------------------------- */

/* Scores are compared after rounding to 1e-9 (formula_state.c). */
static const double same_score = 2e-9;

static void settle(const struct formula_goal *goal, struct formula_mark *mark)
{
    double limit = goal->state.best.ciede2000 + same_score;
    struct formula_spheroid spheroid = formula_spheroid_of(&goal->ball, limit);
    atomic_store_explicit(&mark->limit, limit, memory_order_relaxed);
    atomic_store_explicit(&mark->by_lightness, spheroid.by_lightness,
                          memory_order_relaxed);
    atomic_store_explicit(&mark->by_plane, spheroid.by_plane, memory_order_relaxed);
}

void formula_crowd_offer(struct formula_crowd *crowd, size_t goal,
                         const struct formula *recipe)
{
    pthread_mutex_lock(&crowd->lock);
    if (formula_state_offer(recipe, &crowd->goal[goal].state) == STATUS_OK)
        settle(&crowd->goal[goal], &crowd->mark[goal]);
    pthread_mutex_unlock(&crowd->lock);
}

/* -- cells --------------------------------------------------------------------------- */

/* Of each target. */
struct lists {
    const struct formula_goal *goal;
    const struct formula_mark *mark;
    const struct formula_map *map;
    enum formula_goals goals;
    struct formula_block_list *list;
    atomic_size_t members; /* so far */
    atomic_bool failed;
};

static void list_goal(size_t index, void *context)
{
    struct lists *lists = context;
    const struct formula_goal *goal = &lists->goal[index];
    const struct formula_map *map = lists->map;
    if (lists->goals != FORMULA_GOALS_ALL &&
        goal->is_near != (lists->goals == FORMULA_GOALS_NEAR))
        return;
    if (lists->members > MEMBERS_MAX) /* too many already */
        return;
    if (formula_reach(&goal->ball, lists->mark[index].limit,
                      map->is_known ? &map->occupancy : NULL,
                      &lists->list[index]) != STATUS_OK)
        lists->failed = true;
    lists->members += lists->list[index].count;
}

static enum status list_goals(const struct formula_crowd *crowd,
                              const struct formula_map *map, size_t first, size_t count,
                              enum formula_goals goals, struct formula_block_list *list)
{
    struct lists lists = {
        &crowd->goal[first], &crowd->mark[first], map, goals, list, 0, false};
    threads_run_on(map->solver->problem.threads, count, list_goal, &lists);
    if (lists.failed)
        return STATUS_NO_MEMORY;
    return lists.members > MEMBERS_MAX ? STATUS_OUT_OF_RANGE : STATUS_OK;
}

/* Members by blocks; first[block] runs ahead while they are placed, up to where the next
 * block begins. */
static void place_members(struct formula_crowd *crowd, size_t first,
                          const struct formula_block_list *list, size_t count)
{
    memset(crowd->cells, 0, FORMULA_BLOCKS * sizeof *crowd->cells);
    memset(crowd->first, 0, (FORMULA_BLOCKS + 1) * sizeof *crowd->first);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < list[i].count; k++) {
            crowd->first[list[i].blocks[k].block + 1]++;
            crowd->cells[list[i].blocks[k].block] |= list[i].blocks[k].cells;
        }
    for (size_t block = 0; block < FORMULA_BLOCKS; block++)
        crowd->first[block + 1] += crowd->first[block];
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < list[i].count; k++) {
            const struct formula_cells_of_block *it = &list[i].blocks[k];
            crowd->member[crowd->first[it->block]++] =
                (struct formula_member){(uint32_t)(first + i), it->cells};
        }
    memmove(crowd->first + 1, crowd->first, FORMULA_BLOCKS * sizeof *crowd->first);
    crowd->first[0] = 0;
}

static size_t corner(size_t l, size_t a, size_t b)
{
    return (l * CORNERS_AB + a) * CORNERS_AB + b;
}

/* Sums over all blocks whose three positions are below those of a corner. */
static void sum_blocks(struct formula_crowd *crowd)
{
    for (size_t l = 0; l < FORMULA_BLOCKS_L; l++)
        for (size_t a = 0; a < FORMULA_BLOCKS_AB; a++) {
            uint32_t row = 0;
            for (size_t b = 0; b < FORMULA_BLOCKS_AB; b++) {
                row +=
                    crowd->cells[(l * FORMULA_BLOCKS_AB + a) * FORMULA_BLOCKS_AB + b] !=
                    0;
                crowd->before[corner(l + 1, a + 1, b + 1)] =
                    row + crowd->before[corner(l, a + 1, b + 1)] +
                    crowd->before[corner(l + 1, a, b + 1)] -
                    crowd->before[corner(l, a, b + 1)];
            }
        }
}

enum status formula_crowd_spread(struct formula_crowd *crowd,
                                 const struct formula_map *map, size_t first,
                                 size_t count, enum formula_goals goals)
{
    struct formula_block_list *list = calloc(count, sizeof *list);
    if (!list)
        return STATUS_NO_MEMORY;
    enum status status = list_goals(crowd, map, first, count, goals, list);
    if (status == STATUS_OK) {
        place_members(crowd, first, list, count);
        sum_blocks(crowd);
    }
    for (size_t i = 0; i < count; i++)
        free(list[i].blocks);
    free(list);
    return status;
}

/* Sums over the eight corners of the box. */
bool formula_crowd_meets(const struct formula_crowd *crowd, const struct formula_box *box)
{
    const uint32_t *before = crowd->before;
    size_t l0 = box->low[0], a0 = box->low[1], b0 = box->low[2];
    size_t l1 = box->high[0] + 1u, a1 = box->high[1] + 1u, b1 = box->high[2] + 1u;
    uint32_t above = before[corner(l1, a1, b1)] - before[corner(l1, a0, b1)] -
                     before[corner(l1, a1, b0)] + before[corner(l1, a0, b0)];
    uint32_t below = before[corner(l0, a1, b1)] - before[corner(l0, a0, b1)] -
                     before[corner(l0, a1, b0)] + before[corner(l0, a0, b0)];
    return above != below;
}
