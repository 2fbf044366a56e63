/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <stdlib.h>
#include <string.h>

#include "cli/globals.h"

enum { HELP_WIDTH = 80, HELP_COLUMN = 26, HELP_LABEL_MAX = 80 };

void help_wrap(FILE *stream, const char *text, size_t indent, size_t used)
{
    size_t column = used;
    int started = 0;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (started && column + 1 + length > HELP_WIDTH) {
            fprintf(stream, "\n%*s", (int)indent, "");
            column = indent;
            started = 0;
        }
        fprintf(stream, "%s%.*s", started ? " " : "", (int)length, text);
        column += length + (size_t)started;
        started = 1;
        text += length + strspn(text + length, " ");
    }
    fputc('\n', stream);
}

static void print_entry(FILE *stream, const char *label, const char *text)
{
    size_t used = strlen(label);
    fprintf(stream, "  %s", label);
    if (used + 4 > HELP_COLUMN)
        fprintf(stream, "\n%*s", HELP_COLUMN, "");
    else
        fprintf(stream, "%*s", (int)(HELP_COLUMN - used - 2), "");
    help_wrap(stream, text, HELP_COLUMN, HELP_COLUMN);
}

static void print_options(FILE *stream, const struct option_spec *table)
{
    for (const struct option_spec *spec = table; spec->name; spec++) {
        char label[HELP_LABEL_MAX];
        char letter[] = "    ";
        if (spec->letter)
            snprintf(letter, sizeof letter, "-%c, ", spec->letter);
        snprintf(label, sizeof label, "%s--%s%s%s", letter, spec->name,
                 spec->argument ? " " : "", spec->argument ? spec->argument : "");
        print_entry(stream, label, spec->help);
    }
}

static void print_examples(FILE *stream, const char *const *examples)
{
    fputs("Examples:\n", stream);
    for (size_t i = 0; i < COMMAND_EXAMPLES; i++)
        fprintf(stream, "  %s %s\n", SCALPTONE_NAME, examples[i]);
    fputc('\n', stream);
}

static void print_commands(const struct context *context, const char *group, FILE *stream)
{
    size_t length = group ? strlen(group) : 0;
    for (size_t i = 0; context->commands[i]; i++) {
        const struct command *command = context->commands[i];
        if (group &&
            (strncmp(command->name, group, length) != 0 || command->name[length] != ' '))
            continue;
        char label[HELP_LABEL_MAX];
        snprintf(label, sizeof label, "%s%s%s", command->name,
                 command->usage[0] ? " " : "", command->usage);
        print_entry(stream, label, command->summary);
    }
}

static void print_ending(FILE *stream)
{
    help_wrap(
        stream,
        "An option is given as --name VALUE or --name=VALUE, before or after the "
        "command, and is not abbreviated. Of an option given twice the last counts. "
        "-- ends the options; a file named - is stdin or stdout.",
        0, 0);
}

static const char *const program_examples[COMMAND_EXAMPLES] = {
    "ratio light brown --density 130",
    "match --skin scalp.cgats --target donor.cgats",
};

void help_program(const struct context *context, FILE *stream)
{
    print_examples(stream, program_examples);
    fprintf(stream,
            "Usage: %s [OPTION]... COMMAND [OPTION]... [ARGUMENT]...\n"
            "From reflectance measurements of a scalp to pigment recipes.\n\nCommands:\n",
            SCALPTONE_NAME);
    print_commands(context, NULL, stream);
    fputs("\nOptions of every command:\n", stream);
    print_options(stream, global_options);
    fputs("\nTopics of help:\n", stream);
    for (size_t i = 0; help_topic_name(i); i++)
        print_entry(stream, help_topic_name(i), help_topic_summary(i));
    fputc('\n', stream);
    print_ending(stream);
}

void help_group(const struct context *context, const char *group, FILE *stream)
{
    fprintf(stream, "Usage: %s %s COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n",
            SCALPTONE_NAME, group);
    print_commands(context, group, stream);
}

static void print_arguments(FILE *stream, const struct argument_spec *arguments)
{
    if (!arguments)
        return;
    fputs("\nArguments:\n", stream);
    for (; arguments->name; arguments++)
        print_entry(stream, arguments->name, arguments->help);
}

void help_command_text(const struct command *command, FILE *stream)
{
    print_examples(stream, command->examples);
    fprintf(stream, "Usage: %s %s [OPTION]...%s%s\n", SCALPTONE_NAME, command->name,
            command->usage[0] ? " " : "", command->usage);
    help_wrap(stream, command->summary, 0, 0);
    print_arguments(stream, command->arguments);
    if (command->options.table[0])
        fputs("\nOptions:\n", stream);
    for (size_t t = 0; t < OPTION_TABLES_MAX && command->options.table[t]; t++)
        print_options(stream, command->options.table[t]);
    fputs("\nOptions of every command:\n", stream);
    print_options(stream, global_options);
    if (command->illuminants)
        fprintf(stream, "\nWithout --illuminant: %s.\n", command->illuminants);
    fputc('\n', stream);
    print_ending(stream);
}
