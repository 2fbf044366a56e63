/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/skin_argument.h"

#include <math.h>

#include "cli/json.h"

static enum exit_code refuse_fit(struct context *context, const char *label,
                                 enum status status)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_SKIN_FIT,
                    "%s: no skin fits this measurement (%s)", label, status_text(status));
    failure_hint(&context->failure,
                 "a reading of bare skin, clean and dry; check the scale "
                 "and --specular");
    return code;
}

static enum exit_code take_bands(struct context *context, const char *label,
                                 const struct spectrum *spectrum, struct bands *out)
{
    enum status status = bands_from_spectrum(spectrum, out);
    if (status == STATUS_OK)
        return EXIT_DONE;
    enum exit_code code = failure_set(&context->failure, FAILURE_SPECTRUM_RANGE, "%s: %s",
                                      label, status_text(status));
    failure_hint(&context->failure, "a spectrum of 400 to 700 nm by at most 20 nm");
    return code;
}

/* No instrument reads finer than this, and a document gives back what was computed with.
 */
static void round_bands(struct bands *bands)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands->value[i] = json_round(bands->value[i], JSON_DECIMALS_REFLECTANCE);
}

/* The model has no reflection at the surface, so a reading must have none either. */
enum exit_code skin_measured(struct context *context, const char *label,
                             const struct color *color, struct bands *out,
                             enum skin_surface *surface)
{
    struct bands as_read;
    enum exit_code code = take_bands(context, label, &color->spectrum, &as_read);
    if (code != EXIT_DONE)
        return code;
    *out = as_read;
    switch (color->specular) {
    case SAMPLE_SPECULAR_EX: *surface = SKIN_SURFACE_EXCLUDED; break;
    case SAMPLE_SPECULAR_UNKNOWN:
        *surface = SKIN_SURFACE_ASSUMED;
        warn(context, "specular.assumed", "--specular sci or --specular sce",
             "%s does not say whether specular is included; taken as excluded", label);
        break;
    case SAMPLE_SPECULAR_IN:
        *surface = SKIN_SURFACE_CONVERTED;
        skin_specular_excluded(&as_read, out);
        note(context, "%s: specular included, converted to excluded", label);
        break;
    }
    round_bands(out);
    return EXIT_DONE;
}

static enum exit_code fit_spectrum(struct context *context, const char *label,
                                   struct skin_reading *reading)
{
    enum exit_code code = skin_measured(context, label, &reading->color,
                                        &reading->measured, &reading->surface);
    if (code != EXIT_DONE)
        return code;
    enum status status = skin_fit_sampled(
        &reading->measured, reading->color.spectrum.grid.step_nm, &reading->fit);
    return status == STATUS_OK ? EXIT_DONE : refuse_fit(context, label, status);
}

static enum exit_code fit_color(struct context *context, const char *label,
                                struct skin_reading *reading)
{
    struct weights weights;
    reading->surface = SKIN_SURFACE_NONE;
    enum exit_code code = viewing_weights(&bands_grid, reading->illuminant,
                                          reading->observer, &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    warn(context, "skin.color-only", "a spectrum of the skin",
         "%s: from color only, no spectrum; much of the skin is assumed", label);
    reading->fitted_lab =
        (cmsCIELab){json_round(reading->color.lab.L, JSON_DECIMALS_COLOR),
                    json_round(reading->color.lab.a, JSON_DECIMALS_COLOR),
                    json_round(reading->color.lab.b, JSON_DECIMALS_COLOR)};
    enum status status = skin_fit_lab(&reading->fitted_lab, &weights, &reading->fit);
    return status == STATUS_OK ? EXIT_DONE : refuse_fit(context, label, status);
}

static void tell_warnings(struct context *context, const char *label,
                          const struct skin_fit *fit)
{
    static const struct {
        enum skin_warning bit;
        const char *code;
        const char *text;
    } texts[] = {
        {SKIN_WARN_RESIDUAL, "skin.residual", "the fit leaves a large residual"},
        {SKIN_WARN_PARAMETER, "skin.parameter",
         "a fitted parameter is far from what skin is known to have"},
        {SKIN_WARN_COLOR, "skin.difference", "fitted and measured color differ visibly"},
        {SKIN_WARN_RESIDUAL_RATIO, "skin.ratio",
         "measured and fitted reflectance differ by a fifth or more in a band"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (fit->warnings & (unsigned)texts[i].bit)
            warn(context, texts[i].code, NULL, "%s: %s", label, texts[i].text);
}

/* The color is that of what was fitted, not that of the surface's reflection. */
static enum exit_code look(struct context *context, struct skin_reading *reading)
{
    struct color shown = reading->color;
    if (shown.basis == COLOR_SPECTRAL)
        shown.spectrum = bands_spectrum(&reading->measured);
    enum exit_code code = color_view(&shown, reading->illuminant, reading->observer,
                                     &reading->view, &context->failure);
    if (code == EXIT_DONE)
        code = color_ita(&shown, reading->observer, &reading->ita_deg, &context->failure);
    if (code != EXIT_DONE || isfinite(reading->ita_deg))
        return code;
    shown.basis = COLOR_SPECTRAL;
    shown.spectrum = bands_spectrum(&reading->fit.fitted);
    return color_ita(&shown, reading->observer, &reading->ita_deg, &context->failure);
}

enum exit_code skin_reading_make(struct context *context, const char *label,
                                 const struct color *color, struct skin_reading *out)
{
    const struct viewing *viewing = &context->viewing;
    out->color = *color;
    int spectral = color->basis == COLOR_SPECTRAL;
    out->illuminant = spectral ? &viewing->illuminant[0] : &out->color.illuminant;
    out->observer = spectral ? viewing->observer : color->observer;
    enum exit_code code =
        spectral ? fit_spectrum(context, label, out) : fit_color(context, label, out);
    if (code == EXIT_DONE)
        code = look(context, out);
    if (code == EXIT_DONE)
        tell_warnings(context, label, &out->fit);
    return code;
}
