/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra in CGATS.17 tables and in Argyll's dialects of them, .sp and .ti3. */
#include "colorlib/sample_reading.h"

#include <math.h>
#include <string.h>

#include "colorlib/cgats.h"

/* Headings are rounded to whole nanometres where keywords say the grid exactly. */
#define HEADING_TOLERANCE_NM 0.51

/* Percent without a keyword that says so: a file with nothing above this is a fraction,
 * or so dark that somebody must say it is not. */
#define PERCENT_DOUBTED 1.2

/* A column or a keyword. */
static const char specular_name[] = "SMP_SPECULAR";

/* A table that is being turned into samples. */
struct source {
    struct sample_reading *reading;
    const struct cgats_table *table;
    struct sample_bands bands;
    /* fields; field_count where there is none */
    size_t id, name, specular, drawdown[SAMPLE_DRAWDOWN_COLUMNS];
};

static bool is_spectrum_file(const struct cgats_table *table)
{
    return text_is(&table->identifier, "SPECT");
}

static bool is_chart(const struct cgats_table *table)
{
    return text_is(&table->identifier, "CTI3");
}

/* -- the wavelengths --------------------------------------------------------------- */

static void find_bands(const struct cgats_table *table, struct sample_bands *bands)
{
    bands->count = 0;
    for (size_t i = 0; i < table->field_count; i++) {
        double nm = sample_heading_nm(&table->field[i]);
        if (nm > 0)
            bands->band[bands->count++] =
                (struct sample_band){nm, i, table->field[i].start};
    }
}

static bool has_field(const struct cgats_table *table, const char *name)
{
    return cgats_field(table, name) < table->field_count;
}

static enum status optional_number(const struct source *source, const char *name,
                                   double *out)
{
    const struct text_word *value = cgats_keyword(source->table, name);
    if (!value)
        return STATUS_OK;
    return text_number(source->reading->text, value, name, out, source->reading->fault);
}

/* The keywords say fractions of a nanometre that headings round away. */
static enum status refine_bands(struct source *source)
{
    double first = NAN, last = NAN, count = NAN;
    enum status status = optional_number(source, "SPECTRAL_START_NM", &first);
    if (status == STATUS_OK)
        status = optional_number(source, "SPECTRAL_END_NM", &last);
    if (status == STATUS_OK)
        status = optional_number(source, "SPECTRAL_BANDS", &count);
    if (status != STATUS_OK || isnan(first + last + count))
        return status;
    struct sample_bands *bands = &source->bands;
    const struct text_word *claim = cgats_keyword(source->table, "SPECTRAL_BANDS");
    if (count != (double)bands->count)
        return text_fault(source->reading->text, claim->start, source->reading->fault,
                          "SPECTRAL_BANDS is \"%s\", but there are %zu columns",
                          text_excerpt(claim).text, bands->count);
    for (size_t i = 0; i < bands->count && count > 1; i++) {
        struct sample_band *band = &bands->band[i];
        double nm = first + (last - first) * (double)i / (count - 1);
        if (!(fabs(nm - band->wavelength_nm) <= HEADING_TOLERANCE_NM))
            return text_fault(source->reading->text, band->at, source->reading->fault,
                              "a column for %s nm where the keywords put %s nm",
                              text_of_number(band->wavelength_nm).text,
                              text_of_number(nm).text);
        band->wavelength_nm = nm;
    }
    return STATUS_OK;
}

/* -- the keywords ------------------------------------------------------------------ */

static enum status read_quantity(const struct source *source, enum sample_quantity *out)
{
    const struct text_word *type = cgats_keyword(source->table, "MEAS_TYPE");
    const struct text_word *class = cgats_keyword(source->table, "DEVICE_CLASS");
    bool display = class && text_is(class, "DISPLAY");
    *out = display ? SAMPLE_POWER : SAMPLE_REFLECTANCE;
    if (!type)
        return STATUS_OK;
    static const char *const powers[] = {"EMISSION", "AMBIENT", "EMISSION_FLASH",
                                         "AMBIENT_FLASH"};
    *out = SAMPLE_REFLECTANCE;
    if (text_is(type, "REFLECTIVE"))
        return STATUS_OK;
    *out = SAMPLE_POWER;
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++)
        if (text_is(type, powers[i]))
            return STATUS_OK;
    return text_fault(source->reading->text, type->start, source->reading->fault,
                      "MEAS_TYPE \"%s\" is neither reflectance nor emission",
                      text_excerpt(type).text);
}

/* Others say more of their instrument than there is room for. */
static void cut_condition(const struct sample_condition *condition,
                          const struct text_word *word, struct sample_conditions *out)
{
    char whole[SAMPLE_TEXT_MAX * 16], text[SAMPLE_CONDITION_TEXT_MAX];
    if (text_copy(word, whole, sizeof whole) != STATUS_OK)
        return;
    text_cut(whole, text, condition->size);
    for (char *c = text; *c; c++)
        *c = *c == '\t' ? ' ' : *c;
    sample_condition_set_text(condition, text, out);
}

static enum status read_condition(const struct source *source,
                                  const struct sample_condition *condition,
                                  struct sample_conditions *out)
{
    const struct text_word *word = cgats_keyword(source->table, condition->keyword);
    if (!word)
        return STATUS_OK;
    if (condition->source == SAMPLE_CONDITION_OURS)
        return sample_take_condition(source->reading, condition, word, condition->keyword,
                                     out);
    cut_condition(condition, word, out);
    return STATUS_OK;
}

static enum status read_conditions(const struct source *source,
                                   struct sample_conditions *out)
{
    const struct text_word *simulated = cgats_keyword(source->table, "SMP_SIMULATED");
    if (simulated && !text_is(simulated, "no"))
        out->origin = SAMPLE_SIMULATED;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < SAMPLE_CONDITIONS; i++)
        status = read_condition(source, &sample_condition_list[i], out);
    return status;
}

static enum status read_norm(const struct source *source, double *norm)
{
    enum status status = optional_number(source, "SPECTRAL_NORM", norm);
    const struct text_word *value = cgats_keyword(source->table, "SPECTRAL_NORM");
    if (status != STATUS_OK || !value || *norm > 0)
        return status;
    return text_fault(source->reading->text, value->start, source->reading->fault,
                      "SPECTRAL_NORM is \"%s\"; it must be positive",
                      text_excerpt(value).text);
}

/* -- the sets ---------------------------------------------------------------------- */

static enum status read_names(struct source *source, size_t set, struct sample_info *info)
{
    const struct cgats_table *table = source->table;
    enum status status = STATUS_OK;
    if (source->id < table->field_count)
        status = sample_text(source->reading, cgats_cell(table, set, source->id),
                             "SAMPLE_ID", info->id, sizeof info->id);
    else
        snprintf(info->id, sizeof info->id, "%zu", source->reading->set.count);
    if (status == STATUS_OK && source->name < table->field_count)
        status = sample_text(source->reading, cgats_cell(table, set, source->name),
                             "SAMPLE_NAME", info->name, sizeof info->name);
    return status;
}

/* Of one set where there is a column for it, else of the table. */
static enum status read_specular(struct source *source, size_t set,
                                 enum sample_specular *out)
{
    const struct text_word *word = source->specular < source->table->field_count
                                       ? cgats_cell(source->table, set, source->specular)
                                       : cgats_keyword(source->table, specular_name);
    return word ? sample_take_specular(source->reading, word, specular_name, out)
                : STATUS_OK;
}

/* The columns beside the bands, looked for once for all sets. */
static enum status find_columns(struct source *source)
{
    source->id = cgats_field(source->table, "SAMPLE_ID");
    source->name = cgats_field(source->table, "SAMPLE_NAME");
    source->specular = cgats_field(source->table, specular_name);
    bool present[SAMPLE_DRAWDOWN_COLUMNS];
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        source->drawdown[i] =
            cgats_field(source->table, sample_drawdown_columns[i].keyword);
        present[i] = source->drawdown[i] < source->table->field_count;
    }
    return sample_check_drawdown(source->reading, source->table->field[0].start, present);
}

static enum status read_drawdown(struct source *source, size_t set,
                                 struct sample_drawdown *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS && status == STATUS_OK; i++)
        if (source->drawdown[i] < source->table->field_count)
            status = sample_take_drawdown(
                source->reading, i, cgats_cell(source->table, set, source->drawdown[i]),
                out);
    return status;
}

static enum status read_set(struct source *source, size_t set)
{
    struct sample_reading *reading = source->reading;
    const struct cgats_table *table = source->table;
    enum status status = sample_add(reading, cgats_cell(table, set, 0)->start);
    if (status != STATUS_OK)
        return status;
    size_t sample = reading->set.count - 1;
    status = read_names(source, set, &reading->set.info[sample]);
    if (status == STATUS_OK)
        status = read_specular(source, set, &reading->set.info[sample].specular);
    if (status == STATUS_OK)
        status = read_drawdown(source, set, &reading->set.info[sample].drawdown);
    for (size_t i = 0; status == STATUS_OK && i < source->bands.count; i++) {
        size_t field = source->bands.band[i].index;
        const struct text_word *cell = cgats_cell(table, set, field);
        double value = 0;
        status = sample_number(reading, cell, &table->field[field], &value);
        sample_take(reading, sample, i, value, cell->start);
    }
    return status;
}

/* What the keywords say of all sets of a table. */
struct description {
    enum sample_quantity quantity;
    struct sample_conditions conditions;
    double norm;
};

static enum status describe(struct source *source, struct description *out)
{
    enum status status = refine_bands(source);
    if (status == STATUS_OK)
        status = sample_grid(source->reading, &source->bands);
    if (status == STATUS_OK)
        status = read_quantity(source, &out->quantity);
    if (status == STATUS_OK)
        status = read_conditions(source, &out->conditions);
    if (status == STATUS_OK)
        status = read_norm(source, &out->norm);
    if (status == STATUS_OK)
        status = find_columns(source);
    return status;
}

/* The first table describes the set; the others, of the same file, must agree. */
static enum status read_table(struct source *source)
{
    struct sample_reading *reading = source->reading;
    struct description description = {0};
    enum status status = describe(source, &description);
    if (status != STATUS_OK)
        return status;
    if (reading->set.count == 0) {
        reading->set.quantity = description.quantity;
        reading->set.conditions = description.conditions;
        reading->norm = description.norm;
    } else if (reading->set.quantity != description.quantity ||
               reading->norm != description.norm) {
        return text_fault(reading->text, source->table->identifier.start, reading->fault,
                          "this table has another quantity or scale than the first");
    }
    for (size_t i = 0; status == STATUS_OK && i < source->table->set_count; i++)
        status = read_set(source, i);
    return status;
}

/* Any column of a chart that is neither a name nor a reading drives a device. */
static bool has_device_columns(const struct cgats_table *table)
{
    static const char *const readings[] = {"SAMPLE_", "XYZ_", "LAB_", "STDEV_", "SMP_"};
    for (size_t i = 0; i < table->field_count; i++) {
        const struct text_word *field = &table->field[i];
        bool known = sample_heading_nm(field) > 0;
        for (size_t k = 0; k < sizeof readings / sizeof readings[0]; k++)
            known |= field->length >= strlen(readings[k]) &&
                     memcmp(field->start, readings[k], strlen(readings[k])) == 0;
        if (!known)
            return true;
    }
    return false;
}

/* All spectrum tables of an .sp file, else the first table with spectra. */
static enum status read_tables(struct sample_reading *reading, const struct cgats *cgats)
{
    bool colors = false, spectra = false;
    struct source source = {.reading = reading};
    for (size_t i = 0; i < cgats->table_count; i++) {
        source.table = &cgats->table[i];
        find_bands(source.table, &source.bands);
        colors |= has_field(source.table, "LAB_L") || has_field(source.table, "XYZ_X");
        if (source.bands.count == 0 || (spectra && !is_spectrum_file(source.table)))
            continue;
        spectra = true;
        enum status status = read_table(&source);
        if (status != STATUS_OK)
            return status;
        if (is_chart(source.table) && has_device_columns(source.table))
            reading->set.notes |= SAMPLE_NOTE_DEVICE_IGNORED;
    }
    if (spectra)
        return STATUS_OK;
    text_fault(reading->text, cgats->table[0].field[0].start, reading->fault,
               "no spectral columns such as SPEC_400%s",
               colors ? ", only colors" : " in the data format");
    return colors ? STATUS_NEEDS_SPECTRUM : STATUS_BAD_DATA;
}

static bool scale_is_chosen(const struct sample_reading *reading)
{
    return reading->options && reading->options->scale != SAMPLE_SCALE_AUTO;
}

/* The .sp files of lamps that come with Argyll do not say that they are no reflectance;
 * their values do, by exceeding the perfect diffuser's. */
static void guess_power(struct sample_reading *reading, const struct cgats_table *table)
{
    double norm = reading->norm > 0 ? reading->norm : 100;
    if (is_spectrum_file(table) && !cgats_keyword(table, "MEAS_TYPE") &&
        !scale_is_chosen(reading) && reading->largest.value > norm)
        reading->set.quantity = SAMPLE_POWER;
}

/* Where no keyword says the scale it is percent, unless the values contradict. */
static enum status default_norm(struct sample_reading *reading)
{
    if (reading->norm > 0 || reading->set.quantity == SAMPLE_POWER ||
        scale_is_chosen(reading) || reading->set.count == 0)
        return STATUS_OK;
    if (reading->largest.value <= PERCENT_DOUBTED)
        return text_fault(reading->text, reading->largest.at, reading->fault,
                          "the largest value, %s, does not look like percent, and there "
                          "is no SPECTRAL_NORM; give --scale",
                          text_of_number(reading->largest.value).text);
    reading->norm = 100;
    return STATUS_OK;
}

enum status sample_cgats_read(struct sample_reading *reading)
{
    struct cgats cgats;
    enum status status = cgats_parse(reading->text, &cgats, reading->fault);
    if (status != STATUS_OK)
        return status;
    status = read_tables(reading, &cgats);
    if (status == STATUS_OK) {
        guess_power(reading, &cgats.table[0]);
        status = default_norm(reading);
    }
    cgats_free(&cgats);
    return status;
}
