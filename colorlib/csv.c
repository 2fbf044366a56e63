/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/csv.h"

#include <stdlib.h>
#include <string.h>

#include "colorlib/array.h"

struct parser {
    const struct text *text;
    const char *next;
    struct fault *fault;
    struct text_word *cell;
    size_t cell_count, capacity;
};

static const char *skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

static bool ends_cell(char c)
{
    return c == ',' || c == '\r' || c == '\n' || c == '\0';
}

static enum status read_quoted(struct parser *parser, struct text_word *cell)
{
    const char *start = parser->next + 1, *end = start;
    while (*end != '\0' && (*end != '"' || end[1] == '"'))
        end += *end == '"' ? 2 : 1;
    if (*end != '"')
        return text_fault(parser->text, parser->next, parser->fault,
                          "a quote is never closed");
    parser->next = skip_blanks(end + 1);
    if (!ends_cell(*parser->next))
        return text_fault(parser->text, parser->next, parser->fault,
                          "no comma behind the closing quote");
    *cell = (struct text_word){start, (unsigned)(end - start), true};
    return STATUS_OK;
}

static enum status read_bare(struct parser *parser, struct text_word *cell)
{
    const char *start = parser->next, *end = start;
    while (!ends_cell(*end)) {
        if (*end == '"')
            return text_fault(parser->text, end, parser->fault,
                              "a quote inside a cell that does not begin with one");
        end++;
    }
    parser->next = end;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    *cell = (struct text_word){start, (unsigned)(end - start), false};
    return STATUS_OK;
}

static enum status read_cell(struct parser *parser)
{
    struct text_word *grown = array_reserve(parser->cell, &parser->capacity,
                                            parser->cell_count + 1, sizeof *parser->cell);
    if (!grown)
        return STATUS_NO_MEMORY;
    parser->cell = grown;
    parser->next = skip_blanks(parser->next);
    struct text_word *cell = &parser->cell[parser->cell_count];
    enum status status =
        *parser->next == '"' ? read_quoted(parser, cell) : read_bare(parser, cell);
    if (status == STATUS_OK)
        parser->cell_count++;
    return status;
}

/* The cells of one line, limit at most; beyond it stands the problem. */
static enum status read_row(struct parser *parser, size_t limit, const char *problem)
{
    size_t first = parser->cell_count;
    for (;;) {
        enum status status = read_cell(parser);
        if (status != STATUS_OK)
            return status;
        size_t count = parser->cell_count - first;
        if (count > limit)
            return text_fault(parser->text, parser->cell[parser->cell_count - 1].start,
                              parser->fault, "%s (%zu)", problem, limit);
        if (*parser->next != ',')
            return STATUS_OK;
        parser->next++;
    }
}

/* To the next line with something on it; false at the end of the text. */
static bool next_line(struct parser *parser)
{
    parser->next += strspn(parser->next, " \t\r\n");
    return *parser->next != '\0';
}

static enum status check_separator(const struct parser *parser)
{
    for (size_t i = 0; i < parser->cell_count; i++) {
        const struct text_word *cell = &parser->cell[i];
        const char *semicolon = memchr(cell->start, ';', cell->length);
        if (semicolon && !cell->quoted)
            return text_fault(parser->text, semicolon, parser->fault,
                              "\"%s\": the columns are separated by semicolons; use "
                              "commas, and points in numbers",
                              text_excerpt(cell).text);
    }
    return STATUS_OK;
}

static enum status read_heading(struct parser *parser, size_t *columns)
{
    bool found = next_line(parser);
    while (found && *parser->next == '#') {
        parser->next += strcspn(parser->next, "\n");
        found = next_line(parser);
    }
    if (!found)
        return text_fault(parser->text, parser->next, parser->fault, "the file is empty");
    enum status status = read_row(parser, CSV_COLUMNS_MAX, "more columns than allowed");
    *columns = parser->cell_count;
    return status == STATUS_OK ? check_separator(parser) : status;
}

static enum status read_rows(struct parser *parser, size_t columns)
{
    while (next_line(parser)) {
        size_t first = parser->cell_count;
        if (first / columns > CSV_ROWS_MAX)
            return text_fault(parser->text, parser->next, parser->fault,
                              "more than %d rows", CSV_ROWS_MAX);
        enum status status =
            read_row(parser, columns,
                     "a decimal comma? The row has more columns than the heading");
        if (status != STATUS_OK)
            return status;
        size_t count = parser->cell_count - first;
        if (count < columns)
            return text_fault(parser->text, parser->next, parser->fault,
                              "the row \"%s\" has %zu columns, the heading %zu",
                              text_excerpt(&parser->cell[first]).text, count, columns);
    }
    return STATUS_OK;
}

enum status csv_parse(const struct text *text, struct csv *out, struct fault *fault)
{
    struct parser parser = {.text = text, .next = text->start, .fault = fault};
    size_t columns = 0;
    enum status status = read_heading(&parser, &columns);
    if (status == STATUS_OK)
        status = read_rows(&parser, columns);
    if (status != STATUS_OK) {
        free(parser.cell);
        return status;
    }
    *out = (struct csv){columns, parser.cell_count / columns - 1, parser.cell};
    return STATUS_OK;
}

void csv_free(struct csv *csv)
{
    free(csv->cell);
    *csv = (struct csv){0};
}
