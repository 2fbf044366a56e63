/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The batches of one set of pigments, in whole drops and water steps. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/recipe_solver.h"

enum {
    DROPS_AROUND = 2, /* tried on either side of the continuous optimum */
    WATER_AROUND = 2,
    LEADS_MAX = 24,  /* numbers of drops tried of the leading pigment, about */
    WATER_NEAR = 16, /* tried on either side of a batch from which to descend */
    DESCENT_MAX = 60 /* steps to better neighbours */
};

/* What looking at batches needs to know throughout. */
struct pouring {
    const struct recipe_solver *solver;
    enum recipe_rule rule;
    const struct recipe_set *set;
    struct recipe_batch *best; /* so far, its score HUGE_VAL before the first */
    struct recipe *preferred;  /* of all within limit; NULL to look for the best only */
    struct recipe_batches *within; /* takes all within limit; NULL otherwise */
    double limit;
    size_t evaluated;
};

/* Whether every batch within the limit counts, not only the best. */
static bool takes_all(const struct pouring *pouring)
{
    return pouring->preferred || pouring->within;
}

/* A score above which a batch is of no interest. */
static double give_up(const struct pouring *pouring)
{
    return takes_all(pouring) ? pouring->limit : pouring->best->score;
}

/* Takes a batch whose score is within what interests. */
static void take(struct pouring *pouring, const struct recipe_batch *batch)
{
    if (batch->score < pouring->best->score)
        *pouring->best = *batch;
    struct recipe_batches *within = pouring->within;
    if (within && within->count < within->capacity)
        within->batch[within->count++] = *batch;
    if (!pouring->preferred)
        return;
    struct recipe recipe;
    enum recipe_reason reason;
    if (recipe_evaluate(pouring->solver, batch->part, pouring->set->count,
                        batch->water_ml, &recipe) == STATUS_OK &&
        recipe_preferred(pouring->solver, &recipe, pouring->preferred, &reason))
        *pouring->preferred = recipe;
}

/* Whether no further batch can be taken. */
static bool is_full(const struct pouring *pouring)
{
    return pouring->within && pouring->within->count == pouring->within->capacity;
}

/* Looks at one batch; says whether its score is within what interests. */
static bool consider(struct pouring *pouring, const unsigned *drops, double water_ml)
{
    if (is_full(pouring))
        return false;
    const struct recipe_set *set = pouring->set;
    const double most = give_up(pouring);
    struct recipe_batch batch = {.water_ml = water_ml};
    for (size_t k = 0; k < set->count; k++)
        batch.part[k] = (struct recipe_part){set->pigment[k], drops[k]};
    double concentration[MIXTURE_MAX], volume, loading = 0;
    recipe_concentrations(pouring->solver, batch.part, set->count, water_ml,
                          concentration, &volume);
    for (size_t k = 0; k < set->count; k++)
        loading += concentration[k];
    if (loading > RECIPE_LOADING_MAX)
        return false;
    pouring->evaluated++;
    struct recipe_outlook outlook =
        recipe_outlook(pouring->solver, set->pigment, concentration, set->count);
    if (pouring->rule == RECIPE_WITHIN && outlook.violation > 0)
        return false;
    batch.score = recipe_rounded(recipe_score(pouring->solver, batch.part, set->count,
                                              water_ml, outlook.objective));
    if (batch.score > most)
        return false;
    take(pouring, &batch);
    return true;
}

static double pigment_ml(const struct pouring *pouring, const unsigned *drops)
{
    const struct recipe_set *set = pouring->set;
    double sum = 0;
    for (size_t k = 0; k < set->count; k++)
        sum += drops[k] * pouring->solver->problem.pigments[set->pigment[k]].drop_ml;
    return sum;
}

/* The batches with these drops whose water lies around what the optimum asks for: a few
 * for the best one, for the preferred one as far as scores stay within the limit. */
static void consider_waters(struct pouring *pouring, const unsigned *drops)
{
    const struct recipe_problem *p = &pouring->solver->problem;
    double pigment = pigment_ml(pouring, drops), loading = 0;
    for (size_t k = 0; k < pouring->set->count; k++)
        loading += pouring->set->concentration[k];
    struct recipe_waters range = recipe_waters_of(p, pigment);
    if (range.first > range.last)
        return;
    /* what the optimum asks for may lie beyond what the batch takes */
    double wanted = (pigment / loading - pigment) / p->water_step_ml;
    long middle = lround(fmin(fmax(wanted, (double)range.first), (double)range.last));
    for (long step = -1; step <= 1; step += 2) {
        bool within = true;
        for (long w = step < 0 ? middle : middle + 1;
             w >= range.first && w <= range.last &&
             (labs(w - middle) <= WATER_AROUND || (takes_all(pouring) && within));
             w += step)
            within = consider(pouring, drops, (double)w * p->water_step_ml);
    }
}

static unsigned drops_sum(const unsigned *drops, size_t count)
{
    unsigned sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += drops[k];
    return sum;
}

/* The pigment of which the optimum takes the most drops: its drops set the scale. */
static size_t leading(const struct pouring *pouring)
{
    const struct recipe_set *set = pouring->set;
    const struct pigment *pigments = pouring->solver->problem.pigments;
    size_t lead = 0;
    for (size_t k = 1; k < set->count; k++)
        if (set->concentration[k] / pigments[set->pigment[k]].drop_ml >
            set->concentration[lead] / pigments[set->pigment[lead]].drop_ml)
            lead = k;
    return lead;
}

/* All whole drops around the optimum for the pigments from part k on, given the drops of
 * the leading one. */
static void consider_drops(struct pouring *pouring, size_t lead, unsigned *drops,
                           size_t k)
{
    const struct recipe_problem *p = &pouring->solver->problem;
    const struct recipe_set *set = pouring->set;
    if (k == set->count) {
        if (drops_sum(drops, k) <= p->drops_max)
            consider_waters(pouring, drops);
        return;
    }
    if (k == lead) {
        consider_drops(pouring, lead, drops, k + 1);
        return;
    }
    double lead_ml = drops[lead] * p->pigments[set->pigment[lead]].drop_ml;
    double exact = lead_ml * set->concentration[k] / set->concentration[lead] /
                   p->pigments[set->pigment[k]].drop_ml;
    double low = fmax(1, floor(exact) - DROPS_AROUND);
    double high = fmin(p->drops_max, ceil(exact) + DROPS_AROUND);
    for (double n = low; n <= high; n++) {
        drops[k] = (unsigned)n;
        consider_drops(pouring, lead, drops, k + 1);
    }
}

/* The waters near that of a batch with its drops and a change of two of its parts. */
static void consider_neighbour(struct pouring *pouring, const struct recipe_batch *from,
                               size_t part, int more, size_t other, int other_more)
{
    const struct recipe_problem *p = &pouring->solver->problem;
    unsigned drops[MIXTURE_MAX];
    for (size_t k = 0; k < pouring->set->count; k++) {
        int changed = (int)from->part[k].drops + (k == part ? more : 0) +
                      (k == other ? other_more : 0);
        if (changed < 1)
            return;
        drops[k] = (unsigned)changed;
    }
    if (drops_sum(drops, pouring->set->count) > p->drops_max)
        return;
    struct recipe_waters range = recipe_waters_of(p, pigment_ml(pouring, drops));
    long middle = lround(from->water_ml / p->water_step_ml);
    for (long water = middle - WATER_NEAR; water <= middle + WATER_NEAR; water++)
        if (water >= range.first && water <= range.last)
            consider(pouring, drops, (double)water * p->water_step_ml);
}

/* Descends from the best batch over its neighbours until none is better: where the rule
 * or a limit cuts the optimum off, the best batch lies away from its ratios. */
static void descend(struct pouring *pouring)
{
    const size_t count = pouring->set->count;
    double score = HUGE_VAL;
    for (size_t step = 0; step < DESCENT_MAX && pouring->best->score < score; step++) {
        struct recipe_batch from = *pouring->best;
        score = from.score;
        for (size_t a = 0; a < count; a++)
            for (size_t b = a + 1; b < count; b++)
                for (int change = -1; change <= 1; change++)
                    for (int other = -1; other <= 1; other++)
                        consider_neighbour(pouring, &from, a, change, b, other);
    }
}

/* The batches around the continuous optimum of the set. */
static void pour_around(struct pouring *pouring)
{
    const struct recipe_problem *p = &pouring->solver->problem;
    const struct recipe_set *set = pouring->set;
    size_t lead = leading(pouring);
    double per_ml = set->concentration[lead] / p->pigments[set->pigment[lead]].drop_ml;
    double low = fmax(1, floor(per_ml * p->volume_min_ml) - DROPS_AROUND);
    double high = fmin(p->drops_max, ceil(per_ml * p->volume_max_ml) + DROPS_AROUND);
    double stride = fmax(1, floor((high - low) / LEADS_MAX));
    for (double n = low; n <= high; n += stride) {
        unsigned drops[MIXTURE_MAX] = {0};
        drops[lead] = (unsigned)n;
        consider_drops(pouring, lead, drops, 0);
    }
}

static struct pouring best_of(const struct recipe_solver *solver, enum recipe_rule rule,
                              struct recipe_poured *poured)
{
    poured->best.score = HUGE_VAL;
    return (struct pouring){
        .solver = solver, .rule = rule, .set = &poured->set, .best = &poured->best};
}

size_t recipe_pour_around(const struct recipe_solver *solver, enum recipe_rule rule,
                          struct recipe_poured *poured)
{
    struct pouring pouring = best_of(solver, rule, poured);
    pour_around(&pouring);
    descend(&pouring);
    return pouring.evaluated;
}

size_t recipe_pour_all(const struct recipe_solver *solver, enum recipe_rule rule,
                       struct recipe_poured *poured)
{
    const struct recipe_problem *p = &solver->problem;
    struct pouring pouring = best_of(solver, rule, poured);
    unsigned drops[MIXTURE_MAX] = {1, 1};
    for (drops[0] = 1; drops[0] <= p->drops_max; drops[0]++)
        for (drops[1] = 1; drops_sum(drops, poured->set.count) <= p->drops_max;
             drops[1]++) {
            struct recipe_waters range = recipe_waters_of(p, pigment_ml(&pouring, drops));
            for (long w = range.first; w <= range.last; w++)
                consider(&pouring, drops, (double)w * p->water_step_ml);
            if (poured->set.count == 1)
                break;
        }
    return pouring.evaluated;
}

enum status recipe_pour_preferred(const struct recipe_solver *solver,
                                  enum recipe_rule rule,
                                  const struct recipe_poured *poured, double limit,
                                  struct recipe *out)
{
    struct recipe_batch best = poured->best;
    enum status status =
        recipe_evaluate(solver, best.part, poured->set.count, best.water_ml, out);
    if (status != STATUS_OK || best.score > limit)
        return status;
    struct pouring pouring = {.solver = solver,
                              .rule = rule,
                              .set = &poured->set,
                              .best = &best,
                              .preferred = out,
                              .limit = limit};
    pour_around(&pouring);
    descend(&pouring);
    return STATUS_OK;
}

size_t recipe_pour_within(const struct recipe_solver *solver, enum recipe_rule rule,
                          const struct recipe_set *set, struct recipe_batches *batches)
{
    struct recipe_batch best = {.score = HUGE_VAL};
    struct pouring pouring = {.solver = solver,
                              .rule = rule,
                              .set = set,
                              .best = &best,
                              .within = batches,
                              .limit = batches->limit};
    pour_around(&pouring);
    return pouring.evaluated;
}
