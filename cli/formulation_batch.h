/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas by the thousand: spectra in, CSV or NDJSON, a line of JSON out for each, in
 * their order. Memory does not grow with the number of lines, and nothing that is printed
 * depends on the number of threads, or on which lines were there at the same time.
 */
#ifndef CLI_FORMULATION_BATCH_H
#define CLI_FORMULATION_BATCH_H

#include "cli/formulation.h"

/* Usage failure for an option that does not go with --batch; path as below. */
enum exit_code formulation_batch_check(struct context *context, const char *path);

/*
 * Reads the targets of a file, NULL or "-" for the standard input. The plan is what was
 * asked for of all, and its solver.
 *
 * A line that gives no formula becomes an object with the error, and the run goes on; the
 * exit code then is EXIT_DATA without a failure.
 */
enum exit_code formulation_batch_run(struct context *context, const char *path,
                                     const struct formulation *plan,
                                     const struct formula_solver *solver);

#endif
