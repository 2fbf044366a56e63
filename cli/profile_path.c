/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/profile_path.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* 1 when folder (not NULL, not empty) holds the name; path is then set. */
static int found_in(const char *folder, const char *name, char *path)
{
    if (!folder || !folder[0])
        return 0;
    int length = snprintf(path, PROFILE_PATH_MAX, "%s/%s", folder, name);
    return length < PROFILE_PATH_MAX && access(path, R_OK) == 0;
}

/* The same for a folder given from where the program lies. */
static int found_from_program(const char *folder, const char *name, char *path)
{
    char program[PATH_MAX], real[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length < 0 || length == sizeof program)
        return 0;
    program[length] = '\0';
    char from[PATH_MAX];
    int size = snprintf(from, sizeof from, "%s/%s", dirname(program), folder);
    return size < PATH_MAX && realpath(from, real) && found_in(real, name, path);
}

enum exit_code profile_path(struct context *context, const char *name, char *path)
{
    if (found_in(option(context, "profiles"), name, path) ||
        found_in(getenv("SCALPTONE_PROFILES"), name, path) ||
        found_from_program(SCALPTONE_DATADIR "/profiles", name, path) ||
        found_from_program("../../profiles", name, path)) { /* build/VARIANT */
        detail(context, "profile %s", path);
        return EXIT_DONE;
    }
    enum exit_code code = failure_set(&context->failure, FAILURE_PROFILE_MISSING,
                                      "no profile \"%s\" in any folder", name);
    failure_hint(&context->failure, "--profiles DIR, the folder that holds %s", name);
    return code;
}
