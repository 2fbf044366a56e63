/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best of all batches, by looking at every one. */
#include <math.h>
#include <stdlib.h>

#include "colorlib/difference.h"
#include "colorlib/recipe_solver.h"

/* The batches of one set of pigments. */
struct enumeration {
    const struct recipe_solver *solver;
    size_t count;
    size_t pigment[MIXTURE_MAX];
    double share; /* of the first age under the first light in E */
    struct recipe_batch best;
    uint64_t recipes;
    uint64_t examined;
};

/* What becomes of the drops of a set. */
struct visitor {
    void (*see)(struct enumeration *enumeration, const unsigned *drops,
                struct recipe_waters waters);
};

/* All numbers of drops from part k on, so many drops and ml of pigment being there. */
static void visit_from(struct enumeration *enumeration, struct visitor visitor,
                       unsigned *drops, size_t k, unsigned sum, double pigment_ml)
{
    const struct recipe_problem *p = &enumeration->solver->problem;
    if (k == enumeration->count) {
        struct recipe_waters waters = recipe_waters_of(p, pigment_ml);
        if (waters.first <= waters.last)
            visitor.see(enumeration, drops, waters);
        return;
    }
    unsigned still = (unsigned)(enumeration->count - k - 1); /* one drop of each */
    double drop_ml = p->pigments[enumeration->pigment[k]].drop_ml;
    for (unsigned n = 1; sum + n + still <= p->drops_max; n++) {
        drops[k] = n;
        visit_from(enumeration, visitor, drops, k + 1, sum + n, pigment_ml + n * drop_ml);
    }
}

static void visit(struct enumeration *enumeration, struct visitor visitor)
{
    unsigned drops[MIXTURE_MAX];
    visit_from(enumeration, visitor, drops, 0, 0, 0);
}

static void count_waters(struct enumeration *enumeration, const unsigned *drops,
                         struct recipe_waters waters)
{
    (void)drops;
    enumeration->recipes += (uint64_t)(waters.last - waters.first + 1);
}

/* Whether the healed color alone tells that a batch breaks the rule or scores more than
 * the best: E is no less than its first term. */
static bool is_hopeless(const struct enumeration *enumeration,
                        const double *concentration)
{
    const struct recipe_solver *solver = enumeration->solver;
    const struct recipe_problem *p = &solver->problem;
    struct bands healed;
    recipe_reflectance(solver, 0, enumeration->pigment, concentration, enumeration->count,
                       &healed);
    cmsCIELab rule = colorimetry_reflectance_lab(p->rule_weights, healed.value);
    if (recipe_violation(solver, &rule) > 0)
        return true;
    if (!isfinite(enumeration->best.score))
        return false;
    cmsCIELab lab = p->rule_weights == p->weights[0]
                        ? rule
                        : colorimetry_reflectance_lab(p->weights[0], healed.value);
    return enumeration->share * difference_ciede2000(solver->target[0][0], lab) >
           enumeration->best.score;
}

static void look_at(struct enumeration *enumeration, struct recipe_batch *batch)
{
    const struct recipe_solver *solver = enumeration->solver;
    double concentration[MIXTURE_MAX], volume_ml, loading = 0;
    recipe_concentrations(solver, batch->part, enumeration->count, batch->water_ml,
                          concentration, &volume_ml);
    for (size_t k = 0; k < enumeration->count; k++)
        loading += concentration[k];
    if (loading > RECIPE_LOADING_MAX)
        return;
    enumeration->examined++;
    if (is_hopeless(enumeration, concentration))
        return;
    struct recipe_outlook outlook =
        recipe_outlook(solver, enumeration->pigment, concentration, enumeration->count);
    batch->score = recipe_rounded(recipe_score(solver, batch->part, enumeration->count,
                                               batch->water_ml, outlook.objective));
    if (outlook.violation <= 0 && batch->score < enumeration->best.score)
        enumeration->best = *batch;
}

static void look_at_waters(struct enumeration *enumeration, const unsigned *drops,
                           struct recipe_waters waters)
{
    struct recipe_batch batch = {.water_ml = 0};
    for (size_t k = 0; k < enumeration->count; k++)
        batch.part[k] = (struct recipe_part){enumeration->pigment[k], drops[k]};
    for (long w = waters.first; w <= waters.last; w++) {
        batch.water_ml = (double)w * enumeration->solver->problem.water_step_ml;
        look_at(enumeration, &batch);
    }
}

/* -- all sets
 * ---------------------------------------------------------------------------- */

static size_t sets_of(size_t pigments, size_t size)
{
    size_t sets = 1;
    for (size_t k = 0; k < size; k++)
        sets = sets * (pigments - k) / (k + 1);
    return size > pigments ? 0 : sets;
}

/* The next set of the same size. */
static void next_set(size_t *pigment, size_t size, size_t pigments)
{
    size_t k = size;
    while (k > 0 && pigment[k - 1] == pigments - size + k - 1)
        k--;
    if (k == 0)
        return;
    pigment[k - 1]++;
    for (; k < size; k++)
        pigment[k] = pigment[k - 1] + 1;
}

/* Writes all sets, fewer pigments first. */
static void list_sets(const struct recipe_solver *solver, struct enumeration *sets)
{
    const struct recipe_problem *p = &solver->problem;
    for (size_t size = 1; size <= p->pigments_max; size++) {
        size_t pigment[MIXTURE_MAX] = {0};
        for (size_t k = 0; k < size; k++)
            pigment[k] = k;
        for (size_t left = sets_of(p->pigment_count, size); left > 0; left--) {
            *sets =
                (struct enumeration){.solver = solver,
                                     .count = size,
                                     .share = p->time_share[0] * p->illuminant_share[0],
                                     .best.score = HUGE_VAL};
            for (size_t k = 0; k < size; k++)
                sets->pigment[k] = pigment[k];
            sets++;
            next_set(pigment, size, p->pigment_count);
        }
    }
}

static void look_at_all(struct enumeration *sets, size_t count, size_t threads)
{
    int wanted = (int)threads;
    (void)wanted; /* without OpenMP */
#pragma omp parallel for schedule(dynamic) num_threads(wanted) if (wanted > 1)
    for (size_t s = 0; s < count; s++)
        visit(&sets[s], (struct visitor){look_at_waters});
}

static enum status search_sets(const struct recipe_solver *solver,
                               struct enumeration *sets, size_t count, size_t threads,
                               struct recipe *out, struct recipe_certificate *certificate)
{
    list_sets(solver, sets);
    *certificate = (struct recipe_certificate){.bound = HUGE_VAL};
    for (size_t s = 0; s < count; s++) {
        visit(&sets[s], (struct visitor){count_waters});
        certificate->recipes += sets[s].recipes;
        if ((double)certificate->recipes > RECIPE_EXACT_MAX)
            return STATUS_OUT_OF_RANGE;
    }
    look_at_all(sets, count, threads);
    const struct enumeration *best = &sets[0];
    for (size_t s = 0; s < count; s++) {
        certificate->examined += sets[s].examined;
        if (sets[s].best.score < best->best.score)
            best = &sets[s];
    }
    certificate->bound = best->best.score;
    if (!isfinite(best->best.score))
        return STATUS_NOT_FOUND;
    return recipe_evaluate(solver, best->best.part, best->count, best->best.water_ml,
                           out);
}

enum status recipe_search_exact(const struct recipe_solver *solver, size_t threads,
                                struct recipe *out,
                                struct recipe_certificate *certificate)
{
    const struct recipe_problem *p = &solver->problem;
    size_t count = 0;
    for (size_t size = 1; size <= p->pigments_max; size++)
        count += sets_of(p->pigment_count, size);
    struct enumeration *sets = calloc(count, sizeof *sets);
    if (!sets)
        return STATUS_NO_MEMORY;
    struct recipe best;
    struct recipe_certificate found;
    enum status status = search_sets(solver, sets, count, threads, &best, &found);
    if (status == STATUS_OK)
        *out = best;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *certificate = found;
    free(sets);
    return status;
}
