/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/color_view.h"

#include <math.h>
#include <string.h>

#include "colorlib/bands.h"
#include "colorlib/skin.h"

/* A spectrum is known under every light, coordinates under their own. */
static int is_known_under(const struct color *color, const struct illuminant *illuminant,
                          enum observer observer)
{
    return color->basis == COLOR_SPECTRAL ||
           (color->observer == observer &&
            strcmp(color->illuminant.name, illuminant->name) == 0);
}

static enum exit_code refuse_white(const struct color *color,
                                   const struct illuminant *illuminant,
                                   enum observer observer, struct failure *failure)
{
    char given[CONDITIONS_MAX];
    char wanted[CONDITIONS_MAX];
    viewing_text(&color->illuminant, color->observer, given);
    viewing_text(illuminant, observer, wanted);
    enum exit_code code =
        failure_set(failure, FAILURE_COLOR_WHITE,
                    "a color given under %s is not known under %s", given, wanted);
    failure_hint(failure, "a spectrum, or --illuminant %s --observer %d",
                 color->illuminant.name, observer_degrees(color->observer));
    return code;
}

enum exit_code color_view(const struct color *color, const struct illuminant *illuminant,
                          enum observer observer, struct color_view *out,
                          struct failure *failure)
{
    struct weights weights;
    const struct grid *grid =
        color->basis == COLOR_SPECTRAL ? &color->spectrum.grid : &bands_grid;
    if (!is_known_under(color, illuminant, observer))
        return refuse_white(color, illuminant, observer, failure);
    enum exit_code code = viewing_weights(grid, illuminant, observer, &weights, failure);
    if (code != EXIT_DONE)
        return code;
    out->white = weights.white;
    if (color->basis == COLOR_SPECTRAL) {
        out->xyz = colorimetry_xyz(&weights, color->spectrum.value);
        out->lab = colorimetry_lab(&out->xyz, &weights.white);
    } else {
        out->lab = color->lab;
        out->xyz = colorimetry_lab_xyz(&color->lab, &weights.white);
    }
    return EXIT_DONE;
}

enum exit_code color_ita(const struct color *color, enum observer observer,
                         double *ita_deg, struct failure *failure)
{
    struct illuminant d65;
    struct color_view view;
    enum exit_code code = viewing_illuminant("D65", &d65, failure);
    if (color->basis == COLOR_COORDINATES)
        observer = color->observer;
    if (code == EXIT_DONE && !is_known_under(color, &d65, observer)) {
        *ita_deg = NAN;
        return EXIT_DONE;
    }
    if (code == EXIT_DONE)
        code = color_view(color, &d65, observer, &view, failure);
    if (code == EXIT_DONE)
        *ita_deg = skin_ita_deg(&view.lab);
    return code;
}

const char *color_specular_text(enum sample_specular specular)
{
    switch (specular) {
    case SAMPLE_SPECULAR_UNKNOWN: break;
    case SAMPLE_SPECULAR_IN: return "SCI";
    case SAMPLE_SPECULAR_EX: return "SCE";
    }
    return "specular unknown";
}

const char *color_specular_key(enum sample_specular specular)
{
    switch (specular) {
    case SAMPLE_SPECULAR_UNKNOWN: break;
    case SAMPLE_SPECULAR_IN: return "sci";
    case SAMPLE_SPECULAR_EX: return "sce";
    }
    return NULL;
}
