/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of match --batch: an object whose members are options of match, upon those of
 * the command line. Whoever wrote it is a stranger: it names no file, and what it does
 * not spell as it should is refused.
 */
#ifndef CLI_MATCH_LINE_H
#define CLI_MATCH_LINE_H

#include "cli/match_color.h"
#include "cli/mixing.h"
#include "colorlib/line_id.h"

enum { MATCH_LINE_OPTIONS_MAX = 20, MATCH_LINE_NUMBER_MAX = 32 };

/* What a line says. Zeros at first; release with match_line_free. */
struct match_line {
    json_t *root;
    struct line_id id; /* that of the target where the line has none of its own */
    struct match_colors colors;
    size_t given_count;
    struct given_option given[MATCH_LINE_OPTIONS_MAX];
    char number[MATCH_LINE_OPTIONS_MAX][MATCH_LINE_NUMBER_MAX];
};

/*
 * Reads a line, followed by a NUL. The options of the context are the defaults, and tell
 * how spectra are to be read. After a failure id holds what was read of it.
 */
enum exit_code match_line_read(struct context *context, const char *text, size_t length,
                               struct match_line *out);

/*
 * Puts the line's options over those of an invocation, whose array has room for
 * MATCH_LINE_OPTIONS_MAX more. What a line wants matched takes the place of all that the
 * command line says of it.
 */
void match_line_apply(const struct match_line *line, struct invocation *invocation);

/* The colors that a request of the options so applied is about. */
struct mixing_given match_line_given(const struct match_line *line,
                                     const struct match_colors *defaults, enum goal goal);

void match_line_free(struct match_line *line);

#endif
