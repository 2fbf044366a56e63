/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/calibration_file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/private_file.h"

/* The state folder of the XDG base directory specification. */
static int state_folder(char *path)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int length = -1;
    if (state && state[0] == '/')
        length = snprintf(path, PATH_MAX, "%s/" SCALPTONE_NAME, state);
    else if (home && home[0])
        length = snprintf(path, PATH_MAX, "%s/.local/state/" SCALPTONE_NAME, home);
    return length > 0 && length < PATH_MAX ? 0 : -1;
}

/* The file of a serial number; only letters and digits of it name one. */
static int file_of(const char *serial, char *path)
{
    char folder[PATH_MAX];
    if (!serial[0] || strspn(serial, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz") != strlen(serial))
        return -1;
    if (state_folder(folder) != 0)
        return -1;
    int length = snprintf(path, PATH_MAX, "%s/calibration/%s", folder, serial);
    return length > 0 && length < PATH_MAX ? 0 : -1;
}

size_t calibration_file_read(const char *serial, uint8_t *block, size_t capacity)
{
    char path[PATH_MAX];
    if (file_of(serial, path) != 0)
        return 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t size = fread(block, 1, capacity, file);
    size = fgetc(file) == EOF && !ferror(file) ? size : 0;
    fclose(file);
    return size;
}

/* Makes the folders above a path, private to this user; errno says why not. */
static int make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int failed = mkdir(path, 0700) != 0 && errno != EEXIST;
        *slash = '/';
        if (failed)
            return -1;
    }
    return 0;
}

/* Makes sure of the folder of a serial number's file, whose path is given. */
static enum exit_code prepare(const char *serial, char *path, struct failure *failure)
{
    if (file_of(serial, path) != 0) {
        enum exit_code code =
            failure_set(failure, FAILURE_OUTPUT_CREATE,
                        "no folder to keep the calibration of \"%s\" in", serial);
        failure_hint(failure, "set HOME or XDG_STATE_HOME");
        return code;
    }
    char *name = strrchr(path, '/');
    int failed = make_folders(path) != 0;
    *name = '\0';
    if (failed || access(path, W_OK | X_OK) != 0)
        return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: %s", path,
                           strerror(errno));
    *name = '/';
    return EXIT_DONE;
}

enum exit_code calibration_file_prepare(const char *serial, struct failure *failure)
{
    char path[PATH_MAX];
    return prepare(serial, path, failure);
}

enum exit_code calibration_file_write(const char *serial, const uint8_t *block,
                                      size_t size, struct failure *failure)
{
    char path[PATH_MAX];
    enum exit_code code = prepare(serial, path, failure);
    return code == EXIT_DONE
               ? private_file_write(path, block, size, OUTPUT_REPLACE, failure)
               : code;
}

void calibration_file_remove(const char *serial)
{
    char path[PATH_MAX];
    if (file_of(serial, path) == 0)
        unlink(path);
}
