/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/conditions_json.h"

#include "colorlib/sample_condition.h"

static json_t *condition_json(const struct sample_condition *condition,
                              const struct sample_conditions *conditions)
{
    char text[SAMPLE_CONDITION_TEXT_MAX];
    switch (condition->type) {
    case SAMPLE_CONDITION_NUMBER:
        return json_rounded(sample_condition_number(condition, conditions),
                            JSON_DECIMALS_AMOUNT);
    case SAMPLE_CONDITION_COUNT:
        return json_integer((json_int_t)sample_condition_number(condition, conditions));
    case SAMPLE_CONDITION_TEXT:
    case SAMPLE_CONDITION_TIME: break;
    }
    sample_condition_text(condition, conditions, text);
    return json_text(text);
}

void conditions_json_set(json_t *object, const struct sample_conditions *conditions)
{
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        if (sample_condition_known(&sample_condition_list[i], conditions))
            json_set(object, sample_condition_list[i].name,
                     condition_json(&sample_condition_list[i], conditions));
}

/* The value that all samples have under a key, NULL where one has another or none. */
static json_t *common(const json_t *samples, const char *key)
{
    json_t *first = json_object_get(json_array_get(samples, 0), key);
    for (size_t i = 1; i < json_array_size(samples); i++)
        if (!json_equal(json_object_get(json_array_get(samples, i), key), first))
            return NULL;
    return first;
}

json_t *conditions_json_common(const struct context *context, const json_t *samples)
{
    json_t *conditions =
        json_conditions(context, json_string_value(common(samples, "specular")));
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        json_set(conditions, sample_condition_list[i].name,
                 json_incref(common(samples, sample_condition_list[i].name)));
    return conditions;
}
