/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standard add: the readings of a retained standard as a file that batches are held
 * against. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/connection.h"
#include "cli/drawdowns_scan.h"
#include "cli/json.h"
#include "cli/standard_file.h"
#include "cli/standard_view.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"NAME", "what the standard is called, such as ash-03"},
    {"COLOR", "readings of its drawdowns, each a spectrum; all samples of a file count"},
    {0},
};

static const struct option_spec standard_options[] = {
    {"lot", 0, "LOT", "the lot that was retained, as on the bottle"},
    {"backing", 0, "COLOR",
     "the bare light half of the card: the drawdowns are films over it. Without it they "
     "hide what they lie on"},
    {"backing-dark", 0, "COLOR", "the bare dark half; needs --dark"},
    {"thickness", 0, "UM", "wet thickness of films, um; default 50"},
    {"white", 0, "COLOR", "the white of tints; a perfect one by default"},
    {"concentration", 0, "C",
     "of the pigment in what tells its strength, 0.00001 to 1; by default 0.05 in films "
     "and 0.01 in tints"},
    {0},
};

/* Of a resin or water against air, as the colour note's 5.2 takes it. */
static const struct surface surface_default = {.external = 0.04, .internal = 0.6};

static enum exit_code refuse_text(struct context *context, const char *what, size_t most)
{
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "%s (it is printable text of 1 to %zu bytes)", what, most);
}

static enum exit_code take_names(struct context *context, struct standard *out)
{
    const char *name = context->invocation.arguments[0], *lot = option(context, "lot");
    if (!name[0] || strlen(name) >= sizeof out->name || !text_is_printable(name))
        return refuse_text(context, "NAME", sizeof out->name - 1);
    if (lot && (!lot[0] || strlen(lot) >= sizeof out->lot || !text_is_printable(lot)))
        return refuse_text(context, "--lot", sizeof out->lot - 1);
    strcpy(out->name, name);
    strcpy(out->lot, lot ? lot : "");
    return EXIT_DONE;
}

static enum exit_code take_backings(struct context *context, struct batch_setup *out)
{
    const char *light = option(context, "backing");
    const char *dark = option(context, "backing-dark");
    if ((!light && (dark || option(context, "thickness"))) ||
        (!dark) != (!light || !option(context, "dark")))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "films over a card have --backing, and --dark together with "
                           "--backing-dark");
    out->method = dark ? BATCH_PAIR : light ? BATCH_FILM : BATCH_HIDES;
    enum exit_code code = EXIT_DONE;
    if (light)
        code = drawdowns_mean(context, light, &out->card.light);
    if (code == EXIT_DONE && dark)
        code = drawdowns_mean(context, dark, &out->card.dark);
    return code;
}

static enum exit_code take_setup(struct context *context, struct batch_setup *out)
{
    double thickness_um = 0;
    const char *white = option(context, "white");
    out->view.surface = surface_default;
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->white.value[i] = 1;
    enum exit_code code = take_backings(context, out);
    if (code == EXIT_DONE)
        code = option_number(context, "thickness", 1, 5000, 50, &thickness_um);
    out->thickness_mm = thickness_um / 1000;
    bool film = out->method != BATCH_HIDES && !option(context, "tint");
    if (code == EXIT_DONE)
        code = option_number(context, "concentration", 1e-5, 1, film ? 0.05 : 0.01,
                             &out->concentration);
    if (code == EXIT_DONE && white)
        code = drawdowns_mean(context, white, &out->white);
    return code;
}

static void tell_specular(struct context *context, const struct standard *standard)
{
    if (standard->readings.measured.specular == SAMPLE_SPECULAR_UNKNOWN)
        warn(context, "specular.assumed", "--specular sci or --specular sce",
             "the readings do not say whether specular is included; taken as excluded");
    if (standard->readings.count[BATCH_COLOR] < 2)
        warn(context, "standard.single", "three readings or more",
             "one reading tells nothing of how well the standard is known");
}

static enum exit_code take_all(struct context *context, struct standard *out)
{
    const struct invocation *invocation = &context->invocation;
    enum exit_code code = take_names(context, out);
    if (code == EXIT_DONE)
        code = take_setup(context, &out->setup);
    for (size_t i = 1; i < invocation->argument_count && code == EXIT_DONE; i++)
        code =
            drawdowns_add(context, invocation->arguments[i], BATCH_COLOR, &out->readings);
    if (code == EXIT_DONE)
        code = drawdowns_scan(context, &out->readings);
    if (code == EXIT_DONE && out->readings.count[BATCH_COLOR] == 0)
        code = failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "readings of the standard are missing: COLOR or --scan");
    if (code == EXIT_DONE)
        code = drawdowns_add_options(context, &out->readings);
    if (code != EXIT_DONE)
        return code;
    tell_specular(context, out);
    out->setup.view.specular = out->readings.measured.specular == SAMPLE_SPECULAR_IN
                                   ? SURFACE_SPECULAR_INCLUDED
                                   : SURFACE_SPECULAR_EXCLUDED;
    return EXIT_DONE;
}

/* A file is the document whatever it is called; on the terminal it is read. */
static enum exit_code print(struct context *context, const struct standard *standard)
{
    const char *path = option(context, "output");
    if (context->mode == MODE_TEXT && (!path || strcmp(path, "-") == 0))
        return standard_print(context, standard);
    return standard_print_document(context, standard);
}

static enum exit_code run(struct context *context)
{
    struct standard *standard = calloc(1, sizeof *standard);
    if (!standard)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = take_all(context, standard);
    if (code == EXIT_DONE)
        code = print(context, standard);
    free(standard);
    return code;
}

const struct command standard_add_command = {
    .name = "standard add",
    .summary = "Keep the readings of a standard, which batches are held against.",
    .usage = "NAME [COLOR...]",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{standard_options, drawdowns_options, drawdowns_scan_options,
                 connection_trigger_options, color_scale_options,
                 color_specular_options}},
    .examples = {"standard add ash-03 tint.csv --white white.csv -o ash-03.json",
                 "standard add soot film.csv --backing card.csv#white -o soot.json"},
    .run = run,
};
