/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/posterior.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "colorlib/covariance.h"

enum { ITERATIONS_MAX = 200 };

/* Beyond this many sd the model is not evaluated: no search ends there, but a trial step
 * may go so far that exp() overflows. */
#define TRIAL_LIMIT 12

/* Difference quotients over this step are good to six digits. */
#define SLOPE_STEP 1e-6

/* Smaller steps change no printed digit, not even of a spread of a thousandth. */
#define STEP_TOLERANCE 1e-7

static double limited(double z)
{
    return fmin(fmax(z, -TRIAL_LIMIT), TRIAL_LIMIT);
}

void posterior_slopes(const struct posterior_problem *problem, const double *z,
                      double *out)
{
    double here[POSTERIOR_ROWS_MAX], there[POSTERIOR_ROWS_MAX];
    double moved[POSTERIOR_UNKNOWNS_MAX];
    for (size_t k = 0; k < problem->unknowns; k++)
        moved[k] = z[k];
    problem->residuals(z, problem->data, here);
    for (size_t k = 0; k < problem->unknowns; k++) {
        moved[k] = z[k] + SLOPE_STEP;
        problem->residuals(moved, problem->data, there);
        moved[k] = z[k];
        for (size_t i = 0; i < problem->rows; i++)
            out[i * problem->unknowns + k] = (there[i] - here[i]) / SLOPE_STEP;
    }
}

static void read_unknowns(const gsl_vector *x, size_t count, double *z)
{
    for (size_t k = 0; k < count; k++)
        z[k] = limited(gsl_vector_get(x, k));
}

/* The rows of the data, then those of the prior. */
static int all_residuals(const gsl_vector *x, void *params, gsl_vector *f)
{
    const struct posterior_problem *problem = params;
    double z[POSTERIOR_UNKNOWNS_MAX], data[POSTERIOR_ROWS_MAX];
    read_unknowns(x, problem->unknowns, z);
    problem->residuals(z, problem->data, data);
    for (size_t i = 0; i < problem->rows; i++)
        gsl_vector_set(f, i, data[i]);
    for (size_t k = 0; k < problem->unknowns; k++)
        gsl_vector_set(f, problem->rows + k, gsl_vector_get(x, k));
    return GSL_SUCCESS;
}

static int all_slopes(const gsl_vector *x, void *params, gsl_matrix *J)
{
    const struct posterior_problem *problem = params;
    double z[POSTERIOR_UNKNOWNS_MAX];
    double slope[POSTERIOR_ROWS_MAX * POSTERIOR_UNKNOWNS_MAX];
    read_unknowns(x, problem->unknowns, z);
    posterior_slopes(problem, z, slope);
    gsl_matrix_set_zero(J);
    for (size_t i = 0; i < problem->rows; i++)
        for (size_t k = 0; k < problem->unknowns; k++)
            gsl_matrix_set(J, i, k, slope[i * problem->unknowns + k]);
    for (size_t k = 0; k < problem->unknowns; k++)
        gsl_matrix_set(J, problem->rows + k, k, 1);
    return GSL_SUCCESS;
}

static double largest_step(const gsl_multifit_nlinear_workspace *solver, size_t count)
{
    double largest = 0;
    for (size_t k = 0; k < count; k++)
        largest = fmax(largest, fabs(gsl_vector_get(solver->dx, k)));
    return largest;
}

/* From the prior mean until a step is negligible. GSL's driver would refuse a start that
 * is the answer already. */
static enum status converge(gsl_multifit_nlinear_workspace *solver,
                            gsl_multifit_nlinear_fdf *fdf, size_t unknowns,
                            size_t *iterations)
{
    double start[POSTERIOR_UNKNOWNS_MAX] = {0};
    gsl_vector_const_view x = gsl_vector_const_view_array(start, unknowns);
    int rc = gsl_multifit_nlinear_init(&x.vector, fdf, solver);
    for (size_t i = 0; i < ITERATIONS_MAX && rc == GSL_SUCCESS; i++) {
        rc = gsl_multifit_nlinear_iterate(solver);
        if (rc == GSL_ENOPROG) /* no step is short enough to gain anything */
            rc = GSL_SUCCESS;
        *iterations = i + 1;
        if (rc == GSL_SUCCESS && largest_step(solver, unknowns) < STEP_TOLERANCE)
            return STATUS_OK;
    }
    return STATUS_NOT_CONVERGED;
}

/* Slopes without measure are no answer. */
static enum status read_solution(const gsl_multifit_nlinear_workspace *solver,
                                 size_t unknowns, struct posterior *out)
{
    const gsl_matrix *J = gsl_multifit_nlinear_jac(solver);
    double covariance[POSTERIOR_UNKNOWNS_MAX * POSTERIOR_UNKNOWNS_MAX];
    if (covariance_of_slopes(J->data, J->size1, unknowns, J->tda, covariance) !=
        STATUS_OK)
        return STATUS_NOT_CONVERGED;
    read_unknowns(gsl_multifit_nlinear_position(solver), unknowns, out->z);
    for (size_t k = 0; k < unknowns; k++)
        for (size_t m = 0; m < unknowns; m++)
            out->covariance[k][m] = covariance[k * unknowns + m];
    return STATUS_OK;
}

enum status posterior_find(const struct posterior_problem *problem, struct posterior *out)
{
    assert(problem->unknowns <= POSTERIOR_UNKNOWNS_MAX &&
           problem->rows <= POSTERIOR_ROWS_MAX);
    size_t rows = problem->rows + problem->unknowns;
    struct posterior found = {.iterations = 0};
    struct posterior_problem copy = *problem; /* GSL hands params back without const */
    gsl_multifit_nlinear_fdf fdf = {.f = all_residuals,
                                    .df = all_slopes,
                                    .n = rows,
                                    .p = problem->unknowns,
                                    .params = &copy};
    /* the unknowns have one scale already, the prior's */
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    settings.scale = gsl_multifit_nlinear_scale_levenberg;
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    gsl_multifit_nlinear_workspace *solver = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &settings, rows, problem->unknowns);
    enum status status =
        solver ? converge(solver, &fdf, problem->unknowns, &found.iterations)
               : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = read_solution(solver, problem->unknowns, &found);
    if (solver)
        gsl_multifit_nlinear_free(solver);
    gsl_set_error_handler(callers);
    if (status == STATUS_OK)
        *out = found;
    return status;
}
