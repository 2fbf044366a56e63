/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lots of one standard in the order of their checks, and their control charts. */
#ifndef CLI_BATCH_HISTORY_H
#define CLI_BATCH_HISTORY_H

#include "cli/batch_record.h"

/* What a chart shows of one lot. */
struct batch_point {
    char lot[LOT_MAX];
    char created[DATE_TIME_MAX];
    struct batch_result strength;
    struct batch_result shade; /* CIEDE2000 at equal strength */
    enum batch_verdict verdict;
    enum trend_stirring stirring;
};

struct batch_history {
    char standard[STANDARD_NAME_MAX];
    char strength_by[CRITERION_MAX];
    struct tolerance tolerance; /* of the last check */
    size_t count;
    struct batch_point point[TREND_LOTS_MAX];
    struct trend strength;
    struct trend shade;
};

/* Adds a lot; a warning where it was held against another standard or by another
 * criterion. */
enum exit_code batch_history_add(struct context *context,
                                 const struct batch_record *record,
                                 struct batch_history *history);

/* Sorts by the time of the checks, keeps the last so many and charts them; baseline as
 * trend_chart. The count must be TREND_LOTS_MIN or more. */
enum exit_code batch_history_chart(struct context *context, size_t last, size_t baseline,
                                   struct batch_history *history);

#endif
