/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spectra that come as lines, one each: rows of a CSV behind its heading, or NDJSON, an
 * object a line such as {"id": "A1", "reflectance": {"start_nm": 400, "step_nm": 10,
 * "values": [...]}} or a document of one sample. As strict as sample_read, whose readers
 * have the last word on every line that is not plain.
 */
#ifndef COLORLIB_SAMPLE_LINE_H
#define COLORLIB_SAMPLE_LINE_H

#include "colorlib/line_id.h"
#include "colorlib/sample.h"

struct sample_line {
    struct line_id id;          /* none where the line gives none */
    char name[SAMPLE_NAME_MAX]; /* empty where it gives none */
    enum sample_origin origin;
    struct grid grid;
    double reflectance[SPECTRUM_MAX]; /* grid.count */
};

/*
 * Reads one line of NDJSON, followed by a NUL, with all that it says of how it was taken;
 * a scan in both modes is two samples, as sample_read has them. Statuses and fault as
 * sample_lines_read. Release with sample_set_free.
 */
enum status sample_line_set(const char *line, size_t length, enum sample_scale scale,
                            struct sample_set *out, struct fault *fault);

/* How the lines of one stream are read. One thread may use it at a time. */
struct sample_lines;

/* Where the first line begins that is neither blank nor a comment; size where none does.
 */
size_t sample_lines_begin(const char *text, size_t size);

/*
 * Learns from that line, without its line feed, how to read the stream: a CSV's heading,
 * or the first object. Without SAMPLE_SCALE_PERCENT reflectance is a fraction, as one
 * line does not tell the scale of all.
 *
 * NO_MEMORY; BAD_DATA or NOT_COVERED with the place when it is no heading of spectra, or
 * one of a spectrum a column. Release with sample_lines_close.
 */
enum status sample_lines_open(const char *line, size_t length, enum sample_scale scale,
                              struct sample_lines **out, struct fault *fault);

/* Whether the line given was a heading and no spectrum itself. */
bool sample_lines_have_heading(const struct sample_lines *lines);

/*
 * Reads one line, without its line feed. A row ends where its line does, quotes or not.
 *
 * NO_MEMORY; BAD_DATA, NOT_COVERED or NEEDS_SPECTRUM with the column in fault, whose line
 * is 1, or 0 where the fault has no place. out holds nothing of use then.
 */
enum status sample_lines_read(struct sample_lines *lines, const char *line, size_t length,
                              struct sample_line *out, struct fault *fault);

/* NULL is fine. */
void sample_lines_close(struct sample_lines *lines);

#endif
