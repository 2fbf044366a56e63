/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finished scan as what a file of spectra holds. */
#ifndef CLI_SCAN_FILE_H
#define CLI_SCAN_FILE_H

#include "cli/scan_result.h"

/* How the scan was taken. */
void scan_conditions(const struct scan *scan, struct sample_conditions *out);

/* Writes the scan to the context's output: the readings with specular excluded first,
 * then, where both were taken, included. */
enum exit_code scan_write(struct context *context, const struct scan *scan,
                          enum sample_format format);

#endif
