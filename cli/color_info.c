/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color info: every coordinate of every color given. */
#include "cli/commands.h"

#include <math.h>

#include "cli/color_stream.h"
#include "cli/color_argument.h"
#include "cli/conditions_json.h"
#include "cli/table.h"
#include "colorlib/skin.h"

static const struct argument_spec arguments[] = {
    {"COLOR", "a spectral file, all of its samples or FILE#SAMPLE; or lab:, lch:, xyz:, "
              "#rrggbb (see: help colors)"},
    {"FILE", "with --batch: spectra, a line each; by default stdin"},
    {0},
};

enum column {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_LIGHT,
    COLUMN_L,
    COLUMN_A,
    COLUMN_B,
    COLUMN_C,
    COLUMN_H,
    COLUMN_X,
    COLUMN_Y,
    COLUMN_Z,
    COLUMN_SWATCH,
    COLUMN_HEX,
    COLUMN_ITA,
    COLUMN_CLASS,
    COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
    [COLUMN_ID] = {"sample", TABLE_LEFT, TABLE_ALWAYS},
    [COLUMN_NAME] = {"name", TABLE_LEFT, 6},
    [COLUMN_LIGHT] = {"light", TABLE_LEFT, TABLE_ALWAYS},
    [COLUMN_L] = {"L*", TABLE_RIGHT, TABLE_ALWAYS},
    [COLUMN_A] = {"a*", TABLE_RIGHT, TABLE_ALWAYS},
    [COLUMN_B] = {"b*", TABLE_RIGHT, TABLE_ALWAYS},
    [COLUMN_C] = {"C*", TABLE_RIGHT, 4},
    [COLUMN_H] = {"h", TABLE_RIGHT, 4},
    [COLUMN_X] = {"X", TABLE_RIGHT, 5},
    [COLUMN_Y] = {"Y", TABLE_RIGHT, 5},
    [COLUMN_Z] = {"Z", TABLE_RIGHT, 5},
    [COLUMN_SWATCH] = {"", TABLE_LEFT, TABLE_DECORATION},
    [COLUMN_HEX] = {"sRGB", TABLE_LEFT, 3},
    [COLUMN_ITA] = {"ITA", TABLE_RIGHT, 1},
    [COLUMN_CLASS] = {"class", TABLE_LEFT, 2},
};

/* A color under one of the lights in which it is known. */
struct row {
    const struct illuminant *illuminant;
    enum observer observer;
    struct color_view view;
};

/* Lights in which a color is shown: all in use for a spectrum, its own for coordinates.
 */
static size_t light_count(const struct context *context, const struct color *color)
{
    return color->basis == COLOR_SPECTRAL ? context->viewing.count : 1;
}

static enum exit_code make_row(struct context *context, const struct color *color,
                               size_t light, struct row *out)
{
    const struct viewing *viewing = &context->viewing;
    int spectral = color->basis == COLOR_SPECTRAL;
    out->illuminant = spectral ? &viewing->illuminant[light] : &color->illuminant;
    out->observer = spectral ? viewing->observer : color->observer;
    return color_view(color, out->illuminant, out->observer, &out->view,
                      &context->failure);
}

static enum status fill_row(const struct context *context, struct table *table,
                            const struct row *row)
{
    char light[CONDITIONS_MAX];
    char hex[HEX_MAX];
    const cmsCIEXYZ *xyz = &row->view.xyz;
    const cmsCIELab *lab = &row->view.lab;
    cmsCIELCh lch = colorimetry_lch(lab);
    struct srgb srgb = colorimetry_srgb(xyz, &row->view.white);
    viewing_text(row->illuminant, row->observer, light);
    srgb_text(srgb, hex);
    enum status failed = table_cell(table, COLUMN_LIGHT, "%s", light);
    const struct {
        enum column column;
        double value;
    } numbers[] = {
        {COLUMN_L, lab->L},       {COLUMN_A, lab->a},       {COLUMN_B, lab->b},
        {COLUMN_C, lch.C},        {COLUMN_H, lch.h},        {COLUMN_X, 100 * xyz->X},
        {COLUMN_Y, 100 * xyz->Y}, {COLUMN_Z, 100 * xyz->Z},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        failed |= table_cell(table, numbers[i].column, "%.2f", numbers[i].value);
    failed |= table_swatch(table, COLUMN_SWATCH, &context->terminal, srgb);
    return failed | table_cell(table, COLUMN_HEX, "%s", hex);
}

/* The typology angle is of daylight and no other light, so it stands in one row alone. */
static enum status fill_ita(struct table *table, double ita_deg)
{
    enum status failed = STATUS_OK;
    if (isfinite(ita_deg)) {
        failed |= table_cell(table, COLUMN_ITA, "%.1f", ita_deg);
        failed |= table_cell(table, COLUMN_CLASS, "%s", skin_ita_class(ita_deg));
    }
    return failed;
}

/* A heading says what a lone sample is; a plain line stands alone and says it itself. */
static enum status fill_name(const struct context *context, struct table *table,
                             const struct color_source *source, const struct color *color,
                             size_t light)
{
    int plain = context->mode == MODE_PLAIN;
    if (!plain && (source->count == 1 || light > 0))
        return STATUS_OK;
    enum status failed = table_cell(table, COLUMN_ID, "%s", color_label(source, color));
    return failed | table_cell(table, COLUMN_NAME, "%s", color->name);
}

static enum exit_code add_color(struct context *context, struct table *table,
                                const struct color_source *source,
                                const struct color *color)
{
    double ita_deg;
    enum exit_code code =
        color_ita(color, context->viewing.observer, &ita_deg, &context->failure);
    if (code != EXIT_DONE)
        return code;
    for (size_t light = 0; light < light_count(context, color); light++) {
        struct row row;
        code = make_row(context, color, light, &row);
        if (code != EXIT_DONE)
            return code;
        enum status failed = table_row(table) || fill_row(context, table, &row) ||
                             fill_name(context, table, source, color, light) ||
                             (light == 0 && fill_ita(table, ita_deg));
        if (failed)
            return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    }
    return EXIT_DONE;
}

static void print_heading(FILE *stream, const struct color_source *source)
{
    struct color first;
    color_source_at(source, 0, &first);
    print_safely(stream, source->argument);
    if (first.basis == COLOR_COORDINATES) {
        fputs(", no spectrum\n", stream);
        return;
    }
    fprintf(stream, ", %s", color_specular_text(first.specular));
    const struct {
        const char *before, *text;
    } texts[] = {
        {", ", first.conditions.geometry},
        {", ", first.conditions.instrument},
        {" ", first.conditions.serial},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        fputs(texts[i].text[0] ? texts[i].before : "", stream);
        print_safely(stream, texts[i].text);
    }
    fputs(first.conditions.origin == SAMPLE_SIMULATED ? ", simulated" : "", stream);
    fputc('\n', stream);
}

static enum exit_code print_table(struct context *context,
                                  const struct color_source *source)
{
    struct table *table = NULL;
    if (table_make(columns, COLUMN_COUNT, &table) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < source->count && code == EXIT_DONE; i++) {
        struct color color;
        color_source_at(source, i, &color);
        code = add_color(context, table, source, &color);
    }
    if (code == EXIT_DONE && context->mode == MODE_TEXT)
        print_heading(context->output.stream, source);
    if (code == EXIT_DONE && table_print(table, context) != STATUS_OK)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    table_free(table);
    return code;
}

static json_t *row_json(const struct row *row)
{
    const cmsCIEXYZ *xyz = &row->view.xyz;
    cmsCIELCh lch = colorimetry_lch(&row->view.lab);
    struct srgb srgb = colorimetry_srgb(xyz, &row->view.white);
    char hex[HEX_MAX];
    srgb_text((struct srgb){srgb.red, srgb.green, srgb.blue, 0}, hex);
    return json_pack("{s:s, s:i, s:o, s:[o, o, o], s:[o, o, o], s:s, s:b}", "illuminant",
                     row->illuminant->name, "observer_deg",
                     observer_degrees(row->observer), "lab", json_lab(&row->view.lab),
                     "lch", json_rounded(lch.L, JSON_DECIMALS_COLOR),
                     json_rounded(lch.C, JSON_DECIMALS_COLOR),
                     json_rounded(lch.h, JSON_DECIMALS_COLOR), "xyz",
                     json_rounded(xyz->X, JSON_DECIMALS_REFLECTANCE),
                     json_rounded(xyz->Y, JSON_DECIMALS_REFLECTANCE),
                     json_rounded(xyz->Z, JSON_DECIMALS_REFLECTANCE), "srgb", hex,
                     "clipped", (int)srgb.clipped);
}

static enum exit_code add_json(struct context *context, const struct color_source *source,
                               const struct color *color, json_t *samples)
{
    double ita_deg = NAN;
    enum exit_code code =
        color_ita(color, context->viewing.observer, &ita_deg, &context->failure);
    json_t *sample = color_json(source, color);
    json_set_ita(sample, ita_deg);
    json_t *colors = json_array();
    for (size_t light = 0; light < light_count(context, color) && code == EXIT_DONE;
         light++) {
        struct row row;
        code = make_row(context, color, light, &row);
        if (code == EXIT_DONE)
            json_array_append_new(colors, row_json(&row));
    }
    json_set(sample, "colors", colors);
    if (color->basis == COLOR_SPECTRAL)
        json_set(sample, "reflectance", json_reflectance(&color->spectrum));
    json_array_append_new(samples, sample);
    return code;
}

static enum exit_code collect(struct context *context, const struct color_source *source,
                              json_t *samples)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < source->count && code == EXIT_DONE; i++) {
        struct color color;
        color_source_at(source, i, &color);
        code = add_json(context, source, &color, samples);
    }
    return code;
}

static enum exit_code run_colors(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    json_t *samples = json_array();
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < invocation->argument_count && code == EXIT_DONE; i++) {
        struct color_source source;
        code = color_source_open(context, invocation->arguments[i], &source);
        if (code != EXIT_DONE)
            break;
        if (source.coordinates.basis == COLOR_COORDINATES && context->viewing.count > 1)
            note(context, "%s has no spectrum: known in its own light only",
                 source.argument);
        code = context->mode == MODE_JSON ? collect(context, &source, samples)
                                          : print_table(context, &source);
        color_source_close(&source);
    }
    if (code == EXIT_DONE && context->mode == MODE_JSON)
        code = json_print(context, "color", conditions_json_common(context, samples),
                          json_pack("{s:O}", "samples", samples));
    json_decref(samples);
    return code;
}

static enum exit_code run(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    bool batch = option(context, "batch") != NULL;
    if (batch && invocation->argument_count > 1)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "\"%s\" is one argument too many for --batch",
                           invocation->arguments[1]);
    if (batch)
        return color_stream_run(
            context, invocation->argument_count ? invocation->arguments[0] : NULL, NULL);
    if (invocation->argument_count == 0)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "an argument is missing");
    return run_colors(context);
}

const struct command color_info_command = {
    .name = "color info",
    .summary = "Coordinates of colors: CIELAB, XYZ, an sRGB preview, typology angle.",
    .usage = "COLOR... | --batch [FILE]",
    .arguments = arguments,
    .arguments_min = 0,
    .arguments_max = SIZE_MAX,
    .options = {{color_stream_options, color_scale_options, color_specular_options}},
    .examples = {"color info 'lab:62.4,11.8,17.9'",
                 "color info skin.cgats --illuminant D65,LED-B3,A"},
    .run = run,
};
