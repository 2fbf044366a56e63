/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Light, skin and target of a document of match. */
#ifndef CLI_CASE_LOOK_H
#define CLI_CASE_LOOK_H

#include "cli/document.h"
#include "cli/mixing.h"

/* Reads them into the context's viewing, unless that was asked for, and the mixing. */
enum exit_code case_look_read(struct context *context, const struct document *document,
                              struct mixing *mixing);

#endif
