/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch check: a lot held against its standard. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/batch_view.h"
#include "cli/color_argument.h"
#include "cli/connection.h"
#include "cli/drawdowns_scan.h"
#include "cli/json.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"LOT", "the lot, as on the bottle: 1 to 40 printable characters"},
    {"COLOR", "readings of it, drawn down as the standard; all samples of a file count"},
    {0},
};

static const struct option_spec check_options[] = {
    {"standard", 0, "FILE", "what it is held against, as standard add wrote it"},
    {"tolerance", 0, "NAME", "what it may differ by; default pmu-default"},
    {"sample", 0, "COLOR", "readings, as the argument"},
    {"strength-by", 0, "WHAT",
     "what makes tints equally strong: ks-sum (default), ks-slope, ks-max, y, min-xyz or "
     "depth"},
    {"stirred", 0, "COLOR",
     "readings of the same lot stirred again: does it flocculate?"},
    {"allow-conditions", 0, NULL,
     "compare although the lot was measured otherwise than the standard; the result says "
     "so for ever"},
    {"override", 0, "VERDICT", "pass or fail, whatever was measured; with --reason"},
    {"reason", 0, "TEXT", "of the override; stays visible"},
    {"operator", 0, "CODE", "who overrides: initials or a number; with --override"},
    {0},
};

/* -- what was asked for -------------------------------------------------------------- */

static enum exit_code take_text(struct context *context, const char *what,
                                const char *text, char *out, size_t size)
{
    if (!text || !text[0] || strlen(text) >= size || !text_is_printable(text))
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "%s (it is printable text of 1 to %zu bytes)", what, size - 1);
    strcpy(out, text);
    return EXIT_DONE;
}

static enum exit_code take_override(struct context *context, struct batch_record *out)
{
    static const char *const words[] = {"pass", "fail", NULL};
    size_t chosen = 0;
    if (!option(context, "override"))
        return option(context, "reason") || option(context, "operator")
                   ? failure_set(&context->failure, FAILURE_USAGE_OPTION,
                                 "--reason and --operator are for --override")
                   : EXIT_DONE;
    enum exit_code code = option_choice(context, "override", words, 0, &chosen);
    if (code == EXIT_DONE)
        code = take_text(context, "--override needs --reason", option(context, "reason"),
                         out->reason, sizeof out->reason);
    if (code == EXIT_DONE)
        code =
            take_text(context, "--override needs --operator", option(context, "operator"),
                      out->operator_code, sizeof out->operator_code);
    out->override = chosen == 0 ? BATCH_OVERRIDE_PASS : BATCH_OVERRIDE_FAIL;
    return code;
}

static enum exit_code take_request(struct context *context, struct batch_record *out)
{
    const char *standard = option(context, "standard");
    const char *tolerance = option(context, "tolerance");
    const char *by = option(context, "strength-by");
    enum exit_code code = take_text(context, "LOT", context->invocation.arguments[0],
                                    out->lot, sizeof out->lot);
    if (code == EXIT_DONE && !standard)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--standard FILE is missing");
    if (code == EXIT_DONE)
        code = take_text(context, "--strength-by", by ? by : "ks-sum", out->strength_by,
                         sizeof out->strength_by);
    if (code == EXIT_DONE)
        code = take_override(context, out);
    if (code == EXIT_DONE)
        code = tolerance_argument_read(context, tolerance ? tolerance : "pmu-default",
                                       &out->tolerance);
    return code == EXIT_DONE ? standard_read(context, standard, &out->standard) : code;
}

static enum exit_code take_light(struct context *context, struct batch_record *out)
{
    const struct viewing *viewing = &context->viewing;
    if (viewing->count > BATCH_LIGHTS_MAX)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--illuminant (a reference and at most one other light)");
    out->light_count = viewing->count;
    out->observer = viewing->observer;
    for (size_t i = 0; i < viewing->count; i++) {
        struct illuminant named;
        out->light[i] = viewing->illuminant[i];
        if (illuminant_find(out->light[i].name, &named) != STATUS_OK)
            return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                               "--illuminant (a record keeps the name of a light, so it "
                               "is one of help colors)");
    }
    return EXIT_DONE;
}

static enum exit_code take_readings(struct context *context, struct batch_record *out)
{
    const struct invocation *invocation = &context->invocation;
    enum exit_code code = EXIT_DONE;
    if (option(context, "sample"))
        code =
            drawdowns_add(context, option(context, "sample"), BATCH_COLOR, &out->batch);
    for (size_t i = 1; i < invocation->argument_count && code == EXIT_DONE; i++)
        code = drawdowns_add(context, invocation->arguments[i], BATCH_COLOR, &out->batch);
    if (code == EXIT_DONE)
        code = drawdowns_scan(context, &out->batch);
    if (code == EXIT_DONE && out->batch.count[BATCH_COLOR] == 0)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "readings of the lot are missing: COLOR, --sample COLOR or "
                           "--scan");
    if (code == EXIT_DONE)
        code = drawdowns_add_options(context, &out->batch);
    if (code != EXIT_DONE || !option(context, "stirred"))
        return code;
    enum batch_group group = out->batch.count[BATCH_TINT] > 0 ? BATCH_TINT : BATCH_COLOR;
    code = drawdowns_add(context, option(context, "stirred"), group, &out->stirred);
    if (code == EXIT_DONE && group == BATCH_TINT) { /* the color stays as it was read */
        out->stirred.count[BATCH_COLOR] = out->batch.count[BATCH_COLOR];
        memcpy(out->stirred.reading[BATCH_COLOR], out->batch.reading[BATCH_COLOR],
               sizeof out->batch.reading[BATCH_COLOR]);
    }
    return code;
}

/* What the standard was told from, the lot must be as well. */
static enum exit_code compare_groups(struct context *context,
                                     const struct batch_record *record)
{
    static const char *const options[] = {"", "--dark", "--tint"};
    for (size_t g = 0; g < BATCH_GROUPS; g++)
        if (record->standard.readings.count[g] > 0 && record->batch.count[g] == 0)
            return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                               "the standard was read with %s, so the lot needs it too",
                               options[g]);
    if (record->stirred.count[BATCH_COLOR] > 0 &&
        record->standard.setup.method == BATCH_PAIR &&
        record->stirred.count[BATCH_TINT] == 0)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--stirred compares tints or films over one backing");
    return EXIT_DONE;
}

/* -- conditions ---------------------------------------------------------------------- */

static enum exit_code refuse_conditions(struct context *context, const char *text)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_CONDITIONS_DIFFER, "%s", text);
    failure_hint(&context->failure, "measure the lot as the standard was, or "
                                    "--allow-conditions");
    return code;
}

static enum exit_code compare_conditions(struct context *context,
                                         struct batch_record *record)
{
    const struct batch_conditions *standard = &record->standard.readings.measured;
    const struct batch_conditions *batch = &record->batch.measured;
    unsigned found = batch_conditions_compare(standard, batch);
    for (unsigned bit = 1; bit <= found; bit <<= 1) {
        char text[BATCH_CONDITIONS_TEXT_MAX];
        if (!(found & bit))
            continue;
        batch_conditions_text((enum batch_condition)bit, standard, batch, text);
        if ((bit & BATCH_CONDITIONS_VOID) && !option(context, "allow-conditions"))
            return refuse_conditions(context, text);
        warn(context, "conditions.differ", NULL, "%s", text);
    }
    record->differing = found & BATCH_CONDITIONS_VOID;
    return EXIT_DONE;
}

/* -- the command --------------------------------------------------------------------- */

static enum exit_code check(struct context *context, struct batch_record *record)
{
    date_time_text(context->now, record->created);
    enum exit_code code = take_request(context, record);
    if (code == EXIT_DONE)
        code = take_light(context, record);
    if (code == EXIT_DONE)
        code = take_readings(context, record);
    if (code == EXIT_DONE)
        code = compare_groups(context, record);
    if (code == EXIT_DONE)
        code = compare_conditions(context, record);
    return code == EXIT_DONE ? batch_record_evaluate(context, record) : code;
}

/* A file is for the other batch commands, whatever it is called. */
static enum exit_code print(struct context *context, const struct batch_record *record)
{
    const char *path = option(context, "output");
    if (context->mode == MODE_JSON ||
        (context->mode == MODE_TEXT && path && strcmp(path, "-") != 0))
        return json_print(context, "batch_check", batch_record_conditions(record),
                          batch_record_json(record));
    return batch_record_print(context, record);
}

static enum exit_code run(struct context *context)
{
    struct batch_record *record = calloc(1, sizeof *record);
    if (!record)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = check(context, record);
    if (code == EXIT_DONE)
        code = print(context, record);
    if (code == EXIT_DONE)
        code = batch_verdict_exit(batch_record_verdict(record));
    free(record);
    return code;
}

const struct command batch_check_command = {
    .name = "batch check",
    .summary = "Hold a lot against its standard: PASS, FAIL or what it takes to know.",
    .usage = "LOT [COLOR...]",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{check_options, drawdowns_options, drawdowns_scan_options,
                 connection_trigger_options, tolerance_file_options, color_scale_options,
                 color_specular_options}},
    .examples = {"batch check 26-1114 lot.csv --standard ash-03.json",
                 "batch check 26-1114 lot.csv --standard ash.json -o 26-1114.json"},
    .illuminants = "D65,A",
    .run = run,
};
