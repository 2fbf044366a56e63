/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options as data: parsing, help, and whatever else is made of the table. */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stddef.h>

/* One option; a table of them ends with a NULL name. */
struct option_spec {
    const char *name;     /* long, without the dashes */
    char letter;          /* short form, 0 where there is none */
    const char *argument; /* what its value is called; NULL for a switch */
    const char *help;     /* one sentence, with unit and default */
};

enum { OPTION_TABLES_MAX = 8 };

/* What a command understands: up to OPTION_TABLES_MAX tables, NULL after the last. */
struct option_tables {
    const struct option_spec *table[OPTION_TABLES_MAX];
};

/* The option of that long name or letter; NULL when no table has it. */
const struct option_spec *option_find(const struct option_tables *tables,
                                      const char *name);
const struct option_spec *option_find_letter(const struct option_tables *tables,
                                             char letter);

/* The long name nearest to a mistyped one, at most two edits away; NULL when none is. */
const char *option_nearest(const struct option_tables *tables, const char *name);

enum { EDITS_MAX = 2 };

/* Insertions, deletions, substitutions and swaps of neighbours between two words; any
 * number above EDITS_MAX stands for "far". */
size_t edit_distance(const char *a, const char *b);

#endif
