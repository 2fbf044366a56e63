/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All sets of colorants, one size after the other. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/formula_solver.h"
#include "colorlib/threads.h"

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
    double *open; /* of each set; NULL without a budget */
    struct formula_state state;
};

struct round {
    struct chunk chunk[ROUND_CHUNKS];
    size_t count;
    struct formula_set next; /* count 0 after the last */
    double *next_open;
};

struct search {
    const struct formula_solver *solver;
    struct formula_aim aim;
    struct formula_state known;
    struct round round;
    /* With a budget, of each set, by size: the least distance from the target of what is
     * left of it unsearched, HUGE_VAL for nothing. */
    double *open;
    uint64_t limit; /* of regions, for a size */
    uint64_t share; /* of them, for a set */
};

/* The sets of some sizes. */
static uint64_t count_sets(const struct formula_solver *solver, size_t from, size_t to)
{
    uint64_t sets = 0;
    for (size_t size = from; size <= to; size++)
        sets += solver->sets[size - 1];
    return sets;
}

static double *open_of(const struct search *search, size_t size)
{
    return search->open ? search->open + count_sets(search->solver, 1, size - 1) : NULL;
}

static void begin(struct search *search, size_t size)
{
    search->round.next = formula_set_first(size);
    search->round.next_open = open_of(search, size);
}

static void gather(const struct formula_solver *solver, struct round *round)
{
    round->count = 0;
    while (round->count < ROUND_CHUNKS && round->next.count > 0) {
        struct chunk *chunk = &round->chunk[round->count++];
        chunk->first = round->next;
        chunk->open = round->next_open;
        for (chunk->sets = 0; chunk->sets < CHUNK_SETS && round->next.count > 0;
             chunk->sets++)
            if (formula_set_next(&round->next, solver->problem.colorant_count) !=
                STATUS_OK)
                round->next.count = 0;
        if (round->next_open)
            round->next_open += chunk->sets;
    }
}

/* Whether a set still holds what may be better. */
static bool is_open(const struct chunk *chunk, size_t set,
                    const struct formula_state *state)
{
    return !chunk->open || chunk->open[set] <= (double)state->radius;
}

static void search_chunk(size_t index, void *context)
{
    struct search *search = context;
    const struct formula_solver *solver = search->solver;
    struct chunk *chunk = &search->round.chunk[index];
    struct formula_set set = chunk->first;
    struct formula_state *state = &chunk->state;
    uint64_t share = search->share;
    for (size_t i = 0; i < chunk->sets; i++) {
        if (is_open(chunk, i, state)) {
            state->open = HUGE_VAL;
            state->regions_max =
                share > UINT64_MAX - state->regions ? UINT64_MAX : state->regions + share;
            formula_explore(solver, &search->aim, &set, state);
            if (chunk->open)
                chunk->open[i] = state->open;
        }
        formula_set_next(&set, solver->problem.colorant_count);
    }
}

static void take(const struct formula_state *from, struct formula_state *to)
{
    if (from->best.count > 0)
        formula_state_offer(&from->best, to);
    to->examined += from->examined;
    to->regions += from->regions;
}

static void search_round(struct search *search)
{
    struct round *round = &search->round;
    struct formula_state start = search->known;
    start.examined = start.regions = 0;
    for (size_t i = 0; i < round->count; i++)
        round->chunk[i].state = start;
    threads_run_on(search->solver->problem.threads, round->count, search_chunk, search);
    for (size_t i = 0; i < round->count; i++)
        take(&round->chunk[i].state, &search->known);
}

/* -- budgets ------------------------------------------------------------------------- */

/* What is left of the budget goes to the sizes that are left, in proportion to their
 * sets. */
static uint64_t limit_of(const struct search *search, size_t size)
{
    uint64_t budget = search->solver->problem.budget, used = search->known.regions;
    if (budget == 0)
        return UINT64_MAX;
    double part =
        (double)search->solver->sets[size - 1] /
        (double)count_sets(search->solver, size, search->solver->problem.size_max);
    return used + (budget > used ? (uint64_t)((double)(budget - used) * part) : 0);
}

/* Of what is left for a size, in equal parts; at least a look at each set. */
static uint64_t share_of(const struct search *search, uint64_t sets)
{
    if (search->limit == UINT64_MAX)
        return UINT64_MAX;
    uint64_t used = search->known.regions;
    uint64_t left = search->limit > used ? search->limit - used : 0;
    return left / sets > 0 ? left / sets : 1;
}

static uint64_t open_sets(const struct search *search)
{
    const struct round *round = &search->round;
    uint64_t count = 0;
    for (size_t i = 0; i < round->count; i++)
        for (size_t set = 0; set < round->chunk[i].sets; set++)
            count += is_open(&round->chunk[i], set, &search->known);
    return count;
}

/* All sets of a size that are open, count of them. */
static void search_pass(struct search *search, size_t size, uint64_t count)
{
    begin(search, size);
    for (gather(search->solver, &search->round); search->round.count > 0;
         gather(search->solver, &search->round)) {
        formula_state_settle_large(search->solver, &search->aim, size, &search->known);
        uint64_t here = open_sets(search);
        if (here > 0) {
            search->share = share_of(search, count > here ? count : here);
            search_round(search);
        }
        count -= here < count ? here : count;
    }
}

static uint64_t count_open(struct search *search, size_t size)
{
    uint64_t sets = search->solver->sets[size - 1], count = 0;
    const double *open = open_of(search, size);
    formula_state_settle(&search->aim, &search->known);
    for (uint64_t set = 0; set < sets; set++)
        count += !open || open[set] <= (double)search->known.radius;
    return count;
}

/* Sets that are done with leave their share to the others, which are begun again as long
 * as this lets them go twice as far as the share that they had. */
static void search_size(struct search *search, size_t size, uint64_t share)
{
    uint64_t sets = count_open(search, size);
    while (sets > 0 && share_of(search, sets) / 2 >= share) {
        share = share_of(search, sets);
        search_pass(search, size, sets);
        sets = search->open ? count_open(search, size) : 0;
    }
}

/* What the budget leaves for nothing else goes to what smaller sizes left open. */
static void finish(struct search *search)
{
    const struct formula_problem *p = &search->solver->problem;
    if (!search->open)
        return;
    search->limit = p->budget;
    for (size_t size = 1; size <= p->size_max; size++)
        search_size(search, size, 1);
    uint64_t sets = count_sets(search->solver, 1, p->size_max);
    for (uint64_t set = 0; set < sets; set++)
        if (search->open[set] <= (double)search->known.radius)
            search->known.open = fmin(search->known.open, search->open[set]);
}

/* -- targets ------------------------------------------------------------------------- */

static bool is_color(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

static enum status search_open(const struct formula_solver *solver,
                               const cmsCIELab *target, struct search **out)
{
    struct search *search =
        aligned_alloc(64, (sizeof *search + 63) / 64 * 64); /* as the solver */
    if (!search)
        return STATUS_NO_MEMORY;
    search->solver = solver;
    search->known = (struct formula_state){
        .radius = HUGE_VALF, .settled = HUGE_VAL, .covered = HUGE_VAL, .open = HUGE_VAL};
    search->open = NULL;
    aim_at(solver, target, &search->aim);
    if (solver->problem.budget > 0) {
        search->open = calloc(count_sets(solver, 1, solver->problem.size_max),
                              sizeof search->open[0]);
        if (!search->open) {
            free(search);
            return STATUS_NO_MEMORY;
        }
    }
    *out = search;
    return STATUS_OK;
}

static void search_close(struct search *search)
{
    free(search->open);
    free(search);
}

static struct formula_certificate certify(const struct search *search)
{
    const struct formula_state *known = &search->known;
    uint64_t recipes = search->solver->recipes;
    double open = formula_ball_reach(&search->aim.ball, known->open);
    return (struct formula_certificate){
        .recipes = recipes,
        .examined = known->examined < recipes ? known->examined : recipes,
        .regions = known->regions,
        .bound = isinf(known->open) ? known->best.ciede2000
                                    : fmin(open, known->best.ciede2000),
    };
}

enum status formula_search(const struct formula_solver *solver, const cmsCIELab *target,
                           struct formula out[FORMULA_SIZE_MAX],
                           struct formula_certificate *certificate)
{
    struct search *search;
    if (!is_color(target))
        return STATUS_OUT_OF_RANGE;
    if (solver->recipes == 0)
        return STATUS_NOT_FOUND;
    enum status status = search_open(solver, target, &search);
    if (status != STATUS_OK)
        return status;
    size_t size_max = solver->problem.size_max;
    for (size_t size = 1; size <= size_max; size++) {
        if (solver->sets[size - 1] > 0)
            formula_start(solver, &search->aim, size, &search->known);
        search->limit = limit_of(search, size);
        search_size(search, size, 0);
        out[size - 1] = search->known.best;
    }
    finish(search);
    out[size_max - 1] = search->known.best;
    *certificate = certify(search);
    search_close(search);
    return STATUS_OK;
}
