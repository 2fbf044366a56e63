/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/chart.h"

#include <math.h>

/* Pixels. */
enum {
    WIDTH = 760,
    LEFT = 64,
    RIGHT = 730,
    TOP = 24,
    BOTTOM = 364,
    LEGEND_TOP = 438,
    LEGEND_LINE = 22,
    NM_MARK = 50
};

/* Okabe and Ito's colors, told apart by color-blind eyes; dashes tell the rest apart. */
static const char *const line_color[] = {"#000000", "#0072b2", "#d55e00",
                                         "#009e73", "#cc79a7", "#e69f00"};
enum { LINE_COLORS = sizeof line_color / sizeof line_color[0] };

static const char *dash_of(size_t series)
{
    return series < LINE_COLORS ? "" : " stroke-dasharray=\"6 3\"";
}

static double x_of(const struct chart *chart, double nm)
{
    return LEFT +
           (RIGHT - LEFT) * (nm - chart->first_nm) / (chart->last_nm - chart->first_nm);
}

static double y_of(const struct chart *chart, double reflectance)
{
    double share = reflectance / chart->top;
    return BOTTOM - (BOTTOM - TOP) * (share < 0 ? 0 : share > 1 ? 1 : share);
}

/* Text of XML; control bytes are not allowed in it. */
static void print_escaped(FILE *stream, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': fputs("&amp;", stream); break;
        case '<': fputs("&lt;", stream); break;
        case '>': fputs("&gt;", stream); break;
        default: fputc((unsigned char)*text < ' ' ? '?' : *text, stream);
        }
    }
}

static void print_reflectance_axis(const struct chart *chart, FILE *stream)
{
    for (double mark = 0; mark < chart->top + chart->top_step / 2;
         mark += chart->top_step) {
        double y = y_of(chart, mark);
        fprintf(stream,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#d8d8d8\"/>\n"
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>\n",
                LEFT, y, RIGHT, y, LEFT - 8, y + 5, mark);
    }
    int middle = (TOP + BOTTOM) / 2;
    fprintf(stream,
            "<text x=\"18\" y=\"%d\" text-anchor=\"middle\" "
            "transform=\"rotate(-90 18 %d)\">reflectance factor</text>\n",
            middle, middle);
}

static void print_wavelength_axis(const struct chart *chart, FILE *stream)
{
    for (double nm = ceil(chart->first_nm / NM_MARK) * NM_MARK; nm <= chart->last_nm;
         nm += NM_MARK) {
        double x = x_of(chart, nm);
        fprintf(stream,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#d8d8d8\"/>\n"
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
                x, TOP, x, BOTTOM + 5, x, BOTTOM + 22, nm);
    }
    fprintf(stream,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">wavelength (nm)</text>\n"
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" "
            "stroke=\"#404040\"/>\n",
            (LEFT + RIGHT) / 2, BOTTOM + 44, LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
}

static void print_curve(const struct chart *chart, size_t series, FILE *stream)
{
    const struct spectrum *spectrum = &chart->series[series].reflectance;
    double first = spectrum->grid.start_nm;
    double last = grid_wavelength_nm(&spectrum->grid, spectrum->grid.count - 1);
    fprintf(stream,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\"",
            line_color[series % LINE_COLORS], dash_of(series));
    enum { STEPS = 200 };
    for (int i = 0; i <= STEPS; i++) {
        double nm = first + (last - first) * i / STEPS;
        fprintf(stream, "%s%.1f,%.1f", i ? " " : "", x_of(chart, nm),
                y_of(chart, spectrum_interpolate(spectrum, nm)));
    }
    fputs("\"/>\n", stream);
}

static void print_legend_line(const struct chart *chart, size_t series, FILE *stream)
{
    const struct chart_series *it = &chart->series[series];
    int y = LEGEND_TOP + LEGEND_LINE * (int)series;
    fprintf(stream,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" "
            "stroke-width=\"2\"%s/>\n"
            "<rect x=\"%d\" y=\"%d\" width=\"18\" height=\"14\" "
            "fill=\"#%02x%02x%02x\" stroke=\"#404040\"/>\n<text x=\"%d\" y=\"%d\">",
            LEFT, y, LEFT + 36, y, line_color[series % LINE_COLORS], dash_of(series),
            LEFT + 46, y - 7, it->preview.red, it->preview.green, it->preview.blue,
            LEFT + 74, y + 5);
    print_escaped(stream, it->label);
    fputs("</text>\n", stream);
}

void chart_print_svg(const struct chart *chart, FILE *stream)
{
    int height = LEGEND_TOP + LEGEND_LINE * ((int)chart->count + 1);
    fprintf(stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"14\">\n"
            "<title>Reflectance</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
            WIDTH, height, WIDTH, height);
    print_reflectance_axis(chart, stream);
    print_wavelength_axis(chart, stream);
    for (size_t s = 0; s < chart->count; s++)
        print_curve(chart, s, stream);
    for (size_t s = 0; s < chart->count; s++)
        print_legend_line(chart, s, stream);
    fprintf(stream,
            "<text x=\"%d\" y=\"%d\" fill=\"#606060\">swatches: %s, sRGB</text>\n", LEFT,
            height - LEGEND_LINE / 2 + 2, chart->light);
    fputs("</svg>\n", stream);
}
