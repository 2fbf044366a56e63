/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra in the program's JSON documents: spectra, scans and recipes. */
#include "colorlib/sample_reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

/* A document says 6 decimals; ten digits print them and hide the binary rest. */
#define DECIMALS 1e6

/* -- reading ----------------------------------------------------------------------- */

static enum status json_fault(struct sample_reading *reading, const char *where,
                              const char *problem)
{
    return text_fault(reading->text, reading->text->start, reading->fault, "%s: %s",
                      where, problem);
}

/* A member of an object as text, cut to size; absent is empty. */
static enum status read_text(struct sample_reading *reading, const json_t *object,
                             const char *key, char *out, size_t size)
{
    const json_t *member = json_object_get(object, key);
    if (!member || json_is_null(member))
        return STATUS_OK;
    const char *string = json_string_value(member);
    if (!string || strlen(string) >= size || !text_is_printable(string))
        return json_fault(reading, key, "not a text, too long, or not printable");
    memcpy(out, string, strlen(string) + 1);
    return STATUS_OK;
}

static enum status read_conditions(struct sample_reading *reading, const json_t *root)
{
    struct sample_conditions *conditions = &reading->set.conditions;
    const json_t *object = json_object_get(root, "conditions");
    char specular[SAMPLE_TEXT_MAX] = "";
    enum status status =
        read_text(reading, object, "specular", specular, sizeof specular);
    if (status == STATUS_OK)
        status = read_text(reading, object, "geometry", conditions->geometry,
                           sizeof conditions->geometry);
    if (status == STATUS_OK)
        status = read_text(reading, object, "instrument", conditions->instrument,
                           sizeof conditions->instrument);
    conditions->specular = sample_specular_find(specular);
    conditions->aperture_mm = json_number_value(json_object_get(object, "aperture_mm"));
    return status;
}

/* The wavelengths of one spectrum as bands. */
static enum status find_bands(struct sample_reading *reading, const json_t *spectrum,
                              struct sample_bands *bands)
{
    const json_t *start = json_object_get(spectrum, "start_nm");
    const json_t *step = json_object_get(spectrum, "step_nm");
    size_t count = json_array_size(json_object_get(spectrum, "values"));
    if (!json_is_number(start) || !json_is_number(step) || count == 0 ||
        count > SAMPLE_FIELDS_MAX)
        return json_fault(reading, "reflectance",
                          "start_nm, step_nm and 1 to 1024 values are due");
    bands->count = count;
    for (size_t i = 0; i < count; i++)
        bands->band[i] = (struct sample_band){json_number_value(start) +
                                                  json_number_value(step) * (double)i,
                                              i, reading->text->start};
    return STATUS_OK;
}

/* The first spectrum sets the grid, the others must be on it. */
static enum status check_grid(struct sample_reading *reading, const json_t *spectrum,
                              struct sample_bands *bands)
{
    struct sample_reading other = {.text = reading->text, .fault = reading->fault};
    enum status status = find_bands(reading, spectrum, bands);
    if (status == STATUS_OK)
        status = sample_grid(&other, bands);
    if (status != STATUS_OK)
        return status;
    const struct grid *first = &reading->set.grid, *grid = &other.set.grid;
    if (reading->set.count == 0) {
        reading->set.grid = *grid;
        reading->set.notes = other.set.notes;
    } else if (first->count != grid->count ||
               fabs(first->start_nm - grid->start_nm) > 0.01 ||
               fabs(first->step_nm - grid->step_nm) * (double)grid->count > 0.01) {
        return json_fault(reading, "reflectance",
                          "the samples are not on the same wavelengths");
    }
    return STATUS_OK;
}

static enum status read_spectrum(struct sample_reading *reading, const json_t *spectrum)
{
    struct sample_bands bands;
    enum status status = check_grid(reading, spectrum, &bands);
    if (status == STATUS_OK)
        status = sample_add(reading, reading->text->start);
    if (status != STATUS_OK)
        return status;
    size_t sample = reading->set.count - 1;
    const json_t *values = json_object_get(spectrum, "values");
    for (size_t i = 0; i < bands.count; i++) {
        const json_t *value = json_array_get(values, bands.band[i].index);
        if (!json_is_number(value))
            return json_fault(reading, "values", "not a number");
        sample_take(reading, sample, i, json_number_value(value), reading->text->start);
    }
    snprintf(reading->set.info[sample].id, SAMPLE_ID_MAX, "%zu", sample + 1);
    return STATUS_OK;
}

static enum status needs_spectrum(struct sample_reading *reading)
{
    json_fault(reading, "data", "colors without a spectrum");
    return STATUS_NEEDS_SPECTRUM;
}

/* One object with id, name and a spectrum under the key. */
static enum status read_sample(struct sample_reading *reading, const json_t *object,
                               const char *key)
{
    const json_t *spectrum = json_object_get(object, key);
    if (!json_is_object(spectrum))
        return json_object_get(object, "lab")
                   ? needs_spectrum(reading)
                   : json_fault(reading, key, "there is no spectrum");
    enum status status = read_spectrum(reading, spectrum);
    if (status != STATUS_OK)
        return status;
    struct sample_info *info = &reading->set.info[reading->set.count - 1];
    status = read_text(reading, object, "id", info->id, sizeof info->id);
    if (status == STATUS_OK)
        status = read_text(reading, object, "name", info->name, sizeof info->name);
    return status;
}

static enum status read_samples(struct sample_reading *reading, const json_t *data)
{
    const json_t *samples = json_object_get(data, "samples");
    bool power = json_object_get(json_array_get(samples, 0), "power") != NULL;
    reading->set.quantity = power ? SAMPLE_POWER : SAMPLE_REFLECTANCE;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(samples); i++)
        status = read_sample(reading, json_array_get(samples, i),
                             power ? "power" : "reflectance");
    return status;
}

/* Specular excluded where a scan has both: the models are for it. */
static enum status read_scan(struct sample_reading *reading, const json_t *data)
{
    enum sample_specular *specular = &reading->set.conditions.specular;
    if (json_object_get(data, "reflectance")) {
        if (*specular == SAMPLE_SPECULAR_UNKNOWN)
            *specular = SAMPLE_SPECULAR_EX;
        return read_sample(reading, data, "reflectance");
    }
    bool excluded = json_object_get(data, "reflectance_sce") != NULL;
    bool included = json_object_get(data, "reflectance_sci") != NULL;
    if (excluded || included)
        *specular = excluded ? SAMPLE_SPECULAR_EX : SAMPLE_SPECULAR_IN;
    return read_sample(reading, data,
                       !excluded && included ? "reflectance_sci" : "reflectance_sce");
}

static enum status read_match(struct sample_reading *reading, const json_t *data)
{
    const json_t *recipes = json_object_get(data, "recipes");
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(recipes); i++) {
        const json_t *recipe = json_array_get(recipes, i);
        status =
            read_sample(reading, json_object_get(recipe, "predicted"), "reflectance");
        json_int_t rank = json_integer_value(json_object_get(recipe, "rank"));
        if (status == STATUS_OK && rank > 0)
            snprintf(reading->set.info[i].id, SAMPLE_ID_MAX, "%" JSON_INTEGER_FORMAT,
                     rank);
    }
    return status;
}

static enum status read_document(struct sample_reading *reading, const json_t *root)
{
    const char *schema = json_string_value(json_object_get(root, "schema"));
    const char *kind = json_string_value(json_object_get(root, "kind"));
    const json_t *data = json_object_get(root, "data");
    if (!schema || strcmp(schema, "scalptone/1") != 0)
        return json_fault(reading, "schema", "\"scalptone/1\" is due");
    enum status status = read_conditions(reading, root);
    if (status != STATUS_OK)
        return status;
    reading->norm = 1;
    if (kind && strcmp(kind, "spectra") == 0)
        return read_samples(reading, data);
    if (kind && strcmp(kind, "scan") == 0)
        return read_scan(reading, data);
    if (kind && strcmp(kind, "match") == 0)
        return read_match(reading, data);
    return json_fault(reading, "kind", "spectra, scan or match is due");
}

enum status sample_json_read(struct sample_reading *reading)
{
    json_error_t error;
    json_t *root = json_loadb(reading->text->start, reading->text->size,
                              JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        text_fault(reading->text, NULL, reading->fault, "%s", error.text);
        if (reading->fault) {
            reading->fault->line = error.line > 0 ? (size_t)error.line : 1;
            reading->fault->column = error.column > 0 ? (size_t)error.column : 1;
        }
        return json_error_code(&error) == json_error_out_of_memory ? STATUS_NO_MEMORY
                                                                   : STATUS_BAD_DATA;
    }
    enum status status = read_document(reading, root);
    json_decref(root);
    return status;
}

/* -- writing ----------------------------------------------------------------------- */

static json_t *values_json(const struct sample_set *set, size_t sample)
{
    json_t *values = json_array();
    const double *value = set->value + sample * set->grid.count;
    bool fraction = set->quantity == SAMPLE_REFLECTANCE;
    for (size_t i = 0; i < set->grid.count; i++) {
        double rounded = fraction ? round(value[i] * DECIMALS) / DECIMALS : value[i];
        json_array_append_new(values, json_real(rounded + 0.0));
    }
    return values;
}

static json_t *sample_json(const struct sample_set *set, size_t sample)
{
    json_t *spectrum =
        json_pack("{s:f, s:f, s:o}", "start_nm", set->grid.start_nm, "step_nm",
                  set->grid.step_nm, "values", values_json(set, sample));
    return json_pack("{s:s, s:s, s:o}", "id", set->info[sample].id, "name",
                     set->info[sample].name,
                     set->quantity == SAMPLE_POWER ? "power" : "reflectance", spectrum);
}

static json_t *conditions_json(const struct sample_conditions *conditions)
{
    json_t *object = json_object();
    if (conditions->geometry[0])
        json_object_set_new(object, "geometry", json_string(conditions->geometry));
    if (conditions->specular != SAMPLE_SPECULAR_UNKNOWN)
        json_object_set_new(
            object, "specular",
            json_string(conditions->specular == SAMPLE_SPECULAR_IN ? "sci" : "sce"));
    if (conditions->aperture_mm > 0)
        json_object_set_new(object, "aperture_mm", json_real(conditions->aperture_mm));
    if (conditions->instrument[0])
        json_object_set_new(object, "instrument", json_string(conditions->instrument));
    return object;
}

enum status sample_json_write(FILE *stream, const struct sample_set *set)
{
    json_t *samples = json_array();
    bool complete = samples != NULL;
    for (size_t i = 0; i < set->count; i++)
        complete &= json_array_append_new(samples, sample_json(set, i)) == 0;
    json_t *root = json_pack("{s:s, s:s, s:o, s:{s:o}}", "schema", "scalptone/1", "kind",
                             "spectra", "conditions", conditions_json(&set->conditions),
                             "data", "samples", samples);
    if (!root || !complete) {
        json_decref(root);
        return STATUS_NO_MEMORY;
    }
    int failed = json_dumpf(root, stream, JSON_REAL_PRECISION(10));
    json_decref(root);
    return failed || fputc('\n', stream) == EOF ? STATUS_IO : STATUS_OK;
}
