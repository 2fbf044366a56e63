/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pigment formulate --batch does with a block of lines: spectra to formulas, which
 * are looked for together. */
#ifndef CLI_FORMULATION_WORKER_H
#define CLI_FORMULATION_WORKER_H

#include "cli/formulation.h"
#include "cli/stream_input.h"
#include "cli/stream_text.h"
#include "colorlib/formula_many.h"
#include "colorlib/sample_line.h"

/* Lines of a block at the most. */
enum { FORMULATION_LINES = 2048 };

struct formulation_plan {
    const struct context *context;
    const struct formulation *formulation; /* without a target */
    const struct formula_solver *solver;
    size_t threads;
    enum sample_scale scale;
    const char *first_line; /* which tells how to read the others */
    size_t first_length;
};

struct formulation_counts {
    size_t lines, errors;
    size_t far; /* lines whose best recipe is beyond --max-de */
};

struct formulation_worker;

/* NO_MEMORY, or what sample_lines_open finds in the plan's first line. */
enum status formulation_worker_open(const struct formulation_plan *plan,
                                    struct formulation_worker **out, struct fault *fault);

/* Whether the plan's first line was a heading and no spectrum itself. */
bool formulation_worker_has_heading(const struct formulation_worker *worker);

/* The work of a stream (see stream.h), on the threads of the plan; parts have no more
 * than FORMULATION_LINES. */
enum status formulation_worker_run(void *worker, const struct stream_part *part,
                                   struct stream_text *out);

/* Of all lines so far. */
struct formulation_counts
formulation_worker_counts(const struct formulation_worker *worker);

/* NULL is fine. */
void formulation_worker_close(struct formulation_worker *worker);

#endif
