/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A standard for a person and for a program. */
#ifndef CLI_STANDARD_VIEW_H
#define CLI_STANDARD_VIEW_H

#include "cli/standard_file.h"

enum exit_code standard_print(struct context *context, const struct standard *standard);

/* The file that standard_read reads; in plain mode its members as lines. */
enum exit_code standard_print_document(struct context *context,
                                       const struct standard *standard);

/* "SCE d/8, 8 mm, CM-700d 10203040", what is known of it; text holds MEASURED_MAX bytes.
 */
enum { MEASURED_MAX = 320 };
void measured_text(const struct batch_conditions *measured, char *text);

#endif
