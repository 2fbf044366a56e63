/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the treated skin is to look like, and the skin itself, from arguments. */
#ifndef CLI_MIXING_LOOK_H
#define CLI_MIXING_LOOK_H

#include "cli/mixing.h"

/* Reads subject, goal, look, hair and the problem's target. */
enum exit_code mixing_look_read(struct context *context,
                                const struct mixing_request *request,
                                struct mixing *mixing);

#endif
