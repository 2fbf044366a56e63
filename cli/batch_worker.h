/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread of a batch does: lines of spectra to lines of colors. */
#ifndef CLI_BATCH_WORKER_H
#define CLI_BATCH_WORKER_H

#include "cli/batch_text.h"
#include "cli/viewing.h"
#include "colorlib/lanes.h"
#include "colorlib/sample_line.h"

/* The same for all threads. */
struct batch_plan {
    const struct viewing *viewing;
    const cmsCIELab *standard; /* of each light, or NULL */
    enum sample_scale scale;
    const char *first_line; /* which tells how to read the others */
    size_t first_length;
};

/* The text before the numbers of a light, with its name. */
enum { BATCH_LIGHT_MAX = 64 + BATCH_STRING_MAX(ILLUMINANT_NAME_MAX) };

/* A spectrum that waits for its group to be full. */
struct batch_entry {
    size_t line;
    char id[SAMPLE_ID_MAX];
    char name[SAMPLE_NAME_MAX];
    enum sample_origin origin;
};

struct batch_worker {
    const struct batch_plan *plan;
    struct sample_lines *lines;
    enum lanes_isa isa;
    struct batch_text out; /* emptied by the caller */
    size_t line_count, error_count;
    enum status status; /* why it stopped, if it did */
    struct sample_line spectrum;
    struct grid grid; /* of the group and the weights; count 0 for none yet */
    enum status grid_status;
    struct weights weights[VIEWING_MAX];
    char before_lab[VIEWING_MAX][BATCH_LIGHT_MAX];
    size_t count; /* of the group */
    struct batch_entry entry[LANES];
    double reflectance[SPECTRUM_MAX * LANES];
    struct lanes_lab lab[VIEWING_MAX], standard[VIEWING_MAX];
    double ciede2000[VIEWING_MAX][LANES];
};

/* NO_MEMORY, or what sample_lines_open finds in the plan's first line. */
enum status batch_worker_open(const struct batch_plan *plan, struct batch_worker **out,
                              struct fault *fault);

/* Appends what becomes of whole lines to out; number is that of the first. */
void batch_worker_run(struct batch_worker *worker, const char *text, size_t size,
                      size_t number);

/* Appends the object of an error to out. */
void batch_worker_error(struct batch_worker *worker, size_t line, enum status status,
                        const struct fault *fault);

/* NULL is fine. */
void batch_worker_close(struct batch_worker *worker);

#endif
