/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast of lightness over months as a chart, in text and as SVG. */
#ifndef CLI_FADE_CHART_H
#define CLI_FADE_CHART_H

#include <stdio.h>

#include "cli/terminal.h"
#include "colorlib/quantiles.h"

enum { FADE_CHART_POINTS_MAX = 64, FADE_CHART_LABEL_MAX = 160 };

struct fade_chart_point {
    double months;
    struct quantiles lightness;
    double target;    /* L*, which changes where hair goes on greying */
    struct srgb look; /* of the median */
};

struct fade_chart {
    char title[FADE_CHART_LABEL_MAX];
    char subtitle[FADE_CHART_LABEL_MAX];
    size_t count; /* 2 or more, ascending, the first at month 0 */
    struct fade_chart_point point[FADE_CHART_POINTS_MAX];
    double skin;               /* L* */
    struct quantiles touch_up; /* months; HUGE_VAL where none is due */
    char light[80];            /* such as "D65/10" */
};

/* The axis of L* that holds all curves. */
struct fade_axis {
    double low;
    double high;
    double step; /* between marks */
};
struct fade_axis fade_chart_axis(const struct fade_chart *chart);

/* What the curves are at a month within the chart, linear between points. */
struct fade_chart_point fade_chart_at(const struct fade_chart *chart, double months);

/* The last month. */
double fade_chart_months(const struct fade_chart *chart);

/* "touch-up due in month 47 (P10 to P90: 29 to 71)", or what can be said of one beyond
 * the forecast; text holds FADE_CHART_LABEL_MAX bytes. */
void fade_chart_touch_up_text(const struct quantiles *months, char *text);

/* A chart at most as wide as the terminal; of letters and signs where the charset has no
 * braille. */
void fade_chart_print_text(const struct fade_chart *chart,
                           const struct terminal *terminal, FILE *stream);

/* An SVG 1.1 document of its own. */
void fade_chart_print_svg(const struct fade_chart *chart, FILE *stream);

#endif
