/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment export: a profile for other programs. */
#include "cli/commands.h"

#include "cli/bottles.h"
#include "cli/pigment_json.h"
#include "colorlib/pigment_csv.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"PIGMENT", "the id or file of a profile"},
    {0},
};

static enum exit_code export_pigment(struct context *context,
                                     const struct pigment *pigment)
{
    const char *path = option(context, "output");
    if (pigment->origin == PIGMENT_LADDER)
        note(context, "the ladder stays behind: convert %s LADDER.csv",
             context->invocation.arguments[0]);
    if (context->mode == MODE_JSON || (path && text_ends_in(path, ".json")))
        return pigment_json_print(context, pigment);
    return pigment_csv_write(context->output.stream, pigment) == STATUS_OK
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                             "the table could not be written");
}

static enum exit_code run(struct context *context)
{
    struct pigment pigment;
    enum exit_code code =
        bottles_read_one(context, context->invocation.arguments[0], &pigment);
    return code == EXIT_DONE ? export_pigment(context, &pigment) : code;
}

const struct command pigment_export_command = {
    .name = "pigment export",
    .summary = "Writes a profile as a table, or with --json as a document.",
    .usage = "PIGMENT",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = {"pigment export ash-03.cgats -o ash-03.csv",
                 "pigment export carbon --json"},
    .run = run,
};
