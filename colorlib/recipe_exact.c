/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best of all batches. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/recipe_dots.h"

/* So many regions may wait; where one begins with more sets, so many more. */
enum { WAITING_MAX = 1 << 18 };

/* The set of the recipe to start with; the number of sets where it is none. */
static size_t choice_of(const struct recipe_quest *quest, const struct recipe *start)
{
    size_t index = 0;
    for (; index < quest->choices; index++) {
        const struct recipe_choice *choice = &quest->choice[index];
        size_t same = 0;
        while (same < choice->count && choice->count == start->count &&
               choice->pigment[same] == start->part[same].pigment)
            same++;
        if (same == start->count)
            break;
    }
    return index;
}

/* The best batch around the recipe to start with. */
static void begin(const struct recipe_quest *quest, const struct recipe *start,
                  struct recipe_known *known)
{
    struct recipe_poured poured = {.set.count = start->count};
    for (size_t k = 0; k < start->count; k++) {
        poured.set.pigment[k] = start->part[k].pigment;
        poured.set.concentration[k] = start->mixture.concentration[k];
    }
    size_t choice = choice_of(quest, start);
    if (choice == quest->choices)
        return;
    known->search.examined += recipe_pour_around(quest->solver, RECIPE_WITHIN, &poured);
    known->best = (struct recipe_found){choice, poured.best};
}

static enum status count_batches(const struct recipe_quest *quest, uint64_t *out)
{
    double batches = 0;
    for (size_t i = 0; i < quest->choices; i++) {
        const struct recipe_choice *choice = &quest->choice[i];
        batches += recipe_choice_batches(&quest->solver->problem, choice);
    }
    if (batches > RECIPE_EXACT_MAX)
        return STATUS_OUT_OF_RANGE;
    *out = (uint64_t)batches;
    return STATUS_OK;
}

static enum status search_all(const struct recipe_quest *quest,
                              const struct recipe_exact *settings,
                              struct recipe_known *known, double *promise)
{
    const struct recipe_problem *p = &quest->solver->problem;
    const struct search_problem problem = {.appearance = &recipe_dots,
                                           .model = quest,
                                           .waiting_max = WAITING_MAX + quest->choices,
                                           .threads = settings->threads};
    struct search *search;
    enum status status = search_open(&problem, &search);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < quest->choices; i++) {
        struct recipe_region all = recipe_region_all(p, &quest->choice[i], i);
        if (recipe_region_trim(p, &quest->choice[i], &all) == STATUS_OK)
            search_add(search, &all.search);
    }
    if (settings->start)
        begin(quest, settings->start, known);
    search_run(search, &known->search, settings->regions_max);
    *promise = search_promise(search);
    search_close(search);
    return STATUS_OK;
}

/* NOT_FOUND with the certificate filled in. */
static enum status search_sets(struct recipe_quest *quest,
                               const struct recipe_exact *settings, struct recipe *out,
                               struct recipe_certificate *certificate)
{
    uint64_t recipes;
    double promise;
    struct recipe_known known = {.best.batch.score = HUGE_VAL};
    recipe_choices_list(&quest->solver->problem, quest->choice);
    enum status status = count_batches(quest, &recipes);
    if (status == STATUS_OK)
        status = search_all(quest, settings, &known, &promise);
    if (status != STATUS_OK)
        return status;
    const struct recipe_found *best = &known.best;
    status = isfinite(best->batch.score)
                 ? recipe_evaluate(quest->solver, best->batch.part,
                                   quest->choice[best->choice].count,
                                   best->batch.water_ml, out)
                 : STATUS_NOT_FOUND;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *certificate = (struct recipe_certificate){
            .recipes = recipes,
            .examined = known.search.examined,
            .regions = known.search.regions,
            .bound = fmin(best->batch.score, promise),
        };
    return status;
}

enum status recipe_search_exact(const struct recipe_solver *solver,
                                const struct recipe_exact *settings, struct recipe *out,
                                struct recipe_certificate *certificate)
{
    const struct recipe_problem *p = &solver->problem;
    struct recipe_quest quest = {.solver = solver,
                                 .choices = recipe_choices_count(p),
                                 .share = p->time_share[0] * p->illuminant_share[0]};
    quest.choice = malloc(quest.choices * sizeof quest.choice[0]);
    if (!quest.choice)
        return STATUS_NO_MEMORY;
    enum status status = recipe_bounds_open(solver, lanes_isa_best(), &quest.bounds);
    if (status == STATUS_OK)
        status = search_sets(&quest, settings, out, certificate);
    recipe_bounds_close(quest.bounds);
    free(quest.choice);
    return status;
}
