/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of one lot, standard or batch, from files and in documents. */
#ifndef CLI_DRAWDOWNS_H
#define CLI_DRAWDOWNS_H

#include "cli/color_view.h"
#include "cli/document.h"
#include "colorlib/batch.h"
#include "colorlib/batch_conditions.h"

struct drawdowns {
    struct bands reading[BATCH_GROUPS][BATCH_READINGS_MAX];
    size_t count[BATCH_GROUPS];
    struct batch_conditions measured; /* of the first that was read */
};

/* --dark and --tint, for commands that read the drawdowns of a lot. */
extern const struct option_spec drawdowns_options[];

/* Adds all readings of a COLOR to a group; a warning where they were measured otherwise
 * than those before. */
enum exit_code drawdowns_add(struct context *context, const char *argument,
                             enum batch_group group, struct drawdowns *out);

/* Adds one reading that is in memory already; label names it in messages. */
enum exit_code drawdowns_add_color(struct context *context, const char *label,
                                   const struct color *color, enum batch_group group,
                                   struct drawdowns *out);

/* Adds what --dark and --tint name. */
enum exit_code drawdowns_add_options(struct context *context, struct drawdowns *out);

/* The mean of all readings of a COLOR, such as a bare backing. */
enum exit_code drawdowns_mean(struct context *context, const char *argument,
                              struct bands *out);

/* As batch_check takes them; they point into the drawdowns. */
struct batch_readings drawdowns_readings(const struct drawdowns *drawdowns);

/* The mean of a group, which has readings. */
void drawdowns_group_mean(const struct drawdowns *drawdowns, enum batch_group group,
                          struct bands *out);

/* Readings and how they were measured. */
json_t *drawdowns_json(const struct drawdowns *drawdowns);
enum exit_code drawdowns_from(const struct document *document, const char *key,
                              struct drawdowns *out);

/* Reflectances at the 31 bands as an array, and back. */
json_t *bands_json(const struct bands *bands);
enum exit_code bands_from(const struct document *document, const char *key,
                          struct bands *out);

#endif
