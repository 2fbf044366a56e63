/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/certificate.h"
#include "cli/json.h"

static json_t *lots_json(const struct batch_history *history)
{
    json_t *array = json_array();
    for (size_t i = 0; i < history->count; i++) {
        const struct batch_point *point = &history->point[i];
        json_t *object = json_object();
        json_set(object, "lot", json_text(point->lot));
        json_set(object, "checked", json_text(point->created));
        json_set(object, "strength",
                 json_rounded(point->strength.value, JSON_DECIMALS_COLOR));
        json_set(object, "strength_u95",
                 json_rounded(point->strength.uncertainty, JSON_DECIMALS_COLOR));
        json_set(object, "verdict", json_string(batch_verdict_text(point->verdict)));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *history_json(const struct batch_history *history)
{
    const struct trend *trend = &history->strength;
    json_t *object = json_object();
    json_set(object, "mean", json_rounded(trend->mean, JSON_DECIMALS_COLOR));
    json_set(object, "lower", json_rounded(trend->lower, JSON_DECIMALS_COLOR));
    json_set(object, "upper", json_rounded(trend->upper, JSON_DECIMALS_COLOR));
    json_set(object, "drifts", json_boolean(trend->drifts));
    json_set(object, "lots", lots_json(history));
    return object;
}

static json_t *declarations_json(const struct certificate *certificate)
{
    json_t *array = json_array();
    for (size_t i = 0; i < certificate->declaration_count; i++)
        json_array_append_new(array, json_text(certificate->declaration[i]));
    return array;
}

json_t *certificate_json(struct context *context, const struct certificate *certificate)
{
    const struct batch_record *record = certificate->record;
    json_t *data = json_object();
    json_set(data, "product", json_text(record->standard.name));
    json_set(data, "lot", json_text(record->lot));
    json_set(data, "verdict",
             json_string(batch_verdict_text(batch_record_verdict(record))));
    json_set(data, "checked", json_text(record->created));
    json_set(data, "demo", json_boolean(certificate->kind == CERTIFICATE_DEMO));
    json_set(data, "check", batch_record_json(record));
    if (certificate->history)
        json_set(data, "strength_over_lots", history_json(certificate->history));
    json_set(data, "declarations", declarations_json(certificate));
    json_set(data, "statement", json_string(CERTIFICATE_STATEMENT));
    return json_document(context, "certificate", batch_record_conditions(record), data);
}

/* "<" can stand in strings alone, where its escape means the same. */
char *certificate_dump(const json_t *document)
{
    static const char escape[] = "\\u003c";
    char *plain = json_spelled(document);
    if (!plain)
        return NULL;
    size_t count = 0;
    for (const char *c = plain; *c; c++)
        count += *c == '<';
    char *text = malloc(strlen(plain) + count * (sizeof escape - 2) + 2);
    char *out = text;
    for (const char *c = plain; *c && text; c++) {
        size_t length = *c == '<' ? sizeof escape - 1 : 1;
        memcpy(out, *c == '<' ? escape : c, length);
        out += length;
    }
    if (text)
        memcpy(out, "\n", 2);
    free(plain);
    return text;
}
