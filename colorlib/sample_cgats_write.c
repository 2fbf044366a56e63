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

static const char *specular_name(enum sample_specular specular)
{
    switch (specular) {
    case SAMPLE_SPECULAR_UNKNOWN: return "";
    case SAMPLE_SPECULAR_IN: return "SCI";
    case SAMPLE_SPECULAR_EX: return "SCE";
    }
    return "";
}

/* Columns of ours, and how many they are. */
struct layout {
    size_t specular; /* 1 where samples differ in it; else a keyword tells */
    size_t drawdown; /* SAMPLE_DRAWDOWN_COLUMNS for a ladder, else 0 */
};

static struct layout find_layout(const struct sample_set *set)
{
    struct layout layout = {0, sample_drawdown_any(set) ? SAMPLE_DRAWDOWN_COLUMNS : 0};
    for (size_t i = 1; i < set->count; i++)
        if (set->info[i].specular != set->info[0].specular)
            layout.specular = 1;
    return layout;
}

/* Other readers want a column of ours declared, as they want a keyword. */
static void write_specular(FILE *stream, const struct sample_set *set,
                           const struct layout *layout)
{
    enum sample_specular specular = sample_specular_common(set);
    if (layout->specular)
        cgats_write_keyword(stream, "KEYWORD", "SMP_SPECULAR");
    else if (specular != SAMPLE_SPECULAR_UNKNOWN)
        write_declared(stream, "SMP_SPECULAR", specular_name(specular));
}

static void write_conditions(FILE *stream, const struct sample_set *set,
                             const struct layout *layout)
{
    write_specular(stream, set, layout);
    for (size_t i = 0; i < layout->drawdown; i++)
        cgats_write_keyword(stream, "KEYWORD", sample_drawdown_columns[i].keyword);
    if (set->conditions.origin == SAMPLE_SIMULATED)
        write_declared(stream, "SMP_SIMULATED", "yes");
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++) {
        const struct sample_condition *condition = &sample_condition_list[i];
        char text[SAMPLE_CONDITION_TEXT_MAX];
        sample_condition_text(condition, &set->conditions, text);
        if (text[0] && condition->source == SAMPLE_CONDITION_STANDARD)
            cgats_write_keyword(stream, condition->keyword, text);
        else if (text[0])
            write_declared(stream, condition->keyword, text);
    }
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
static void write_format(FILE *stream, const struct sample_set *set,
                         const struct layout *layout)
{
    const struct grid *grid = &set->grid;
    fprintf(stream, "NUMBER_OF_FIELDS %zu\nBEGIN_DATA_FORMAT\nSAMPLE_ID SAMPLE_NAME%s",
            grid->count + 2 + layout->specular + layout->drawdown,
            layout->specular ? " SMP_SPECULAR" : "");
    for (size_t i = 0; i < layout->drawdown; i++)
        fprintf(stream, " %s", sample_drawdown_columns[i].keyword);
    for (size_t i = 0; i < grid->count; i++) {
        char number[DECIMAL_MAX];
        decimal_fixed(grid_wavelength_nm(grid, i), grid->step_nm >= 1 ? 0 : 2, number);
        fprintf(stream, " SPEC_%s", number);
    }
    fprintf(stream, "\nEND_DATA_FORMAT\n\n");
}

static void write_drawdown(FILE *stream, const struct sample_drawdown *drawdown)
{
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        char number[DECIMAL_MAX];
        decimal_general(sample_drawdown_number(i, drawdown), 9, number);
        fputc(' ', stream);
        if (i == SAMPLE_DRAWDOWN_BACKING)
            cgats_write_text(stream, sample_backing_name(drawdown->backing));
        else
            fputs(number, stream);
    }
}

static void write_set(FILE *stream, const struct sample_set *set, size_t sample,
                      const struct layout *layout)
{
    cgats_write_text(stream, set->info[sample].id);
    fputc(' ', stream);
    cgats_write_text(stream, set->info[sample].name);
    if (layout->specular) {
        fputc(' ', stream);
        cgats_write_text(stream, specular_name(set->info[sample].specular));
    }
    if (layout->drawdown)
        write_drawdown(stream, &set->info[sample].drawdown);
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
    struct layout layout = find_layout(set);
    write_conditions(stream, set, &layout);
    write_grid(stream, set);
    fputc('\n', stream);
    write_format(stream, set, &layout);
    fprintf(stream, "NUMBER_OF_SETS %zu\nBEGIN_DATA\n", set->count);
    for (size_t i = 0; i < set->count; i++)
        write_set(stream, set, i, &layout);
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
