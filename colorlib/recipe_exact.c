/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best of all batches, by branch and bound: a region of the grid that cannot hold a
 * better batch than the best one is done with, a small one is looked at batch by batch,
 * another one is cut in two. Those come first that promise most, so that at any time the
 * least of what is left bounds what may still be found.
 *
 * Regions are taken in waves. All of a wave are held against the batch that was best
 * before it, and what they find is put together in their order, so that the number of
 * threads changes nothing.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/recipe_region.h"
#include "colorlib/threads.h"

enum {
    WAVE = 256,
    LOOKED_AT = 128, /* about so many batches are held against planes one by one */
    OPEN_MAX = 1 << 18
};

/* A batch and its set; before the first its score is HUGE_VAL. */
struct found {
    size_t choice;
    struct recipe_batch batch;
};

/* What all regions have in common. */
struct search {
    const struct recipe_solver *solver;
    struct recipe_bounds *bounds;
    struct recipe_choice *choice;
    size_t choices;
    double share; /* of the first age under the first light in E */
};

/* A region of a wave and what became of it. */
struct task {
    const struct search *search;
    struct recipe_region region;
    struct found best;
    uint64_t examined;
    size_t parts; /* that are left of it */
    struct recipe_region part[2];
};

/* Regions that are left, by what they promise: a heap. */
struct open_regions {
    struct recipe_region *region;
    size_t count;
};

/* -- a batch ------------------------------------------------------------------- */

/* Whether a batch is better than another, or comes before one that is as good. */
static bool is_better(const struct search *search, const struct found *a,
                      const struct found *b)
{
    if (a->batch.score != b->batch.score)
        return a->batch.score < b->batch.score;
    if (a->choice != b->choice)
        return a->choice < b->choice;
    for (size_t k = 0; k < search->choice[a->choice].count; k++)
        if (a->batch.part[k].drops != b->batch.part[k].drops)
            return a->batch.part[k].drops < b->batch.part[k].drops;
    return a->batch.water_ml < b->batch.water_ml;
}

/* Whether the healed color alone tells that a batch breaks the rule or scores more than
 * the best: E is no less than its first term. */
static bool is_hopeless(const struct search *search, const struct recipe_choice *choice,
                        const double *concentration, double best)
{
    const struct recipe_solver *solver = search->solver;
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
    return search->share * difference_ciede2000(solver->target[0][0], lab) > best;
}

static void look_at(void *context, const struct recipe_batch *shown)
{
    struct task *task = context;
    const struct recipe_solver *solver = task->search->solver;
    const struct recipe_choice *choice = &task->search->choice[task->region.choice];
    struct found found = {task->region.choice, *shown};
    double concentration[MIXTURE_MAX], volume_ml, loading = 0;
    recipe_concentrations(solver, shown->part, choice->count, shown->water_ml,
                          concentration, &volume_ml);
    for (size_t k = 0; k < choice->count; k++)
        loading += concentration[k];
    if (loading > RECIPE_LOADING_MAX)
        return;
    task->examined++;
    if (is_hopeless(task->search, choice, concentration, task->best.batch.score))
        return;
    struct recipe_outlook outlook =
        recipe_outlook(solver, choice->pigment, concentration, choice->count);
    found.batch.score = recipe_rounded(recipe_score(solver, shown->part, choice->count,
                                                    shown->water_ml, outlook.objective));
    if (outlook.violation <= 0 && is_better(task->search, &found, &task->best))
        task->best = found;
}

/* -- a region ------------------------------------------------------------------ */

/* Keeps a part of a region that may hold a better batch, by the planes of the whole. */
static void keep_part(struct task *task, const struct recipe_planes *planes,
                      struct recipe_region *part)
{
    const struct recipe_problem *p = &task->search->solver->problem;
    const struct recipe_choice *choice = &task->search->choice[part->choice];
    if (recipe_region_trim(p, choice, part) != STATUS_OK)
        return;
    part->known = fmax(part->known, recipe_region_least(p, choice, planes, part));
    if (part->known <= task->best.batch.score)
        task->part[task->parts++] = *part;
}

static void search_region(struct task *task)
{
    const struct search *search = task->search;
    const struct recipe_problem *p = &search->solver->problem;
    const struct recipe_choice *choice = &search->choice[task->region.choice];
    struct recipe_region *region = &task->region;
    struct recipe_mixtures mixtures = recipe_region_mixtures(p, choice, region);
    struct recipe_planes planes;
    recipe_bounds_planes(search->bounds, &mixtures, &planes);
    double best = task->best.batch.score;
    region->known = fmax(region->known, recipe_region_least(p, choice, &planes, region));
    if (region->known > best)
        return;
    if (recipe_region_size(p, choice, region) <= LOOKED_AT) {
        recipe_region_show(p, choice, &planes, best, region,
                           (struct recipe_viewer){look_at, task});
        return;
    }
    if (recipe_region_shrink(p, choice, &planes, best, region) != STATUS_OK)
        return;
    struct recipe_region half[2];
    recipe_region_cut(p, choice, &planes, region, half);
    keep_part(task, &planes, &half[0]);
    keep_part(task, &planes, &half[1]);
}

/* -- all regions --------------------------------------------------------------- */

static void push(struct open_regions *open, const struct recipe_region *region)
{
    size_t at = open->count++;
    for (; at > 0 && open->region[(at - 1) / 2].known > region->known; at = (at - 1) / 2)
        open->region[at] = open->region[(at - 1) / 2];
    open->region[at] = *region;
}

static struct recipe_region pop(struct open_regions *open)
{
    const struct recipe_region first = open->region[0];
    const struct recipe_region moved = open->region[--open->count];
    size_t at = 0;
    for (size_t next = 1; next < open->count; next = 2 * at + 1) {
        if (next + 1 < open->count &&
            open->region[next + 1].known < open->region[next].known)
            next++;
        if (open->region[next].known >= moved.known)
            break;
        open->region[at] = open->region[next];
        at = next;
    }
    open->region[at] = moved;
    return first;
}

/* Whether a region is left that may hold a better batch, and may be looked at. */
static bool goes_on(const struct open_regions *open, const struct found *best,
                    const struct recipe_certificate *certificate, uint64_t regions_max)
{
    return open->count > 0 && open->region[0].known <= best->batch.score &&
           (regions_max == 0 || certificate->regions < regions_max) &&
           open->count + WAVE <= OPEN_MAX;
}

static void search_piece(size_t piece, void *context)
{
    struct task *task = context;
    search_region(&task[piece]);
}

static void search_open(const struct search *search, const struct recipe_exact *settings,
                        struct open_regions *open, struct found *best,
                        struct recipe_certificate *certificate)
{
    struct task task[WAVE];
    while (goes_on(open, best, certificate, settings->regions_max)) {
        size_t tasks = 0;
        while (tasks < WAVE && open->count > 0 &&
               open->region[0].known <= best->batch.score)
            task[tasks++] =
                (struct task){.search = search, .region = pop(open), .best = *best};
        threads_run_on(settings->threads, tasks, search_piece, task);
        certificate->regions += tasks;
        for (size_t i = 0; i < tasks; i++) {
            certificate->examined += task[i].examined;
            if (is_better(search, &task[i].best, best))
                *best = task[i].best;
            for (size_t k = 0; k < task[i].parts; k++)
                push(open, &task[i].part[k]);
        }
    }
    certificate->bound = best->batch.score;
    if (open->count > 0)
        certificate->bound = fmin(certificate->bound, open->region[0].known);
}

/* -- the start ----------------------------------------------------------------- */

/* The set of the recipe to start with; the number of sets where it is none. */
static size_t choice_of(const struct search *search, const struct recipe *start)
{
    size_t index = 0;
    for (; index < search->choices; index++) {
        const struct recipe_choice *choice = &search->choice[index];
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
static void begin(const struct search *search, const struct recipe *start,
                  struct found *best, struct recipe_certificate *certificate)
{
    struct recipe_poured poured = {.set.count = start->count};
    for (size_t k = 0; k < start->count; k++) {
        poured.set.pigment[k] = start->part[k].pigment;
        poured.set.concentration[k] = start->mixture.concentration[k];
    }
    size_t choice = choice_of(search, start);
    if (choice == search->choices)
        return;
    certificate->examined += recipe_pour_around(search->solver, RECIPE_WITHIN, &poured);
    *best = (struct found){choice, poured.best};
}

static enum status count_batches(const struct search *search,
                                 struct recipe_certificate *certificate)
{
    double batches = 0, of_last = 0;
    for (size_t i = 0; i < search->choices; i++) {
        const struct recipe_choice *choice = &search->choice[i];
        of_last = recipe_choice_batches(&search->solver->problem, choice);
        batches += of_last;
    }
    if (batches > RECIPE_EXACT_MAX)
        return STATUS_OUT_OF_RANGE;
    certificate->recipes = (uint64_t)batches;
    return STATUS_OK;
}

static void search_all(const struct search *search, const struct recipe_exact *settings,
                       struct open_regions *open, struct found *best,
                       struct recipe_certificate *certificate)
{
    const struct recipe_problem *p = &search->solver->problem;
    for (size_t i = 0; i < search->choices; i++) {
        struct recipe_region all = recipe_region_all(p, &search->choice[i], i);
        if (recipe_region_trim(p, &search->choice[i], &all) == STATUS_OK)
            push(open, &all);
    }
    if (settings->start)
        begin(search, settings->start, best, certificate);
    search_open(search, settings, open, best, certificate);
}

static enum status search_sets(struct search *search, const struct recipe_exact *settings,
                               struct recipe *out, struct recipe_certificate *certificate)
{
    recipe_choices_list(&search->solver->problem, search->choice);
    *certificate = (struct recipe_certificate){.bound = HUGE_VAL};
    enum status status = count_batches(search, certificate);
    struct found found = {.batch.score = HUGE_VAL};
    struct open_regions open = {malloc(OPEN_MAX * sizeof open.region[0]), 0};
    if (status == STATUS_OK && !open.region)
        status = STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        search_all(search, settings, &open, &found, certificate);
    free(open.region);
    if (status != STATUS_OK)
        return status;
    if (!isfinite(found.batch.score))
        return STATUS_NOT_FOUND;
    return recipe_evaluate(search->solver, found.batch.part,
                           search->choice[found.choice].count, found.batch.water_ml, out);
}

enum status recipe_search_exact(const struct recipe_solver *solver,
                                const struct recipe_exact *settings, struct recipe *out,
                                struct recipe_certificate *certificate)
{
    const struct recipe_problem *p = &solver->problem;
    struct search search = {.solver = solver,
                            .choices = recipe_choices_count(p),
                            .share = p->time_share[0] * p->illuminant_share[0]};
    search.choice = malloc(search.choices * sizeof search.choice[0]);
    if (!search.choice)
        return STATUS_NO_MEMORY;
    struct recipe best;
    struct recipe_certificate found;
    enum status status = recipe_bounds_open(solver, lanes_isa_best(), &search.bounds);
    if (status == STATUS_OK)
        status = search_sets(&search, settings, &best, &found);
    if (status == STATUS_OK)
        *out = best;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *certificate = found;
    recipe_bounds_close(search.bounds);
    free(search.choice);
    return status;
}
