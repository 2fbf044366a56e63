/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sets of pigments are worth pouring. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/recipe_solver.h"
#include "colorlib/subsets.h"

/* Sets of each size from which larger ones grow. */
enum { BEAM = 12 };

/* A set that promises so much more than the best one is not polished any further: it
 * would have to gain more than larger sets do. */
static const double hopeless = 0.5;

struct exploration {
    const struct recipe_solver *solver;
    enum recipe_rule rule;
    struct recipe_set *set; /* found so far, RECIPE_SETS_MAX at the most */
    size_t count;
    double best;                     /* promise */
    uint64_t tried[RECIPE_SETS_MAX]; /* sets as bits, polished or given up */
    size_t tried_count;
};

static uint64_t bits(const struct recipe_set *set)
{
    uint64_t sum = 0;
    for (size_t k = 0; k < set->count; k++)
        sum |= UINT64_C(1) << set->pigment[k];
    return sum;
}

/* Notes a set; NOT_FOUND when it was noted before or there is no room. */
static enum status note(struct exploration *exploration, uint64_t set)
{
    for (size_t i = 0; i < exploration->tried_count; i++)
        if (exploration->tried[i] == set)
            return STATUS_NOT_FOUND;
    if (exploration->tried_count == RECIPE_SETS_MAX)
        return STATUS_NOT_FOUND;
    exploration->tried[exploration->tried_count++] = set;
    return STATUS_OK;
}

/* Removes the pigments of which there are only traces; says whether any was. */
static bool drop_traces(const struct recipe_problem *p, struct recipe_set *set)
{
    size_t kept = 0, count = set->count;
    for (size_t k = 0; k < count; k++) {
        if (recipe_is_trace(p, set->pigment[k], set->concentration[k]))
            continue;
        set->pigment[kept] = set->pigment[k];
        set->concentration[kept++] = set->concentration[k];
    }
    set->count = kept;
    return kept < count;
}

/* Polishes a set from the concentrations given and adds it, unless it was tried before.
 * What is left of a set that sheds a pigment counts as a set of its own. */
static enum status try_set(struct exploration *exploration, struct recipe_set set)
{
    while (set.count > 0 && note(exploration, bits(&set)) == STATUS_OK) {
        /* single pigments are few, and what others must beat */
        enum recipe_effort effort = set.count == 1 ? RECIPE_THOROUGH : RECIPE_QUICK;
        if (recipe_polish(exploration->solver, exploration->rule, effort,
                          exploration->best + hopeless, &set) == STATUS_NO_MEMORY)
            return STATUS_NO_MEMORY;
        if (drop_traces(&exploration->solver->problem, &set))
            continue;
        exploration->set[exploration->count++] = set;
        exploration->best = fmin(exploration->best, set.promise);
    }
    return STATUS_OK;
}

static int by_promise(const void *left, const void *right)
{
    const struct recipe_set *a = left, *b = right;
    double x = recipe_rounded(a->promise), y = recipe_rounded(b->promise);
    if (x != y)
        return x < y ? -1 : 1;
    return (bits(a) > bits(b)) - (bits(a) < bits(b));
}

/* The set with one pigment more, in its place. */
static struct recipe_set grown(const struct recipe_set *set, size_t pigment)
{
    struct recipe_set larger = *set;
    size_t k = larger.count++;
    for (; k > 0 && larger.pigment[k - 1] > pigment; k--) {
        larger.pigment[k] = larger.pigment[k - 1];
        larger.concentration[k] = larger.concentration[k - 1];
    }
    larger.pigment[k] = pigment;
    larger.concentration[k] = RECIPE_START;
    return larger;
}

/* Tries every set that the best ones of a size become with one pigment more. */
static enum status grow(struct exploration *exploration, size_t size)
{
    qsort(exploration->set, exploration->count, sizeof exploration->set[0], by_promise);
    struct recipe_set beam[BEAM];
    size_t width = 0;
    for (size_t s = 0; s < exploration->count && width < BEAM; s++)
        if (exploration->set[s].count == size)
            beam[width++] = exploration->set[s];
    enum status status = STATUS_OK;
    for (size_t s = 0; s < width; s++)
        for (size_t p = 0; p < exploration->solver->problem.pigment_count; p++)
            if (status == STATUS_OK && !(bits(&beam[s]) >> p & 1))
                status = try_set(exploration, grown(&beam[s], p));
    return status;
}

/* Every pigment alone, then what the linear stage ranks best. */
static enum status begin(struct exploration *exploration, struct recipe_report *report)
{
    const struct recipe_problem *p = &exploration->solver->problem;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < p->pigment_count && status == STATUS_OK; i++)
        status = try_set(exploration, (struct recipe_set){1, {i}, {RECIPE_START}, 0});

    struct normal_equations equations;
    struct subset subset[SUBSETS_KEPT];
    size_t kept;
    recipe_linearize(exploration->solver, &equations);
    report->subsets += subsets_search(&equations, p->pigments_max, subset, &kept);
    for (size_t s = 0; s < kept && status == STATUS_OK; s++) {
        struct recipe_set set = {.count = subset[s].count};
        memcpy(set.pigment, subset[s].pigment, sizeof set.pigment);
        memcpy(set.concentration, subset[s].concentration, sizeof set.concentration);
        status = try_set(exploration, set);
    }
    return status;
}

enum status recipe_explore(const struct recipe_solver *solver, enum recipe_rule rule,
                           struct recipe_set *sets, size_t *count,
                           struct recipe_report *report)
{
    struct exploration *exploration = calloc(1, sizeof *exploration);
    if (!exploration)
        return STATUS_NO_MEMORY;
    exploration->solver = solver;
    exploration->rule = rule;
    exploration->set = sets;
    exploration->best = HUGE_VAL;
    enum status status = begin(exploration, report);
    for (size_t size = 1; size < solver->problem.pigments_max && status == STATUS_OK;
         size++)
        status = grow(exploration, size);
    qsort(sets, exploration->count, sizeof sets[0], by_promise);
    *count = exploration->count;
    report->polished += exploration->count;
    free(exploration);
    return status;
}
