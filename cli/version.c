/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"

#include <gsl/gsl_version.h>
#include <lcms2.h>
#include <libsmartcols.h>

void version_print(FILE *stream)
{
    const char *smartcols = NULL;
    scols_get_library_version(&smartcols);
    int lcms = cmsGetEncodedCMMversion();
    fprintf(stream,
            "%s %s\n"
            "LittleCMS %d.%d, GSL %s, jansson %s, libsmartcols %s\n"
            "License GPL-3.0-or-later. No warranty. A color aid, not a medical device.\n",
            SCALPTONE_NAME, SCALPTONE_VERSION, lcms / 1000, lcms % 1000 / 10, gsl_version,
            jansson_version_str(), smartcols);
}

static enum exit_code run(struct context *context)
{
    version_print(context->output.stream);
    return EXIT_DONE;
}

const struct command version_command = {
    .name = "version",
    .summary = "Version of the program and of the libraries it uses.",
    .usage = "",
    .examples = {"version", "--version"},
    .run = run,
};
