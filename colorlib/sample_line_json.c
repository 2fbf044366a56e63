/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain line of NDJSON: id, name and reflectance, without building a document. */
#include "colorlib/sample_line_plan.h"

#include <string.h>

#include "colorlib/number.h"

struct cursor {
    const char *at, *end;
    struct number_shape *shape; /* of the number before */
};

static void skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t'))
        cursor->at++;
}

/* Whether the next character is the one given; goes behind it, and blanks, if so. */
static bool accept(struct cursor *cursor, char c)
{
    skip_blanks(cursor);
    if (cursor->at == cursor->end || *cursor->at != c)
        return false;
    cursor->at++;
    skip_blanks(cursor);
    return true;
}

/* A string of printable ASCII without escapes. */
static bool read_string(struct cursor *cursor, struct text_word *out)
{
    skip_blanks(cursor);
    if (cursor->at == cursor->end || *cursor->at != '"')
        return false;
    const char *start = ++cursor->at; /* blanks behind a quote are part of the string */
    while (cursor->at < cursor->end && *cursor->at >= ' ' && *cursor->at <= '~' &&
           *cursor->at != '"' && *cursor->at != '\\')
        cursor->at++;
    *out = (struct text_word){start, (unsigned)(cursor->at - start), false};
    return accept(cursor, '"');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* JSON knows neither .5 nor 5. nor 05. */
static bool read_number(struct cursor *cursor, double *out)
{
    const char *first = cursor->at + (cursor->at < cursor->end && *cursor->at == '-');
    const char *behind = number_scan(cursor->at, cursor->end, out);
    if (!behind || !is_digit(first[0]) || !is_digit(behind[-1]) ||
        (first[0] == '0' && first + 1 < behind && is_digit(first[1])))
        return false;
    cursor->at = behind;
    return true;
}

/* A number, and with it the shape of those behind. */
static bool read_value(struct cursor *cursor, double *out)
{
    const char *text = cursor->at;
    if (!read_number(cursor, out))
        return false;
    if (cursor->at < cursor->end && *cursor->at == ',')
        number_shape_of(text, cursor->at, cursor->shape);
    return true;
}

static bool read_values(struct cursor *cursor, double *value, size_t *count)
{
    if (!accept(cursor, '['))
        return false;
    *count = 0;
    do {
        *count += number_row_scan(cursor->shape, &cursor->at, cursor->end,
                                  SPECTRUM_MAX - *count, value + *count);
        skip_blanks(cursor);
        if (*count == SPECTRUM_MAX || !read_value(cursor, &value[(*count)++]))
            return false;
    } while (accept(cursor, ','));
    return accept(cursor, ']');
}

/* Members that were there; none may come twice. */
enum seen {
    SEEN_ID = 1 << 0,
    SEEN_NAME = 1 << 1,
    SEEN_REFLECTANCE = 1 << 2,
    SEEN_START = 1 << 3,
    SEEN_STEP = 1 << 4,
    SEEN_VALUES = 1 << 5,
    SEEN_SPECTRUM = SEEN_START | SEEN_STEP | SEEN_VALUES
};

static bool first_time(unsigned *seen, enum seen member)
{
    bool first = !(*seen & (unsigned)member);
    *seen |= (unsigned)member;
    return first;
}

struct spectrum_text {
    double start_nm, step_nm;
    size_t count;
};

static bool read_spectrum_member(struct cursor *cursor, unsigned *seen,
                                 struct spectrum_text *out, double *value)
{
    struct text_word key;
    if (!read_string(cursor, &key) || !accept(cursor, ':'))
        return false;
    if (text_is(&key, "values"))
        return first_time(seen, SEEN_VALUES) && read_values(cursor, value, &out->count);
    if (text_is(&key, "start_nm"))
        return first_time(seen, SEEN_START) && read_number(cursor, &out->start_nm);
    return text_is(&key, "step_nm") && first_time(seen, SEEN_STEP) &&
           read_number(cursor, &out->step_nm);
}

static bool read_spectrum(struct cursor *cursor, struct spectrum_text *out, double *value)
{
    unsigned seen = 0;
    if (!accept(cursor, '{'))
        return false;
    do {
        if (!read_spectrum_member(cursor, &seen, out, value))
            return false;
    } while (accept(cursor, ','));
    return accept(cursor, '}') && seen == SEEN_SPECTRUM;
}

static bool read_text(struct cursor *cursor, char *out, size_t size)
{
    struct text_word word;
    return read_string(cursor, &word) && text_copy(&word, out, size) == STATUS_OK;
}

/* Whole numbers of so many digits fit 64 bits. */
enum { ID_DIGITS_MAX = 18 };

/* A whole number as JSON spells it, but for -0, which is 0. */
static bool read_whole(struct cursor *cursor, char *out)
{
    const char *start = cursor->at, *end = cursor->end;
    const char *first = start + (start < end && *start == '-'), *at = first;
    while (at < end && is_digit(*at) && at < first + ID_DIGITS_MAX)
        at++;
    if (at == first || (*first == '0' && at - start > 1) || at == end ||
        (*at != ',' && *at != '}' && *at != ' ' && *at != '\t'))
        return false;
    memcpy(out, start, (size_t)(at - start));
    out[at - start] = '\0';
    cursor->at = at;
    return true;
}

static bool read_id(struct cursor *cursor, struct line_id *out)
{
    bool is_text = cursor->at < cursor->end && *cursor->at == '"';
    out->kind = is_text ? LINE_ID_TEXT : LINE_ID_NUMBER;
    return is_text ? read_text(cursor, out->text, sizeof out->text)
                   : read_whole(cursor, out->text);
}

static bool read_member(struct cursor *cursor, unsigned *seen,
                        struct spectrum_text *spectrum, struct sample_line *out)
{
    struct text_word key;
    if (!read_string(cursor, &key) || !accept(cursor, ':'))
        return false;
    if (text_is(&key, "reflectance"))
        return first_time(seen, SEEN_REFLECTANCE) &&
               read_spectrum(cursor, spectrum, out->reflectance);
    if (text_is(&key, "id"))
        return first_time(seen, SEEN_ID) && read_id(cursor, &out->id);
    return text_is(&key, "name") && first_time(seen, SEEN_NAME) &&
           read_text(cursor, out->name, sizeof out->name);
}

/* The bands as the readers of files order and crop them. */
static bool find_grid(const struct spectrum_text *text, struct sample_line_grid *out)
{
    struct sample_reading reading = {0};
    struct sample_bands bands = {.count = text->count};
    for (size_t i = 0; i < text->count; i++)
        bands.band[i] =
            (struct sample_band){text->start_nm + text->step_nm * (double)i, i, NULL};
    if (sample_grid(&reading, &bands) != STATUS_OK)
        return false;
    for (size_t i = 0; i < bands.count; i++)
        if (bands.band[i].index != bands.band[0].index + i)
            return false;
    *out = (struct sample_line_grid){text->start_nm, text->step_nm, text->count,
                                     bands.band[0].index, reading.set.grid};
    return true;
}

/* Most lines of a stream have the grid of the line before. */
static bool take_grid(struct sample_line_grid *last, const struct spectrum_text *text,
                      struct sample_line *out)
{
    bool same = last->count == text->count && last->start_nm == text->start_nm &&
                last->step_nm == text->step_nm;
    if (!same && !find_grid(text, last))
        return false;
    out->grid = last->grid;
    if (last->first > 0)
        memmove(out->reflectance, out->reflectance + last->first,
                last->grid.count * sizeof out->reflectance[0]);
    return true;
}

bool sample_line_json(struct sample_lines *lines, const char *line, const char *end,
                      struct sample_line *out)
{
    struct cursor cursor = {line, end, &lines->shape};
    struct spectrum_text spectrum = {0};
    unsigned seen = 0;
    out->id.kind = LINE_ID_NONE;
    out->name[0] = '\0';
    out->origin = SAMPLE_MEASURED;
    if (!accept(&cursor, '{'))
        return false;
    do {
        if (!read_member(&cursor, &seen, &spectrum, out))
            return false;
    } while (accept(&cursor, ','));
    return accept(&cursor, '}') && cursor.at == end && (seen & SEEN_REFLECTANCE) &&
           take_grid(&lines->last, &spectrum, out) &&
           sample_line_rescale(lines, out->reflectance, out->grid.count);
}
