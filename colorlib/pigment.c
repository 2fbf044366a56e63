/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/pigment.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "colorlib/cgats.h"
#include "colorlib/pigment_fields.h"

struct source {
    const struct text *text;
    const struct cgats_table *table; /* with the keywords */
    struct fault *fault;
};

/* -- keywords ---------------------------------------------------------------------- */

static enum status missing(const struct source *source, const char *name)
{
    return text_fault(source->text, source->table->identifier.start, source->fault,
                      "the keyword %s is missing", name);
}

static enum status read_text(const struct source *source,
                             const struct pigment_text_field *field,
                             struct pigment *pigment)
{
    const struct text_word *value = cgats_keyword(source->table, field->keyword);
    if (!value)
        return field->presence == PIGMENT_REQUIRED ? missing(source, field->keyword)
                                                   : STATUS_OK;
    char *member = (char *)pigment + field->offset;
    if (text_copy(value, member, field->size) == STATUS_OK)
        return STATUS_OK;
    return text_fault(source->text, value->start, source->fault,
                      "%s is longer than %zu bytes", field->keyword, field->size - 1);
}

static enum status read_number(const struct source *source,
                               const struct pigment_number_field *field,
                               struct pigment *pigment)
{
    const struct text_word *value = cgats_keyword(source->table, field->keyword);
    if (!value)
        return STATUS_OK;
    double number = 0;
    enum status status =
        text_number(source->text, value, field->keyword, &number, source->fault);
    if (status != STATUS_OK)
        return status;
    if (pigment_set_number(pigment, field, number) != STATUS_OK)
        return text_fault(source->text, value->start, source->fault,
                          "%s is \"%s\"; it may be %s to %s", field->keyword,
                          text_excerpt(value).text, text_of_number(field->least).text,
                          text_of_number(field->most).text);
    return STATUS_OK;
}

/* A required keyword whose value is one of a few words. */
static enum status unknown_word(const struct source *source, const char *name,
                                const char *expected)
{
    const struct text_word *value = cgats_keyword(source->table, name);
    if (!value)
        return missing(source, name);
    return text_fault(source->text, value->start, source->fault,
                      "%s is \"%s\"; it may be %s", name, text_excerpt(value).text,
                      expected);
}

static bool keyword_is(const struct source *source, const char *name, const char *word)
{
    const struct text_word *value = cgats_keyword(source->table, name);
    return value && text_is(value, word);
}

static enum status read_kind(const struct source *source, struct pigment *pigment)
{
    if (!keyword_is(source, "SMP_FORMAT", "pigment/1"))
        return unknown_word(source, "SMP_FORMAT", "pigment/1");
    if (!keyword_is(source, "SMP_ORIGIN", "model") &&
        !keyword_is(source, "SMP_ORIGIN", "ladder"))
        return unknown_word(source, "SMP_ORIGIN", "model or ladder");
    pigment->origin =
        keyword_is(source, "SMP_ORIGIN", "ladder") ? PIGMENT_LADDER : PIGMENT_MODEL;
    const struct text_word *class = cgats_keyword(source->table, "SMP_CLASS");
    if (!class || fade_class_find(text_excerpt(class).text, &pigment->class) != STATUS_OK)
        return unknown_word(source, "SMP_CLASS",
                            "carbon, iron_oxide, tio2, organic_stable or organic_azo");
    pigment->fade = fade_class_rates(pigment->class);
    const struct text_word *simulated = cgats_keyword(source->table, "SMP_SIMULATED");
    pigment->simulated = simulated && !text_is(simulated, "no");
    return STATUS_OK;
}

static enum status read_keywords(const struct source *source, struct pigment *pigment)
{
    enum status status = read_kind(source, pigment);
    for (size_t i = 0; status == STATUS_OK && i < PIGMENT_TEXT_FIELDS; i++)
        status = read_text(source, &pigment_text_fields[i], pigment);
    for (size_t i = 0; status == STATUS_OK && i < PIGMENT_NUMBER_FIELDS; i++)
        status = read_number(source, &pigment_number_fields[i], pigment);
    return status;
}

/* -- K and S ----------------------------------------------------------------------- */

static enum status read_coefficients(const struct source *source,
                                     const struct cgats_table *table, size_t set,
                                     double strength, struct bands *out)
{
    for (size_t band = 0; band < BAND_COUNT; band++) {
        char name[16];
        snprintf(name, sizeof name, "KS_%d", (int)bands_wavelength_nm(band));
        size_t field = cgats_field(table, name);
        if (field == table->field_count)
            return text_fault(source->text, table->field[0].start, source->fault,
                              "the column %s is missing", name);
        const struct text_word *cell = cgats_cell(table, set, field);
        double value = 0;
        enum status status = text_number(source->text, cell, name, &value, source->fault);
        if (status != STATUS_OK)
            return status;
        if (value < 0 || !isfinite(value * strength))
            return text_fault(source->text, cell->start, source->fault,
                              "\"%s\" in %s is no coefficient (0 or more, per mm)",
                              text_excerpt(cell).text, name);
        out->value[band] = value * strength;
    }
    return STATUS_OK;
}

static enum status read_set(const struct source *source, const struct cgats_table *table,
                            size_t set, struct pigment *pigment, bool found[2])
{
    const struct text_word *quantity =
        cgats_cell(table, set, cgats_field(table, "SMP_QUANTITY"));
    bool is_scattering = text_is(quantity, "S");
    if (!is_scattering && !text_is(quantity, "K"))
        return text_fault(source->text, quantity->start, source->fault,
                          "SMP_QUANTITY is \"%s\"; it may be K or S",
                          text_excerpt(quantity).text);
    if (found[is_scattering])
        return text_fault(source->text, quantity->start, source->fault,
                          "a second row of %s", text_excerpt(quantity).text);
    found[is_scattering] = true;
    return read_coefficients(source, table, set, pigment->strength,
                             is_scattering ? &pigment->S : &pigment->K);
}

static const struct cgats_table *coefficient_table(const struct cgats *cgats)
{
    for (size_t i = 0; i < cgats->table_count; i++)
        if (cgats_field(&cgats->table[i], "SMP_QUANTITY") < cgats->table[i].field_count)
            return &cgats->table[i];
    return NULL;
}

static enum status read_K_and_S(const struct source *source, const struct cgats *cgats,
                                struct pigment *pigment)
{
    const struct cgats_table *table = coefficient_table(cgats);
    bool found[2] = {false, false};
    enum status status = STATUS_OK;
    for (size_t set = 0; table && status == STATUS_OK && set < table->set_count; set++)
        status = read_set(source, table, set, pigment, found);
    if (status != STATUS_OK || (found[0] && found[1]))
        return status;
    const struct text_word *place = &(table ? table : source->table)->field[0];
    return text_fault(source->text, place->start, source->fault, "%s",
                      pigment->origin == PIGMENT_LADDER
                          ? "the file holds a measured ladder without the rows K and S "
                            "that are computed from it"
                          : "a row K and a row S are due");
}

/* -- the file ---------------------------------------------------------------------- */

static enum status read_profile(const struct text *text, struct pigment *out,
                                struct fault *fault)
{
    struct cgats cgats;
    enum status status = cgats_parse(text, &cgats, fault);
    if (status != STATUS_OK)
        return status;
    struct pigment pigment = pigment_unknown;
    struct source source = {text, &cgats.table[0], fault};
    status = read_keywords(&source, &pigment);
    if (status == STATUS_OK)
        status = read_K_and_S(&source, &cgats, &pigment);
    if (status == STATUS_OK)
        *out = pigment;
    cgats_free(&cgats);
    return status;
}

enum status pigment_read(const char *path, struct pigment *out, struct fault *fault)
{
    struct text text;
    enum status status = text_read(path, &text, fault);
    if (status != STATUS_OK)
        return status;
    status = read_profile(&text, out, fault);
    text_free(&text);
    return status;
}

static bool list_contains(const char *list, const char *word)
{
    size_t length = strlen(word);
    while (*list) {
        list += strspn(list, " ");
        size_t entry = strcspn(list, " ");
        if (entry == length && entry > 0 && strncasecmp(list, word, length) == 0)
            return true;
        list += entry;
    }
    return false;
}

bool pigment_contains(const struct pigment *pigment, const char *word)
{
    return list_contains(pigment->ci, word) || list_contains(pigment->allergens, word);
}
