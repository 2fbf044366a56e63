/* SPDX-License-Identifier: GPL-3.0-or-later */
/* skin fit: what a reading says about the skin. */
#include "cli/commands.h"

#include <math.h>

#include "cli/json.h"
#include "cli/skin_argument.h"
#include "cli/table.h"

static const struct argument_spec arguments[] = {
    {"COLOR",
     "readings of bare skin: a spectral file, all of its samples or FILE#SAMPLE; "
     "lab: and #rrggbb do, with more assumed"},
    {0},
};

/* The parameters as they are shown: once for every kind of output. */
struct parameter {
    const char *name;
    const char *key;
    int decimals;
    const char *unit;
};

static const struct parameter parameters[SKIN_PARAMETER_COUNT] = {
    {"melanosomes", "melanosome_fraction", 4, "of the epidermis's volume"},
    {"blood", "blood_fraction", 4, "of the dermis's volume"},
    {"oxygen saturation", "oxygen_saturation", 2, "of the blood"},
    {"scattering", "scattering_per_mm", 2, "per mm at 500 nm"},
    {"scattering power", "scattering_power", 2, "b of (wavelength / 500 nm)^-b"},
    {"surface haze", "haze", 4, "of the light"},
    {"yellow matter", "yellow_per_mm", 3, "per mm at 455 nm"},
};

/* The same by index. */
static double parameter_of(const struct skin_parameters *values, size_t index)
{
    const double in_order[SKIN_PARAMETER_COUNT] = {
        values->melanosome_fraction, values->blood_fraction,   values->oxygen_saturation,
        values->scattering_per_mm,   values->scattering_power, values->haze,
        values->yellow_per_mm,
    };
    return in_order[index];
}

/* A reading as this command prints it. */
struct result {
    const struct color_source *source;
    const char *label;
    const struct skin_reading *reading;
    struct skin_parameters deviations;
    double melanin_index; /* this and the next two NAN where there is none */
    double erythema_index;
    double melanin_slope_per_nm;
};

/* A logarithm of the reflectance exists where every band has some. */
static void add_indices(struct context *context, struct result *result)
{
    const struct bands *measured = &result->reading->measured;
    result->melanin_index = result->erythema_index = result->melanin_slope_per_nm = NAN;
    if (result->reading->surface == SKIN_SURFACE_NONE)
        return;
    result->melanin_index = skin_melanin_index(measured);
    result->erythema_index = skin_erythema_index(measured);
    result->melanin_slope_per_nm = skin_melanin_slope(measured);
    if (!isfinite(result->melanin_index + result->erythema_index +
                  result->melanin_slope_per_nm))
        warn(context, "skin.index", "check the scale and --specular",
             "%s: no reflectance left in a red band, so an index has no value",
             result->label);
}

/* A number, or what stands for none. */
static void print_index(FILE *stream, double value, const char *none)
{
    if (isfinite(value))
        fprintf(stream, "%.1f", value);
    else
        fputs(none, stream);
}

static const char *surface_text(enum skin_surface surface)
{
    switch (surface) {
    case SKIN_SURFACE_EXCLUDED: return "SCE";
    case SKIN_SURFACE_ASSUMED: return "specular unknown, taken as SCE";
    case SKIN_SURFACE_CONVERTED: return "SCI, converted to SCE";
    case SKIN_SURFACE_NONE: break;
    }
    return "from color only, no spectrum";
}

static void print_head(const struct context *context, const struct result *result)
{
    FILE *stream = context->output.stream;
    const struct color_view *view = &result->reading->view;
    char light[CONDITIONS_MAX];
    viewing_text(result->reading->illuminant, result->reading->observer, light);
    print_safely(stream, result->label);
    fprintf(stream, ", %s%s\n", surface_text(result->reading->surface),
            result->reading->color.conditions.origin == SAMPLE_SIMULATED ? ", simulated"
                                                                         : "");
    fprintf(stream, "  L* %.2f  a* %.2f  b* %.2f   ", view->lab.L, view->lab.a,
            view->lab.b);
    print_swatch(stream, &context->terminal, colorimetry_srgb(&view->xyz, &view->white));
    fprintf(stream, "   %s   ITA %.1f (%s)\n", light, result->reading->ita_deg,
            skin_ita_class(result->reading->ita_deg));
    if (result->reading->surface == SKIN_SURFACE_NONE)
        return;
    fputs("  melanin index ", stream);
    print_index(stream, result->melanin_index, context->terminal.signs->dash);
    fputs("   erythema index ", stream);
    print_index(stream, result->erythema_index, context->terminal.signs->dash);
    fputc('\n', stream);
}

static enum status add_parameter(struct table *table, const char *plus_minus,
                                 const struct result *result, size_t index)
{
    const struct parameter *it = &parameters[index];
    double value = parameter_of(&result->reading->fit.skin.parameters, index);
    double deviation = parameter_of(&result->deviations, index);
    if (table_row(table) != STATUS_OK)
        return STATUS_NO_MEMORY;
    enum status failed = table_cell(table, 0, "%s", it->name);
    failed |= table_cell(table, 1, "%.*f", it->decimals, value);
    failed |= table_cell(table, 2, "%s%.*f", plus_minus, it->decimals, deviation);
    return failed | table_cell(table, 3, "%s", it->unit);
}

static enum status print_parameters(const struct context *context,
                                    const struct result *result)
{
    static const struct table_column columns[] = {
        {"", TABLE_LEFT, TABLE_ALWAYS},
        {"value", TABLE_RIGHT, TABLE_ALWAYS},
        {"1 sd", TABLE_RIGHT, TABLE_ALWAYS},
        {"", TABLE_LEFT, 1},
    };
    struct table *table = NULL;
    enum status status = table_make(columns, 4, &table);
    for (size_t i = 0; i < SKIN_PARAMETER_COUNT && status == STATUS_OK; i++)
        status = add_parameter(table, context->terminal.signs->plus_minus, result, i);
    if (status == STATUS_OK)
        status = table_print(table, context);
    table_free(table);
    return status;
}

static void print_foot(const struct context *context, const struct result *result)
{
    const struct skin_fit *fit = &result->reading->fit;
    FILE *stream = context->output.stream;
    fputs("  fit: ", stream);
    if (fit->basis == SKIN_FROM_SPECTRUM)
        fprintf(stream, "residual %.4f rms, ", fit->residual_rms);
    fprintf(stream, "%sE00 %.2f to the measurement, %zu iterations\n",
            context->terminal.signs->delta, fit->ciede2000, fit->iterations);
}

static void print_plain(const struct context *context, const struct result *result)
{
    const struct skin_reading *reading = result->reading;
    const cmsCIELab *lab = &reading->view.lab;
    FILE *stream = context->output.stream;
    print_safely(stream, result->label);
    fprintf(stream, "\t%.2f\t%.2f\t%.2f\t%.1f\t%s", lab->L, lab->a, lab->b,
            reading->ita_deg, skin_ita_class(reading->ita_deg));
    fputc('\t', stream);
    print_index(stream, result->melanin_index, "");
    fputc('\t', stream);
    print_index(stream, result->erythema_index, "");
    for (size_t i = 0; i < SKIN_PARAMETER_COUNT; i++)
        fprintf(stream, "\t%.*f\t%.*f", parameters[i].decimals,
                parameter_of(&reading->fit.skin.parameters, i), parameters[i].decimals,
                parameter_of(&result->deviations, i));
    fprintf(stream, "\t%.4f\t%.2f\n", reading->fit.residual_rms, reading->fit.ciede2000);
}

static json_t *parameters_json(const struct skin_parameters *values)
{
    json_t *object = json_object();
    for (size_t i = 0; i < SKIN_PARAMETER_COUNT; i++)
        json_set(object, parameters[i].key,
                 json_rounded(parameter_of(values, i), JSON_DECIMALS_REFLECTANCE));
    return object;
}

enum { DECIMALS_SLOPE = 8 }; /* about 0.001 per nm */

static void add_spectral_json(json_t *object, const struct result *result)
{
    const struct skin_reading *reading = result->reading;
    struct spectrum measured = bands_spectrum(&reading->measured);
    json_set(object, "converted",
             json_boolean(reading->surface == SKIN_SURFACE_CONVERTED));
    json_set(object, "melanin_index",
             json_rounded(result->melanin_index, JSON_DECIMALS_COLOR));
    json_set(object, "erythema_index",
             json_rounded(result->erythema_index, JSON_DECIMALS_COLOR));
    json_set(object, "melanin_slope_per_nm",
             json_rounded(result->melanin_slope_per_nm, DECIMALS_SLOPE));
    json_set(object, "residual_rms",
             json_rounded(reading->fit.residual_rms, JSON_DECIMALS_REFLECTANCE));
    json_set(object, "reflectance", json_reflectance(&measured));
}

static json_t *result_json(const struct result *result)
{
    const struct skin_reading *reading = result->reading;
    struct spectrum fitted = bands_spectrum(&reading->fit.fitted);
    json_t *object = color_json(result->source, &reading->color);
    json_set(object, "lab", json_lab(&reading->view.lab));
    json_set_ita(object, reading->ita_deg);
    json_set(object, "parameters", parameters_json(&reading->fit.skin.parameters));
    json_set(object, "sd", parameters_json(&result->deviations));
    json_set(object, "fit_de00",
             json_rounded(reading->fit.ciede2000, JSON_DECIMALS_COLOR));
    json_set(object, "iterations", json_integer((json_int_t)reading->fit.iterations));
    if (reading->surface != SKIN_SURFACE_NONE)
        add_spectral_json(object, result);
    json_set(object, "fitted_reflectance", json_reflectance(&fitted));
    return object;
}

static enum exit_code present(struct context *context, const struct result *result,
                              json_t *samples)
{
    switch (context->mode) {
    case MODE_JSON: json_array_append_new(samples, result_json(result)); break;
    case MODE_PLAIN: print_plain(context, result); break;
    case MODE_TEXT:
        print_head(context, result);
        if (print_parameters(context, result) != STATUS_OK)
            return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
        print_foot(context, result);
        break;
    }
    return EXIT_DONE;
}

static enum exit_code fit_source(struct context *context,
                                 const struct color_source *source, json_t *samples)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < source->count && code == EXIT_DONE; i++) {
        struct color color;
        struct skin_reading reading;
        color_source_at(source, i, &color);
        const char *label = color_label(source, &color);
        code = skin_reading_make(context, label, &color, &reading);
        if (code != EXIT_DONE)
            break;
        struct result result = {
            .source = source,
            .label = label,
            .reading = &reading,
            .deviations = skin_fit_deviations(&reading.fit),
        };
        add_indices(context, &result);
        code = present(context, &result, samples);
    }
    return code;
}

static enum exit_code run(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    json_t *samples = json_array();
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < invocation->argument_count && code == EXIT_DONE; i++) {
        struct color_source source;
        code = color_source_open(context, invocation->arguments[i], &source);
        if (code != EXIT_DONE)
            break;
        code = fit_source(context, &source, samples);
        color_source_close(&source);
    }
    if (code == EXIT_DONE && context->mode == MODE_JSON)
        code = json_print(context, "skin", json_conditions(context, "sce"),
                          json_pack("{s:O}", "samples", samples));
    json_decref(samples);
    return code;
}

const struct command skin_fit_command = {
    .name = "skin fit",
    .summary = "Melanin, blood and scattering of skin from its reflectance.",
    .usage = "COLOR...",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{color_specular_options, color_scale_options}},
    .examples = {"skin fit scalp.cgats --specular sce", "skin fit '#b38f78'"},
    .run = run,
};
