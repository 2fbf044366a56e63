/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/pigment.h"

#include <math.h>

#include "colorlib/cgats.h"
#include "colorlib/decimal.h"
#include "colorlib/pigment_fields.h"

/* Digits of a coefficient: far finer than any is known. */
enum { DIGITS = 7 };

static void write_text(FILE *stream, const char *name, const char *value)
{
    if (!value[0])
        return;
    cgats_write_keyword(stream, "KEYWORD", name);
    cgats_write_keyword(stream, name, value);
}

static void write_number(FILE *stream, const char *name, double value)
{
    char number[DECIMAL_MAX];
    decimal_general(value, DIGITS, number);
    cgats_write_keyword(stream, "KEYWORD", name);
    fprintf(stream, "%s %s\n", name, number);
}

static void write_identity(FILE *stream, const struct pigment *pigment)
{
    write_text(stream, "SMP_FORMAT", "pigment/1");
    for (size_t i = 0; i < PIGMENT_TEXT_FIELDS; i++)
        write_text(stream, pigment_text_fields[i].keyword,
                   pigment_text(pigment, &pigment_text_fields[i]));
    write_text(stream, "SMP_ORIGIN", pigment_origin_name(pigment->origin));
    write_text(stream, "SMP_CLASS", fade_class_name(pigment->class));
    write_text(stream, "SMP_SIMULATED", pigment->simulated ? "yes" : "");
}

/* What is as usual is left to the reader. */
static void write_figures(FILE *stream, const struct pigment *pigment)
{
    struct pigment usual = pigment_unknown;
    usual.fade = fade_class_rates(pigment->class);
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS; i++) {
        const struct pigment_number_field *field = &pigment_number_fields[i];
        double number = pigment_number(pigment, field);
        if (number != pigment_number(&usual, field))
            write_number(stream, field->keyword, number);
    }
}

static void write_format(FILE *stream)
{
    cgats_write_keyword(stream, "KEYWORD", "SMP_QUANTITY");
    for (size_t i = 0; i < BAND_COUNT; i++)
        fprintf(stream, "KEYWORD \"KS_%.0f\"\n", bands_wavelength_nm(i));
    fprintf(stream, "NUMBER_OF_FIELDS %d\nBEGIN_DATA_FORMAT\nSAMPLE_ID SMP_QUANTITY",
            BAND_COUNT + 2);
    for (size_t i = 0; i < BAND_COUNT; i++)
        fprintf(stream, " KS_%.0f", bands_wavelength_nm(i));
    fputs("\nEND_DATA_FORMAT\n", stream);
}

/* Of the standard's strength: the reader multiplies. */
static void write_row(FILE *stream, const char *quantity, const struct bands *bands,
                      double strength)
{
    fprintf(stream, "\"%s\" \"%s\"", quantity, quantity);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        char number[DECIMAL_MAX];
        decimal_general(bands->value[i] / strength, DIGITS, number);
        fprintf(stream, " %s", number);
    }
    fputc('\n', stream);
}

static bool is_finite(const struct pigment *pigment)
{
    double sum = 0;
    for (size_t i = 0; i < PIGMENT_NUMBER_FIELDS; i++)
        sum += pigment_number(pigment, &pigment_number_fields[i]);
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum += (pigment->K.value[i] + pigment->S.value[i]) / pigment->strength;
    return isfinite(sum);
}

enum status pigment_write(FILE *stream, const struct pigment *pigment,
                          const struct sample_set *ladder)
{
    if (!is_finite(pigment))
        return STATUS_BAD_DATA;
    fputs("CGATS.17\n\n", stream);
    cgats_write_keyword(stream, "ORIGINATOR", SCALPTONE_NAME " " SCALPTONE_VERSION);
    fputs("\n# K and S are two-flux coefficients of the undiluted liquid, per mm.\n\n",
          stream);
    write_identity(stream, pigment);
    write_figures(stream, pigment);
    write_format(stream);
    fputs("NUMBER_OF_SETS 2\nBEGIN_DATA\n", stream);
    write_row(stream, "K", &pigment->K, pigment->strength);
    write_row(stream, "S", &pigment->S, pigment->strength);
    fputs("END_DATA\n", stream);
    if (ladder) {
        fputs("\n# What K and S are computed from.\n\n", stream);
        return sample_write(stream, SAMPLE_CGATS, ladder);
    }
    return ferror(stream) ? STATUS_IO : STATUS_OK;
}
