/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum exit_code refuse_existing(const char *path, struct failure *failure)
{
    enum exit_code code =
        failure_set(failure, FAILURE_OUTPUT_EXISTS, "%s is there already", path);
    failure_hint(failure, "--force replaces it");
    return code;
}

static enum exit_code write_failure(const char *path, struct failure *failure)
{
    return failure_set(failure, FAILURE_OUTPUT_WRITE, "%s: %s", path, strerror(errno));
}

static enum exit_code create_failure(const char *path, struct failure *failure)
{
    return failure_set(failure, FAILURE_OUTPUT_CREATE, "%s: %s", path, strerror(errno));
}

static int is_regular(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* Whether a new file can be made; errno where not. */
static int has_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return access(slash ? "/" : ".", W_OK | X_OK) == 0;
    char *folder = strndup(path, (size_t)(slash - path));
    int made = folder && access(folder, W_OK | X_OK) == 0;
    free(folder);
    return made;
}

enum exit_code output_redirect(struct output *output, const char *path,
                               enum output_overwrite overwrite, struct failure *failure)
{
    output->path = path && strcmp(path, "-") != 0 ? path : NULL;
    if (output->path && overwrite == OUTPUT_KEEP_EXISTING && is_regular(path))
        return refuse_existing(path, failure);
    if (output->path && !exists(path) && !has_folder(path))
        return create_failure(path, failure);
    return EXIT_DONE;
}

enum exit_code output_open(const char *path, enum output_overwrite overwrite,
                           struct output *out, struct failure *failure)
{
    *out = (struct output){0};
    enum exit_code code = output_redirect(out, path, overwrite, failure);
    if (code != EXIT_DONE)
        return code;
    out->stream = open_memstream(&out->text, &out->size);
    if (!out->stream)
        return failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    return EXIT_DONE;
}

int output_write(int descriptor, const void *bytes, size_t size)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t written = write(descriptor, next, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written == 0)
            errno = EIO;
        if (written <= 0)
            return -1;
        next += written;
        size -= (size_t)written;
    }
    return 0;
}

/* A pipe, a device: written where it is. */
static enum exit_code write_in_place(const struct output *output, struct failure *failure)
{
    int descriptor = open(output->path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return create_failure(output->path, failure);
    int failed = output_write(descriptor, output->text, output->size);
    if (failed | close(descriptor))
        return write_failure(output->path, failure);
    return EXIT_DONE;
}

enum { SUFFIX_MAX = 32 };

static enum exit_code write_temporary(const struct output *output, const char *temporary,
                                      const char *target, struct failure *failure)
{
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return create_failure(output->path, failure);
    int failed =
        output_write(descriptor, output->text, output->size) || fsync(descriptor);
    if (failed | close(descriptor)) {
        enum exit_code code = write_failure(output->path, failure);
        unlink(temporary);
        return code;
    }
    if (rename(temporary, target) != 0) {
        enum exit_code code = create_failure(output->path, failure);
        unlink(temporary);
        return code;
    }
    return EXIT_DONE;
}

/* A link stays, and what it leads to is replaced. */
static enum exit_code write_file(const struct output *output, struct failure *failure)
{
    if (exists(output->path) && !is_regular(output->path))
        return write_in_place(output, failure);
    char *target =
        exists(output->path) ? realpath(output->path, NULL) : strdup(output->path);
    size_t size = target ? strlen(target) + SUFFIX_MAX : 0;
    char *temporary = target ? malloc(size) : NULL;
    enum exit_code code = EXIT_DONE;
    if (temporary) {
        snprintf(temporary, size, "%s.%ld.tmp", target, (long)getpid());
        code = write_temporary(output, temporary, target, failure);
    } else {
        code = failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    }
    free(temporary);
    free(target);
    return code;
}

static enum exit_code write_stdout(const struct output *output, struct failure *failure)
{
    if (output_write(STDOUT_FILENO, output->text, output->size) != 0)
        return write_failure("stdout", failure);
    return EXIT_DONE;
}

enum exit_code output_commit(struct output *output, struct failure *failure)
{
    enum exit_code code = EXIT_DONE;
    const int is_empty = ftello(output->stream) == 0;
    int failed = fclose(output->stream) != 0;
    /* without memory to end it there is no text, which an empty one does not miss */
    if (failed || (!output->text && !is_empty))
        code = failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    else if (output->path)
        code = write_file(output, failure);
    else
        code = write_stdout(output, failure);
    output->stream = NULL;
    output_discard(output);
    return code;
}

void output_discard(struct output *output)
{
    if (output->stream)
        fclose(output->stream);
    free(output->text);
    *output = (struct output){0};
}
