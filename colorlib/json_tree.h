/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of others as a tree of values; what is wrong with it has its place. */
#ifndef COLORLIB_JSON_TREE_H
#define COLORLIB_JSON_TREE_H

#include <jansson.h>

#include "colorlib/text.h"

/*
 * Reads a text that is one object or array. No key may stand twice in an object, and no
 * string may hold NUL, behind which C would not see it.
 *
 * NO_MEMORY; BAD_DATA with the place in fault. Release with json_decref.
 */
enum status json_tree_read(const struct text *text, json_t **out, struct fault *fault);

#endif
