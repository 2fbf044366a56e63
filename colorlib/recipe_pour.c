/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The batches of one set of pigments, in whole drops and water steps. */
#include <math.h>
#include <string.h>

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
    struct recipe_poured *poured;
    const struct recipe_set *set; /* of poured */
    size_t evaluated;
};

static bool same_batch(const struct recipe_batch *a, const struct recipe_batch *b,
                       size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (a->part[k].drops != b->part[k].drops)
            return false;
    return fabs(a->water_ml - b->water_ml) < 1e-9;
}

static void keep(struct recipe_poured *poured, const struct recipe_batch *batch)
{
    size_t at = poured->batch_count;
    while (at > 0 && poured->batch[at - 1].score > batch->score)
        at--;
    if (at == RECIPE_BATCHES_KEPT)
        return;
    for (size_t i = 0; i < poured->batch_count; i++)
        if (same_batch(&poured->batch[i], batch, poured->set.count))
            return;
    if (poured->batch_count < RECIPE_BATCHES_KEPT)
        poured->batch_count++;
    memmove(&poured->batch[at + 1], &poured->batch[at],
            (poured->batch_count - at - 1) * sizeof poured->batch[0]);
    poured->batch[at] = *batch;
}

/* Looks at one batch and keeps it when it is among the best of its set. */
static void consider(struct pouring *pouring, const unsigned *drops, double water_ml)
{
    const struct recipe_set *set = pouring->set;
    const struct recipe_poured *poured = pouring->poured;
    struct recipe_batch batch = {.water_ml = water_ml};
    for (size_t k = 0; k < set->count; k++)
        batch.part[k] = (struct recipe_part){set->pigment[k], drops[k]};
    double concentration[MIXTURE_MAX], volume, loading = 0;
    recipe_concentrations(pouring->solver, batch.part, set->count, water_ml,
                          concentration, &volume);
    for (size_t k = 0; k < set->count; k++)
        loading += concentration[k];
    if (loading > RECIPE_LOADING_MAX)
        return;
    double give_up = poured->batch_count == RECIPE_BATCHES_KEPT
                         ? poured->batch[RECIPE_BATCHES_KEPT - 1].score
                         : HUGE_VAL;
    pouring->evaluated++;
    struct recipe_outlook outlook =
        recipe_outlook(pouring->solver, set->pigment, concentration, set->count, give_up);
    if (pouring->rule == RECIPE_WITHIN && outlook.violation > 0)
        return;
    batch.score = recipe_rounded(recipe_score(pouring->solver, batch.part, set->count,
                                              water_ml, outlook.objective));
    if (batch.score <= give_up)
        keep(pouring->poured, &batch);
}

/* Water in steps such that pigment and water fill the batch range. */
struct water_range {
    long first;
    long last;
};

static struct water_range water_range(const struct recipe_problem *p, double pigment_ml)
{
    /* a hair's breadth, so that 4.0 ml of decimal steps count as 4 ml */
    const double slack = 1e-9;
    struct water_range range = {
        (long)ceil((p->volume_min_ml - pigment_ml) / p->water_step_ml - slack),
        (long)floor((p->volume_max_ml - pigment_ml) / p->water_step_ml + slack)};
    if (range.first < 0)
        range.first = 0;
    return range;
}

static double pigment_ml(const struct pouring *pouring, const unsigned *drops)
{
    const struct recipe_set *set = pouring->set;
    double sum = 0;
    for (size_t k = 0; k < set->count; k++)
        sum += drops[k] * pouring->solver->problem.pigments[set->pigment[k]].drop_ml;
    return sum;
}

/* The batches with these drops whose water lies around what the optimum asks for. */
static void consider_waters(struct pouring *pouring, const unsigned *drops)
{
    const struct recipe_problem *p = &pouring->solver->problem;
    double pigment = pigment_ml(pouring, drops), loading = 0;
    for (size_t k = 0; k < pouring->set->count; k++)
        loading += pouring->set->concentration[k];
    struct water_range range = water_range(p, pigment);
    /* what the optimum asks for may lie beyond what the batch takes */
    double wanted = (pigment / loading - pigment) / p->water_step_ml;
    long middle = lround(fmin(fmax(wanted, (double)range.first), (double)range.last));
    for (long w = middle - WATER_AROUND; w <= middle + WATER_AROUND; w++)
        if (w >= range.first && w <= range.last)
            consider(pouring, drops, (double)w * p->water_step_ml);
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
    struct water_range range = water_range(p, pigment_ml(pouring, drops));
    long middle = lround(from->water_ml / p->water_step_ml);
    for (long water = middle - WATER_NEAR; water <= middle + WATER_NEAR; water++)
        if (water >= range.first && water <= range.last)
            consider(pouring, drops, (double)water * p->water_step_ml);
}

/* Descends from the best batch over its neighbours until none is better: where the rule
 * or a limit cuts the optimum off, the best batch lies away from its ratios. */
static void descend(struct pouring *pouring)
{
    struct recipe_poured *poured = pouring->poured;
    const size_t count = poured->set.count;
    double score = HUGE_VAL;
    for (size_t step = 0;
         step < DESCENT_MAX && poured->batch_count > 0 && poured->batch[0].score < score;
         step++) {
        struct recipe_batch from = poured->batch[0];
        score = from.score;
        for (size_t a = 0; a < count; a++)
            for (size_t b = a + 1; b < count; b++)
                for (int change = -1; change <= 1; change++)
                    for (int other = -1; other <= 1; other++)
                        consider_neighbour(pouring, &from, a, change, b, other);
    }
}

size_t recipe_pour_around(const struct recipe_solver *solver, enum recipe_rule rule,
                          struct recipe_poured *poured)
{
    const struct recipe_problem *p = &solver->problem;
    struct pouring pouring = {solver, rule, poured, &poured->set, 0};
    poured->batch_count = 0;
    size_t lead = leading(&pouring);
    double per_ml =
        poured->set.concentration[lead] / p->pigments[poured->set.pigment[lead]].drop_ml;
    double low = fmax(1, floor(per_ml * p->volume_min_ml) - DROPS_AROUND);
    double high = fmin(p->drops_max, ceil(per_ml * p->volume_max_ml) + DROPS_AROUND);
    double stride = fmax(1, floor((high - low) / LEADS_MAX));
    for (double n = low; n <= high; n += stride) {
        unsigned drops[MIXTURE_MAX] = {0};
        drops[lead] = (unsigned)n;
        consider_drops(&pouring, lead, drops, 0);
    }
    descend(&pouring);
    return pouring.evaluated;
}

size_t recipe_pour_all(const struct recipe_solver *solver, enum recipe_rule rule,
                       struct recipe_poured *poured)
{
    const struct recipe_problem *p = &solver->problem;
    struct pouring pouring = {solver, rule, poured, &poured->set, 0};
    poured->batch_count = 0;
    unsigned drops[MIXTURE_MAX] = {1, 1};
    for (drops[0] = 1; drops[0] <= p->drops_max; drops[0]++)
        for (drops[1] = 1; drops_sum(drops, poured->set.count) <= p->drops_max;
             drops[1]++) {
            struct water_range range = water_range(p, pigment_ml(&pouring, drops));
            for (long w = range.first; w <= range.last; w++)
                consider(&pouring, drops, (double)w * p->water_step_ml);
            if (poured->set.count == 1)
                break;
        }
    return pouring.evaluated;
}
