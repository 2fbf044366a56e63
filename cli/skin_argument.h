/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place on a scalp, from a COLOR: what was measured and the skin fitted to it. */
#ifndef CLI_SKIN_ARGUMENT_H
#define CLI_SKIN_ARGUMENT_H

#include "cli/color_argument.h"
#include "colorlib/skin.h"

/* How the specular-excluded reflectance came about. */
enum skin_surface {
    SKIN_SURFACE_EXCLUDED,  /* measured so */
    SKIN_SURFACE_ASSUMED,   /* not said, taken as excluded */
    SKIN_SURFACE_CONVERTED, /* measured included, reflection taken off */
    SKIN_SURFACE_NONE       /* a color, no reflectance */
};

struct skin_reading {
    struct color color;
    enum skin_surface surface;
    struct bands measured;  /* specular excluded; spectral only */
    cmsCIELab fitted_lab;   /* of a color without a spectrum, as documents give it */
    struct color_view view; /* specular excluded; without a spectrum as given */
    const struct illuminant *illuminant; /* of the view; into the context or color */
    enum observer observer;
    double ita_deg; /* in daylight; of the fitted skin where the color's is not known */
    struct skin_fit fit;
};

/*
 * A spectral color at the 31 bands, specular excluded; says what was converted or
 * assumed.
 */
enum exit_code skin_measured(struct context *context, const char *label,
                             const struct color *color, struct bands *out,
                             enum skin_surface *surface);

/*
 * Fits the skin to a color and warns of what was assumed or fits badly; label names the
 * color in messages. The view is under the context's reference, or the color's own light
 * where it has no spectrum. out is filled in in place.
 */
enum exit_code skin_reading_make(struct context *context, const char *label,
                                 const struct color *color, struct skin_reading *out);

#endif
