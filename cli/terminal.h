/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the place that text goes to can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "colorlib/colorimetry.h"

enum color_when { COLOR_WHEN_AUTO, COLOR_WHEN_ALWAYS, COLOR_WHEN_NEVER };
enum terminal_target { TARGET_STDOUT, TARGET_STDERR, TARGET_FILE };
enum color_depth { COLOR_DEPTH_NONE, COLOR_DEPTH_256, COLOR_DEPTH_TRUE };
enum charset { CHARSET_ASCII, CHARSET_UTF8 };

/* The signs that text output uses, in the charset of the locale. */
struct signs {
    const char *delta; /* in front of E, L*, ... */
    const char *plus_minus;
    const char *block; /* of a swatch, two columns wide */
    const char *degree;
    const char *dash; /* in place of a value that there is not */
    const char *squared;
};

struct terminal {
    enum charset charset;
    enum color_depth depth;
    size_t width;  /* columns: the terminal's, COLUMNS, or 80 */
    bool rewrites; /* a line may be written over: a terminal that is not dumb */
    const struct signs *signs;
};

/*
 * Depth of color: --color, then NO_COLOR, CLICOLOR_FORCE, then whether the target is a
 * terminal that TERM and COLORTERM describe.
 */
struct terminal terminal_detect(enum color_when when, enum terminal_target target);

enum { ESCAPE_MAX = 32 };

/* The escape sequence that sets the text's color; "" where there is no color. text holds
 * ESCAPE_MAX bytes. */
void terminal_foreground(const struct terminal *terminal, struct srgb color, char *text);

enum { HEX_MAX = 9 };

/* "#b38f78", with "~" in front when the color was clipped; text holds HEX_MAX bytes. */
void srgb_text(struct srgb color, char *text);

/* A block in the color where the terminal shows colors, and its hex code everywhere. */
void print_swatch(FILE *stream, const struct terminal *terminal, struct srgb color);

#endif
