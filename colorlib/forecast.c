/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/forecast.h"

#include <math.h>

#include "colorlib/difference.h"

/* A touch-up is due when the work has lost a quarter of what it showed when healed, or
 * looks visibly wrong and wronger than then by 1.5: assumptions. */
#define CONTRAST_KEPT      0.75
#define DIFFERENCE_VISIBLE 3.5
#define DIFFERENCE_GROWN   1.5

/* The look of single dots counts as lost below half of what it was. */
#define DOT_CONTRAST_KEPT 0.5

/* What is looked for changes over years, so that half of one holds one peak at the most.
 */
#define SCAN_STEP_YEARS 0.5
#define DATE_YEARS      1e-4

static cmsCIELab lab_of(const struct forecast *forecast, const struct bands *reflectance)
{
    return colorimetry_reflectance_lab(forecast->weights, reflectance->value);
}

/* A target's color in truth, where its measurement was in error. */
static cmsCIELab target_of(const struct forecast *forecast, const struct bands *target)
{
    cmsCIELab lab = lab_of(forecast, target);
    const double *error = forecast->target_error;
    if (!error)
        return lab;
    return (cmsCIELab){lab.L + error[0], lab.a + error[1], lab.b + error[2]};
}

void forecast_prepare(const struct forecast *forecast, struct forecast_course *out)
{
    struct bands bare;
    out->forecast = forecast;
    treated_make(forecast->treatment, forecast->mixture, &out->treated);
    dots_ground_bare(&out->treated.ground, &bare);
    out->skin_lightness = lab_of(forecast, &bare).L;
    out->target = target_of(forecast, forecast->target);
}

/* The target at an age, greyed where it greys; greying hair takes less and less room, so
 * that what holds today cannot fail later. */
static cmsCIELab target_at(const struct forecast_course *course, double years)
{
    const struct forecast *forecast = course->forecast;
    struct bands greyed;
    if (forecast->greying &&
        stubble_greyed(forecast->greying, years, &greyed) == STATUS_OK)
        return target_of(forecast, &greyed);
    return course->target;
}

/* NAN where skin and target are too alike. */
static double contrast_of(double skin_lightness, double target_lightness,
                          double lightness)
{
    double range = skin_lightness - target_lightness;
    if (range < FORECAST_CONTRAST_MIN)
        return NAN;
    return (skin_lightness - lightness) / range;
}

struct forecast_point forecast_course_at(const struct forecast_course *course,
                                         double years)
{
    struct treated_look look;
    treated_at(&course->treated, years, &look);
    cmsCIELab lab = lab_of(course->forecast, &look.reflectance);
    cmsCIELab target = target_at(course, years);
    return (struct forecast_point){
        .years = years,
        .lab = lab,
        .target = target,
        .ciede2000 = difference_ciede2000(target, lab),
        .contrast = contrast_of(course->skin_lightness, target.L, lab.L),
        .coverage = treatment_coverage_at(course->forecast->treatment, years),
        .dot_contrast = look.dot_contrast,
    };
}

struct forecast_point forecast_at(const struct forecast *forecast, double years)
{
    struct forecast_course course;
    forecast_prepare(forecast, &course);
    return forecast_course_at(&course, years);
}

static double contrast_excess(const struct forecast_point *healed,
                              const struct forecast_point *now)
{
    return CONTRAST_KEPT * fmin(1, healed->contrast) - now->contrast;
}

static double touch_up_excess(const struct forecast_point *healed,
                              const struct forecast_point *now)
{
    double allowed = fmax(DIFFERENCE_VISIBLE, healed->ciede2000 + DIFFERENCE_GROWN);
    return fmax(contrast_excess(healed, now), now->ciede2000 - allowed);
}

static double helmet_excess(const struct forecast_point *healed,
                            const struct forecast_point *now)
{
    return fmax(now->coverage - DOTS_COVERAGE_WARN,
                DOT_CONTRAST_KEPT * healed->dot_contrast - now->dot_contrast);
}

/* One question about a forecast, and what its answer needs. */
struct question {
    const struct forecast_course *course;
    struct forecast_point healed;
    /* By how much the change since healing exceeds what is allowed; NAN for never. */
    double (*excess)(const struct forecast_point *healed,
                     const struct forecast_point *now);
};

static double excess_at(const struct question *question, double years)
{
    struct forecast_point now = forecast_course_at(question->course, years);
    return question->excess(&question->healed, &now);
}

/* An age and the excess there. */
struct instant {
    double years;
    double excess;
};

static struct instant instant_at(const struct question *question, double years)
{
    return (struct instant){years, excess_at(question, years)};
}

/* Where a straight line between the two crosses 0, and a little further on from the
 * nearer of them, so that the next line is short. */
static double crossing(const struct instant *before, const struct instant *after)
{
    double span = after->years - before->years;
    double part = before->excess / (before->excess - after->excess);
    double beyond = part < 0.5 ? DATE_YEARS / 2 : -DATE_YEARS / 2;
    double years = before->years + part * span + beyond;
    return fmin(fmax(years, before->years + DATE_YEARS / 2),
                after->years - DATE_YEARS / 2);
}

/* The age between before, when it has not come, and after, when it has: along straight
 * lines, and by halves where those do not do better. */
static double narrowed(const struct question *question, struct instant before,
                       struct instant after)
{
    double span = after.years - before.years;
    for (size_t step = 0; span > DATE_YEARS; step++) {
        double middle = (before.years + after.years) / 2;
        struct instant next =
            instant_at(question, step % 3 == 2 ? middle : crossing(&before, &after));
        *(next.excess > 0 ? &after : &before) = next;
        span = after.years - before.years;
    }
    return after.years;
}

/* The age at which the parabola through three instants has its peak, where that is about
 * the middle one; else that of the middle one. */
static double peak_years(const struct instant *past)
{
    double left = past[1].years - past[0].years, right = past[2].years - past[1].years;
    double rise = (past[1].excess - past[0].excess) / left;
    double fall = (past[1].excess - past[2].excess) / right;
    if (!(rise >= 0 && fall >= 0 && rise + fall > 0))
        return past[1].years;
    return past[1].years + (rise * right - fall * left) / (2 * (rise + fall));
}

/* The first age from start_years on at which it has come; HUGE_VAL when it never does. */
static double first_age(const struct question *question, double start_years)
{
    /* no peak is looked for before the start */
    struct instant past[3] = {{NAN, NAN}, {NAN, NAN}, instant_at(question, start_years)};
    if (past[2].excess > 0)
        return start_years;
    while (past[2].years < FORECAST_LIMIT_YEARS) {
        past[0] = past[1];
        past[1] = past[2];
        past[2] = instant_at(question,
                             fmin(past[1].years + SCAN_STEP_YEARS, FORECAST_LIMIT_YEARS));
        if (past[2].excess > 0)
            return narrowed(question, past[1], past[2]);
        double years = peak_years(past);
        if (years == past[1].years)
            continue;
        struct instant peak = instant_at(question, years);
        if (peak.excess > 0)
            return narrowed(question, past[0], peak);
    }
    return HUGE_VAL;
}

static struct question ask(const struct forecast_course *course,
                           double (*excess)(const struct forecast_point *healed,
                                            const struct forecast_point *now))
{
    return (struct question){.course = course,
                             .healed = forecast_course_at(course, FORECAST_HEALED_YEARS),
                             .excess = excess};
}

double forecast_course_touch_up_years(const struct forecast_course *course)
{
    struct question question = ask(course, touch_up_excess);
    return first_age(&question, FORECAST_HEALED_YEARS);
}

double forecast_touch_up_years(const struct forecast *forecast)
{
    struct forecast_course course;
    forecast_prepare(forecast, &course);
    return forecast_course_touch_up_years(&course);
}

double forecast_contrast_years(const struct forecast *forecast)
{
    struct forecast_course course;
    forecast_prepare(forecast, &course);
    struct question question = ask(&course, contrast_excess);
    return first_age(&question, FORECAST_HEALED_YEARS);
}

double forecast_helmet_years(const struct forecast *forecast)
{
    struct forecast_course course;
    forecast_prepare(forecast, &course);
    struct question question = ask(&course, helmet_excess);
    return first_age(&question, 0);
}
