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

/* -- the choice ----------------------------------------------------------- */

static double worst_metamerism(const struct recipe_solver *solver,
                               const struct recipe *recipe)
{
    double worst = 0;
    for (size_t v = 1; v < solver->problem.illuminant_count; v++)
        worst = fmax(worst, recipe->metamerism[v]);
    return worst;
}

/* Whether a is to be offered before b when their scores tie. */
static bool preferred(const struct recipe_solver *solver, const struct recipe *a,
                      const struct recipe *b)
{
    if (a->count != b->count)
        return a->count < b->count;
    const double left[] = {a->worst_drop, worst_metamerism(solver, a), a->cost,
                           a->volume_ml, a->score};
    const double right[] = {b->worst_drop, worst_metamerism(solver, b), b->cost,
                            b->volume_ml, b->score};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (recipe_rounded(left[i]) != recipe_rounded(right[i]))
            return recipe_rounded(left[i]) < recipe_rounded(right[i]);
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
        evaluate(solver, set, b, &recipe);
        if (preferred(solver, &recipe, out))
            *out = recipe;
    }
}

/* The recipe to offer next among the sets not yet taken; marks its set by emptying it. */
static enum status choose_next(const struct recipe_solver *solver,
                               struct recipe_set *sets, size_t count, struct recipe *out)
{
    double best = HUGE_VAL;
    for (size_t s = 0; s < count; s++)
        if (sets[s].batch_count > 0)
            best = fmin(best, sets[s].batch[0].score);
    if (!isfinite(best))
        return STATUS_NOT_FOUND;
    struct recipe offered = {0};
    size_t chosen = count;
    for (size_t s = 0; s < count; s++) {
        if (sets[s].batch_count == 0 || sets[s].batch[0].score > best + tie)
            continue;
        struct recipe recipe;
        choose_batch(solver, &sets[s], best + tie, &recipe);
        if (chosen == count || preferred(solver, &recipe, &offered)) {
            offered = recipe;
            chosen = s;
        }
    }
    sets[chosen].batch_count = 0;
    *out = offered;
    return STATUS_OK;
}

/* -- the whole search ------------------------------------------------------ */

/* The recipe that would be best without the rule, when it breaks the rule and promises a
 * better E than the best one that keeps it. */
static enum status search_relaxed(const struct recipe_solver *solver,
                                  const struct subset *subset, size_t subset_count,
                                  struct recipe_set *sets, double best_objective,
                                  struct recipe *out, struct recipe_report *report)
{
    size_t count =
        polish_sets(solver, RECIPE_RELAXED, subset, subset_count, sets, SETS_RELAXED);
    report->polished += count;
    count = pour_sets(solver, RECIPE_RELAXED, sets, count, &report->evaluated);
    struct recipe recipe;
    enum status status = choose_next(solver, sets, count, &recipe);
    if (status != STATUS_OK)
        return status;
    if (recipe.rule == RECIPE_WITHIN || recipe.objective >= best_objective)
        return STATUS_NOT_FOUND;
    *out = recipe;
    return STATUS_OK;
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
    struct normal_equations equations;
    struct subset subset[SUBSETS_KEPT];
    size_t subset_count;
    struct recipe_report found = {.flags = target_flags(solver)};
    recipe_linearize(solver, &equations);
    found.subsets =
        subsets_search(&equations, solver->problem.pigments_max, subset, &subset_count);

    size_t set_count =
        polish_sets(solver, RECIPE_WITHIN, subset, subset_count, sets, SUBSETS_KEPT);
    found.polished = set_count;
    set_count = pour_sets(solver, RECIPE_WITHIN, sets, set_count, &found.evaluated);
    size_t chosen = 0;
    while (chosen < capacity &&
           choose_next(solver, sets, set_count, &out[chosen]) == STATUS_OK)
        chosen++;
    if (chosen == 0)
        found.flags |= RECIPE_NO_BATCH;

    /* the relaxed one takes the last place, but never that of the best */
    struct recipe relaxed;
    double best = chosen > 0 ? out[0].objective : HUGE_VAL;
    if (capacity > 1 || chosen == 0)
        if (search_relaxed(solver, subset, subset_count, sets, best, &relaxed, &found) ==
            STATUS_OK) {
            chosen = chosen < capacity ? chosen : capacity - 1;
            out[chosen++] = relaxed;
        }
    free(sets);
    *count = chosen;
    if (report)
        *report = found;
    return chosen > 0 ? STATUS_OK : STATUS_NOT_FOUND;
}
