/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program's own documents read back. Whoever wrote one is a stranger: every member is
 * checked, and the first that is wrong ends the reading with file.malformed and its path,
 * such as "data.technique.radius_mm"; numbers between the points are places in an array.
 */
#ifndef CLI_DOCUMENT_H
#define CLI_DOCUMENT_H

#include <jansson.h>

#include "cli/command.h"

struct document {
    const char *path; /* the caller's */
    json_t *root;
    struct failure *failure;
};

/* Reads a document of a kind, such as "match", from a file of at most 16 MiB, "-" for
 * standard input. Close with document_close. */
enum exit_code document_open(struct context *context, const char *path, const char *kind,
                             struct document *out);

/* One of zeros is fine. */
void document_close(struct document *document);

/* The member at a path from the root; NULL when there is none. */
const json_t *document_at(const struct document *document, const char *key);

/* Says that a member is wrong. */
enum exit_code document_refuse(const struct document *document, const char *key,
                               const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number from min to max. */
enum exit_code document_number(const struct document *document, const char *key,
                               double min, double max, double *out);

/* Exactly count of them in an array. */
enum exit_code document_numbers(const struct document *document, const char *key,
                                double min, double max, double *out, size_t count);

/* A whole number from min to max. */
enum exit_code document_whole(const struct document *document, const char *key, long min,
                              long max, long *out);

/* The length of an array, from min to max. */
enum exit_code document_length(const struct document *document, const char *key,
                               size_t min, size_t max, size_t *out);

/* Printable text of less than size bytes. */
enum exit_code document_text(const struct document *document, const char *key, char *out,
                             size_t size);

/* true or false; false where the member is absent. */
enum exit_code document_flag(const struct document *document, const char *key, bool *out);

/* Room for a path that is put together. */
enum { DOCUMENT_KEY_MAX = 160 };

/* The path of a member of what stands at another path. */
struct document_key {
    char text[DOCUMENT_KEY_MAX];
};
struct document_key document_key(const char *key, const char *member);

/* Numbers of a struct as members of an object; a table of them ends with a NULL key. */
struct document_member {
    const char *key;
    size_t offset; /* of the double in its struct */
    double min, max;
};

/* Replaces the numbers by those that a document gives back (json_kept). */
void document_members_keep(const struct document_member *members, void *object);

/* Sets them in a JSON object. */
void document_members_write(const struct document_member *members, const void *object,
                            json_t *out);

/* Reads them from the object at key. */
enum exit_code document_members_read(const struct document *document, const char *key,
                                     const struct document_member *members, void *object);

#endif
