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
};

/* Fits the skin to a COLOR (skin_reading_make). */
enum exit_code subject_read(struct context *context, const char *argument,
                            struct subject *out);

/* The same, or "light", "tan", "dark", "ita:DEGREES": the reference clients. */
enum exit_code subject_read_short(struct context *context, const char *argument,
                                  struct subject *out);

/* A scan of what is wanted, specular excluded; failure for a color without a spectrum,
 * because how it looks in another light is not known. */
enum exit_code subject_target(struct context *context, const char *argument,
                              struct bands *out, char *label);

#endif
