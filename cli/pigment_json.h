/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle's profile in documents. */
#ifndef CLI_PIGMENT_JSON_H
#define CLI_PIGMENT_JSON_H

#include <jansson.h>

#include "colorlib/pigment.h"

/* "ladder" or "model". */
const char *pigment_origin_text(const struct pigment *pigment);

/* All that a profile says but the coefficients; what is unknown is absent. */
json_t *pigment_json(const struct pigment *pigment);

/* Coefficients by wavelength: {"start_nm", "step_nm", "values"}. */
json_t *pigment_bands_json(const struct bands *bands);

#endif
