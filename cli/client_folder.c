/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/client_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/private_file.h"
#include "colorlib/sample.h"
#include "colorlib/text.h"

static const char case_file[] = "case.json";
static const char course_file[] = "course.json";

/* As many names are tried for a file that must not replace another. */
enum { NUMBERS_MAX = 10000 };

enum exit_code client_folder_path(struct context *context, const char *folder,
                                  const char *file, char *path)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", folder, file);
    if (length > 0 && length < PATH_MAX)
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s: %s", folder,
                       strerror(ENAMETOOLONG));
}

static enum exit_code read_text(struct context *context, const char *path,
                                struct text *out)
{
    struct fault fault = {0};
    enum status status = text_read(path, out, &fault);
    return status == STATUS_OK
               ? EXIT_DONE
               : failure_from_file(&context->failure, path, status, &fault);
}

/* -- the course ------------------------------------------------------------- */

enum exit_code client_folder_read(struct context *context, const char *folder,
                                  struct course *out)
{
    char path[PATH_MAX];
    bool simulated = false;
    struct document document = {0};
    enum exit_code code = client_folder_path(context, folder, course_file, path);
    if (code == EXIT_DONE)
        code = document_open(context, path, "course", &document);
    if (code == EXIT_DONE)
        code = document_flag(&document, "conditions.simulated", &simulated);
    if (code == EXIT_DONE)
        code = course_read(&document, out);
    document_close(&document);
    if (code == EXIT_DONE && simulated && !context->simulated) {
        context->simulated = true;
        warn(context, "conditions.simulated", NULL,
             "%s is simulated: a virtual instrument was read", folder);
    }
    if (context->failure.code == FAILURE_FILE_MISSING)
        failure_hint(&context->failure, "plan RECIPE.json --client %s begins one",
                     folder);
    return code;
}

enum exit_code client_folder_write(struct context *context, const char *folder,
                                   const struct course *course)
{
    char path[PATH_MAX];
    enum exit_code code = client_folder_path(context, folder, course_file, path);
    if (code != EXIT_DONE)
        return code;
    json_t *document = json_document(context, "course", json_conditions(context, "sce"),
                                     course_json(course));
    char *text = document ? json_dumps(document, JSON_DUMP_FLAGS) : NULL;
    json_decref(document);
    code = text ? private_file_write(path, text, strlen(text), OUTPUT_REPLACE,
                                     &context->failure)
                : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    free(text);
    return code;
}

/* -- beginning -------------------------------------------------------------- */

/* Copies a file under a name that is not taken. */
static enum exit_code copy(struct context *context, const char *from, const char *to)
{
    struct text text;
    enum exit_code code = read_text(context, from, &text);
    if (code != EXIT_DONE)
        return code;
    code = private_file_write(to, text.start, text.size, OUTPUT_KEEP_EXISTING,
                              &context->failure);
    text_free(&text);
    return code;
}

/* Renames case.json to case-N.json, N the first that is free; a file that is not there
 * is fine. */
static enum exit_code move_aside(struct context *context, const char *folder,
                                 const char *file)
{
    char path[PATH_MAX], aside[PATH_MAX], name[COURSE_FILE_MAX];
    enum exit_code code = client_folder_path(context, folder, file, path);
    if (code != EXIT_DONE || access(path, F_OK) != 0)
        return code;
    for (int n = 1; n < NUMBERS_MAX && code == EXIT_DONE; n++) {
        snprintf(name, sizeof name, "%.*s-%d.json", (int)strcspn(file, "."), file, n);
        code = client_folder_path(context, folder, name, aside);
        if (code == EXIT_DONE && access(aside, F_OK) != 0 && rename(path, aside) == 0)
            return EXIT_DONE;
    }
    return code != EXIT_DONE ? code
                             : failure_set(&context->failure, FAILURE_OUTPUT_CREATE,
                                           "%s cannot be moved aside", path);
}

static enum exit_code make_room(struct context *context, const char *folder)
{
    char path[PATH_MAX];
    enum exit_code code = client_folder_path(context, folder, case_file, path);
    if (code != EXIT_DONE || access(path, F_OK) != 0)
        return code;
    if (!option(context, "force")) {
        code = failure_set(&context->failure, FAILURE_OUTPUT_EXISTS,
                           "%s holds a client's case already", folder);
        failure_hint(&context->failure, "another folder, or --force, which moves the "
                                        "older case aside");
        return code;
    }
    code = move_aside(context, folder, case_file);
    return code == EXIT_DONE ? move_aside(context, folder, course_file) : code;
}

enum exit_code client_folder_begin(struct context *context, const char *folder,
                                   const char *case_path, const struct course *course)
{
    char path[PATH_MAX];
    if (strcmp(case_path, "-") == 0)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "a client's folder begins with the file of a match, not with "
                           "standard input");
    enum exit_code code = client_folder_path(context, folder, case_file, path);
    if (code == EXIT_DONE)
        code = private_file_folder(folder, &context->failure);
    if (code == EXIT_DONE)
        code = make_room(context, folder);
    if (code == EXIT_DONE)
        code = copy(context, case_path, path);
    return code == EXIT_DONE ? client_folder_write(context, folder, course) : code;
}

/* -- scans ------------------------------------------------------------------ */

/* The one spectrum that was read, as a document. */
static enum exit_code write_spectrum(struct context *context, const struct color *color,
                                     const char *path)
{
    struct spectrum spectrum = color->spectrum;
    struct sample_info info = {.specular = color->specular};
    memcpy(info.id, color->id, sizeof info.id);
    memcpy(info.name, color->name, sizeof info.name);
    const struct sample_set set = {.quantity = SAMPLE_REFLECTANCE,
                                   .conditions = color->conditions,
                                   .grid = spectrum.grid,
                                   .count = 1,
                                   .info = &info,
                                   .value = spectrum.value};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    enum status status =
        stream ? sample_write(stream, SAMPLE_JSON, &set) : STATUS_NO_MEMORY;
    if (stream && fclose(stream) != 0)
        status = STATUS_NO_MEMORY;
    enum exit_code code =
        status == STATUS_OK
            ? private_file_write(path, text, size, OUTPUT_KEEP_EXISTING,
                                 &context->failure)
            : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    free(text);
    return code;
}

/* The first name of WHAT-N.json that is free. */
static enum exit_code free_name(struct context *context, const char *folder,
                                const char *what, char *file, char *path)
{
    for (int n = 1; n < NUMBERS_MAX; n++) {
        snprintf(file, COURSE_FILE_MAX, "%.8s-%d.json", what, n);
        enum exit_code code = client_folder_path(context, folder, file, path);
        if (code != EXIT_DONE || access(path, F_OK) != 0)
            return code;
    }
    return failure_set(&context->failure, FAILURE_OUTPUT_CREATE, "%s is full", folder);
}

enum exit_code client_folder_keep(struct context *context, const char *folder,
                                  const char *what, const char *argument,
                                  const struct color *color, char *file)
{
    char path[PATH_MAX];
    enum exit_code code = free_name(context, folder, what, file, path);
    if (code != EXIT_DONE)
        return code;
    bool as_it_is = text_ends_in(argument, ".json") && access(argument, R_OK) == 0;
    return as_it_is ? copy(context, argument, path)
                    : write_spectrum(context, color, path);
}
