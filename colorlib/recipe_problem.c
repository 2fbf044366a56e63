/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a recipe problem must be, and its usual settings. */
#include <math.h>
#include <string.h>

#include "colorlib/forecast.h"
#include "colorlib/recipe_solver.h"

enum status recipe_problem_horizon(struct recipe_problem *problem, unsigned months)
{
    static const struct {
        unsigned months;
        size_t count;
        double share[RECIPE_TIMES_MAX];
    } horizons[] = {
        {12, 2, {0.6, 0.4}},
        {24, 3, {0.45, 0.30, 0.25}},
        {36, 4, {0.35, 0.25, 0.20, 0.20}},
        {60, 6, {0.25, 0.20, 0.15, 0.15, 0.125, 0.125}},
    };
    for (size_t h = 0; h < sizeof horizons / sizeof horizons[0]; h++) {
        if (horizons[h].months != months)
            continue;
        problem->time_count = horizons[h].count;
        for (size_t t = 0; t < horizons[h].count; t++) {
            problem->years[t] = t == 0 ? FORECAST_HEALED_YEARS : (double)t;
            problem->time_share[t] = horizons[h].share[t];
        }
        return STATUS_OK;
    }
    return STATUS_OUT_OF_RANGE;
}

/* Daylight, LED, warm lamp as the objective weighs them, another light as an LED
 * (assumptions). */
static double importance(const char *illuminant)
{
    static const struct {
        const char *name;
        double importance;
    } known[] = {{"D65", 0.50}, {"LED-B3", 0.35}, {"A", 0.15}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].name, illuminant) == 0)
            return known[i].importance;
    return known[1].importance;
}

void recipe_problem_shares(struct recipe_problem *problem, const char *const *illuminant)
{
    double sum = 0;
    for (size_t v = 0; v < problem->illuminant_count; v++)
        sum += importance(illuminant[v]);
    for (size_t v = 0; v < problem->illuminant_count; v++)
        problem->illuminant_share[v] = importance(illuminant[v]) / sum;
}

static enum status check_shares(const double *share, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(share[i] >= 0))
            return STATUS_OUT_OF_RANGE;
        sum += share[i];
    }
    return fabs(sum - 1) < 1e-9 ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

static enum status check_technique(const struct technique *technique)
{
    const double above_zero[] = {technique->density_per_cm2, technique->radius_mm,
                                 technique->height_mm, technique->fill_fraction};
    for (size_t i = 0; i < sizeof above_zero / sizeof above_zero[0]; i++)
        if (!(above_zero[i] > 0 && isfinite(above_zero[i])))
            return STATUS_OUT_OF_RANGE;
    return technique->depth_mm >= 0 && isfinite(technique->depth_mm)
               ? STATUS_OK
               : STATUS_OUT_OF_RANGE;
}

/* The amounts that a batch is made of. */
static enum status check_batches(const struct recipe_problem *p)
{
    if (p->drops_max < 1 || p->drops_max > RECIPE_DROPS_MAX)
        return STATUS_OUT_OF_RANGE;
    if (!(p->volume_min_ml > 0 && p->volume_max_ml >= p->volume_min_ml &&
          p->volume_max_ml <= RECIPE_VOLUME_MAX_ML))
        return STATUS_OUT_OF_RANGE;
    if (!(p->water_step_ml >= RECIPE_STEP_MIN_ML && isfinite(p->water_step_ml) &&
          p->water_drop_ml > 0 && isfinite(p->water_drop_ml)))
        return STATUS_OUT_OF_RANGE;
    for (size_t i = 0; i < p->pigment_count; i++)
        if (!(p->pigments[i].drop_ml > 0 && isfinite(p->pigments[i].drop_ml)))
            return STATUS_OUT_OF_RANGE;
    return STATUS_OK;
}

static enum status check_counts(const struct recipe_problem *p)
{
    if (p->pigment_count < 1 || p->pigment_count > PIGMENT_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->illuminant_count < 1 || p->illuminant_count > RECIPE_ILLUMINANTS_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->time_count < 1 || p->time_count > RECIPE_TIMES_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->pigments_max < 1 || p->pigments_max > MIXTURE_MAX)
        return STATUS_OUT_OF_RANGE;
    return STATUS_OK;
}

enum status recipe_problem_check(const struct recipe_problem *problem)
{
    enum status status = check_counts(problem);
    if (status == STATUS_OK)
        status = check_batches(problem);
    if (status == STATUS_OK)
        status = check_technique(&problem->treatment.technique);
    if (status == STATUS_OK)
        status = check_shares(problem->illuminant_share, problem->illuminant_count);
    if (status == STATUS_OK)
        status = check_shares(problem->time_share, problem->time_count);
    for (size_t t = 0; t < problem->time_count && status == STATUS_OK; t++)
        if (!(problem->years[t] >= 0 && isfinite(problem->years[t])))
            status = STATUS_OUT_OF_RANGE;
    return status;
}
