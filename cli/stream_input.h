/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream cut into parts of whole lines. */
#ifndef CLI_STREAM_INPUT_H
#define CLI_STREAM_INPUT_H

#include <stdbool.h>

#include "cli/failure.h"

/* The longest line that is kept, and what is asked of the system at a time. */
enum { STREAM_LINE_SIZE = 1 << 20, STREAM_READ_SIZE = 64 << 10 };

/* Whole lines, numbered from the first of the stream, 1. Of zeros at first; release with
 * stream_part_free. */
struct stream_part {
    char *text; /* STREAM_LINE_SIZE bytes of room, size of them used */
    size_t size;
    size_t line;   /* number of the first */
    size_t behind; /* number of the line after the last */
    bool too_long; /* no text but one line that is longer than what is kept */
};

/* A line of a part, without its line feed. Of zeros before the first one. */
struct stream_line {
    const char *text;
    size_t length;
    size_t number;
    size_t behind; /* where in the part the next line begins */
};

/* Goes on to the next line of a part that is not blank; false at its end. */
bool stream_line_next(const struct stream_part *part, struct stream_line *line);

struct stream_input {
    const char *path; /* "-" for the standard input */
    int descriptor;
    bool adopted;            /* not ours to close */
    struct stream_part rest; /* read, and not yet handed out */
    bool at_end;
    bool cutting; /* inside a line that was too long */
    bool gathers; /* hands out as many lines as come without much of a wait */
    double bytes_read;
};

/* A file, NULL or "-" for the standard input. Release with stream_input_close. */
enum exit_code stream_input_open(const char *path, struct stream_input *out,
                                 struct failure *failure);

/* Reads on from a file that is open for reading, which closing leaves open; path names it
 * in messages. */
enum exit_code stream_input_adopt(int descriptor, const char *path,
                                  struct stream_input *out, struct failure *failure);

/* To be called once, first: leaves out a byte order mark, and what comes before the first
 * line that is neither blank nor a comment; failure where there is none. */
enum exit_code stream_input_begin(struct stream_input *input, struct failure *failure);

/*
 * The first line that is neither blank nor a comment, without its line feed, as a copy
 * for the caller to free; the stream then begins with it.
 */
enum exit_code stream_input_first_line(struct stream_input *input, char **line,
                                       struct failure *failure);

/* Leaves out the first line, which stream_input_first_line has seen whole. */
void stream_input_skip_line(struct stream_input *input);

/* Whether all of it is read at once, so that there is work for one thread only. */
bool stream_input_is_short(const struct stream_input *input);

/* The next lines, at most that many unless lines is 0, and those that are there without
 * waiting for more; no size at the end. An input that gathers waits for more as long as
 * who writes them keeps on, up to a tenth of a second. */
enum exit_code stream_input_next(struct stream_input *input, size_t lines,
                                 struct stream_part *part, struct failure *failure);

/* Puts back the part that was handed out last, but for its first bytes, which are whole
 * lines. */
void stream_input_return(struct stream_input *input, size_t done,
                         struct stream_part *part);

/* An input of zeros is fine. */
void stream_input_close(struct stream_input *input);

void stream_part_free(struct stream_part *part);

#endif
