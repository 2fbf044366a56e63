/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/acquire.h"

#include <stdlib.h>
#include <string.h>

/* Out of memory is no fault of the readings. */
static enum exit_code refuse(struct context *context, const char *what,
                             enum status status)
{
    return failure_set(&context->failure,
                       status == STATUS_NO_MEMORY ? FAILURE_SYSTEM_MEMORY
                                                  : FAILURE_INSTRUMENT_READING,
                       "%s: %s", what, status_text(status));
}

enum exit_code acquire_spectrum(struct context *context,
                                const struct instrument_reading *reading,
                                const double *value, struct spectrum *out)
{
    /* the instrument's bands become an even grid here, and nowhere else */
    enum status status =
        spectrum_from_samples(reading->wavelength_nm, value, reading->points, out);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return refuse(context, "the reading is no spectrum", status);
}

/* Room for the spectra of one scan. */
struct scanning {
    struct connection *connection;
    const struct acquire_request *request;
    struct weights weights;
    struct spectrum sce[PLACEMENTS_MAX];
    struct spectrum sci[PLACEMENTS_MAX];
    struct spectrum read[PLACEMENTS_MAX]; /* of one placement and mode */
    struct spectrum other[PLACEMENTS_MAX];
};

/* The mean of the triggers of one placement, by mode. */
static enum exit_code average(struct scanning *scanning, size_t placement)
{
    struct context *context = scanning->connection->context;
    const struct acquire_request *request = scanning->request;
    enum status status = STATUS_OK;
    if (request->specular & INSTRUMENT_SCE)
        status = spectrum_mean(scanning->read, request->reads, &scanning->sce[placement]);
    if (status == STATUS_OK && (request->specular & INSTRUMENT_SCI))
        status =
            spectrum_mean(scanning->other, request->reads, &scanning->sci[placement]);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return refuse(context, "the readings cannot be averaged", status);
}

/* Prompts before the first trigger of a placement only: the others follow unlifted. */
static enum exit_code read_once(struct scanning *scanning, size_t trigger,
                                const char *detail, struct instrument_reading *out)
{
    const struct acquire_request *request = scanning->request;
    return connection_read(
        scanning->connection,
        trigger > 0 && request->trigger == TRIGGER_KEY ? TRIGGER_NOW : request->trigger,
        detail, out);
}

/* One trigger, and where an operator is there two more when it gave no usable reading. */
static enum exit_code read_usable(struct scanning *scanning, size_t trigger,
                                  const char *detail, struct instrument_reading *out)
{
    struct context *context = scanning->connection->context;
    enum exit_code code = read_once(scanning, trigger, detail, out);
    for (int again = 0; again < 2; again++) {
        if (context->failure.code != FAILURE_INSTRUMENT_READING ||
            scanning->request->trigger == TRIGGER_NOW)
            break;
        note(context, "%s; once more", context->failure.message);
        context->failure = (struct failure){.code = FAILURE_NONE};
        code = read_once(scanning, 0, detail, out);
    }
    return code;
}

static enum exit_code take_placement(struct scanning *scanning, size_t placement,
                                     struct acquired *out)
{
    struct connection *connection = scanning->connection;
    const struct acquire_request *request = scanning->request;
    char detail[INSTRUMENT_TEXT_MAX];
    snprintf(detail, sizeof detail, "%s%s%s placement %zu of %zu", request->kind,
             request->site[0] ? " " : "", request->site, placement + 1,
             request->placements);
    instrument_place_virtual(connection->instrument, request->kind, request->site);
    for (size_t i = 0; i < request->reads; i++) {
        struct instrument_reading reading;
        enum exit_code code = read_usable(scanning, i, detail, &reading);
        if (code == EXIT_DONE && (request->specular & INSTRUMENT_SCE))
            code = acquire_spectrum(connection->context, &reading, reading.sce,
                                    &scanning->read[i]);
        if (code == EXIT_DONE && (request->specular & INSTRUMENT_SCI))
            code = acquire_spectrum(connection->context, &reading, reading.sci,
                                    &scanning->other[i]);
        if (code != EXIT_DONE)
            return code;
        out->warnings |= reading.warnings;
        out->calibrated = reading.calibrated;
        out->aperture_mm = reading.aperture_mm;
    }
    return average(scanning, placement);
}

static enum exit_code make_weights(struct scanning *scanning,
                                   const struct spectrum *spectrum)
{
    struct context *context = scanning->connection->context;
    return viewing_weights(&spectrum->grid, &context->viewing.illuminant[0],
                           context->viewing.observer, &scanning->weights,
                           &context->failure);
}

/* One line on the operator's screen as soon as a placement is done. */
static void show_placement(const struct scanning *scanning,
                           const struct spectrum *spectrum, size_t placement)
{
    const struct context *context = scanning->connection->context;
    if (context->verbosity == VERBOSITY_QUIET)
        return;
    cmsCIEXYZ xyz = colorimetry_xyz(&scanning->weights, spectrum->value);
    cmsCIELab lab = colorimetry_lab(&xyz, &scanning->weights.white);
    fprintf(stderr, "%s  read %zu  ", context->screen.rewrites ? "\r\033[K" : "",
            placement + 1);
    fprintf(stderr, "L* %.1f  a* %.1f  b* %.1f  ", lab.L, lab.a, lab.b);
    print_swatch(stderr, &context->screen,
                 colorimetry_srgb(&xyz, &scanning->weights.white));
    fputc('\n', stderr);
}

static enum exit_code combine(struct scanning *scanning, struct acquired *out)
{
    struct context *context = scanning->connection->context;
    const struct acquire_request *request = scanning->request;
    enum status status = STATUS_OK;
    if (request->specular & INSTRUMENT_SCE)
        status = placements_combine(scanning->sce, request->placements,
                                    &scanning->weights, &out->sce);
    if (status == STATUS_OK && (request->specular & INSTRUMENT_SCI))
        status = placements_combine(scanning->sci, request->placements,
                                    &scanning->weights, &out->sci);
    if (status != STATUS_OK)
        return refuse(context, "the placements cannot be combined", status);
    out->accepted = acquired_shown(out)->mean_ciede2000 <= request->limit;
    if (request->each)
        memcpy(request->each,
               request->specular & INSTRUMENT_SCE ? scanning->sce : scanning->sci,
               request->placements * sizeof *request->each);
    return EXIT_DONE;
}

static enum exit_code scan(struct scanning *scanning, struct acquired *out)
{
    const struct acquire_request *request = scanning->request;
    bool sce = request->specular & INSTRUMENT_SCE;
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < request->placements && code == EXIT_DONE; i++) {
        const struct spectrum *shown = sce ? &scanning->sce[i] : &scanning->sci[i];
        code = take_placement(scanning, i, out);
        if (code == EXIT_DONE && i == 0)
            code = make_weights(scanning, shown);
        if (code == EXIT_DONE)
            show_placement(scanning, shown, i);
    }
    return code == EXIT_DONE ? combine(scanning, out) : code;
}

enum exit_code acquire(struct connection *connection,
                       const struct acquire_request *request, struct acquired *out)
{
    struct context *context = connection->context;
    struct scanning *scanning = calloc(1, sizeof *scanning);
    if (!scanning)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    scanning->connection = connection;
    scanning->request = request;
    *out = (struct acquired){.specular = request->specular};
    enum exit_code code = scan(scanning, out);
    free(scanning);
    if (code == EXIT_DONE)
        connection_warn(context, out->warnings & ~request->ignored);
    return code;
}

const struct placements *acquired_shown(const struct acquired *acquired)
{
    return acquired->specular & INSTRUMENT_SCE ? &acquired->sce : &acquired->sci;
}
