/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A color that was given, and how it looks under a light. */
#ifndef CLI_COLOR_VIEW_H
#define CLI_COLOR_VIEW_H

#include "cli/viewing.h"
#include "colorlib/sample.h"

enum color_basis {
    COLOR_SPECTRAL,   /* a reflectance spectrum */
    COLOR_COORDINATES /* a color under one illuminant and observer, nothing else */
};

struct color {
    enum color_basis basis;
    char id[SAMPLE_ID_MAX];              /* of the sample in its file, or empty */
    char name[SAMPLE_NAME_MAX];          /* the same */
    struct spectrum spectrum;            /* spectral only */
    struct sample_conditions conditions; /* of a file, else zeros */
    enum sample_specular specular;       /* of the sample; --specular overrides */
    cmsCIELab lab;                       /* coordinates only, with the two below */
    struct illuminant illuminant;
    enum observer observer;
};

/* Tristimulus values, white and CIELAB of a color. */
struct color_view {
    cmsCIEXYZ white; /* Y = 1 */
    cmsCIEXYZ xyz;
    cmsCIELab lab;
};

/*
 * A color under an illuminant and observer. Coordinates exist under their own conditions
 * only: COLOR_WHITE failure under any other.
 */
enum exit_code color_view(const struct color *color, const struct illuminant *illuminant,
                          enum observer observer, struct color_view *out,
                          struct failure *failure);

/*
 * The typology angle, which is defined in daylight: under D65, whatever lights are in
 * use, and the observer. Coordinates keep their own observer; the angle of those in
 * another light is not known, NAN.
 */
enum exit_code color_ita(const struct color *color, enum observer observer,
                         double *ita_deg, struct failure *failure);

/* "SCI", "SCE" or "specular unknown"; and "sci", "sce" or NULL for documents. */
const char *color_specular_text(enum sample_specular specular);
const char *color_specular_key(enum sample_specular specular);

#endif
