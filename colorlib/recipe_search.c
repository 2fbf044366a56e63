/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From subsets of pigments to sets with batches, and the choice among them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/recipe_solver.h"
#include "colorlib/subsets.h"

enum {
    SETS_POURED = 40, /* of several pigments, down to drops; single ones always */
    SETS_RELAXED = 8  /* of the linear stage, without the rule */
};

/* Recipes whose scores differ by no more are a tie. */
static const double tie = 0.10;

/* A pigment is left out below this share of one drop in the largest batch. */
static const double drop_share_min = 0.3;

double recipe_rounded(double value)
{
    return round(value * 1e9) / 1e9;
}

static enum status evaluate(const struct recipe_solver *solver,
                            const struct recipe_set *set, size_t batch,
                            struct recipe *out)
{
    return recipe_evaluate(solver, set->batch[batch].part, set->count,
                           set->batch[batch].water_ml, out);
}

enum status recipe_search_grid(const struct recipe_solver *solver, const size_t *pigment,
                               size_t count, struct recipe *out)
{
    if (count < 1 || count > 2)
        return STATUS_OUT_OF_RANGE;
    struct recipe_set set = {.count = count};
    for (size_t k = 0; k < count; k++) {
        if (pigment[k] >= solver->problem.pigment_count)
            return STATUS_OUT_OF_RANGE;
        set.pigment[k] = pigment[k];
    }
    recipe_pour_all(solver, RECIPE_WITHIN, &set);
    return set.batch_count > 0 ? evaluate(solver, &set, 0, out) : STATUS_NOT_FOUND;
}

/* Removes the pigments of which the largest batch would take less than a share of a drop.
 */
static void drop_traces(const struct recipe_problem *p, struct recipe_set *set)
{
    size_t kept = 0;
    for (size_t k = 0; k < set->count; k++) {
        double drops = set->concentration[k] * p->volume_max_ml /
                       p->pigments[set->pigment[k]].drop_ml;
        if (drops < drop_share_min)
            continue;
        set->pigment[kept] = set->pigment[k];
        set->concentration[kept++] = set->concentration[k];
    }
    set->count = kept;
}

static bool same_pigments(const struct recipe_set *a, const struct recipe_set *b)
{
    return a->count == b->count &&
           memcmp(a->pigment, b->pigment, a->count * sizeof a->pigment[0]) == 0;
}

static int by_promise(const void *left, const void *right)
{
    const struct recipe_set *a = left, *b = right;
    double x = recipe_rounded(a->promise), y = recipe_rounded(b->promise);
    return (x > y) - (x < y);
}

/* Takes the best subsets through the nonlinear stage, ordered by the E they reach; each
 * set of pigments once. */
static size_t polish_sets(const struct recipe_solver *solver, enum recipe_rule rule,
                          const struct subset *subset, size_t subset_count,
                          struct recipe_set *sets, size_t capacity)
{
    size_t count = 0;
    for (size_t s = 0; s < subset_count && count < capacity; s++) {
        struct recipe_set *set = &sets[count];
        *set = (struct recipe_set){.count = subset[s].count};
        memcpy(set->pigment, subset[s].pigment, sizeof set->pigment);
        if (recipe_polish(solver, set->pigment, set->count, rule, subset[s].concentration,
                          set->concentration) != STATUS_OK)
            continue;
        drop_traces(&solver->problem, set);
        size_t same = 0;
        while (same < count && !same_pigments(&sets[same], set))
            same++;
        if (set->count == 0 || same < count)
            continue;
        struct recipe_outlook outlook = recipe_outlook(
            solver, set->pigment, set->concentration, set->count, HUGE_VAL);
        set->promise =
            outlook.objective + RECIPE_PIGMENT_PENALTY * (double)(set->count - 1);
        count++;
    }
    qsort(sets, count, sizeof sets[0], by_promise);
    return count;
}

/* Pours the sets, a single pigment over its whole grid; returns how many have a batch. */
static size_t pour_sets(const struct recipe_solver *solver, enum recipe_rule rule,
                        struct recipe_set *sets, size_t count, size_t *evaluated)
{
    size_t poured = 0;
    for (size_t s = 0; s < count; s++) {
        if (s >= SETS_POURED && sets[s].count > 1)
            continue;
        *evaluated += sets[s].count == 1 ? recipe_pour_all(solver, rule, &sets[s])
                                         : recipe_pour_around(solver, rule, &sets[s]);
        if (sets[s].batch_count == 0)
            continue;
        if (poured != s)
            sets[poured] = sets[s];
        poured++;
    }
    return poured;
}

static double worst_metamerism(const struct recipe_solver *solver,
                               const struct recipe *recipe)
{
    double worst = 0;
    for (size_t v = 1; v < solver->problem.illuminant_count; v++)
        worst = fmax(worst, recipe->metamerism[v]);
    return worst;
}

/* Whether a is to be offered before b when their scores tie, and for what reason. */
static bool preferred(const struct recipe_solver *solver, const struct recipe *a,
                      const struct recipe *b, enum recipe_reason *reason)
{
    const struct {
        double left;
        double right;
        enum recipe_reason reason;
    } criteria[] = {
        {(double)a->count, (double)b->count, RECIPE_FEWER_PIGMENTS},
        {a->worst_drop, b->worst_drop, RECIPE_MORE_FORGIVING},
        {worst_metamerism(solver, a), worst_metamerism(solver, b),
         RECIPE_LESS_METAMERISM},
        {a->cost, b->cost, RECIPE_LOWER_COST},
        {a->volume_ml, b->volume_ml, RECIPE_SMALLER_BATCH},
        {a->score, b->score, RECIPE_LEAST_DIFFERENCE},
    };
    for (size_t i = 0; i < sizeof criteria / sizeof criteria[0]; i++) {
        double left = recipe_rounded(criteria[i].left);
        double right = recipe_rounded(criteria[i].right);
        *reason = criteria[i].reason;
        if (left != right)
            return left < right;
    }
    return false;
}

/* The preferred batch of a set among those whose score is no more than limit; its best
 * one when none is. */
static void choose_batch(const struct recipe_solver *solver, const struct recipe_set *set,
                         double limit, struct recipe *out)
{
    evaluate(solver, set, 0, out);
    for (size_t b = 1; b < set->batch_count && set->batch[b].score <= limit; b++) {
        struct recipe recipe;
        enum recipe_reason reason;
        evaluate(solver, set, b, &recipe);
        if (preferred(solver, &recipe, out, &reason))
            *out = recipe;
    }
}

/* The set whose best batch has the best score; count when none has a batch left. */
static size_t best_set(const struct recipe_set *sets, size_t count)
{
    size_t best = count;
    for (size_t s = 0; s < count; s++)
        if (sets[s].batch_count > 0 &&
            (best == count || sets[s].batch[0].score < sets[best].batch[0].score))
            best = s;
    return best;
}

/* The recipe to offer next among the sets not yet taken; marks its set by emptying it. */
static enum status choose_next(const struct recipe_solver *solver,
                               struct recipe_set *sets, size_t count, struct recipe *out)
{
    size_t best = best_set(sets, count);
    if (best == count)
        return STATUS_NOT_FOUND;
    struct recipe least;
    evaluate(solver, &sets[best], 0, &least);
    double limit = sets[best].batch[0].score + tie;

    struct recipe offered = least;
    size_t chosen = best;
    enum recipe_reason reason;
    for (size_t s = 0; s < count; s++) {
        if (sets[s].batch_count == 0 || sets[s].batch[0].score > limit)
            continue;
        struct recipe recipe;
        choose_batch(solver, &sets[s], limit, &recipe);
        if (preferred(solver, &recipe, &offered, &reason)) {
            offered = recipe;
            chosen = s;
        }
    }
    offered.reason = RECIPE_LEAST_DIFFERENCE;
    if (preferred(solver, &offered, &least, &reason))
        offered.reason = reason;
    sets[chosen].batch_count = 0;
    *out = offered;
    return STATUS_OK;
}

/* The sets of pigments worth offering under a rule, with their batches, from the best
 * subsets of the linear stage, at most capacity of them. */
static size_t find_sets(const struct recipe_solver *solver, enum recipe_rule rule,
                        struct recipe_set *sets, size_t capacity,
                        struct recipe_report *report)
{
    struct normal_equations equations;
    struct subset subset[SUBSETS_KEPT];
    size_t subset_count;
    recipe_linearize(solver, &equations);
    report->subsets =
        subsets_search(&equations, solver->problem.pigments_max, subset, &subset_count);
    report->polished = polish_sets(solver, rule, subset, subset_count, sets, capacity);
    return pour_sets(solver, rule, sets, report->polished, &report->evaluated);
}

static unsigned target_flags(const struct recipe_solver *solver)
{
    struct inversion required;
    inversion_make(&solver->moment[0], &solver->problem.target, &required);
    unsigned flags = required.clipped > 0 ? RECIPE_DENSITY_TOO_LOW : 0;
    if (solver->skin[0].L - solver->target[0].L > RECIPE_STUBBLE_CONTRAST_MAX)
        flags |= RECIPE_TARGET_TOO_DARK;
    return flags;
}

enum status recipe_search(const struct recipe_solver *solver, struct recipe *out,
                          size_t capacity, size_t *count, struct recipe_report *report)
{
    struct recipe_set *sets = malloc(SUBSETS_KEPT * sizeof *sets);
    if (!sets)
        return STATUS_NO_MEMORY;
    struct recipe_report found = {.flags = target_flags(solver)};
    size_t set_count = find_sets(solver, RECIPE_WITHIN, sets, SUBSETS_KEPT, &found);
    size_t chosen = 0;
    while (chosen < capacity &&
           choose_next(solver, sets, set_count, &out[chosen]) == STATUS_OK)
        chosen++;
    free(sets);
    if (report)
        *report = found;
    if (chosen == 0)
        return STATUS_NOT_FOUND;
    *count = chosen;
    return STATUS_OK;
}

enum status recipe_search_relaxed(const struct recipe_solver *solver,
                                  double best_objective, struct recipe *out)
{
    struct recipe_set *sets = malloc(SETS_RELAXED * sizeof *sets);
    if (!sets)
        return STATUS_NO_MEMORY;
    struct recipe_report unused = {0};
    size_t count = find_sets(solver, RECIPE_RELAXED, sets, SETS_RELAXED, &unused);
    struct recipe recipe;
    enum status status = choose_next(solver, sets, count, &recipe);
    free(sets);
    if (status != STATUS_OK)
        return status;
    if (recipe.rule == RECIPE_WITHIN || recipe.objective + tie >= best_objective)
        return STATUS_NOT_FOUND;
    *out = recipe;
    return STATUS_OK;
}
