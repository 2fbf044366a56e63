/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color plot: spectra as curves, in the terminal or as SVG. */
#include "cli/commands.h"

#include "cli/chart.h"
#include "cli/color_argument.h"
#include "cli/conditions_json.h"

static const struct argument_spec arguments[] = {
    {"COLOR", "a spectral file, all of its samples or FILE#SAMPLE; at most 12 curves"},
    {0},
};

static const struct option_spec options[] = {
    {"svg", 0, "FILE", "draw the chart as SVG into FILE instead; - is stdout"},
    {0},
};

enum { BANDS_LEAST = 6 };

static enum exit_code check_drawable(struct context *context,
                                     const struct color_source *source,
                                     const struct color *color, const struct chart *chart)
{
    const char *label = color_label(source, color);
    if (color->basis != COLOR_SPECTRAL)
        return failure_set(&context->failure, FAILURE_SPECTRUM_NEEDED,
                           "%s has no spectrum to draw", label);
    if (color->spectrum.grid.count < BANDS_LEAST)
        return failure_set(&context->failure, FAILURE_SPECTRUM_RANGE,
                           "%s has fewer than %d bands", label, BANDS_LEAST);
    if (chart->count < CHART_SERIES_MAX)
        return EXIT_DONE;
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                    "more than %d spectra in one chart", CHART_SERIES_MAX);
    failure_hint(&context->failure, "FILE#SAMPLE for the samples that matter");
    return code;
}

static enum exit_code add_color(struct context *context, struct chart *chart,
                                const struct color_source *source, json_t *samples,
                                const struct color *color)
{
    const struct viewing *viewing = &context->viewing;
    struct color_view view;
    enum exit_code code = check_drawable(context, source, color, chart);
    if (code == EXIT_DONE)
        code = color_view(color, &viewing->illuminant[0], viewing->observer, &view,
                          &context->failure);
    if (code != EXIT_DONE)
        return code;
    struct chart_series series = {.reflectance = color->spectrum,
                                  .preview = colorimetry_srgb(&view.xyz, &view.white)};
    snprintf(series.label, sizeof series.label, "%s", color_label(source, color));
    chart_add(chart, &series);
    json_t *sample = color_json(source, color);
    json_set(sample, "reflectance", json_reflectance(&color->spectrum));
    json_array_append_new(samples, sample);
    return EXIT_DONE;
}

static enum exit_code collect(struct context *context, struct chart *chart,
                              json_t *samples)
{
    const struct invocation *invocation = &context->invocation;
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < invocation->argument_count && code == EXIT_DONE; i++) {
        struct color_source source;
        code = color_source_open(context, invocation->arguments[i], &source);
        for (size_t j = 0; j < source.count && code == EXIT_DONE; j++) {
            struct color color;
            color_source_at(&source, j, &color);
            code = add_color(context, chart, &source, samples, &color);
        }
        color_source_close(&source);
    }
    return code;
}

/* Label, wavelength (nm) and reflectance, a line each. */
static void print_plain(const struct chart *chart, FILE *stream)
{
    for (size_t s = 0; s < chart->count; s++) {
        const struct spectrum *spectrum = &chart->series[s].reflectance;
        for (size_t i = 0; i < spectrum->grid.count; i++) {
            print_safely(stream, chart->series[s].label);
            fprintf(stream, "\t%.10g\t%.6f\n", grid_wavelength_nm(&spectrum->grid, i),
                    spectrum->value[i]);
        }
    }
}

static enum exit_code print_svg(struct context *context, const struct chart *chart,
                                const char *path)
{
    enum exit_code code = write_result_to(context, path, "--svg");
    if (code == EXIT_DONE)
        chart_print_svg(chart, context->output.stream);
    return code;
}

static enum exit_code present(struct context *context, const struct chart *chart,
                              json_t *samples)
{
    const char *svg = option(context, "svg");
    FILE *stream = context->output.stream;
    if (svg)
        return print_svg(context, chart, svg);
    switch (context->mode) {
    case MODE_TEXT: chart_print_text(chart, &context->terminal, stream); break;
    case MODE_PLAIN: print_plain(chart, stream); break;
    case MODE_JSON:
        return json_print(context, "plot", conditions_json_common(context, samples),
                          json_pack("{s:O}", "samples", samples));
    }
    return EXIT_DONE;
}

static enum exit_code run(struct context *context)
{
    const struct viewing *viewing = &context->viewing;
    struct chart chart = {0};
    json_t *samples = json_array();
    viewing_text(&viewing->illuminant[0], viewing->observer, chart.light);
    enum exit_code code = collect(context, &chart, samples);
    if (code == EXIT_DONE)
        code = present(context, &chart, samples);
    json_decref(samples);
    return code;
}

const struct command color_plot_command = {
    .name = "color plot",
    .summary = "Reflectance against wavelength as a chart.",
    .usage = "COLOR...",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{options, color_scale_options}},
    .examples = {"color plot skin.sp donor.sp", "color plot scans.cgats --svg scans.svg"},
    .run = run,
};
