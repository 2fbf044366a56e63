/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/trend.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Mean range of two over sigma, and the limit of that range over its mean (ISO 7870-2,
 * d2 and D4 for samples of two). */
static const double range_per_sigma = 1.128;
static const double range_limit = 3.267;

const char *trend_rule_text(enum trend_rule rule)
{
    switch (rule) { /* no default: the compiler reports one without a text */
    case TREND_BEYOND: return "outside the control limits";
    case TREND_SIDE: return "nine in a row on one side of the mean";
    case TREND_STEADY: return "six in a row rising or falling";
    case TREND_TWO: return "two of three beyond two sigma";
    case TREND_FOUR: return "four of five beyond one sigma";
    case TREND_RANGE: return "a jump above the limit of the moving range";
    }
    return "unknown rule";
}

/* How many sigma a value lies above the mean; of no spread, any step is a far one. */
static double sigmas(const struct trend *trend, double value)
{
    double away = value - trend->mean;
    if (trend->sigma > 0)
        return away / trend->sigma;
    return away == 0 ? 0 : copysign(HUGE_VAL, away);
}

/* How many of the last "of" lots up to one lie beyond so many sigma on its own side. */
static size_t beyond(const struct trend *trend, const double *value, size_t lot,
                     size_t of, double limit)
{
    double side = value[lot] >= trend->mean ? 1 : -1;
    size_t found = 0;
    for (size_t i = lot + 1 - of; i <= lot; i++)
        found += side * sigmas(trend, value[i]) > limit;
    return found;
}

/* Whether the last six lots rise or fall all the way. */
static bool steady(const double *value, size_t lot)
{
    size_t up = 0, down = 0;
    for (size_t i = lot - 4; i <= lot; i++) {
        up += value[i] > value[i - 1];
        down += value[i] < value[i - 1];
    }
    return up == 5 || down == 5;
}

static unsigned rules_broken(const struct trend *trend, const double *value, size_t lot)
{
    unsigned broken = 0;
    double at = fabs(sigmas(trend, value[lot]));
    if (at > 3)
        broken |= TREND_BEYOND;
    if (lot >= 8 && beyond(trend, value, lot, 9, 0) == 9)
        broken |= TREND_SIDE;
    if (lot >= 5 && steady(value, lot))
        broken |= TREND_STEADY;
    if (lot >= 2 && at > 2 && beyond(trend, value, lot, 3, 2) >= 2)
        broken |= TREND_TWO;
    if (lot >= 4 && at > 1 && beyond(trend, value, lot, 5, 1) >= 4)
        broken |= TREND_FOUR;
    if (lot >= 1 && fabs(value[lot] - value[lot - 1]) > trend->range_upper)
        broken |= TREND_RANGE;
    return broken;
}

static void make_limits(const double *value, struct trend *trend)
{
    double sum = value[0], ranges = 0;
    for (size_t i = 1; i < trend->baseline; i++) {
        sum += value[i];
        ranges += fabs(value[i] - value[i - 1]);
    }
    trend->mean = sum / (double)trend->baseline;
    trend->moving_range = ranges / (double)(trend->baseline - 1);
    trend->sigma = trend->moving_range / range_per_sigma;
    trend->lower = trend->mean - 3 * trend->sigma;
    trend->upper = trend->mean + 3 * trend->sigma;
    trend->range_upper = range_limit * trend->moving_range;
}

static void fit_line(const double *value, struct trend *trend)
{
    double n = (double)trend->count, middle = (n - 1) / 2, mean = 0, product = 0;
    double squares = n * (n * n - 1) / 12, residual = 0;
    for (size_t i = 0; i < trend->count; i++)
        mean += value[i] / n;
    for (size_t i = 0; i < trend->count; i++)
        product += ((double)i - middle) * (value[i] - mean);
    trend->slope_per_lot = product / squares;
    for (size_t i = 0; i < trend->count; i++) {
        double left = value[i] - mean - trend->slope_per_lot * ((double)i - middle);
        residual += left * left;
    }
    trend->slope_uncertainty =
        gsl_cdf_tdist_Pinv(0.975, n - 2) * sqrt(residual / (n - 2) / squares);
    trend->line_last = mean + trend->slope_per_lot * middle;
    trend->drifts = fabs(trend->slope_per_lot) > trend->slope_uncertainty;
}

enum status trend_chart(const double *value, size_t count, size_t baseline,
                        struct trend *out)
{
    if (count < TREND_LOTS_MIN || count > TREND_LOTS_MAX || baseline > count ||
        (baseline > 0 && baseline < TREND_LOTS_MIN))
        return STATUS_OUT_OF_RANGE;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(value[i]))
            return STATUS_BAD_DATA;
    struct trend trend = {.count = count, .baseline = baseline ? baseline : count};
    make_limits(value, &trend);
    fit_line(value, &trend);
    for (size_t i = 0; i < count; i++) {
        trend.broken[i] = rules_broken(&trend, value, i);
        trend.any |= trend.broken[i];
    }
    *out = trend;
    return STATUS_OK;
}

double trend_lots_left(const struct trend *trend, double least, double most)
{
    if (!trend->drifts)
        return HUGE_VAL;
    double limit = trend->slope_per_lot > 0 ? most : least;
    return fmax((limit - trend->line_last) / trend->slope_per_lot, 0);
}

enum trend_stirring trend_stirred(const struct trend_strength *as_is,
                                  const struct trend_strength *stirred)
{
    double change = stirred->value - as_is->value;
    if (!(fabs(change) > hypot(as_is->uncertainty, stirred->uncertainty)))
        return TREND_STIRRING_EQUAL;
    return change < 0 ? TREND_STIRRING_FALLS : TREND_STIRRING_RISES;
}
