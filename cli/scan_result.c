/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/scan_result.h"

#include <math.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/conditions_json.h"
#include "cli/scan_file.h"
#include "colorlib/difference.h"
#include "colorlib/skin.h"

static void name_outliers(const struct context *context, const struct placements *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        if (!shown->placement[i].used)
            note(context, "placement %zu is left out: %.1f CIEDE2000 from the others",
                 i + 1, shown->placement[i].ciede2000);
}

/* How far the scan is from an expected color. */
static enum exit_code compare(struct context *context, struct scan *scan)
{
    const char *argument = option(context, "expect");
    scan->expected_de00 = NAN;
    if (!argument)
        return EXIT_DONE;
    struct color color;
    struct color_view view;
    enum exit_code code = color_read(context, argument, &color);
    if (code == EXIT_DONE)
        code = color_view(&color, &context->viewing.illuminant[0],
                          context->viewing.observer, &view, &context->failure);
    if (code != EXIT_DONE)
        return code;
    const struct placements *shown = acquired_shown(&scan->acquired);
    cmsCIELab lab = colorimetry_reflectance_lab(&scan->weights, shown->median.value);
    scan->expected_de00 = difference_ciede2000(view.lab, lab);
    note(context, "%.1f CIEDE2000 from %s: %s", scan->expected_de00, argument,
         difference_verdict(scan->expected_de00));
    return EXIT_DONE;
}

static enum exit_code set_ita(struct context *context, struct scan *scan)
{
    struct color color = {.basis = COLOR_SPECTRAL,
                          .spectrum = acquired_shown(&scan->acquired)->median};
    return color_ita(&color, context->viewing.observer, &scan->ita_deg,
                     &context->failure);
}

enum exit_code scan_judge(struct context *context, struct scan *scan)
{
    const struct placements *shown = acquired_shown(&scan->acquired);
    name_outliers(context, shown);
    if (!scan->acquired.accepted)
        warn(context, "spread.high", "another scan, or more --sites",
             "the placements differ by %.1f CIEDE2000 on average (up to %.1f is good)",
             shown->mean_ciede2000, scan->request.limit);
    if (scan->connection.description.origin == INSTRUMENT_IS_VIRTUAL)
        note(context, "simulated: a virtual instrument was scanned");
    enum exit_code code = set_ita(context, scan);
    return code == EXIT_DONE ? compare(context, scan) : code;
}

/* The indices are of reflectance with specular excluded. */
static enum status excluded_bands(const struct scan *scan, struct bands *out)
{
    struct bands read;
    enum status status =
        bands_from_spectrum(&acquired_shown(&scan->acquired)->median, &read);
    if (status != STATUS_OK)
        return status;
    if (scan->acquired.specular & INSTRUMENT_SCE)
        *out = read;
    else
        skin_specular_excluded(&read, out);
    return STATUS_OK;
}

static void print_color(FILE *out, const struct context *context, const struct scan *scan)
{
    const struct placements *shown = acquired_shown(&scan->acquired);
    const struct instrument_description *d = &scan->connection.description;
    cmsCIEXYZ xyz = colorimetry_xyz(&scan->weights, shown->median.value);
    cmsCIELab lab = colorimetry_lab(&xyz, &scan->weights.white);
    struct srgb srgb = colorimetry_srgb(&xyz, &scan->weights.white);
    char light[CONDITIONS_MAX];
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    fprintf(out, "%s, %s   ", scan->label, scan->state);
    print_swatch(out, &context->terminal, srgb);
    fprintf(out, "   %s %s %.0f mm, %s, %s %s%s\n",
            scan->acquired.specular & INSTRUMENT_SCE ? "SCE" : "SCI", d->geometry,
            scan->acquired.aperture_mm, light, d->model, d->serial,
            d->origin == INSTRUMENT_IS_VIRTUAL ? ", simulated" : "");
    fprintf(out, "  L* %.1f  a* %.1f  b* %.1f", lab.L, lab.a, lab.b);
    if (scan->kind->skin) {
        fprintf(out, "   ITA %.1f (%s)", scan->ita_deg, skin_ita_class(scan->ita_deg));
        struct bands bands;
        if (excluded_bands(scan, &bands) == STATUS_OK)
            fprintf(out, "   melanin %.1f  erythema %.1f", skin_melanin_index(&bands),
                    skin_erythema_index(&bands));
    }
    if (shown->count == 1)
        fputs("\n  one placement: no spread known\n", out);
    else
        fprintf(out, "\n  spread %.1f %sE00 over %zu placements (%s)\n",
                shown->mean_ciede2000, context->terminal.signs->delta, shown->count,
                scan->acquired.accepted ? "good" : "high");
}

static json_t *reads_json(const struct placements *placements)
{
    json_t *array = json_array();
    for (size_t i = 0; i < placements->count; i++) {
        const struct placement *placement = &placements->placement[i];
        json_t *read = json_object();
        json_set(read, "lab", json_lab(&placement->lab));
        json_set(read, "used", json_boolean(placement->used));
        if (!placement->used)
            json_set(read, "reason", json_string("outlier"));
        json_set(read, "de00", json_rounded(placement->ciede2000, JSON_DECIMALS_COLOR));
        json_array_append_new(array, read);
    }
    return array;
}

json_t *scan_conditions_json(const struct context *context, const struct scan *scan)
{
    struct sample_conditions conditions;
    json_t *object = json_conditions(
        context, scan->acquired.specular & INSTRUMENT_SCE ? "sce" : "sci");
    scan_conditions(scan, &conditions);
    /* these are the data's */
    conditions.site[0] = conditions.state[0] = '\0';
    conditions.spread_de00 = 0;
    conditions_json_set(object, &conditions);
    json_set(object, "simulated", json_boolean(conditions.origin == SAMPLE_SIMULATED));
    return object;
}

static void set_skin(json_t *data, const struct scan *scan)
{
    struct bands bands;
    json_set_ita(data, scan->ita_deg);
    if (excluded_bands(scan, &bands) != STATUS_OK)
        return;
    json_set(data, "melanin_index",
             json_rounded(skin_melanin_index(&bands), JSON_DECIMALS_COLOR));
    json_set(data, "erythema_index",
             json_rounded(skin_erythema_index(&bands), JSON_DECIMALS_COLOR));
}

/* One placement has no spread, so nothing to accept or refuse it by. */
static void set_spread(json_t *data, const struct scan *scan)
{
    const struct placements *shown = acquired_shown(&scan->acquired);
    if (shown->count == 1)
        return;
    json_set(data, "spread_de76", json_rounded(shown->mean_cie76, JSON_DECIMALS_COLOR));
    json_set(data, "spread_de00",
             json_rounded(shown->mean_ciede2000, JSON_DECIMALS_COLOR));
    json_set(data, "limit_de00", json_rounded(scan->request.limit, JSON_DECIMALS_COLOR));
    json_set(data, "accepted", json_boolean(scan->acquired.accepted));
    if (!scan->acquired.accepted)
        json_set(data, "reason", json_string("spread"));
}

static void set_expected(json_t *data, const struct context *context,
                         const struct scan *scan)
{
    if (isnan(scan->expected_de00))
        return;
    json_t *expected = json_object();
    json_set(expected, "source", json_text(option(context, "expect")));
    json_set(expected, "de00", json_rounded(scan->expected_de00, JSON_DECIMALS_COLOR));
    json_set(expected, "verdict", json_string(difference_verdict(scan->expected_de00)));
    json_set(data, "expected", expected);
}

static json_t *data_json(const struct context *context, const struct scan *scan)
{
    const struct acquired *acquired = &scan->acquired;
    const struct placements *shown = acquired_shown(acquired);
    cmsCIELab lab = colorimetry_reflectance_lab(&scan->weights, shown->median.value);
    json_t *data = json_object();
    json_set(data, "id", json_string(scan->kind->name));
    json_set(data, "kind", json_string(scan->kind->name));
    json_set(data, "name", json_text(scan->label));
    if (scan->request.site[0])
        json_set(data, "site", json_string(scan->request.site));
    json_set(data, "state", json_string(scan->state));
    json_set(data, "lab", json_lab(&lab));
    if (scan->kind->skin)
        set_skin(data, scan);
    json_set(data, "reads", reads_json(shown));
    set_spread(data, scan);
    set_expected(data, context, scan);
    if (scan->truth)
        json_set(data, "truth", json_incref(scan->truth));
    json_set(data, "reflectance", json_reflectance(&shown->median));
    if (acquired->specular == INSTRUMENT_SCI_AND_SCE)
        json_set(data, "reflectance_sci", json_reflectance(&acquired->sci.median));
    return data;
}

static enum exit_code print_json(struct context *context, const struct scan *scan)
{
    return json_print(context, "scan", scan_conditions_json(context, scan),
                      data_json(context, scan));
}

/* A color is told with its conditions, also where there is no envelope. */
static enum exit_code print_plain(struct context *context, const struct scan *scan)
{
    json_t *conditions = scan_conditions_json(context, scan);
    json_t *data = data_json(context, scan);
    json_object_update(data, conditions);
    return json_print_members(context, "scan", conditions, data);
}

static enum exit_code print_text(struct context *context, const struct scan *scan)
{
    if (context->mode == MODE_PLAIN)
        return print_plain(context, scan);
    print_color(context->output.stream, context, scan);
    return EXIT_DONE;
}

enum exit_code scan_print(struct context *context, const struct scan *scan)
{
    const char *path = option(context, "output");
    enum sample_format format;
    if (context->mode == MODE_JSON)
        return print_json(context, scan);
    if (!path || strcmp(path, "-") == 0 ||
        sample_format_from_path(path, &format) != STATUS_OK)
        return print_text(context, scan);
    if (context->verbosity != VERBOSITY_QUIET)
        print_color(stderr, context, scan);
    return format == SAMPLE_JSON ? print_json(context, scan)
                                 : scan_write(context, scan, format);
}
