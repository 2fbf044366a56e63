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

enum status table_lab(struct table *table, size_t column, const cmsCIELab *lab)
{
    enum status failed = table_cell(table, column, "%.1f", lab->L);
    failed |= table_cell(table, column + 1, "%.1f", lab->a);
    return failed | table_cell(table, column + 2, "%.1f", lab->b);
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

/* Widens the columns to the cells of all rows. */
static enum status measure_cells(const struct table *table, size_t *width)
{
    struct libscols_iter *iter = scols_new_iter(SCOLS_ITER_FORWARD);
    struct libscols_line *line = NULL;
    if (!iter)
        return STATUS_NO_MEMORY;
    while (scols_table_next_line(table->scols, iter, &line) == 0) {
        for (size_t i = 0; i < table->column_count; i++) {
            size_t cell = display_width(cell_text(line, i));
            width[i] = cell > width[i] ? cell : width[i];
        }
    }
    scols_free_iter(iter);
    return STATUS_OK;
}

/* Widths of the columns; an empty one takes no room, whatever its heading. */
static enum status measure(const struct table *table, size_t *width)
{
    if (measure_cells(table, width) != STATUS_OK)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < table->column_count; i++) {
        size_t heading = display_width(table->column[i].heading);
        if (width[i] > 0 && heading > width[i])
            width[i] = heading;
    }
    return STATUS_OK;
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

/* Sets to 0 the widths of columns to hide: by falling rank until the rest fits. */
static void fit(const struct table *table, size_t terminal_width, size_t *shown)
{
    size_t total = INDENT;
    for (size_t i = 0; i < table->column_count; i++)
        total += shown[i] ? shown[i] + GAP : 0;
    for (int rank = highest_rank(table, shown);
         total > terminal_width + GAP && rank > TABLE_ALWAYS;
         rank = highest_rank(table, shown)) {
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
    enum status status = measure(table, shown);
    fit(table, terminal->width, shown);
    hide(table, shown);
    free(shown);
    if (status != STATUS_OK)
        return status;
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

static void print_plain_line(const struct table *table, struct libscols_line *line,
                             FILE *stream)
{
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

static enum status print_plain(const struct table *table, FILE *stream)
{
    struct libscols_iter *iter = scols_new_iter(SCOLS_ITER_FORWARD);
    struct libscols_line *line = NULL;
    if (!iter)
        return STATUS_NO_MEMORY;
    while (scols_table_next_line(table->scols, iter, &line) == 0)
        print_plain_line(table, line, stream);
    scols_free_iter(iter);
    return STATUS_OK;
}

enum status table_print(struct table *table, const struct context *context)
{
    if (scols_table_get_nlines(table->scols) == 0)
        return STATUS_OK;
    if (context->mode == MODE_TEXT)
        return print_text(table, &context->terminal, context->output.stream);
    return print_plain(table, context->output.stream);
}

enum exit_code table_finish(struct context *context, struct table *table,
                            enum status filled)
{
    if (filled == STATUS_OK)
        filled = table_print(table, context);
    table_free(table);
    return filled == STATUS_OK
               ? EXIT_DONE
               : failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
}

void table_free(struct table *table)
{
    if (!table)
        return;
    scols_unref_table(table->scols);
    free(table);
}
