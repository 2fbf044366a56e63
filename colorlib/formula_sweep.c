/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All recipes of a size, each offered to the targets that it may be better for. */
#include <stdatomic.h>

#include "colorlib/formula_crowd.h"
#include "colorlib/threads.h"

/* -- judging ------------------------------------------------------------------------- */

/* Recipes next to targets, compared side by side. */
struct panel {
    struct formula_map *map;
    struct formula_crowd *crowd;
    size_t count;
    size_t goal[LANES];
    struct formula_address address[LANES];
    struct lanes_lab standard, sample;
};

static void judge(struct panel *panel)
{
    double difference[LANES];
    if (panel->count == 0)
        return;
    for (size_t k = panel->count; k < LANES; k++) { /* lanes without a recipe */
        panel->standard.L[k] = panel->standard.L[0];
        panel->standard.a[k] = panel->standard.a[0];
        panel->standard.b[k] = panel->standard.b[0];
        panel->sample.L[k] = panel->sample.L[0];
        panel->sample.a[k] = panel->sample.a[0];
        panel->sample.b[k] = panel->sample.b[0];
    }
    lanes_ciede2000(panel->map->solver->isa, &panel->standard, &panel->sample, 1,
                    difference);
    for (size_t k = 0; k < panel->count; k++) {
        const struct formula_ball *ball = &panel->crowd->goal[panel->goal[k]].ball;
        double limit = atomic_load_explicit(&panel->crowd->mark[panel->goal[k]].limit,
                                            memory_order_relaxed);
        if (!formula_reach_may_hold(ball, limit, panel->sample.a[k], panel->sample.b[k],
                                    difference[k]))
            continue;
        struct formula recipe =
            formula_map_recipe(panel->map, &panel->address[k], &ball->target);
        formula_crowd_offer(panel->crowd, panel->goal[k], &recipe);
    }
    panel->count = 0;
}

/* A recipe's color in single precision. */
struct color {
    float L, a, b;
};

static void add(struct panel *panel, size_t goal, const struct color *color,
                const struct formula_address *address)
{
    const cmsCIELab *target = &panel->crowd->goal[goal].ball.target;
    size_t k = panel->count++;
    panel->goal[k] = goal;
    panel->address[k] = *address;
    panel->standard.L[k] = target->L;
    panel->standard.a[k] = target->a;
    panel->standard.b[k] = target->b;
    panel->sample.L[k] = (double)color->L;
    panel->sample.a[k] = (double)color->a;
    panel->sample.b[k] = (double)color->b;
    if (panel->count == LANES)
        judge(panel);
}

static bool is_near(const struct formula_mark *mark, const struct color *color)
{
    float by_lightness = atomic_load_explicit(&mark->by_lightness, memory_order_relaxed);
    float by_plane = atomic_load_explicit(&mark->by_plane, memory_order_relaxed);
    float dL = color->L - mark->L, da = color->a - mark->a, db = color->b - mark->b;
    return dL * dL * by_lightness + (da * da + db * db) * by_plane <= 1;
}

/* -- sweeping ------------------------------------------------------------------------ */

static void offer_to_members(struct panel *panel, int32_t cell, const struct color *color,
                             const struct formula_address *address)
{
    const struct formula_crowd *crowd = panel->crowd;
    int32_t block = formula_cell_block(cell);
    uint64_t bit = formula_cell_bit(cell);
    for (uint32_t i = crowd->first[block]; i < crowd->first[block + 1]; i++) {
        const struct formula_member *member = &crowd->member[i];
        if ((member->cells & bit) && is_near(&crowd->mark[member->goal], color))
            add(panel, member->goal, color, address);
    }
}

static void sweep_chunk(struct panel *panel, size_t stretch, size_t set, size_t chunk)
{
    const struct formula_crowd *crowd = panel->crowd;
    struct lanes_recipes recipes;
    size_t count = formula_map_look(panel->map, set, chunk, &recipes);
    if (!panel->map->is_known)
        formula_map_note(panel->map, stretch, &recipes);
    for (size_t i = 0; i < count; i++) {
        int32_t cell = recipes.cell[i];
        if (!(crowd->cells[formula_cell_block(cell)] & formula_cell_bit(cell)))
            continue;
        struct formula_address address = {(uint32_t)set,
                                          (uint32_t)(chunk * LANES_RECIPES + i)};
        struct color color = {recipes.L[i], recipes.a[i], recipes.b[i]};
        offer_to_members(panel, cell, &color, &address);
    }
}

/* One chunk in so many is looked at first, another one in each set. */
enum { FEW = 16 };

static bool takes_part(enum formula_sweep sweep, size_t set, size_t chunk)
{
    bool first = (set + chunk) % FEW == 0;
    return sweep == FORMULA_SWEEP_ALL || first == (sweep == FORMULA_SWEEP_FEW);
}

static void sweep_stretch(struct panel *panel, enum formula_sweep sweep, size_t index)
{
    const struct formula_map *map = panel->map;
    if (map->is_known && !formula_crowd_meets(panel->crowd, &map->box[index]))
        return;
    size_t set = index / map->stretches;
    size_t first = index % map->stretches * map->chunks_to_stretch;
    size_t behind = first + map->chunks_to_stretch;
    for (size_t chunk = first; chunk < behind && chunk < map->chunks; chunk++)
        if (takes_part(sweep, set, chunk))
            sweep_chunk(panel, index, set, chunk);
}

/* What threads share, a piece of so many stretches at a time. */
enum { STRETCHES_AT_ONCE = 256 };

struct sweep {
    struct formula_map *map;
    struct formula_crowd *crowd;
    enum formula_sweep which;
};

static void sweep_piece(size_t piece, void *context)
{
    const struct sweep *sweep = context;
    struct panel panel = {.map = sweep->map, .crowd = sweep->crowd};
    size_t all = sweep->map->sets * sweep->map->stretches;
    size_t first = piece * STRETCHES_AT_ONCE, behind = first + STRETCHES_AT_ONCE;
    for (size_t i = first; i < behind && i < all; i++)
        sweep_stretch(&panel, sweep->which, i);
    judge(&panel);
}

void formula_sweep(struct formula_map *map, struct formula_crowd *crowd,
                   enum formula_sweep which)
{
    struct sweep sweep = {map, crowd, which};
    size_t all = map->sets * map->stretches;
    threads_run_on(map->solver->problem.threads,
                   (all + STRETCHES_AT_ONCE - 1) / STRETCHES_AT_ONCE, sweep_piece,
                   &sweep);
}

/* -- samples ------------------------------------------------------------------------- */

/* Up to here a ball lists few more cells than those with recipes in them. */
static const double near_enough = 3;

static struct lanes_metric metric_of(const struct formula_ball *ball)
{
    double along = 1, across = 0; /* of the target's hue */
    if (ball->chroma > 0) {
        along = ball->stretch * ball->target.a / ball->chroma;
        across = ball->target.b / ball->chroma;
    }
    return (struct lanes_metric){
        .L = (float)ball->target.L,
        .a = (float)ball->target.a,
        .b = (float)ball->target.b,
        .lightness = (float)(1 / ball->of_lightness),
        .along = {(float)(ball->stretch * along / ball->of_chroma),
                  (float)(across / ball->of_chroma)},
        .across = {(float)(-ball->stretch * across / ball->of_hue),
                   (float)(along / ball->of_hue)},
    };
}

/* The nearest sample of each lane, and the nearest of these. */
static size_t nearest_sample(const struct formula_map *map,
                             const struct formula_goal *goal)
{
    struct lanes_metric metric = metric_of(&goal->ball);
    struct lanes_lab standard, sample;
    int32_t index[LANES];
    double difference[LANES];
    size_t best = 0;
    lanes_nearest(map->solver->isa, &map->samples, &metric, index);
    for (size_t i = 0; i < LANES; i++) {
        standard.L[i] = goal->ball.target.L;
        standard.a[i] = goal->ball.target.a;
        standard.b[i] = goal->ball.target.b;
        sample.L[i] = map->samples.L[index[i]];
        sample.a[i] = map->samples.a[index[i]];
        sample.b[i] = map->samples.b[index[i]];
    }
    lanes_ciede2000(map->solver->isa, &standard, &sample, 1, difference);
    for (size_t i = 1; i < LANES; i++)
        if (difference[i] < difference[best])
            best = i;
    return (size_t)index[best];
}

/* Where all recipes are samples, no cells are needed. */
static void try_all_samples(const struct sweep *sweep, size_t goal)
{
    const struct lanes_samples *samples = &sweep->map->samples;
    struct panel panel = {.map = sweep->map, .crowd = sweep->crowd};
    for (size_t i = 0; i < samples->count; i++) {
        struct color color = {samples->L[i], samples->a[i], samples->b[i]};
        if (is_near(&sweep->crowd->mark[goal], &color))
            add(&panel, goal, &color, &sweep->map->sampled[i]);
    }
    judge(&panel);
}

static void try_samples(size_t index, void *context)
{
    const struct sweep *sweep = context;
    struct formula_goal *goal = &sweep->crowd->goal[index];
    size_t sample = nearest_sample(sweep->map, goal);
    struct formula recipe =
        formula_map_recipe(sweep->map, &sweep->map->sampled[sample], &goal->ball.target);
    formula_crowd_offer(sweep->crowd, index, &recipe);
    goal->is_near = goal->state.best.ciede2000 <= near_enough;
    if (sweep->map->has_sampled_all)
        try_all_samples(sweep, index);
}

void formula_sweep_samples(struct formula_map *map, struct formula_crowd *crowd)
{
    struct sweep sweep = {.map = map, .crowd = crowd};
    threads_run_on(map->solver->problem.threads, crowd->count, try_samples, &sweep);
}
