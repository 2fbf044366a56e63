/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where calibrations are kept between runs: one file a serial number, in the state
 * folder. */
#ifndef CLI_CALIBRATION_FILE_H
#define CLI_CALIBRATION_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "cli/failure.h"

/* Reads the block kept for a serial number into block[capacity]; its size, 0 for none. */
size_t calibration_file_read(const char *serial, uint8_t *block, size_t capacity);

/* Makes sure, before the work of calibrating, that a block can be kept. */
enum exit_code calibration_file_prepare(const char *serial, struct failure *failure);

/* Keeps a block, readable by this user only; by way of a temporary file. */
enum exit_code calibration_file_write(const char *serial, const uint8_t *block,
                                      size_t size, struct failure *failure);

/* Forgets the block; that there is none is fine. */
void calibration_file_remove(const char *serial);

#endif
