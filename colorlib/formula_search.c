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

/* -- as an appearance ---------------------------------------------------------------- */

void formula_narrow(const void *context, const struct search_region *region,
                    struct search_state *known, struct search_rest *rest)
{
    const struct formula_quest *quest = context;
    struct formula_task task = *(const struct formula_task *)region;
    struct formula_state *state = (struct formula_state *)known;
    const uint64_t effort = task.search.effort, used = known->regions;
    state->open = HUGE_VAL;
    state->regions_max = effort > UINT64_MAX - used ? UINT64_MAX : used + effort;
    formula_explore(quest->solver, &quest->aim, &task.set, state);
    if (isinf(state->open) || state->open > known->limit)
        return;
    task.search.promise = fmax(task.search.promise, state->open);
    task.search.effort = SEARCH_FURTHER * effort; /* it begins anew */
    search_leave(rest, &task.search);
}

void formula_take(const void *quest, const struct search_state *from,
                  struct search_state *to)
{
    (void)quest;
    const struct formula_state *found = (const struct formula_state *)from;
    if (found->best.count > 0)
        formula_state_offer(&found->best, (struct formula_state *)to);
}

void formula_settle(const void *context, struct search_state *state)
{
    const struct formula_quest *quest = context;
    formula_state_settle_large(quest->solver, &quest->aim, quest->size,
                               (struct formula_state *)state);
}

/* -- budgets ------------------------------------------------------------------------- */

/* The sets of some sizes. */
static uint64_t count_sets(const struct formula_solver *solver, size_t from, size_t to)
{
    uint64_t sets = 0;
    for (size_t size = from; size <= to; size++)
        sets += solver->sets[size - 1];
    return sets;
}

/* What is left of the budget goes to the sizes that are left, in proportion to their
 * sets; as many regions as sets it is at least. */
static uint64_t share_of(const struct formula_solver *solver, size_t size, uint64_t used)
{
    uint64_t budget = solver->problem.budget, sets = solver->sets[size - 1];
    if (budget == 0)
        return 0;
    double part =
        (double)sets / (double)count_sets(solver, size, solver->problem.size_max);
    uint64_t share = budget > used ? (uint64_t)((double)(budget - used) * part) : 0;
    return share > sets ? share : sets;
}

/* Gives the sets of a size to the search, in equal parts of the share. */
static void add_sets(const struct formula_solver *solver, size_t size, uint64_t share,
                     struct search *search)
{
    uint64_t sets = solver->sets[size - 1];
    struct formula_task task = {.search.effort = share > 0 ? share / sets : UINT64_MAX,
                                .set.count = size};
    sets_first(task.set.colorant, size);
    for (; sets > 0; sets--) {
        search_add(search, &task.search);
        sets_next(task.set.colorant, size, solver->problem.colorant_count);
    }
}

/* -- targets ------------------------------------------------------------------------- */

static bool is_color(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

/* Size by size, so that the best of each is known. Where the budget leaves sets of one
 * size, they go on with those of the next. */
static void search_sizes(struct formula_quest *quest, struct search *search,
                         struct formula_state *known, struct formula *out)
{
    const struct formula_solver *solver = quest->solver;
    for (size_t size = 1; size <= solver->problem.size_max; size++) {
        uint64_t used = known->search.regions;
        uint64_t share = solver->sets[size - 1] > 0 ? share_of(solver, size, used) : 0;
        if (solver->sets[size - 1] > 0) {
            quest->size = size;
            formula_start(solver, &quest->aim, size, known);
            add_sets(solver, size, share, search);
            search_run(search, &known->search, share > 0 ? used + share : 0);
        }
        out[size - 1] = known->best;
    }
}

static struct formula_certificate certify(const struct formula_quest *quest,
                                          const struct formula_state *known,
                                          double promise)
{
    uint64_t recipes = quest->solver->recipes, examined = known->search.examined;
    double best = known->best.ciede2000;
    bool is_open = promise <= known->search.limit;
    return (struct formula_certificate){
        .recipes = recipes,
        .examined = examined < recipes ? examined : recipes,
        .regions = known->search.regions,
        .bound =
            is_open ? fmin(formula_ball_reach(&quest->aim.ball, promise), best) : best,
    };
}

/* What a search for one target needs. */
struct needs {
    struct formula_quest quest;
    struct formula_state known;
};

static enum status needs_open(const struct formula_solver *solver,
                              const cmsCIELab *target, struct needs **out)
{
    struct needs *needs = aligned_alloc(64, (sizeof *needs + 63) / 64 * 64);
    if (!needs)
        return STATUS_NO_MEMORY;
    needs->quest.solver = solver;
    aim_at(solver, target, &needs->quest.aim);
    needs->known = (struct formula_state){
        .search.limit = HUGE_VAL, .settled = HUGE_VAL, .covered = HUGE_VAL};
    *out = needs;
    return STATUS_OK;
}

enum status formula_search(const struct formula_solver *solver, const cmsCIELab *target,
                           struct formula out[FORMULA_SIZE_MAX],
                           struct formula_certificate *certificate)
{
    if (!is_color(target))
        return STATUS_OUT_OF_RANGE;
    if (solver->recipes == 0)
        return STATUS_NOT_FOUND;
    struct needs *needs;
    struct search *search = NULL;
    enum status status = needs_open(solver, target, &needs);
    if (status != STATUS_OK)
        return status;
    status = search_open(
        &(struct search_problem){.appearance = &solver->appearance->appearance,
                                 .model = &needs->quest,
                                 .waiting_max =
                                     count_sets(solver, 1, solver->problem.size_max),
                                 .threads = solver->problem.threads},
        &search);
    if (status == STATUS_OK) {
        search_sizes(&needs->quest, search, &needs->known, out);
        *certificate = certify(&needs->quest, &needs->known, search_promise(search));
    }
    search_close(search);
    free(needs);
    return status;
}
