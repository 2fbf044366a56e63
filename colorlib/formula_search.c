/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All sets of colorants, one size after the other. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/formula_solver.h"

static void aim_at(const struct formula_solver *solver, const cmsCIELab *target,
                   struct formula_aim *aim)
{
    const struct weights *weights = solver->problem.weights;
    const double white[3] = {weights->white.X, weights->white.Y, weights->white.Z};
    aim->target = *target;
    for (size_t i = 0; i < LANES; i++) {
        aim->standard.L[i] = target->L;
        aim->standard.a[i] = target->a;
        aim->standard.b[i] = target->b;
    }
    formula_ball_make(target, &aim->ball);
    double noise = 0;
    for (size_t axis = 0; axis < 3; axis++) {
        double sum = fabs(aim->ball.origin[axis]);
        aim->axes.origin[axis] = (float)aim->ball.origin[axis];
        for (size_t i = 0; i < APPEARANCE_LANES; i++) {
            const double *row = aim->ball.axis[axis];
            double weight = i < BAND_COUNT ? row[0] * weights->x[i] / white[0] +
                                                 row[1] * weights->y[i] / white[1] +
                                                 row[2] * weights->z[i] / white[2]
                                           : 0;
            aim->axes.weight[axis][i] = (float)weight;
            sum += fabs(weight);
        }
        noise += sum * sum;
    }
    aim->axes.noise = (float)(APPEARANCE_ROUNDING * sqrt(noise));
}

struct formula_set formula_set_first(size_t size)
{
    struct formula_set set = {.count = size};
    for (size_t k = 0; k < size; k++)
        set.colorant[k] = k;
    return set;
}

enum status formula_set_next(struct formula_set *set, size_t colorant_count)
{
    size_t k = set->count;
    while (k > 0 && set->colorant[k - 1] == colorant_count - set->count + k - 1)
        k--;
    if (k == 0)
        return STATUS_NOT_FOUND;
    set->colorant[k - 1]++;
    for (; k < set->count; k++)
        set->colorant[k] = set->colorant[k - 1] + 1;
    return STATUS_OK;
}

/* Sets are searched in rounds of chunks. All chunks of a round start from what was known
 * before it, and what they find is put together in their order, so that the number of
 * threads changes nothing. */
enum { CHUNK_SETS = 32, ROUND_CHUNKS = 8 };

struct chunk {
    struct formula_set first;
    size_t sets;
    struct formula_state state;
};

struct round {
    struct chunk chunk[ROUND_CHUNKS];
    size_t count;
    struct formula_set next; /* count 0 after the last */
};

static void gather(const struct formula_solver *solver, struct round *round)
{
    round->count = 0;
    while (round->count < ROUND_CHUNKS && round->next.count > 0) {
        struct chunk *chunk = &round->chunk[round->count++];
        chunk->first = round->next;
        for (chunk->sets = 0; chunk->sets < CHUNK_SETS && round->next.count > 0;
             chunk->sets++)
            if (formula_set_next(&round->next, solver->problem.colorant_count) !=
                STATUS_OK)
                round->next.count = 0;
    }
}

/* What is left of the budget goes to the sets that are left in equal parts. */
static void search_chunk(const struct formula_solver *solver,
                         const struct formula_aim *aim, struct chunk *chunk,
                         uint64_t regions_for_set)
{
    struct formula_set set = chunk->first;
    struct formula_state *state = &chunk->state;
    for (size_t i = 0; i < chunk->sets; i++) {
        state->regions_max = regions_for_set > UINT64_MAX - state->regions
                                 ? UINT64_MAX
                                 : state->regions + regions_for_set;
        formula_explore(solver, aim, &set, state);
        formula_set_next(&set, solver->problem.colorant_count);
    }
}

static void take(const struct formula_state *from, struct formula_state *to)
{
    if (from->best.count > 0)
        formula_state_offer(&from->best, to);
    to->examined += from->examined;
    to->regions += from->regions;
    to->open = fmin(to->open, from->open);
}

static uint64_t share_of_budget(const struct formula_solver *solver,
                                const struct formula_state *known, uint64_t sets_left)
{
    uint64_t budget = solver->problem.budget;
    if (budget == 0)
        return UINT64_MAX;
    uint64_t left = budget > known->regions ? budget - known->regions : 0;
    return left / sets_left > 0 ? left / sets_left : 1;
}

static void search_round(const struct formula_solver *solver,
                         const struct formula_aim *aim, struct round *round,
                         uint64_t regions_for_set, struct formula_state *known)
{
    struct formula_state start = *known;
    start.examined = start.regions = 0;
    start.open = HUGE_VAL;
    for (size_t i = 0; i < round->count; i++)
        round->chunk[i].state = start;
    int threads = (int)solver->problem.threads;
    (void)threads; /* without OpenMP */
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (threads > 1)
    for (size_t i = 0; i < round->count; i++)
        search_chunk(solver, aim, &round->chunk[i], regions_for_set);
    for (size_t i = 0; i < round->count; i++)
        take(&round->chunk[i].state, known);
}

static uint64_t sets_from(const struct formula_solver *solver, size_t size)
{
    uint64_t sets = 0;
    for (size_t s = size; s <= solver->problem.size_max; s++)
        sets += solver->sets[s - 1];
    return sets;
}

static void search_size(const struct formula_solver *solver,
                        const struct formula_aim *aim, size_t size, struct round *round,
                        struct formula_state *known)
{
    if (solver->sets[size - 1] == 0)
        return;
    uint64_t sets_left = sets_from(solver, size);
    formula_start(solver, aim, size, known);
    round->next = formula_set_first(size);
    for (gather(solver, round); round->count > 0; gather(solver, round)) {
        formula_state_settle_large(solver, aim, size, known);
        uint64_t share = share_of_budget(solver, known, sets_left);
        search_round(solver, aim, round, share, known);
        for (size_t i = 0; i < round->count; i++)
            sets_left -= round->chunk[i].sets;
    }
}

static bool is_color(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

/* What a search works with. */
struct workspace {
    struct formula_aim aim;
    struct round round;
};

enum status formula_search(const struct formula_solver *solver, const cmsCIELab *target,
                           struct formula out[FORMULA_SIZE_MAX],
                           struct formula_certificate *certificate)
{
    if (!is_color(target))
        return STATUS_OUT_OF_RANGE;
    if (solver->recipes == 0)
        return STATUS_NOT_FOUND;
    struct workspace *work =
        aligned_alloc(64, (sizeof *work + 63) / 64 * 64); /* as the solver */
    if (!work)
        return STATUS_NO_MEMORY;
    aim_at(solver, target, &work->aim);
    struct formula_state known = {
        .radius = HUGE_VALF, .settled = HUGE_VAL, .covered = HUGE_VAL, .open = HUGE_VAL};
    for (size_t size = 1; size <= solver->problem.size_max; size++) {
        search_size(solver, &work->aim, size, &work->round, &known);
        out[size - 1] = known.best;
    }
    double open = formula_ball_reach(&work->aim.ball, known.open);
    *certificate = (struct formula_certificate){
        .recipes = solver->recipes,
        .examined = known.examined < solver->recipes ? known.examined : solver->recipes,
        .regions = known.regions,
        .bound =
            isinf(known.open) ? known.best.ciede2000 : fmin(open, known.best.ciede2000),
    };
    free(work);
    return STATUS_OK;
}
