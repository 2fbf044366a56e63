/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skin on the command line: measured, given as a color, or a reference client. */
#ifndef CLI_SUBJECT_H
#define CLI_SUBJECT_H

#include "cli/skin_argument.h"

enum { SUBJECT_LABEL_MAX = 256 };

/* A place on a client. */
struct subject {
    char label[SUBJECT_LABEL_MAX];
    struct skin_fit fit; /* of a reference client: the model itself */
    struct bands bare;   /* specular excluded: as measured, or the model's */
    double aperture_mm;  /* of the reading; 0 where unknown or not measured */
    enum sample_origin origin;
    double step_nm; /* of a spectrum that was fitted */
    /* Of a color that was fitted: it and its light. */
    cmsCIELab color;
    char light[ILLUMINANT_NAME_MAX];
    enum observer observer;
};

/* A scan of what is wanted. */
struct subject_scan {
    char label[SUBJECT_LABEL_MAX];
    struct bands reflectance; /* specular excluded */
    double aperture_mm;       /* 0 where unknown */
    enum sample_origin origin;
};

/* Fits the skin to a COLOR (skin_reading_make). */
enum exit_code subject_read(struct context *context, const char *argument,
                            struct subject *out);

/* The same to a color that was read already; argument names it. */
enum exit_code subject_of_color(struct context *context, const char *argument,
                                const struct color *color, struct subject *out);

/* The same, or "light", "tan", "dark", "ita:DEGREES": the reference clients. */
enum exit_code subject_read_short(struct context *context, const char *argument,
                                  struct subject *out);

/* A scan of what is wanted, specular excluded; failure for a color without a spectrum,
 * because how it looks in another light is not known. */
enum exit_code subject_target(struct context *context, const char *argument,
                              struct subject_scan *out);

/* The same from a color that was read already. */
enum exit_code subject_target_of_color(struct context *context, const char *argument,
                                       const struct color *color,
                                       struct subject_scan *out);

/* Readings through different apertures are not compared: failure when both are known and
 * differ. what names the two. */
enum exit_code subject_same_aperture(struct context *context, const char *what, double a,
                                     double b);

#endif
