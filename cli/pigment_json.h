/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle's profile in documents. */
#ifndef CLI_PIGMENT_JSON_H
#define CLI_PIGMENT_JSON_H

#include <jansson.h>

#include "cli/command.h"
#include "colorlib/pigment.h"

/* All that a profile says but the coefficients; texts that are unknown are absent. */
json_t *pigment_json(const struct pigment *pigment);

/* Coefficients by wavelength: {"start_nm", "step_nm", "values"}. */
json_t *pigment_bands_json(const struct bands *bands);

/* Prints the document of a pigment, coefficients and all. */
enum exit_code pigment_json_print(struct context *context, const struct pigment *pigment);

/* The pigment of a document that pigment show and export print. */
enum exit_code pigment_json_read(struct context *context, const char *path,
                                 struct pigment *out);

#endif
