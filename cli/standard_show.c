/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standard show: what is known of a standard. */
#include "cli/commands.h"

#include <stdlib.h>

#include "cli/standard_view.h"

static const struct argument_spec arguments[] = {
    {"FILE", "a standard, as standard add wrote it"},
    {0},
};

static enum exit_code run(struct context *context)
{
    struct standard *standard = calloc(1, sizeof *standard);
    if (!standard)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code =
        standard_read(context, context->invocation.arguments[0], standard);
    if (code == EXIT_DONE)
        code = context->mode == MODE_TEXT ? standard_print(context, standard)
                                          : standard_print_document(context, standard);
    free(standard);
    return code;
}

const struct command standard_show_command = {
    .name = "standard show",
    .summary = "What is known of a standard: color, spread, how it was measured.",
    .usage = "FILE",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = {"standard show ash-03.json",
                 "standard show ash-03.json --illuminant D50 --json"},
    .run = run,
};
