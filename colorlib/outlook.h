/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to expect of a mixture with its uncertainty: a forecast in every world that might
 * be true (draws.h), told by quantiles and chances; and what to warn of.
 */
#ifndef COLORLIB_OUTLOOK_H
#define COLORLIB_OUTLOOK_H

#include "colorlib/draws.h"
#include "colorlib/forecast.h"
#include "colorlib/quantiles.h"
#include "colorlib/recipe_ensemble.h"

/* Practice dilutes down to 1:60 (charts of 1:2 to 1:60); weaker mixes are untried. */
#define OUTLOOK_RATIO_WEAKEST 60.0

/* A drop that changes the healed color by more is seen at a glance (CIEDE2000; acceptance
 * limit of 1.5 in dotted areas, an assumption). */
#define OUTLOOK_DROP_COARSE 1.5

/* A fall of b* by more within that time is warned of as a turn to blue (assumption). */
#define OUTLOOK_BLUE_DRIFT 2.0
#define OUTLOOK_BLUE_YEARS 2.0

/* Signs of a look to be warned of. */
enum outlook_sign {
    OUTLOOK_CROWDED, /* fresh dots cover more than DOTS_COVERAGE_WARN */
    OUTLOOK_POINTS,  /* healed single dots read as points */
    OUTLOOK_DUST,    /* healed single dots read as a shade */
    OUTLOOK_HELMET,  /* by the horizon spread dots cover more than DOTS_COVERAGE_WARN */
    OUTLOOK_BLURRED, /* by the horizon dots have lost half of their healed contrast */
    OUTLOOK_BLUEING, /* b* falls by more than OUTLOOK_BLUE_DRIFT in two years */
    OUTLOOK_SIGNS
};

/* The signs of one forecast: set where not 0. Helmet and blur are judged at the horizon,
 * because dots only spread and pale. */
struct outlook_signs {
    unsigned char shown[OUTLOOK_SIGNS];
    double coverage;     /* of all fresh dots */
    double dot_contrast; /* healed */
    double blue_drift;   /* by how much b* falls in two years; below 0 where it rises */
};

struct outlook_signs outlook_signs(const struct forecast *forecast, double horizon_years);

enum { OUTLOOK_AGES_MAX = 16 };

/* One age. */
struct outlook_point {
    double years;
    struct quantiles lightness;
    struct quantiles a;
    struct quantiles b;
    struct quantiles ciede2000;
    /* Over the draws in which it is defined; NAN where that is fewer than half. */
    struct quantiles contrast;
    /* Chances, 0 to 1, to be darker than the target by more than RECIPE_WRONG_DARKER, and
     * bluer or greener by more than RECIPE_WRONG_BLUER. */
    double darker;
    double bluer;
};

struct outlook {
    size_t count;
    struct outlook_point point[OUTLOOK_AGES_MAX];
    struct quantiles touch_up_years; /* HUGE_VAL beyond FORECAST_LIMIT_YEARS */
    double chance[OUTLOOK_SIGNS];
};

/*
 * The outlook of a mixture at count ages (years), 1 to OUTLOOK_AGES_MAX.
 *
 *   forecast  the usual treatment and the mixture as intended, which draws deviate from;
 *             no target_error
 *   draw      draws >= 1 of them
 *
 * OUT_OF_RANGE for other counts, NO_MEMORY.
 */
enum status outlook_make(const struct forecast *forecast, const struct draw *draw,
                         size_t draws, const double *years, size_t count,
                         double horizon_years, struct outlook *out);

/* Expanded uncertainty (coverage factor 2) of a normal distribution with that P10 and
 * P90. */
double outlook_expanded(const struct quantiles *quantiles);

/* The quantiles of a date alone, such as that of forecast_touch_up_years. */
enum status outlook_date(const struct forecast *forecast, const struct draw *draw,
                         size_t draws, double (*date)(const struct forecast *forecast),
                         struct quantiles *out);

#endif
