/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The continuous optimum of a set of pigments. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "colorlib/recipe_solver.h"
#include "colorlib/simplex.h"
#include "colorlib/subsets.h"

enum { POLISH_MOVES_MAX = 400 };

/* Beyond the limits E stays as it is at them: a slope back is all that is needed. */
static const double limit_penalty = 1;

/* Below this share of one drop in the largest batch a pigment is a trace. */
static const double drop_share_min = 0.3;

struct polish {
    const struct recipe_problem *problem;
    const struct recipe_aim *aim;
    struct recipe_set set; /* whose concentrations are looked at */
};

bool recipe_is_trace(const struct recipe_problem *p, size_t pigment, double concentration)
{
    return concentration * p->volume_max_ml <
           drop_share_min * p->pigments[pigment].drop_ml;
}

static bool has_trace(const double *u, void *context)
{
    const struct polish *polish = context;
    for (size_t k = 0; k < polish->set.count; k++)
        if (recipe_is_trace(polish->problem, polish->set.pigment[k], exp(u[k])))
            return true;
    return false;
}

double recipe_limit(const struct recipe_problem *p, struct recipe_set *set)
{
    double loading = 0, drops = 0;
    for (size_t k = 0; k < set->count; k++) {
        loading += set->concentration[k];
        drops += set->concentration[k] * p->volume_min_ml /
                 p->pigments[set->pigment[k]].drop_ml;
    }
    double factor = fmax(1, fmax(loading / RECIPE_LOADING_MAX, drops / p->drops_max));
    for (size_t k = 0; k < set->count; k++)
        set->concentration[k] /= factor;
    return factor;
}

/* The value at concentrations exp(u), with a penalty for what exceeds the limits, at
 * which the value is then taken. */
static double penalized(const double *u, void *context)
{
    struct polish *polish = context;
    struct recipe_set *set = &polish->set;
    for (size_t k = 0; k < set->count; k++)
        set->concentration[k] = exp(u[k]);
    double factor = recipe_limit(polish->problem, set);
    return polish->aim->value(set, polish->aim->context) + limit_penalty * log(factor);
}

/* How an effort spends its searches: from how many multiples of the start; how often
 * again from the best, at the most, and for what gain of E, because the rule and the
 * limits make ridges on which a simplex collapses early; and to what size, the relative
 * error of the concentrations. */
static const struct {
    size_t starts;
    size_t again;
    double gain;
    double size;
    bool sheds;    /* ends where a pigment has become a trace */
    bool gives_up; /* what is hopeless */
} efforts[] = {
    /* clang-format off: a row each */
    [RECIPE_ROUGH] = {1, 0, HUGE_VAL, 4e-2, false, false},
    [RECIPE_QUICK] = {1, 6, 0.02, 1e-2, true, false},
    [RECIPE_HASTY] = {1, 6, 0.02, 1e-2, true, true},
    [RECIPE_ONCE] = {1, 0, HUGE_VAL, 1e-2, true, false},
    [RECIPE_FINE] = {1, 8, 1e-3, 2e-3, false, false},
    [RECIPE_THOROUGH] = {3, 8, 1e-3, 1e-3, false, true},
    /* clang-format on */
};

enum status recipe_minimize(const struct recipe_problem *problem,
                            const struct recipe_aim *aim, enum recipe_effort effort,
                            double give_up, struct recipe_set *set)
{
    static const double factor[] = {1, 0.7, 1.4};
    struct polish polish = {problem, aim, *set};
    const struct simplex_aim simplex = {
        .count = set->count,
        .value = penalized,
        .is_enough = efforts[effort].sheds && set->count > 1 ? has_trace : NULL,
        .context = &polish,
        .hopeless = efforts[effort].gives_up ? give_up : HUGE_VAL};
    const size_t starts = efforts[effort].starts;
    double best = HUGE_VAL, gain = HUGE_VAL, best_u[MIXTURE_MAX] = {0};
    enum status status = STATUS_NOT_CONVERGED;
    for (size_t s = 0; s < starts + efforts[effort].again; s++) {
        if ((s > starts && gain < efforts[effort].gain) ||
            (s >= starts && best > give_up))
            break;
        double u[MIXTURE_MAX] = {0}, value;
        for (size_t k = 0; k < set->count; k++)
            u[k] = s < starts ? log(fmax(set->concentration[k], 1e-6) * factor[s])
                              : best_u[k];
        /* the other way round each time, to leave a ridge */
        enum status ended =
            simplex_search(&simplex, s % 2 == 0 ? 0.3 : -0.3, efforts[effort].size,
                           POLISH_MOVES_MAX, u, &value);
        status = ended == STATUS_OK ? ended : status;
        gain = best - value;
        if (!(gain > 0))
            continue;
        best = value;
        set->is_given_up = ended == STATUS_REJECTED;
        memcpy(best_u, u, sizeof best_u);
    }
    if (!isfinite(best))
        return STATUS_NOT_CONVERGED;
    for (size_t k = 0; k < set->count; k++)
        set->concentration[k] = exp(best_u[k]);
    set->promise = best + RECIPE_PIGMENT_PENALTY * (double)(set->count - 1);
    return status;
}

/* What E is judged by. */
struct expectation {
    const struct recipe_solver *solver;
    enum recipe_rule rule;
};

static double expected(const struct recipe_set *set, const void *context)
{
    const struct expectation *expectation = context;
    struct recipe_outlook outlook =
        recipe_outlook(expectation->solver, set->pigment, set->concentration, set->count);
    if (expectation->rule == RECIPE_RELAXED)
        return outlook.objective;
    return outlook.objective + RECIPE_VIOLATION_PENALTY * outlook.violation;
}

enum status recipe_polish(const struct recipe_solver *solver, enum recipe_rule rule,
                          enum recipe_effort effort, double give_up,
                          struct recipe_set *set)
{
    const struct expectation expectation = {solver, rule};
    const struct recipe_aim aim = {expected, &expectation};
    return recipe_minimize(&solver->problem, &aim, effort, give_up, set);
}

enum status recipe_continuous(const struct recipe_solver *solver, const size_t *pigment,
                              size_t count, enum recipe_rule rule, double *concentration,
                              double *objective)
{
    assert(count >= 1 && count <= MIXTURE_MAX);
    struct normal_equations equations;
    recipe_linearize(solver, &equations);
    struct subset subset;
    struct recipe_set set = {.count = count};
    bool solved = subsets_solve(&equations, pigment, count, &subset) == STATUS_OK;
    for (size_t k = 0; k < count; k++) {
        set.pigment[k] = pigment[k];
        set.concentration[k] = solved ? subset.concentration[k] : RECIPE_START;
    }
    enum status status = recipe_polish(solver, rule, RECIPE_THOROUGH, HUGE_VAL, &set);
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < count; k++)
        concentration[k] = set.concentration[k];
    *objective = recipe_outlook(solver, pigment, set.concentration, count).objective;
    return STATUS_OK;
}
