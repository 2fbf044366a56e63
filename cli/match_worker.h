/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread of match --batch does: lines of targets to lines of recipes. */
#ifndef CLI_MATCH_WORKER_H
#define CLI_MATCH_WORKER_H

#include <stdint.h>

#include "cli/match_line.h"
#include "cli/match_result.h"
#include "cli/stream_input.h"
#include "cli/stream_text.h"

/* The same for all threads. */
struct match_plan {
    const struct context *context; /* of the command line */
    struct match_colors colors;
    uint64_t options; /* hash of what the results depend on beside the lines */
};

struct match_worker {
    const struct match_plan *plan;
    struct context context; /* of the line at hand */
    struct given_option *given;
    struct mixing_shelf shelf;
    struct match_result *result;
    size_t number; /* of the line at hand, and its mark */
    uint64_t mark;
    char *text; /* its length bytes, followed by a NUL */
    size_t length, capacity;
    struct match_line line;
    size_t line_count, error_count;
    size_t far_count; /* whose best recipe is beyond --max-de */
};

/* NULL without memory. Close with match_worker_close. */
struct match_worker *match_worker_open(const struct match_plan *plan);

/* The work of a stream (see stream.h). */
enum status match_worker_run(void *worker, const struct stream_part *part,
                             struct stream_text *out);

/* NULL is fine. */
void match_worker_close(struct match_worker *worker);

/* The mark by which a result is known to be of this line and of these options. */
uint64_t match_line_mark(const struct match_plan *plan, const char *line, size_t length);

#endif
