/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin_solve.h"

#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "colorlib/covariance.h"

enum { THETA_HAZE = 5, ITERATIONS_MAX = 100, LAB_ROWS = 3 };

/* Normal priors of theta = ln f_m, ln f_b, logit s, ln A_s, b_s, rho_s, ln y. Blood after
 * the average of Jacques (1998), scattering after the spread of Jacques (2013) and of the
 * measured skins of NIST; the others are assumptions. */
static const struct {
    double mean;
    double sd;
} prior[SKIN_PARAMETER_COUNT] = {
    {-3.912023005428146, 1.0}, /* ln 0.02 */
    {-4.828313737302301, 0.6}, /* ln 0.008 */
    {0.6, 0.7},
    {1.2809338454620642, 0.5}, /* ln 3.6 */
    {1.3, 0.5},
    {0.015, 0.008},
    {-2.995732273553991, 0.8}, /* ln 0.05 */
};

#define HAZE_MAX 0.05

/* Repeatability of L*, a*, b*. */
static const double lab_sd[LAB_ROWS] = {0.5, 0.35, 0.45};

/* The solver's unknowns are theta in prior sd from the prior mean. Beyond this many the
 * model is not evaluated: no fit ends there, but a trial step may go so far that exp()
 * overflows. */
#define TRIAL_LIMIT 12

/* Difference quotients over this step are good to six digits. */
#define JACOBIAN_STEP 1e-6

/* A posterior sd is a twentieth of the prior's or more: smaller steps change no printed
 * digit. */
#define STEP_TOLERANCE 1e-4

/* The Soret band, where the model is worst, ends here. */
enum { BAND_440 = 4 };

/* Haze stays within 0 and its maximum by reflection at both: a triangular wave, whose
 * slope is 1 or -1. */
static double reflected_haze(double haze)
{
    return fmin(fabs(remainder(haze, 2 * HAZE_MAX)), HAZE_MAX);
}

static double reflection_slope(double haze)
{
    return remainder(haze, 2 * HAZE_MAX) < 0 ? -1 : 1;
}

static double theta_at(const gsl_vector *x, size_t k)
{
    double z = fmin(fmax(gsl_vector_get(x, k), -TRIAL_LIMIT), TRIAL_LIMIT);
    return prior[k].mean + prior[k].sd * z;
}

static void read_theta(const gsl_vector *x, double *theta)
{
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        theta[k] = theta_at(x, k);
    theta[THETA_HAZE] = reflected_haze(theta[THETA_HAZE]);
}

struct skin_parameters skin_theta_parameters(const double *theta)
{
    return (struct skin_parameters){
        .melanosome_fraction = exp(theta[0]),
        .blood_fraction = exp(theta[1]),
        .oxygen_saturation = 1 / (1 + exp(-theta[2])),
        .scattering_per_mm = exp(theta[3]),
        .scattering_power = theta[4],
        .haze = reflected_haze(theta[THETA_HAZE]),
        .yellow_per_mm = exp(theta[6]),
    };
}

static void modelled(const double *theta, struct bands *out)
{
    struct skin_parameters parameters = skin_theta_parameters(theta);
    struct skin_optics optics;
    skin_optics_make(&parameters, &optics);
    skin_reflectance(&optics, out);
}

/* Instrument noise, and the model's own error, which is large in the Soret band. */
static double reflectance_sd(const struct bands *measured, size_t band)
{
    double reflectance = fmax(measured->value[band], 0);
    return band >= BAND_440 ? 0.003 + 0.010 * reflectance : 0.006 + 0.05 * reflectance;
}

static size_t data_rows(const struct skin_evidence *evidence)
{
    return evidence->spectrum ? BAND_COUNT : LAB_ROWS;
}

/* Differences between model and data in units of their sd. */
static void data_residuals(const struct skin_evidence *evidence, const double *theta,
                           double *out)
{
    struct bands model;
    modelled(theta, &model);
    if (evidence->spectrum) {
        for (size_t i = 0; i < BAND_COUNT; i++)
            out[i] = (model.value[i] - evidence->spectrum->value[i]) /
                     (evidence->noise_factor * reflectance_sd(evidence->spectrum, i));
        return;
    }
    cmsCIELab lab = colorimetry_reflectance_lab(evidence->weights, model.value);
    out[0] = (lab.L - evidence->lab->L) / lab_sd[0];
    out[1] = (lab.a - evidence->lab->a) / lab_sd[1];
    out[2] = (lab.b - evidence->lab->b) / lab_sd[2];
}

double skin_prior_deviation(const double *theta, size_t k)
{
    return (theta[k] - prior[k].mean) / prior[k].sd;
}

static int residuals(const gsl_vector *x, void *params, gsl_vector *f)
{
    const struct skin_evidence *evidence = params;
    size_t rows = data_rows(evidence);
    double theta[SKIN_PARAMETER_COUNT], data[BAND_COUNT];
    read_theta(x, theta);
    data_residuals(evidence, theta, data);
    for (size_t i = 0; i < rows; i++)
        gsl_vector_set(f, i, data[i]);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        gsl_vector_set(f, rows + k, skin_prior_deviation(theta, k));
    return GSL_SUCCESS;
}

static int jacobian(const gsl_vector *x, void *params, gsl_matrix *J)
{
    const struct skin_evidence *evidence = params;
    size_t rows = data_rows(evidence);
    double theta[SKIN_PARAMETER_COUNT], here[BAND_COUNT], there[BAND_COUNT];
    read_theta(x, theta);
    data_residuals(evidence, theta, here);
    gsl_matrix_set_zero(J);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
        double slope = k == THETA_HAZE ? reflection_slope(theta_at(x, k)) : 1;
        double at = theta[k];
        theta[k] += prior[k].sd * JACOBIAN_STEP;
        data_residuals(evidence, theta, there);
        theta[k] = at;
        for (size_t i = 0; i < rows; i++)
            gsl_matrix_set(J, i, k, slope * (there[i] - here[i]) / JACOBIAN_STEP);
        gsl_matrix_set(J, rows + k, k, slope);
    }
    return GSL_SUCCESS;
}

static double largest_step(const gsl_multifit_nlinear_workspace *solver)
{
    double largest = 0;
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        largest = fmax(largest, fabs(gsl_vector_get(solver->dx, k)));
    return largest;
}

/* From the prior mean until a step is negligible. GSL's driver would refuse a start that
 * is the answer already. */
static enum status converge(gsl_multifit_nlinear_workspace *solver,
                            gsl_multifit_nlinear_fdf *problem)
{
    double start[SKIN_PARAMETER_COUNT] = {0};
    gsl_vector_const_view x = gsl_vector_const_view_array(start, SKIN_PARAMETER_COUNT);
    int rc = gsl_multifit_nlinear_init(&x.vector, problem, solver);
    for (size_t i = 0; i < ITERATIONS_MAX && rc == GSL_SUCCESS; i++) {
        rc = gsl_multifit_nlinear_iterate(solver);
        if (rc == GSL_ENOPROG) /* no step is short enough to gain anything */
            rc = GSL_SUCCESS;
        if (rc == GSL_SUCCESS && largest_step(solver) < STEP_TOLERANCE)
            return STATUS_OK;
    }
    return STATUS_NOT_CONVERGED;
}

static enum status read_solution(const gsl_multifit_nlinear_workspace *solver,
                                 struct skin_solution *out)
{
    const gsl_vector *x = gsl_multifit_nlinear_position(solver);
    const gsl_matrix *J = gsl_multifit_nlinear_jac(solver);
    double slope = reflection_slope(theta_at(x, THETA_HAZE));
    double covariance[SKIN_PARAMETER_COUNT * SKIN_PARAMETER_COUNT];
    if (covariance_of_slopes(J->data, J->size1, SKIN_PARAMETER_COUNT, J->tda,
                             covariance) != STATUS_OK)
        return STATUS_NOT_CONVERGED;
    read_theta(x, out->theta);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++)
        for (size_t j = 0; j < SKIN_PARAMETER_COUNT; j++) {
            double sign = (k == THETA_HAZE) != (j == THETA_HAZE) ? slope : 1;
            out->covariance[k][j] = sign * prior[k].sd * prior[j].sd *
                                    covariance[k * SKIN_PARAMETER_COUNT + j];
        }
    out->iterations = gsl_multifit_nlinear_niter(solver);
    return STATUS_OK;
}

static enum status solve_with(gsl_multifit_nlinear_workspace *solver,
                              const struct skin_evidence *evidence,
                              struct skin_solution *out)
{
    struct skin_evidence copy = *evidence; /* GSL hands params back without const */
    gsl_multifit_nlinear_fdf problem = {
        .f = residuals,
        .df = jacobian,
        .n = data_rows(evidence) + SKIN_PARAMETER_COUNT,
        .p = SKIN_PARAMETER_COUNT,
        .params = &copy,
    };
    enum status status = converge(solver, &problem);
    return status == STATUS_OK ? read_solution(solver, out) : status;
}

enum status skin_solve(const struct skin_evidence *evidence, struct skin_solution *out)
{
    /* the unknowns have one scale already, the prior's */
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    settings.scale = gsl_multifit_nlinear_scale_levenberg;
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    gsl_multifit_nlinear_workspace *solver = gsl_multifit_nlinear_alloc(
        gsl_multifit_nlinear_trust, &settings, data_rows(evidence) + SKIN_PARAMETER_COUNT,
        SKIN_PARAMETER_COUNT);
    enum status status = solver ? solve_with(solver, evidence, out) : STATUS_NO_MEMORY;
    gsl_multifit_nlinear_free(solver);
    gsl_set_error_handler(callers);
    return status;
}
