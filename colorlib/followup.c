/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/followup.h"

#include <math.h>
#include <string.h>

#include "colorlib/followup_model.h"
#include "colorlib/scan_error.h"

static const double days_per_year = 365.25;

/* On the sd of a scan between 10 and 28 days. */
static const double half_use_noise = 2;

static const double usual_aperture_mm = 8;
static const double sampling_factor = 0.65;

_Static_assert((int)CLIENT_UNKNOWNS <= (int)POSTERIOR_UNKNOWNS_MAX, "unknowns");
_Static_assert((int)CLIENT_UNKNOWNS <= (int)COVARIANCE_MAX, "covariance");

enum followup_use followup_use(double years)
{
    double days = round(years * days_per_year);
    return days < 10 ? FOLLOWUP_STORED : days < 28 ? FOLLOWUP_HALF : FOLLOWUP_FULL;
}

static const char *const use_names[] = {
    [FOLLOWUP_STORED] = "stored", [FOLLOWUP_HALF] = "half", [FOLLOWUP_FULL] = "full"};

const char *followup_use_name(enum followup_use use)
{
    return use_names[use];
}

enum status followup_use_find(const char *name, enum followup_use *out)
{
    for (size_t u = 0; u < sizeof use_names / sizeof use_names[0]; u++)
        if (strcmp(use_names[u], name) == 0) {
            *out = (enum followup_use)u;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

double followup_sampling_sd(double density_per_cm2, double aperture_mm, size_t placements)
{
    double diameter_mm = aperture_mm > 0 ? aperture_mm : usual_aperture_mm;
    double area_cm2 = acos(-1) * diameter_mm * diameter_mm / 400;
    double seen = density_per_cm2 * area_cm2 * (placements > 0 ? (double)placements : 1);
    return seen > 0 ? sampling_factor / sqrt(seen) : 0;
}

/* -- the model --------------------------------------------------------------- */

/* The skin of a scan's day, off its fit by a state: what lies behind its look always, the
 * look itself only where it is the one that the state speaks of. */
static void skin_of(const struct followup_model *model, const struct followup_scan *scan,
                    const double *state, struct skin *out)
{
    const struct skin_fit *fit = scan->skin ? scan->skin : model->skin;
    if (model->skin_factor.count == 0 || fit->basis == SKIN_ASSUMED) {
        *out = fit->skin;
        return;
    }
    double theta[SKIN_PARAMETER_COUNT];
    struct bands bare;
    if (scan->skin)
        skin_bare(&scan->skin->skin, &bare);
    else
        scan_error_add(&model->bare, state + CLIENT_BARE, &bare);
    covariance_correlate(&model->skin_factor, fit->theta, state + CLIENT_SKIN, theta);
    skin_fit_at(fit, &bare, theta, out);
}

cmsCIELab followup_predicted(const struct followup_model *model,
                             const struct followup_scan *scan, const double *z)
{
    double state[CLIENT_UNKNOWNS];
    struct treatment treatment;
    struct bands reflectance;
    covariance_correlate(&model->state_factor, model->prior->mean, z, state);
    client_state_apply(state, scan->usual, &treatment);
    skin_of(model, scan, state, &treatment.skin);
    treatment_reflectance(&treatment, scan->mixture, scan->years, &reflectance);
    return colorimetry_reflectance_lab(model->weights, reflectance.value);
}

void followup_difference(const struct followup_scan *scan, const cmsCIELab *lab,
                         double *out)
{
    out[0] = scan->lab.L - lab->L;
    out[1] = scan->lab.a - lab->a;
    out[2] = scan->lab.b - lab->b;
}

/* Divides by the factor of the noise: what comes out is independent and has sd 1. */
static void whiten(const struct followup_noise *noise, double *difference)
{
    for (size_t i = 0; i < FOLLOWUP_LAB; i++) {
        for (size_t k = 0; k < i; k++)
            difference[i] -= noise->lower[i][k] * difference[k];
        difference[i] /= noise->lower[i][i];
    }
}

void followup_residuals(const double *z, const void *data, double *out)
{
    const struct followup_model *model = data;
    for (size_t u = 0; u < model->used_count; u++, out += FOLLOWUP_LAB) {
        const struct followup_scan *scan = &model->scan[model->used[u]];
        cmsCIELab lab = followup_predicted(model, scan, z);
        followup_difference(scan, &lab, out);
        whiten(&model->noise[model->used[u]], out);
    }
}

/* -- noise ------------------------------------------------------------------- */

static double density_of(const struct treatment *treatment)
{
    double sum = treatment->technique.density_per_cm2;
    for (size_t e = 0; e < treatment->earlier_count; e++)
        sum += treatment->earlier[e].density_per_cm2;
    return sum;
}

/* Change of L*, a*, b* per ln of the dots' number, at the usual deviations: all deposits
 * are scaled alike. */
static void density_slope(const struct followup_model *model,
                          const struct followup_scan *scan, double *out)
{
    const double step = 1e-4; /* truncation and rounding both below 1e-3 of the slope */
    static const double middle[POSTERIOR_UNKNOWNS_MAX] = {0};
    struct client_state moved = *model->prior;
    struct followup_model there = *model;
    there.prior = &moved;
    moved.mean[CLIENT_DENSITY] += step;
    cmsCIELab a = followup_predicted(model, scan, middle),
              b = followup_predicted(&there, scan, middle);
    out[0] = (b.L - a.L) / step;
    out[1] = (b.a - a.a) / step;
    out[2] = (b.b - a.b) / step;
}

/* The instrument's noise and the sampling of dots, which moves L*, a*, b* together. */
static enum status make_noise(const struct followup_model *model,
                              const struct followup_scan *scan,
                              struct followup_noise *out)
{
    double slope[FOLLOWUP_LAB], covariance[FOLLOWUP_LAB][FOLLOWUP_LAB];
    double sampling = followup_sampling_sd(density_of(scan->usual), scan->aperture_mm,
                                           scan->placements);
    double factor = followup_use(scan->years) == FOLLOWUP_HALF ? half_use_noise : 1;
    density_slope(model, scan, slope);
    for (size_t i = 0; i < FOLLOWUP_LAB; i++)
        for (size_t k = 0; k < FOLLOWUP_LAB; k++)
            covariance[i][k] =
                factor * factor *
                (slope[i] * slope[k] * sampling * sampling +
                 (i == k ? scan_error_lab_sd[i] * scan_error_lab_sd[i] : 0));
    struct covariance_factor lower;
    enum status status = covariance_factorize(&covariance[0][0], FOLLOWUP_LAB, &lower);
    if (status == STATUS_OK)
        for (size_t i = 0; i < FOLLOWUP_LAB; i++)
            for (size_t k = 0; k < FOLLOWUP_LAB; k++)
                out->lower[i][k] = lower.lower[i][k];
    return status;
}

/* -- preparing --------------------------------------------------------------- */

static enum status check_scan(const struct followup_scan *scan)
{
    if (!(scan->years >= 0))
        return STATUS_OUT_OF_RANGE;
    if (!isfinite(scan->lab.L) || !isfinite(scan->lab.a) || !isfinite(scan->lab.b))
        return STATUS_BAD_DATA;
    return STATUS_OK;
}

static enum status take_scans(struct followup_model *model)
{
    for (size_t s = 0; s < model->count; s++) {
        const struct followup_scan *scan = &model->scan[s];
        enum status status = check_scan(scan);
        if (status == STATUS_OK)
            status = make_noise(model, scan, &model->noise[s]);
        if (status != STATUS_OK)
            return status;
        if (followup_use(scan->years) != FOLLOWUP_STORED)
            model->used[model->used_count++] = s;
    }
    return STATUS_OK;
}

static enum status prepare(struct followup_model *model)
{
    const struct skin_fit *skin = model->skin;
    enum status status = covariance_factorize(&model->prior->covariance[0][0],
                                              CLIENT_UNKNOWNS, &model->state_factor);
    if (status == STATUS_OK && skin->basis != SKIN_ASSUMED)
        status = covariance_factorize(&skin->covariance[0][0], SKIN_PARAMETER_COUNT,
                                      &model->skin_factor);
    skin_bare(&skin->skin, &model->bare);
    return status == STATUS_OK ? take_scans(model) : status;
}

/* -- results ----------------------------------------------------------------- */

/* The state of a posterior in z. */
static void read_state(const struct followup_model *model, const struct posterior *found,
                       struct client_state *out)
{
    struct client_state state = {{0}, {{0}}};
    const double(*L)[COVARIANCE_MAX] = model->state_factor.lower;
    covariance_correlate(&model->state_factor, model->prior->mean, found->z, state.mean);
    for (size_t i = 0; i < CLIENT_UNKNOWNS; i++)
        for (size_t k = 0; k <= i; k++) {
            double sum = 0;
            for (size_t m = 0; m <= i; m++)
                for (size_t n = 0; n <= k; n++)
                    sum += L[i][m] * found->covariance[m][n] * L[k][n];
            state.covariance[i][k] = state.covariance[k][i] = sum;
        }
    *out = state;
}

enum status followup_update(const struct skin_fit *skin, const struct weights *weights,
                            const struct client_state *prior,
                            const struct followup_scan *scan, size_t count,
                            struct client_state *posterior,
                            struct followup_report *report)
{
    if (count > FOLLOWUP_SCANS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct followup_model model = {
        .skin = skin, .weights = weights, .prior = prior, .scan = scan, .count = count};
    struct posterior found = {.iterations = 0};
    struct client_state state = *prior;
    enum status status = prepare(&model);
    if (status == STATUS_OK && model.used_count > 0) {
        struct posterior_problem problem = {
            CLIENT_UNKNOWNS, FOLLOWUP_LAB * model.used_count, followup_residuals, &model};
        status = posterior_find(&problem, &found);
        if (status == STATUS_OK)
            read_state(&model, &found, &state);
    }
    if (status == STATUS_OK && report)
        status = followup_report_make(&model, &found, &state, report);
    if (status == STATUS_OK)
        *posterior = state;
    return status;
}
