/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of an update by re-scans. */
#include <math.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>

#include "colorlib/followup_model.h"

/* Two scans this far apart tell the loss. */
static const double loss_years = 1;

static const double days_per_year = 365.25;

/* Where a scan was expected by the prior, and how far off it could be. */
static void see_before(const struct followup_model *model, size_t s,
                       struct followup_sight *sight)
{
    static const double middle[POSTERIOR_UNKNOWNS_MAX] = {0};
    struct followup_model alone = *model;
    alone.used[0] = s;
    alone.used_count = 1;
    struct posterior_problem problem = {CLIENT_UNKNOWNS, FOLLOWUP_LAB, followup_residuals,
                                        &alone};
    double slope[FOLLOWUP_LAB * POSTERIOR_UNKNOWNS_MAX];
    posterior_slopes(&problem, middle, slope);
    sight->before = followup_predicted(model, &model->scan[s], middle);
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
    const double measured[FOLLOWUP_LAB] = {scan->lab.L, scan->lab.a, scan->lab.b};
    sight->surprise = 0;
    for (size_t i = 0; i < FOLLOWUP_LAB; i++)
        sight->surprise =
            fmax(sight->surprise, fabs(measured[i] - middle[i]) / sight->before_sd[i]);
    sight->side = scan->lab.L > sight->high[0]  ? FOLLOWUP_LIGHTER
                  : scan->lab.L < sight->low[0] ? FOLLOWUP_DARKER
                                                : FOLLOWUP_AS_EXPECTED;
}

static void see_after(const struct followup_model *model, size_t s, const double *z,
                      struct followup_sight *sight)
{
    const struct followup_scan *scan = &model->scan[s];
    sight->use = followup_use(scan->years);
    sight->after = followup_predicted(model, scan, z);
    followup_difference(scan, &sight->after, sight->residual);
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

static enum followup_knowledge knowledge_of(const struct followup_model *model)
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

enum status followup_report_make(const struct followup_model *model,
                                 const struct posterior *found,
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
