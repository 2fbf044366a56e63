/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line taken apart. */
#ifndef CLI_INVOCATION_H
#define CLI_INVOCATION_H

#include "cli/failure.h"
#include "cli/option.h"

struct command;

struct given_option {
    const struct option_spec *spec;
    const char *value; /* "" for a switch */
};

/* Release with invocation_free; the texts are those of argv. */
struct invocation {
    const struct command *command; /* NULL where only global options were given */
    const char *group; /* the first word of a command of two, such as "color" */
    struct option_tables known;
    struct given_option *given; /* each option once: the last one counts */
    size_t given_count;
    const char **arguments;
    size_t argument_count;
};

/*
 * Takes argv apart: options are accepted before and after the command, "--" ends them,
 * and no long name may be abbreviated. commands ends with NULL. With an option --help
 * among them what is missing after it is forgiven.
 */
enum exit_code invocation_parse(int argc, char **argv,
                                const struct command *const *commands,
                                struct invocation *out, struct failure *failure);

/* The value of an option, which the tables must hold; NULL where it was not given. */
const char *invocation_option(const struct invocation *invocation, const char *name);

void invocation_free(struct invocation *invocation);

#endif
