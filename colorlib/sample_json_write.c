/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra as the program's JSON document of kind "spectra". */
#include "colorlib/sample_reading.h"

#include <math.h>

#include <jansson.h>

/* A document says 6 decimals; ten digits print them and hide the binary rest. */
#define DECIMALS 1e6

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
    if (conditions->origin == SAMPLE_SIMULATED)
        json_object_set_new(object, "simulated", json_true());
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
