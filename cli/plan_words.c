/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan in words and as a chart. */
#include <math.h>
#include <string.h>

#include "cli/plan_result.h"
#include "colorlib/difference.h"

const struct session_step *plan_last(const struct plan_result *result)
{
    return &result->plan.step[result->plan.count - 1];
}

const struct session_step *plan_first(const struct plan_result *result)
{
    for (size_t s = 0; s < result->plan.count; s++)
        if (result->plan.step[s].verdict == SESSION_PLACE)
            return &result->plan.step[s];
    return NULL;
}

size_t plan_sessions(const struct plan_result *result)
{
    return result->plan.count > 0 ? result->plan.count : result->course.session;
}

struct forecast plan_forecast(const struct plan_result *result)
{
    struct forecast forecast = mixing_forecast(result->mixing, result->recipe);
    forecast.treatment = &result->usual;
    forecast.mixture = &result->mixture;
    forecast.weights = &result->mixing->daylight;
    return forecast;
}

struct quantiles plan_touch_up_months(const struct plan_result *result)
{
    const struct quantiles *years = &result->outlook.touch_up_years;
    return (struct quantiles){years->p10 * PLAN_MONTHS_OF_YEAR,
                              years->p50 * PLAN_MONTHS_OF_YEAR,
                              years->p90 * PLAN_MONTHS_OF_YEAR};
}

const char *plan_words(const struct plan_result *result, size_t point)
{
    /* contrast kept since healing, and what that looks like (assumptions around the
     * touch-up's three quarters) */
    static const struct {
        double kept;
        const char *text;
    } words[] = {{0.93, "as when healed"},
                 {0.85, "a little lighter"},
                 {0.75, "lighter"},
                 {0.50, "clearly lighter"},
                 {0, "faded"}};
    const struct outlook_point *healed = &result->outlook.point[result->healed];
    const struct outlook_point *now = &result->outlook.point[point];
    if (point == 0)
        return "fresh";
    if (point < result->healed)
        return "healing";
    if (point == result->healed)
        return "healed";
    double kept = now->contrast.p50 / healed->contrast.p50;
    if (!isfinite(kept))
        return difference_verdict(now->ciede2000.p50);
    size_t i = 0;
    while (i + 1 < sizeof words / sizeof words[0] && kept < words[i].kept)
        i++;
    return words[i].text;
}

const char *plan_due_text(const struct plan_result *result, size_t point)
{
    const struct quantiles *due = &result->outlook.touch_up_years;
    double years = result->outlook.point[point].years;
    if (years >= due->p50)
        return "due";
    return years >= due->p10 ? "maybe" : "";
}

const char *plan_verdict_text(enum session_verdict verdict)
{
    switch (verdict) {
    case SESSION_PLACE: return "place";
    case SESSION_ENOUGH: return "nothing more is needed";
    case SESSION_TOO_DARK: return "nothing: it is darker than the target already";
    }
    return "unknown";
}

static struct srgb look_of(const struct mixing *mixing, const struct outlook_point *point)
{
    const cmsCIEXYZ *white = &mixing->daylight.white;
    cmsCIELab lab = {point->lightness.p50, point->a.p50, point->b.p50};
    cmsCIEXYZ xyz = colorimetry_lab_xyz(&lab, white);
    return colorimetry_srgb(&xyz, white);
}

/* The target's L* at an age: it changes where hair goes on greying. */
static double target_at(const struct plan_result *result, double years)
{
    struct forecast forecast = plan_forecast(result);
    return forecast_at(&forecast, years).target.L;
}

/* How many bytes of a name a subtitle has room for; no character is cut. */
static int name_length(const char *name)
{
    int length = (int)strnlen(name, 60);
    while (length > 0 && ((unsigned char)name[length] & 0xc0) == 0x80)
        length--;
    return length;
}

void plan_chart(const struct context *context, const struct plan_result *result,
                struct fade_chart *chart)
{
    const struct mixing *mixing = result->mixing;
    *chart = (struct fade_chart){
        .skin = recipe_contrast(mixing->solver).skin.L,
        .touch_up = plan_touch_up_months(result),
    };
    snprintf(chart->title, sizeof chart->title,
             "How the work heals and fades after %zu session%s", plan_sessions(result),
             plan_sessions(result) == 1 ? "" : "s");
    snprintf(chart->subtitle, sizeof chart->subtitle, "%.*s; %.*s; %.0f dots/cm\u00b2%s",
             name_length(mixing->subject.label), mixing->subject.label,
             name_length(mixing->look), mixing->look,
             mixing->usual.technique.density_per_cm2,
             context->simulated ? "; simulated" : "");
    snprintf(chart->light, sizeof chart->light, "D65/%d",
             observer_degrees(context->viewing.observer));
    for (size_t i = 0; i < result->outlook.count; i++) {
        const struct outlook_point *point = &result->outlook.point[i];
        chart->point[chart->count++] = (struct fade_chart_point){
            .months = point->years * PLAN_MONTHS_OF_YEAR,
            .lightness = point->lightness,
            .target = target_at(result, point->years),
            .look = look_of(mixing, point),
        };
    }
}
