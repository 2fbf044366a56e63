/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bottles a practitioner has at hand. */
#ifndef CLI_BOTTLES_H
#define CLI_BOTTLES_H

#include "cli/command.h"
#include "colorlib/pigment.h"

enum { BOTTLE_SOURCE_MAX = 1024 };

struct bottles {
    size_t count;
    struct pigment pigment[PIGMENT_MAX];
    char source[PIGMENT_MAX][BOTTLE_SOURCE_MAX]; /* the id or file that each came from */
};

/*
 * Reads a list of pigments: ids or files between commas, or @SET of pigment-sets.ini.
 *
 *   exclude  Colour Index numbers or allergens between commas: a bottle that names one is
 *            left out, with a note; NULL for none
 *
 * Failure for an unknown pigment or set, one named twice, more than PIGMENT_MAX, or none
 * left.
 */
enum exit_code bottles_read(struct context *context, const char *list,
                            const char *exclude, struct bottles *out);

/* Reads the bottle of one id or file. */
enum exit_code bottles_read_one(struct context *context, const char *word,
                                struct pigment *out);

/* Adds the bottle of one id or file. */
enum exit_code bottles_add(struct context *context, const char *word,
                           struct bottles *bottles);

/* Whether a pigment names one of the words between commas, as exclude has them. */
bool bottles_contain(const struct pigment *pigment, const char *words);

#endif
