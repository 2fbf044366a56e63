/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/growth.h"

#include <math.h>

/* In the units of the picture; a panel's place is that of its axes. */
enum {
    WIDTH = 1200,
    HEIGHT = 470,
    LEFT = 86,
    TOP = 84,
    PANEL_WIDTH = 320,
    PANEL_HEIGHT = 300,
    PANEL_STEP = 372,
    INSET = 24 /* from an axis to the outermost points */
};

/* Told apart without color as well: by the sign at each point and the kind of line. */
static const struct {
    const char *name, *color, *dashes, *sign;
} looks[GROWTH_SERIES] = {
    [GROWTH_ENUMERATION] = {"every recipe enumerated", "#b3430b", "none",
                            "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"},
    [GROWTH_SEARCH_SLOWEST] = {"exact search, slowest of 24 targets", "#1b5e9b", "6 4",
                               "M-5 3.5L0 -5.5L5 3.5z"},
    [GROWTH_SEARCH_MEDIAN] = {"exact search, median of 24 targets", "#1b5e9b", "none",
                              "M-3.5 -3.5h7v7h-7z"},
};

/* Decades of seconds that the times lie between. */
struct scale {
    int first;
    int last;
};

static struct scale find_scale(const struct growth_panel panel[static GROWTH_PANELS])
{
    double least = panel[0].point[0].seconds[0], most = least;
    for (size_t p = 0; p < GROWTH_PANELS; p++)
        for (size_t i = 0; i < panel[p].count; i++)
            for (size_t s = 0; s < GROWTH_SERIES; s++) {
                least = fmin(least, panel[p].point[i].seconds[s]);
                most = fmax(most, panel[p].point[i].seconds[s]);
            }
    return (struct scale){(int)floor(log10(least)), (int)ceil(log10(most))};
}

static double height_of(const struct scale *scale, double seconds)
{
    double part = (log10(seconds) - scale->first) / (scale->last - scale->first);
    return TOP + PANEL_HEIGHT * (1 - part);
}

static double place_of(const struct growth_panel *panel, double left, unsigned value)
{
    double first = panel->point[0].value, last = panel->point[panel->count - 1].value;
    return left + INSET + (PANEL_WIDTH - 2 * INSET) * (value - first) / (last - first);
}

static void draw_text(FILE *stream, double x, double y, const char *anchor,
                      const char *text)
{
    fprintf(stream, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y,
            anchor, text);
}

static void draw_decades(FILE *stream, const struct scale *scale, double left)
{
    static const char *const names[] = {"1 µs",   "10 µs", "100 µs", "1 ms", "10 ms",
                                        "100 ms", "1 s",   "10 s",   "100 s"};
    for (int decade = scale->first; decade <= scale->last; decade++) {
        double y = height_of(scale, pow(10, decade));
        fprintf(stream,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" "
                "stroke=\"#d8d8d8\"/>\n",
                left, left + PANEL_WIDTH, y, y);
        if (left == LEFT && decade >= -6 && decade <= 2)
            draw_text(stream, left - 8, y + 4, "end", names[decade + 6]);
    }
}

static void draw_axes(FILE *stream, const struct growth_panel *panel,
                      const struct scale *scale, double left)
{
    double bottom = TOP + PANEL_HEIGHT, middle = left + PANEL_WIDTH / 2.0;
    draw_decades(stream, scale, left);
    fprintf(stream, "<path d=\"M%.1f %d V%.1f H%.1f\" fill=\"none\" stroke=\"#333\"/>\n",
            left, TOP, bottom, left + PANEL_WIDTH);
    for (size_t i = 0; i < panel->count; i++) {
        char number[16];
        double x = place_of(panel, left, panel->point[i].value);
        snprintf(number, sizeof number, "%u", panel->point[i].value);
        fprintf(stream, "<path d=\"M%.1f %.1f v5\" stroke=\"#333\"/>\n", x, bottom);
        draw_text(stream, x, bottom + 19, "middle", number);
    }
    draw_text(stream, middle, bottom + 42, "middle", panel->grows);
    fputs("<g fill=\"#666\">\n", stream);
    draw_text(stream, middle, bottom + 62, "middle", panel->stays);
    fputs("</g>\n", stream);
}

static void draw_sign(FILE *stream, enum growth_series series, double x, double y)
{
    fprintf(stream, "<path transform=\"translate(%.1f %.1f)\" d=\"%s\" fill=\"%s\"/>\n",
            x, y, looks[series].sign, looks[series].color);
}

static void begin_line(FILE *stream, enum growth_series series)
{
    fprintf(stream,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
            "stroke-dasharray=\"%s\" points=\"",
            looks[series].color, looks[series].dashes);
}

static void draw_series(FILE *stream, const struct growth_panel *panel,
                        const struct scale *scale, double left, enum growth_series series)
{
    begin_line(stream, series);
    for (size_t i = 0; i < panel->count; i++)
        fprintf(stream, "%.1f,%.1f ", place_of(panel, left, panel->point[i].value),
                height_of(scale, panel->point[i].seconds[series]));
    fputs("\"/>\n", stream);
    for (size_t i = 0; i < panel->count; i++)
        draw_sign(stream, series, place_of(panel, left, panel->point[i].value),
                  height_of(scale, panel->point[i].seconds[series]));
}

static void draw_legend(FILE *stream)
{
    double x = LEFT;
    for (enum growth_series series = 0; series < GROWTH_SERIES; series++) {
        begin_line(stream, series);
        fprintf(stream, "%.1f,%d %.1f,%d\"/>\n", x, TOP - 28, x + 40, TOP - 28);
        draw_sign(stream, series, x + 20, TOP - 28);
        draw_text(stream, x + 48, TOP - 24, "start", looks[series].name);
        x += 290;
    }
}

void growth_draw(FILE *stream, const struct growth_panel panel[static GROWTH_PANELS])
{
    struct scale scale = find_scale(panel);
    fprintf(stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
            "font-family=\"sans-serif\" font-size=\"13\">\n"
            "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    fputs("<g font-size=\"16\">\n", stream);
    draw_text(stream, LEFT, 30, "start",
              "Processor time to find the best recipe for one target (log scale)");
    fputs("</g>\n", stream);
    draw_legend(stream);
    for (size_t p = 0; p < GROWTH_PANELS; p++) {
        double left = LEFT + (double)PANEL_STEP * (double)p;
        draw_axes(stream, &panel[p], &scale, left);
        for (enum growth_series series = 0; series < GROWTH_SERIES; series++)
            draw_series(stream, &panel[p], &scale, left, series);
    }
    fputs("</svg>\n", stream);
}
