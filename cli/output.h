/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where results go. All of a result is gathered before a byte of it leaves, so a command
 * that fails leaves neither half a document nor half a file.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "cli/failure.h"

enum output_overwrite { OUTPUT_KEEP_EXISTING, OUTPUT_REPLACE };

struct output {
    FILE *stream;     /* what a command prints to */
    const char *path; /* NULL for stdout; the caller's */
    char *text;
    size_t size;
};

/*
 * Opens an output to a path, NULL or "-" for stdout. Without OUTPUT_REPLACE an existing
 * file is refused, and so is one whose folder is not there or takes none, before a
 * command has done what it could not report.
 */
enum exit_code output_open(const char *path, enum output_overwrite overwrite,
                           struct output *out, struct failure *failure);

/* Sends what is gathered to another path, under the same rule. */
enum exit_code output_redirect(struct output *output, const char *path,
                               enum output_overwrite overwrite, struct failure *failure);

/* Writes what was gathered, to a file by way of a temporary one beside it, and closes. */
enum exit_code output_commit(struct output *output, struct failure *failure);

/* Writes all bytes to a file descriptor; -1 with errno when it cannot. */
int output_write(int descriptor, const void *bytes, size_t size);

/* Closes and forgets what was gathered; one of zeros or already committed is fine. */
void output_discard(struct output *output);

#endif
