/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fade_chart.h"

#include <math.h>

enum { MARKS_MAX = 7 };

static struct quantiles between(const struct quantiles *a, const struct quantiles *b,
                                double share)
{
    return (struct quantiles){a->p10 + share * (b->p10 - a->p10),
                              a->p50 + share * (b->p50 - a->p50),
                              a->p90 + share * (b->p90 - a->p90)};
}

struct fade_chart_point fade_chart_at(const struct fade_chart *chart, double months)
{
    size_t after = 1;
    while (after + 1 < chart->count && chart->point[after].months < months)
        after++;
    const struct fade_chart_point *a = &chart->point[after - 1],
                                  *b = &chart->point[after];
    double share = (months - a->months) / (b->months - a->months);
    return (struct fade_chart_point){
        .months = months,
        .lightness = between(&a->lightness, &b->lightness, share),
        .target = a->target + share * (b->target - a->target),
        .look = share < 0.5 ? a->look : b->look,
    };
}

double fade_chart_months(const struct fade_chart *chart)
{
    return chart->point[chart->count - 1].months;
}

struct fade_axis fade_chart_axis(const struct fade_chart *chart)
{
    static const double steps[] = {1, 2, 5, 10, 20};
    double low = chart->skin, high = chart->skin;
    for (size_t i = 0; i < chart->count; i++) {
        const struct fade_chart_point *point = &chart->point[i];
        low = fmin(low, fmin(point->lightness.p10, point->target));
        high = fmax(high, fmax(point->lightness.p90, point->target));
    }
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof steps[0] && high - low > MARKS_MAX * steps[i])
        i++;
    double step = steps[i];
    /* a little room, so that no curve lies on the frame */
    double room = step / 10;
    return (struct fade_axis){step * floor((low - room) / step),
                              step * ceil((high + room) / step), step};
}

void fade_chart_touch_up_text(const struct quantiles *months, char *text)
{
    if (isfinite(months->p90))
        snprintf(text, FADE_CHART_LABEL_MAX,
                 "touch-up due in month %.0f (P10 to P90: %.0f to %.0f)", months->p50,
                 months->p10, months->p90);
    else if (isfinite(months->p50))
        snprintf(text, FADE_CHART_LABEL_MAX,
                 "touch-up due in month %.0f (P10 %.0f, P90 not within 15 years)",
                 months->p50, months->p10);
    else if (isfinite(months->p10))
        snprintf(text, FADE_CHART_LABEL_MAX,
                 "no touch-up due within 15 years (but one time in ten by month %.0f)",
                 months->p10);
    else
        snprintf(text, FADE_CHART_LABEL_MAX, "no touch-up due within 15 years");
}
