/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of recipes: from sets of pigments to batches, and among these. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "colorlib/recipe_solver.h"

/* Sets of pigments that are polished and taken down to drops, at the most: so many of
 * each number of pigments, because few pigments win a tie with many. */
enum { SETS_EACH = 24, SETS_MAX = MIXTURE_MAX * SETS_EACH };

/* How far the promise of a quick polish may lie above a thorough one, on the ridge of the
 * rule (nine of ten sets in trials). */
static const double quick_error = 0.10;

enum status recipe_search_grid(const struct recipe_solver *solver, const size_t *pigment,
                               size_t count, struct recipe *out)
{
    if (count < 1 || count > 2)
        return STATUS_OUT_OF_RANGE;
    struct recipe_poured poured = {.set.count = count};
    for (size_t k = 0; k < count; k++) {
        if (pigment[k] >= solver->problem.pigment_count)
            return STATUS_OUT_OF_RANGE;
        poured.set.pigment[k] = pigment[k];
    }
    recipe_pour_all(solver, RECIPE_WITHIN, &poured);
    if (!isfinite(poured.best.score))
        return STATUS_NOT_FOUND;
    return recipe_evaluate(solver, poured.best.part, count, poured.best.water_ml, out);
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The score that a set must reach to be among the wanted best. */
static double bar(const struct recipe_poured *poured, size_t count, size_t wanted)
{
    double score[SETS_MAX];
    if (count < wanted)
        return HUGE_VAL;
    for (size_t s = 0; s < count; s++)
        score[s] = poured[s].best.score;
    qsort(score, count, sizeof score[0], by_value);
    return score[wanted - 1] + RECIPE_TIE;
}

/* The set whose batch has the best score; count when none has a batch left. */
static size_t best_set(const struct recipe_poured *sets, size_t count)
{
    size_t best = count;
    for (size_t s = 0; s < count; s++)
        if (isfinite(sets[s].best.score) &&
            (best == count || sets[s].best.score < sets[best].best.score))
            best = s;
    return best;
}

/* Whether a set can neither lead nor be preferred: others lead, and enough of those that
 * tie with the leader have fewer pigments. */
static bool is_surplus(const struct recipe_poured *poured, size_t count, size_t wanted,
                       const struct recipe_set *set, double promise)
{
    size_t best = best_set(poured, count), preferred = 0;
    if (best == count || promise <= poured[best].best.score)
        return false;
    for (size_t s = 0; s < count; s++)
        preferred += poured[s].set.count < set->count &&
                     poured[s].best.score <= poured[best].best.score + RECIPE_TIE;
    return preferred >= wanted;
}

/* Pours sets by falling promise around their fine optimum until none is likely to be
 * among the wanted best, since a batch seldom does better than the continuous optimum
 * that was found. Returns how many have a batch. */
static size_t pour_sets(const struct recipe_solver *solver, enum recipe_rule rule,
                        const struct recipe_set *sets, size_t count, size_t wanted,
                        struct recipe_poured *poured, size_t *evaluated)
{
    size_t filled = 0, polished[MIXTURE_MAX + 1] = {0};
    for (size_t s = 0; s < count; s++) {
        const double enough = bar(poured, filled, wanted);
        const double promise = sets[s].promise - quick_error;
        if (promise > enough)
            break;
        if (polished[sets[s].count] == SETS_EACH ||
            is_surplus(poured, filled, wanted, &sets[s], promise))
            continue;
        struct recipe_poured *next = &poured[filled];
        next->set = sets[s];
        polished[sets[s].count]++;
        if (sets[s].count > 1)
            recipe_polish(solver, rule, RECIPE_FINE, HUGE_VAL, &next->set);
        if (next->set.promise > enough ||
            is_surplus(poured, filled, wanted, &next->set, next->set.promise))
            continue;
        *evaluated += recipe_pour_around(solver, rule, next);
        if (isfinite(next->best.score))
            filled++;
    }
    return filled;
}

/* The fewest pigments of a set that ties: no other is preferred. */
static size_t fewest(const struct recipe_poured *sets, size_t count, double limit)
{
    size_t pigments = MIXTURE_MAX;
    for (size_t s = 0; s < count; s++)
        if (sets[s].best.score <= limit && sets[s].set.count < pigments)
            pigments = sets[s].set.count;
    return pigments;
}

/* The recipe to offer next among the sets not yet taken; takes its set. */
static enum status choose_next(const struct recipe_solver *solver, enum recipe_rule rule,
                               struct recipe_poured *sets, size_t count,
                               struct recipe *out)
{
    size_t best = best_set(sets, count);
    if (best == count)
        return STATUS_NOT_FOUND;
    const struct recipe_batch *batch = &sets[best].best;
    struct recipe least;
    enum status status = recipe_evaluate(solver, batch->part, sets[best].set.count,
                                         batch->water_ml, &least);
    const double limit = batch->score + RECIPE_TIE;
    const size_t pigments = fewest(sets, count, limit);

    struct recipe offered = least;
    size_t chosen = best;
    enum recipe_reason reason;
    for (size_t s = 0; s < count && status == STATUS_OK; s++) {
        if (sets[s].best.score > limit || sets[s].set.count > pigments)
            continue;
        struct recipe recipe;
        status = recipe_pour_preferred(solver, rule, &sets[s], limit, &recipe);
        if (status == STATUS_OK && recipe_preferred(solver, &recipe, &offered, &reason)) {
            offered = recipe;
            chosen = s;
        }
    }
    if (status != STATUS_OK)
        return status;
    offered.reason = RECIPE_LEAST_DIFFERENCE;
    if (recipe_preferred(solver, &offered, &least, &reason))
        offered.reason = reason;
    sets[chosen].best.score = HUGE_VAL;
    *out = offered;
    return STATUS_OK;
}

struct recipe_report recipe_report_begin(const struct recipe_solver *solver)
{
    struct inversion required;
    inversion_make(&solver->moment[0], &solver->problem.target, &required);
    struct recipe_report report = {.best = HUGE_VAL};
    if (required.clipped > 0)
        report.flags |= RECIPE_DENSITY_TOO_LOW;
    if (solver->rule_skin.L - solver->rule_target.L > RECIPE_STUBBLE_CONTRAST_MAX)
        report.flags |= RECIPE_TARGET_TOO_DARK;
    return report;
}

enum status recipe_offer(const struct recipe_solver *solver, enum recipe_rule rule,
                         const struct recipe_set *sets, size_t set_count,
                         struct recipe *out, size_t capacity, size_t *count,
                         struct recipe_report *report)
{
    struct recipe_poured *poured = calloc(SETS_MAX, sizeof *poured);
    if (!poured)
        return STATUS_NO_MEMORY;
    size_t poured_count =
        pour_sets(solver, rule, sets, set_count, capacity, poured, &report->evaluated);
    size_t best = best_set(poured, poured_count), chosen = 0;
    if (best < poured_count)
        report->best = poured[best].best.score;
    while (chosen < capacity &&
           choose_next(solver, rule, poured, poured_count, &out[chosen]) == STATUS_OK)
        chosen++;
    free(poured);
    if (chosen == 0)
        return STATUS_NOT_FOUND;
    *count = chosen;
    return STATUS_OK;
}

/* Keeps the sets that promise an E below most, in their order. */
static size_t keep_below(struct recipe_set *sets, size_t count, double most)
{
    size_t kept = 0;
    for (size_t s = 0; s < count; s++)
        if (sets[s].promise - RECIPE_PIGMENT_PENALTY * (double)(sets[s].count - 1) < most)
            sets[kept++] = sets[s];
    return kept;
}

/* Explores sets of pigments and offers the best of those that may be below an E of most.
 * The report is written even when none is. */
static enum status find(const struct recipe_solver *solver, enum recipe_rule rule,
                        double most, struct recipe *out, size_t capacity, size_t *count,
                        struct recipe_report *report)
{
    struct recipe_set *sets = malloc(RECIPE_SETS_MAX * sizeof *sets);
    if (!sets)
        return STATUS_NO_MEMORY;
    size_t set_count;
    *report = recipe_report_begin(solver);
    enum status status = recipe_explore(solver, rule, most, sets, &set_count, report);
    if (status == STATUS_OK)
        status = recipe_offer(solver, rule, sets, keep_below(sets, set_count, most), out,
                              capacity, count, report);
    free(sets);
    return status;
}

enum status recipe_search(const struct recipe_solver *solver, struct recipe *out,
                          size_t capacity, size_t *count, struct recipe_report *report)
{
    assert(capacity > 0);
    struct recipe_report found;
    enum status status =
        find(solver, RECIPE_WITHIN, HUGE_VAL, out, capacity, count, &found);
    if (report && (status == STATUS_OK || status == STATUS_NOT_FOUND))
        *report = found;
    return status;
}

enum status recipe_search_relaxed(const struct recipe_solver *solver,
                                  double best_objective, struct recipe *out)
{
    struct recipe_report unused;
    struct recipe recipe;
    size_t count;
    enum status status = find(solver, RECIPE_RELAXED, best_objective - RECIPE_TIE,
                              &recipe, 1, &count, &unused);
    if (status != STATUS_OK)
        return status;
    if (recipe.rule == RECIPE_WITHIN || recipe.objective + RECIPE_TIE >= best_objective)
        return STATUS_NOT_FOUND;
    *out = recipe;
    return STATUS_OK;
}
