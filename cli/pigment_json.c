/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pigment_json.h"

#include "cli/document.h"
#include "cli/json.h"
#include "colorlib/pigment_fields.h"

json_t *pigment_json(const struct pigment *pigment)
{
    json_t *object = json_object();
    for (size_t i = 0; i < PIGMENT_TEXT_FIELDS; i++) {
        const char *text = pigment_text(pigment, &pigment_text_fields[i]);
        if (text[0])
            json_set(object, pigment_text_fields[i].name, json_text(text));
    }
    json_set(object, "origin", json_string(pigment_origin_name(pigment->origin)));
    json_set(object, "class", json_string(fade_class_name(pigment->class)));
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS; i++)
        json_set(object, pigment_number_fields[i].name,
                 json_number(pigment_number(pigment, &pigment_number_fields[i])));
    json_set(object, "simulated", json_boolean(pigment->simulated));
    return object;
}

json_t *pigment_bands_json(const struct bands *bands)
{
    json_t *object = json_object(), *values = json_array();
    json_set(object, "start_nm", json_number(bands_grid.start_nm));
    json_set(object, "step_nm", json_number(bands_grid.step_nm));
    for (size_t i = 0; i < BAND_COUNT; i++)
        json_array_append_new(values, json_number(bands->value[i]));
    json_set(object, "values", values);
    return object;
}

enum exit_code pigment_json_print(struct context *context, const struct pigment *pigment)
{
    json_t *data = pigment_json(pigment);
    json_set(data, "k", pigment_bands_json(&pigment->K));
    json_set(data, "s", pigment_bands_json(&pigment->S));
    return json_print(context, "pigment", json_conditions(context, NULL), data);
}

/* -- reading ----------------------------------------------------------------------- */

static enum exit_code read_texts(const struct document *document, struct pigment *pigment)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < PIGMENT_TEXT_FIELDS && code == EXIT_DONE; i++) {
        const struct pigment_text_field *field = &pigment_text_fields[i];
        char key[DOCUMENT_KEY_MAX];
        snprintf(key, sizeof key, "data.%s", field->name);
        if (field->presence == PIGMENT_REQUIRED || document_at(document, key))
            code = document_text(document, key, (char *)pigment + field->offset,
                                 field->size);
    }
    return code;
}

static enum exit_code read_numbers(const struct document *document,
                                   struct pigment *pigment)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS && code == EXIT_DONE; i++) {
        const struct pigment_number_field *field = &pigment_number_fields[i];
        char key[DOCUMENT_KEY_MAX];
        double number = 0;
        snprintf(key, sizeof key, "data.%s", field->name);
        if (!document_at(document, key))
            continue;
        code = document_number(document, key, field->least, field->most, &number);
        if (code == EXIT_DONE)
            pigment_set_number(pigment, field, number);
    }
    return code;
}

enum { WORD_MAX = 32 };

static enum exit_code read_words(const struct document *document, struct pigment *pigment)
{
    char origin[WORD_MAX], class[WORD_MAX];
    enum exit_code code = document_text(document, "data.origin", origin, sizeof origin);
    if (code == EXIT_DONE)
        code = document_text(document, "data.class", class, sizeof class);
    if (code == EXIT_DONE)
        code = document_flag(document, "data.simulated", &pigment->simulated);
    if (code != EXIT_DONE)
        return code;
    if (pigment_origin_find(origin, &pigment->origin) != STATUS_OK)
        return document_refuse(document, "data.origin", "model or ladder is due");
    if (fade_class_find(class, &pigment->class) != STATUS_OK)
        return document_refuse(document, "data.class",
                               "carbon, iron_oxide, tio2, organic_stable or organic_azo "
                               "is due");
    pigment->fade = fade_class_rates(pigment->class);
    return EXIT_DONE;
}

static const double coefficient_most = 1e6;

static enum exit_code read_bands(const struct document *document, const char *key,
                                 struct bands *out)
{
    char start[DOCUMENT_KEY_MAX], step[DOCUMENT_KEY_MAX], values[DOCUMENT_KEY_MAX];
    double number = 0;
    snprintf(start, sizeof start, "data.%s.start_nm", key);
    snprintf(step, sizeof step, "data.%s.step_nm", key);
    snprintf(values, sizeof values, "data.%s.values", key);
    enum exit_code code = document_number(document, start, bands_grid.start_nm,
                                          bands_grid.start_nm, &number);
    if (code == EXIT_DONE)
        code = document_number(document, step, bands_grid.step_nm, bands_grid.step_nm,
                               &number);
    return code == EXIT_DONE ? document_numbers(document, values, 0, coefficient_most,
                                                out->value, BAND_COUNT)
                             : code;
}

enum exit_code pigment_json_read(struct context *context, const char *path,
                                 struct pigment *out)
{
    struct pigment pigment = pigment_unknown;
    struct document document = {0};
    enum exit_code code = document_open(context, path, "pigment", &document);
    if (code == EXIT_DONE)
        code = read_words(&document, &pigment);
    if (code == EXIT_DONE)
        code = read_texts(&document, &pigment);
    if (code == EXIT_DONE)
        code = read_numbers(&document, &pigment);
    if (code == EXIT_DONE)
        code = read_bands(&document, "k", &pigment.K);
    if (code == EXIT_DONE)
        code = read_bands(&document, "s", &pigment.S);
    document_close(&document);
    if (code == EXIT_DONE)
        *out = pigment;
    return code;
}
