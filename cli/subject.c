/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/subject.h"

#include <math.h>
#include <string.h>

#include "colorlib/number.h"

/* The name of a sample where it has one, else the argument. */
static void set_label(const struct color *color, const char *argument, char *label)
{
    snprintf(label, SUBJECT_LABEL_MAX, "%s", color->name[0] ? color->name : argument);
}

enum exit_code subject_same_aperture(struct context *context, const char *what, double a,
                                     double b)
{
    const double same_mm = 0.5;
    if (a == 0 || b == 0 || fabs(a - b) < same_mm)
        return EXIT_DONE;
    enum exit_code code =
        failure_set(&context->failure, FAILURE_CONDITIONS_APERTURE,
                    "%s were read through apertures of %.0f and %.0f "
                    "mm; through a wider one skin is lighter and redder",
                    what, a, b);
    failure_hint(&context->failure, "scans of one client all through the same aperture");
    return code;
}

enum exit_code subject_target_of_color(struct context *context, const char *argument,
                                       const struct color *color,
                                       struct subject_scan *out)
{
    if (color->basis != COLOR_SPECTRAL) {
        enum exit_code code = failure_set(
            &context->failure, FAILURE_SPECTRUM_NEEDED,
            "%s has no spectrum: how a match would look in another light cannot be "
            "judged",
            argument);
        failure_hint(&context->failure, "a scan, or --hair CLASS for a model of hair");
        return code;
    }
    enum skin_surface surface;
    set_label(color, argument, out->label);
    out->aperture_mm = color->conditions.aperture_mm;
    out->origin = color->conditions.origin;
    return skin_measured(context, argument, color, &out->reflectance, &surface);
}

enum exit_code subject_target(struct context *context, const char *argument,
                              struct subject_scan *out)
{
    struct color color;
    enum exit_code code = color_read(context, argument, &color);
    return code == EXIT_DONE ? subject_target_of_color(context, argument, &color, out)
                             : code;
}

enum exit_code subject_of_color(struct context *context, const char *argument,
                                const struct color *color, struct subject *out)
{
    struct skin_reading reading;
    enum exit_code code = skin_reading_make(context, argument, color, &reading);
    if (code != EXIT_DONE)
        return code;
    bool spectral = color->basis == COLOR_SPECTRAL;
    set_label(color, argument, out->label);
    out->aperture_mm = spectral ? color->conditions.aperture_mm : 0;
    out->origin = color->conditions.origin;
    out->step_nm = spectral ? color->spectrum.grid.step_nm : 0;
    out->color = reading.fitted_lab;
    snprintf(out->light, sizeof out->light, "%s", reading.illuminant->name);
    out->observer = reading.observer;
    out->fit = reading.fit;
    out->bare =
        reading.fit.basis == SKIN_FROM_SPECTRUM ? reading.measured : reading.fit.fitted;
    return EXIT_DONE;
}

enum exit_code subject_read(struct context *context, const char *argument,
                            struct subject *out)
{
    struct color color;
    enum exit_code code = color_read(context, argument, &color);
    return code == EXIT_DONE ? subject_of_color(context, argument, &color, out) : code;
}

/* Skin that is exactly the model's. */
static void from_parameters(const struct skin_parameters *parameters, struct subject *out)
{
    out->aperture_mm = 0;
    out->origin = SAMPLE_MEASURED;
    out->fit = (struct skin_fit){.basis = SKIN_ASSUMED};
    skin_from_parameters(parameters, &out->fit.skin);
    skin_bare(&out->fit.skin, &out->bare);
    out->fit.fitted = out->bare;
}

static enum exit_code from_ita(struct context *context, const char *text,
                               struct subject *out)
{
    double ita;
    struct skin_parameters parameters;
    if (number_parse(text, strlen(text), &ita) != STATUS_OK ||
        skin_parameters_from_ita(ita, &parameters) != STATUS_OK) {
        enum exit_code code =
            failure_set(&context->failure, FAILURE_USAGE_VALUE,
                        "ita:%s (a typology angle from -55 to 60 degrees)", text);
        failure_hint(&context->failure, "ita:35");
        return code;
    }
    from_parameters(&parameters, out);
    snprintf(out->label, sizeof out->label, "ITA %s", text);
    return EXIT_DONE;
}

enum exit_code subject_read_short(struct context *context, const char *argument,
                                  struct subject *out)
{
    static const char *const names[] = {"light", "tan", "dark"};
    static const enum skin_reference references[] = {SKIN_LIGHT, SKIN_TAN, SKIN_DARK};
    if (strncmp(argument, "ita:", 4) == 0)
        return from_ita(context, argument + 4, out);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(argument, names[i]) == 0) {
            struct skin_parameters parameters = skin_reference_parameters(references[i]);
            from_parameters(&parameters, out);
            snprintf(out->label, sizeof out->label, "%s skin", argument);
            return EXIT_DONE;
        }
    enum exit_code code = subject_read(context, argument, out);
    if (code != EXIT_DONE && context->failure.code == FAILURE_COLOR_UNKNOWN)
        failure_hint(&context->failure,
                     "light, tan, dark, ita:35, a file, lab:L,a,b or #rrggbb");
    return code;
}
