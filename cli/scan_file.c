/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/scan_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/date_time.h"

/* What the instrument told of the readings, in words that a program can tell apart. */
static void set_warnings(unsigned warnings, char out[static SAMPLE_WARNINGS_MAX])
{
    static const struct {
        enum instrument_warning bit;
        const char *word;
    } words[] = {
        {INSTRUMENT_WARN_LAMP, "lamp"},
        {INSTRUMENT_WARN_BATTERY, "battery"},
        {INSTRUMENT_WARN_OVER_RANGE, "over-range"},
        {INSTRUMENT_WARN_UNKNOWN, "unknown"},
        {INSTRUMENT_WARN_RECALIBRATE, "recalibrate"},
        {INSTRUMENT_WARN_APERTURE, "aperture-unconfirmed"},
        {INSTRUMENT_WARN_NOT_SKIN_LIKE, "not-skin-like"},
    };
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if ((warnings & (unsigned)words[i].bit) && used < SAMPLE_WARNINGS_MAX)
            used += (size_t)snprintf(out + used, SAMPLE_WARNINGS_MAX - used, "%s%s",
                                     used ? " " : "", words[i].word);
}

/* Other texts of the instrument's are shorter than their room. */
static void set_device(const struct instrument_description *d,
                       struct sample_conditions *out)
{
    snprintf(out->instrument, sizeof out->instrument, "%s", d->model);
    snprintf(out->serial, sizeof out->serial, "%s", d->serial);
    snprintf(out->firmware, sizeof out->firmware, "%s", d->firmware);
    snprintf(out->plate, sizeof out->plate, "%s", d->plate);
    snprintf(out->geometry, sizeof out->geometry, "%s", d->geometry);
    out->origin = d->origin == INSTRUMENT_IS_VIRTUAL ? SAMPLE_SIMULATED : SAMPLE_MEASURED;
}

void scan_conditions(const struct scan *scan, struct sample_conditions *out)
{
    const struct acquired *acquired = &scan->acquired;
    const struct placements *shown = acquired_shown(acquired);
    *out = (struct sample_conditions){
        .aperture_mm = acquired->aperture_mm,
        .placements = (unsigned)shown->count,
        .triggers = shown->count > 0 ? (unsigned)scan->request.reads : 0,
    };
    set_device(&scan->connection.description, out);
    set_warnings(acquired->warnings & ~scan->request.ignored, out->device_warnings);
    if (acquired->calibrated > 0)
        date_time_text(acquired->calibrated, out->calibrated);
    snprintf(out->site, sizeof out->site, "%s", scan->request.site);
    snprintf(out->state, sizeof out->state, "%s", scan->state);
    if (shown->count > 1) /* as documents have it, to four decimals */
        out->spread_de00 = round(shown->mean_ciede2000 * 1e4) / 1e4;
}

static void set_half(const struct scan *scan, struct sample_set *set, size_t sample,
                     enum sample_specular specular)
{
    const struct placements *placements =
        specular == SAMPLE_SPECULAR_EX ? &scan->acquired.sce : &scan->acquired.sci;
    struct sample_info *info = &set->info[sample];
    info->specular = specular;
    snprintf(info->name, sizeof info->name, "%s", scan->label);
    if (sample > 0)
        sample_included_id(set->info[0].id, info->id);
    else
        snprintf(info->id, sizeof info->id, "%s", scan->kind->name);
    memcpy(set->value + sample * set->grid.count, placements->median.value,
           set->grid.count * sizeof *set->value);
}

/* Every placement by itself, in the mode that is shown. */
static void set_each(const struct scan *scan, struct sample_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        struct sample_info *info = &set->info[i];
        info->specular = scan->request.specular & INSTRUMENT_SCE ? SAMPLE_SPECULAR_EX
                                                                 : SAMPLE_SPECULAR_IN;
        snprintf(info->id, sizeof info->id, "%s-%zu", scan->kind->name, i + 1);
        snprintf(info->name, sizeof info->name, "%s", scan->label);
        memcpy(set->value + i * set->grid.count, scan->request.each[i].value,
               set->grid.count * sizeof *set->value);
    }
    set->conditions.placements = 1; /* of each sample */
    set->conditions.spread_de00 = 0;
}

/* The readings of the scan, one for each mode or placement. */
static enum status make_set(const struct scan *scan, struct sample_set *set)
{
    const struct acquired *acquired = &scan->acquired;
    set->grid = acquired_shown(acquired)->median.grid;
    set->count = scan->request.each                             ? scan->request.placements
                 : acquired->specular == INSTRUMENT_SCI_AND_SCE ? 2
                                                                : 1;
    set->info = calloc(set->count, sizeof *set->info);
    set->value = calloc(set->count * set->grid.count, sizeof *set->value);
    if (!set->info || !set->value)
        return STATUS_NO_MEMORY;
    scan_conditions(scan, &set->conditions);
    if (scan->request.each) {
        set_each(scan, set);
        return STATUS_OK;
    }
    size_t sample = 0;
    if (acquired->specular & INSTRUMENT_SCE)
        set_half(scan, set, sample++, SAMPLE_SPECULAR_EX);
    if (acquired->specular & INSTRUMENT_SCI)
        set_half(scan, set, sample, SAMPLE_SPECULAR_IN);
    return STATUS_OK;
}

enum exit_code scan_write(struct context *context, const struct scan *scan,
                          enum sample_format format)
{
    struct sample_set set = {.quantity = SAMPLE_REFLECTANCE};
    enum status status = make_set(scan, &set);
    if (status == STATUS_OK)
        status = sample_write(context->output.stream, format, &set);
    sample_set_free(&set);
    if (status == STATUS_OK)
        return EXIT_DONE;
    if (status == STATUS_NO_MEMORY)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    return failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                       "the scan could not be written");
}
