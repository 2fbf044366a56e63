/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/private_file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Puts the temporary file in its place; errno says why not. A file system without links
 * gets a rename, which would replace what appears there in between. */
static int place(const char *temporary, const char *path, enum output_overwrite overwrite)
{
    if (overwrite == OUTPUT_REPLACE)
        return rename(temporary, path);
    if (link(temporary, path) == 0)
        return unlink(temporary);
    if (errno == EEXIST || access(path, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(temporary, path);
}

static int fill(int file, const void *bytes, size_t size)
{
    int error = output_write(file, bytes, size) == 0 && fsync(file) == 0 ? 0 : errno;
    if (close(file) != 0 && !error)
        error = errno;
    return error;
}

enum exit_code private_file_write(const char *path, const void *bytes, size_t size,
                                  enum output_overwrite overwrite,
                                  struct failure *failure)
{
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    int file = -1;
    if (length < 0 || length >= (int)sizeof temporary)
        errno = ENAMETOOLONG;
    else
        file = mkstemp(temporary); /* 0600 */
    if (file < 0)
        return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: %s", path,
                           strerror(errno));
    int error = fill(file, bytes, size);
    if (!error && place(temporary, path, overwrite) != 0)
        error = errno;
    if (!error)
        return EXIT_DONE;
    unlink(temporary);
    if (error == EEXIST)
        return failure_set(failure, FAILURE_OUTPUT_EXISTS, "%s is there already", path);
    return failure_set(failure, FAILURE_OUTPUT_WRITE, "%s: %s", path, strerror(error));
}

enum exit_code private_file_folder(const char *path, struct failure *failure)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: %s", path,
                           strerror(errno));
    return EXIT_DONE;
}
