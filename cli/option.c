/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/option.h"

#include <string.h>

const struct option_spec *option_find(const struct option_tables *tables,
                                      const char *name)
{
    for (size_t t = 0; t < OPTION_TABLES_MAX && tables->table[t]; t++)
        for (const struct option_spec *spec = tables->table[t]; spec->name; spec++)
            if (strcmp(spec->name, name) == 0)
                return spec;
    return NULL;
}

const struct option_spec *option_find_letter(const struct option_tables *tables,
                                             char letter)
{
    for (size_t t = 0; t < OPTION_TABLES_MAX && tables->table[t]; t++)
        for (const struct option_spec *spec = tables->table[t]; spec->name; spec++)
            if (spec->letter == letter)
                return spec;
    return NULL;
}

const char *option_nearest(const struct option_tables *tables, const char *name)
{
    const char *nearest = NULL;
    size_t least = EDITS_MAX + 1;
    for (size_t t = 0; t < OPTION_TABLES_MAX && tables->table[t]; t++) {
        for (const struct option_spec *spec = tables->table[t]; spec->name; spec++) {
            size_t edits = edit_distance(name, spec->name);
            if (edits < least) {
                least = edits;
                nearest = spec->name;
            }
        }
    }
    return nearest;
}

enum { WORD_MAX = 32 };

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, row by row: three rows are all it looks back on. */
size_t edit_distance(const char *a, const char *b)
{
    size_t m = strlen(a);
    size_t n = strlen(b);
    if (m > WORD_MAX || n > WORD_MAX)
        return EDITS_MAX + 1;
    size_t row[3][WORD_MAX + 1];
    for (size_t j = 0; j <= n; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *now = row[i % 3];
        const size_t *last = row[(i + 2) % 3];
        const size_t *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= n; j++) {
            now[j] = least_of(last[j] + 1, now[j - 1] + 1);
            now[j] = least_of(now[j], last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least_of(now[j], before[j - 2] + 1);
        }
    }
    return row[m % 3][n];
}
