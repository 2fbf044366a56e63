/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spectra by the million: CSV or NDJSON in, a line of JSON out for each, in their order.
 * Memory does not grow with the number of lines, and nothing that is printed depends on
 * the number of threads.
 */
#ifndef CLI_COLOR_STREAM_H
#define CLI_COLOR_STREAM_H

#include "cli/command.h"

/* --batch and --threads. */
extern const struct option_spec color_stream_options[];

/*
 * Reads the spectra of a file, NULL or "-" for the standard input, and prints their color
 * under each light of the viewing. standard is NULL, or for each of the lights the color
 * that they are compared with.
 *
 * A line that cannot be read becomes an object with the error, and the run goes on; the
 * exit code then is EXIT_DATA without a failure.
 */
enum exit_code color_stream_run(struct context *context, const char *path,
                                const cmsCIELab *standard);

#endif
