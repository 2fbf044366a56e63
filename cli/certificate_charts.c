/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a certificate, in mm of its page. */
#include <math.h>

#include "cli/certificate.h"

/* Okabe and Ito's colors, told apart by color-blind eyes; dashes tell apart as well. */
#define STANDARD_STYLE "stroke=\"#000000\""
#define LOT_STYLE      "stroke=\"#d55e00\" stroke-dasharray=\"1.6 0.8\""

/* The area of the curves within a place, and what its axes hold. */
struct plot {
    double left, right, top, bottom;
    double x_first, x_last;
    double y_low, y_high;
    FILE *stream;
};

static double x_of(const struct plot *plot, double x)
{
    return plot->left + (plot->right - plot->left) * (x - plot->x_first) /
                            (plot->x_last - plot->x_first);
}

static double y_of(const struct plot *plot, double y)
{
    double share = (y - plot->y_low) / (plot->y_high - plot->y_low);
    return plot->bottom - (plot->bottom - plot->top) * fmin(fmax(share, 0), 1);
}

static void begin(const struct certificate_place *place, const char *title,
                  struct plot *plot)
{
    plot->left = place->x + 11;
    plot->right = place->x + place->width - 2;
    plot->top = place->y + 6;
    plot->bottom = place->y + place->height - 8;
    fprintf(plot->stream,
            "<text x=\"%.2f\" y=\"%.2f\" font-weight=\"bold\">%s</text>\n"
            "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"none\" "
            "stroke=\"#404040\" stroke-width=\"0.2\"/>\n",
            place->x, place->y + 3.5, title, plot->left, plot->top,
            plot->right - plot->left, plot->bottom - plot->top);
}

/* A mark of the vertical axis, with its line. */
static void mark_y(const struct plot *plot, double y, int decimals)
{
    fprintf(plot->stream,
            "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"#d8d8d8\" "
            "stroke-width=\"0.15\"/>\n<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"end\" "
            "font-size=\"2.6\">%.*f</text>\n",
            plot->left, y_of(plot, y), plot->right, y_of(plot, y), plot->left - 1,
            y_of(plot, y) + 0.9, decimals, y + 0.0);
}

/* A tenth, a fifth or a half of a power of ten: four to eight marks. */
static double step_of(double span)
{
    double power = pow(10, floor(log10(span)));
    double share = span / power;
    return power * (share < 2 ? 0.2 : share < 5 ? 0.5 : 1);
}

static void mark_values(const struct plot *plot)
{
    double step = step_of(plot->y_high - plot->y_low);
    int decimals = step < 0.0999 ? 2 : step < 0.999 ? 1 : 0;
    for (double y = ceil(plot->y_low / step - 1e-9) * step + 0.0;
         y <= plot->y_high + 1e-9; y += step)
        mark_y(plot, y, decimals);
}

static void mark_wavelengths(const struct plot *plot)
{
    for (int nm = 400; nm <= 700; nm += 100)
        fprintf(plot->stream,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" "
                "font-size=\"2.6\">%d%s</text>\n",
                x_of(plot, nm), plot->bottom + 3.2,
                nm == 400   ? "start"
                : nm == 700 ? "end"
                            : "middle",
                nm, nm == 700 ? " nm" : "");
}

static void print_bands(const struct plot *plot, const struct bands *bands,
                        const char *style)
{
    fprintf(plot->stream, "<polyline fill=\"none\" stroke-width=\"0.35\" %s points=\"",
            style);
    for (size_t i = 0; i < BAND_COUNT; i++)
        fprintf(plot->stream, "%s%.2f,%.2f", i ? " " : "",
                x_of(plot, bands_wavelength_nm(i)), y_of(plot, bands->value[i]));
    fputs("\"/>\n", plot->stream);
}

static void print_key(const struct plot *plot)
{
    static const struct {
        const char *style, *label;
    } sides[] = {{STANDARD_STYLE, "standard"}, {LOT_STYLE, "lot"}};
    for (size_t k = 0; k < 2; k++) {
        double x = plot->left + 24 * (double)k, y = plot->bottom + 6;
        fprintf(plot->stream,
                "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" "
                "stroke-width=\"0.35\" %s/>\n<text x=\"%.2f\" y=\"%.2f\" "
                "font-size=\"2.6\">%s</text>\n",
                x, y, x + 7, y, sides[k].style, x + 8, y + 0.9, sides[k].label);
    }
}

static double largest_of(const struct bands *bands)
{
    double largest = 0;
    for (size_t i = 0; i < BAND_COUNT; i++)
        largest = fmax(largest, bands->value[i]);
    return largest;
}

static struct plot spectral_plot(double highest, FILE *stream)
{
    return (struct plot){.x_first = 400,
                         .x_last = 700,
                         .y_high = ceil(fmax(highest, 0.05) * 20) / 20,
                         .stream = stream};
}

void certificate_print_spectra(const struct batch_record *record,
                               const struct certificate_place *place, FILE *stream)
{
    struct bands standard, lot;
    drawdowns_group_mean(&record->standard.readings, BATCH_COLOR, &standard);
    drawdowns_group_mean(&record->batch, BATCH_COLOR, &lot);
    struct plot plot =
        spectral_plot(fmax(largest_of(&standard), largest_of(&lot)), stream);
    begin(place, "Reflectance factor, means of the readings", &plot);
    mark_values(&plot);
    mark_wavelengths(&plot);
    print_bands(&plot, &standard, STANDARD_STYLE);
    print_bands(&plot, &lot, LOT_STYLE);
    print_key(&plot);
}

enum { LADDER_RUNGS = 4 };

void certificate_print_ladder(const struct batch_record *record,
                              const struct certificate_place *place, FILE *stream)
{
    static const double factor[LADDER_RUNGS] = {0.25, 0.5, 1, 2};
    const struct colorant *colorant[2] = {&record->check.standard, &record->check.batch};
    struct batch_readings readings = drawdowns_readings(&record->standard.readings);
    struct bands predicted[2][LADDER_RUNGS];
    double highest = 0;
    for (size_t side = 0; side < 2; side++)
        for (size_t k = 0; k < LADDER_RUNGS; k++) {
            double c = fmin(factor[k] * record->setup.concentration, 1);
            batch_predict(&record->setup, &readings, colorant[side], c,
                          &predicted[side][k]);
            highest = fmax(highest, largest_of(&predicted[side][k]));
        }
    struct plot plot = spectral_plot(highest, stream);
    begin(place, "Ladder, computed: 1/4, 1/2, 1, 2 times", &plot);
    mark_values(&plot);
    mark_wavelengths(&plot);
    for (size_t k = 0; k < LADDER_RUNGS; k++) {
        print_bands(&plot, &predicted[0][k], STANDARD_STYLE);
        print_bands(&plot, &predicted[1][k], LOT_STYLE);
    }
    print_key(&plot);
}

/* -- trend --------------------------------------------------------------------------- */

static void print_level(const struct plot *plot, double y, const char *dash,
                        const char *color)
{
    fprintf(plot->stream,
            "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\" "
            "stroke-width=\"0.25\" stroke-dasharray=\"%s\"/>\n",
            plot->left, y_of(plot, y), plot->right, y_of(plot, y), color, dash);
}

static void print_points(const struct plot *plot, const struct batch_history *history)
{
    fputs("<polyline fill=\"none\" stroke=\"#0072b2\" stroke-width=\"0.3\" points=\"",
          plot->stream);
    for (size_t i = 0; i < history->count; i++)
        fprintf(plot->stream, "%s%.2f,%.2f", i ? " " : "", x_of(plot, (double)i),
                y_of(plot, history->point[i].strength.value));
    fputs("\"/>\n", plot->stream);
    for (size_t i = 0; i < history->count; i++)
        fprintf(plot->stream,
                "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"0.9\" fill=\"%s\" "
                "stroke=\"#0072b2\" stroke-width=\"0.3\"/>\n",
                x_of(plot, (double)i), y_of(plot, history->point[i].strength.value),
                history->strength.broken[i] ? "#d55e00" : "#ffffff");
}

static void print_ends(const struct plot *plot, const struct batch_history *history)
{
    const char *lots[] = {history->point[0].lot, history->point[history->count - 1].lot};
    for (size_t k = 0; k < 2; k++) {
        fprintf(plot->stream,
                "<text x=\"%.2f\" y=\"%.2f\" text-anchor=\"%s\" font-size=\"2.6\">",
                k ? plot->right : plot->left, plot->bottom + 3.2, k ? "end" : "start");
        certificate_print_escaped(plot->stream, lots[k], 40);
        fputs("</text>\n", plot->stream);
    }
    fprintf(plot->stream,
            "<text x=\"%.2f\" y=\"%.2f\" font-size=\"2.6\">%zu lots; dashes: control "
            "limits; long dashes: tolerance; filled: breaks a rule%s</text>\n",
            plot->left, plot->bottom + 6.9, history->count,
            history->strength.drifts ? "; the strength drifts" : "");
}

void certificate_print_trend(const struct batch_history *history,
                             const struct certificate_place *place, FILE *stream)
{
    const struct tolerance_limit *limit = &history->tolerance.limit[TOLERANCE_STRENGTH];
    const struct trend *trend = &history->strength;
    struct plot plot = {.x_first = -0.5,
                        .x_last = (double)history->count - 0.5,
                        .y_low = trend->lower,
                        .y_high = trend->upper,
                        .stream = stream};
    bool limited = limit->kind == TOLERANCE_BETWEEN;
    if (limited) {
        plot.y_low = fmin(plot.y_low, limit->least);
        plot.y_high = fmax(plot.y_high, limit->most);
    }
    for (size_t i = 0; i < history->count; i++) {
        plot.y_low = fmin(plot.y_low, history->point[i].strength.value);
        plot.y_high = fmax(plot.y_high, history->point[i].strength.value);
    }
    plot.y_low -= 0.5;
    plot.y_high += 0.5;
    begin(place, "Strength over lots, %", &plot);
    mark_values(&plot);
    print_level(&plot, trend->mean, "none", "#606060");
    print_level(&plot, trend->lower, "1 1", "#606060");
    print_level(&plot, trend->upper, "1 1", "#606060");
    if (limited) {
        print_level(&plot, limit->least, "3 1", "#d55e00");
        print_level(&plot, limit->most, "3 1", "#d55e00");
    }
    print_points(&plot, history);
    print_ends(&plot, history);
}
