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

/* The ages that a forecast is told at: fresh, six weeks, one to five years. */
enum { MATCH_AGES = 7 };
extern const double match_ages[MATCH_AGES];

#endif
