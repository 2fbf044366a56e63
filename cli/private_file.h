/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that only this user may read, written whole or not at all. */
#ifndef CLI_PRIVATE_FILE_H
#define CLI_PRIVATE_FILE_H

#include <stddef.h>

#include "cli/output.h"

/* Writes a file with mode 0600 by way of a temporary one beside it. With
 * OUTPUT_KEEP_EXISTING one that is there already stays and is the failure. */
enum exit_code private_file_write(const char *path, const void *bytes, size_t size,
                                  enum output_overwrite overwrite,
                                  struct failure *failure);

/* Makes a folder with mode 0700; one that is there already is fine. */
enum exit_code private_file_folder(const char *path, struct failure *failure);

#endif
