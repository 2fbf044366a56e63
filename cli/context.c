/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "colorlib/number.h"

const char *option(const struct context *context, const char *name)
{
    return invocation_option(&context->invocation, name);
}

enum exit_code option_number(struct context *context, const char *name, double min,
                             double max, double fallback, double *out)
{
    const char *text = option(context, name);
    double value = fallback;
    if (text && (number_parse(text, strlen(text), &value) != STATUS_OK || value < min ||
                 value > max))
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--%s %s (it is a number from %.10g to %.10g)", name, text,
                           min, max);
    *out = value;
    return EXIT_DONE;
}

enum exit_code option_whole(struct context *context, const char *name, long min, long max,
                            long fallback, long *out)
{
    const char *text = option(context, name);
    char *end = NULL;
    errno = 0;
    long value = text ? strtol(text, &end, 10) : fallback;
    if (text && (errno || end == text || *end || strchr(" \t+", text[0]) || value < min ||
                 value > max))
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--%s %s (it is a whole number from %ld to %ld)", name, text,
                           min, max);
    *out = value;
    return EXIT_DONE;
}

enum { CHOICES_TEXT_MAX = 256 };

static enum exit_code refuse_choice(struct context *context, const char *name,
                                    const char *text, const char *const *words)
{
    char list[CHOICES_TEXT_MAX] = "";
    for (size_t i = 0; words[i]; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
    }
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "--%s %s (it is one of %s)", name, text, list);
}

enum exit_code option_choice(struct context *context, const char *name,
                             const char *const *words, size_t fallback, size_t *out)
{
    const char *text = option(context, name);
    size_t chosen = text ? 0 : fallback;
    while (text && words[chosen] && strcmp(words[chosen], text) != 0)
        chosen++;
    if (!words[chosen])
        return refuse_choice(context, name, text, words);
    *out = chosen;
    return EXIT_DONE;
}

enum { WARNING_MAX = 512 };

void warn(struct context *context, const char *code, const char *hint, const char *format,
          ...)
{
    char message[WARNING_MAX];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    if (context->verbosity != VERBOSITY_QUIET) {
        fprintf(stderr, "%s: %s: warning: ", SCALPTONE_NAME,
                context->invocation.command->name);
        print_safely(stderr, message);
        fputc('\n', stderr);
        if (hint)
            fprintf(stderr, "  try: %s\n", hint);
    }
    json_t *warning =
        json_pack("{s:s, s:o}", "code", code, "message", json_text(message));
    if (hint)
        json_set(warning, "hint", json_text(hint));
    json_array_append_new(context->warnings, warning);
}

void print_warnings(const struct context *context)
{
    FILE *out = context->output.stream;
    bool seen = context->verbosity != VERBOSITY_QUIET && isatty(STDOUT_FILENO) &&
                isatty(STDERR_FILENO) && !option(context, "output");
    for (size_t i = 0; i < json_array_size(context->warnings) && !seen; i++) {
        fputs("warning: ", out);
        print_safely(out, json_string_value(json_object_get(
                              json_array_get(context->warnings, i), "message")));
        fputc('\n', out);
    }
}

static void say(const struct context *context, const char *format, va_list values)
{
    char message[WARNING_MAX];
    vsnprintf(message, sizeof message, format, values);
    fprintf(stderr, "%s: %s: note: ", SCALPTONE_NAME, context->invocation.command->name);
    print_safely(stderr, message);
    fputc('\n', stderr);
}

void note(const struct context *context, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (context->verbosity != VERBOSITY_QUIET)
        say(context, format, values);
    va_end(values);
}

void detail(const struct context *context, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (context->verbosity == VERBOSITY_VERBOSE)
        say(context, format, values);
    va_end(values);
}

enum exit_code write_result_to(struct context *context, const char *path,
                               const char *argument)
{
    if (option(context, "output"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--output and %s exclude each other", argument);
    return output_redirect(&context->output, path,
                           option(context, "force") ? OUTPUT_REPLACE
                                                    : OUTPUT_KEEP_EXISTING,
                           &context->failure);
}
