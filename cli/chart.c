/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/chart.h"

#include <assert.h>

enum { MARKS_MAX = 8 };

/* The least step from 1, 2, 5 x 10^n that reaches the value in MARKS_MAX marks. */
static double mark_step(double value)
{
    static const double steps[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};
    size_t last = sizeof steps / sizeof steps[0] - 1;
    size_t i = 0;
    while (i < last && steps[i] * MARKS_MAX < value)
        i++;
    return steps[i];
}

static void fit_top(struct chart *chart, double value)
{
    double step = mark_step(value);
    if (step > chart->top_step)
        chart->top_step = step;
    double top = chart->top_step;
    while (top < value && top < chart->top_step * MARKS_MAX)
        top += chart->top_step;
    if (top > chart->top)
        chart->top = top;
}

void chart_add(struct chart *chart, const struct chart_series *series)
{
    assert(chart->count < CHART_SERIES_MAX);
    const struct spectrum *spectrum = &series->reflectance;
    double first = spectrum->grid.start_nm;
    double last = grid_wavelength_nm(&spectrum->grid, spectrum->grid.count - 1);
    if (chart->count == 0 || first < chart->first_nm)
        chart->first_nm = first;
    if (chart->count == 0 || last > chart->last_nm)
        chart->last_nm = last;
    chart->series[chart->count++] = *series;
    double highest = 0;
    for (size_t s = 0; s < chart->count; s++)
        for (size_t i = 0; i < chart->series[s].reflectance.grid.count; i++)
            if (chart->series[s].reflectance.value[i] > highest)
                highest = chart->series[s].reflectance.value[i];
    chart->top = 0;
    fit_top(chart, highest);
}
