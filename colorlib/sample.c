/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sample.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/sample_reading.h"

enum status sample_format_from_path(const char *path, enum sample_format *out)
{
    static const struct {
        const char *ending;
        enum sample_format format;
    } endings[] = {
        {".cgats", SAMPLE_CGATS},    {".txt", SAMPLE_CGATS}, {".sp", SAMPLE_ARGYLL_SP},
        {".ti3", SAMPLE_ARGYLL_TI3}, {".csv", SAMPLE_CSV},   {".json", SAMPLE_JSON},
    };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (text_ends_in(path, endings[i].ending)) {
            *out = endings[i].format;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

/* A first line that is one word without a comma is the identifier of a CGATS table. */
static enum sample_format format_from_content(const struct text *text)
{
    const char *start = text->start;
    for (;;) {
        start += strspn(start, " \t\r\n");
        if (*start != '#')
            break;
        start += strcspn(start, "\n");
    }
    if (*start == '{')
        return SAMPLE_JSON;
    const char *behind = start + strcspn(start, " \t\r\n");
    bool has_comma = memchr(start, ',', (size_t)(behind - start)) != NULL;
    behind += strspn(behind, " \t\r");
    bool is_alone = *behind == '\n' || *behind == '\0';
    return is_alone && !has_comma ? SAMPLE_CGATS : SAMPLE_CSV;
}

static enum status (*reader_of(enum sample_format format))(struct sample_reading *reading)
{
    switch (format) {
    case SAMPLE_CGATS:
    case SAMPLE_ARGYLL_SP:
    case SAMPLE_ARGYLL_TI3: return sample_cgats_read;
    case SAMPLE_CSV: return sample_csv_read;
    case SAMPLE_JSON: break;
    }
    return sample_json_read;
}

enum status sample_read_text(struct sample_reading *reading,
                             enum status (*read)(struct sample_reading *reading),
                             struct sample_set *out)
{
    const struct text *text = reading->text;
    enum status status = read(reading);
    if (status == STATUS_OK && reading->set.count == 0)
        status = text_fault(text, text->start + text->size, reading->fault,
                            "there is no sample");
    if (status == STATUS_OK)
        status = sample_rescale(reading);
    if (status == STATUS_OK)
        *out = reading->set;
    else
        sample_set_free(&reading->set);
    return status;
}

enum status sample_read(const char *path, const struct sample_options *options,
                        struct sample_set *out, struct fault *fault)
{
    struct text text;
    enum status status = text_read(path, &text, fault);
    if (status != STATUS_OK)
        return status;
    enum sample_format format;
    if (options && options->format)
        format = *options->format;
    else if (sample_format_from_path(path, &format) != STATUS_OK)
        format = format_from_content(&text);
    struct sample_reading reading = {.text = &text, .options = options, .fault = fault};
    status = sample_read_text(&reading, reader_of(format), out);
    text_free(&text);
    return status;
}

static bool is_finite(const struct sample_set *set)
{
    for (size_t i = 0; i < set->count * set->grid.count; i++)
        if (!isfinite(set->value[i]))
            return false;
    return true;
}

enum status sample_write(FILE *stream, enum sample_format format,
                         const struct sample_set *set)
{
    assert(format != SAMPLE_ARGYLL_TI3);
    if (!is_finite(set))
        return STATUS_BAD_DATA;
    enum status status = STATUS_OK;
    switch (format) {
    case SAMPLE_CGATS: sample_cgats_write(stream, set); break;
    case SAMPLE_ARGYLL_SP: sample_sp_write(stream, set); break;
    case SAMPLE_CSV: sample_csv_write(stream, set); break;
    case SAMPLE_JSON: status = sample_json_write(stream, set); break;
    case SAMPLE_ARGYLL_TI3: return STATUS_BAD_DATA;
    }
    if (fflush(stream) != 0 || ferror(stream))
        return STATUS_IO;
    return status;
}

struct spectrum sample_spectrum(const struct sample_set *set, size_t index)
{
    assert(index < set->count);
    struct spectrum spectrum = {.grid = set->grid};
    memcpy(spectrum.value, set->value + index * set->grid.count,
           set->grid.count * sizeof *set->value);
    return spectrum;
}

enum status sample_find(const struct sample_set *set, const char *id, size_t *index)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->info[i].id, id) == 0) {
            *index = i;
            return STATUS_OK;
        }
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->info[i].name, id) == 0) {
            *index = i;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

void sample_included_id(const char *id, char out[static SAMPLE_ID_MAX])
{
    static const char ending[] = "-sci";
    text_cut(id, out, SAMPLE_ID_MAX - strlen(ending));
    strcat(out, ending);
}

bool sample_is_pair(const struct sample_set *set, size_t index)
{
    if (index + 1 >= set->count)
        return false;
    const struct sample_info *first = &set->info[index], *second = first + 1;
    char id[SAMPLE_ID_MAX];
    sample_included_id(first->id, id);
    return first->specular == SAMPLE_SPECULAR_EX &&
           second->specular == SAMPLE_SPECULAR_IN && strcmp(second->id, id) == 0 &&
           strcmp(first->name, second->name) == 0;
}

enum sample_specular sample_specular_common(const struct sample_set *set)
{
    for (size_t i = 1; i < set->count; i++)
        if (set->info[i].specular != set->info[0].specular)
            return SAMPLE_SPECULAR_UNKNOWN;
    return set->count > 0 ? set->info[0].specular : SAMPLE_SPECULAR_UNKNOWN;
}

void sample_set_free(struct sample_set *set)
{
    free(set->info);
    free(set->value);
    *set = (struct sample_set){0};
}
