/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scan --watch: every reading as it comes. */
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/scan_result.h"
#include "colorlib/difference.h"

/* What is shown of one reading. */
struct watched {
    size_t number; /* from 1 */
    struct spectrum spectrum;
    cmsCIELab lab;
    double to_first; /* CIEDE2000 from the first reading */
};

static enum exit_code read_one(struct context *context, struct scan *scan, size_t number,
                               const cmsCIELab *first, struct watched *out)
{
    struct instrument_reading reading;
    char detail[INSTRUMENT_TEXT_MAX];
    snprintf(detail, sizeof detail, "%s reading %zu, q stops", scan->kind->name, number);
    instrument_place_virtual(scan->connection.instrument, scan->request.kind,
                             scan->request.site);
    enum exit_code code =
        connection_read(&scan->connection, scan->request.trigger, detail, &reading);
    if (code == EXIT_DONE)
        code = acquire_spectrum(context, &reading,
                                scan->request.specular & INSTRUMENT_SCE ? reading.sce
                                                                        : reading.sci,
                                &out->spectrum);
    if (code == EXIT_DONE && number == 1)
        code =
            viewing_weights(&out->spectrum.grid, &context->viewing.illuminant[0],
                            context->viewing.observer, &scan->weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    connection_warn(context, reading.warnings & ~scan->request.ignored);
    scan->acquired = (struct acquired){.specular = scan->request.specular,
                                       .warnings = reading.warnings,
                                       .calibrated = reading.calibrated,
                                       .aperture_mm = reading.aperture_mm};
    out->number = number;
    out->lab = colorimetry_reflectance_lab(&scan->weights, out->spectrum.value);
    out->to_first = number == 1 ? 0 : difference_ciede2000(*first, out->lab);
    return EXIT_DONE;
}

static enum exit_code show_json(struct context *context, const struct scan *scan,
                                const struct watched *watched)
{
    json_t *data = json_object();
    json_set(data, "reading", json_integer((json_int_t)watched->number));
    json_set(data, "lab", json_lab(&watched->lab));
    json_set(data, "de00_to_first", json_rounded(watched->to_first, JSON_DECIMALS_COLOR));
    json_set(data, "reflectance", json_reflectance(&watched->spectrum));
    return json_print_line(context, stdout, "scan", scan_conditions_json(context, scan),
                           data);
}

static enum exit_code show_text(struct context *context, const struct watched *watched)
{
    const char *format = context->mode == MODE_PLAIN
                             ? "%zu\t%.1f\t%.1f\t%.1f\t%.2f\n"
                             : "%4zu  L* %.1f  a* %.1f  b* %.1f  %.2f from the first\n";
    printf(format, watched->number, watched->lab.L, watched->lab.a, watched->lab.b,
           watched->to_first);
    return fflush(stdout) == 0 ? EXIT_DONE
                               : failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                                             "the result could not be written");
}

enum exit_code scan_watch(struct context *context, struct scan *scan)
{
    /* a stream is not gathered first, as results otherwise are */
    size_t most = option(context, "sites") ? scan->request.placements : SIZE_MAX;
    cmsCIELab first = {0};
    enum exit_code code = EXIT_DONE;
    for (size_t number = 1; number <= most && code == EXIT_DONE; number++) {
        struct watched watched;
        code = read_one(context, scan, number, &first, &watched);
        if (code != EXIT_DONE)
            break;
        if (number == 1)
            first = watched.lab;
        code = option(context, "ndjson") ? show_json(context, scan, &watched)
                                         : show_text(context, &watched);
    }
    if (context->failure.code == FAILURE_INTERRUPTED) { /* the way to end it */
        context->failure = (struct failure){FAILURE_NONE, "", ""};
        code = EXIT_DONE;
    }
    return code;
}
