/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record of a check as a document and back; what is read is hostile. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch_record.h"
#include "cli/color_view.h"
#include "cli/json.h"

static const char *const override_words[] = {
    [BATCH_OVERRIDE_PASS] = "pass", [BATCH_OVERRIDE_FAIL] = "fail"};

static const char *const stirring_words[] = {[TREND_STIRRING_EQUAL] = "equal",
                                             [TREND_STIRRING_FALLS] = "falls",
                                             [TREND_STIRRING_RISES] = "rises"};

/* -- writing ------------------------------------------------------------------------- */

static json_t *result_json(const struct batch_record *record, enum tolerance_criterion c)
{
    const struct batch_result *result = &record->check.result[c];
    json_t *object = json_object();
    json_set(object, "criterion", json_string(tolerance_key(c)));
    json_set(object, "value", json_rounded(result->value, JSON_DECIMALS_COLOR));
    json_set(object, "u95", json_rounded(result->uncertainty, JSON_DECIMALS_COLOR));
    if (record->tolerance.limit[c].kind == TOLERANCE_NO_LIMIT)
        return object;
    json_set(object, "critical", json_boolean(record->tolerance.limit[c].critical));
    json_set(object, "verdict", json_string(batch_verdict_text(result->verdict)));
    if (result->readings > 0)
        json_set(object, "readings_to_decide",
                 json_integer((json_int_t)result->readings));
    return object;
}

static json_t *results_json(const struct batch_record *record)
{
    json_t *array = json_array();
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++)
        if (!isnan(record->check.result[c].value) ||
            record->tolerance.limit[c].kind != TOLERANCE_NO_LIMIT)
            json_array_append_new(array,
                                  result_json(record, (enum tolerance_criterion)c));
    return array;
}

static json_t *stirred_json(const struct batch_record *record)
{
    const struct batch_result *result = &record->stirred_check.result[TOLERANCE_STRENGTH];
    json_t *object = drawdowns_json(&record->stirred);
    json_set(object, "strength", json_rounded(result->value, JSON_DECIMALS_COLOR));
    json_set(object, "u95", json_rounded(result->uncertainty, JSON_DECIMALS_COLOR));
    json_set(object, "change", json_string(stirring_words[record->stirring]));
    return object;
}

static void set_override(const struct batch_record *record, json_t *out)
{
    json_set(out, "computed_verdict",
             json_string(batch_verdict_text(record->check.verdict)));
    if (record->override == BATCH_NOT_OVERRIDDEN)
        return;
    json_t *object = json_object();
    json_set(object, "to", json_string(override_words[record->override]));
    json_set(object, "reason", json_text(record->reason));
    json_set(object, "operator", json_text(record->operator_code));
    json_set(out, "override", object);
}

json_t *batch_record_json(const struct batch_record *record)
{
    char reason[BATCH_REASON_MAX];
    struct bands mean;
    batch_reason_text(record, reason);
    drawdowns_group_mean(&record->batch, BATCH_COLOR, &mean);
    struct spectrum spectrum = bands_spectrum(&mean);
    json_t *data = json_object();
    json_set(data, "lot", json_text(record->lot));
    json_set(data, "verdict",
             json_string(batch_verdict_text(batch_record_verdict(record))));
    json_set(data, "reason", json_text(reason));
    set_override(record, data);
    json_set(data, "strength_by", json_string(record->strength_by));
    json_set(data, "criteria", results_json(record));
    json_set(data, "conditions_differ", json_integer((json_int_t)record->differing));
    json_set(data, "tolerance", tolerance_json(&record->tolerance));
    json_set(data, "standard", standard_json(&record->standard));
    json_set(data, "readings", drawdowns_json(&record->batch));
    if (record->stirred.count[BATCH_COLOR] > 0)
        json_set(data, "stirred", stirred_json(record));
    json_set(data, "reflectance", json_reflectance(&spectrum));
    return data;
}

json_t *batch_record_conditions(const struct batch_record *record)
{
    json_t *names = json_array();
    for (size_t i = 0; i < record->light_count; i++)
        json_array_append_new(names, json_string(record->light[i].name));
    json_t *conditions = json_pack("{s:o, s:i}", "illuminants", names, "observer_deg",
                                   observer_degrees(record->observer));
    const char *specular = color_specular_key(record->batch.measured.specular);
    if (specular)
        json_set(conditions, "specular", json_string(specular));
    if (batch_record_is_simulated(record))
        json_set(conditions, "simulated", json_true());
    return conditions;
}

/* -- reading ------------------------------------------------------------------------- */

/* Names alone: a document does not open files. */
static enum exit_code light_from(const struct document *document, size_t index,
                                 struct illuminant *out)
{
    char key[DOCUMENT_KEY_MAX], name[64];
    snprintf(key, sizeof key, "conditions.illuminants.%zu", index);
    enum exit_code code = document_text(document, key, name, sizeof name);
    if (code == EXIT_DONE && illuminant_find(name, out) != STATUS_OK)
        return document_refuse(document, key, "no illuminant of that name");
    return code;
}

static enum exit_code lights_from(const struct document *document,
                                  struct batch_record *out)
{
    long degrees = 10;
    enum exit_code code = document_length(document, "conditions.illuminants", 1,
                                          BATCH_LIGHTS_MAX, &out->light_count);
    for (size_t i = 0; i < out->light_count && code == EXIT_DONE; i++)
        code = light_from(document, i, &out->light[i]);
    if (code == EXIT_DONE)
        code = document_whole(document, "conditions.observer_deg", 2, 10, &degrees);
    if (code == EXIT_DONE && degrees != 2 && degrees != 10)
        return document_refuse(document, "conditions.observer_deg", "2 or 10 is due");
    out->observer = degrees == 2 ? OBSERVER_CIE_1931_2DEG : OBSERVER_CIE_1964_10DEG;
    return code;
}

static enum exit_code override_from(const struct document *document,
                                    struct batch_record *out)
{
    char word[8];
    if (!document_at(document, "data.override"))
        return EXIT_DONE;
    enum exit_code code = document_text(document, "data.override.to", word, sizeof word);
    if (code != EXIT_DONE)
        return code;
    if (strcmp(word, "pass") != 0 && strcmp(word, "fail") != 0)
        return document_refuse(document, "data.override.to", "pass or fail is due");
    out->override = word[0] == 'p' ? BATCH_OVERRIDE_PASS : BATCH_OVERRIDE_FAIL;
    code =
        document_text(document, "data.override.reason", out->reason, sizeof out->reason);
    return code == EXIT_DONE
               ? document_text(document, "data.override.operator", out->operator_code,
                               sizeof out->operator_code)
               : code;
}

static enum exit_code readings_from(const struct document *document,
                                    struct batch_record *out)
{
    enum exit_code code = standard_from(document, "data.standard", &out->standard);
    if (code == EXIT_DONE)
        code = drawdowns_from(document, "data.readings", &out->batch);
    if (code == EXIT_DONE && document_at(document, "data.stirred"))
        code = drawdowns_from(document, "data.stirred", &out->stirred);
    return code == EXIT_DONE ? tolerance_from(document, "data.tolerance", &out->tolerance)
                             : code;
}

static enum exit_code record_from(const struct document *document,
                                  struct batch_record *out)
{
    long differing = 0;
    enum exit_code code = document_text(document, "data.lot", out->lot, sizeof out->lot);
    if (code == EXIT_DONE)
        code = document_text(document, "created", out->created, sizeof out->created);
    if (code == EXIT_DONE)
        code = document_text(document, "data.strength_by", out->strength_by,
                             sizeof out->strength_by);
    if (code == EXIT_DONE)
        code = document_whole(document, "data.conditions_differ", 0, 127, &differing);
    out->differing = (unsigned)differing;
    if (code == EXIT_DONE)
        code = lights_from(document, out);
    if (code == EXIT_DONE)
        code = override_from(document, out);
    return code == EXIT_DONE ? readings_from(document, out) : code;
}

enum exit_code batch_record_read(struct context *context, const char *path,
                                 struct batch_record **out)
{
    struct document document;
    enum exit_code code = document_open(context, path, "batch_check", &document);
    if (code != EXIT_DONE)
        return code;
    struct batch_record *record = calloc(1, sizeof *record);
    if (!record)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    else
        code = record_from(&document, record);
    document_close(&document);
    if (code == EXIT_DONE)
        code = batch_record_evaluate(context, record);
    if (code != EXIT_DONE) {
        free(record);
        return code;
    }
    context->simulated = context->simulated || batch_record_is_simulated(record);
    *out = record;
    return EXIT_DONE;
}
