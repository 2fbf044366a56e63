/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { CELL_MAX = 512, INDENT = 2, GAP = 2 };

struct table {
    const struct table_column *column; /* the caller's */
    size_t column_count;
    struct libscols_table *scols;
    struct libscols_line *line;
};

static enum status add_columns(struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        int flags = table->column[i].align == TABLE_RIGHT ? SCOLS_FL_RIGHT : 0;
        if (!scols_table_new_column(table->scols, table->column[i].heading, 0, flags))
            return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

enum status table_make(const struct table_column *columns, size_t count,
                       struct table **out)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table)
        return STATUS_NO_MEMORY;
    table->column = columns;
    table->column_count = count;
    table->scols = scols_new_table();
    if (!table->scols || add_columns(table) != STATUS_OK) {
        table_free(table);
        return STATUS_NO_MEMORY;
    }
    *out = table;
    return STATUS_OK;
}

enum status table_row(struct table *table)
{
    table->line = scols_table_new_line(table->scols, NULL);
    return table->line ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status table_cell(struct table *table, size_t column, const char *format, ...)
{
    char text[CELL_MAX];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return scols_line_set_data(table->line, column, text) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status table_swatch(struct table *table, size_t column,
                         const struct terminal *terminal, struct srgb color)
{
    char escape[ESCAPE_MAX];
    terminal_foreground(terminal, color, escape);
    if (!escape[0])
        return STATUS_OK;
    struct libscols_cell *cell = scols_line_get_cell(table->line, column);
    if (scols_cell_set_data(cell, terminal->signs->block) ||
        scols_cell_set_color(cell, escape))
        return STATUS_NO_MEMORY;
    return STATUS_OK;
}

static const char *cell_text(struct libscols_line *line, size_t column)
{
    const char *text = scols_cell_get_data(scols_line_get_cell(line, column));
    return text ? text : "";
}

/* Columns that a text takes on the screen; bytes where it is not valid in the charset. */
static size_t display_width(const char *text)
{
    wchar_t wide[CELL_MAX];
    size_t length = mbstowcs(wide, text, CELL_MAX);
    int width = length < CELL_MAX ? wcswidth(wide, length) : -1;
    return width >= 0 ? (size_t)width : strlen(text);
}

static size_t widest_cell(const struct table *table, size_t column)
{
    size_t widest = 0;
    for (size_t row = 0; row < scols_table_get_nlines(table->scols); row++) {
        struct libscols_line *line = scols_table_get_line(table->scols, row);
        size_t width = display_width(cell_text(line, column));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* An empty column takes no room, whatever its heading. */
static size_t column_width(const struct table *table, size_t column)
{
    size_t widest = widest_cell(table, column);
    size_t heading = display_width(table->column[column].heading);
    return widest == 0 ? 0 : widest > heading ? widest : heading;
}

/* The highest rank among the columns shown. */
static int highest_rank(const struct table *table, const size_t *shown)
{
    int highest = TABLE_ALWAYS;
    for (size_t i = 0; i < table->column_count; i++)
        if (shown[i] && table->column[i].rank > highest)
            highest = table->column[i].rank;
    return highest;
}

/* Widths of the columns, 0 for those to hide: the empty ones, then by falling rank until
 * the rest fits. */
static void fit(const struct table *table, size_t width, size_t *shown)
{
    size_t total = INDENT;
    for (size_t i = 0; i < table->column_count; i++) {
        shown[i] = column_width(table, i);
        total += shown[i] ? shown[i] + GAP : 0;
    }
    for (int rank = highest_rank(table, shown);
         total > width + GAP && rank > TABLE_ALWAYS; rank = highest_rank(table, shown)) {
        for (size_t i = 0; i < table->column_count; i++) {
            if (shown[i] && table->column[i].rank == rank) {
                total -= shown[i] + GAP;
                shown[i] = 0;
            }
        }
    }
}

static void hide(const struct table *table, const size_t *shown)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (!shown[i])
            scols_column_set_flags(scols_table_get_column(table->scols, i),
                                   SCOLS_FL_HIDDEN);
}

/* Line by line: an indent in front, no blanks behind. */
static void print_lines(char *text, FILE *stream)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        size_t length = strlen(line);
        while (length > 0 && line[length - 1] == ' ')
            length--;
        fprintf(stream, "%*s%.*s\n", INDENT, "", (int)length, line);
    }
}

static enum status print_text(const struct table *table, const struct terminal *terminal,
                              FILE *stream)
{
    size_t *shown = calloc(table->column_count, sizeof *shown);
    if (!shown)
        return STATUS_NO_MEMORY;
    fit(table, terminal->width, shown);
    hide(table, shown);
    free(shown);
    scols_table_enable_colors(table->scols, terminal->depth != COLOR_DEPTH_NONE);
    scols_table_set_column_separator(table->scols, "  ");
    scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_NEVER);
    char *text = NULL;
    if (scols_print_table_to_string(table->scols, &text) != 0)
        return STATUS_NO_MEMORY;
    print_lines(text, stream);
    free(text);
    return STATUS_OK;
}

static void print_plain(const struct table *table, FILE *stream)
{
    for (size_t row = 0; row < scols_table_get_nlines(table->scols); row++) {
        struct libscols_line *line = scols_table_get_line(table->scols, row);
        const char *separator = "";
        for (size_t i = 0; i < table->column_count; i++) {
            if (table->column[i].rank == TABLE_DECORATION)
                continue;
            fputs(separator, stream);
            print_safely(stream, cell_text(line, i));
            separator = "\t";
        }
        fputc('\n', stream);
    }
}

enum status table_print(struct table *table, const struct context *context)
{
    if (scols_table_get_nlines(table->scols) == 0)
        return STATUS_OK;
    if (context->mode == MODE_TEXT)
        return print_text(table, &context->terminal, context->output.stream);
    print_plain(table, context->output.stream);
    return STATUS_OK;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    scols_unref_table(table->scols);
    free(table);
}
