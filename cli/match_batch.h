/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * match by the thousand: NDJSON targets in, a document of match for each out, in their
 * order. Memory does not grow with the number of lines, and nothing that is printed
 * depends on the number of threads.
 */
#ifndef CLI_MATCH_BATCH_H
#define CLI_MATCH_BATCH_H

#include "cli/command.h"

/* --batch, --threads and --resume. */
extern const struct option_spec match_batch_options[];

/*
 * Reads the lines of a file, NULL or "-" for the standard input. A line that gives no
 * recipe becomes an object with the error, and the run goes on; the exit code then is
 * EXIT_DATA without a failure.
 */
enum exit_code match_batch_run(struct context *context, const char *path);

#endif
