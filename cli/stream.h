/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines in, lines out, in the same order whatever the number of threads, and in memory
 * that does not grow with them. What becomes of a line is a function of the caller's.
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include "cli/command.h"
#include "cli/stream_input.h"
#include "cli/stream_text.h"

enum { STREAM_THREADS_MAX = 64 };

/* Reads --threads; one for each processor by default. */
enum exit_code stream_threads(struct context *context, size_t *out);

/* What the threads do; each has a worker of its own. */
struct stream_work {
    size_t threads; /* 1 to STREAM_THREADS_MAX */
    void *worker[STREAM_THREADS_MAX];
    size_t lines;     /* that a thread takes at a time; 0: all that there are */
    int descriptor;   /* that results are written to */
    const char *name; /* of that, for messages */
    /*
     * Appends to out what becomes of a part of the input, or of a line that was too long.
     * NO_MEMORY ends the run; what is wrong with a line belongs into out.
     */
    enum status (*run)(void *worker, const struct stream_part *part,
                       struct stream_text *out);
};

/* Runs all of the input through the work and writes each result as soon as its turn has
 * come, with the progress on stderr where that is a terminal. */
enum exit_code stream_run(struct context *context, struct stream_input *input,
                          const struct stream_work *work);

#endif
