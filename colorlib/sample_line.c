/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample_line.h"

#include <stdlib.h>
#include <string.h>

#include "colorlib/array.h"
#include "colorlib/sample_line_plan.h"

size_t sample_lines_begin(const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const char *feed = memchr(text + at, '\n', size - at);
        size_t behind = feed ? (size_t)(feed - text) + 1 : size;
        size_t first = at;
        while (first < behind && strchr(" \t\r\n", text[first]) && text[first])
            first++;
        if (first < behind && text[first] != '#')
            return at;
        at = behind;
    }
    return size;
}

/* One line does not tell the scale of all. */
static enum sample_scale scale_of_line(enum sample_scale scale)
{
    return scale == SAMPLE_SCALE_PERCENT ? scale : SAMPLE_SCALE_FRACTION;
}

enum status sample_line_set(const char *line, size_t length, enum sample_scale scale,
                            struct sample_set *out, struct fault *fault)
{
    struct text text = {.start = line, .size = length};
    struct sample_options options = {.scale = scale_of_line(scale)};
    struct sample_reading reading = {.text = &text, .options = &options, .fault = fault};
    enum status status = text_check(&text, fault);
    return status == STATUS_OK ? sample_read_text(&reading, sample_json_read_line, out)
                               : status;
}

/* -- the heading of a CSV ------------------------------------------------------- */

static void set_column(struct sample_lines *lines, size_t column,
                       enum sample_column_kind kind)
{
    if (column < lines->column_count)
        lines->column[column].kind = kind;
}

static bool is_next_band(const struct sample_column *column)
{
    return column[0].kind == SAMPLE_COLUMN_BAND && column[1].kind == SAMPLE_COLUMN_BAND &&
           column[1].band == column[0].band + 1;
}

static void plan_runs(struct sample_lines *lines)
{
    for (size_t i = lines->column_count; i-- > 0;) {
        struct sample_column *column = &lines->column[i];
        bool last = i + 1 == lines->column_count;
        column->run = column->kind != SAMPLE_COLUMN_BAND ? 0
                      : !last && is_next_band(column)    ? 1 + column[1].run
                                                         : 1;
    }
}

/* Columns by what they mean; only our own files have those beyond ids and names. */
static void plan_columns(struct sample_lines *lines, const struct csv *csv,
                         const struct sample_bands *bands)
{
    struct sample_csv_layout layout = sample_csv_layout(csv);
    lines->column_count = csv->column_count;
    for (size_t i = 0; i < csv->column_count; i++)
        lines->column[i].kind = SAMPLE_COLUMN_OTHER;
    for (size_t i = 0; layout.ours && i < SAMPLE_CONDITIONS; i++)
        set_column(lines, layout.condition[i], SAMPLE_COLUMN_CONDITION);
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++)
        set_column(lines, layout.drawdown[i], SAMPLE_COLUMN_DRAWDOWN);
    if (layout.ours) {
        set_column(lines, layout.kind, SAMPLE_COLUMN_KIND);
        set_column(lines, layout.specular, SAMPLE_COLUMN_SPECULAR);
        set_column(lines, layout.simulated, SAMPLE_COLUMN_SIMULATED);
    }
    set_column(lines, layout.name, SAMPLE_COLUMN_NAME);
    set_column(lines, layout.id, SAMPLE_COLUMN_ID);
    for (size_t i = 0; i < bands->count; i++)
        lines->column[bands->band[i].index] =
            (struct sample_column){.kind = SAMPLE_COLUMN_BAND, .band = i};
    plan_runs(lines);
}

static enum status plan_bands(struct sample_lines *lines, const struct text *text,
                              const struct csv *csv, struct fault *fault)
{
    struct sample_reading reading = {.text = text, .fault = fault};
    struct sample_bands bands;
    if (sample_csv_is_transposed(csv))
        return text_fault(text, csv_heading(csv, 0)->start, fault,
                          "a spectrum a column; line by line a row is due");
    sample_csv_bands(csv, &bands);
    if (bands.count == 0)
        return text_fault(text, csv_heading(csv, 0)->start, fault,
                          "no column is headed by a wavelength such as 400");
    enum status status = sample_grid(&reading, &bands);
    if (status != STATUS_OK)
        return status;
    lines->grid = reading.set.grid;
    plan_columns(lines, csv, &bands);
    return STATUS_OK;
}

static enum status read_heading(struct sample_lines *lines, struct fault *fault)
{
    struct text text = {.start = lines->text, .size = lines->heading_size};
    struct csv csv;
    enum status status = text_check(&text, fault);
    if (status == STATUS_OK)
        status = csv_parse(&text, &csv, fault);
    if (status != STATUS_OK)
        return status;
    status = plan_bands(lines, &text, &csv, fault);
    csv_free(&csv);
    return status;
}

/* -- any line ------------------------------------------------------------------- */

/* Puts the line behind the heading, a NUL behind the line. */
static enum status keep_text(struct sample_lines *lines, const char *line, size_t length)
{
    char *grown =
        array_reserve(lines->text, &lines->capacity, lines->heading_size + length + 2, 1);
    if (!grown)
        return STATUS_NO_MEMORY;
    lines->text = grown;
    memcpy(grown + lines->heading_size, line, length);
    grown[lines->heading_size + length] = '\0';
    return STATUS_OK;
}

/* That of a row, where its file has a column of them; rows without are numbered, which
 * one row cannot be. */
static struct line_id id_of_row(const struct sample_lines *lines,
                                const struct sample_info *info)
{
    bool named = false;
    for (size_t i = 0; i < lines->column_count; i++)
        named |= lines->column[i].kind == SAMPLE_COLUMN_ID;
    return line_id_of_sample(named ? info->id : "");
}

static enum status take_sample(const struct sample_lines *lines,
                               const struct sample_reading *reading,
                               const struct sample_set *set, struct sample_line *out)
{
    struct fault *fault = reading->fault;
    if (set->count != 1)
        return text_fault(NULL, NULL, fault, "%zu samples in a line", set->count);
    if (set->quantity != SAMPLE_REFLECTANCE)
        return text_fault(NULL, NULL, fault, "the power of a light, not a reflectance");
    *out = (struct sample_line){.origin = set->conditions.origin, .grid = set->grid};
    out->id = lines->json ? reading->line_id : id_of_row(lines, &set->info[0]);
    memcpy(out->name, set->info[0].name, sizeof out->name);
    memcpy(out->reflectance, set->value, set->grid.count * sizeof *set->value);
    return STATUS_OK;
}

/* The heading and the line are a file, so a place in its second line is one in the line.
 */
static void place_in_line(const struct sample_lines *lines, struct fault *fault)
{
    bool placed = fault->line == (lines->heading_size > 0 ? 2 : 1);
    fault->line = placed;
    fault->column = placed ? fault->column : 0;
}

static enum status read_by_file(struct sample_lines *lines, const char *line,
                                size_t length, struct sample_line *out,
                                struct fault *fault)
{
    enum status status = keep_text(lines, line, length);
    if (status != STATUS_OK)
        return status;
    struct text text = {.start = lines->text, .size = lines->heading_size + length};
    struct sample_reading reading = {
        .text = &text, .options = &lines->options, .fault = fault};
    struct sample_set set = {0};
    status = text_check(&text, fault);
    if (status == STATUS_OK)
        status = sample_read_text(
            &reading, lines->json ? sample_json_read_line : sample_csv_read, &set);
    if (status == STATUS_OK)
        status = take_sample(lines, &reading, &set, out);
    else
        place_in_line(lines, fault);
    sample_set_free(&set);
    return status;
}

bool sample_line_rescale(const struct sample_lines *lines, double *value, size_t count)
{
    int outside = 0;
    if (lines->norm != 1)
        for (size_t i = 0; i < count; i++)
            value[i] /= lines->norm;
    for (size_t i = 0; i < count; i++) /* without a branch */
        outside |=
            (value[i] < SAMPLE_REFLECTANCE_MIN) | (value[i] > SAMPLE_REFLECTANCE_MAX);
    return !outside;
}

/* -- the stream ----------------------------------------------------------------- */

enum status sample_lines_open(const char *line, size_t length, enum sample_scale scale,
                              struct sample_lines **out, struct fault *fault)
{
    struct sample_lines *lines = calloc(1, sizeof *lines);
    if (!lines)
        return STATUS_NO_MEMORY;
    size_t blanks = 0;
    while (blanks < length && (line[blanks] == ' ' || line[blanks] == '\t'))
        blanks++;
    lines->json = blanks < length && line[blanks] == '{';
    lines->norm = scale == SAMPLE_SCALE_PERCENT ? 100 : 1;
    lines->options.scale = scale_of_line(scale);
    enum status status = STATUS_OK;
    if (!lines->json) {
        status = keep_text(lines, line, length);
        if (status == STATUS_OK) {
            lines->heading_size = length + 1;
            strcpy(lines->text + length, "\n");
            status = read_heading(lines, fault);
        }
    }
    if (status == STATUS_OK)
        *out = lines;
    else
        sample_lines_close(lines);
    return status;
}

bool sample_lines_have_heading(const struct sample_lines *lines)
{
    return !lines->json;
}

enum status sample_lines_read(struct sample_lines *lines, const char *line, size_t length,
                              struct sample_line *out, struct fault *fault)
{
    const char *end = line + length;
    if (length > 0 && end[-1] == '\r')
        end--;
    bool plain = lines->json ? sample_line_json(lines, line, end, out)
                             : sample_line_csv(lines, line, end, out);
    return plain ? STATUS_OK : read_by_file(lines, line, length, out, fault);
}

void sample_lines_close(struct sample_lines *lines)
{
    if (lines)
        free(lines->text);
    free(lines);
}
