/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sets of pigments are worth pouring. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/recipe_solver.h"
#include "colorlib/subsets.h"
#include "colorlib/threads.h"

enum {
    BEAM = 12,      /* sets of each size from which larger ones grow */
    WAVE = 256,     /* sets polished side by side, however many threads there are */
    LISTED = 24,    /* best sets that a list may need, */
    LISTED_EACH = 6 /* and best sets of each size */
};

/* A set that promises so much more than the best one is not polished any further: it
 * would have to gain more than larger sets do. */
static const double hopeless = 0.5;

struct exploration {
    const struct recipe_solver *solver;
    enum recipe_rule rule;
    struct recipe_set *set; /* found so far, RECIPE_SETS_MAX at the most */
    size_t count;
    double best;                     /* promise, or what one must come near to */
    uint64_t tried[RECIPE_SETS_MAX]; /* sets as bits, polished or given up */
    size_t tried_count;
    struct recipe_set wave[WAVE]; /* to be polished next */
    size_t wave_count;
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

/* Adds the sets of a wave that kept all their pigments. What is left of one that sheds
 * a pigment counts as a set of its own, of the next wave. */
static void settle(struct exploration *exploration)
{
    const size_t polished = exploration->wave_count;
    exploration->wave_count = 0;
    for (size_t s = 0; s < polished; s++) {
        struct recipe_set set = exploration->wave[s];
        if (!drop_traces(&exploration->solver->problem, &set)) {
            exploration->set[exploration->count++] = set;
            exploration->best = fmin(exploration->best, set.promise);
        } else if (set.count > 0 && note(exploration, bits(&set)) == STATUS_OK)
            exploration->wave[exploration->wave_count++] = set;
    }
}

struct polishing {
    struct exploration *exploration;
    enum recipe_effort effort;
    double give_up;
};

static void polish_one(size_t piece, void *context)
{
    const struct polishing *polishing = context;
    struct exploration *exploration = polishing->exploration;
    struct recipe_set *set = &exploration->wave[piece];
    /* single pigments are few, and what others must beat */
    recipe_polish(exploration->solver, exploration->rule,
                  set->count == 1 ? RECIPE_THOROUGH : polishing->effort,
                  polishing->give_up, set);
}

static void polish(struct exploration *exploration, enum recipe_effort effort,
                   double give_up)
{
    struct polishing polishing = {exploration, effort, give_up};
    threads_run(exploration->wave_count, polish_one, &polishing);
    settle(exploration);
}

/* What is hopeless is known from the waves before. Few pigments leave time for all sets,
 * which a list may show; there is none of relaxed ones. */
static void polish_hopeful(struct exploration *exploration)
{
    const size_t few = 8;
    const bool listed = exploration->rule == RECIPE_WITHIN &&
                        exploration->solver->problem.pigment_count <= few;
    polish(exploration, listed ? RECIPE_QUICK : RECIPE_HASTY,
           exploration->best + hopeless);
}

static void polish_all(struct exploration *exploration)
{
    while (exploration->wave_count > 0)
        polish_hopeful(exploration);
}

/* Takes up a set, from the concentrations given, unless it was tried before. */
static void propose(struct exploration *exploration, struct recipe_set set)
{
    if (note(exploration, bits(&set)) != STATUS_OK)
        return;
    while (exploration->wave_count == WAVE)
        polish_hopeful(exploration);
    exploration->wave[exploration->wave_count++] = set;
}

static int by_promise(const void *left, const void *right)
{
    const struct recipe_set *a = left, *b = right;
    double x = recipe_rounded(a->promise), y = recipe_rounded(b->promise);
    if (x != y)
        return x < y ? -1 : 1;
    return (bits(a) > bits(b)) - (bits(a) < bits(b));
}

/* The best sets of which none may be given up: of all, and of each size. */
struct elite {
    size_t of_all;
    size_t of_size[MIXTURE_MAX + 1];
};

/* Moves the sets of an elite that were given up to the wave. */
static void call_back(struct exploration *exploration, struct elite elite)
{
    qsort(exploration->set, exploration->count, sizeof exploration->set[0], by_promise);
    size_t kept = 0;
    for (size_t s = 0; s < exploration->count; s++) {
        const struct recipe_set set = exploration->set[s];
        size_t *of_size = &elite.of_size[set.count];
        const bool belongs = s < elite.of_all || *of_size > 0;
        *of_size -= *of_size > 0;
        if (set.is_given_up && belongs && exploration->wave_count < WAVE)
            exploration->wave[exploration->wave_count++] = set;
        else
            exploration->set[kept++] = set;
    }
    exploration->count = kept;
}

/* Takes the search for an elite to its end. */
static void finish(struct exploration *exploration, struct elite elite)
{
    call_back(exploration, elite);
    while (exploration->wave_count > 0) {
        while (exploration->wave_count > 0)
            polish(exploration, RECIPE_ONCE, HUGE_VAL);
        call_back(exploration, elite);
    }
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
static void grow(struct exploration *exploration, size_t size)
{
    struct elite elite = {0};
    elite.of_size[size] = BEAM;
    finish(exploration, elite);
    struct recipe_set beam[BEAM];
    size_t width = 0;
    for (size_t s = 0; s < exploration->count && width < BEAM; s++)
        if (exploration->set[s].count == size)
            beam[width++] = exploration->set[s];
    for (size_t s = 0; s < width; s++)
        for (size_t p = 0; p < exploration->solver->problem.pigment_count; p++)
            if (!(bits(&beam[s]) >> p & 1))
                propose(exploration, grown(&beam[s], p));
    polish_all(exploration);
}

/* Every pigment alone, then what the linear stage ranks best. */
static void begin(struct exploration *exploration, struct recipe_report *report)
{
    const struct recipe_problem *p = &exploration->solver->problem;
    for (size_t i = 0; i < p->pigment_count; i++)
        propose(exploration, (struct recipe_set){1, {i}, {RECIPE_START}, 0, false});
    polish_all(exploration);

    struct normal_equations equations;
    struct subset subset[SUBSETS_KEPT];
    size_t kept;
    recipe_linearize(exploration->solver, &equations);
    report->subsets += subsets_search(&equations, p->pigments_max, subset, &kept);
    for (size_t s = 0; s < kept; s++) {
        struct recipe_set set = {.count = subset[s].count};
        memcpy(set.pigment, subset[s].pigment, sizeof set.pigment);
        memcpy(set.concentration, subset[s].concentration, sizeof set.concentration);
        propose(exploration, set);
    }
    polish_all(exploration);
}

enum status recipe_explore(const struct recipe_solver *solver, enum recipe_rule rule,
                           double most, struct recipe_set *sets, size_t *count,
                           struct recipe_report *report)
{
    struct exploration *exploration = calloc(1, sizeof *exploration);
    if (!exploration)
        return STATUS_NO_MEMORY;
    exploration->solver = solver;
    exploration->rule = rule;
    exploration->set = sets;
    exploration->best = most;
    begin(exploration, report);
    for (size_t size = 1; size < solver->problem.pigments_max; size++)
        grow(exploration, size);
    struct elite listed = {.of_all = LISTED};
    for (size_t size = 1; size <= MIXTURE_MAX; size++)
        listed.of_size[size] = LISTED_EACH;
    finish(exploration, rule == RECIPE_WITHIN ? listed : (struct elite){0});
    *count = exploration->count;
    report->polished += exploration->count;
    free(exploration);
    return STATUS_OK;
}
