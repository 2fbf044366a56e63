/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_solve.h"

#include <string.h>

void ladder_white(const struct bands *reflectance, const struct drawdown_view *view,
                  struct colorant *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double R =
            surface_internal(&view->surface, view->specular, reflectance->value[i]);
        R = fmin(fmax(R, 1e-6), 1);
        out->K.value[i] = (1 - R) * (1 - R) / (2 * R);
        out->S.value[i] = 1;
    }
}

void ladder_predict(const struct ladder *ladder, const struct colorant *colorant,
                    double concentration, const struct drawdown *drawdown,
                    struct bands *out)
{
    struct colorant parts[] = {*colorant, ladder->carrier}, mixed;
    drawdown_mix(parts, (double[]){concentration, 1 - concentration}, 2, &mixed);
    drawdown_reflectance(&mixed, drawdown, &ladder->view, out);
}

static bool are_reflectances(const struct bands *bands)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(bands->value[i] >= -0.05 && bands->value[i] <= 1.5))
            return false;
    return true;
}

static bool is_reading(const struct ladder_reading *reading)
{
    double X = reading->drawdown.thickness_mm;
    bool opaque = X == DRAWDOWN_OPAQUE;
    return reading->level < LADDER_LEVELS_MAX && reading->concentration >= 0 &&
           reading->concentration <= 1 && (opaque || (X > 0 && X < 10)) &&
           are_reflectances(&reading->reflectance) &&
           (opaque || are_reflectances(&reading->drawdown.background));
}

static bool is_carrier(const struct colorant *carrier)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(carrier->K.value[i] >= 0 && carrier->K.value[i] < 1e6) ||
            !(carrier->S.value[i] >= 0 && carrier->S.value[i] < 1e6))
            return false;
    return true;
}

/* Every level has one concentration. */
static bool levels_agree(const struct ladder *ladder)
{
    double concentration[LADDER_LEVELS_MAX] = {0};
    bool seen[LADDER_LEVELS_MAX] = {false};
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        if (seen[reading->level] &&
            concentration[reading->level] != reading->concentration)
            return false;
        concentration[reading->level] = reading->concentration;
        seen[reading->level] = true;
    }
    return true;
}

static enum status check(const struct ladder *ladder)
{
    if (ladder->count > LADDER_READINGS_MAX)
        return STATUS_OUT_OF_RANGE;
    size_t colored = 0;
    for (size_t k = 0; k < ladder->count; k++) {
        if (!is_reading(&ladder->reading[k]))
            return STATUS_BAD_DATA;
        colored += ladder->reading[k].concentration > 0;
    }
    bool noise = ladder->noise.constant >= 0 && ladder->noise.share >= 0 &&
                 ladder->pour_share >= 0 && ladder->pour_floor >= 0;
    if (!noise || !is_carrier(&ladder->carrier) || !levels_agree(ladder))
        return STATUS_BAD_DATA;
    size_t constants = ladder->constants == LADDER_TWO_CONSTANTS ? 2 : 1;
    return colored >= constants ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

/* A white to count in, or films. */
static enum ladder_scale scale_of(const struct ladder *ladder)
{
    for (size_t k = 0; k < ladder->count; k++)
        if (!isinf(ladder->reading[k].drawdown.thickness_mm))
            return LADDER_PER_MM;
    return LADDER_OF_WHITE;
}

/* A band that tells nothing: smoothing fills it from its neighbours. */
static void leave_open(const double *start, struct ladder_point *point)
{
    *point = (struct ladder_point){.chi_square = 0};
    memcpy(point->value, start, sizeof point->value);
    point->covariance[0][0] = point->covariance[1][1] = INFINITY;
}

static void report(const struct ladder *ladder, const struct ladder_point *points,
                   struct ladder_fit *fit)
{
    fit->scale = scale_of(ladder);
    fit->scatter = fit->freedom > 0 ? sqrt(fit->chi_square / (double)fit->freedom) : 1;
    fit->smoothing =
        ladder_smooth(points, ladder->constants, fit->chi_square, &fit->colorant);
    double wider = fmax(fit->scatter, 1);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = wider * sqrt(points[i].covariance[0][0]);
        double S = wider * sqrt(points[i].covariance[1][1]);
        double size = fit->colorant.K.value[i] + fit->colorant.S.value[i];
        fit->K_deviation.value[i] = K;
        fit->S_deviation.value[i] = S;
        fit->relative_deviation.value[i] =
            fmax(size > 0 ? hypot(K, S) / size : INFINITY, LADDER_DEVIATION_FLOOR);
    }
}

enum status ladder_fit(const struct ladder *ladder, struct ladder_fit *out)
{
    enum status status = check(ladder);
    if (status != STATUS_OK)
        return status;
    double start[BAND_COUNT][LADDER_UNKNOWNS];
    ladder_start(ladder, start);
    struct ladder_point points[BAND_COUNT];
    struct ladder_fit fit = {.chi_square = 0};
    size_t unknowns = (ladder->constants == LADDER_TWO_CONSTANTS ? 2 : 1) +
                      (size_t)ladder_reads_carrier(ladder);
    size_t open = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        status = ladder_solve(ladder, i, start[i], &points[i]);
        if (status == STATUS_REJECTED) {
            leave_open(start[i], &points[i]);
            open++;
        } else if (status != STATUS_OK) {
            return status;
        } else {
            fit.chi_square += points[i].chi_square;
            fit.freedom += ladder->count - unknowns;
        }
    }
    if (4 * open > BAND_COUNT)
        return STATUS_REJECTED;
    report(ladder, points, &fit);
    *out = fit;
    return STATUS_OK;
}
