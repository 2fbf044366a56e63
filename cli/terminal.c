/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/terminal.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct signs signs_utf8 = {
    .delta = "\u0394",
    .plus_minus = "\u00b1",
    .block = "\u2588\u2588",
    .degree = "\u00b0",
    .dash = "\u2013",
    .squared = "\u00b2",
};

static const struct signs signs_ascii = {
    .delta = "d",
    .plus_minus = "+-",
    .block = "##",
    .degree = " deg",
    .dash = "-",
    .squared = "2",
};

static int is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0];
}

static int is_forced(void)
{
    const char *value = getenv("CLICOLOR_FORCE");
    return value && value[0] && strcmp(value, "0") != 0;
}

/* The descriptor of a target; -1 is no terminal. */
static int descriptor_of(enum terminal_target target)
{
    switch (target) {
    case TARGET_STDOUT: return STDOUT_FILENO;
    case TARGET_STDERR: return STDERR_FILENO;
    case TARGET_FILE: break;
    }
    return -1;
}

static bool is_terminal(enum terminal_target target)
{
    const char *term = getenv("TERM");
    return isatty(descriptor_of(target)) && term && term[0] && strcmp(term, "dumb") != 0;
}

static int wants_color(enum color_when when, enum terminal_target target)
{
    if (when != COLOR_WHEN_AUTO)
        return when == COLOR_WHEN_ALWAYS;
    if (is_set("NO_COLOR"))
        return 0;
    if (is_forced())
        return 1;
    return is_terminal(target);
}

static enum color_depth detect_depth(enum color_when when, enum terminal_target target)
{
    const char *colorterm = getenv("COLORTERM");
    const char *term = getenv("TERM");
    if (!wants_color(when, target))
        return COLOR_DEPTH_NONE;
    if (colorterm && (strcmp(colorterm, "truecolor") == 0 || !strcmp(colorterm, "24bit")))
        return COLOR_DEPTH_TRUE;
    if (when == COLOR_WHEN_ALWAYS || is_forced() || (term && strstr(term, "256color")))
        return COLOR_DEPTH_256;
    return COLOR_DEPTH_NONE;
}

enum { WIDTH_UNKNOWN = 80, WIDTH_LEAST = 20, WIDTH_MOST = 1000 };

static size_t detect_width(enum terminal_target target)
{
    struct winsize size = {0};
    long width = 0;
    if (ioctl(descriptor_of(target), TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 && is_set("COLUMNS"))
        width = strtol(getenv("COLUMNS"), NULL, 10);
    if (width <= 0)
        width = WIDTH_UNKNOWN;
    if (width < WIDTH_LEAST)
        width = WIDTH_LEAST;
    return width > WIDTH_MOST ? WIDTH_MOST : (size_t)width;
}

struct terminal terminal_detect(enum color_when when, enum terminal_target target)
{
    enum charset charset =
        strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? CHARSET_UTF8 : CHARSET_ASCII;
    return (struct terminal){
        .charset = charset,
        .depth = detect_depth(when, target),
        .width = detect_width(target),
        .rewrites = is_terminal(target),
        .signs = charset == CHARSET_UTF8 ? &signs_utf8 : &signs_ascii,
    };
}

/* The nearest entry of the 6 x 6 x 6 cube of 256-color terminals: 0, 95, 135, ..., 255.
 */
static int cube_level(int value)
{
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

void terminal_foreground(const struct terminal *terminal, struct srgb color, char *text)
{
    text[0] = '\0';
    if (terminal->depth == COLOR_DEPTH_TRUE)
        snprintf(text, ESCAPE_MAX, "\033[38;2;%d;%d;%dm", color.red, color.green,
                 color.blue);
    if (terminal->depth == COLOR_DEPTH_256)
        snprintf(text, ESCAPE_MAX, "\033[38;5;%dm",
                 16 + 36 * cube_level(color.red) + 6 * cube_level(color.green) +
                     cube_level(color.blue));
}

void srgb_text(struct srgb color, char *text)
{
    snprintf(text, HEX_MAX, "%s#%02x%02x%02x", color.clipped ? "~" : "", color.red,
             color.green, color.blue);
}

void print_swatch(FILE *stream, const struct terminal *terminal, struct srgb color)
{
    char escape[ESCAPE_MAX];
    char hex[HEX_MAX];
    terminal_foreground(terminal, color, escape);
    srgb_text(color, hex);
    if (escape[0])
        fprintf(stream, "%s%s\033[0m ", escape, terminal->signs->block);
    fputs(hex, stream);
}
