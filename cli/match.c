/* SPDX-License-Identifier: GPL-3.0-or-later */
/* match: from skin and target to drops of pigment and water. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/match_batch.h"
#include "cli/match_settings.h"

static const struct argument_spec arguments[] = {
    {"FILE", "with --batch: targets, an object a line; by default stdin"},
    {0},
};

/* The forms of a single result. */
static enum exit_code check_forms(struct context *context,
                                  const struct match_settings *settings)
{
    const char *path = option(context, "save");
    enum exit_code code = EXIT_DONE;
    if (path && strcmp(path, "-") == 0) {
        code = failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--save keeps the document in a file");
        failure_hint(&context->failure, "--save recipe.json, or --json for stdout");
    } else if (settings->request.draws == 0 && context->mode != MODE_JSON) {
        code = failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--uncertainty 0 leaves nothing to fill the tables with");
        failure_hint(&context->failure, "--json, or more of --uncertainty");
    }
    return code;
}

/* The document beside the result. */
static enum exit_code save(struct context *context, const struct match_result *result,
                           const char *path)
{
    struct output shown = context->output;
    enum output_overwrite overwrite =
        option(context, "force") ? OUTPUT_REPLACE : OUTPUT_KEEP_EXISTING;
    context->output = (struct output){0};
    enum exit_code code =
        output_open(path, overwrite, &context->output, &context->failure);
    if (code == EXIT_DONE)
        code = match_print_json(context, result);
    if (code == EXIT_DONE)
        code = output_commit(&context->output, &context->failure);
    output_discard(&context->output);
    context->output = shown;
    return code;
}

static enum exit_code print(struct context *context, const struct match_result *result,
                            double max_de)
{
    bool too_far = match_warn(context, result, max_de);
    enum exit_code code = EXIT_DONE;
    if (option(context, "save"))
        code = save(context, result, option(context, "save"));
    if (code == EXIT_DONE)
        code = context->mode == MODE_JSON ? match_print_json(context, result)
                                          : match_print_text(context, result);
    return code == EXIT_DONE && too_far ? EXIT_VERDICT_FAIL : code;
}

static enum exit_code run_single(struct context *context)
{
    struct match_settings settings;
    struct mixing *mixing = NULL;
    enum exit_code code = match_settings_read(context, &settings);
    if (code == EXIT_DONE)
        code = check_forms(context, &settings);
    if (code == EXIT_DONE)
        code = mixing_open(context, &settings.request, &mixing);
    if (code != EXIT_DONE)
        return code;
    struct match_result *result = calloc(1, sizeof *result);
    if (!result)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (code == EXIT_DONE) {
        result->mixing = mixing;
        result->search = settings.search;
        result->proof.effort = settings.effort;
        code = match_search_all(context, settings.top, result);
    }
    if (code == EXIT_DONE)
        code = print(context, result, settings.max_de);
    free(result);
    mixing_close(mixing);
    return code;
}

static enum exit_code run(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    const char *path = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    if (option(context, "batch"))
        return match_batch_run(context, path);
    if (path)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "\"%s\" is an argument, which only --batch takes", path);
    if (option(context, "resume") ||
        (option(context, "threads") && !option(context, "exact")))
        return failure_set(
            &context->failure, FAILURE_USAGE_OPTION,
            "--resume goes with --batch, --threads with --batch or --exact");
    return run_single(context);
}

const struct command match_command = {
    .name = "match",
    .summary = "Recipes in whole drops that match shaved hair on a client's skin.",
    .usage = "[--batch [FILE]]",
    .arguments = arguments,
    .arguments_max = 1,
    .options = {{match_options, match_batch_options, color_specular_options,
                 color_scale_options}},
    .examples = {"match --skin scalp.cgats --target donor.cgats",
                 "match --skin scalp.cgats --hair dark-brown --grey 0.3 --density 130"},
    .illuminants = "D65,LED-B3,A",
    .run = run,
};
