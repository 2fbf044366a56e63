/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A good recipe to begin with: what must be beaten from the start makes the search proper
 * short. A few recipes of every set are looked at; from the nearest ones the way goes
 * part by part to better ones.
 */
#include <math.h>
#include <string.h>

#include "colorlib/formula_region.h"

enum { STARTS = 6 }; /* climbed from */

/* The recipe of a set that is nearest to the target among its samples. */
struct start {
    struct formula_set set;
    uint8_t parts[FORMULA_COMPONENTS_MAX];
    float distance; /* squared, in the coordinates of the ball */
};

struct starts {
    struct start start[STARTS]; /* the nearest first */
    size_t count;
};

static void keep(struct starts *starts, const struct start *start)
{
    size_t at = starts->count;
    while (at > 0 && start->distance < starts->start[at - 1].distance)
        at--;
    if (at == STARTS)
        return;
    if (starts->count < STARTS)
        starts->count++;
    memmove(&starts->start[at + 1], &starts->start[at],
            (starts->count - at - 1) * sizeof starts->start[0]);
    starts->start[at] = *start;
}

/* The nearest of LANES recipes. */
struct nearest {
    size_t lane;
    float distance;
};

static struct nearest nearest_of(const struct formula_exploration *e,
                                 float fraction[][LANES])
{
    struct appearance_views views;
    e->solver->appearance->survey(e->solver->isa, &e->solver->film, &e->aim->axes,
                                  e->liquid, fraction, e->grid->components, &views);
    e->state->search.examined += LANES;
    struct nearest nearest = {0, HUGE_VALF};
    for (size_t k = 0; k < LANES; k++) {
        float distance = 0;
        for (size_t axis = 0; axis < 3; axis++)
            distance += views.y[axis][k] * views.y[axis][k];
        if (distance < nearest.distance)
            nearest = (struct nearest){k, distance};
    }
    return nearest;
}

/* Recipes of a grid, spread over it; they are the same for all sets of a size. */
struct samples {
    const uint8_t *parts[LANES];
    alignas(64) float fraction[FORMULA_COMPONENTS_MAX][LANES];
};

static void spread_samples(const struct formula_grid *grid, struct samples *out)
{
    for (size_t k = 0; k < LANES; k++) {
        out->parts[k] = grid->parts[(2 * k + 1) * grid->count / (2 * LANES)];
        formula_load(grid, out->parts[k], k, out->fraction);
    }
}

static void sample(const struct formula_exploration *e, struct samples *samples,
                   struct starts *starts)
{
    struct nearest nearest = nearest_of(e, samples->fraction);
    if (!(nearest.distance < HUGE_VALF))
        return;
    struct start start = {.set = *e->set, .distance = nearest.distance};
    memcpy(start.parts, samples->parts[nearest.lane], sizeof start.parts);
    keep(starts, &start);
}

/* Recipes that are one step away: one part more of one component, or less of another, or
 * both. */
struct neighbors {
    uint8_t parts[(FORMULA_COMPONENTS_MAX + 1) * FORMULA_COMPONENTS_MAX]
                 [FORMULA_COMPONENTS_MAX];
    size_t count;
};

/* Adds the recipe of a step unless it has too much in all or not enough of a colorant;
 * the number of components stands for none. */
static void add_neighbor(const struct formula_exploration *e, const uint8_t *parts,
                         size_t more, size_t less, struct neighbors *neighbors)
{
    size_t n = e->grid->components, colorants = e->set->count;
    uint8_t *next = neighbors->parts[neighbors->count];
    unsigned sum = 0;
    for (size_t c = 0; c < n; c++) {
        if (c == less && parts[c] <= (c < colorants))
            return;
        next[c] = (uint8_t)(parts[c] + (c == more) - (c == less));
        sum += next[c];
    }
    neighbors->count += sum <= e->solver->problem.parts_max;
}

static void find_neighbors(const struct formula_exploration *e, const uint8_t *parts,
                           struct neighbors *out)
{
    size_t n = e->grid->components;
    out->count = 0;
    for (size_t more = 0; more <= n; more++)
        for (size_t less = 0; less <= n; less++)
            if (more != less)
                add_neighbor(e, parts, more, less, out);
}

/* Takes the step that comes nearest to the target; REJECTED where none comes nearer. */
static enum status step(const struct formula_exploration *e, struct start *start)
{
    alignas(64) float fraction[FORMULA_COMPONENTS_MAX][LANES];
    struct neighbors neighbors;
    const uint8_t *best = NULL;
    find_neighbors(e, start->parts, &neighbors);
    for (size_t from = 0; from < neighbors.count; from += LANES) {
        size_t left = neighbors.count - from; /* the last recipe fills the lanes */
        for (size_t k = 0; k < LANES; k++)
            formula_load(e->grid, neighbors.parts[from + (k < left ? k : left - 1)], k,
                         fraction);
        struct nearest nearest = nearest_of(e, fraction);
        if (nearest.distance < start->distance) {
            start->distance = nearest.distance;
            best =
                neighbors.parts[from + (nearest.lane < left ? nearest.lane : left - 1)];
        }
    }
    if (!best)
        return STATUS_REJECTED;
    memcpy(start->parts, best, sizeof start->parts);
    return STATUS_OK;
}

static void climb(const struct formula_solver *solver, const struct formula_aim *aim,
                  struct start *start, struct formula_state *state)
{
    struct formula_exploration e =
        formula_exploration_of(solver, aim, &start->set, state);
    while (step(&e, start) == STATUS_OK)
        ;
    formula_panel_add(&e, start->parts);
    formula_panel_judge(&e);
}

void formula_start(const struct formula_solver *solver, const struct formula_aim *aim,
                   size_t size, struct formula_state *state)
{
    if (solver->grid[size - 1]->count <= FORMULA_ENUMERATED)
        return;
    struct formula_set set = {.count = size};
    struct starts starts = {.count = 0};
    struct samples samples;
    spread_samples(solver->grid[size - 1], &samples);
    sets_first(set.colorant, size);
    do {
        struct formula_exploration e = formula_exploration_of(solver, aim, &set, state);
        sample(&e, &samples, &starts);
    } while (sets_next(set.colorant, size, solver->problem.colorant_count) == STATUS_OK);
    for (size_t i = 0; i < starts.count; i++)
        climb(solver, aim, &starts.start[i], state);
}
