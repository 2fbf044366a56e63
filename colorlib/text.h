/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text files of others: read whole, checked once, and every fault with its place. */
#ifndef COLORLIB_TEXT_H
#define COLORLIB_TEXT_H

#include <stdbool.h>

#include "colorlib/status.h"

enum { TEXT_SIZE_MAX = 16 << 20, TEXT_EXCERPT_MAX = 48 };

/* A file's bytes, followed by a NUL. Owns them; release with text_free. */
struct text {
    char *bytes;
    const char *start; /* behind a byte order mark */
    size_t size;       /* from start */
};

/* A stretch of a text, without its quotes; inside quotes "" stands for one quote. */
struct text_word {
    const char *start;
    unsigned length;
    bool quoted;
};

/*
 * Reads a file, "-" for the standard input.
 *
 * NOT_FOUND, IO or NO_MEMORY; BAD_DATA when it is larger than 16 MiB, is not UTF-8, or
 * holds control characters other than tab, LF and CRLF (so that no name can steer a
 * terminal).
 */
enum status text_read(const char *path, struct text *out, struct fault *fault);

/* The part of text_read that looks at the bytes, for a text that is in memory already and
 * followed by a NUL: BAD_DATA for what is not UTF-8 and for control characters. */
enum status text_check(const struct text *text, struct fault *fault);

/* Releases the bytes; a text of zeros is fine. */
void text_free(struct text *text);

/*
 * Writes the place of a byte of the text (NULL: no place) and a message, printf-like,
 * into the fault (NULL is fine). Always BAD_DATA, so that a parser can return it.
 */
enum status text_fault(const struct text *text, const char *at, struct fault *fault,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The beginning of a word for a message, cut between characters. */
struct text_excerpt {
    char text[TEXT_EXCERPT_MAX];
};
struct text_excerpt text_excerpt(const struct text_word *word);

/* A number for a message, the same under every locale. */
struct text_excerpt text_of_number(double value);

/* Whether the word is the string; the second form ignores the case of ASCII letters. */
bool text_is(const struct text_word *word, const char *string);
bool text_is_caseless(const struct text_word *word, const char *string);

/* Whether two words are the same bytes. */
bool text_same(const struct text_word *a, const struct text_word *b);

/* Copies a word, quotes resolved. OUT_OF_RANGE when it is longer than size - 1 bytes. */
enum status text_copy(const struct text_word *word, char *out, size_t size);

/* Copies as much of a string as fits, cut between characters. */
void text_cut(const char *string, char *out, size_t size);

/* Whether a string is UTF-8 without any control character. */
bool text_is_printable(const char *string);

/* The number that the word is; else BAD_DATA that names what it stands in. */
enum status text_number(const struct text *text, const struct text_word *word,
                        const char *what, double *out, struct fault *fault);

/* Whether a string ends in another, the case of ASCII letters ignored. */
bool text_ends_in(const char *string, const char *ending);

#endif
