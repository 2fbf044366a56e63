/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra as our CSV: fractions, the conditions repeated in each row. */
#include "colorlib/sample_reading.h"

#include "colorlib/decimal.h"

static void write_text(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', stream);
        fputc(*text, stream);
    }
    fputc('"', stream);
}

static const char *specular_name(enum sample_specular specular)
{
    switch (specular) {
    case SAMPLE_SPECULAR_UNKNOWN: return "";
    case SAMPLE_SPECULAR_IN: return "sci";
    case SAMPLE_SPECULAR_EX: return "sce";
    }
    return "";
}

static void write_conditions(FILE *stream, const struct sample_set *set)
{
    const struct sample_conditions *conditions = &set->conditions;
    fprintf(stream, ",%s,%s,", set->quantity == SAMPLE_POWER ? "power" : "reflectance",
            specular_name(conditions->specular));
    write_text(stream, conditions->geometry);
    char number[DECIMAL_MAX] = "";
    if (conditions->aperture_mm > 0)
        decimal_general(conditions->aperture_mm, 6, number);
    fprintf(stream, ",%s,", number);
    write_text(stream, conditions->instrument);
    fputs(conditions->origin == SAMPLE_SIMULATED ? ",yes" : ",no", stream);
}

static void write_row(FILE *stream, const struct sample_set *set, size_t sample)
{
    write_text(stream, set->info[sample].id);
    fputc(',', stream);
    write_text(stream, set->info[sample].name);
    write_conditions(stream, set);
    const double *value = set->value + sample * set->grid.count;
    for (size_t i = 0; i < set->grid.count; i++) {
        char number[DECIMAL_MAX];
        if (set->quantity == SAMPLE_POWER)
            decimal_general(value[i], 9, number);
        else
            decimal_fixed(value[i], 8, number);
        fprintf(stream, ",%s", number);
    }
    fputc('\n', stream);
}

void sample_csv_write(FILE *stream, const struct sample_set *set)
{
    fprintf(stream, "id,name,kind,specular,geometry,aperture_mm,instrument,simulated");
    for (size_t i = 0; i < set->grid.count; i++) {
        char number[DECIMAL_MAX];
        decimal_general(grid_wavelength_nm(&set->grid, i), 7, number);
        fprintf(stream, ",%s", number);
    }
    fputc('\n', stream);
    for (size_t i = 0; i < set->count; i++)
        write_row(stream, set, i);
}
