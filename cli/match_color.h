/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colors of a match that are read before their turn: those of the command line, once
 * for all lines of a batch, and those that stand in a line. */
#ifndef CLI_MATCH_COLOR_H
#define CLI_MATCH_COLOR_H

#include "cli/color_argument.h"

/* The options that hold a color. */
enum match_color {
    MATCH_COLOR_SKIN,
    MATCH_COLOR_TARGET,
    MATCH_COLOR_SCAR,
    MATCH_COLOR_DONOR_SKIN,
    MATCH_COLORS
};

/* Those of the command line, read once; empty where not given. */
struct match_colors {
    bool there[MATCH_COLORS];
    struct color color[MATCH_COLORS];
};

/* Reads the colors that the options of a context name. */
enum exit_code match_colors_read(struct context *context, struct match_colors *out);

/* A color that a line holds under a key: an object with a reflectance, a document of one
 * spectrum, or coordinates. No file is read for it. */
enum exit_code match_color_read(struct context *context, const char *key,
                                const json_t *value, struct color *out);

/* The color that a line is itself, followed by a NUL. */
enum exit_code match_color_of_line(struct context *context, const char *text,
                                   size_t length, struct color *out);

#endif
