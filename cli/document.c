/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/document.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "colorlib/json_tree.h"

enum { SIZE_LIMIT = 16 << 20 };

/* -- the file ------------------------------------------------------------------------ */

/* All of a stream; NULL with errno when it cannot be read or is too large. */
static char *read_all(FILE *stream, size_t *size)
{
    size_t room = 1 << 16, used = 0;
    char *text = malloc(room);
    while (text) {
        used += fread(text + used, 1, room - used, stream);
        if (used < room)
            break;
        room *= 2;
        char *larger = room <= 2 * SIZE_LIMIT ? realloc(text, room) : NULL;
        if (!larger) {
            errno = room > 2 * SIZE_LIMIT ? EFBIG : ENOMEM;
            free(text);
            return NULL;
        }
        text = larger;
    }
    if (text && ferror(stream)) {
        free(text);
        return NULL;
    }
    *size = used;
    return text;
}

static enum exit_code refuse_file(struct failure *failure, const char *path, int error)
{
    enum failure_code code = error == ENOENT || error == ENOTDIR ? FAILURE_FILE_MISSING
                             : error == ENOMEM                   ? FAILURE_SYSTEM_MEMORY
                                                                 : FAILURE_FILE_READ;
    return failure_set(failure, code, "%s: %s", path, strerror(error));
}

static enum exit_code read_text(const char *path, char **text, size_t *size,
                                struct failure *failure)
{
    int is_input = strcmp(path, "-") == 0;
    FILE *stream = is_input ? stdin : fopen(path, "rb");
    if (!stream)
        return refuse_file(failure, path, errno);
    errno = 0;
    *text = read_all(stream, size);
    int error = errno ? errno : EIO;
    if (!is_input)
        fclose(stream);
    return *text ? EXIT_DONE : refuse_file(failure, path, error);
}

static bool member_is(const json_t *root, const char *key, const char *value)
{
    const char *text = json_string_value(json_object_get(root, key));
    return text && strcmp(text, value) == 0;
}

static enum exit_code parse(const char *path, const char *text, size_t size,
                            struct failure *failure, json_t **out)
{
    struct text source = {.start = text, .size = size};
    struct fault fault = {0};
    enum status status = json_tree_read(&source, out, &fault);
    return status == STATUS_OK ? EXIT_DONE
                               : failure_from_file(failure, path, status, &fault);
}

enum exit_code document_open(struct context *context, const char *path, const char *kind,
                             struct document *out)
{
    struct document document = {.path = path, .failure = &context->failure};
    char *text = NULL;
    size_t size = 0;
    enum exit_code code = read_text(path, &text, &size, &context->failure);
    if (code == EXIT_DONE)
        code = parse(path, text, size, &context->failure, &document.root);
    free(text);
    if (code != EXIT_DONE)
        return code;
    if (!member_is(document.root, "schema", "scalptone/1"))
        code = document_refuse(&document, "schema", "\"scalptone/1\" is due");
    else if (!member_is(document.root, "kind", kind))
        code = document_refuse(&document, "kind", "\"%s\" is due", kind);
    if (code == EXIT_DONE)
        *out = document;
    else
        document_close(&document);
    return code;
}

void document_close(struct document *document)
{
    json_decref(document->root);
    document->root = NULL;
}

/* -- members ------------------------------------------------------------------------- */

const json_t *document_at(const struct document *document, const char *key)
{
    const json_t *value = document->root;
    while (value && *key) {
        char name[DOCUMENT_KEY_MAX];
        size_t length = strcspn(key, ".");
        if (length >= sizeof name)
            return NULL;
        memcpy(name, key, length);
        name[length] = '\0';
        value = json_is_array(value) ? json_array_get(value, strtoul(name, NULL, 10))
                                     : json_object_get(value, name);
        key += length + (key[length] == '.');
    }
    return value;
}

struct document_key document_key(const char *key, const char *member)
{
    struct document_key path;
    snprintf(path.text, sizeof path.text, "%.100s.%.50s", key, member);
    return path;
}

enum exit_code document_refuse(const struct document *document, const char *key,
                               const char *format, ...)
{
    char problem[FAILURE_MESSAGE_MAX / 2];
    va_list values;
    va_start(values, format);
    vsnprintf(problem, sizeof problem, format, values);
    va_end(values);
    return failure_set(document->failure, FAILURE_FILE_MALFORMED, "%s: %s: %s",
                       document->path, key, problem);
}

static enum exit_code missing(const struct document *document, const char *key)
{
    return document_refuse(document, key, "it is missing");
}

static enum exit_code take_number(const struct document *document, const char *key,
                                  const json_t *value, double min, double max,
                                  double *out)
{
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= min && number <= max))
        return document_refuse(document, key, "a number from %.10g to %.10g is due", min,
                               max);
    *out = number;
    return EXIT_DONE;
}

enum exit_code document_number(const struct document *document, const char *key,
                               double min, double max, double *out)
{
    const json_t *value = document_at(document, key);
    return value ? take_number(document, key, value, min, max, out)
                 : missing(document, key);
}

enum exit_code document_numbers(const struct document *document, const char *key,
                                double min, double max, double *out, size_t count)
{
    size_t length;
    enum exit_code code = document_length(document, key, count, count, &length);
    const json_t *array = document_at(document, key);
    for (size_t i = 0; i < count && code == EXIT_DONE; i++)
        code = take_number(document, key, json_array_get(array, i), min, max, &out[i]);
    return code;
}

enum exit_code document_whole(const struct document *document, const char *key, long min,
                              long max, long *out)
{
    const json_t *value = document_at(document, key);
    if (!value)
        return missing(document, key);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < min || number > max)
        return document_refuse(document, key, "a whole number from %ld to %ld is due",
                               min, max);
    *out = (long)number;
    return EXIT_DONE;
}

enum exit_code document_length(const struct document *document, const char *key,
                               size_t min, size_t max, size_t *out)
{
    const json_t *value = document_at(document, key);
    if (!value)
        return missing(document, key);
    size_t length = json_array_size(value);
    if (!json_is_array(value) || length < min || length > max)
        return document_refuse(document, key, "an array of %zu to %zu members is due",
                               min, max);
    *out = length;
    return EXIT_DONE;
}

enum exit_code document_text(const struct document *document, const char *key, char *out,
                             size_t size)
{
    const json_t *value = document_at(document, key);
    if (!value)
        return missing(document, key);
    const char *text = json_string_value(value);
    if (!text || strlen(text) >= size || !text_is_printable(text))
        return document_refuse(document, key,
                               "printable text of at most %zu bytes is due", size - 1);
    memcpy(out, text, strlen(text) + 1);
    return EXIT_DONE;
}

enum exit_code document_flag(const struct document *document, const char *key, bool *out)
{
    const json_t *value = document_at(document, key);
    if (value && !json_is_boolean(value))
        return document_refuse(document, key, "true or false is due");
    *out = json_is_true(value);
    return EXIT_DONE;
}

/* -- numbers of a struct ---------------------------------------------------------------
 */

void document_members_keep(const struct document_member *members, void *object)
{
    for (const struct document_member *m = members; m->key; m++) {
        double *number = (double *)(void *)((char *)object + m->offset);
        *number = json_kept(*number);
    }
}

void document_members_write(const struct document_member *members, const void *object,
                            json_t *out)
{
    for (const struct document_member *m = members; m->key; m++) {
        const void *number = (const char *)object + m->offset;
        json_set(out, m->key, json_number(*(const double *)number));
    }
}

enum exit_code document_members_read(const struct document *document, const char *key,
                                     const struct document_member *members, void *object)
{
    enum exit_code code = EXIT_DONE;
    for (const struct document_member *m = members; m->key && code == EXIT_DONE; m++) {
        char path[DOCUMENT_KEY_MAX];
        snprintf(path, sizeof path, "%s.%s", key, m->key);
        void *number = (char *)object + m->offset;
        code = document_number(document, path, m->min, m->max, number);
    }
    return code;
}
