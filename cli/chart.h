/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reflectance against wavelength, drawn in text and as SVG. */
#ifndef CLI_CHART_H
#define CLI_CHART_H

#include <stdio.h>

#include "cli/terminal.h"
#include "colorlib/spectrum.h"

enum { CHART_SERIES_MAX = 12, CHART_LABEL_MAX = 128 };

struct chart_series {
    char label[CHART_LABEL_MAX];
    struct spectrum reflectance; /* six bands or more */
    struct srgb preview;
};

/* Series and the axes that hold them all; filled in by chart_add. */
struct chart {
    size_t count;
    struct chart_series series[CHART_SERIES_MAX];
    double first_nm;
    double last_nm;
    double top;      /* of the reflectance axis, which begins at 0 */
    double top_step; /* between its marks */
    char light[80];  /* under which the previews hold, such as "D65/10" */
};

/* Adds a series and widens the axes; chart->count < CHART_SERIES_MAX. */
void chart_add(struct chart *chart, const struct chart_series *series);

/* A braille chart at most as wide as the terminal, or one of letters where the charset
 * has no braille; a letter marks the end of each curve and its line of the legend. */
void chart_print_text(const struct chart *chart, const struct terminal *terminal,
                      FILE *stream);

/* An SVG 1.1 document of its own. */
void chart_print_svg(const struct chart *chart, FILE *stream);

#endif
