/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra in CSV: our own, and others' with one spectrum a row or a column. */
#include "colorlib/sample_csv.h"

#include <string.h>

static size_t find_column(const struct csv *csv, const char *const names[], size_t count)
{
    for (size_t i = 0; i < csv->column_count; i++)
        for (size_t k = 0; k < count; k++)
            if (text_is_caseless(csv_heading(csv, i), names[k]))
                return i;
    return csv->column_count;
}

static size_t find(const struct csv *csv, const char *name)
{
    return find_column(csv, (const char *const[]){name}, 1);
}

struct sample_csv_layout sample_csv_layout(const struct csv *csv)
{
    static const char *const ids[] = {"id", "sample_id", "sample"};
    static const char *const names[] = {"name", "sample_name"};
    struct sample_csv_layout layout = {
        .ours = find(csv, "id") == 0 && find(csv, "name") == 1 && find(csv, "kind") == 2,
        .id = find_column(csv, ids, sizeof ids / sizeof ids[0]),
        .name = find_column(csv, names, sizeof names / sizeof names[0]),
        .kind = find(csv, "kind"),
        .specular = find(csv, "specular"),
        .simulated = find(csv, "simulated"),
    };
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        layout.condition[i] = find(csv, sample_condition_list[i].name);
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        const struct sample_drawdown_column *column = &sample_drawdown_columns[i];
        layout.drawdown[i] =
            find_column(csv, (const char *const[]){column->name, column->keyword}, 2);
    }
    return layout;
}

/* -- our own columns --------------------------------------------------------------- */

static enum status copy_cell(struct sample_reading *reading, const struct csv *csv,
                             size_t row, size_t column, char *out, size_t size)
{
    if (column == csv->column_count)
        return STATUS_OK;
    return sample_text(reading, csv_cell(csv, row, column),
                       text_excerpt(csv_heading(csv, column)).text, out, size);
}

static enum status read_kind(struct sample_reading *reading, const struct csv *csv,
                             size_t column)
{
    char kind[SAMPLE_TEXT_MAX] = "";
    enum status status = copy_cell(reading, csv, 0, column, kind, sizeof kind);
    if (status != STATUS_OK)
        return status;
    reading->set.quantity =
        strcmp(kind, "power") == 0 ? SAMPLE_POWER : SAMPLE_REFLECTANCE;
    if (!kind[0] || reading->set.quantity == SAMPLE_POWER ||
        strcmp(kind, "reflectance") == 0)
        return STATUS_OK;
    return text_fault(reading->text, csv_cell(csv, 0, column)->start, reading->fault,
                      "\"%s\" in kind; it may be reflectance or power", kind);
}

/* The kind and conditions of the first row; check_conditions compares the others. */
static enum status read_conditions(struct sample_reading *reading, const struct csv *csv,
                                   const struct sample_csv_layout *layout)
{
    struct sample_conditions *conditions = &reading->set.conditions;
    char simulated[SAMPLE_TEXT_MAX] = "";
    enum status status = read_kind(reading, csv, layout->kind);
    if (status == STATUS_OK)
        status =
            copy_cell(reading, csv, 0, layout->simulated, simulated, sizeof simulated);
    if (simulated[0] && strcmp(simulated, "no") != 0)
        conditions->origin = SAMPLE_SIMULATED;
    for (size_t i = 0; status == STATUS_OK && i < SAMPLE_CONDITIONS; i++)
        if (layout->condition[i] < csv->column_count)
            status = sample_take_condition(reading, &sample_condition_list[i],
                                           csv_cell(csv, 0, layout->condition[i]),
                                           sample_condition_list[i].name, conditions);
    return status;
}

static enum status check_same(struct sample_reading *reading, const struct csv *csv,
                              size_t column, size_t row)
{
    if (column == csv->column_count)
        return STATUS_OK;
    const struct text_word *cell = csv_cell(csv, row, column);
    if (text_same(cell, csv_cell(csv, 0, column)))
        return STATUS_OK;
    return text_fault(reading->text, cell->start, reading->fault,
                      "\"%s\" in %s differs from the first row", text_excerpt(cell).text,
                      text_excerpt(csv_heading(csv, column)).text);
}

/* A set has one kind and, but for the specular component, the same conditions. */
static enum status check_conditions(struct sample_reading *reading, const struct csv *csv,
                                    const struct sample_csv_layout *layout, size_t row)
{
    enum status status = check_same(reading, csv, layout->kind, row);
    if (status == STATUS_OK)
        status = check_same(reading, csv, layout->simulated, row);
    for (size_t i = 0; status == STATUS_OK && i < SAMPLE_CONDITIONS; i++)
        status = check_same(reading, csv, layout->condition[i], row);
    return status;
}

static enum status read_specular(struct sample_reading *reading, const struct csv *csv,
                                 const struct sample_csv_layout *layout, size_t row)
{
    if (layout->specular == csv->column_count)
        return STATUS_OK;
    return sample_take_specular(reading, csv_cell(csv, row, layout->specular), "specular",
                                &reading->set.info[row].specular);
}

static enum status check_drawdown(struct sample_reading *reading, const struct csv *csv,
                                  const struct sample_csv_layout *layout)
{
    bool present[SAMPLE_DRAWDOWN_COLUMNS];
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++)
        present[i] = layout->drawdown[i] < csv->column_count;
    return sample_check_drawdown(reading, csv_heading(csv, 0)->start, present);
}

static enum status read_drawdown(struct sample_reading *reading, const struct csv *csv,
                                 const struct sample_csv_layout *layout, size_t row)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS && status == STATUS_OK; i++)
        if (layout->drawdown[i] < csv->column_count)
            status =
                sample_take_drawdown(reading, i, csv_cell(csv, row, layout->drawdown[i]),
                                     &reading->set.info[row].drawdown);
    return status;
}

/* -- a spectrum a row -------------------------------------------------------------- */

void sample_csv_bands(const struct csv *csv, struct sample_bands *bands)
{
    bands->count = 0;
    for (size_t i = 0; i < csv->column_count; i++) {
        double nm = sample_heading_nm(csv_heading(csv, i));
        if (nm > 0)
            bands->band[bands->count++] =
                (struct sample_band){nm, i, csv_heading(csv, i)->start};
    }
}

static enum status read_names(struct sample_reading *reading, const struct csv *csv,
                              const struct sample_csv_layout *layout, size_t row)
{
    struct sample_info *info = &reading->set.info[row];
    snprintf(info->id, sizeof info->id, "%zu", row + 1);
    enum status status =
        copy_cell(reading, csv, row, layout->id, info->id, sizeof info->id);
    if (status == STATUS_OK)
        status =
            copy_cell(reading, csv, row, layout->name, info->name, sizeof info->name);
    return status;
}

static enum status read_value(struct sample_reading *reading,
                              const struct text_word *cell,
                              const struct text_word *heading, size_t sample, size_t band)
{
    double value = 0;
    enum status status = sample_number(reading, cell, heading, &value);
    sample_take(reading, sample, band, value, cell->start);
    return status;
}

static enum status read_row(struct sample_reading *reading, const struct csv *csv,
                            const struct sample_bands *bands, size_t row)
{
    enum status status = sample_add(reading, csv_cell(csv, row, 0)->start);
    for (size_t i = 0; status == STATUS_OK && i < bands->count; i++) {
        size_t column = bands->band[i].index;
        status = read_value(reading, csv_cell(csv, row, column), csv_heading(csv, column),
                            row, i);
    }
    return status;
}

static enum status read_rows(struct sample_reading *reading, const struct csv *csv)
{
    struct sample_csv_layout layout = sample_csv_layout(csv);
    struct sample_bands bands;
    sample_csv_bands(csv, &bands);
    if (bands.count == 0)
        return text_fault(reading->text, csv_heading(csv, 0)->start, reading->fault,
                          "no column is headed by a wavelength such as 400");
    enum status status = sample_grid(reading, &bands);
    if (status == STATUS_OK && layout.ours && csv->row_count > 0) {
        reading->norm = 1;
        status = read_conditions(reading, csv, &layout);
    }
    if (status == STATUS_OK)
        status = check_drawdown(reading, csv, &layout);
    for (size_t row = 0; status == STATUS_OK && row < csv->row_count; row++) {
        status = read_row(reading, csv, &bands, row);
        if (status == STATUS_OK)
            status = read_names(reading, csv, &layout, row);
        if (status == STATUS_OK)
            status = read_drawdown(reading, csv, &layout, row);
        if (status == STATUS_OK && layout.ours)
            status = check_conditions(reading, csv, &layout, row);
        if (status == STATUS_OK && layout.ours)
            status = read_specular(reading, csv, &layout, row);
    }
    return status;
}

/* -- a spectrum a column ----------------------------------------------------------- */

bool sample_csv_is_transposed(const struct csv *csv)
{
    static const char *const headings[] = {"nm",     "wavelength",      "wavelength_nm",
                                           "lambda", "wavelength (nm)", "lambda_nm"};
    return find_column(csv, headings, sizeof headings / sizeof headings[0]) == 0;
}

static enum status find_row_bands(struct sample_reading *reading, const struct csv *csv,
                                  struct sample_bands *bands)
{
    bands->count = 0;
    if (csv->row_count == 0)
        return text_fault(reading->text, csv_heading(csv, 0)->start, reading->fault,
                          "there is no wavelength");
    for (size_t row = 0; row < csv->row_count; row++) {
        const struct text_word *cell = csv_cell(csv, row, 0);
        if (row == SAMPLE_FIELDS_MAX)
            return text_fault(reading->text, cell->start, reading->fault,
                              "more than %d wavelengths", SAMPLE_FIELDS_MAX);
        double nm = 0;
        enum status status =
            text_number(reading->text, cell, "the wavelengths", &nm, reading->fault);
        if (status != STATUS_OK)
            return status;
        bands->band[bands->count++] = (struct sample_band){nm, row, cell->start};
    }
    return sample_grid(reading, bands);
}

static enum status read_column(struct sample_reading *reading, const struct csv *csv,
                               const struct sample_bands *bands, size_t column)
{
    const struct text_word *heading = csv_heading(csv, column);
    enum status status = sample_add(reading, heading->start);
    if (status != STATUS_OK)
        return status;
    size_t sample = reading->set.count - 1;
    char *id = reading->set.info[sample].id;
    status = sample_text(reading, heading, "heading", id, SAMPLE_ID_MAX);
    for (size_t i = 0; status == STATUS_OK && i < bands->count; i++)
        status = read_value(reading, csv_cell(csv, bands->band[i].index, column), heading,
                            sample, i);
    return status;
}

static enum status read_columns(struct sample_reading *reading, const struct csv *csv)
{
    struct sample_bands bands;
    enum status status = find_row_bands(reading, csv, &bands);
    for (size_t i = 1; status == STATUS_OK && i < csv->column_count; i++)
        status = read_column(reading, csv, &bands, i);
    return status;
}

enum status sample_csv_read(struct sample_reading *reading)
{
    struct csv csv;
    enum status status = csv_parse(reading->text, &csv, reading->fault);
    if (status != STATUS_OK)
        return status;
    status = sample_csv_is_transposed(&csv) ? read_columns(reading, &csv)
                                            : read_rows(reading, &csv);
    csv_free(&csv);
    return status;
}
