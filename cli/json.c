/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/date_time.h"
#include "colorlib/skin.h"

#define SCHEMA "scalptone/1"

/* Without memory jansson gives NULL, which is set nowhere: a document would lack what was
 * in it and look whole. Its allocators have no argument to leave word by. */
static atomic_bool ran_out_of_memory; /* threads of a batch share it */

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (!memory && size > 0)
        ran_out_of_memory = true;
    return memory;
}

void json_watch_memory(void)
{
    json_set_alloc_funcs(allocate, free);
}

double json_round(double value, int decimals)
{
    double scale = pow(10, decimals);
    return round(value * scale) / scale + 0.0; /* + 0.0: no negative zero */
}

double json_kept(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.*g", JSON_DIGITS, value);
    return strtod(text, NULL) + 0.0;
}

json_t *json_number(double value)
{
    return isfinite(value) ? json_real(json_kept(value)) : NULL;
}

json_t *json_rounded(double value, int decimals)
{
    return isfinite(value) ? json_real(json_round(value, decimals)) : NULL;
}

void json_set(json_t *object, const char *key, json_t *value)
{
    if (value)
        json_object_set_new(object, key, value);
}

json_t *json_text(const char *text)
{
    json_t *string = json_string(text);
    if (string)
        return string;
    size_t size = strlen(text) + 1;
    char *copy = allocate(size);
    for (size_t i = 0; copy && i < size; i++)
        copy[i] = (unsigned char)text[i] >= 0x80 ? '?' : text[i];
    string = json_string(copy ? copy : "");
    free(copy);
    return string;
}

json_t *json_line_id(const struct line_id *id)
{
    switch (id->kind) {
    case LINE_ID_NONE: break;
    case LINE_ID_TEXT: return json_text(id->text);
    case LINE_ID_NUMBER: return json_integer(strtoll(id->text, NULL, 10));
    }
    return NULL;
}

json_t *json_lab(const cmsCIELab *lab)
{
    json_t *array = json_array();
    json_array_append_new(array, json_rounded(lab->L, JSON_DECIMALS_COLOR));
    json_array_append_new(array, json_rounded(lab->a, JSON_DECIMALS_COLOR));
    json_array_append_new(array, json_rounded(lab->b, JSON_DECIMALS_COLOR));
    return array;
}

void json_set_ita(json_t *object, double ita_deg)
{
    if (!isfinite(ita_deg))
        return;
    json_set(object, "ita_deg", json_rounded(ita_deg, JSON_DECIMALS_COLOR));
    json_set(object, "ita_class", json_string(skin_ita_class(ita_deg)));
}

json_t *json_reflectance(const struct spectrum *spectrum)
{
    json_t *values = json_array();
    for (size_t i = 0; i < spectrum->grid.count; i++)
        json_array_append_new(
            values, json_rounded(spectrum->value[i], JSON_DECIMALS_REFLECTANCE));
    return json_pack("{s:f, s:f, s:o}", "start_nm", spectrum->grid.start_nm, "step_nm",
                     spectrum->grid.step_nm, "values", values);
}

json_t *json_conditions(const struct context *context, const char *specular)
{
    const struct viewing *viewing = &context->viewing;
    json_t *names = json_array();
    for (size_t i = 0; i < viewing->count; i++)
        json_array_append_new(names, json_string(viewing->illuminant[i].name));
    json_t *conditions = json_pack("{s:o, s:i}", "illuminants", names, "observer_deg",
                                   observer_degrees(viewing->observer));
    if (specular)
        json_set(conditions, "specular", json_string(specular));
    if (context->simulated)
        json_set(conditions, "simulated", json_true());
    return conditions;
}

json_t *json_document(const struct context *context, const char *kind, json_t *conditions,
                      json_t *data)
{
    char created[DATE_TIME_MAX];
    date_time_text(context->now, created);
    json_t *document =
        json_pack("{s:s, s:s, s:s, s:{s:s, s:s}, s:o, s:o, s:O}", "schema", SCHEMA,
                  "kind", kind, "created", created, "program", "name", SCALPTONE_NAME,
                  "version", SCALPTONE_VERSION, "conditions", conditions, "data", data,
                  "warnings", context->warnings);
    if (!ran_out_of_memory)
        return document;
    json_decref(document);
    return NULL;
}

/* How documents are spelled in one line. */
enum { LINE_FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(JSON_DIGITS) };

/* The library's own may pass over a piece that it had no memory for. */
static char *spell(const json_t *document, size_t flags)
{
    char *text = document ? json_dumps(document, flags) : NULL;
    if (!ran_out_of_memory)
        return text;
    free(text);
    return NULL;
}

char *json_spelled(const json_t *document)
{
    return spell(document, JSON_DUMP_FLAGS);
}

char *json_spelled_line(const json_t *document)
{
    return spell(document, LINE_FLAGS);
}

static enum exit_code out_of_memory(struct context *context)
{
    return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

static enum exit_code dump(struct context *context, FILE *stream, json_t *document,
                           size_t flags)
{
    int failed =
        !document || json_dumpf(document, stream, flags) || fputc('\n', stream) == EOF;
    json_decref(document);
    if (!failed)
        return EXIT_DONE;
    if (ferror(stream))
        return failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                           "the result could not be written");
    return out_of_memory(context);
}

enum exit_code json_print_document(struct context *context, json_t *document)
{
    return dump(context, context->output.stream, document, JSON_DUMP_FLAGS);
}

enum exit_code json_print(struct context *context, const char *kind, json_t *conditions,
                          json_t *data)
{
    return json_print_document(context, json_document(context, kind, conditions, data));
}

enum exit_code json_print_members(struct context *context, const char *kind,
                                  json_t *conditions, json_t *data)
{
    if (context->mode != MODE_PLAIN)
        return json_print(context, kind, conditions, data);
    FILE *out = context->output.stream;
    const char *key;
    json_t *value;
    json_object_foreach(data, key, value)
    {
        char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY |
                                           JSON_REAL_PRECISION(JSON_DIGITS));
        fprintf(out, "%s\t", key);
        print_safely(out, json_is_string(value) ? json_string_value(value)
                          : text                ? text
                                                : "");
        fputc('\n', out);
        free(text);
    }
    json_decref(conditions);
    json_decref(data);
    return ran_out_of_memory ? out_of_memory(context) : EXIT_DONE;
}

enum exit_code json_print_line(struct context *context, FILE *stream, const char *kind,
                               json_t *conditions, json_t *data)
{
    enum exit_code code =
        dump(context, stream, json_document(context, kind, conditions, data), LINE_FLAGS);
    if (code == EXIT_DONE && fflush(stream) != 0)
        return failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                           "the result could not be written");
    return code;
}

json_t *json_failure(const struct failure *failure)
{
    const struct failure_kind *kind = failure_kind(failure->code);
    json_t *error = json_pack("{s:s, s:i, s:o}", "code", kind->name, "exit",
                              (int)kind->exit, "message", json_text(failure->message));
    if (failure->hint[0])
        json_set(error, "hint", json_text(failure->hint));
    return error;
}

void json_print_failure(FILE *stream, const struct failure *failure)
{
    const struct failure_kind *kind = failure_kind(failure->code);
    json_t *document =
        json_pack("{s:s, s:o}", "schema", SCHEMA, "error", json_failure(failure));
    char *text = document ? json_dumps(document, JSON_DUMP_FLAGS) : NULL;
    if (text)
        fprintf(stream, "%s\n", text);
    else /* one document all the same; the texts of the table need no escapes */
        fprintf(stream,
                "{\"schema\": \"" SCHEMA "\", \"error\": {\"code\": \"%s\", "
                "\"exit\": %d, \"message\": \"%s\"}}\n",
                kind->name, (int)kind->exit, kind->meaning);
    free(text);
    json_decref(document);
}
