/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/standard_view.h"

#include <string.h>

#include "cli/color_view.h"
#include "cli/json.h"

void measured_text(const struct batch_conditions *measured, char *text)
{
    const struct sample_conditions *it = &measured->conditions;
    int used =
        snprintf(text, MEASURED_MAX, "%s", color_specular_text(measured->specular));
    if (it->geometry[0])
        used += snprintf(text + used, MEASURED_MAX - (size_t)used, " %s", it->geometry);
    if (it->aperture_mm > 0)
        used += snprintf(text + used, MEASURED_MAX - (size_t)used, ", %.10g mm",
                         it->aperture_mm);
    if (it->instrument[0])
        used += snprintf(text + used, MEASURED_MAX - (size_t)used, ", %s%s%s",
                         it->instrument, it->serial[0] ? " " : "", it->serial);
    if (it->origin == SAMPLE_SIMULATED)
        snprintf(text + used, MEASURED_MAX - (size_t)used, ", simulated");
}

static void print_setup(FILE *out, const struct batch_setup *setup)
{
    fprintf(out, "  drawn down: %s, concentration %.6g",
            standard_method_text(setup->method), setup->concentration);
    if (setup->method != BATCH_HIDES)
        fprintf(out, ", %.4g um wet", 1000 * setup->thickness_mm);
    fputc('\n', out);
}

enum exit_code standard_print(struct context *context, const struct standard *standard)
{
    FILE *out = context->output.stream;
    const size_t *count = standard->readings.count;
    struct standard_color color;
    char light[CONDITIONS_MAX], measured[MEASURED_MAX];
    enum exit_code code = standard_color(context, standard, &color);
    if (code != EXIT_DONE)
        return code;
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    measured_text(&standard->readings.measured, measured);
    fputs("Standard ", out);
    print_safely(out, standard->name);
    if (standard->lot[0]) {
        fputs(", lot ", out);
        print_safely(out, standard->lot);
    }
    fprintf(out, "\n  L* %.2f  a* %.2f  b* %.2f   %s, ", color.lab.L, color.lab.a,
            color.lab.b, light);
    print_safely(out, measured);
    fprintf(out, "\n  %zu readings, mean %sE00 %.2f from their mean", count[BATCH_COLOR],
            context->terminal.signs->delta, color.spread_de00);
    if (count[BATCH_DARK] > 0)
        fprintf(out, "; %zu over dark", count[BATCH_DARK]);
    if (count[BATCH_TINT] > 0)
        fprintf(out, "; %zu of a tint", count[BATCH_TINT]);
    fputc('\n', out);
    print_setup(out, &standard->setup);
    print_warnings(context);
    return EXIT_DONE;
}

enum exit_code standard_print_document(struct context *context,
                                       const struct standard *standard)
{
    struct standard_color color;
    struct bands mean;
    enum exit_code code = standard_color(context, standard, &color);
    if (code != EXIT_DONE)
        return code;
    json_t *data = standard_json(standard);
    struct spectrum spectrum;
    drawdowns_group_mean(&standard->readings, BATCH_COLOR, &mean);
    spectrum = bands_spectrum(&mean);
    json_set(data, "lab", json_lab(&color.lab));
    json_set(data, "spread_de00", json_rounded(color.spread_de00, JSON_DECIMALS_COLOR));
    json_set(data, "reflectance", json_reflectance(&spectrum));
    return json_print_members(
        context, "standard",
        json_conditions(context,
                        color_specular_key(standard->readings.measured.specular)),
        data);
}
