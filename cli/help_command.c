/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"

#include <string.h>

#include "cli/help.h"

static const struct argument_spec arguments[] = {
    {"TOPIC", "a topic or a command; without one, help on the program"},
    {0},
};

static const struct command *find_command(const struct context *context, const char *name)
{
    for (size_t i = 0; context->commands[i]; i++)
        if (strcmp(context->commands[i]->name, name) == 0)
            return context->commands[i];
    return NULL;
}

static enum exit_code refuse(struct context *context, const char *name)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_TOPIC,
                                      "there is no help on \"%s\"", name);
    char list[FAILURE_HINT_MAX] = "";
    for (size_t i = 0; help_topic_name(i); i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                 help_topic_name(i));
    }
    failure_hint(&context->failure, "one of %s, or a command", list);
    return code;
}

static enum exit_code run(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    FILE *stream = context->output.stream;
    if (invocation->argument_count == 0) {
        help_program(context, stream);
        return EXIT_DONE;
    }
    char name[64];
    const char *second = invocation->argument_count > 1 ? invocation->arguments[1] : NULL;
    snprintf(name, sizeof name, "%s%s%s", invocation->arguments[0], second ? " " : "",
             second ? second : "");
    const struct command *command = find_command(context, name);
    if (command)
        help_command_text(command, stream);
    else if (help_topic(name, stream) != STATUS_OK)
        return refuse(context, name);
    return EXIT_DONE;
}

const struct command help_command = {
    .name = "help",
    .summary = "Help on the program, a command or a topic.",
    .usage = "[TOPIC]",
    .arguments = arguments,
    .arguments_max = 2,
    .examples = {"help colors", "help color diff"},
    .run = run,
};
