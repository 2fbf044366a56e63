/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case: a client, a target, bottles and a recipe, as a document of match keeps it. */
#ifndef CLI_CASE_H
#define CLI_CASE_H

#include "cli/mixing.h"

/*
 * Reads a document of match back, "-" for standard input: its mixing, ready as
 * mixing_open makes it, and its first recipe, predicted anew. Bottles are read again from
 * where they were found. Illuminants and observer of the context become the document's
 * unless they were asked for. Close with mixing_close; the recipe points into it.
 */
enum exit_code case_read(struct context *context, const char *path, struct mixing **out,
                         struct recipe *recipe);

/* Sets what case_read needs in the data of a document, beside skin, target and recipes.
 */
void case_write(const struct mixing *mixing, json_t *data);

/* The same in the objects of skin and target. */
void case_write_skin(const struct subject *subject, json_t *skin);
void case_write_target(const struct mixing *mixing, json_t *target);

#endif
