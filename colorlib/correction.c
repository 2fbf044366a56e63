/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/correction.h"

#include <math.h>
#include <string.h>

#include "colorlib/nnls.h"

/* Color per share added, at which an addition is not worth its while: half a CIELAB unit
 * for as much again as the batch. */
static const double penalty_least = 0.5;

/* Steps of the polish, and the change of a share at which it stands. */
enum { STEPS_MAX = 40 };
static const double step_least = 1e-8;

/* Additions less than this share of the batch are left out. */
static const double share_least = 1e-5;

static const double rungs[STRENGTH_RUNGS] = {0.5, 1, 2};

const char *correction_verdict_text(enum correction_verdict verdict)
{
    switch (verdict) { /* no default: the compiler reports one without a text */
    case CORRECTION_NOT_NEEDED: return "no addition is needed";
    case CORRECTION_SAVES: return "additions bring it within the limits";
    case CORRECTION_TOO_MUCH: return "it takes more than may be added";
    case CORRECTION_NEVER: return "adding cannot save it: rework";
    }
    return "unknown verdict";
}

/* -- predicting ---------------------------------------------------------------------- */

static void mix(const struct correction_problem *problem, const double *share,
                struct colorant *out)
{
    struct colorant part[CORRECTION_TINTERS_MAX + 1];
    double concentration[CORRECTION_TINTERS_MAX + 1];
    double volume = 1;
    for (size_t i = 0; i < problem->count; i++)
        volume += share[i];
    part[0] = problem->batch;
    concentration[0] = 1 / volume;
    for (size_t i = 0; i < problem->count; i++) {
        part[i + 1] = problem->tinter[i];
        concentration[i + 1] = share[i] / volume;
    }
    drawdown_mix(part, concentration, problem->count + 1, out);
}

static enum status forecast(const struct correction_problem *problem, const double *share,
                            struct correction_forecast *out)
{
    struct colorant result;
    struct strength strength;
    mix(problem, share, &result);
    enum status status = strength_compare(&problem->conditions, &problem->standard,
                                          &result, problem->criterion, &strength);
    if (status != STATUS_OK)
        return status;
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++)
        out->value[c] = out->uncertainty[c] = NAN;
    out->value[TOLERANCE_DE00] = strength.before;
    out->value[TOLERANCE_STRENGTH] = 100 * strength.ratio;
    out->value[TOLERANCE_RESIDUAL] = strength.residual_largest;
    return STATUS_OK;
}

/* What the amounts and strengths of the additions leave open; both move a share alike. */
static enum status add_uncertainty(const struct correction_problem *problem,
                                   const double *share, struct correction_forecast *out)
{
    const double step =
        2 * hypot(CORRECTION_POUR_DEVIATION, CORRECTION_STRENGTH_DEVIATION);
    double square[TOLERANCE_CRITERIA] = {0};
    for (size_t i = 0; i < problem->count; i++) {
        double moved[CORRECTION_TINTERS_MAX];
        struct correction_forecast other;
        memcpy(moved, share, problem->count * sizeof *moved);
        moved[i] *= 1 + step;
        enum status status = forecast(problem, moved, &other);
        if (status != STATUS_OK)
            return status;
        for (size_t c = 0; c < TOLERANCE_CRITERIA; c++)
            square[c] += pow(other.value[c] - out->value[c], 2);
    }
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++)
        out->uncertainty[c] = sqrt(square[c]);
    return STATUS_OK;
}

/* How far out a criterion is, 1 at its limit; 0 where nothing limits it. */
static double position(const struct tolerance *tolerance, size_t c, double value)
{
    const struct tolerance_limit *limit = &tolerance->limit[c];
    if (!limit->critical || isnan(value))
        return 0;
    if (limit->kind == TOLERANCE_BELOW)
        return value / limit->most;
    double half = (limit->most - limit->least) / 2;
    return fabs(value - (limit->least + half)) / half;
}

static double farthest_out(const struct tolerance *tolerance,
                           const struct correction_forecast *forecast,
                           enum tolerance_criterion *which)
{
    double farthest = 0;
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++) {
        double at = position(tolerance, c, forecast->value[c]);
        if (at > farthest) {
            farthest = at;
            *which = (enum tolerance_criterion)c;
        }
    }
    return farthest;
}

/* -- the color as a function of the shares ------------------------------------------- */

enum { COLORS = 3 * STRENGTH_RUNGS };

static void color_of_liquid(const struct strength_conditions *conditions,
                            const struct colorant *colorant, double concentration,
                            double out[3])
{
    struct colorant parts[] = {*colorant, conditions->carrier}, liquid;
    struct bands reflectance;
    double c = fmin(concentration, 1);
    drawdown_mix(parts, (double[]){c, 1 - c}, 2, &liquid);
    drawdown_reflectance(&liquid, &conditions->drawdown, &conditions->view, &reflectance);
    cmsCIELab lab = colorimetry_reflectance_lab(conditions->weights, reflectance.value);
    out[0] = lab.L;
    out[1] = lab.a;
    out[2] = lab.b;
}

static void colors_of(const struct correction_problem *problem,
                      const struct colorant *colorant, double out[COLORS])
{
    for (size_t k = 0; k < STRENGTH_RUNGS; k++)
        color_of_liquid(&problem->conditions, colorant,
                        rungs[k] * problem->conditions.concentration, out + 3 * k);
}

/* How far two colors are apart in CIELAB. */
static double apart(const double a[3], const double b[3])
{
    return sqrt(pow(a[0] - b[0], 2) + pow(a[1] - b[1], 2) + pow(a[2] - b[2], 2));
}

/* How far color moves with K and S of the standard at a band. */
struct band_weights {
    double by_K;
    double by_S;
};

static struct band_weights weights_of_band(const struct correction_problem *problem,
                                           size_t band)
{
    double at[3], by_K[3], by_S[3];
    double c = problem->conditions.concentration;
    struct colorant more_K = problem->standard, more_S = problem->standard;
    double step_K = 1e-3 * fmax(more_K.K.value[band], 1e-3);
    double step_S = 1e-3 * fmax(more_S.S.value[band], 1e-3);
    more_K.K.value[band] += step_K;
    more_S.S.value[band] += step_S;
    color_of_liquid(&problem->conditions, &problem->standard, c, at);
    color_of_liquid(&problem->conditions, &more_K, c, by_K);
    color_of_liquid(&problem->conditions, &more_S, c, by_S);
    return (struct band_weights){apart(by_K, at) / step_K, apart(by_S, at) / step_S};
}

/* The first solution, on K and S by band. */
static enum status solve_bands(const struct correction_problem *problem, double *share)
{
    struct nnls nnls;
    struct nnls_solution solution;
    nnls_begin(problem->count, &nnls);
    for (size_t b = 0; b < BAND_COUNT; b++) {
        double K[CORRECTION_TINTERS_MAX], S[CORRECTION_TINTERS_MAX];
        struct band_weights weight = weights_of_band(problem, b);
        const struct colorant *standard = &problem->standard;
        for (size_t i = 0; i < problem->count; i++) {
            K[i] = problem->tinter[i].K.value[b] - standard->K.value[b];
            S[i] = problem->tinter[i].S.value[b] - standard->S.value[b];
        }
        nnls_add_row(&nnls, K, standard->K.value[b] - problem->batch.K.value[b],
                     weight.by_K);
        nnls_add_row(&nnls, S, standard->S.value[b] - problem->batch.S.value[b],
                     weight.by_S);
    }
    enum status status = nnls_solve(&nnls, &solution);
    for (size_t i = 0; i < problem->count && status == STATUS_OK; i++)
        share[i] = fmin(solution.value[i], 1);
    return status;
}

/* One step of Gauss and Newton on the colors, bounded and with the penalty. */
static enum status step_colors(const struct correction_problem *problem,
                               const double *aim, double penalty, double *share)
{
    double at[COLORS], slope[CORRECTION_TINTERS_MAX][COLORS];
    double row[CORRECTION_TINTERS_MAX];
    struct colorant liquid;
    struct nnls nnls;
    struct nnls_solution solution;
    mix(problem, share, &liquid);
    colors_of(problem, &liquid, at);
    for (size_t i = 0; i < problem->count; i++) {
        const double change = 1e-5;
        double kept = share[i];
        share[i] += change;
        mix(problem, share, &liquid);
        share[i] = kept;
        colors_of(problem, &liquid, slope[i]);
        for (size_t k = 0; k < COLORS; k++)
            slope[i][k] = (slope[i][k] - at[k]) / change;
    }
    nnls_begin(problem->count, &nnls);
    for (size_t k = 0; k < COLORS; k++) {
        double right = aim[k] - at[k];
        for (size_t i = 0; i < problem->count; i++) {
            row[i] = slope[i][k];
            right += row[i] * share[i];
        }
        nnls_add_row(&nnls, row, right, 1);
    }
    /* Of each by itself: like tinters share what neither needs alone, which also keeps
     * their columns independent. */
    for (size_t i = 0; i < problem->count; i++) {
        memset(row, 0, sizeof row);
        row[i] = 1;
        nnls_add_row(&nnls, row, 0, penalty);
    }
    enum status status = nnls_solve(&nnls, &solution);
    for (size_t i = 0; i < problem->count && status == STATUS_OK; i++)
        share[i] = fmin(solution.value[i], 1);
    return status;
}

/* Additions for a penalty, from those for another. */
static enum status polish(const struct correction_problem *problem, double penalty,
                          double *share)
{
    double aim[COLORS];
    colors_of(problem, &problem->standard, aim);
    for (int n = 0; n < STEPS_MAX; n++) {
        double before[CORRECTION_TINTERS_MAX], moved = 0;
        memcpy(before, share, problem->count * sizeof *before);
        enum status status = step_colors(problem, aim, penalty, share);
        if (status != STATUS_OK)
            return status;
        for (size_t i = 0; i < problem->count; i++)
            moved = fmax(moved, fabs(share[i] - before[i]));
        if (moved < step_least)
            return STATUS_OK;
    }
    return STATUS_OK; /* close enough: the forecast tells what it is worth */
}

static double total_of(const struct correction_problem *problem, const double *share)
{
    double total = 0;
    for (size_t i = 0; i < problem->count; i++)
        total += share[i];
    return total;
}

/* Raises the penalty until no more is added than allowed. */
static enum status solve_within(const struct correction_problem *problem, double *share)
{
    double low = log(penalty_least), high = log(1e6);
    enum status status = STATUS_OK;
    for (int n = 0; n < 40 && status == STATUS_OK; n++) {
        double middle = (low + high) / 2;
        status = polish(problem, exp(middle), share);
        *(total_of(problem, share) > problem->most ? &low : &high) = middle;
    }
    return status == STATUS_OK ? polish(problem, exp(high), share) : status;
}

/* -- the whole ----------------------------------------------------------------------- */

static void drop_traces(const struct correction_problem *problem, double *share)
{
    for (size_t i = 0; i < problem->count; i++)
        if (share[i] < share_least)
            share[i] = 0;
}

/* The band where the result's absorption is seen most to differ from the standard's. */
static void find_excess(const struct correction_problem *problem, struct correction *out)
{
    double farthest = -1;
    for (size_t b = 0; b < BAND_COUNT; b++) {
        double standard = problem->standard.K.value[b];
        double difference = out->result.K.value[b] - standard;
        double seen = weights_of_band(problem, b).by_K * fabs(difference);
        if (seen > farthest) {
            farthest = seen;
            out->band = b;
            out->excess = standard > 0 ? difference / standard : 0;
        }
    }
}

static enum status finish(const struct correction_problem *problem,
                          struct correction *out)
{
    drop_traces(problem, out->share);
    out->total = total_of(problem, out->share);
    mix(problem, out->share, &out->result);
    enum status status = forecast(problem, out->share, &out->after);
    if (status == STATUS_OK)
        status = add_uncertainty(problem, out->share, &out->after);
    return status;
}

/* The best without a limit tells whether one stands in the way. */
static enum status solve_additions(const struct correction_problem *problem,
                                   struct correction *out)
{
    struct correction_forecast freely;
    enum tolerance_criterion which = TOLERANCE_DE00;
    enum status status = solve_bands(problem, out->share);
    if (status == STATUS_OK)
        status = polish(problem, penalty_least, out->share);
    if (status == STATUS_OK)
        status = forecast(problem, out->share, &freely);
    if (status != STATUS_OK)
        return status;
    out->needed = total_of(problem, out->share);
    bool reached = farthest_out(problem->tolerance, &freely, &which) <= 1;
    if (out->needed > problem->most)
        status = solve_within(problem, out->share);
    if (status == STATUS_OK)
        status = finish(problem, out);
    if (status != STATUS_OK)
        return status;
    bool saved = farthest_out(problem->tolerance, &out->after, &out->blocks) <= 1;
    out->verdict = saved     ? CORRECTION_SAVES
                   : reached ? CORRECTION_TOO_MUCH
                             : CORRECTION_NEVER;
    find_excess(problem, out);
    return STATUS_OK;
}

enum status correction_solve(const struct correction_problem *problem,
                             struct correction *out)
{
    struct correction correction = {.verdict = CORRECTION_NOT_NEEDED};
    if (problem->count < 1 || problem->count > CORRECTION_TINTERS_MAX ||
        !(problem->most > 0 && problem->most <= 1))
        return STATUS_OUT_OF_RANGE;
    for (size_t i = 0; i < problem->count; i++)
        if (!drawdown_is_colorant(&problem->tinter[i]))
            return STATUS_BAD_DATA;
    enum status status = forecast(problem, correction.share, &correction.before);
    if (status != STATUS_OK)
        return status;
    correction.after = correction.before;
    correction.result = problem->batch;
    const struct tolerance *tolerance = problem->tolerance;
    if (farthest_out(tolerance, &correction.before, &correction.blocks) > tolerance->warn)
        status = solve_additions(problem, &correction);
    if (status == STATUS_OK)
        *out = correction;
    return status;
}

void correction_rescale(const struct colorant *profile, const struct colorant *standard,
                        const struct colorant *batch, struct colorant *out)
{
    struct colorant scaled = *profile;
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (standard->K.value[i] > 0)
            scaled.K.value[i] *= batch->K.value[i] / standard->K.value[i];
    *out = scaled;
}

size_t correction_pour(const struct correction *correction, size_t count, double size,
                       double batch_density, const double *density,
                       struct correction_step *steps)
{
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(correction->share[i] > 0))
            continue;
        struct correction_step step = {.tinter = i,
                                       .amount = correction->share[i] * size *
                                                 density[i] / batch_density};
        size_t at = made++;
        for (; at > 0 && steps[at - 1].amount < step.amount; at--)
            steps[at] = steps[at - 1];
        steps[at] = step;
    }
    double scale = size;
    for (size_t k = 0; k < made; k++)
        steps[k].scale = scale += steps[k].amount;
    return made;
}
