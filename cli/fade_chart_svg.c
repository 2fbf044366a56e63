/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fade_chart.h"

#include <math.h>

/* Pixels. */
enum {
    WIDTH = 864,
    HEIGHT = 618,
    LEFT = 80,
    RIGHT = 760,
    TOP = 84,
    BOTTOM = 404,
    MONTHS_AT = BOTTOM + 20, /* base lines of text and middles of strips */
    YEARS_AT = BOTTOM + 38,
    UNIT_AT = BOTTOM + 58,
    LOOK_AT = BOTTOM + 72,
    LOOK_HEIGHT = 18,
    DUE_AT = BOTTOM + 108,
    LEGEND_AT = BOTTOM + 138,
    LEGEND_LINE = 22,
    COLUMN = 350,      /* between the legend's columns */
    LABELS_APART = 16, /* of skin and target at the least */
    MONTHS_OF_YEAR = 12
};

/* Okabe and Ito's colors, told apart by color-blind eyes; dashes tell the rest apart. */
#define MEDIAN_COLOR "#0072b2"
#define BAND_COLOR   "#0072b2"
#define TARGET_COLOR "#d55e00"
#define SKIN_COLOR   "#7a5c3e"
#define DUE_COLOR    "#009e73"

#define TARGET_DASH "7 4"
#define SKIN_DASH   "2 3"

struct drawing {
    const struct fade_chart *chart;
    struct fade_axis axis;
    double months;
    FILE *stream;
};

static double x_of(const struct drawing *drawing, double months)
{
    return LEFT + (RIGHT - LEFT) * fmin(months / drawing->months, 1);
}

static double y_of(const struct drawing *drawing, double lightness)
{
    const struct fade_axis *axis = &drawing->axis;
    return BOTTOM - (BOTTOM - TOP) * (lightness - axis->low) / (axis->high - axis->low);
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

static void print_head(const struct drawing *drawing)
{
    FILE *out = drawing->stream;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans, Arial, sans-serif\" "
            "font-size=\"13\" fill=\"#202020\">\n<title>",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    print_escaped(out, drawing->chart->title);
    fprintf(out,
            "</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
            "<text x=\"%d\" y=\"34\" font-size=\"18\" font-weight=\"bold\">",
            LEFT);
    print_escaped(out, drawing->chart->title);
    fprintf(out, "</text>\n<text x=\"%d\" y=\"58\" fill=\"#505050\">", LEFT);
    print_escaped(out, drawing->chart->subtitle);
    fputs("</text>\n", out);
}

static void print_lightness_axis(const struct drawing *drawing)
{
    const struct fade_axis *axis = &drawing->axis;
    for (double mark = axis->low; mark < axis->high + axis->step / 2;
         mark += axis->step) {
        double y = y_of(drawing, mark);
        fprintf(drawing->stream,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e4e4e4\"/>\n"
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>\n",
                LEFT, y, RIGHT, y, LEFT - 10, y + 4.5, mark);
    }
    int middle = (TOP + BOTTOM) / 2;
    fprintf(drawing->stream,
            "<text x=\"24\" y=\"%d\" text-anchor=\"middle\" "
            "transform=\"rotate(-90 24 %d)\">lightness L* (%s)</text>\n",
            middle, middle, drawing->chart->light);
}

/* "1 yr", "2 yr" under the months. */
static void print_year(const struct drawing *drawing, double months)
{
    double years = months / MONTHS_OF_YEAR;
    if (years > 0)
        fprintf(drawing->stream,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#606060\">"
                "%.0f yr</text>\n",
                x_of(drawing, months), YEARS_AT, years);
}

/* Marks of months, with the years under every twelfth. */
static void print_month_axis(const struct drawing *drawing)
{
    double step = drawing->months <= 24 ? 2 : drawing->months <= 60 ? 6 : 12;
    for (double month = 0; month <= drawing->months; month += step) {
        bool year = fmod(month, MONTHS_OF_YEAR) == 0;
        double x = x_of(drawing, month);
        if (year)
            fprintf(drawing->stream,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" "
                    "stroke=\"#e4e4e4\"/>\n",
                    x, TOP, x, BOTTOM);
        fprintf(drawing->stream,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#404040\"/>\n"
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
                x, BOTTOM, x, BOTTOM + (year ? 7 : 4), x, MONTHS_AT, month);
        if (year)
            print_year(drawing, month);
    }
    fprintf(drawing->stream,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">months since the last "
            "session</text>\n",
            (LEFT + RIGHT) / 2, UNIT_AT);
}

static void print_band(const struct drawing *drawing)
{
    const struct fade_chart *chart = drawing->chart;
    fputs("<polygon fill=\"" BAND_COLOR "\" fill-opacity=\"0.16\" points=\"",
          drawing->stream);
    for (size_t i = 0; i < chart->count; i++)
        fprintf(drawing->stream, "%.1f,%.1f ", x_of(drawing, chart->point[i].months),
                y_of(drawing, chart->point[i].lightness.p90));
    for (size_t i = chart->count; i-- > 0;)
        fprintf(drawing->stream, "%.1f,%.1f%s", x_of(drawing, chart->point[i].months),
                y_of(drawing, chart->point[i].lightness.p10), i ? " " : "");
    fputs("\"/>\n", drawing->stream);
}

enum curve { CURVE_MEDIAN, CURVE_TARGET };

static void print_curve(const struct drawing *drawing, enum curve curve)
{
    const struct fade_chart *chart = drawing->chart;
    fputs(curve == CURVE_MEDIAN ? "<polyline fill=\"none\" stroke=\"" MEDIAN_COLOR
                                  "\" stroke-width=\"2.5\" points=\""
                                : "<polyline fill=\"none\" stroke=\"" TARGET_COLOR
                                  "\" stroke-width=\"2\" stroke-dasharray=\"" TARGET_DASH
                                  "\" points=\"",
          drawing->stream);
    for (size_t i = 0; i < chart->count; i++) {
        const struct fade_chart_point *point = &chart->point[i];
        fprintf(
            drawing->stream, "%s%.1f,%.1f", i ? " " : "", x_of(drawing, point->months),
            y_of(drawing, curve == CURVE_MEDIAN ? point->lightness.p50 : point->target));
    }
    fputs("\"/>\n", drawing->stream);
}

/* Names of the two lines beside their right ends, moved apart where they are close. */
static void print_line_labels(const struct drawing *drawing)
{
    const struct fade_chart *chart = drawing->chart;
    double target = chart->point[chart->count - 1].target;
    double skin_y = y_of(drawing, chart->skin), target_y = y_of(drawing, target);
    double middle = (skin_y + target_y) / 2;
    if (target_y - skin_y < LABELS_APART) { /* the skin is the lighter one */
        skin_y = middle - LABELS_APART / 2.0;
        target_y = middle + LABELS_APART / 2.0;
    }
    fprintf(drawing->stream,
            "<text x=\"%d\" y=\"%.1f\" fill=\"" SKIN_COLOR "\">skin %.1f</text>\n"
            "<text x=\"%d\" y=\"%.1f\" fill=\"" TARGET_COLOR "\">target %.1f</text>\n",
            RIGHT + 8, skin_y + 4.5, chart->skin, RIGHT + 8, target_y + 4.5, target);
}

static void print_skin(const struct drawing *drawing)
{
    double y = y_of(drawing, drawing->chart->skin);
    fprintf(drawing->stream,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"" SKIN_COLOR
            "\" stroke-width=\"2\" stroke-dasharray=\"" SKIN_DASH "\"/>\n",
            LEFT, y, RIGHT, y);
}

/* How the median looks over time, as a strip. */
static void print_look(const struct drawing *drawing)
{
    const struct fade_chart *chart = drawing->chart;
    for (size_t i = 0; i + 1 < chart->count; i++) {
        const struct srgb *look = &chart->point[i].look;
        double x = x_of(drawing, chart->point[i].months);
        double next = x_of(drawing, chart->point[i + 1].months);
        fprintf(drawing->stream,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
                "fill=\"#%02x%02x%02x\" shape-rendering=\"crispEdges\"/>\n",
                x, LOOK_AT, next - x, LOOK_HEIGHT, look->red, look->green, look->blue);
    }
    fprintf(drawing->stream,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" "
            "stroke=\"#808080\"/>\n<text x=\"%d\" y=\"%d\" text-anchor=\"end\">look"
            "</text>\n",
            LEFT, LOOK_AT, RIGHT - LEFT, LOOK_HEIGHT, LEFT - 10, LOOK_AT + 14);
}

static void print_diamond(const struct drawing *drawing, double x, double y)
{
    fprintf(drawing->stream,
            "<polygon fill=\"" DUE_COLOR "\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f "
            "%.1f,%.1f\"/>\n",
            x - 6, y, x, y - 7, x + 6, y, x, y + 7);
}

/* A vertical stroke at an end of the interval, an arrow where it goes on. */
static void print_end(const struct drawing *drawing, double months)
{
    double x = x_of(drawing, months);
    if (months <= drawing->months)
        fprintf(drawing->stream,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"" DUE_COLOR
                "\" stroke-width=\"2.5\"/>\n",
                x, DUE_AT - 7, x, DUE_AT + 7);
    else
        fprintf(drawing->stream,
                "<polygon fill=\"" DUE_COLOR "\" points=\"%.1f,%d %.1f,%d %.1f,%d\"/>\n",
                x - 2, DUE_AT - 6, x + 10, DUE_AT, x - 2, DUE_AT + 6);
}

/* The median date up to its curve. */
static void print_due_date(const struct drawing *drawing, double months)
{
    double x = x_of(drawing, months);
    struct fade_chart_point point = fade_chart_at(drawing->chart, months);
    fprintf(drawing->stream,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%d\" stroke=\"" DUE_COLOR
            "\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>\n",
            x, y_of(drawing, point.lightness.p50), x, BOTTOM);
    print_diamond(drawing, x, y_of(drawing, point.lightness.p50));
    print_diamond(drawing, x, DUE_AT);
}

/* The interval of the touch-up under the axis, as far as the chart reaches. */
static void print_touch_up(const struct drawing *drawing)
{
    const struct quantiles *due = &drawing->chart->touch_up;
    fprintf(drawing->stream,
            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">touch-up</text>\n", LEFT - 10,
            DUE_AT + 4.5);
    if (!(due->p10 <= drawing->months)) {
        fprintf(drawing->stream,
                "<text x=\"%d\" y=\"%.1f\" fill=\"#505050\">not due within these "
                "months</text>\n",
                LEFT + 4, DUE_AT + 4.5);
        return;
    }
    fprintf(drawing->stream,
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"" DUE_COLOR
            "\" stroke-width=\"2.5\"/>\n",
            x_of(drawing, due->p10), DUE_AT, x_of(drawing, due->p90), DUE_AT);
    print_end(drawing, due->p10);
    print_end(drawing, due->p90);
    if (due->p50 <= drawing->months)
        print_due_date(drawing, due->p50);
}

static void print_legend(const struct drawing *drawing)
{
    FILE *out = drawing->stream;
    const int first = LEGEND_AT, second = LEGEND_AT + LEGEND_LINE;
    const int right = LEFT + COLUMN, text = 46;
    char due[FADE_CHART_LABEL_MAX];
    fade_chart_touch_up_text(&drawing->chart->touch_up, due);
    fprintf(out,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"" MEDIAN_COLOR
            "\" stroke-width=\"2.5\"/>\n<text x=\"%d\" y=\"%d\">median</text>\n",
            LEFT, first, LEFT + 36, first, LEFT + text, first + 5);
    fprintf(out,
            "<rect x=\"%d\" y=\"%d\" width=\"36\" height=\"14\" fill=\"" BAND_COLOR
            "\" fill-opacity=\"0.16\"/>\n<text x=\"%d\" y=\"%d\">P10 to P90: 8 of 10 "
            "outcomes</text>\n",
            LEFT, second - 7, LEFT + text, second + 5);
    fprintf(out,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"" TARGET_COLOR
            "\" stroke-width=\"2\" stroke-dasharray=\"" TARGET_DASH
            "\"/>\n<text x=\"%d\" y=\"%d\">target</text>\n",
            right, first, right + 36, first, right + text, first + 5);
    fprintf(out,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"" SKIN_COLOR
            "\" stroke-width=\"2\" stroke-dasharray=\"" SKIN_DASH
            "\"/>\n<text x=\"%d\" y=\"%d\">bare skin</text>\n",
            right, second, right + 36, second, right + text, second + 5);
    print_diamond(drawing, LEFT + 18, second + LEGEND_LINE);
    fprintf(out, "<text x=\"%d\" y=\"%d\">%s</text>\n", LEFT + text,
            second + LEGEND_LINE + 5, due);
    fprintf(out,
            "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#606060\">look: sRGB of the "
            "median; forecast not clinically validated</text>\n",
            LEFT, second + 2 * LEGEND_LINE + 6);
}

void fade_chart_print_svg(const struct fade_chart *chart, FILE *stream)
{
    const struct drawing drawing = {.chart = chart,
                                    .axis = fade_chart_axis(chart),
                                    .months = fade_chart_months(chart),
                                    .stream = stream};
    print_head(&drawing);
    print_lightness_axis(&drawing);
    print_month_axis(&drawing);
    print_band(&drawing);
    print_skin(&drawing);
    print_curve(&drawing, CURVE_TARGET);
    print_curve(&drawing, CURVE_MEDIAN);
    fprintf(stream,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" "
            "stroke=\"#404040\"/>\n",
            LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
    print_line_labels(&drawing);
    print_look(&drawing);
    print_touch_up(&drawing);
    print_legend(&drawing);
    fputs("</svg>\n", stream);
}
