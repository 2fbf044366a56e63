/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scan: from an instrument on the skin to a spectrum and its color. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/scan_result.h"

static const struct argument_spec arguments[] = {
    {"KIND", "what is scanned: scalp, donor (the shaved hair area that is the target), "
             "scar, healed, pigment, swatch, tile or other"},
    {0},
};

static const struct option_spec scan_options[] = {
    {"site", 0, "SITE",
     "crown, vertex, temple-l, temple-r, nape, hairline, donor or other"},
    {"state", 0, "STATE", "bare (default), fresh, healing, healed, liquid or dry"},
    {"sites", 0, "N",
     "placements, lifted in between, 1 to 64; default 5 on skin, else 3"},
    {"reads", 0, "N", "triggers averaged at each placement, 1 to 20; default 1"},
    {"mode", 0, "MODE", "specular component: both (default), sce or sci"},
    {"each", 0, NULL,
     "keep every placement as a sample of its own, in --mode sci or else sce; with "
     "--output FILE.cgats or .csv"},
    {"label", 0, "TEXT", "a name for the scan; default kind and site"},
    {"wait", 0, NULL, "wait until an instrument is connected"},
    {"watch", 0, NULL,
     "show every reading as it comes, until q or Ctrl-C, or --sites of them"},
    {"ndjson", 0, NULL, "with --watch: one JSON document a line"},
    {"expect", 0, "COLOR", "say how far the scan is from this color"},
    {0},
};

/* Which kinds there are, and what each is taken for. */
static const struct scan_kind kinds[] = {
    {"scalp", 5, PLACEMENTS_LIMIT_SMOOTH, true},
    {"donor", 5, PLACEMENTS_LIMIT_HAIRY, true},
    {"scar", 5, PLACEMENTS_LIMIT_SMOOTH, true},
    {"healed", 5, PLACEMENTS_LIMIT_HAIRY, true},
    {"pigment", 3, PLACEMENTS_LIMIT_SMOOTH, false},
    {"swatch", 3, PLACEMENTS_LIMIT_SMOOTH, false},
    {"tile", 3, PLACEMENTS_LIMIT_SMOOTH, false},
    {"other", 3, PLACEMENTS_LIMIT_SMOOTH, false},
};

static const char *const site_words[] = {"",         "crown", "vertex",   "temple-l",
                                         "temple-r", "nape",  "hairline", "donor",
                                         "other",    NULL};
static const char *const state_words[] = {"bare",   "fresh", "healing", "healed",
                                          "liquid", "dry",   NULL};
static const char *const mode_words[] = {"both", "sce", "sci", NULL};
static const enum instrument_specular modes[] = {INSTRUMENT_SCI_AND_SCE, INSTRUMENT_SCE,
                                                 INSTRUMENT_SCI};

static enum exit_code find_kind(struct context *context, const struct scan_kind **out)
{
    const char *name = context->invocation.arguments[0];
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, name) == 0) {
            *out = &kinds[i];
            return EXIT_DONE;
        }
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                                      "no kind of scan \"%s\"", name);
    failure_hint(&context->failure,
                 "scalp, donor, scar, healed, pigment, swatch, tile or other");
    return code;
}

static enum exit_code read_request(struct context *context, struct scan *scan)
{
    size_t site = 0, state = 0, mode = 0;
    long placements = 0, reads = 0;
    enum exit_code code = find_kind(context, &scan->kind);
    if (code == EXIT_DONE)
        code = option_choice(context, "site", site_words, 0, &site);
    if (code == EXIT_DONE)
        code = option_choice(context, "state", state_words, 0, &state);
    if (code == EXIT_DONE)
        code = option_choice(context, "mode", mode_words, 0, &mode);
    if (code == EXIT_DONE)
        code = option_whole(context, "sites", 1, PLACEMENTS_MAX,
                            (long)scan->kind->placements, &placements);
    if (code == EXIT_DONE)
        code = option_whole(context, "reads", 1, 20, 1, &reads);
    if (code == EXIT_DONE)
        code = connection_trigger(context, &scan->request.trigger);
    if (code != EXIT_DONE)
        return code;
    scan->request.kind = scan->kind->name;
    scan->request.site = site_words[site];
    scan->request.placements = (size_t)placements;
    scan->request.reads = (size_t)reads;
    scan->request.specular = modes[mode];
    scan->request.limit = scan->kind->limit;
    scan->request.ignored = scan->kind->skin ? 0 : INSTRUMENT_WARN_NOT_SKIN_LIKE;
    scan->state = state_words[state];
    const char *label = option(context, "label");
    bool site_tells = !label && strcmp(site_words[site], scan->kind->name) != 0;
    snprintf(scan->label, sizeof scan->label, "%s%s%s", label ? label : scan->kind->name,
             site_tells && site ? " " : "", site_tells ? site_words[site] : "");
    return EXIT_DONE;
}

static void hint_operator(const struct context *context, const struct scan *scan)
{
    if (scan->kind->skin && scan->connection.description.origin == INSTRUMENT_IS_REAL)
        note(context,
             "clean, dry skin, not wiped or shaved in the last 10 minutes; rest the "
             "instrument's weight, do not press or flex");
}

/* Opens the instrument, sets the mode, makes sure of the calibration; take does the rest.
 */
static enum exit_code with_instrument(struct context *context, struct scan *scan,
                                      enum exit_code (*take)(struct context *context,
                                                             struct scan *scan))
{
    enum exit_code code = EXIT_DONE;
    if (option(context, "wait"))
        code = connection_wait(context);
    if (code == EXIT_DONE)
        code = connection_open(context, &scan->connection);
    if (code != EXIT_DONE)
        return code;
    code = connection_ready(&scan->connection, scan->request.specular);
    if (code == EXIT_DONE) {
        context->simulated = scan->connection.description.origin == INSTRUMENT_IS_VIRTUAL;
        hint_operator(context, scan);
        code = take(context, scan);
    }
    connection_close(&scan->connection);
    return code;
}

static enum exit_code take_site(struct context *context, struct scan *scan)
{
    (void)context;
    return acquire(&scan->connection, &scan->request, &scan->acquired);
}

/* A whole scan, from the readings to the result. */
static enum exit_code scan_site(struct context *context, struct scan *scan)
{
    enum exit_code code = with_instrument(context, scan, take_site);
    if (code == EXIT_DONE)
        code = viewing_weights(&acquired_shown(&scan->acquired)->median.grid,
                               &context->viewing.illuminant[0], context->viewing.observer,
                               &scan->weights, &context->failure);
    if (code == EXIT_DONE)
        code = scan_judge(context, scan);
    return code == EXIT_DONE ? scan_print(context, scan) : code;
}

/* Samples one by one are for a file of spectra. */
static enum exit_code check_each(struct context *context)
{
    enum sample_format format = SAMPLE_JSON;
    const char *path = option(context, "output");
    if (!option(context, "each"))
        return EXIT_DONE;
    if (path)
        sample_format_from_path(path, &format);
    if ((format == SAMPLE_CGATS || format == SAMPLE_CSV) && context->mode != MODE_JSON &&
        !option(context, "watch"))
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                       "--each goes with --output FILE.cgats or FILE.csv");
}

static enum exit_code check_watch(struct context *context)
{
    bool watch = option(context, "watch");
    if (!watch && option(context, "ndjson"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--ndjson goes with --watch");
    if (watch && (option(context, "output") || option(context, "json")))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--watch writes to stdout as readings come, as text or with "
                           "--ndjson");
    return EXIT_DONE;
}

/* For every placement, of one mode. */
static enum exit_code make_room(struct context *context, struct scan *scan)
{
    if (scan->request.specular == INSTRUMENT_SCI_AND_SCE)
        scan->request.specular = INSTRUMENT_SCE;
    scan->request.each = calloc(scan->request.placements, sizeof *scan->request.each);
    return scan->request.each
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

static enum exit_code run(struct context *context)
{
    struct scan *scan = calloc(1, sizeof *scan);
    if (!scan)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_request(context, scan);
    if (code == EXIT_DONE)
        code = check_each(context);
    if (code == EXIT_DONE && option(context, "each"))
        code = make_room(context, scan);
    if (code == EXIT_DONE)
        code = check_watch(context);
    if (code == EXIT_DONE)
        code = option(context, "watch") ? with_instrument(context, scan, scan_watch)
                                        : scan_site(context, scan);
    free(scan->request.each);
    free(scan);
    return code;
}

const struct command scan_command = {
    .name = "scan",
    .summary = "Measures skin or a sample with the instrument.",
    .usage = "KIND",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = 1,
    .options = {{scan_options, connection_trigger_options, color_scale_options}},
    .examples = {"scan scalp --site crown -o scalp.cgats",
                 "scan donor -i sim:cm700d --json"},
    .run = run,
};
