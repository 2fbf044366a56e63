/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra as the program's JSON document of kind "spectra". */
#include "colorlib/sample_reading.h"

#include <math.h>
#include <stdbool.h>

#include <jansson.h>

/* A document says 6 decimals; ten digits print them and hide the binary rest. */
#define DECIMALS 1e6

/* A document in the making. Setting a member fails without memory, also where there was
 * none for the value: a document with anything missing is not written. */
struct document {
    const struct sample_set *set;
    enum sample_specular specular; /* of all samples, unknown where they differ */
    int failed;
};

static void set(struct document *document, json_t *object, const char *key, json_t *value)
{
    document->failed |= json_object_set_new(object, key, value);
}

static void append(struct document *document, json_t *array, json_t *value)
{
    document->failed |= json_array_append_new(array, value);
}

static json_t *values_json(struct document *document, size_t sample)
{
    const struct sample_set *all = document->set;
    json_t *values = json_array();
    const double *value = all->value + sample * all->grid.count;
    bool fraction = all->quantity == SAMPLE_REFLECTANCE;
    for (size_t i = 0; i < all->grid.count; i++) {
        double rounded = fraction ? round(value[i] * DECIMALS) / DECIMALS : value[i];
        append(document, values, json_real(rounded + 0.0));
    }
    return values;
}

static void set_specular(struct document *document, json_t *object,
                         enum sample_specular specular)
{
    if (specular != SAMPLE_SPECULAR_UNKNOWN)
        set(document, object, "specular",
            json_string(specular == SAMPLE_SPECULAR_IN ? "sci" : "sce"));
}

static json_t *spectrum_json(struct document *document, size_t sample)
{
    json_t *object = json_object();
    set(document, object, "start_nm", json_real(document->set->grid.start_nm));
    set(document, object, "step_nm", json_real(document->set->grid.step_nm));
    set(document, object, "values", values_json(document, sample));
    return object;
}

static void set_drawdown(struct document *document, json_t *object,
                         const struct sample_drawdown *drawdown)
{
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++)
        set(document, object, sample_drawdown_columns[i].name,
            i == SAMPLE_DRAWDOWN_BACKING
                ? json_string(sample_backing_name(drawdown->backing))
                : json_real(sample_drawdown_number(i, drawdown)));
}

static json_t *sample_json(struct document *document, size_t sample)
{
    const struct sample_info *info = &document->set->info[sample];
    json_t *object = json_object();
    set(document, object, "id", json_string(info->id));
    set(document, object, "name", json_string(info->name));
    if (document->specular == SAMPLE_SPECULAR_UNKNOWN)
        set_specular(document, object, info->specular);
    if (info->drawdown.backing != SAMPLE_BACKING_UNKNOWN)
        set_drawdown(document, object, &info->drawdown);
    set(document, object,
        document->set->quantity == SAMPLE_POWER ? "power" : "reflectance",
        spectrum_json(document, sample));
    return object;
}

static json_t *condition_json(const struct sample_condition *condition,
                              const struct sample_conditions *conditions)
{
    char text[SAMPLE_CONDITION_TEXT_MAX];
    switch (condition->type) {
    case SAMPLE_CONDITION_NUMBER:
        return json_real(sample_condition_number(condition, conditions));
    case SAMPLE_CONDITION_COUNT:
        return json_integer((json_int_t)sample_condition_number(condition, conditions));
    case SAMPLE_CONDITION_TEXT:
    case SAMPLE_CONDITION_TIME: break;
    }
    sample_condition_text(condition, conditions, text);
    return json_string(text);
}

static json_t *conditions_json(struct document *document)
{
    const struct sample_conditions *conditions = &document->set->conditions;
    json_t *object = json_object();
    set_specular(document, object, document->specular);
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        if (sample_condition_known(&sample_condition_list[i], conditions))
            set(document, object, sample_condition_list[i].name,
                condition_json(&sample_condition_list[i], conditions));
    if (conditions->origin == SAMPLE_SIMULATED)
        set(document, object, "simulated", json_true());
    return object;
}

static json_t *data_json(struct document *document)
{
    json_t *samples = json_array(), *object = json_object();
    for (size_t i = 0; i < document->set->count && !document->failed; i++)
        append(document, samples, sample_json(document, i));
    set(document, object, "samples", samples);
    return object;
}

enum status sample_json_write(FILE *stream, const struct sample_set *samples)
{
    struct document document = {.set = samples,
                                .specular = sample_specular_common(samples)};
    json_t *root = json_object();
    set(&document, root, "schema", json_string("scalptone/1"));
    set(&document, root, "kind", json_string("spectra"));
    set(&document, root, "conditions", conditions_json(&document));
    set(&document, root, "data", data_json(&document));
    bool written = !document.failed &&
                   json_dumpf(root, stream, JSON_REAL_PRECISION(10)) == 0 &&
                   fputc('\n', stream) != EOF;
    json_decref(root);
    if (written)
        return STATUS_OK;
    return ferror(stream) ? STATUS_IO : STATUS_NO_MEMORY;
}
