/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"

#include <gsl/gsl_version.h>
#include <lcms2.h>
#include <libsmartcols.h>

#include "cli/json.h"

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
    if (context->mode == MODE_TEXT) {
        version_print(context->output.stream);
        return EXIT_DONE;
    }
    const char *smartcols = NULL;
    scols_get_library_version(&smartcols);
    json_t *data = json_object();
    json_set(data, "version", json_string(SCALPTONE_VERSION));
    json_set(data, "lcms2", json_integer(cmsGetEncodedCMMversion()));
    json_set(data, "gsl", json_string(gsl_version));
    json_set(data, "jansson", json_string(jansson_version_str()));
    json_set(data, "libsmartcols", json_string(smartcols));
    return json_print_members(context, "version", json_conditions(context, NULL), data);
}

const struct command version_command = {
    .name = "version",
    .summary = "Version of the program and of the libraries it uses.",
    .usage = "",
    .examples = {"version", "--version"},
    .run = run,
};
