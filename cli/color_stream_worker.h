/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one thread of a color stream does: lines of spectra to lines of colors. */
#ifndef CLI_COLOR_STREAM_WORKER_H
#define CLI_COLOR_STREAM_WORKER_H

#include "cli/stream_input.h"
#include "cli/stream_text.h"
#include "cli/viewing.h"
#include "colorlib/lanes.h"
#include "colorlib/sample_line.h"

/* The same for all threads. */
struct color_plan {
    const struct viewing *viewing;
    const cmsCIELab *standard; /* of each light, or NULL */
    enum sample_scale scale;
    const char *first_line; /* which tells how to read the others */
    size_t first_length;
};

/* The text before the numbers of a light, with its name. */
enum { COLOR_LIGHT_MAX = 64 + STREAM_STRING_MAX(ILLUMINANT_NAME_MAX) };

/* A spectrum that waits for its group to be full. */
struct color_entry {
    size_t line;
    struct line_id id;
    char name[SAMPLE_NAME_MAX];
    enum sample_origin origin;
};

struct color_worker {
    const struct color_plan *plan;
    struct sample_lines *lines;
    enum lanes_isa isa;
    struct stream_text *out; /* of the part at hand */
    size_t line_count, error_count;
    enum status status; /* why it stopped, if it did */
    struct sample_line spectrum;
    struct grid grid; /* of the group and the weights; count 0 for none yet */
    enum status grid_status;
    struct weights weights[VIEWING_MAX];
    char before_lab[VIEWING_MAX][COLOR_LIGHT_MAX];
    size_t count; /* of the group */
    struct color_entry entry[LANES];
    double reflectance[SPECTRUM_MAX * LANES];
    struct lanes_lab lab[VIEWING_MAX], standard[VIEWING_MAX];
    double ciede2000[VIEWING_MAX][LANES];
};

/* NO_MEMORY, or what sample_lines_open finds in the plan's first line. */
enum status color_worker_open(const struct color_plan *plan, struct color_worker **out,
                              struct fault *fault);

/* The work of a stream (see stream.h). */
enum status color_worker_run(void *worker, const struct stream_part *part,
                             struct stream_text *out);

/* NULL is fine. */
void color_worker_close(struct color_worker *worker);

#endif
