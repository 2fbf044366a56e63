/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best recipe so far, and how near the target what is better must be. */
#include <math.h>

#include "colorlib/formula_solver.h"

/* Scores are compared after rounding to this. */
static const double score_step = 1e-9;

static unsigned parts_of(const struct formula *formula)
{
    unsigned sum = formula->diluent;
    for (size_t k = 0; k < formula->count; k++)
        sum += formula->part[k].parts;
    return sum;
}

/* Below 0 where a goes before b. */
static int compare(const struct formula *a, const struct formula *b)
{
    double x = round(a->ciede2000 / score_step), y = round(b->ciede2000 / score_step);
    if (x != y)
        return x < y ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    unsigned one = parts_of(a), two = parts_of(b);
    if (one != two)
        return one < two ? -1 : 1;
    for (size_t k = 0; k < a->count; k++) {
        if (a->part[k].colorant != b->part[k].colorant)
            return a->part[k].colorant < b->part[k].colorant ? -1 : 1;
        if (a->part[k].parts != b->part[k].parts)
            return a->part[k].parts < b->part[k].parts ? -1 : 1;
    }
    return 0;
}

/* What may be better than the best recipe is no further from the target than this. */
static double still_better(const struct formula_state *state)
{
    return state->best.ciede2000 + 2 * score_step;
}

/* What rounding a radius to a float may take from it. */
static const double rounded_up = 1 + 1e-6;

static void take_limit(float radius, struct formula_state *state)
{
    state->search.limit = fmin(state->search.limit, (double)radius);
}

void formula_state_settle(const struct formula_aim *aim, struct formula_state *state)
{
    const double clearly = 0.97; /* a smaller ball is not worth its computation */
    if (state->best.count == 0 || state->best.ciede2000 >= clearly * state->settled)
        return;
    double radius = formula_ball_radius(&aim->ball, still_better(state)) * rounded_up;
    take_limit((float)radius, state);
    state->settled = state->best.ciede2000;
}

void formula_state_settle_large(const struct formula_solver *solver,
                                const struct formula_aim *aim, size_t size,
                                struct formula_state *state)
{
    const double large = 3.2, too_large = 12, clearly = 0.85, many = 1e4;
    double most = still_better(state);
    double recipes =
        (double)solver->sets[size - 1] * (double)solver->grid[size - 1]->count;
    formula_state_settle(aim, state);
    if (most < large || most > too_large || most > clearly * state->covered ||
        recipes < many)
        return;
    formula_ball_hull(&aim->ball, most, &state->hull);
    for (size_t face = 0; face < FORMULA_FACES; face++)
        state->hull.support[face] += 2 * (double)aim->axes.noise;
    take_limit((float)(state->hull.radius * rounded_up), state);
    state->covered = most;
}

enum status formula_state_offer(const struct formula *recipe, struct formula_state *state)
{
    if (state->best.count > 0 && compare(recipe, &state->best) >= 0)
        return STATUS_REJECTED;
    state->best = *recipe;
    return STATUS_OK;
}
