/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice among the batches of a contest that tie. */
#include <assert.h>
#include <math.h>

#include "colorlib/recipe_contest.h"
#include "colorlib/threads.h"

enum { TRIALS_MAX = 40 /* recipes judged in all draws for one choice */ };

/* By how much F in few draws may mislead. */
static const double few_error = 0.2;

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

/* Batches that may tie, to be evaluated. */
struct assessment {
    const struct recipe_contest *contest;
    const struct recipe_set *set;
    size_t count;
    struct recipe *recipe; /* of count 0 where it cannot be */
};

/* Batches that one thread takes at a time. */
enum { PIECE = 16 };

static void assess_piece(size_t piece, void *context)
{
    const struct assessment *assessment = context;
    const struct recipe_contest *contest = assessment->contest;
    const struct recipe_batch *batch = contest->gathering->batches.batch;
    for (size_t b = piece * PIECE; b < (piece + 1) * PIECE && b < assessment->count; b++)
        if (evaluate(contest, assessment->set, &batch[b], &assessment->recipe[b]) !=
            STATUS_OK)
            assessment->recipe[b].count = 0;
}

/* Batches of a contender that may tie, into the pool. */
static size_t fill_pool(struct recipe_contest *contest, const struct recipe_set *set,
                        size_t count)
{
    recipe_gather(contest->gathering, set);
    const size_t room = RECIPE_POOL_MAX - count;
    const size_t found = contest->gathering->batches.count;
    struct assessment assessment = {contest, set, found < room ? found : room,
                                    contest->pool + count};
    threads_run((assessment.count + PIECE - 1) / PIECE, assess_piece, &assessment);
    for (size_t b = 0; b < assessment.count; b++)
        if (assessment.recipe[b].count > 0)
            contest->pool[count++] = assessment.recipe[b];
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
    double score = recipe_contest_score(contest, &set, &batch, RECIPE_FEW_DRAWS);
    if (score > limit + few_error)
        return score;
    return recipe_contest_score(contest, &set, &batch, RECIPE_ALL_DRAWS);
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

/* Puts the batches of all that tie with the fewest pigments into the pool, their number
 * to count, and offers the preferred one of their best batches. */
static enum status offer_best(struct recipe_contest *contest, double limit, size_t *count,
                              struct recipe *offered)
{
    const size_t pigments = fewest(contest, limit);
    *count = 0;
    for (size_t s = 0; s < contest->count; s++) {
        const struct recipe_poured *tied = &contest->contender[s];
        if (tied->best.score > limit || tied->set.count != pigments)
            continue;
        struct recipe recipe;
        enum recipe_reason reason;
        enum status status = evaluate(contest, &tied->set, &tied->best, &recipe);
        if (status != STATUS_OK)
            return status;
        if (recipe_preferred(contest->solver, &recipe, offered, &reason))
            *offered = recipe;
        *count = fill_pool(contest, &tied->set, *count);
    }
    return STATUS_OK;
}

enum status recipe_contest_choose(struct recipe_contest *contest, struct recipe *out)
{
    size_t best = leader(contest), count;
    if (best == contest->count)
        return STATUS_NOT_FOUND;
    const struct recipe_poured *first = &contest->contender[best];
    const double limit = first->best.score + RECIPE_TIE;
    struct recipe least;
    enum status status = evaluate(contest, &first->set, &first->best, &least);
    struct recipe offered = least;
    if (status == STATUS_OK)
        status = offer_best(contest, limit, &count, &offered);
    if (status != STATUS_OK)
        return status;
    prefer(contest, count, limit, &offered);
    enum recipe_reason reason;
    offered.reason = RECIPE_LEAST_DIFFERENCE;
    if (recipe_preferred(contest->solver, &offered, &least, &reason))
        offered.reason = reason;
    contest->contender[contender_of(contest, &offered)].best.score = HUGE_VAL;
    *out = offered;
    return STATUS_OK;
}
