/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/followup.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>

#include "colorlib/covariance.h"
#include "colorlib/posterior.h"
#include "colorlib/scan_error.h"

static const double days_per_year = 365.25;

/* On the sd of a scan between 10 and 28 days. */
static const double half_use_noise = 2;

static const double usual_aperture_mm = 8;
static const double sampling_factor = 0.65;

/* Two scans this far apart tell the loss. */
static const double loss_years = 1;

enum { AT_STATE = 0, AT_SKIN = CLIENT_COMPONENTS };

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

/* The lower Cholesky factor of a scan's noise in L*, a*, b*. */
struct noise {
    double lower[FOLLOWUP_LAB][FOLLOWUP_LAB];
};

/* What the residuals are made from. */
struct model {
    const struct skin_fit *skin;
    struct bands bare; /* of the skin */
    const struct weights *weights;
    const struct client_state *prior;
    struct covariance_factor state_factor;
    struct covariance_factor skin_factor; /* count 0: the skin has no spread */
    const struct followup_scan *scan;
    size_t count;
    size_t used[FOLLOWUP_SCANS_MAX]; /* indices into the scans */
    size_t used_count;
    struct noise noise[FOLLOWUP_SCANS_MAX];
};

/* The skin of a scan's day, in error by what z says. */
static void skin_of(const struct model *model, const struct followup_scan *scan,
                    const double *z, struct skin *out)
{
    const struct skin_fit *fit = scan->skin ? scan->skin : model->skin;
    if (model->skin_factor.count == 0) {
        *out = fit->skin;
        return;
    }
    double theta[SKIN_PARAMETER_COUNT];
    struct bands bare = model->bare;
    if (scan->skin)
        skin_bare(&scan->skin->skin, &bare);
    covariance_correlate(&model->skin_factor, fit->theta, z + AT_SKIN, theta);
    skin_fit_at(fit, &bare, theta, out);
}

static cmsCIELab predicted(const struct model *model, const struct followup_scan *scan,
                           const double *z)
{
    double deviation[CLIENT_COMPONENTS];
    struct treatment treatment;
    struct bands reflectance;
    covariance_correlate(&model->state_factor, model->prior->mean, z + AT_STATE,
                         deviation);
    client_state_apply(deviation, scan->usual, &treatment);
    skin_of(model, scan, z, &treatment.skin);
    treatment_reflectance(&treatment, scan->mixture, scan->years, &reflectance);
    return colorimetry_reflectance_lab(model->weights, reflectance.value);
}

/* Measured minus predicted. */
static void difference(const struct followup_scan *scan, const cmsCIELab *lab,
                       double *out)
{
    out[0] = scan->lab.L - lab->L;
    out[1] = scan->lab.a - lab->a;
    out[2] = scan->lab.b - lab->b;
}

/* Divides by the factor of the noise: what comes out is independent and has sd 1. */
static void whiten(const struct noise *noise, double *difference)
{
    for (size_t i = 0; i < FOLLOWUP_LAB; i++) {
        for (size_t k = 0; k < i; k++)
            difference[i] -= noise->lower[i][k] * difference[k];
        difference[i] /= noise->lower[i][i];
    }
}

static void residuals(const double *z, const void *data, double *out)
{
    const struct model *model = data;
    for (size_t u = 0; u < model->used_count; u++, out += FOLLOWUP_LAB) {
        const struct followup_scan *scan = &model->scan[model->used[u]];
        cmsCIELab lab = predicted(model, scan, z);
        difference(scan, &lab, out);
        whiten(&model->noise[model->used[u]], out);
    }
}

static size_t unknowns(const struct model *model)
{
    return CLIENT_COMPONENTS + model->skin_factor.count;
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
static void density_slope(const struct model *model, const struct followup_scan *scan,
                          double *out)
{
    const double step = 1e-4; /* truncation and rounding both below 1e-3 of the slope */
    static const double middle[POSTERIOR_UNKNOWNS_MAX] = {0};
    struct client_state moved = *model->prior;
    struct model there = *model;
    there.prior = &moved;
    moved.mean[CLIENT_DENSITY] += step;
    cmsCIELab a = predicted(model, scan, middle), b = predicted(&there, scan, middle);
    out[0] = (b.L - a.L) / step;
    out[1] = (b.a - a.a) / step;
    out[2] = (b.b - a.b) / step;
}

/* The instrument's noise and the sampling of dots, which moves L*, a*, b* together. */
static enum status make_noise(const struct model *model, const struct followup_scan *scan,
                              struct noise *out)
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

static enum status take_scans(struct model *model)
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

static enum status prepare(struct model *model)
{
    const struct skin_fit *skin = model->skin;
    enum status status = covariance_factorize(&model->prior->covariance[0][0],
                                              CLIENT_COMPONENTS, &model->state_factor);
    if (status == STATUS_OK && skin->basis != SKIN_ASSUMED)
        status = covariance_factorize(&skin->covariance[0][0], SKIN_PARAMETER_COUNT,
                                      &model->skin_factor);
    skin_bare(&skin->skin, &model->bare);
    return status == STATUS_OK ? take_scans(model) : status;
}

/* -- results ----------------------------------------------------------------- */

/* The deviations of a posterior in z, whatever the skin. */
static void read_state(const struct model *model, const struct posterior *found,
                       struct client_state *out)
{
    struct client_state state = {{0}, {{0}}};
    const double(*L)[COVARIANCE_MAX] = model->state_factor.lower;
    covariance_correlate(&model->state_factor, model->prior->mean, found->z + AT_STATE,
                         state.mean);
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++)
        for (size_t k = 0; k <= i; k++) {
            double sum = 0;
            for (size_t m = 0; m <= i; m++)
                for (size_t n = 0; n <= k; n++)
                    sum += L[i][m] * found->covariance[m][n] * L[k][n];
            state.covariance[i][k] = state.covariance[k][i] = sum;
        }
    *out = state;
}

/* Where a scan was expected by the prior, and how far off it could be. */
static void see_before(const struct model *model, size_t s, struct followup_sight *sight)
{
    static const double middle[POSTERIOR_UNKNOWNS_MAX] = {0};
    struct model alone = *model;
    alone.used[0] = s;
    alone.used_count = 1;
    struct posterior_problem problem = {unknowns(model), FOLLOWUP_LAB, residuals, &alone};
    double slope[FOLLOWUP_LAB * POSTERIOR_UNKNOWNS_MAX];
    posterior_slopes(&problem, middle, slope);
    sight->before = predicted(model, &model->scan[s], middle);
    /* the slopes are of whitened rows: turned back by the noise's factor, in which the
     * noise itself is 1 */
    for (size_t i = 0; i < FOLLOWUP_LAB; i++) {
        double variance = 0;
        for (size_t k = 0; k <= i; k++)
            variance += pow(model->noise[s].lower[i][k], 2);
        for (size_t u = 0; u < problem.unknowns; u++) {
            double sum = 0;
            for (size_t k = 0; k <= i; k++)
                sum += model->noise[s].lower[i][k] * slope[k * problem.unknowns + u];
            variance += sum * sum;
        }
        sight->before_sd[i] = sqrt(variance);
    }
}

/* Where eight of ten were expected, and which side of it the scan is on. */
static void judge_before(const struct followup_scan *scan, struct followup_sight *sight)
{
    const double edge = 1.2815515655446004; /* sd from P50 to P90 */
    const double middle[FOLLOWUP_LAB] = {sight->before.L, sight->before.a,
                                         sight->before.b};
    for (size_t i = 0; i < FOLLOWUP_LAB; i++) {
        sight->low[i] = middle[i] - edge * sight->before_sd[i];
        sight->high[i] = middle[i] + edge * sight->before_sd[i];
    }
    sight->side = scan->lab.L > sight->high[0]  ? FOLLOWUP_LIGHTER
                  : scan->lab.L < sight->low[0] ? FOLLOWUP_DARKER
                                                : FOLLOWUP_AS_EXPECTED;
}

static void see_after(const struct model *model, size_t s, const double *z,
                      struct followup_sight *sight)
{
    const struct followup_scan *scan = &model->scan[s];
    sight->use = followup_use(scan->years);
    sight->after = predicted(model, scan, z);
    difference(scan, &sight->after, sight->residual);
    for (size_t i = 0; i < FOLLOWUP_LAB; i++) {
        double variance = 0;
        for (size_t k = 0; k <= i; k++)
            variance += pow(model->noise[s].lower[i][k], 2);
        sight->residual[i] /= sqrt(variance);
    }
}

/* The direction in which the deviations, in prior sd, are known best: the eigenvector of
 * the smallest eigenvalue of their covariance. NO_MEMORY. */
static enum status best_combination(const struct posterior *found,
                                    struct followup_report *report)
{
    double copy[CLIENT_COMPONENTS * CLIENT_COMPONENTS];
    double value[CLIENT_COMPONENTS], vector[CLIENT_COMPONENTS * CLIENT_COMPONENTS];
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++)
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            copy[i * CLIENT_COMPONENTS + k] = found->covariance[i][k];
    gsl_matrix_view matrix =
        gsl_matrix_view_array(copy, CLIENT_COMPONENTS, CLIENT_COMPONENTS);
    gsl_matrix_view vectors =
        gsl_matrix_view_array(vector, CLIENT_COMPONENTS, CLIENT_COMPONENTS);
    gsl_vector_view values = gsl_vector_view_array(value, CLIENT_COMPONENTS);
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc(CLIENT_COMPONENTS);
    int rc = space
                 ? gsl_eigen_symmv(&matrix.matrix, &values.vector, &vectors.matrix, space)
                 : GSL_ENOMEM;
    if (rc == GSL_SUCCESS)
        gsl_eigen_symmv_sort(&values.vector, &vectors.matrix, GSL_EIGEN_SORT_VAL_ASC);
    if (space)
        gsl_eigen_symmv_free(space);
    gsl_set_error_handler(callers);
    if (rc != GSL_SUCCESS)
        return rc == GSL_ENOMEM ? STATUS_NO_MEMORY : STATUS_NOT_CONVERGED;
    /* more pigment shows where the fill's share is positive */
    double sign = vector[CLIENT_FILL * CLIENT_COMPONENTS] < 0 ? -1 : 1;
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++)
        report->combination[i] = sign * vector[i * CLIENT_COMPONENTS];
    report->combination_learned = 1 - sqrt(fmax(value[0], 0));
    return STATUS_OK;
}

/* When a scan was made, years since the first deposit. */
static double date_of(const struct followup_scan *scan)
{
    double first = 0;
    for (size_t e = 0; e < scan->usual->earlier_count; e++)
        first = fmax(first, scan->usual->earlier[e].years);
    return first + scan->years;
}

static enum followup_knowledge knowledge_of(const struct model *model)
{
    double first = HUGE_VAL, last = -HUGE_VAL;
    for (size_t u = 0; u < model->used_count; u++) {
        double date = date_of(&model->scan[model->used[u]]);
        first = fmin(first, date);
        last = fmax(last, date);
    }
    const double rounding = 1 / days_per_year;
    if (model->used_count == 0)
        return FOLLOWUP_NOTHING;
    return last - first >= loss_years - rounding ? FOLLOWUP_LOSS : FOLLOWUP_PRODUCT;
}

static enum status make_report(const struct model *model, const struct posterior *found,
                               const struct client_state *posterior,
                               struct followup_report *out)
{
    struct followup_report report = {.used = model->used_count,
                                     .knowledge = knowledge_of(model)};
    for (size_t s = 0; s < model->count; s++) {
        see_before(model, s, &report.sight[s]);
        judge_before(&model->scan[s], &report.sight[s]);
        see_after(model, s, found->z, &report.sight[s]);
    }
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        double before = client_state_sd(model->prior, (enum client_component)k);
        double after = client_state_sd(posterior, (enum client_component)k);
        report.learned[k] = before > 0 ? 1 - after / before : 0;
    }
    enum status status =
        model->used_count > 0 ? best_combination(found, &report) : STATUS_OK;
    if (status == STATUS_OK)
        *out = report;
    return status;
}

const char *followup_knowledge_text(enum followup_knowledge knowledge)
{
    switch (knowledge) {
    case FOLLOWUP_NOTHING: return "nothing is learned from scans younger than 10 days";
    case FOLLOWUP_PRODUCT:
        return "scans of one season fix the product of fill, healed share and dots only; "
               "the loss rate needs two scans at least 12 months apart";
    case FOLLOWUP_LOSS:
        return "scans a year apart tell the loss rate from the product of fill, healed "
               "share and dots, whose parts they cannot tell from each other";
    }
    return "";
}

enum status followup_update(const struct skin_fit *skin, const struct weights *weights,
                            const struct client_state *prior,
                            const struct followup_scan *scan, size_t count,
                            struct client_state *posterior,
                            struct followup_report *report)
{
    if (count > FOLLOWUP_SCANS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct model model = {
        .skin = skin, .weights = weights, .prior = prior, .scan = scan, .count = count};
    struct posterior found = {.iterations = 0};
    struct client_state state = *prior;
    enum status status = prepare(&model);
    if (status == STATUS_OK && model.used_count > 0) {
        struct posterior_problem problem = {
            unknowns(&model), FOLLOWUP_LAB * model.used_count, residuals, &model};
        status = posterior_find(&problem, &found);
        if (status == STATUS_OK)
            read_state(&model, &found, &state);
    }
    if (status == STATUS_OK && report)
        status = make_report(&model, &found, &state, report);
    if (status == STATUS_OK)
        *posterior = state;
    return status;
}
