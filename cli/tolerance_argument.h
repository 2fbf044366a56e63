/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --tolerance NAME, and tolerances in documents. */
#ifndef CLI_TOLERANCE_ARGUMENT_H
#define CLI_TOLERANCE_ARGUMENT_H

#include "cli/document.h"
#include "colorlib/tolerance.h"

/* --tolerances, for every command that takes a tolerance by name. */
extern const struct option_spec tolerance_file_options[];

/* The tolerance of a name in the file of --tolerances, or else in the profiles'
 * tolerances.ini. */
enum exit_code tolerance_argument_read(struct context *context, const char *name,
                                       struct tolerance *out);

enum { LIMIT_TEXT_MAX = 48 };

/* "< 0.80", "97..103 %", "" for none; text holds LIMIT_TEXT_MAX bytes. */
void tolerance_limit_text(const struct tolerance *tolerance,
                          enum tolerance_criterion criterion, char *text);

/* "guard band of 1 uncertainty", "simple acceptance". */
void tolerance_rule_text(const struct tolerance *tolerance, char *text);

json_t *tolerance_json(const struct tolerance *tolerance);
enum exit_code tolerance_from(const struct document *document, const char *key,
                              struct tolerance *out);

#endif
