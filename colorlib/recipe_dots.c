/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_dots.h"

#include <math.h>

#include "colorlib/difference.h"

enum { LOOKED_AT = 128 }; /* about so many batches are held against planes one by one */

/* A region that is looked at. */
struct look {
    const struct recipe_quest *quest;
    const struct recipe_region *region;
    struct recipe_known *known;
};

/* -- a batch ------------------------------------------------------------------- */

/* Whether a batch is better than another, or comes before one that is as good. */
static bool is_better(const struct recipe_quest *quest, const struct recipe_found *a,
                      const struct recipe_found *b)
{
    if (a->batch.score != b->batch.score)
        return a->batch.score < b->batch.score;
    if (a->choice != b->choice)
        return a->choice < b->choice;
    for (size_t k = 0; k < quest->choice[a->choice].count; k++)
        if (a->batch.part[k].drops != b->batch.part[k].drops)
            return a->batch.part[k].drops < b->batch.part[k].drops;
    return a->batch.water_ml < b->batch.water_ml;
}

/* Whether the healed color alone tells that a batch breaks the rule or scores more than
 * the best: E is no less than its first term. */
static bool is_hopeless(const struct recipe_quest *quest,
                        const struct recipe_choice *choice, const double *concentration,
                        double best)
{
    const struct recipe_solver *solver = quest->solver;
    const struct recipe_problem *p = &solver->problem;
    struct bands healed;
    recipe_reflectance(solver, 0, choice->pigment, concentration, choice->count, &healed);
    cmsCIELab rule = colorimetry_reflectance_lab(p->rule_weights, healed.value);
    if (recipe_violation(solver, &rule) > 0)
        return true;
    if (!isfinite(best))
        return false;
    cmsCIELab lab = p->rule_weights == p->weights[0]
                        ? rule
                        : colorimetry_reflectance_lab(p->weights[0], healed.value);
    return quest->share * difference_ciede2000(solver->target[0][0], lab) > best;
}

static void look_at(void *context, const struct recipe_batch *shown)
{
    struct look *look = context;
    const struct recipe_solver *solver = look->quest->solver;
    const struct recipe_choice *choice = &look->quest->choice[look->region->choice];
    struct recipe_found *best = &look->known->best;
    struct recipe_found found = {look->region->choice, *shown};
    double concentration[MIXTURE_MAX], volume_ml, loading = 0;
    recipe_concentrations(solver, shown->part, choice->count, shown->water_ml,
                          concentration, &volume_ml);
    for (size_t k = 0; k < choice->count; k++)
        loading += concentration[k];
    if (loading > RECIPE_LOADING_MAX)
        return;
    look->known->search.examined++;
    if (is_hopeless(look->quest, choice, concentration, best->batch.score))
        return;
    struct recipe_outlook outlook =
        recipe_outlook(solver, choice->pigment, concentration, choice->count);
    found.batch.score = recipe_rounded(recipe_score(solver, shown->part, choice->count,
                                                    shown->water_ml, outlook.objective));
    if (outlook.violation <= 0 && is_better(look->quest, &found, best))
        *best = found;
}

/* -- a region ------------------------------------------------------------------ */

/* Leaves a part of a region that may hold a better batch, by the planes of the whole. */
static void leave_part(const struct recipe_quest *quest,
                       const struct recipe_planes *planes, struct recipe_region *part,
                       const struct search_state *state, struct search_rest *rest)
{
    const struct recipe_problem *p = &quest->solver->problem;
    const struct recipe_choice *choice = &quest->choice[part->choice];
    double *promise = &part->search.promise;
    if (recipe_region_trim(p, choice, part) != STATUS_OK)
        return;
    *promise = fmax(*promise, recipe_region_least(p, choice, planes, part));
    if (*promise <= state->limit)
        search_leave(rest, &part->search);
}

/* -- as an appearance ---------------------------------------------------------- */

static void narrow(const void *context, const struct search_region *searched,
                   struct search_state *state, struct search_rest *rest)
{
    struct look look = {context, NULL, (struct recipe_known *)state};
    const struct recipe_quest *quest = look.quest;
    const struct recipe_problem *p = &quest->solver->problem;
    struct recipe_region region = *(const struct recipe_region *)searched;
    const struct recipe_choice *choice = &quest->choice[region.choice];
    struct recipe_mixtures mixtures = recipe_region_mixtures(p, choice, &region);
    struct recipe_planes planes;
    recipe_bounds_planes(quest->bounds, &mixtures, &planes);
    state->regions++;
    double *promise = &region.search.promise;
    *promise = fmax(*promise, recipe_region_least(p, choice, &planes, &region));
    if (*promise > state->limit)
        return;
    if (recipe_region_size(p, choice, &region) <= LOOKED_AT) {
        look.region = &region;
        recipe_region_show(p, choice, &planes, state->limit, &region,
                           (struct recipe_viewer){look_at, &look});
        return;
    }
    if (recipe_region_shrink(p, choice, &planes, state->limit, &region) != STATUS_OK)
        return;
    struct recipe_region half[2];
    recipe_region_cut(p, choice, &planes, &region, half);
    leave_part(quest, &planes, &half[0], state, rest);
    leave_part(quest, &planes, &half[1], state, rest);
}

static void take(const void *context, const struct search_state *from,
                 struct search_state *to)
{
    const struct recipe_found *found = &((const struct recipe_known *)from)->best;
    struct recipe_found *best = &((struct recipe_known *)to)->best;
    if (is_better(context, found, best))
        *best = *found;
}

static void settle(const void *context, struct search_state *state)
{
    (void)context;
    state->limit = ((const struct recipe_known *)state)->best.batch.score;
}

const struct appearance recipe_dots = {
    .name = "dots in skin",
    .region_size = sizeof(struct recipe_region),
    .state_size = sizeof(struct recipe_known),
    .pieces = 256,
    .piece_regions = 1,
    .narrow = narrow,
    .take = take,
    .settle = settle,
};
