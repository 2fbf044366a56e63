/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, printed from the tables of commands, options and failures. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* The program: two examples, the commands, the global options. */
void help_program(const struct context *context, FILE *stream);

/* The subcommands of a group such as "color". */
void help_group(const struct context *context, const char *group, FILE *stream);

/* One command: two examples, usage, arguments, options. */
void help_command_text(const struct command *command, FILE *stream);

/* Text printed in lines of at most 80 columns, each but the first indented. The first
 * line has used that many columns already. */
void help_wrap(FILE *stream, const char *text, size_t indent, size_t used);

/* Prints a topic; NOT_FOUND when there is none of that name. */
enum status help_topic(const char *name, FILE *stream);

/* The names of the topics, NULL beyond the last, and what each is about. */
const char *help_topic_name(size_t index);
const char *help_topic_summary(size_t index);

#endif
