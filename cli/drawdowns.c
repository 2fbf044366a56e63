/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/drawdowns.h"

#include <string.h>

#include "cli/color_argument.h"
#include "cli/conditions_json.h"
#include "colorlib/sample_condition.h"

const struct option_spec drawdowns_options[] = {
    {"dark", 0, "COLOR", "readings of the same film over the dark half of the card"},
    {"tint", 0, "COLOR", "readings of an opaque tint in white, which tell the strength"},
    {0},
};

static const char *const group_keys[BATCH_GROUPS] = {"color", "dark", "tint"};

/* -- from files ---------------------------------------------------------------------- */

static enum exit_code take_bands(struct context *context, const char *label,
                                 const struct color *color, struct bands *out)
{
    if (color->basis != COLOR_SPECTRAL)
        return failure_set(&context->failure, FAILURE_SPECTRUM_NEEDED,
                           "%s has no spectrum, which drawdowns are compared by", label);
    enum status status = bands_from_spectrum(&color->spectrum, out);
    if (status != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SPECTRUM_RANGE, "%s: %s", label,
                           status_text(status));
    for (size_t i = 0; i < BAND_COUNT; i++) /* as documents give them back */
        out->value[i] = json_round(out->value[i], JSON_DECIMALS_REFLECTANCE);
    return EXIT_DONE;
}

static bool is_first(const struct drawdowns *drawdowns)
{
    return drawdowns->count[BATCH_COLOR] + drawdowns->count[BATCH_DARK] +
               drawdowns->count[BATCH_TINT] ==
           0;
}

static void take_conditions(struct context *context, const char *label,
                            const struct color *color, struct drawdowns *out)
{
    struct batch_conditions now = {color->conditions, color->specular};
    if (is_first(out))
        out->measured = now;
    unsigned found = batch_conditions_compare(&out->measured, &now);
    if (found & BATCH_CONDITIONS_VOID)
        warn(context, "conditions.mixed", NULL,
             "%s was not measured as the readings before it", label);
}

enum exit_code drawdowns_add_color(struct context *context, const char *label,
                                   const struct color *color, enum batch_group group,
                                   struct drawdowns *out)
{
    size_t *count = &out->count[group];
    if (*count == BATCH_READINGS_MAX)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "%s: more than %d readings", label, BATCH_READINGS_MAX);
    enum exit_code code = take_bands(context, label, color, &out->reading[group][*count]);
    if (code != EXIT_DONE)
        return code;
    take_conditions(context, label, color, out);
    ++*count;
    return EXIT_DONE;
}

enum exit_code drawdowns_add(struct context *context, const char *argument,
                             enum batch_group group, struct drawdowns *out)
{
    struct color_source source;
    enum exit_code code = color_source_open(context, argument, &source);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; i < source.count && code == EXIT_DONE; i++) {
        struct color color;
        color_source_at(&source, i, &color);
        code = drawdowns_add_color(context, color_label(&source, &color), &color, group,
                                   out);
    }
    color_source_close(&source);
    return code;
}

enum exit_code drawdowns_add_options(struct context *context, struct drawdowns *out)
{
    enum exit_code code = EXIT_DONE;
    if (option(context, "dark"))
        code = drawdowns_add(context, option(context, "dark"), BATCH_DARK, out);
    if (code == EXIT_DONE && option(context, "tint"))
        code = drawdowns_add(context, option(context, "tint"), BATCH_TINT, out);
    return code;
}

enum exit_code drawdowns_mean(struct context *context, const char *argument,
                              struct bands *out)
{
    struct color_source source;
    struct bands sum = {{0}}, one;
    enum exit_code code = color_source_open(context, argument, &source);
    if (code != EXIT_DONE)
        return code;
    for (size_t i = 0; i < source.count && code == EXIT_DONE; i++) {
        struct color color;
        color_source_at(&source, i, &color);
        code = take_bands(context, argument, &color, &one);
        for (size_t b = 0; b < BAND_COUNT && code == EXIT_DONE; b++)
            sum.value[b] += one.value[b] / (double)source.count;
    }
    color_source_close(&source);
    if (code == EXIT_DONE)
        *out = sum;
    return code;
}

/* -- in memory ----------------------------------------------------------------------- */

struct batch_readings drawdowns_readings(const struct drawdowns *drawdowns)
{
    struct batch_readings readings;
    for (size_t g = 0; g < BATCH_GROUPS; g++) {
        readings.reading[g] = drawdowns->reading[g];
        readings.count[g] = drawdowns->count[g];
    }
    return readings;
}

void drawdowns_group_mean(const struct drawdowns *drawdowns, enum batch_group group,
                          struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double sum = 0;
        for (size_t k = 0; k < drawdowns->count[group]; k++)
            sum += drawdowns->reading[group][k].value[i];
        out->value[i] = sum / (double)drawdowns->count[group];
    }
}

/* -- in documents -------------------------------------------------------------------- */

json_t *bands_json(const struct bands *bands)
{
    json_t *array = json_array();
    for (size_t i = 0; i < BAND_COUNT; i++)
        json_array_append_new(array, json_number(bands->value[i]));
    return array;
}

enum exit_code bands_from(const struct document *document, const char *key,
                          struct bands *out)
{
    return document_numbers(document, key, -0.05, 1.5, out->value, BAND_COUNT);
}

json_t *drawdowns_json(const struct drawdowns *drawdowns)
{
    json_t *object = json_object(), *measured = json_object();
    conditions_json_set(measured, &drawdowns->measured.conditions);
    if (color_specular_key(drawdowns->measured.specular))
        json_set(measured, "specular",
                 json_string(color_specular_key(drawdowns->measured.specular)));
    json_set(measured, "simulated",
             json_boolean(drawdowns->measured.conditions.origin == SAMPLE_SIMULATED));
    json_set(object, "measured", measured);
    for (size_t g = 0; g < BATCH_GROUPS; g++) {
        json_t *list = json_array();
        for (size_t k = 0; k < drawdowns->count[g]; k++)
            json_array_append_new(list, bands_json(&drawdowns->reading[g][k]));
        json_set(object, group_keys[g], list);
    }
    return object;
}

static enum exit_code refuse_condition(const struct document *document, const char *key,
                                       const struct sample_condition *condition)
{
    char expected[SAMPLE_CONDITION_TEXT_MAX];
    sample_condition_expected(condition, expected);
    return document_refuse(document, key, "%s is due", expected);
}

static enum status set_condition(const struct sample_condition *condition,
                                 const json_t *value, struct sample_conditions *out)
{
    switch (condition->type) {
    case SAMPLE_CONDITION_TEXT:
    case SAMPLE_CONDITION_TIME:
        return json_is_string(value)
                   ? sample_condition_set_text(condition, json_string_value(value), out)
                   : STATUS_BAD_DATA;
    case SAMPLE_CONDITION_NUMBER:
    case SAMPLE_CONDITION_COUNT: break;
    }
    return json_is_number(value)
               ? sample_condition_set_number(condition, json_number_value(value), out)
               : STATUS_BAD_DATA;
}

static enum exit_code conditions_from(const struct document *document, const char *key,
                                      struct sample_conditions *out)
{
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++) {
        const struct sample_condition *condition = &sample_condition_list[i];
        struct document_key path = document_key(key, condition->name);
        const json_t *value = document_at(document, path.text);
        if (value && set_condition(condition, value, out) != STATUS_OK)
            return refuse_condition(document, path.text, condition);
    }
    return EXIT_DONE;
}

static enum exit_code measured_from(const struct document *document, const char *key,
                                    struct batch_conditions *out)
{
    bool simulated = false;
    *out = (struct batch_conditions){.specular = SAMPLE_SPECULAR_UNKNOWN};
    enum exit_code code = conditions_from(document, key, &out->conditions);
    if (code == EXIT_DONE)
        code = document_flag(document, document_key(key, "simulated").text, &simulated);
    out->conditions.origin = simulated ? SAMPLE_SIMULATED : SAMPLE_MEASURED;
    const char *specular =
        json_string_value(document_at(document, document_key(key, "specular").text));
    if (specular && strcmp(specular, "sci") == 0)
        out->specular = SAMPLE_SPECULAR_IN;
    else if (specular && strcmp(specular, "sce") == 0)
        out->specular = SAMPLE_SPECULAR_EX;
    return code;
}

static enum exit_code group_from(const struct document *document, const char *key,
                                 enum batch_group group, struct drawdowns *out)
{
    size_t *count = &out->count[group];
    enum exit_code code =
        document_length(document, key, group == BATCH_COLOR, BATCH_READINGS_MAX, count);
    for (size_t k = 0; k < *count && code == EXIT_DONE; k++) {
        char index[24];
        snprintf(index, sizeof index, "%zu", k);
        code =
            bands_from(document, document_key(key, index).text, &out->reading[group][k]);
    }
    return code;
}

enum exit_code drawdowns_from(const struct document *document, const char *key,
                              struct drawdowns *out)
{
    enum exit_code code =
        measured_from(document, document_key(key, "measured").text, &out->measured);
    for (size_t g = 0; g < BATCH_GROUPS && code == EXIT_DONE; g++)
        code = group_from(document, document_key(key, group_keys[g]).text,
                          (enum batch_group)g, out);
    return code;
}
