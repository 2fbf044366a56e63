/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One section of an INI file that a user may have edited. Internal to colorlib. */
#ifndef COLORLIB_INI_SECTION_H
#define COLORLIB_INI_SECTION_H

#include "colorlib/status.h"

/* Larger files and longer lines are refused. */
enum { INI_BYTES_MAX = 65536, INI_LINE_MAX = 180, INI_KEYS_MAX = 16 };

enum ini_need { INI_OPTIONAL, INI_REQUIRED };

/* A key that a section may have, and where its number goes. */
struct ini_key {
    const char *name;
    double *value; /* unchanged where the section lacks the key */
    double min;    /* the least and the greatest number allowed */
    double max;
    enum ini_need need;
};

/* A key whose value is text, and where that goes; the reader of the text can tell its
 * place by the line. */
struct ini_text {
    const char *name;
    char value[INI_LINE_MAX + 1]; /* unchanged where the section lacks the key */
    size_t line;                  /* where it stands */
};

/*
 * Reads the numbers of one section, whose name stands exactly so in brackets.
 *
 * NOT_FOUND when there is no such file or section, IO when the file cannot be read.
 * BAD_DATA with the place in fault: a line that is neither section nor key = value, an
 * unknown, repeated or missing key, something that is not a decimal number, a number out
 * of range, a control character, a line or a file that is too long. On failure some
 * values may have been written.
 */
enum status ini_section_read(const char *path, const char *section,
                             const struct ini_key *keys, size_t count,
                             struct fault *fault);

/* The same for texts, all of them optional. */
enum status ini_section_read_texts(const char *path, const char *section,
                                   struct ini_text *texts, size_t count,
                                   struct fault *fault);

#endif
