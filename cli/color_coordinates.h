/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colors written as numbers: lab:, lch:, xyz: and #rrggbb. */
#ifndef CLI_COLOR_COORDINATES_H
#define CLI_COLOR_COORDINATES_H

#include "cli/color_argument.h"

/* Whether an argument begins like one of the forms. */
int color_coordinates_meant(const char *argument);

/* Fills in lab, illuminant and observer; what the argument leaves open is the context's
 * reference illuminant and observer, D65 and 2 degrees for #rrggbb. */
enum exit_code color_coordinates_parse(struct context *context, const char *argument,
                                       struct color *out);

#endif
