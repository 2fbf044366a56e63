/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pigment's profile on its way to a file. */
#ifndef CLI_PIGMENT_PROFILE_H
#define CLI_PIGMENT_PROFILE_H

#include "cli/command.h"
#include "colorlib/pigment.h"

/* What a user says of a bottle: --name, --lot, --class, --density, --drop, --cost, --ci,
 * --allergens. */
extern const struct option_spec pigment_profile_options[];

/* Sets id, origin and what the options say; usage failure for an id that is no name of a
 * file or a value out of range. Without --class it is carbon's. */
enum exit_code pigment_profile_describe(struct context *context, const char *id,
                                        struct pigment *out);

/* Writes a profile to a path as --force allows, whole or not at all; ladder may be NULL.
 */
enum exit_code pigment_profile_write(struct context *context, const char *path,
                                     enum output_overwrite overwrite,
                                     const struct pigment *pigment,
                                     const struct sample_set *ladder);

#endif
