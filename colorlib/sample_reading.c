/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample_reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "colorlib/array.h"
#include "colorlib/number.h"

/* What sample.h promises of every set. */
enum { FIRST_NM = 300, LAST_NM = 830 };

/* Sprague's interpolation needs as many. */
enum { BANDS_MIN = 6 };

/* Steps above the first are noted, above the second refused; files round to 0.01 nm. */
#define FINE_STEP_NM   10.01
#define COARSE_STEP_NM 20.01

/* A file's largest value is above the first in percent, at most the second as fraction.
 */
#define PERCENT_ABOVE 5.0
#define FRACTION_MAX  1.2

static int ascending(const void *a, const void *b)
{
    const struct sample_band *first = a, *second = b;
    return (first->wavelength_nm > second->wavelength_nm) -
           (first->wavelength_nm < second->wavelength_nm);
}

static void crop(struct sample_reading *reading, struct sample_bands *bands)
{
    size_t kept = 0;
    for (size_t i = 0; i < bands->count; i++) {
        double nm = bands->band[i].wavelength_nm;
        if (nm >= FIRST_NM && nm <= LAST_NM)
            bands->band[kept++] = bands->band[i];
    }
    if (kept < bands->count)
        reading->set.notes |= SAMPLE_NOTE_CROPPED;
    bands->count = kept;
}

static enum status check_order(const struct sample_reading *reading,
                               const struct sample_bands *bands, const char *at)
{
    for (size_t i = 1; i < bands->count; i++)
        if (bands->band[i].wavelength_nm <= bands->band[i - 1].wavelength_nm)
            return text_fault(reading->text, bands->band[i].at, reading->fault,
                              "%s nm stands twice",
                              text_of_number(bands->band[i].wavelength_nm).text);
    if (bands->count < BANDS_MIN || bands->count > SPECTRUM_MAX)
        return text_fault(reading->text, at, reading->fault,
                          "%zu wavelengths from %d to %d nm; a spectrum has %d to %d",
                          bands->count, FIRST_NM, LAST_NM, BANDS_MIN, SPECTRUM_MAX);
    return STATUS_OK;
}

/* The bands as an even grid. */
static enum status make_even(const struct sample_bands *bands, struct grid *out)
{
    double wavelength_nm[SPECTRUM_MAX], none[SPECTRUM_MAX] = {0};
    for (size_t i = 0; i < bands->count; i++)
        wavelength_nm[i] = bands->band[i].wavelength_nm;
    struct spectrum spectrum;
    enum status status =
        spectrum_from_samples(wavelength_nm, none, bands->count, &spectrum);
    if (status == STATUS_OK)
        *out = spectrum.grid;
    return status;
}

static enum status check_step(struct sample_reading *reading, const struct grid *grid,
                              const char *at)
{
    if (grid->step_nm > COARSE_STEP_NM) {
        text_fault(reading->text, at, reading->fault,
                   "a step of %s nm; 20 nm is the coarsest",
                   text_of_number(grid->step_nm).text);
        return STATUS_NOT_COVERED;
    }
    if (grid->step_nm > FINE_STEP_NM)
        reading->set.notes |= SAMPLE_NOTE_COARSE;
    return STATUS_OK;
}

enum status sample_grid(struct sample_reading *reading, struct sample_bands *bands)
{
    qsort(bands->band, bands->count, sizeof bands->band[0], ascending);
    const char *at = bands->band[0].at;
    crop(reading, bands);
    enum status status = check_order(reading, bands, at);
    if (status != STATUS_OK)
        return status;
    struct grid grid;
    if (make_even(bands, &grid) != STATUS_OK)
        return text_fault(reading->text, at, reading->fault,
                          "the wavelengths are not evenly spaced");
    if (reading->set.count == 0)
        reading->set.grid = grid;
    else if (!grid_same(&grid, &reading->set.grid))
        return text_fault(reading->text, at, reading->fault,
                          "other wavelengths than those of the first sample");
    return check_step(reading, &grid, at);
}

enum status sample_add(struct sample_reading *reading, const char *at)
{
    struct sample_set *set = &reading->set;
    if (set->count == SAMPLE_COUNT_MAX)
        return text_fault(reading->text, at, reading->fault, "more than %d samples",
                          SAMPLE_COUNT_MAX);
    struct sample_info *info =
        array_reserve(set->info, &reading->info_capacity, set->count + 1, sizeof *info);
    if (!info)
        return STATUS_NO_MEMORY;
    set->info = info;
    double *value = array_reserve(set->value, &reading->value_capacity,
                                  (set->count + 1) * set->grid.count, sizeof *value);
    if (!value)
        return STATUS_NO_MEMORY;
    set->value = value;
    set->info[set->count] = (struct sample_info){.id = ""};
    set->count++;
    return STATUS_OK;
}

enum status sample_number(const struct sample_reading *reading,
                          const struct text_word *cell, const struct text_word *heading,
                          double *out)
{
    if (number_parse(cell->start, cell->length, out) == STATUS_OK)
        return STATUS_OK;
    /* only now is the heading needed as a string */
    return text_number(reading->text, cell, text_excerpt(heading).text, out,
                       reading->fault);
}

void sample_take(struct sample_reading *reading, size_t sample, size_t band, double value,
                 const char *at)
{
    reading->set.value[sample * reading->set.grid.count + band] = value;
    struct sample_extreme here = {value, at};
    if (!reading->largest.at || value > reading->largest.value)
        reading->largest = here;
    if (!reading->smallest.at || value < reading->smallest.value)
        reading->smallest = here;
}

static enum status wrong_scale(const struct sample_reading *reading,
                               const struct sample_extreme *extreme, const char *problem)
{
    return text_fault(reading->text, extreme->at, reading->fault,
                      "the value %s %s; give --scale",
                      text_of_number(extreme->value).text, problem);
}

/* The file's number for a reflectance factor of 1. */
static enum status find_norm(struct sample_reading *reading, double *norm)
{
    const struct sample_options *options = reading->options;
    enum sample_scale scale = options ? options->scale : SAMPLE_SCALE_AUTO;
    double largest = reading->largest.value;
    *norm = scale == SAMPLE_SCALE_PERCENT    ? 100
            : scale == SAMPLE_SCALE_FRACTION ? 1
                                             : reading->norm;
    if (*norm > 0)
        return STATUS_OK;
    if (largest > FRACTION_MAX && largest <= PERCENT_ABOVE)
        return wrong_scale(reading, &reading->largest,
                           "may be percent or fraction, and nothing in the file is more");
    bool percent = largest > PERCENT_ABOVE;
    *norm = percent ? 100 : 1;
    reading->set.notes |=
        percent ? SAMPLE_NOTE_ASSUMED_PERCENT : SAMPLE_NOTE_ASSUMED_FRACTION;
    return STATUS_OK;
}

enum status sample_rescale(struct sample_reading *reading)
{
    struct sample_set *set = &reading->set;
    if (set->quantity == SAMPLE_POWER)
        return STATUS_OK;
    double norm;
    enum status status = find_norm(reading, &norm);
    if (status != STATUS_OK)
        return status;
    if (!(reading->largest.value / norm <= SAMPLE_REFLECTANCE_MAX))
        return wrong_scale(reading, &reading->largest, "is no reflectance on this scale");
    if (!(reading->smallest.value / norm >= SAMPLE_REFLECTANCE_MIN))
        return wrong_scale(reading, &reading->smallest,
                           "is no reflectance on this scale");
    for (size_t i = 0; i < set->count * set->grid.count; i++)
        set->value[i] /= norm;
    return STATUS_OK;
}

enum status sample_text(struct sample_reading *reading, const struct text_word *word,
                        const char *what, char *out, size_t size)
{
    enum status status = text_copy(word, out, size);
    if (status == STATUS_OK && text_is_printable(out))
        return STATUS_OK;
    if (status == STATUS_OK)
        return text_fault(reading->text, word->start, reading->fault,
                          "a tab or a line break in the %s", what);
    return text_fault(reading->text, word->start, reading->fault,
                      "the %s \"%s\" is longer than %zu bytes", what,
                      text_excerpt(word).text, size - 1);
}

static enum status take_number(struct sample_reading *reading,
                               const struct sample_condition *condition,
                               const struct text_word *word, const char *what,
                               struct sample_conditions *out)
{
    double number = 0;
    enum status status = text_number(reading->text, word, what, &number, reading->fault);
    if (status != STATUS_OK ||
        sample_condition_set_number(condition, number, out) == STATUS_OK)
        return status;
    char expected[SAMPLE_CONDITION_TEXT_MAX];
    sample_condition_expected(condition, expected);
    return text_fault(reading->text, word->start, reading->fault,
                      "%s is \"%s\"; it may be %s", what, text_excerpt(word).text,
                      expected);
}

enum status sample_take_condition(struct sample_reading *reading,
                                  const struct sample_condition *condition,
                                  const struct text_word *word, const char *what,
                                  struct sample_conditions *out)
{
    if (word->length == 0)
        return STATUS_OK;
    if (condition->type == SAMPLE_CONDITION_NUMBER ||
        condition->type == SAMPLE_CONDITION_COUNT)
        return take_number(reading, condition, word, what, out);
    char text[SAMPLE_CONDITION_TEXT_MAX];
    enum status status = sample_text(reading, word, what, text, condition->size);
    if (status != STATUS_OK ||
        sample_condition_set_text(condition, text, out) == STATUS_OK)
        return status;
    sample_condition_expected(condition, text);
    return text_fault(reading->text, word->start, reading->fault,
                      "%s is \"%s\"; it may be %s", what, text_excerpt(word).text, text);
}

static enum status refuse_drawdown(struct sample_reading *reading, size_t column,
                                   const struct text_word *word)
{
    return text_fault(reading->text, word->start, reading->fault,
                      "%s is \"%s\"; it may be %s",
                      sample_drawdown_columns[column].keyword, text_excerpt(word).text,
                      sample_drawdown_expected(column));
}

enum status sample_take_drawdown(struct sample_reading *reading, size_t column,
                                 const struct text_word *word,
                                 struct sample_drawdown *out)
{
    const char *what = sample_drawdown_columns[column].keyword;
    if (column == SAMPLE_DRAWDOWN_BACKING) {
        char name[SAMPLE_TEXT_MAX];
        if (word->length == 0) /* a sample of no ladder beside those of one */
            return STATUS_OK;
        if (text_copy(word, name, sizeof name) == STATUS_OK &&
            sample_drawdown_set_backing(name, out) == STATUS_OK)
            return STATUS_OK;
        return refuse_drawdown(reading, column, word);
    }
    double number = 0;
    enum status status = text_number(reading->text, word, what, &number, reading->fault);
    if (status == STATUS_OK &&
        sample_drawdown_set_number(column, number, out) != STATUS_OK)
        status = refuse_drawdown(reading, column, word);
    return status;
}

enum status sample_check_drawdown(struct sample_reading *reading, const char *at,
                                  const bool present[SAMPLE_DRAWDOWN_COLUMNS])
{
    size_t count = 0, missing = 0;
    for (size_t i = 0; i < SAMPLE_DRAWDOWN_COLUMNS; i++) {
        count += present[i];
        missing = present[i] ? missing : i;
    }
    if (count == 0 || count == SAMPLE_DRAWDOWN_COLUMNS)
        return STATUS_OK;
    return text_fault(
        reading->text, at, reading->fault,
        "%s is missing: a ladder has SMP_CONC, SMP_BACKING and SMP_THICK_UM",
        sample_drawdown_columns[missing].keyword);
}

enum status sample_take_specular(struct sample_reading *reading,
                                 const struct text_word *word, const char *what,
                                 enum sample_specular *out)
{
    *out = sample_specular_find(text_excerpt(word).text);
    if (*out != SAMPLE_SPECULAR_UNKNOWN || word->length == 0)
        return STATUS_OK;
    return text_fault(reading->text, word->start, reading->fault,
                      "%s is \"%s\"; it may be SCI or SCE", what,
                      text_excerpt(word).text);
}

double sample_heading_nm(const struct text_word *heading)
{
    static const char *const prefixes[] = {
        "SPECTRAL_NM_", "SPECTRAL_NM", "SPECTRAL_", "SPEC_", "NM_", "NM", "R_", ""};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t length = strlen(prefixes[i]);
        double nm;
        if (heading->length > length &&
            strncasecmp(heading->start, prefixes[i], length) == 0 &&
            heading->start[length] >= '0' && heading->start[length] <= '9' &&
            number_parse(heading->start + length, heading->length - length, &nm) ==
                STATUS_OK)
            return nm >= 100 && nm <= 10000 ? nm : 0;
    }
    return 0;
}

enum sample_specular sample_specular_find(const char *name)
{
    if (strcasecmp(name, "SCI") == 0)
        return SAMPLE_SPECULAR_IN;
    return strcasecmp(name, "SCE") == 0 ? SAMPLE_SPECULAR_EX : SAMPLE_SPECULAR_UNKNOWN;
}
