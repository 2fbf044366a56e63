/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that every command takes, and their effect. */
#ifndef CLI_GLOBALS_H
#define CLI_GLOBALS_H

#include "cli/command.h"

extern const struct option_spec global_options[];

/* Fills the context in from its invocation's global options and the environment: mode,
 * verbosity, terminal, clock. The illuminants are loaded by viewing_load. */
enum exit_code globals_apply(struct context *context);

#endif
