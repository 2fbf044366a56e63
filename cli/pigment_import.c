/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment import: a profile out of what other programs write. */
#include "cli/commands.h"

#include "cli/pigment_json.h"
#include "colorlib/pigment_csv.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"FILE", "a table (.csv) or document (.json) as pigment export writes them"},
    {0},
};

static enum exit_code read_foreign(struct context *context, const char *path,
                                   struct pigment *out)
{
    if (text_ends_in(path, ".json"))
        return pigment_json_read(context, path, out);
    struct fault fault = {0};
    enum status status = pigment_csv_read(path, out, &fault);
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_from_file(&context->failure, path, status, &fault);
}

static enum exit_code run(struct context *context)
{
    struct pigment pigment;
    enum exit_code code =
        read_foreign(context, context->invocation.arguments[0], &pigment);
    if (code != EXIT_DONE)
        return code;
    if (pigment_write(context->output.stream, &pigment, NULL) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                           "the profile could not be written");
    return EXIT_DONE;
}

const struct command pigment_import_command = {
    .name = "pigment import",
    .summary = "Makes a profile of a table or document of K and S.",
    .usage = "FILE",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .examples = {"pigment import ash-03.csv -o ash-03.cgats",
                 "pigment import ash-03.json -o mine/pigments/ash-03.cgats"},
    .run = run,
};
