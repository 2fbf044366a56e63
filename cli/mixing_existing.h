/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that the skin holds already, from a scan of it. */
#ifndef CLI_MIXING_EXISTING_H
#define CLI_MIXING_EXISTING_H

#include "cli/mixing.h"

/*
 * Finds how strong and how deep the work is that the request names, and lays the usual
 * treatment, whose technique and conditions are set, upon it; subject and goal are read.
 * Failure EXISTING_STRONG for work stronger than its record allows.
 */
enum exit_code mixing_existing_read(struct context *context,
                                    const struct mixing_request *request,
                                    struct mixing *mixing);

#endif
