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
    JUDGED_MAX = 24     /* with their neighbours */
};

/* How different from its optimum of F a batch may look, in E, beyond what whole drops
 * force upon all. */
static const double reach = 1.2;

/* The same at the least, when there are more of them than there is room for. */
static const double nearest_reach = 0.01;

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
    contest->pool = malloc(RECIPE_POOL_MAX * sizeof *contest->pool);
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

double recipe_contest_score(const struct recipe_contest *contest,
                            const struct recipe_set *set,
                            const struct recipe_batch *batch, enum recipe_jury jury)
{
    const size_t all = recipe_ensemble_draws(contest->ensemble);
    const size_t draws =
        jury == RECIPE_FEW_DRAWS && all > RECIPE_DRAWS_FEW ? RECIPE_DRAWS_FEW : all;
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(contest->solver, batch->part, set->count, batch->water_ml,
                          concentration, &volume);
    struct recipe_fortune fortune =
        recipe_fortune(contest->ensemble, set->pigment, concentration, set->count, draws);
    if (fortune.excess > 0 && draws == all)
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

void recipe_contest_gather(struct recipe_contest *contest, const struct recipe_set *set)
{
    struct recipe_batches *batches = &contest->batches;
    struct recipe_poured nearest = {.set = *set};
    contest->likeness->target[0][0] =
        recipe_healed_lab(contest->solver, set->pigment, set->concentration, set->count);
    recipe_views_make(contest->likeness);
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
        batch[b].score = recipe_contest_score(contest, set, &batch[b], RECIPE_FEW_DRAWS);
    qsort(batch, count, sizeof batch[0], by_score);
}

/* Gives a batch its F in all draws and moves it to where those judged end. */
static const struct recipe_batch *judge_next(struct recipe_contest *contest,
                                             const struct recipe_set *set, size_t next,
                                             size_t *judged)
{
    struct recipe_batch *batches = contest->batches.batch;
    struct recipe_batch batch = batches[next];
    batch.score = recipe_contest_score(contest, set, &batch, RECIPE_ALL_DRAWS);
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
    recipe_contest_gather(contest, set);
    struct recipe_batches *batches = &contest->batches;
    size_t count = batches->count < SEMIFINALISTS ? batches->count : SEMIFINALISTS;
    order_by_few(contest, set, count);
    struct recipe_batch best = best_by_all(contest, set, count);
    if (!isfinite(best.score))
        return;
    contest->contender[contest->count++] = (struct recipe_poured){*set, best};
    contest->best = fmin(contest->best, best.score);
}
