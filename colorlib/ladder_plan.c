/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_plan.h"

/* A guess may be wrong by this factor. */
static const double margin = 1.25;

/* Between neighbouring levels where there are enough: three within the nineteenfold range
 * in which one wavelength is told of. */
static const double spacing = 2.6;

/* Parts of diluent that are poured: 1, 2, 5 and what lies between. */
static const double parts[] = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};

/* What decides at a band, and how much of it still does not hide. */
struct body {
    double coefficient;
    double most;
};

static struct body body_of(const struct colorant *colorant, size_t band)
{
    double K = colorant->K.value[band], S = colorant->S.value[band];
    return S > K ? (struct body){S, LADDER_INFORMS_SCATTERING}
                 : (struct body){K, LADDER_INFORMS_ABSORBING};
}

bool ladder_informs(const struct colorant *colorant, size_t band, double concentration,
                    double thickness_mm)
{
    struct body body = body_of(colorant, band);
    double depth = concentration * body.coefficient * thickness_mm;
    return depth >= LADDER_INFORMS_LEAST && depth <= body.most;
}

static bool is_guess(const struct colorant *guess, double thickness_mm)
{
    bool good = thickness_mm > 0 && thickness_mm < 10;
    for (size_t i = 0; i < BAND_COUNT; i++)
        good = good && guess->K.value[i] >= 0 && isfinite(guess->K.value[i]) &&
               guess->S.value[i] >= 0 && isfinite(guess->S.value[i]);
    return good;
}

/* The parts of diluent nearest to those of a concentration, by ratio; 0 for hardly any.
 */
static double pourable(double concentration)
{
    double n = 1 / concentration - 1;
    if (n < 0.25)
        return 0;
    double decade = pow(10, floor(log10(n)));
    double best = decade;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (fabs(log(decade * parts[i] / n)) < fabs(log(best / n)))
            best = decade * parts[i];
    return best;
}

static struct ladder_plan_level level_of(const struct colorant *guess,
                                         double thickness_mm, double ratio)
{
    struct ladder_plan_level level = {
        .concentration = 1 / (1 + ratio), .ratio = ratio, .KX_least = INFINITY};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double KX = level.concentration * guess->K.value[i] * thickness_mm;
        level.KX_least = fmin(level.KX_least, KX);
        level.KX_most = fmax(level.KX_most, KX);
        level.informed += ladder_informs(guess, i, level.concentration, thickness_mm);
    }
    return level;
}

static size_t count_twice(const struct colorant *guess, double thickness_mm,
                          const struct ladder_plan *plan)
{
    size_t twice = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        size_t levels = 0;
        for (size_t k = 0; k < plan->count; k++)
            levels +=
                ladder_informs(guess, i, plan->level[k].concentration, thickness_mm);
        twice += levels >= 2;
    }
    return twice;
}

/* Levels from strong to weak, evenly by ratio, each poured once. */
static void space(const struct colorant *guess, double thickness_mm, double strong,
                  double weak, size_t levels_max, struct ladder_plan *plan)
{
    size_t count = 1 + (size_t)ceil(log(strong / weak) / log(spacing) - 1e-9);
    if (count > levels_max)
        count = levels_max;
    if (count < 2)
        count = 2;
    for (size_t k = 0; k < count; k++) {
        double share = (double)k / (double)(count - 1);
        double ratio = pourable(strong * pow(weak / strong, share));
        if (plan->count == 0 || ratio > plan->level[plan->count - 1].ratio)
            plan->level[plan->count++] = level_of(guess, thickness_mm, ratio);
    }
}

enum status ladder_plan(const struct colorant *guess, double thickness_mm,
                        size_t levels_max, struct ladder_plan *out)
{
    if (!is_guess(guess, thickness_mm))
        return STATUS_BAD_DATA;
    if (levels_max < 2 || levels_max > LADDER_PLAN_MAX)
        return STATUS_OUT_OF_RANGE;
    struct ladder_plan plan = {.strongest = 0, .weakest = 1};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        struct body body = body_of(guess, i);
        double depth = body.coefficient * thickness_mm;
        if (depth < LADDER_INFORMS_LEAST)
            continue; /* clear even undiluted */
        plan.strongest = fmax(plan.strongest, fmin(body.most / depth, 1));
        plan.weakest = fmin(plan.weakest, LADDER_INFORMS_LEAST / depth);
    }
    if (!(plan.strongest > 0))
        return STATUS_REJECTED;
    double strong = plan.strongest < 1 ? plan.strongest / margin : 1;
    double weak = fmin(plan.weakest * margin, strong / 2);
    space(guess, thickness_mm, strong, weak, levels_max, &plan);
    plan.bands_twice = count_twice(guess, thickness_mm, &plan);
    *out = plan;
    return STATUS_OK;
}
