/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/profile_path.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 1 when the search ends in this folder: the name is there and path is set, or it cannot
 * be told and the failure is. Only where it is not may another folder take its place. */
static int ends_in(const char *folder, const char *name, char *path,
                   struct failure *failure)
{
    int length = snprintf(path, PROFILE_PATH_MAX, "%s/%s", folder, name);
    if (length >= PROFILE_PATH_MAX)
        return 0;
    if (access(path, R_OK) == 0)
        return 1;
    if (errno == ENOENT || errno == ENAMETOOLONG)
        return 0;
    failure_set(failure, FAILURE_FILE_READ, "%s: %s", path, strerror(errno));
    return 1;
}

/* The same for a folder that the user named by way of an option or variable, or did not
 * (NULL): it has to be one. */
static int ends_in_named(const char *way, const char *folder, const char *name,
                         char *path, struct failure *failure)
{
    if (!folder)
        return 0;
    struct stat status;
    int error = stat(folder, &status) != 0 ? errno : 0;
    if (!error && !S_ISDIR(status.st_mode))
        error = ENOTDIR;
    if (!error && access(folder, R_OK | X_OK) != 0)
        error = errno;
    if (!error)
        return ends_in(folder, name, path, failure);
    failure_set(failure, FAILURE_FILE_MISSING, "%s \"%s\": %s", way, folder,
                strerror(error));
    return 1;
}

/* The same for a folder given from where the program lies. */
static int ends_in_own(const char *folder, const char *name, char *path,
                       struct failure *failure)
{
    char program[PATH_MAX], real[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length < 0 || length == sizeof program)
        return 0;
    program[length] = '\0';
    char from[PATH_MAX];
    int size = snprintf(from, sizeof from, "%s/%s", dirname(program), folder);
    return size < PATH_MAX && realpath(from, real) && ends_in(real, name, path, failure);
}

enum exit_code profile_path(struct context *context, const char *name, char *path)
{
    const char *variable = getenv("SCALPTONE_PROFILES");
    if (variable && !variable[0])
        variable = NULL;
    struct failure failure = {.code = FAILURE_NONE};
    if (!ends_in_named("--profiles", option(context, "profiles"), name, path, &failure) &&
        !ends_in_named("SCALPTONE_PROFILES", variable, name, path, &failure) &&
        !ends_in_own(SCALPTONE_DATADIR "/profiles", name, path, &failure) &&
        !ends_in_own("../../profiles", name, path, &failure)) { /* build/VARIANT */
        failure_set(&failure, FAILURE_PROFILE_MISSING, "no profile \"%s\" in any folder",
                    name);
        failure_hint(&failure, "--profiles DIR, the folder that holds %s", name);
    }
    if (failure.code != FAILURE_NONE) {
        context->failure = failure;
        return failure_kind(failure.code)->exit;
    }
    detail(context, "profile %s", path);
    return EXIT_DONE;
}
