/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_contest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "colorlib/threads.h"

enum {
    SEMIFINALISTS = 20, /* of the batches that look like a set, judged in few draws */
    FINALISTS = 4,      /* of those, judged in all */
    JUDGED_MAX = 24     /* with their neighbours */
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
    contest->pool = malloc(RECIPE_POOL_MAX * sizeof *contest->pool);
    if (!contest->pool ||
        recipe_gathering_open(contest->solver, &contest->gathering) != STATUS_OK) {
        recipe_contest_close(contest, NULL);
        return STATUS_NO_MEMORY;
    }
    *out = contest;
    return STATUS_OK;
}

void recipe_contest_close(struct recipe_contest *contest, struct recipe_report *report)
{
    if (!contest)
        return;
    if (report) {
        report->evaluated += contest->evaluated + contest->gathering->evaluated;
        report->best = contest->best;
    }
    free(contest->pool);
    recipe_gathering_close(contest->gathering);
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

/* Orders the first count batches of a set by F in few draws. */
static void order_by_few(const struct recipe_contest *contest,
                         const struct recipe_set *set, struct recipe_batch *batch,
                         size_t count)
{
    for (size_t b = 0; b < count; b++)
        batch[b].score = recipe_contest_score(contest, set, &batch[b], RECIPE_FEW_DRAWS);
    qsort(batch, count, sizeof batch[0], recipe_batch_order);
}

/* Gives a batch its F in all draws and moves it to where those judged end. */
static const struct recipe_batch *judge_next(const struct recipe_contest *contest,
                                             const struct recipe_set *set,
                                             struct recipe_batch *batches, size_t next,
                                             size_t *judged)
{
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

/* The best by F in all draws: of the first count batches the first few that keep a
 * limited chance, then from the best of these over its neighbours, since few draws are
 * not all. Its score is HUGE_VAL when none keeps the chance. */
static struct recipe_batch best_by_all(const struct recipe_contest *contest,
                                       const struct recipe_set *set,
                                       const struct recipe_batches *batches, size_t count)
{
    struct recipe_batch best = {.score = HUGE_VAL};
    size_t kept = 0, judged = 0;
    while (judged < count && kept < FINALISTS) {
        const struct recipe_batch *batch =
            judge_next(contest, set, batches->batch, judged, &judged);
        kept += isfinite(batch->score) ? 1 : 0;
        if (recipe_batch_order(batch, &best) < 0)
            best = *batch;
    }
    if (!isfinite(best.score))
        return best;
    for (size_t b = judged; b < batches->count && judged < JUDGED_MAX; b++) {
        if (!are_neighbours(contest, set, &best, &batches->batch[b]))
            continue;
        const struct recipe_batch *batch =
            judge_next(contest, set, batches->batch, b, &judged);
        if (recipe_batch_order(batch, &best) >= 0)
            continue;
        best = *batch;
        b = judged - 1; /* from the start with the neighbours of the new one */
    }
    return best;
}

/* One set on its way into the contest. */
struct entrant {
    struct recipe_poured poured;
    size_t evaluated;
    enum status status;
};

struct entry {
    const struct recipe_contest *contest;
    struct entrant entrant[RECIPE_CONTENDERS_MAX];
};

static void pour_one(size_t piece, void *context)
{
    struct entry *entry = context;
    struct entrant *entrant = &entry->entrant[piece];
    const struct recipe_set *set = &entrant->poured.set;
    struct recipe_gathering *gathering;
    entrant->status = recipe_gathering_open(entry->contest->solver, &gathering);
    if (entrant->status != STATUS_OK)
        return;
    recipe_gather(gathering, set);
    struct recipe_batches *batches = &gathering->batches;
    size_t count = batches->count < SEMIFINALISTS ? batches->count : SEMIFINALISTS;
    order_by_few(entry->contest, set, batches->batch, count);
    entrant->poured.best = best_by_all(entry->contest, set, batches, count);
    entrant->evaluated = gathering->evaluated;
    recipe_gathering_close(gathering);
}

enum status recipe_contest_enter(struct recipe_contest *contest,
                                 const struct recipe_set *sets, size_t count)
{
    assert(count <= RECIPE_CONTENDERS_MAX);
    struct entry entry = {.contest = contest};
    for (size_t s = 0; s < count; s++)
        entry.entrant[s].poured.set = sets[s];
    threads_run(count, pour_one, &entry);
    for (size_t s = 0; s < count; s++) {
        const struct entrant *entrant = &entry.entrant[s];
        if (entrant->status != STATUS_OK)
            return entrant->status;
        contest->evaluated += entrant->evaluated;
        if (!isfinite(entrant->poured.best.score))
            continue;
        contest->contender[contest->count++] = entrant->poured;
        contest->best = fmin(contest->best, entrant->poured.best.score);
    }
    return STATUS_OK;
}
