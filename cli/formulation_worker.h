/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread of pigment formulate --batch does: lines of spectra to lines of
 * formulas. */
#ifndef CLI_FORMULATION_WORKER_H
#define CLI_FORMULATION_WORKER_H

#include "cli/formulation.h"
#include "cli/stream_input.h"
#include "cli/stream_text.h"
#include "colorlib/sample_line.h"

/* The same for all threads. */
struct formulation_plan {
    const struct context *context;
    const struct formulation *formulation; /* without a target */
    const struct formula_solver *solver;
    enum sample_scale scale;
    const char *first_line; /* which tells how to read the others */
    size_t first_length;
};

struct formulation_worker {
    const struct formulation_plan *plan;
    struct sample_lines *lines;
    struct sample_line spectrum;
    struct formulation formulation; /* of the line at hand */
    size_t line_count, error_count;
    size_t far_count; /* whose best recipe is beyond --max-de */
};

/* NO_MEMORY, or what sample_lines_open finds in the plan's first line. */
enum status formulation_worker_open(const struct formulation_plan *plan,
                                    struct formulation_worker **out, struct fault *fault);

/* The work of a stream (see stream.h). */
enum status formulation_worker_run(void *worker, const struct stream_part *part,
                                   struct stream_text *out);

/* NULL is fine. */
void formulation_worker_close(struct formulation_worker *worker);

#endif
