/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/invocation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/globals.h"

struct parser {
    size_t count;
    char **word;
    size_t next;
    const struct command *const *commands;
    struct invocation *out;
    struct failure *failure;
};

static void know(struct invocation *invocation, const struct option_spec *table)
{
    size_t t = 0;
    while (t < OPTION_TABLES_MAX && invocation->known.table[t])
        t++;
    assert(t < OPTION_TABLES_MAX);
    invocation->known.table[t] = table;
}

static void set_command(struct parser *parser, const struct command *command)
{
    parser->out->command = command;
    for (size_t t = 0; t < OPTION_TABLES_MAX && command->options.table[t]; t++)
        know(parser->out, command->options.table[t]);
}

static void keep(struct invocation *invocation, const struct option_spec *spec,
                 const char *value)
{
    size_t i = 0;
    while (i < invocation->given_count && invocation->given[i].spec != spec)
        i++;
    invocation->given[i] = (struct given_option){.spec = spec, .value = value};
    if (i == invocation->given_count)
        invocation->given_count++;
}

static enum exit_code refuse_option(struct parser *parser, const char *shown,
                                    const char *name)
{
    enum exit_code code =
        failure_set(parser->failure, FAILURE_USAGE_OPTION, "unknown option %s", shown);
    const char *nearest = option_nearest(&parser->out->known, name);
    const char *command = parser->out->command ? parser->out->command->name : "";
    if (nearest)
        failure_hint(parser->failure, "--%s", nearest);
    else
        failure_hint(parser->failure, "%s %s%s--help", SCALPTONE_NAME, command,
                     command[0] ? " " : "");
    return code;
}

static enum exit_code take_value(struct parser *parser, const struct option_spec *spec)
{
    if (parser->next == parser->count) {
        enum exit_code code =
            failure_set(parser->failure, FAILURE_USAGE_OPTION,
                        "option --%s lacks its value %s", spec->name, spec->argument);
        failure_hint(parser->failure, "--%s %s", spec->name, spec->argument);
        return code;
    }
    keep(parser->out, spec, parser->word[parser->next++]);
    return EXIT_DONE;
}

enum { NAME_MAX_BYTES = 64 };

static enum exit_code take_long(struct parser *parser, const char *word)
{
    char name[NAME_MAX_BYTES] = "";
    size_t length = strcspn(word + 2, "=");
    const char *value = word[2 + length] ? word + 2 + length + 1 : NULL;
    if (length < sizeof name)
        memcpy(name, word + 2, length);
    const struct option_spec *spec = option_find(&parser->out->known, name);
    if (!spec)
        return refuse_option(parser, word, name);
    if (!value && spec->argument)
        return take_value(parser, spec);
    if (value && !spec->argument)
        return failure_set(parser->failure, FAILURE_USAGE_OPTION,
                           "option --%s takes no value", name);
    keep(parser->out, spec, value ? value : "");
    return EXIT_DONE;
}

/* "-q", "-qv", "-o FILE" or "-oFILE". */
static enum exit_code take_letters(struct parser *parser, const char *word)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct option_spec *spec = option_find_letter(&parser->out->known, *letter);
        if (!spec)
            return refuse_option(parser, word, word + 1);
        if (spec->argument && letter[1] == '\0')
            return take_value(parser, spec);
        if (spec->argument) {
            keep(parser->out, spec, letter + 1);
            return EXIT_DONE;
        }
        keep(parser->out, spec, "");
    }
    return EXIT_DONE;
}

/* Whether name is "group" followed by a blank and more. */
static int in_group(const char *name, const char *group)
{
    size_t length = strlen(group);
    return strncmp(name, group, length) == 0 && name[length] == ' ';
}

static enum exit_code refuse_command(struct parser *parser, const char *name)
{
    const char *nearest = NULL;
    size_t least = EDITS_MAX + 1;
    for (size_t i = 0; parser->commands[i]; i++) {
        size_t edits = edit_distance(name, parser->commands[i]->name);
        if (edits < least) {
            least = edits;
            nearest = parser->commands[i]->name;
        }
    }
    enum exit_code code = failure_set(parser->failure, FAILURE_USAGE_COMMAND,
                                      "there is no command \"%s\"", name);
    if (nearest)
        failure_hint(parser->failure, "%s %s", SCALPTONE_NAME, nearest);
    else
        failure_hint(parser->failure, "%s --help", SCALPTONE_NAME);
    return code;
}

static enum exit_code take_command(struct parser *parser, const char *word)
{
    char name[NAME_MAX_BYTES * 2];
    const char *group = parser->out->group;
    snprintf(name, sizeof name, "%s%s%s", group ? group : "", group ? " " : "", word);
    for (size_t i = 0; parser->commands[i]; i++) {
        if (strcmp(parser->commands[i]->name, name) == 0) {
            set_command(parser, parser->commands[i]);
            return EXIT_DONE;
        }
        if (!group && in_group(parser->commands[i]->name, word)) {
            parser->out->group = word;
            return EXIT_DONE;
        }
    }
    return refuse_command(parser, name);
}

static enum exit_code take_word(struct parser *parser, const char *word)
{
    if (!parser->out->command)
        return take_command(parser, word);
    parser->out->arguments[parser->out->argument_count++] = word;
    return EXIT_DONE;
}

static enum exit_code take_all(struct parser *parser)
{
    enum exit_code code = EXIT_DONE;
    enum { OPTIONS_GO_ON, OPTIONS_ENDED } state = OPTIONS_GO_ON;
    while (code == EXIT_DONE && parser->next < parser->count) {
        const char *word = parser->word[parser->next++];
        if (state == OPTIONS_ENDED || word[0] != '-' || word[1] == '\0')
            code = take_word(parser, word);
        else if (strcmp(word, "--") == 0)
            state = OPTIONS_ENDED;
        else if (word[1] == '-')
            code = take_long(parser, word);
        else
            code = take_letters(parser, word);
    }
    return code;
}

static enum exit_code check_argument_count(struct parser *parser)
{
    const struct invocation *out = parser->out;
    const struct command *command = out->command;
    enum exit_code code = EXIT_DONE;
    if (out->argument_count < command->arguments_min)
        code = failure_set(parser->failure, FAILURE_USAGE_ARGUMENT,
                           "an argument is missing");
    if (out->argument_count > command->arguments_max)
        code = failure_set(parser->failure, FAILURE_USAGE_ARGUMENT,
                           "\"%s\" is one argument too many",
                           out->arguments[command->arguments_max]);
    if (code != EXIT_DONE)
        failure_hint(parser->failure, "%s %s%s%s", SCALPTONE_NAME, command->name,
                     command->usage[0] ? " " : "", command->usage);
    return code;
}

static enum exit_code check_command(struct parser *parser)
{
    if (parser->out->command)
        return check_argument_count(parser);
    const char *group = parser->out->group;
    enum exit_code code =
        group ? failure_set(parser->failure, FAILURE_USAGE_COMMAND,
                            "%s is followed by another word", group)
              : failure_set(parser->failure, FAILURE_USAGE_COMMAND, "no command given");
    failure_hint(parser->failure, "%s %s%s--help", SCALPTONE_NAME, group ? group : "",
                 group ? " " : "");
    return code;
}

enum exit_code invocation_parse(int argc, char **argv,
                                const struct command *const *commands,
                                struct invocation *out, struct failure *failure)
{
    size_t count = argc > 0 ? (size_t)argc : 1;
    *out = (struct invocation){.known.table = {global_options}};
    out->given = calloc(count, sizeof *out->given);
    out->arguments = calloc(count, sizeof *out->arguments);
    if (!out->given || !out->arguments)
        return failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    struct parser parser = {.count = count,
                            .word = argv,
                            .next = 1,
                            .commands = commands,
                            .out = out,
                            .failure = failure};
    enum exit_code code = take_all(&parser);
    if (code == EXIT_DONE && !invocation_option(out, "help") &&
        !invocation_option(out, "version"))
        code = check_command(&parser);
    return code;
}

const char *invocation_option(const struct invocation *invocation, const char *name)
{
    assert(option_find(&invocation->known, name));
    for (size_t i = 0; i < invocation->given_count; i++)
        if (strcmp(invocation->given[i].spec->name, name) == 0)
            return invocation->given[i].value;
    return NULL;
}

void invocation_free(struct invocation *invocation)
{
    free(invocation->given);
    free(invocation->arguments);
    invocation->given = NULL;
    invocation->arguments = NULL;
}
