/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/globals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Days since 1970-01-01 of a Gregorian date; timegm is not POSIX. */
static long days_from_civil(int year, int month, int day)
{
    long y = month <= 2 ? year - 1L : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long year_of_era = y - era * 400;
    long day_of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* "Z" or "+hh:mm", after the time; nothing stands for Z. */
static int read_zone(const char *text, long *seconds)
{
    int hours = 0;
    int minutes = 0;
    int end = 0;
    *seconds = 0;
    if (text[0] == '\0' || strcmp(text, "Z") == 0)
        return 0;
    if ((text[0] != '+' && text[0] != '-') ||
        sscanf(text + 1, "%2d:%2d%n", &hours, &minutes, &end) != 2 || text[1 + end])
        return -1;
    *seconds = (text[0] == '-' ? -1 : 1) * (hours * 3600L + minutes * 60L);
    return hours <= 14 && minutes <= 59 ? 0 : -1;
}

/* "2026-11-20", "2026-11-20T18:42" or "2026-11-20T18:42:19", then a zone. */
static int read_time(const char *text, time_t *out)
{
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int end = 0;
    if (strspn(text, "0123456789TZ:+-") != strlen(text) ||
        sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3)
        return -1;
    const char *rest = text + end;
    if (*rest == 'T') {
        end = 0;
        if (sscanf(rest, "T%2d:%2d%n", &hour, &minute, &end) != 2)
            return -1;
        rest += end;
        if (*rest == ':' && sscanf(rest, ":%2d%n", &second, &end) == 1)
            rest += end;
    }
    long zone = 0;
    if (read_zone(rest, &zone) != 0 || year < 1 || month < 1 || month > 12 || day < 1 ||
        day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return -1;
    *out = (time_t)(days_from_civil(year, month, day) * 86400 + hour * 3600L +
                    minute * 60L + second - zone);
    return 0;
}

static enum exit_code read_clock(struct context *context)
{
    const char *as_of = option(context, "as-of");
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    context->now = time(NULL);
    context->clock_fixed = as_of || (epoch && epoch[0]);
    if (as_of && read_time(as_of, &context->now) != 0) {
        enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_VALUE,
                                          "--as-of %s (not a time in ISO 8601)", as_of);
        failure_hint(&context->failure, "--as-of 2026-11-20T18:42:19Z");
        return code;
    }
    if (!as_of && epoch && epoch[0]) {
        char *end = NULL;
        errno = 0;
        long long seconds = strtoll(epoch, &end, 10);
        if (errno || *end || seconds < 0)
            return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                               "SOURCE_DATE_EPOCH=%s (not a number of seconds)", epoch);
        context->now = (time_t)seconds;
    }
    return EXIT_DONE;
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
