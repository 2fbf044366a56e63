/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What match found, and the two forms in which it is told. */
#ifndef CLI_MATCH_RESULT_H
#define CLI_MATCH_RESULT_H

#include "cli/mixing.h"
#include "cli/quantity.h"

enum { MATCH_TOP_MAX = 10 };

struct match_result {
    const struct mixing *mixing;
    size_t count; /* 1 or more; a relaxed one is the last */
    struct recipe recipe[MATCH_TOP_MAX + 1];
    struct recipe_report report;
};

enum exit_code match_print_text(struct context *context,
                                const struct match_result *result);
enum exit_code match_print_json(struct context *context,
                                const struct match_result *result);

/* What to pour and what to expect of it, in two lines for a person. */
void match_print_headline(const struct context *context,
                          const struct match_result *result);

/* The recipes side by side, as text and as plain output. */
enum exit_code match_print_summary(struct context *context,
                                   const struct match_result *result);

/* A color under the reference illuminant as a screen shows it. */
struct srgb match_preview(const struct mixing *mixing, const cmsCIELab *lab);

/* The ages that a forecast is told at: fresh, six weeks, one to five years. */
enum { MATCH_AGES = 7 };
extern const double match_ages[MATCH_AGES];

#endif
