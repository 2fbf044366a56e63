/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables in text, fitted to the terminal by leaving columns out, and as plain lines. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdio.h>

#include "cli/command.h"

enum table_align { TABLE_LEFT, TABLE_RIGHT };

/* When a column goes: decoration is not in plain output; of the others those of the
 * highest rank leave a narrow terminal first, together, and those of rank 0 never. */
enum { TABLE_ALWAYS = 0, TABLE_DECORATION = -1 };

struct table_column {
    const char *heading;
    enum table_align align;
    int rank;
};

struct table;

/* A table with those columns and no rows. NO_MEMORY. */
enum status table_make(const struct table_column *columns, size_t count,
                       struct table **out);

/* Begins a row; its cells are empty until set. */
enum status table_row(struct table *table);

/* Sets a cell of the last row. */
enum status table_cell(struct table *table, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sets three cells of the last row, from a column on, to L*, a*, b*. */
enum status table_lab(struct table *table, size_t column, const cmsCIELab *lab);

/* Sets a cell of the last row to a block in a color; empty where there is no color. */
enum status table_swatch(struct table *table, size_t column,
                         const struct terminal *terminal, struct srgb color);

/*
 * Prints the table: in text mode with headings, indented by two columns and as wide as
 * the terminal at most; in plain mode rows of cells between tabs. Nothing without rows.
 */
enum status table_print(struct table *table, const struct context *context);

/* Prints a table unless filling it failed for want of memory, which becomes the failure;
 * frees it. */
enum exit_code table_finish(struct context *context, struct table *table,
                            enum status filled);

/* NULL is fine. */
void table_free(struct table *table);

#endif
