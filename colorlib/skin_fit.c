/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "colorlib/difference.h"
#include "colorlib/skin_solve.h"

#define RMS_WARN           0.012
#define RMS_REFUSE         0.03
#define PRIOR_SD_WARN      3
#define CIEDE2000_WARN     1.0
#define CIEDE2000_WARN_LAB 0.5
#define RATIO_WARN_LOW     0.8
#define RATIO_WARN_HIGH    1.25

/* Below this band the model is too uncertain for a warning. */
enum { BAND_440 = 4 };

/* The fit without residual ratio, differences and warnings. */
static struct skin_fit fit_of(const struct skin_solution *solution, enum skin_basis basis)
{
    struct skin_fit fit = {.basis = basis, .iterations = solution->iterations};
    struct skin_parameters parameters = skin_theta_parameters(solution->theta);
    skin_from_parameters(&parameters, &fit.skin);
    skin_reflectance(&fit.skin.optics, &fit.fitted);
    for (size_t k = 0; k < SKIN_PARAMETER_COUNT; k++) {
        fit.theta[k] = solution->theta[k];
        if (fabs(skin_prior_deviation(solution->theta, k)) > PRIOR_SD_WARN)
            fit.warnings |= SKIN_WARN_PARAMETER;
        for (size_t j = 0; j < SKIN_PARAMETER_COUNT; j++)
            fit.covariance[k][j] = solution->covariance[k][j];
    }
    return fit;
}

static void compare_color(const struct weights *weights, const cmsCIELab *measured,
                          double limit, struct skin_fit *fit)
{
    cmsCIELab fitted = colorimetry_reflectance_lab(weights, fit->fitted.value);
    fit->ciede2000 = difference_ciede2000(*measured, fitted);
    if (fit->ciede2000 > limit)
        fit->warnings |= SKIN_WARN_COLOR;
}

static void compare_spectrum(const struct bands *measured, struct skin_fit *fit)
{
    double sum = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double residual = fit->fitted.value[i] - measured->value[i];
        double ratio = measured->value[i] / fit->fitted.value[i];
        sum += residual * residual;
        fit->skin.residual_ratio.value[i] = ratio;
        if (i >= BAND_440 && (ratio < RATIO_WARN_LOW || ratio > RATIO_WARN_HIGH))
            fit->warnings |= SKIN_WARN_RESIDUAL_RATIO;
    }
    fit->residual_rms = sqrt(sum / BAND_COUNT);
    if (fit->residual_rms > RMS_WARN)
        fit->warnings |= SKIN_WARN_RESIDUAL;
}

static enum status check_measured(const struct bands *measured)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(measured->value[i] >= -0.05 && measured->value[i] <= 1.5))
            return STATUS_BAD_DATA;
    return STATUS_OK;
}

/* Interpolation between coarse bands adds to the noise: its sd counts twice. */
static double noise_factor(double step_nm)
{
    const double fine_nm = 10;
    return step_nm > fine_nm ? 2 : 1;
}

enum status skin_fit(const struct bands *measured, struct skin_fit *out)
{
    return skin_fit_sampled(measured, bands_grid.step_nm, out);
}

enum status skin_fit_sampled(const struct bands *measured, double step_nm,
                             struct skin_fit *out)
{
    struct weights weights;
    struct skin_solution solution;
    enum status status = check_measured(measured);
    if (status == STATUS_OK)
        status = skin_weights(&weights);
    if (status == STATUS_OK)
        status =
            skin_solve(&(struct skin_evidence){.spectrum = measured,
                                               .noise_factor = noise_factor(step_nm)},
                       &solution);
    if (status != STATUS_OK)
        return status;

    struct skin_fit fit = fit_of(&solution, SKIN_FROM_SPECTRUM);
    compare_spectrum(measured, &fit);
    if (fit.residual_rms > RMS_REFUSE)
        return STATUS_REJECTED;
    cmsCIELab lab = colorimetry_reflectance_lab(&weights, measured->value);
    compare_color(&weights, &lab, CIEDE2000_WARN, &fit);
    *out = fit;
    return STATUS_OK;
}

static bool is_lab(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

enum status skin_fit_lab(const cmsCIELab *lab, const struct weights *weights,
                         struct skin_fit *out)
{
    assert(weights->grid.count == BAND_COUNT);
    if (!is_lab(lab))
        return STATUS_BAD_DATA;
    struct skin_solution solution;
    enum status status =
        skin_solve(&(struct skin_evidence){.lab = lab, .weights = weights}, &solution);
    if (status != STATUS_OK)
        return status;
    struct skin_fit fit = fit_of(&solution, SKIN_FROM_LAB);
    compare_color(weights, lab, CIEDE2000_WARN_LAB, &fit);
    *out = fit;
    return STATUS_OK;
}

/*
 * A residual ratio common to all theta would let measured skin vary, and darker in the
 * mean (by 0.4 % of a reflectance of 0.3), because the posterior is normal in theta only
 * to first order.
 */
void skin_fit_at(const struct skin_fit *fit, const struct bands *bare,
                 const double theta[SKIN_PARAMETER_COUNT], struct skin *out)
{
    struct skin_parameters parameters = skin_theta_parameters(theta);
    skin_from_parameters(&parameters, out);
    if (fit->basis != SKIN_FROM_SPECTRUM)
        return;
    struct bands modelled;
    skin_bare(out, &modelled);
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->residual_ratio.value[i] = bare->value[i] / modelled.value[i];
}
