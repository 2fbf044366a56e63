/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/globals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/date_time.h"

const struct option_spec global_options[] = {
    {"help", 'h', NULL, "help on the program or on the command"},
    {"version", 'V', NULL, "version of the program and of its libraries"},
    {"json", 0, NULL, "the result as one JSON document (see: help json)"},
    {"plain", 0, NULL, "the result as tab-separated lines, no decoration, no color"},
    {"output", 'o', "FILE", "write the result to FILE in one step; - is stdout"},
    {"force", 0, NULL, "let --output replace a file"},
    {"quiet", 'q', NULL, "no notes and warnings on stderr"},
    {"verbose", 'v', NULL, "more notes on stderr"},
    {"color", 0, "WHEN",
     "colored text: auto (default), always or never; auto heeds NO_COLOR"},
    {"profiles", 0, "DIR", "folder of pigments and presets; also SCALPTONE_PROFILES"},
    {"illuminant", 0, "LIST",
     "comma-separated names (see: help colors) or .sp files, the first is the reference"},
    {"observer", 0, "DEG", "2 or 10 degrees; default 10"},
    {"instrument", 'i', "ID",
     "auto (default), a serial number, MODEL:SERIAL, usb:VID:PID, tty:/dev/..., or "
     "sim:cm700d[:client=a,seed=1]; also SCALPTONE_INSTRUMENT"},
    {"debug", 0, "LIST", "usb shows every byte to and from the instrument"},
    {"as-of", 0, "TIME", "fixed clock, ISO 8601, for repeatable output"},
    {0},
};

static enum exit_code read_mode(struct context *context)
{
    context->mode = MODE_TEXT;
    if (option(context, "json") && option(context, "plain"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--json and --plain exclude each other");
    if (option(context, "json"))
        context->mode = MODE_JSON;
    if (option(context, "plain"))
        context->mode = MODE_PLAIN;
    return EXIT_DONE;
}

static enum exit_code read_verbosity(struct context *context)
{
    context->verbosity = VERBOSITY_NORMAL;
    if (option(context, "quiet") && option(context, "verbose"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--quiet and --verbose exclude each other");
    if (option(context, "quiet"))
        context->verbosity = VERBOSITY_QUIET;
    if (option(context, "verbose"))
        context->verbosity = VERBOSITY_VERBOSE;
    return EXIT_DONE;
}

static const char *const color_words[] = {"auto", "always", "never", NULL};

static enum exit_code read_terminal(struct context *context)
{
    size_t when = COLOR_WHEN_AUTO;
    enum exit_code code =
        option_choice(context, "color", color_words, COLOR_WHEN_AUTO, &when);
    const char *path = option(context, "output");
    enum terminal_target target =
        path && strcmp(path, "-") != 0 ? TARGET_FILE : TARGET_STDOUT;
    if (code != EXIT_DONE)
        return code;
    context->terminal = terminal_detect((enum color_when)when, target);
    context->screen = terminal_detect((enum color_when)when, TARGET_STDERR);
    return code;
}

/* A day that there is not is told apart from what is no time at all. */
static enum exit_code read_as_of(struct context *context, const char *text)
{
    int64_t seconds;
    enum status status = date_time_parse(text, &seconds);
    if (status == STATUS_OK) {
        context->now = (time_t)seconds;
        return EXIT_DONE;
    }
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_VALUE, "--as-of %s (%s)", text,
                    status == STATUS_OUT_OF_RANGE ? "there is no such time"
                                                  : "not a time in ISO 8601");
    failure_hint(&context->failure, "--as-of 2026-11-20T18:42:19Z");
    return code;
}

/* For reproducible builds: the seconds since the epoch. */
static enum exit_code read_epoch(struct context *context, const char *text)
{
    char *end = NULL;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (errno || *end || seconds < 0 || seconds > DATE_TIME_LAST)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "SOURCE_DATE_EPOCH=%s (not a number of seconds)", text);
    context->now = (time_t)seconds;
    return EXIT_DONE;
}

static enum exit_code read_clock(struct context *context)
{
    const char *as_of = option(context, "as-of");
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    context->now = time(NULL);
    context->clock_fixed = as_of || (epoch && epoch[0]);
    if (as_of)
        return read_as_of(context, as_of);
    return context->clock_fixed ? read_epoch(context, epoch) : EXIT_DONE;
}

enum exit_code globals_apply(struct context *context)
{
    enum exit_code code = read_mode(context);
    if (code == EXIT_DONE)
        code = read_verbosity(context);
    if (code == EXIT_DONE)
        code = read_terminal(context);
    if (code == EXIT_DONE)
        code = read_clock(context);
    return code;
}
