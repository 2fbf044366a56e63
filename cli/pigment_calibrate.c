/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment calibrate: from drawdowns of a bottle to its profile. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/connection.h"
#include "cli/ladder_scan.h"
#include "cli/pigment_profile.h"
#include "cli/pigment_report.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"ID", "what recipes call the pigment, such as ash-03"},
    {0},
};

static const struct option_spec calibrate_options[] = {
    {"ladder", 0, "FILE",
     "readings with SMP_CONC, SMP_BACKING and SMP_THICK_UM (see: help ladders)"},
    {"max-loo", 0, "N",
     "CIEDE2000 up to which a level is predicted by the others; nothing is saved above; "
     "default 1"},
    {"constants", 0, "N",
     "what is fitted: auto (default, as the readings bear), one (absorption) or two (and "
     "scattering)"},
    {"index", 0, "N",
     "refractive index under which the liquid was read: 1.5 (default, glass or clear "
     "coat), 1.33 an open wet film"},
    {"specular", 0, "MODE", "sci or sce; as the file says by default"},
    {"scale", 0, "SCALE",
     "reflectance in the file: auto (default), percent or fraction (0 to 1)"},
    {0},
};

static enum exit_code refuse_saving(struct context *context, const char *why,
                                    const char *hint)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_LADDER_UNUSABLE, "the ladder: %s", why);
    failure_hint(&context->failure, "%s", hint);
    return code;
}

/* The report goes to stdout where the profile takes the place of the result. */
static enum exit_code find_path(struct context *context, const char **path)
{
    const char *output = option(context, "output");
    *path = NULL;
    if (!output || strcmp(output, "-") == 0 || !text_ends_in(output, ".cgats"))
        return EXIT_DONE;
    if (!option(context, "class")) {
        enum exit_code code =
            failure_set(&context->failure, FAILURE_USAGE_OPTION,
                        "how the pigment fades is to be told with its profile");
        failure_hint(&context->failure, "--class carbon, iron_oxide, tio2, "
                                        "organic_stable or organic_azo");
        return code;
    }
    *path = output;
    return output_redirect(&context->output, NULL, OUTPUT_KEEP_EXISTING,
                           &context->failure);
}

static void fill_in(const struct pigment_ladder *ladder, const struct context *context,
                    struct pigment *pigment)
{
    pigment->K = ladder->fit.colorant.K;
    pigment->S = ladder->fit.colorant.S;
    pigment->simulated = context->simulated;
    pigment->dilution_max = pigment_ladder_dilution(ladder);
    pigment->level_out_de00 = ladder->check.level_out_largest;
}

static enum exit_code save(struct context *context, const struct pigment_report *report)
{
    if (report->ladder->fit.scale == LADDER_OF_WHITE)
        return refuse_saving(context,
                             "tints in a white tell K and S against the white's "
                             "scattering only, and recipes need them per mm",
                             "films of known thickness over white and black");
    return pigment_profile_write(context, report->path,
                                 option(context, "force") ? OUTPUT_REPLACE
                                                          : OUTPUT_KEEP_EXISTING,
                                 report->pigment, &report->ladder->set);
}

static enum exit_code calibrate(struct context *context, struct pigment_ladder *ladder)
{
    struct pigment pigment;
    struct pigment_report report = {.pigment = &pigment, .ladder = ladder};
    enum exit_code code =
        pigment_profile_describe(context, context->invocation.arguments[0], &pigment);
    if (code == EXIT_DONE)
        code = find_path(context, &report.path);
    if (code == EXIT_DONE)
        code =
            option(context, "scan")
                ? ladder_scan(context, pigment.id, &ladder->set)
                : pigment_ladder_read(context, option(context, "ladder"), &ladder->set);
    if (code == EXIT_DONE)
        code = pigment_ladder_fit(context, ladder);
    if (code != EXIT_DONE)
        return code;
    fill_in(ladder, context, &pigment);
    if (report.path && pigment_ladder_holds(ladder))
        code = save(context, &report);
    if (code == EXIT_DONE)
        code = pigment_report_print(context, &report);
    if (code == EXIT_DONE && !pigment_ladder_holds(ladder))
        code = EXIT_VERDICT_FAIL;
    return code;
}

static enum exit_code run(struct context *context)
{
    if (!option(context, "ladder") == !option(context, "scan"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--ladder FILE or --scan is needed, and not both");
    struct pigment_ladder *ladder = calloc(1, sizeof *ladder);
    if (!ladder)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = calibrate(context, ladder);
    sample_set_free(&ladder->set);
    free(ladder);
    return code;
}

const struct command pigment_calibrate_command = {
    .name = "pigment calibrate",
    .summary = "What a pigment absorbs and scatters, from a ladder of drawdowns.",
    .usage = "ID",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{calibrate_options, pigment_profile_options, ladder_scan_options,
                 connection_trigger_options}},
    .examples = {"pigment calibrate ash --ladder ash.csv --class carbon -o ash.cgats",
                 "pigment calibrate ash --scan --guess carbon -i sim:cm700d"},
    .run = run,
};
