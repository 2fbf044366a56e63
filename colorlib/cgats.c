/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/cgats.h"

#include <stdlib.h>
#include <string.h>

#include "colorlib/array.h"

/* The words of one line; room for one more than allowed shows a line too long. */
struct line {
    size_t count;
    struct text_word word[CGATS_FIELDS_MAX + 1];
};

struct parser {
    const struct text *text;
    const char *next;
    struct fault *fault;
    struct cgats cgats;
    size_t table_capacity;
    /* of the table being read */
    size_t keyword_capacity, field_capacity, cell_capacity;
    struct line line;
};

static struct cgats_table *current(struct parser *parser)
{
    return &parser->cgats.table[parser->cgats.table_count - 1];
}

/* -- words and lines ------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool ends_word(char c)
{
    return is_blank(c) || c == '\n' || c == '\0';
}

static enum status read_quoted(struct parser *parser, struct text_word *word)
{
    const char *start = parser->next + 1, *end = start;
    while (*end != '\n' && *end != '\0' && (*end != '"' || end[1] == '"'))
        end += *end == '"' ? 2 : 1;
    if (*end != '"')
        return text_fault(parser->text, parser->next, parser->fault,
                          "a quote is not closed on its line");
    if (!ends_word(end[1]))
        return text_fault(parser->text, end + 1, parser->fault,
                          "no blank behind the closing quote");
    *word = (struct text_word){start, (unsigned)(end - start), true};
    parser->next = end + 1;
    return STATUS_OK;
}

static enum status read_bare(struct parser *parser, struct text_word *word)
{
    const char *start = parser->next, *end = start;
    while (!ends_word(*end)) {
        if (*end == '"' || *end == '#')
            return text_fault(parser->text, end, parser->fault,
                              "%c inside a word: put the word in quotes", *end);
        end++;
    }
    *word = (struct text_word){start, (unsigned)(end - start), false};
    parser->next = end;
    return STATUS_OK;
}

/* The words up to the end of the line, which next then points behind. */
static enum status read_line(struct parser *parser)
{
    struct line *line = &parser->line;
    line->count = 0;
    for (;;) {
        while (is_blank(*parser->next))
            parser->next++;
        if (*parser->next == '#')
            parser->next += strcspn(parser->next, "\n");
        if (*parser->next == '\n' || *parser->next == '\0')
            break;
        if (line->count > CGATS_FIELDS_MAX)
            return text_fault(parser->text, parser->next, parser->fault,
                              "more than %d fields on a line", CGATS_FIELDS_MAX);
        struct text_word *word = &line->word[line->count++];
        enum status status =
            *parser->next == '"' ? read_quoted(parser, word) : read_bare(parser, word);
        if (status != STATUS_OK)
            return status;
    }
    parser->next += *parser->next == '\n';
    return STATUS_OK;
}

/* The next line with words on it; *found is false at the end of the text. */
static enum status next_line(struct parser *parser, bool *found)
{
    const char *end = parser->text->start + parser->text->size;
    parser->line.count = 0;
    while (parser->line.count == 0 && parser->next < end) {
        enum status status = read_line(parser);
        if (status != STATUS_OK)
            return status;
    }
    *found = parser->line.count > 0;
    const struct text_word *first = &parser->line.word[0];
    if (*found && !first->quoted && text_is_caseless(first, ".INCLUDE"))
        return text_fault(parser->text, first->start, parser->fault,
                          ".INCLUDE: nothing is included from elsewhere");
    return STATUS_OK;
}

/* The next line inside a section that must still be closed. */
static enum status line_before(struct parser *parser, const char *closing)
{
    bool found;
    enum status status = next_line(parser, &found);
    if (status == STATUS_OK && !found)
        return text_fault(parser->text, parser->next, parser->fault,
                          "the file ends before %s", closing);
    return status;
}

/* Whether the line is this reserved word and nothing else. */
static bool line_is(const struct parser *parser, const char *reserved)
{
    const struct line *line = &parser->line;
    return line->count == 1 && !line->word[0].quoted && text_is(&line->word[0], reserved);
}

static bool is_reserved(const struct text_word *word)
{
    return !word->quoted &&
           (text_is(word, "BEGIN_DATA_FORMAT") || text_is(word, "END_DATA_FORMAT") ||
            text_is(word, "BEGIN_DATA") || text_is(word, "END_DATA"));
}

/* -- sections --------------------------------------------------------------------- */

static enum status misplaced_word(struct parser *parser, const struct text_word *word,
                                  const char *expected)
{
    return text_fault(parser->text, word->start, parser->fault, "\"%s\" where %s",
                      text_excerpt(word).text, expected);
}

static enum status misplaced(struct parser *parser, const char *expected)
{
    return misplaced_word(parser, &parser->line.word[0], expected);
}

static enum status add_keyword(struct parser *parser)
{
    const struct line *line = &parser->line;
    const struct text_word *name = &line->word[0], *value = &line->word[1];
    if (is_reserved(name) || name->quoted)
        return misplaced(parser, "a keyword should stand");
    if (line->count != 2)
        return text_fault(parser->text, name->start, parser->fault,
                          "keyword \"%s\" has %zu values; one is due",
                          text_excerpt(name).text, line->count - 1);
    struct cgats_table *table = current(parser);
    if (!text_is(name, "KEYWORD"))
        for (size_t i = 0; i < table->keyword_count; i++)
            if (text_same(&table->keyword[i].name, name) &&
                !text_same(&table->keyword[i].value, value))
                return text_fault(parser->text, name->start, parser->fault,
                                  "keyword \"%s\" has two values",
                                  text_excerpt(name).text);
    if (table->keyword_count == CGATS_KEYWORDS_MAX)
        return text_fault(parser->text, name->start, parser->fault,
                          "more than %d keywords", CGATS_KEYWORDS_MAX);
    struct cgats_keyword *grown =
        array_reserve(table->keyword, &parser->keyword_capacity, table->keyword_count + 1,
                      sizeof *table->keyword);
    if (!grown)
        return STATUS_NO_MEMORY;
    table->keyword = grown;
    table->keyword[table->keyword_count++] = (struct cgats_keyword){*name, *value};
    return STATUS_OK;
}

static enum status add_field(struct parser *parser, const struct text_word *name)
{
    if (is_reserved(name))
        return misplaced_word(parser, name, "a field should stand");
    struct cgats_table *table = current(parser);
    for (size_t i = 0; i < table->field_count; i++)
        if (text_same(&table->field[i], name))
            return text_fault(parser->text, name->start, parser->fault,
                              "field \"%s\" is named twice", text_excerpt(name).text);
    if (table->field_count == CGATS_FIELDS_MAX)
        return text_fault(parser->text, name->start, parser->fault, "more than %d fields",
                          CGATS_FIELDS_MAX);
    struct text_word *grown = array_reserve(table->field, &parser->field_capacity,
                                            table->field_count + 1, sizeof *table->field);
    if (!grown)
        return STATUS_NO_MEMORY;
    table->field = grown;
    table->field[table->field_count++] = *name;
    return STATUS_OK;
}

static enum status read_format(struct parser *parser)
{
    if (current(parser)->field_count > 0)
        return misplaced(parser, "the format is given already");
    for (;;) {
        enum status status = line_before(parser, "END_DATA_FORMAT");
        if (status != STATUS_OK)
            return status;
        if (line_is(parser, "END_DATA_FORMAT"))
            break;
        for (size_t i = 0; i < parser->line.count; i++) {
            status = add_field(parser, &parser->line.word[i]);
            if (status != STATUS_OK)
                return status;
        }
    }
    return current(parser)->field_count > 0
               ? STATUS_OK
               : misplaced(parser, "the format has no field yet");
}

static enum status add_set(struct parser *parser)
{
    struct cgats_table *table = current(parser);
    const struct line *line = &parser->line;
    if (is_reserved(&line->word[0]))
        return misplaced(parser, "END_DATA should stand");
    if (line->count != table->field_count) {
        size_t last =
            line->count < table->field_count ? line->count - 1 : table->field_count;
        return text_fault(parser->text, line->word[last].start, parser->fault,
                          "the set \"%s\" has %zu fields, the format %zu",
                          text_excerpt(&line->word[0]).text, line->count,
                          table->field_count);
    }
    if (table->set_count == CGATS_SETS_MAX)
        return text_fault(parser->text, line->word[0].start, parser->fault,
                          "more than %d sets", CGATS_SETS_MAX);
    size_t used = table->set_count * table->field_count;
    struct text_word *grown =
        array_reserve(table->cell, &parser->cell_capacity, used + table->field_count,
                      sizeof *table->cell);
    if (!grown)
        return STATUS_NO_MEMORY;
    table->cell = grown;
    memcpy(table->cell + used, line->word, table->field_count * sizeof *table->cell);
    table->set_count++;
    return STATUS_OK;
}

static enum status read_data(struct parser *parser)
{
    if (current(parser)->field_count == 0)
        return misplaced(parser, "no data format was given before");
    for (;;) {
        enum status status = line_before(parser, "END_DATA");
        if (status != STATUS_OK || line_is(parser, "END_DATA"))
            return status;
        status = add_set(parser);
        if (status != STATUS_OK)
            return status;
    }
}

/* A count that the file claims must be the count that it holds. */
static enum status check_count(const struct parser *parser, const char *keyword,
                               size_t counted)
{
    const struct text_word *claim =
        cgats_keyword(&parser->cgats.table[parser->cgats.table_count - 1], keyword);
    if (!claim)
        return STATUS_OK;
    double number;
    enum status status =
        text_number(parser->text, claim, keyword, &number, parser->fault);
    if (status == STATUS_OK && number != (double)counted)
        return text_fault(parser->text, claim->start, parser->fault,
                          "%s is \"%s\", but there are %zu", keyword,
                          text_excerpt(claim).text, counted);
    return status;
}

/* Keywords, the format and more keywords, up to the end of the data. */
static enum status read_sections(struct parser *parser)
{
    for (;;) {
        enum status status = line_before(parser, "BEGIN_DATA");
        if (status == STATUS_OK && line_is(parser, "BEGIN_DATA"))
            return read_data(parser);
        if (status == STATUS_OK)
            status = line_is(parser, "BEGIN_DATA_FORMAT") ? read_format(parser)
                                                          : add_keyword(parser);
        if (status != STATUS_OK)
            return status;
    }
}

static enum status read_table(struct parser *parser)
{
    const struct text_word *identifier = &parser->line.word[0];
    if (parser->line.count != 1 || identifier->quoted || is_reserved(identifier))
        return misplaced(parser, "an identifier such as CGATS.17 should stand alone");
    struct cgats_table *grown =
        array_reserve(parser->cgats.table, &parser->table_capacity,
                      parser->cgats.table_count + 1, sizeof *grown);
    if (!grown)
        return STATUS_NO_MEMORY;
    parser->cgats.table = grown;
    grown[parser->cgats.table_count++] = (struct cgats_table){.identifier = *identifier};
    parser->keyword_capacity = parser->field_capacity = parser->cell_capacity = 0;

    enum status status = read_sections(parser);
    if (status == STATUS_OK)
        status = check_count(parser, "NUMBER_OF_FIELDS", current(parser)->field_count);
    if (status == STATUS_OK)
        status = check_count(parser, "NUMBER_OF_SETS", current(parser)->set_count);
    return status;
}

static enum status read_tables(struct parser *parser)
{
    for (;;) {
        bool found;
        enum status status = next_line(parser, &found);
        if (status == STATUS_OK && found)
            status = read_table(parser);
        if (status != STATUS_OK)
            return status;
        if (!found)
            return parser->cgats.table_count > 0
                       ? STATUS_OK
                       : text_fault(parser->text, parser->next, parser->fault,
                                    "the file is empty");
    }
}

enum status cgats_parse(const struct text *text, struct cgats *out, struct fault *fault)
{
    struct parser parser = {.text = text, .next = text->start, .fault = fault};
    enum status status = read_tables(&parser);
    if (status == STATUS_OK)
        *out = parser.cgats;
    else
        cgats_free(&parser.cgats);
    return status;
}

void cgats_free(struct cgats *cgats)
{
    for (size_t i = 0; i < cgats->table_count; i++) {
        free(cgats->table[i].keyword);
        free(cgats->table[i].field);
        free(cgats->table[i].cell);
    }
    free(cgats->table);
    *cgats = (struct cgats){0};
}

const struct text_word *cgats_keyword(const struct cgats_table *table, const char *name)
{
    for (size_t i = 0; i < table->keyword_count; i++)
        if (text_is(&table->keyword[i].name, name))
            return &table->keyword[i].value;
    return NULL;
}

size_t cgats_field(const struct cgats_table *table, const char *name)
{
    size_t i = 0;
    while (i < table->field_count && !text_is(&table->field[i], name))
        i++;
    return i;
}

void cgats_write_text(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        fputc(c == '"' ? '\'' : c < 0x20 || c == 0x7F ? ' ' : c, stream);
    }
    fputc('"', stream);
}

void cgats_write_keyword(FILE *stream, const char *name, const char *value)
{
    fprintf(stream, "%s ", name);
    cgats_write_text(stream, value);
    fputc('\n', stream);
}
