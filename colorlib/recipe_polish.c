/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The continuous optimum of a set of pigments. */
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>

#include "colorlib/recipe_solver.h"
#include "colorlib/subsets.h"

enum { POLISH_ITERATIONS_MAX = 400 };

/* An exact penalty: large enough that breaking the rule never pays, because one unit of
 * L*, a* or b* is worth less than two of CIEDE2000 anywhere. */
static const double violation_penalty = 10;

/* Where to start a set of pigments that has no positive linear solution. */
static const double fallback_start = 0.02;

struct polish {
    const struct recipe_solver *solver;
    const size_t *pigment;
    size_t count;
    enum recipe_rule rule;
};

/* E at concentrations exp(u), with penalties for the rule and the loading. */
static double penalized(const gsl_vector *u, void *parameters)
{
    const struct polish *polish = parameters;
    double concentration[MIXTURE_MAX], loading = 0;
    for (size_t k = 0; k < polish->count; k++) {
        concentration[k] = exp(gsl_vector_get(u, k));
        loading += concentration[k];
    }
    double excess = fmax(0, loading - RECIPE_LOADING_MAX);
    for (size_t k = 0; k < polish->count && excess > 0; k++)
        concentration[k] *= RECIPE_LOADING_MAX / loading;
    struct recipe_outlook outlook = recipe_outlook(
        polish->solver, polish->pigment, concentration, polish->count, HUGE_VAL);
    double penalty = violation_penalty * 10 * excess;
    if (polish->rule == RECIPE_WITHIN)
        penalty += violation_penalty * outlook.violation;
    return outlook.objective + penalty;
}

/* One simplex search from the start, which it improves; returns the value reached. */
static enum status minimize(gsl_multimin_fminimizer *minimizer,
                            gsl_multimin_function *function, gsl_vector *u,
                            const gsl_vector *step, double *value)
{
    if (gsl_multimin_fminimizer_set(minimizer, function, u, step) != GSL_SUCCESS)
        return STATUS_NOT_CONVERGED;
    for (size_t i = 0; i < POLISH_ITERATIONS_MAX; i++) {
        if (gsl_multimin_fminimizer_iterate(minimizer) != GSL_SUCCESS)
            break;
        double size = gsl_multimin_fminimizer_size(minimizer);
        if (gsl_multimin_test_size(size, 1e-3) == GSL_SUCCESS) {
            gsl_vector_memcpy(u, gsl_multimin_fminimizer_x(minimizer));
            *value = gsl_multimin_fminimizer_minimum(minimizer);
            return STATUS_OK;
        }
    }
    return STATUS_NOT_CONVERGED;
}

/* The best of simplex searches from 0.7, 1 and 1.4 times the linear solution, and once
 * more from the best, because the rule makes ridges on which a simplex can collapse
 * early. */
static enum status search(gsl_multimin_fminimizer *minimizer, struct polish *polish,
                          const double *start, gsl_vector *u, gsl_vector *step,
                          double *concentration)
{
    static const double factor[] = {1, 0.7, 1.4};
    gsl_multimin_function function = {penalized, polish->count, polish};
    double best = HUGE_VAL, best_u[MIXTURE_MAX] = {0};
    for (size_t s = 0; s <= sizeof factor / sizeof factor[0]; s++) {
        for (size_t k = 0; k < polish->count; k++)
            gsl_vector_set(u, k,
                           s < sizeof factor / sizeof factor[0]
                               ? log(fmax(start[k], 1e-6) * factor[s])
                               : best_u[k]);
        gsl_vector_set_all(step, 0.3);
        double value;
        if (minimize(minimizer, &function, u, step, &value) != STATUS_OK || value >= best)
            continue;
        best = value;
        for (size_t k = 0; k < polish->count; k++)
            best_u[k] = gsl_vector_get(u, k);
    }
    if (!isfinite(best))
        return STATUS_NOT_CONVERGED;
    for (size_t k = 0; k < polish->count; k++)
        concentration[k] = exp(best_u[k]);
    return STATUS_OK;
}

enum status recipe_polish(const struct recipe_solver *solver, const size_t *pigment,
                          size_t count, enum recipe_rule rule, const double *start,
                          double *concentration)
{
    struct polish polish = {solver, pigment, count, rule};
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    gsl_multimin_fminimizer *minimizer =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, count);
    gsl_vector *u = gsl_vector_alloc(count);
    gsl_vector *step = gsl_vector_alloc(count);
    enum status status = STATUS_NO_MEMORY;
    if (minimizer && u && step)
        status = search(minimizer, &polish, start, u, step, concentration);
    gsl_vector_free(step);
    gsl_vector_free(u);
    if (minimizer)
        gsl_multimin_fminimizer_free(minimizer);
    gsl_set_error_handler(callers);
    return status;
}

enum status recipe_continuous(const struct recipe_solver *solver, const size_t *pigment,
                              size_t count, enum recipe_rule rule, double *concentration,
                              double *objective)
{
    struct normal_equations equations;
    recipe_linearize(solver, &equations);
    struct subset subset;
    double start[MIXTURE_MAX] = {0};
    bool solved = subsets_solve(&equations, pigment, count, &subset) == STATUS_OK;
    for (size_t k = 0; k < count; k++)
        start[k] = solved ? subset.concentration[k] : fallback_start;

    double found[MIXTURE_MAX];
    enum status status = recipe_polish(solver, pigment, count, rule, start, found);
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < count; k++)
        concentration[k] = found[k];
    *objective = recipe_outlook(solver, pigment, found, count, HUGE_VAL).objective;
    return STATUS_OK;
}
