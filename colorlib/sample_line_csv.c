/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain row of a CSV, without going through a table of cells. */
#include "colorlib/sample_line_plan.h"

#include <string.h>

#include "colorlib/number.h"

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

static bool is_plain(char c)
{
    return c >= ' ' && c <= '~' && c != '"';
}

/* A cell of text; returns the comma or the end behind it, NULL where it is not plain. */
static const char *read_text(const char *at, const char *end, struct text_word *out)
{
    bool quoted = at < end && *at == '"';
    const char *start = at += quoted;
    while (at < end && is_plain(*at) && (quoted || *at != ','))
        at++;
    const char *behind = at;
    if (quoted) {
        if (at == end || *at != '"')
            return NULL;
        at = skip_blanks(at + 1, end);
    } else {
        while (behind > start && behind[-1] == ' ')
            behind--;
    }
    if (at < end && *at != ',')
        return NULL;
    *out = (struct text_word){start, (unsigned)(behind - start), false};
    return at;
}

static bool copy(const struct text_word *word, char *out, size_t size)
{
    return text_copy(word, out, size) == STATUS_OK;
}

/* As long as the id of a sample may be. */
static bool copy_id(const struct text_word *word, struct line_id *out)
{
    out->kind = word->length > 0 ? LINE_ID_TEXT : LINE_ID_NONE;
    return copy(word, out->text, SAMPLE_ID_MAX);
}

/* False for what makes the row more than a measured reflectance with a name. */
static bool take_text(enum sample_column_kind kind, const struct text_word *word,
                      struct sample_line *out)
{
    switch (kind) {
    case SAMPLE_COLUMN_ID: return copy_id(word, &out->id);
    case SAMPLE_COLUMN_NAME: return copy(word, out->name, sizeof out->name);
    case SAMPLE_COLUMN_KIND: return word->length == 0 || text_is(word, "reflectance");
    case SAMPLE_COLUMN_SIMULATED: return word->length == 0 || text_is(word, "no");
    case SAMPLE_COLUMN_SPECULAR:
        return word->length == 0 || text_is_caseless(word, "sci") ||
               text_is_caseless(word, "sce");
    case SAMPLE_COLUMN_CONDITION: return word->length == 0;
    case SAMPLE_COLUMN_DRAWDOWN: return false;
    case SAMPLE_COLUMN_BAND:
    case SAMPLE_COLUMN_OTHER: break;
    }
    return true;
}

static const char *read_band(struct sample_lines *lines, size_t band, const char *at,
                             const char *end, struct sample_line *out)
{
    const char *behind = number_scan(at, end, &out->reflectance[band]);
    if (behind && behind < end)
        number_shape_of(at, behind, &lines->shape);
    return behind;
}

static const char *read_cell(struct sample_lines *lines, size_t column, const char *at,
                             const char *end, struct sample_line *out)
{
    const enum sample_column_kind kind = lines->column[column].kind;
    if (kind == SAMPLE_COLUMN_BAND)
        return read_band(lines, lines->column[column].band, at, end, out);
    struct text_word word;
    at = read_text(skip_blanks(at, end), end, &word);
    return at && take_text(kind, &word, out) ? at : NULL;
}

/* The bands from a column on that are written as the one before; returns how many. */
static size_t read_run(const struct sample_lines *lines, size_t column, const char **at,
                       const char *end, struct sample_line *out)
{
    const struct sample_column *first = &lines->column[column];
    return first->run == 0 ? 0
                           : number_row_scan(&lines->shape, at, end, first->run,
                                             &out->reflectance[first->band]);
}

bool sample_line_csv(struct sample_lines *lines, const char *line, const char *end,
                     struct sample_line *out)
{
    const size_t count = lines->column_count;
    out->id.kind = LINE_ID_NONE;
    out->name[0] = '\0';
    out->origin = SAMPLE_MEASURED;
    out->grid = lines->grid;
    const char *at = line;
    for (size_t i = 0; i < count; i++) {
        i += read_run(lines, i, &at, end, out);
        at = i < count ? read_cell(lines, i, at, end, out) : NULL;
        if (!at || (i + 1 < count && (at == end || *at++ != ',')))
            return false;
    }
    return at == end && sample_line_rescale(lines, out->reflectance, lines->grid.count);
}
