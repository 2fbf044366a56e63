/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the time for one target grows with the size of the problem. */
#ifndef TESTS_BENCH_GROWTH_H
#define TESTS_BENCH_GROWTH_H

#include <stdint.h>
#include <stdio.h>

#include "colorlib/status.h"

enum { GROWTH_POINTS_MAX = 6, GROWTH_PANELS = 3 };

/* Ways to find the best recipe; a search takes longer for some targets than for others.
 */
enum growth_series {
    GROWTH_ENUMERATION,
    GROWTH_SEARCH_SLOWEST,
    GROWTH_SEARCH_MEDIAN,
    GROWTH_SERIES
};

struct growth_point {
    unsigned value; /* of what grows */
    uint64_t recipes;
    double seconds[GROWTH_SERIES]; /* of processor time for one target */
};

/* One thing grows, the others stay. */
struct growth_panel {
    const char *grows; /* with its unit: "pigments in stock" */
    const char *stays; /* "at most 3 in a recipe, at most 20 drops" */
    size_t count;
    struct growth_point point[GROWTH_POINTS_MAX];
};

/* Draws the panels side by side as an SVG document, times on one logarithmic scale. */
void growth_draw(FILE *stream, const struct growth_panel panel[static GROWTH_PANELS]);

#endif
