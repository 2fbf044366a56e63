/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How readings were taken, in documents: the keys that sample_condition_list names. */
#ifndef CLI_CONDITIONS_JSON_H
#define CLI_CONDITIONS_JSON_H

#include "cli/json.h"
#include "colorlib/sample.h"

/* Sets what is known; not the specular component, which may differ by sample, nor
 * whether it is simulated. */
void conditions_json_set(json_t *object, const struct sample_conditions *conditions);

/* The envelope's conditions for samples that color_json describes: those of the context,
 * and of the readings what all have in common. */
json_t *conditions_json_common(const struct context *context, const json_t *samples);

#endif
