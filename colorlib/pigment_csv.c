/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/pigment_csv.h"

#include <math.h>
#include <string.h>

#include "colorlib/csv.h"
#include "colorlib/decimal.h"
#include "colorlib/pigment_fields.h"

/* Digits of a number: far finer than any is known. */
enum { DIGITS = 7 };

/* -- writing ----------------------------------------------------------------------- */

static void write_text(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', stream);
        fputc(*text, stream);
    }
    fputs("\",", stream);
}

static void write_number(FILE *stream, double value, char end)
{
    char number[DECIMAL_MAX];
    decimal_general(value, DIGITS, number);
    fprintf(stream, "%s%c", number, end);
}

static void write_heading(FILE *stream)
{
    fputs("quantity,", stream);
    for (size_t i = 0; i < PIGMENT_TEXT_FIELDS; i++)
        fprintf(stream, "%s,", pigment_text_fields[i].name);
    fputs("origin,class,simulated,", stream);
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS; i++)
        fprintf(stream, "%s,", pigment_number_fields[i].name);
    for (size_t i = 0; i < BAND_COUNT; i++)
        fprintf(stream, "%.0f%c", bands_wavelength_nm(i),
                i + 1 < BAND_COUNT ? ',' : '\n');
}

static void write_row(FILE *stream, const struct pigment *pigment, const char *quantity,
                      const struct bands *bands)
{
    fprintf(stream, "%s,", quantity);
    for (size_t i = 0; i < PIGMENT_TEXT_FIELDS; i++)
        write_text(stream, pigment_text(pigment, &pigment_text_fields[i]));
    fprintf(stream, "%s,%s,%s,", pigment_origin_name(pigment->origin),
            fade_class_name(pigment->class), pigment->simulated ? "yes" : "no");
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS; i++)
        write_number(stream, pigment_number(pigment, &pigment_number_fields[i]), ',');
    for (size_t i = 0; i < BAND_COUNT; i++)
        write_number(stream, bands->value[i], i + 1 < BAND_COUNT ? ',' : '\n');
}

enum status pigment_csv_write(FILE *stream, const struct pigment *pigment)
{
    write_heading(stream);
    write_row(stream, pigment, "K", &pigment->K);
    write_row(stream, pigment, "S", &pigment->S);
    return ferror(stream) ? STATUS_IO : STATUS_OK;
}

/* -- reading ----------------------------------------------------------------------- */

struct source {
    const struct text *text;
    const struct csv *csv;
    struct fault *fault;
};

static const struct text_word *find(const struct source *source, size_t row,
                                    const char *name)
{
    for (size_t i = 0; i < source->csv->column_count; i++)
        if (text_is_caseless(csv_heading(source->csv, i), name))
            return csv_cell(source->csv, row, i);
    return NULL;
}

static enum status missing(const struct source *source, const char *name)
{
    return text_fault(source->text, csv_heading(source->csv, 0)->start, source->fault,
                      "the column %s is missing", name);
}

static enum status unknown_word(const struct source *source, const struct text_word *cell,
                                const char *name, const char *expected)
{
    return text_fault(source->text, cell->start, source->fault,
                      "%s is \"%s\"; it may be %s", name, text_excerpt(cell).text,
                      expected);
}

static enum status read_words(const struct source *source, struct pigment *pigment)
{
    const struct text_word *class = find(source, 0, "class");
    const struct text_word *origin = find(source, 0, "origin");
    const struct text_word *simulated = find(source, 0, "simulated");
    if (!class)
        return missing(source, "class");
    if (fade_class_find(text_excerpt(class).text, &pigment->class) != STATUS_OK)
        return unknown_word(source, class, "class",
                            "carbon, iron_oxide, tio2, organic_stable or organic_azo");
    if (origin && origin->length > 0 &&
        pigment_origin_find(text_excerpt(origin).text, &pigment->origin) != STATUS_OK)
        return unknown_word(source, origin, "origin", "model or ladder");
    pigment->fade = fade_class_rates(pigment->class);
    pigment->simulated = simulated && simulated->length > 0 && !text_is(simulated, "no");
    return STATUS_OK;
}

static enum status read_text(const struct source *source,
                             const struct pigment_text_field *field,
                             struct pigment *pigment)
{
    const struct text_word *cell = find(source, 0, field->name);
    char *member = (char *)pigment + field->offset;
    if (!cell)
        return field->presence == PIGMENT_REQUIRED ? missing(source, field->name)
                                                   : STATUS_OK;
    if (text_copy(cell, member, field->size) != STATUS_OK || !text_is_printable(member))
        return text_fault(source->text, cell->start, source->fault,
                          "%s is longer than %zu bytes, or not printable", field->name,
                          field->size - 1);
    return STATUS_OK;
}

static enum status read_number(const struct source *source,
                               const struct pigment_number_field *field,
                               struct pigment *pigment)
{
    const struct text_word *cell = find(source, 0, field->name);
    double number = 0;
    if (!cell || cell->length == 0)
        return STATUS_OK;
    enum status status =
        text_number(source->text, cell, field->name, &number, source->fault);
    if (status != STATUS_OK || pigment_set_number(pigment, field, number) == STATUS_OK)
        return status;
    return text_fault(source->text, cell->start, source->fault,
                      "%s is \"%s\"; it may be %s to %s", field->name,
                      text_excerpt(cell).text, text_of_number(field->least).text,
                      text_of_number(field->most).text);
}

static enum status read_bands(const struct source *source, size_t row, struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%.0f", bands_wavelength_nm(i));
        const struct text_word *cell = find(source, row, name);
        if (!cell)
            return missing(source, name);
        enum status status =
            text_number(source->text, cell, name, &out->value[i], source->fault);
        if (status != STATUS_OK)
            return status;
        if (!(out->value[i] >= 0 && out->value[i] < HUGE_VAL))
            return unknown_word(source, cell, name, "0 or more, per mm");
    }
    return STATUS_OK;
}

/* Whatever is no coefficient is of the bottle, and stands in both rows alike. */
static enum status check_same(const struct source *source)
{
    const struct csv *csv = source->csv;
    for (size_t i = 0; i < csv->column_count; i++) {
        const struct text_word *heading = csv_heading(csv, i),
                               *cell = csv_cell(csv, 1, i);
        bool coefficient =
            heading->length > 0 && heading->start[0] >= '0' && heading->start[0] <= '9';
        if (!coefficient && !text_is_caseless(heading, "quantity") &&
            !text_same(cell, csv_cell(csv, 0, i)))
            return text_fault(source->text, cell->start, source->fault,
                              "\"%s\" in %s differs from the first row",
                              text_excerpt(cell).text, text_excerpt(heading).text);
    }
    return STATUS_OK;
}

static enum status read_coefficients(const struct source *source, struct pigment *pigment)
{
    const struct text_word *first = find(source, 0, "quantity");
    if (!first)
        return missing(source, "quantity");
    if (source->csv->row_count != 2)
        return text_fault(source->text, first->start, source->fault,
                          "a row K and a row S are due");
    const struct text_word *second = find(source, 1, "quantity");
    bool K_first = text_is(first, "K");
    if (!text_is(K_first ? first : second, "K") ||
        !text_is(K_first ? second : first, "S"))
        return text_fault(source->text, first->start, source->fault,
                          "a row K and a row S are due");
    enum status status = check_same(source);
    if (status == STATUS_OK)
        status = read_bands(source, K_first ? 0 : 1, &pigment->K);
    return status == STATUS_OK ? read_bands(source, K_first ? 1 : 0, &pigment->S)
                               : status;
}

static enum status read_table(const struct source *source, struct pigment *out)
{
    struct pigment pigment = pigment_unknown;
    if (source->csv->row_count == 0)
        return missing(source, "quantity, and the rows K and S,");
    enum status status = read_words(source, &pigment);
    for (size_t i = 0; status == STATUS_OK && i < PIGMENT_TEXT_FIELDS; i++)
        status = read_text(source, &pigment_text_fields[i], &pigment);
    for (size_t i = 0; status == STATUS_OK && i < PIGMENT_NUMBER_FIELDS; i++)
        status = read_number(source, &pigment_number_fields[i], &pigment);
    if (status == STATUS_OK)
        status = read_coefficients(source, &pigment);
    if (status == STATUS_OK)
        *out = pigment;
    return status;
}

enum status pigment_csv_read(const char *path, struct pigment *out, struct fault *fault)
{
    struct text text;
    struct csv csv;
    enum status status = text_read(path, &text, fault);
    if (status != STATUS_OK)
        return status;
    status = csv_parse(&text, &csv, fault);
    if (status == STATUS_OK) {
        status = read_table(&(struct source){&text, &csv, fault}, out);
        csv_free(&csv);
    }
    text_free(&text);
    return status;
}
