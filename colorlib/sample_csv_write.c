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

static void write_condition(FILE *stream, const struct sample_condition *condition,
                            const struct sample_conditions *conditions)
{
    char text[SAMPLE_CONDITION_TEXT_MAX];
    sample_condition_text(condition, conditions, text);
    fputc(',', stream);
    if (condition->type == SAMPLE_CONDITION_TEXT)
        write_text(stream, text);
    else
        fputs(text, stream);
}

static void write_drawdown(FILE *stream, const struct sample_drawdown *drawdown)
{
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        char number[DECIMAL_MAX];
        decimal_general(sample_drawdown_number(i, drawdown), 9, number);
        fprintf(stream, ",%s",
                i == SAMPLE_DRAWDOWN_BACKING ? sample_backing_name(drawdown->backing)
                                             : number);
    }
}

/* Whether the columns of a ladder are there. */
enum ladder_columns { LADDER_COLUMNS_NONE, LADDER_COLUMNS };

static void write_row(FILE *stream, const struct sample_set *set, size_t sample,
                      enum ladder_columns ladder)
{
    write_text(stream, set->info[sample].id);
    fputc(',', stream);
    write_text(stream, set->info[sample].name);
    fprintf(stream, ",%s,%s", set->quantity == SAMPLE_POWER ? "power" : "reflectance",
            specular_name(set->info[sample].specular));
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        if (sample_condition_known(&sample_condition_list[i], &set->conditions))
            write_condition(stream, &sample_condition_list[i], &set->conditions);
    fputs(set->conditions.origin == SAMPLE_SIMULATED ? ",yes" : ",no", stream);
    if (ladder == LADDER_COLUMNS)
        write_drawdown(stream, &set->info[sample].drawdown);
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

/* A condition of which nothing is known has no column. */
static void write_heading(FILE *stream, const struct sample_set *set,
                          enum ladder_columns ladder)
{
    fputs("id,name,kind,specular", stream);
    for (size_t i = 0; i < SAMPLE_CONDITIONS; i++)
        if (sample_condition_known(&sample_condition_list[i], &set->conditions))
            fprintf(stream, ",%s", sample_condition_list[i].name);
    fputs(",simulated", stream);
    for (size_t i = 0; ladder == LADDER_COLUMNS && i < SAMPLE_DRAWDOWN_COLUMNS; i++)
        fprintf(stream, ",%s", sample_drawdown_columns[i].name);
    for (size_t i = 0; i < set->grid.count; i++) {
        char number[DECIMAL_MAX];
        decimal_general(grid_wavelength_nm(&set->grid, i), 7, number);
        fprintf(stream, ",%s", number);
    }
    fputc('\n', stream);
}

void sample_csv_write(FILE *stream, const struct sample_set *set)
{
    enum ladder_columns ladder =
        sample_drawdown_any(set) ? LADDER_COLUMNS : LADDER_COLUMNS_NONE;
    write_heading(stream, set, ladder);
    for (size_t i = 0; i < set->count; i++)
        write_row(stream, set, i, ladder);
}
