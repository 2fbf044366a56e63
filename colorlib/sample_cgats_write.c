/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spectra as CGATS.17 tables and as Argyll's .sp: LittleCMS and Argyll read both alike.
 */
#include "colorlib/sample_reading.h"

#include "colorlib/cgats.h"
#include "colorlib/decimal.h"

static void write_declared(FILE *stream, const char *name, const char *value)
{
    cgats_write_keyword(stream, "KEYWORD", name);
    cgats_write_keyword(stream, name, value);
}

static void write_number(FILE *stream, const char *name, double value, int decimals)
{
    char number[DECIMAL_MAX];
    decimal_fixed(value, decimals, number);
    write_declared(stream, name, number);
}

static void write_conditions(FILE *stream, const struct sample_conditions *conditions)
{
    if (conditions->instrument[0])
        cgats_write_keyword(stream, "INSTRUMENTATION", conditions->instrument);
    if (conditions->geometry[0])
        cgats_write_keyword(stream, "MEASUREMENT_GEOMETRY", conditions->geometry);
    if (conditions->specular != SAMPLE_SPECULAR_UNKNOWN)
        write_declared(stream, "SMP_SPECULAR",
                       conditions->specular == SAMPLE_SPECULAR_IN ? "SCI" : "SCE");
    if (conditions->origin == SAMPLE_SIMULATED)
        write_declared(stream, "SMP_SIMULATED", "yes");
    if (conditions->aperture_mm > 0)
        write_number(stream, "SMP_APERTURE_MM", conditions->aperture_mm, 2);
}

static void write_grid(FILE *stream, const struct sample_set *set)
{
    const struct grid *grid = &set->grid;
    bool power = set->quantity == SAMPLE_POWER;
    write_declared(stream, "MEAS_TYPE", power ? "EMISSION" : "REFLECTIVE");
    char number[DECIMAL_MAX];
    decimal_fixed((double)grid->count, 0, number);
    write_declared(stream, "SPECTRAL_BANDS", number);
    write_number(stream, "SPECTRAL_START_NM", grid->start_nm, 6);
    write_number(stream, "SPECTRAL_END_NM", grid_wavelength_nm(grid, grid->count - 1), 6);
    write_number(stream, "SPECTRAL_NORM", power ? 1 : 100, 1);
}

/* Argyll looks for headings in whole nanometres; finer grids need the decimals. */
static void write_format(FILE *stream, const struct grid *grid)
{
    fprintf(stream, "NUMBER_OF_FIELDS %zu\nBEGIN_DATA_FORMAT\nSAMPLE_ID SAMPLE_NAME",
            grid->count + 2);
    for (size_t i = 0; i < grid->count; i++) {
        char number[DECIMAL_MAX];
        decimal_fixed(grid_wavelength_nm(grid, i), grid->step_nm >= 1 ? 0 : 2, number);
        fprintf(stream, " SPEC_%s", number);
    }
    fprintf(stream, "\nEND_DATA_FORMAT\n\n");
}

static void write_set(FILE *stream, const struct sample_set *set, size_t sample)
{
    cgats_write_text(stream, set->info[sample].id);
    fputc(' ', stream);
    cgats_write_text(stream, set->info[sample].name);
    const double *value = set->value + sample * set->grid.count;
    for (size_t i = 0; i < set->grid.count; i++) {
        char number[DECIMAL_MAX];
        if (set->quantity == SAMPLE_POWER)
            decimal_general(value[i], 9, number);
        else
            decimal_fixed(100 * value[i], 6, number);
        fprintf(stream, " %s", number);
    }
    fputc('\n', stream);
}

static void write_table(FILE *stream, const char *identifier,
                        const struct sample_set *set)
{
    fprintf(stream, "%s\n\n", identifier);
    cgats_write_keyword(stream, "ORIGINATOR", SCALPTONE_NAME " " SCALPTONE_VERSION);
    write_conditions(stream, &set->conditions);
    write_grid(stream, set);
    fputc('\n', stream);
    write_format(stream, &set->grid);
    fprintf(stream, "NUMBER_OF_SETS %zu\nBEGIN_DATA\n", set->count);
    for (size_t i = 0; i < set->count; i++)
        write_set(stream, set, i);
    fprintf(stream, "END_DATA\n");
}

void sample_cgats_write(FILE *stream, const struct sample_set *set)
{
    write_table(stream, "CGATS.17", set);
}

void sample_sp_write(FILE *stream, const struct sample_set *set)
{
    write_table(stream, "SPECT", set);
}
