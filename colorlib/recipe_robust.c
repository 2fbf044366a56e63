/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search for the recipe of best F. The exact stages say which sets of pigments are
 * worth judging in all draws; each is then moved to its own optimum of F, and poured so
 * that it looks as much as can be like that optimum.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/recipe_contest.h"
#include "colorlib/threads.h"

enum {
    ENTRIES_MAX = 24, /* sets of pigments judged in draws */
    FINALISTS = 5     /* of these, moved to their optimum, and as many of the simplest */
};

/* Strengths of a set tried, over that of its optimum of E: darkness has a price in the
 * one and is merely bounded in the other. */
static const double strengths[] = {0.35, 0.5, 0.65, 0.8, 1, 1.15};

enum { STRENGTHS = sizeof strengths / sizeof strengths[0] };

/* The same about the optimum of F in few draws, for that in all of them. */
static const double corrections[] = {0.8, 0.88, 0.95, 1, 1.06};

enum { CORRECTIONS = sizeof corrections / sizeof corrections[0] };

/* Sets that promise more F than the best by this have no chance, unless they are needed
 * to fill the list: a simplex gains less. */
static const double hopeless = 0.2;

/* A unit of a chance above its limit, in F: as the rule's, it never pays. */
static const double excess_penalty = 50;

/* What F of a set is judged by. */
struct jury {
    const struct recipe_ensemble *ensemble;
    size_t draws;
};

static double robust_value(const struct recipe_set *set, const void *context)
{
    const struct jury *jury = context;
    const struct recipe_solver *solver = recipe_ensemble_solver(jury->ensemble);
    struct recipe_fortune fortune = recipe_fortune(
        jury->ensemble, set->pigment, set->concentration, set->count, jury->draws);
    struct recipe_outlook outlook =
        recipe_outlook(solver, set->pigment, set->concentration, set->count);
    return recipe_fortune_value(&fortune) + excess_penalty * fortune.excess +
           RECIPE_VIOLATION_PENALTY * outlook.violation;
}

/* Moves a set to the best of some strengths and sets its promise. */
static void strengthen(const struct jury *jury, const double *strength, size_t count,
                       struct recipe_set *set)
{
    const struct recipe_problem *p = &recipe_ensemble_solver(jury->ensemble)->problem;
    struct recipe_set best = *set, last = {0};
    best.promise = HUGE_VAL;
    for (size_t s = 0; s < count; s++) {
        struct recipe_set tried = *set;
        for (size_t k = 0; k < set->count; k++)
            tried.concentration[k] *= strength[s];
        recipe_limit(p, &tried);
        /* what exceeds the limits comes back to the same */
        if (memcmp(tried.concentration, last.concentration, sizeof last.concentration) ==
            0)
            continue;
        last = tried;
        tried.promise = robust_value(&tried, jury) +
                        RECIPE_PIGMENT_PENALTY * (double)(set->count - 1);
        if (recipe_rounded(tried.promise) < recipe_rounded(best.promise))
            best = tried;
    }
    *set = best;
}

/* By promise; sets that promise the same in the order of their pigments. */
static int by_promise(const void *left, const void *right)
{
    const struct recipe_set *a = left, *b = right;
    double x = recipe_rounded(a->promise), y = recipe_rounded(b->promise);
    if (x != y)
        return x < y ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t k = 0; k < a->count; k++)
        if (a->pigment[k] != b->pigment[k])
            return a->pigment[k] < b->pigment[k] ? -1 : 1;
    return 0;
}

/* The sets to judge in draws: those that promise most E, and of each number of pigments
 * the best few, because few pigments gain where the spread is wide. */
static size_t enter(const struct recipe_set *sets, size_t count, struct recipe_set *entry)
{
    const size_t each = ENTRIES_MAX / (2 * MIXTURE_MAX);
    size_t entered = 0, of_size[MIXTURE_MAX + 1] = {0};
    for (size_t s = 0; s < count && entered < ENTRIES_MAX; s++) {
        size_t *same = &of_size[sets[s].count];
        if (entered >= ENTRIES_MAX / 2 && *same >= each)
            continue;
        entry[entered++] = sets[s];
        (*same)++;
    }
    return entered;
}

/* Keeps the sets, in order of promise, that can come out first: the best ones, and those
 * that may tie with them and have the fewest pigments. */
static size_t keep_hopeful(struct recipe_set *entry, size_t count, size_t wanted)
{
    size_t close = 0, fewest = MIXTURE_MAX, kept = 0, simple = 0;
    for (; close < count && entry[close].promise <= entry[0].promise + hopeless; close++)
        fewest = entry[close].count < fewest ? entry[close].count : fewest;
    for (size_t s = 0; s < count; s++) {
        bool simplest = s < close && entry[s].count == fewest && simple++ < FINALISTS;
        if (s < wanted || simplest || (s < close && s < FINALISTS))
            entry[kept++] = entry[s];
    }
    return kept;
}

/* The explored sets, and what the search by E makes of them. */
struct nominal {
    const struct recipe_set *sets;
    size_t count;
    struct recipe_report *report;
    enum status status;
};

/* Sets that compete, and those who judge them. */
struct competition {
    struct nominal *nominal;
    struct recipe_set *entry;
    struct jury few;
    struct jury all;
};

static void offer_nominal(const struct recipe_solver *solver, struct nominal *nominal)
{
    size_t offered;
    nominal->status =
        recipe_offer(solver, RECIPE_WITHIN, nominal->sets, nominal->count,
                     &nominal->report->nominal, 1, &offered, nominal->report);
}

/* The search by E takes longest and needs none of the others. */
static void strengthen_one(size_t piece, void *context)
{
    struct competition *competition = context;
    if (piece == 0)
        offer_nominal(recipe_ensemble_solver(competition->all.ensemble),
                      competition->nominal);
    else
        strengthen(&competition->few, strengths, STRENGTHS,
                   &competition->entry[piece - 1]);
}

static void optimize_one(size_t piece, void *context)
{
    struct competition *competition = context;
    struct recipe_set *set = &competition->entry[piece];
    const struct recipe_aim aim = {robust_value, &competition->few};
    recipe_minimize(&recipe_ensemble_solver(competition->all.ensemble)->problem, &aim,
                    RECIPE_ROUGH, HUGE_VAL, set);
    strengthen(&competition->all, corrections, CORRECTIONS, set);
}

/* The sets at their optima of F, by promise. */
static void compete(const struct recipe_ensemble *ensemble, struct nominal *nominal,
                    struct recipe_set *entry, size_t *count, size_t wanted)
{
    const size_t all = recipe_ensemble_draws(ensemble);
    const size_t few = all < RECIPE_DRAWS_FEW ? all : RECIPE_DRAWS_FEW;
    struct competition competition = {nominal, entry, {ensemble, few}, {ensemble, all}};
    threads_run(1 + *count, strengthen_one, &competition);
    qsort(entry, *count, sizeof entry[0], by_promise);
    *count = keep_hopeful(entry, *count, wanted);
    threads_run(*count, optimize_one, &competition);
    qsort(entry, *count, sizeof entry[0], by_promise);
}

/* Takes explored sets to recipes. */
static enum status decide(const struct recipe_ensemble *ensemble,
                          const struct recipe_set *sets, size_t set_count,
                          struct recipe *out, size_t capacity, size_t *count,
                          struct recipe_report *report)
{
    struct recipe_set entry[ENTRIES_MAX];
    struct nominal nominal = {sets, set_count, report, STATUS_OK};
    size_t entries = enter(sets, set_count, entry);
    compete(ensemble, &nominal, entry, &entries, capacity);
    report->best = HUGE_VAL;
    struct recipe_contest *contest;
    enum status status = nominal.status;
    if (status == STATUS_OK)
        status = recipe_contest_open(ensemble, &contest);
    if (status != STATUS_OK)
        return status;
    status = recipe_contest_enter(contest, entry, entries);
    size_t chosen = 0;
    while (chosen < capacity && status == STATUS_OK) {
        status = recipe_contest_choose(contest, &out[chosen]);
        chosen += status == STATUS_OK;
    }
    recipe_contest_close(contest, report);
    if (status == STATUS_NOT_FOUND && chosen > 0)
        status = STATUS_OK;
    if (status == STATUS_OK)
        *count = chosen;
    return status;
}

enum status recipe_search_robust(const struct recipe_ensemble *ensemble,
                                 struct recipe *out, size_t capacity, size_t *count,
                                 struct recipe_report *report)
{
    assert(capacity > 0);
    const struct recipe_solver *solver = recipe_ensemble_solver(ensemble);
    struct recipe_set *sets = malloc(RECIPE_SETS_MAX * sizeof *sets);
    if (!sets)
        return STATUS_NO_MEMORY;
    struct recipe_report found = recipe_report_begin(solver);
    size_t set_count;
    enum status status =
        recipe_explore(solver, RECIPE_WITHIN, HUGE_VAL, sets, &set_count, &found);
    if (status == STATUS_OK)
        status = decide(ensemble, sets, set_count, out, capacity, count, &found);
    free(sets);
    if (report && (status == STATUS_OK || status == STATUS_NOT_FOUND))
        *report = found;
    return status;
}
