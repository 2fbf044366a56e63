/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_contest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BATCHES_MAX = 1024, /* of one set that look like its optimum */
    SEMIFINALISTS = 20, /* of these, judged in few draws */
    FINALISTS = 4,      /* of those, judged in all */
    DRAWS_FEW = 64,
    JUDGED_MAX = 24, /* in all draws, with their neighbours */
    POOL_MAX = 2048, /* recipes that may tie */
    TRIALS_MAX = 40  /* of these, judged in all draws */
};

/* How different from its optimum of F a batch may look, in E, beyond what whole drops
 * force upon all. */
static const double reach = 1.2;

/* The same at the least, when there are more of them than there is room for. */
static const double nearest_reach = 0.01;

/* By how much F in few draws may mislead. */
static const double few_error = 0.2;

struct recipe_contest {
    const struct recipe_ensemble *ensemble;
    const struct recipe_solver *solver;
    /* The solver's problem with a mixture's own healed color as the target, so that E is
     * how different from it another looks; in one light, as that is enough to find what
     * is near. */
    struct recipe_solver *likeness;
    struct recipe_batches batches;
    struct recipe *pool;
    /* Scores of the best batches are F. */
    struct recipe_poured contender[RECIPE_CONTENDERS_MAX];
    size_t count;
    size_t evaluated;
    double best;
};

enum status recipe_contest_open(const struct recipe_ensemble *ensemble,
                                struct recipe_contest **out)
{
    struct recipe_contest *contest = calloc(1, sizeof *contest);
    if (!contest)
        return STATUS_NO_MEMORY;
    contest->ensemble = ensemble;
    contest->solver = recipe_ensemble_solver(ensemble);
    contest->best = HUGE_VAL;
    contest->likeness = malloc(sizeof *contest->likeness);
    contest->batches.batch = malloc((BATCHES_MAX + 1) * sizeof *contest->batches.batch);
    contest->batches.capacity = BATCHES_MAX;
    contest->pool = malloc(POOL_MAX * sizeof *contest->pool);
    if (!contest->likeness || !contest->batches.batch || !contest->pool) {
        recipe_contest_close(contest, NULL);
        return STATUS_NO_MEMORY;
    }
    *contest->likeness = *contest->solver;
    contest->likeness->problem.time_count = 1;
    contest->likeness->problem.time_share[0] = 1;
    contest->likeness->problem.illuminant_count = 1;
    contest->likeness->problem.illuminant_share[0] = 1;
    *out = contest;
    return STATUS_OK;
}

void recipe_contest_close(struct recipe_contest *contest, struct recipe_report *report)
{
    if (!contest)
        return;
    if (report) {
        report->evaluated += contest->evaluated;
        report->best = contest->best;
    }
    free(contest->pool);
    free(contest->batches.batch);
    free(contest->likeness);
    free(contest);
}

static size_t all_draws(const struct recipe_contest *contest)
{
    return recipe_ensemble_draws(contest->ensemble);
}

static size_t few_draws(const struct recipe_contest *contest)
{
    return all_draws(contest) < DRAWS_FEW ? all_draws(contest) : DRAWS_FEW;
}

/* F of a batch in the first draws; in all of them HUGE_VAL when it exceeds a limited
 * chance, which a few cannot tell. */
static double robust_score(const struct recipe_contest *contest,
                           const struct recipe_set *set, const struct recipe_batch *batch,
                           size_t draws)
{
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(contest->solver, batch->part, set->count, batch->water_ml,
                          concentration, &volume);
    struct recipe_fortune fortune =
        recipe_fortune(contest->ensemble, set->pigment, concentration, set->count, draws);
    if (fortune.excess > 0 && draws == all_draws(contest))
        return HUGE_VAL;
    return recipe_rounded(recipe_score(contest->solver, batch->part, set->count,
                                       batch->water_ml, recipe_fortune_value(&fortune)));
}

/* By score, then the smaller batch. */
static int by_score(const void *left, const void *right)
{
    const struct recipe_batch *a = left, *b = right;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    for (size_t k = 0; k < MIXTURE_MAX; k++)
        if (a->part[k].drops != b->part[k].drops)
            return a->part[k].drops < b->part[k].drops ? -1 : 1;
    return (a->water_ml > b->water_ml) - (a->water_ml < b->water_ml);
}

/* Gathers the batches that look like a set at its optimum, the nearest first; none when
 * it has none. */
static void gather(struct recipe_contest *contest, const struct recipe_set *set)
{
    struct recipe_batches *batches = &contest->batches;
    struct recipe_poured nearest = {.set = *set};
    contest->likeness->target[0][0] =
        recipe_healed_lab(contest->solver, set->pigment, set->concentration, set->count);
    contest->evaluated += recipe_pour_around(contest->likeness, RECIPE_WITHIN, &nearest);
    batches->count = 0;
    if (!isfinite(nearest.best.score))
        return;
    double near = reach;
    do {
        batches->count = 0;
        batches->limit = nearest.best.score + near;
        contest->evaluated +=
            recipe_pour_within(contest->likeness, RECIPE_WITHIN, set, batches);
        near /= 2;
    } while (batches->count == batches->capacity && near > nearest_reach);
    qsort(batches->batch, batches->count, sizeof batches->batch[0], by_score);
    /* what a descent found may lie away from the set's ratios */
    if (batches->count == 0 || by_score(&nearest.best, &batches->batch[0]) != 0) {
        memmove(&batches->batch[1], &batches->batch[0],
                batches->count * sizeof batches->batch[0]);
        batches->batch[0] = nearest.best;
        batches->count++;
    }
}

/* Orders the first count batches by F in few draws. */
static void order_by_few(const struct recipe_contest *contest,
                         const struct recipe_set *set, size_t count)
{
    struct recipe_batch *batch = contest->batches.batch;
    for (size_t b = 0; b < count; b++)
        batch[b].score = robust_score(contest, set, &batch[b], few_draws(contest));
    qsort(batch, count, sizeof batch[0], by_score);
}

/* Gives a batch its F in all draws and moves it to where those judged end. */
static const struct recipe_batch *judge_next(struct recipe_contest *contest,
                                             const struct recipe_set *set, size_t next,
                                             size_t *judged)
{
    struct recipe_batch *batches = contest->batches.batch;
    struct recipe_batch batch = batches[next];
    batch.score = robust_score(contest, set, &batch, all_draws(contest));
    batches[next] = batches[*judged];
    batches[*judged] = batch;
    return &batches[(*judged)++];
}

/* Whether the concentrations of two batches differ by a few percent at the most, which is
 * what F may mislead by. */
static bool are_neighbours(const struct recipe_contest *contest,
                           const struct recipe_set *set, const struct recipe_batch *a,
                           const struct recipe_batch *b)
{
    const double near = 0.03;
    double one[MIXTURE_MAX], other[MIXTURE_MAX], volume;
    recipe_concentrations(contest->solver, a->part, set->count, a->water_ml, one,
                          &volume);
    recipe_concentrations(contest->solver, b->part, set->count, b->water_ml, other,
                          &volume);
    for (size_t k = 0; k < set->count; k++)
        if (fabs(one[k] - other[k]) > near * one[k])
            return false;
    return true;
}

/* The best by F in all draws: the first few that keep a limited chance, then from the
 * best of these over its neighbours, since few draws are not all. Its score is HUGE_VAL
 * when none keeps the chance. */
static struct recipe_batch best_by_all(struct recipe_contest *contest,
                                       const struct recipe_set *set, size_t count)
{
    const struct recipe_batches *batches = &contest->batches;
    struct recipe_batch best = {.score = HUGE_VAL};
    size_t kept = 0, judged = 0;
    while (judged < count && kept < FINALISTS) {
        const struct recipe_batch *batch = judge_next(contest, set, judged, &judged);
        kept += isfinite(batch->score) ? 1 : 0;
        if (by_score(batch, &best) < 0)
            best = *batch;
    }
    if (!isfinite(best.score))
        return best;
    for (size_t b = judged; b < batches->count && judged < JUDGED_MAX; b++) {
        if (!are_neighbours(contest, set, &best, &batches->batch[b]))
            continue;
        const struct recipe_batch *batch = judge_next(contest, set, b, &judged);
        if (by_score(batch, &best) >= 0)
            continue;
        best = *batch;
        b = judged - 1; /* from the start with the neighbours of the new one */
    }
    return best;
}

void recipe_contest_pour(struct recipe_contest *contest, const struct recipe_set *set)
{
    assert(contest->count < RECIPE_CONTENDERS_MAX);
    gather(contest, set);
    struct recipe_batches *batches = &contest->batches;
    size_t count = batches->count < SEMIFINALISTS ? batches->count : SEMIFINALISTS;
    order_by_few(contest, set, count);
    struct recipe_batch best = best_by_all(contest, set, count);
    if (!isfinite(best.score))
        return;
    contest->contender[contest->count++] = (struct recipe_poured){*set, best};
    contest->best = fmin(contest->best, best.score);
}

/* -- the choice --------------------------------------------------------------- */

/* The contender whose batch has the best F; count when none is left. */
static size_t leader(const struct recipe_contest *contest)
{
    size_t best = contest->count;
    for (size_t s = 0; s < contest->count; s++)
        if (isfinite(contest->contender[s].best.score) &&
            (best == contest->count ||
             contest->contender[s].best.score < contest->contender[best].best.score))
            best = s;
    return best;
}

/* The fewest pigments among the contenders that tie. */
static size_t fewest(const struct recipe_contest *contest, double limit)
{
    size_t count = MIXTURE_MAX;
    for (size_t s = 0; s < contest->count; s++)
        if (contest->contender[s].best.score <= limit &&
            contest->contender[s].set.count < count)
            count = contest->contender[s].set.count;
    return count;
}

static enum status evaluate(const struct recipe_contest *contest,
                            const struct recipe_set *set,
                            const struct recipe_batch *batch, struct recipe *out)
{
    return recipe_evaluate(contest->solver, batch->part, set->count, batch->water_ml,
                           out);
}

/* Batches of a contender that may tie, into the pool. */
static size_t fill_pool(struct recipe_contest *contest, const struct recipe_set *set,
                        size_t count)
{
    gather(contest, set);
    for (size_t b = 0; b < contest->batches.count && count < POOL_MAX; b++)
        if (evaluate(contest, set, &contest->batches.batch[b], &contest->pool[count]) ==
            STATUS_OK)
            count++;
    return count;
}

/* F of a recipe in all draws, as far as it may be within the limit. */
static double trial(const struct recipe_contest *contest, const struct recipe *recipe,
                    double limit)
{
    struct recipe_set set = {.count = recipe->count};
    struct recipe_batch batch = {.water_ml = recipe->water_ml};
    for (size_t k = 0; k < recipe->count; k++) {
        set.pigment[k] = recipe->part[k].pigment;
        batch.part[k] = recipe->part[k];
    }
    double score = robust_score(contest, &set, &batch, few_draws(contest));
    if (score > limit + few_error)
        return score;
    return robust_score(contest, &set, &batch, all_draws(contest));
}

/* The contender with the pigments of a recipe; there is one. */
static size_t contender_of(const struct recipe_contest *contest,
                           const struct recipe *recipe)
{
    for (size_t s = 0; s < contest->count; s++) {
        const struct recipe_set *set = &contest->contender[s].set;
        bool same = set->count == recipe->count;
        for (size_t k = 0; same && k < set->count; k++)
            same = set->pigment[k] == recipe->part[k].pigment;
        if (same)
            return s;
    }
    assert(0 && "a recipe of another contest");
    return 0;
}

static bool same_pigments(const struct recipe *a, const struct recipe *b)
{
    for (size_t k = 0; k < a->count && a->count == b->count; k++)
        if (a->part[k].pigment != b->part[k].pigment)
            return false;
    return a->count == b->count;
}

/*
 * Removes from the pool what has no chance after a recipe failed to tie with the score
 * given: of the same pigments what is darker than one that exceeds a limited chance, and,
 * of a single pigment, what lies beyond it from the optimum, on either side. Returns how
 * many are left.
 */
static size_t drop_beyond(const struct recipe_contest *contest, size_t count,
                          const struct recipe *failed, double score)
{
    const struct recipe_set *set = &contest->contender[contender_of(contest, failed)].set;
    const double optimum =
        recipe_healed_lab(contest->solver, set->pigment, set->concentration, set->count)
            .L;
    const double limit = failed->lab[0].L;
    const bool darker = !isfinite(score) || (failed->count == 1 && limit < optimum);
    const bool lighter = isfinite(score) && failed->count == 1 && limit > optimum;
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        const double lightness = contest->pool[i].lab[0].L;
        if (!same_pigments(&contest->pool[i], failed) ||
            !((darker && lightness <= limit) || (lighter && lightness >= limit)))
            contest->pool[left++] = contest->pool[i];
    }
    return left;
}

/* The preferred recipe of the pool that ties, in place of offered if it is preferred to
 * it: the most preferred one is tried first, so that few need to be. */
static void prefer(struct recipe_contest *contest, size_t count, double limit,
                   struct recipe *offered)
{
    struct recipe *pool = contest->pool;
    enum recipe_reason reason;
    for (size_t tried = 0; tried < TRIALS_MAX && count > 0; tried++) {
        size_t first = 0;
        for (size_t i = 1; i < count; i++)
            if (recipe_preferred(contest->solver, &pool[i], &pool[first], &reason))
                first = i;
        if (!recipe_preferred(contest->solver, &pool[first], offered, &reason))
            return;
        const struct recipe failed = pool[first];
        double score = trial(contest, &failed, limit);
        if (score <= limit) {
            *offered = failed;
            return;
        }
        pool[first] = pool[--count];
        count = drop_beyond(contest, count, &failed, score);
    }
}

enum status recipe_contest_choose(struct recipe_contest *contest, struct recipe *out)
{
    size_t best = leader(contest);
    if (best == contest->count)
        return STATUS_NOT_FOUND;
    const struct recipe_poured *first = &contest->contender[best];
    const double limit = first->best.score + RECIPE_TIE;
    const size_t pigments = fewest(contest, limit);
    struct recipe least, offered, recipe;
    enum recipe_reason reason;
    enum status status = evaluate(contest, &first->set, &first->best, &least);
    offered = least;
    size_t count = 0;
    for (size_t s = 0; s < contest->count && status == STATUS_OK; s++) {
        const struct recipe_poured *tied = &contest->contender[s];
        if (tied->best.score > limit || tied->set.count != pigments)
            continue;
        count = fill_pool(contest, &tied->set, count);
        status = evaluate(contest, &tied->set, &tied->best, &recipe);
        if (status == STATUS_OK &&
            recipe_preferred(contest->solver, &recipe, &offered, &reason))
            offered = recipe;
    }
    if (status != STATUS_OK)
        return status;
    prefer(contest, count, limit, &offered);
    offered.reason = RECIPE_LEAST_DIFFERENCE;
    if (recipe_preferred(contest->solver, &offered, &least, &reason))
        offered.reason = reason;
    contest->contender[contender_of(contest, &offered)].best.score = HUGE_VAL;
    *out = offered;
    return STATUS_OK;
}
