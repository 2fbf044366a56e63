/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a client is usually treated: technique, conditions, hand and what lies in the skin.
 */
#ifndef CLI_MIXING_USUAL_H
#define CLI_MIXING_USUAL_H

#include "cli/mixing.h"

/* Reads the usual treatment of a mixing whose subject and goal are set, and how clients
 * deviate from it. */
enum exit_code mixing_usual_read(struct context *context,
                                 const struct mixing_request *request,
                                 struct mixing *mixing);

#endif
