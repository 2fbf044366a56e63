/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nominal forecast of a treatment and the date when it needs a touch-up. */
#ifndef COLORLIB_FORECAST_H
#define COLORLIB_FORECAST_H

#include "colorlib/stubble.h"
#include "colorlib/treatment.h"

/* Age at which work counts as healed: six weeks. */
#define FORECAST_HEALED_YEARS 0.115

/* A touch-up is searched up to this age. */
#define FORECAST_LIMIT_YEARS 15.0

/* Below this difference of lightness between skin and target contrast says nothing. */
#define FORECAST_CONTRAST_MIN 2.0

/* What is forecast: a mixture in a treatment, judged against a target under weights on
 * the 31-band grid (D65 of the working observer). All pointers are the caller's. */
struct forecast {
    const struct treatment *treatment;
    const struct mixture *mixture;
    const struct bands *target;
    const struct weights *weights;
    const struct greying *greying; /* how the target changes; NULL where it stays */
    const double *target_error;    /* true minus measured L*, a*, b*; NULL for none */
};

struct forecast_point {
    double years;
    cmsCIELab lab;
    cmsCIELab target; /* as it is by then */
    double ciede2000; /* against the target */
    double contrast;  /* (L*_skin - L*) / (L*_skin - L*_target); NAN where not defined */
    double coverage;  /* of all dots, earlier ones included, as far as they have spread */
    double dot_contrast; /* of the treatment's own */
};

struct forecast_point forecast_at(const struct forecast *forecast, double years);

/* A forecast prepared for many ages, which points to it. */
struct forecast_course {
    const struct forecast *forecast;
    struct treated treated;
    double skin_lightness;
    cmsCIELab target; /* where it stays */
};

void forecast_prepare(const struct forecast *forecast, struct forecast_course *out);
struct forecast_point forecast_course_at(const struct forecast_course *course,
                                         double years);

/*
 * The first age (years) beyond six weeks at which contrast < 0.75 min(1, healed contrast)
 * or CIEDE2000 > max(3.5, healed + 1.5); by difference alone where contrast is not
 * defined. HUGE_VAL when neither happens within FORECAST_LIMIT_YEARS.
 */
double forecast_touch_up_years(const struct forecast *forecast);
double forecast_course_touch_up_years(const struct forecast_course *course);

/* The same by contrast alone; HUGE_VAL also where contrast is not defined. */
double forecast_contrast_years(const struct forecast *forecast);

/* The first age (years) by which the dots' coverage exceeds DOTS_COVERAGE_WARN or their
 * contrast has halved since healing, the "helmet" look; HUGE_VAL beyond the limit. */
double forecast_helmet_years(const struct forecast *forecast);

#endif
