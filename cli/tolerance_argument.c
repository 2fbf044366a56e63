/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tolerance_argument.h"

#include <string.h>

#include "cli/json.h"
#include "cli/profile_path.h"

const struct option_spec tolerance_file_options[] = {
    {"tolerances", 0, "FILE",
     "INI file of tolerances; by default tolerances.ini of the profiles"},
    {0},
};

static const double limit_max = 1000;

enum exit_code tolerance_argument_read(struct context *context, const char *name,
                                       struct tolerance *out)
{
    char found[PROFILE_PATH_MAX];
    const char *path = option(context, "tolerances");
    if (!path) {
        enum exit_code code = profile_path(context, "tolerances.ini", found);
        if (code != EXIT_DONE)
            return code;
        path = found;
    }
    struct fault fault = {0};
    enum status status = tolerance_read(path, name, out, &fault);
    if (status == STATUS_OK)
        return EXIT_DONE;
    if (status != STATUS_NOT_FOUND)
        return failure_from_file(&context->failure, path, status, &fault);
    return failure_set(&context->failure, FAILURE_TOLERANCE_UNKNOWN,
                       "no tolerance \"%s\" (%s: %s)", name, path, fault.text);
}

static bool is_percent(enum tolerance_criterion criterion)
{
    return criterion == TOLERANCE_STRENGTH || criterion == TOLERANCE_CONTRAST;
}

void tolerance_limit_text(const struct tolerance *tolerance,
                          enum tolerance_criterion criterion, char *text)
{
    const struct tolerance_limit *limit = &tolerance->limit[criterion];
    const char *unit = is_percent(criterion) ? " %" : "";
    text[0] = '\0';
    switch (limit->kind) {
    case TOLERANCE_NO_LIMIT: break;
    case TOLERANCE_BELOW:
        snprintf(text, LIMIT_TEXT_MAX, "< %.2f%s", limit->most, unit);
        break;
    case TOLERANCE_BETWEEN:
        snprintf(text, LIMIT_TEXT_MAX, "%.10g..%.10g%s", limit->least, limit->most, unit);
        break;
    }
}

void tolerance_rule_text(const struct tolerance *tolerance, char *text)
{
    if (tolerance->guard > 0)
        snprintf(text, LIMIT_TEXT_MAX, "guard band of %.10g U (95 %%)", tolerance->guard);
    else
        snprintf(text, LIMIT_TEXT_MAX, "simple acceptance");
}

/* -- documents ----------------------------------------------------------------------- */

json_t *tolerance_json(const struct tolerance *tolerance)
{
    json_t *limits = json_object();
    for (size_t c = 0; c < TOLERANCE_CRITERIA; c++) {
        const struct tolerance_limit *limit = &tolerance->limit[c];
        if (limit->kind == TOLERANCE_NO_LIMIT)
            continue;
        json_t *object = json_object();
        if (limit->kind == TOLERANCE_BETWEEN)
            json_set(object, "least", json_number(limit->least));
        json_set(object, "most", json_number(limit->most));
        json_set(object, "critical", json_boolean(limit->critical));
        json_set(limits, tolerance_key((enum tolerance_criterion)c), object);
    }
    json_t *object = json_object();
    json_set(object, "name", json_text(tolerance->name));
    json_set(object, "warn", json_number(tolerance->warn));
    json_set(object, "guard", json_number(tolerance->guard));
    json_set(object, "limits", limits);
    return object;
}

static enum exit_code limit_from(const struct document *document, const char *key,
                                 struct tolerance_limit *out)
{
    struct document_key least = document_key(key, "least");
    struct document_key most = document_key(key, "most");
    if (!document_at(document, key))
        return EXIT_DONE;
    bool between = document_at(document, least.text) != NULL;
    enum exit_code code = EXIT_DONE;
    out->kind = between ? TOLERANCE_BETWEEN : TOLERANCE_BELOW;
    if (between)
        code = document_number(document, least.text, -limit_max, limit_max, &out->least);
    if (code == EXIT_DONE)
        code = document_number(document, most.text, out->least, limit_max, &out->most);
    if (code == EXIT_DONE && !(out->most > out->least))
        return document_refuse(document, most.text, "more than the least is due");
    return code == EXIT_DONE ? document_flag(document, document_key(key, "critical").text,
                                             &out->critical)
                             : code;
}

enum exit_code tolerance_from(const struct document *document, const char *key,
                              struct tolerance *out)
{
    struct document_key limits = document_key(key, "limits");
    *out = (struct tolerance){.warn = 1};
    enum exit_code code = document_text(document, document_key(key, "name").text,
                                        out->name, sizeof out->name);
    if (code == EXIT_DONE)
        code =
            document_number(document, document_key(key, "warn").text, 0.5, 1, &out->warn);
    if (code == EXIT_DONE)
        code =
            document_number(document, document_key(key, "guard").text, 0, 3, &out->guard);
    for (size_t c = 0; c < TOLERANCE_CRITERIA && code == EXIT_DONE; c++) {
        const char *name = tolerance_key((enum tolerance_criterion)c);
        code = limit_from(document, document_key(limits.text, name).text, &out->limit[c]);
    }
    return code;
}
