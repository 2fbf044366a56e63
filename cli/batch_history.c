/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch_history.h"

#include <stdlib.h>
#include <string.h>

enum exit_code batch_history_add(struct context *context,
                                 const struct batch_record *record,
                                 struct batch_history *history)
{
    if (history->count == TREND_LOTS_MAX)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT, "more than %d lots",
                           TREND_LOTS_MAX);
    if (history->count == 0) {
        strcpy(history->standard, record->standard.name);
        strcpy(history->strength_by, record->strength_by);
    }
    if (strcmp(history->standard, record->standard.name) != 0 ||
        strcmp(history->strength_by, record->strength_by) != 0)
        warn(context, "trend.mixed", NULL,
             "lot %s was held against %s by %s, the first against %s by %s", record->lot,
             record->standard.name, record->strength_by, history->standard,
             history->strength_by);
    struct batch_point *point = &history->point[history->count++];
    strcpy(point->lot, record->lot);
    strcpy(point->created, record->created);
    point->strength = record->check.result[TOLERANCE_STRENGTH];
    point->shade = record->check.result[TOLERANCE_RESIDUAL];
    point->verdict = batch_record_verdict(record);
    point->stirring = record->stirring;
    history->tolerance = record->tolerance;
    return EXIT_DONE;
}

/* ISO 8601 in UTC sorts as text; lots of one second by their names. */
static int by_time(const void *a, const void *b)
{
    const struct batch_point *first = a, *second = b;
    int order = strcmp(first->created, second->created);
    return order ? order : strcmp(first->lot, second->lot);
}

static enum exit_code refuse_chart(struct context *context, enum status status)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_ARGUMENT, "no chart: %s",
                    status == STATUS_OUT_OF_RANGE ? "too few lots for it or its baseline"
                                                  : status_text(status));
    failure_hint(&context->failure, "%d lots or more", TREND_LOTS_MIN);
    return code;
}

enum exit_code batch_history_chart(struct context *context, size_t last, size_t baseline,
                                   struct batch_history *history)
{
    double strength[TREND_LOTS_MAX], shade[TREND_LOTS_MAX];
    qsort(history->point, history->count, sizeof *history->point, by_time);
    if (history->count > last) {
        memmove(history->point, history->point + history->count - last,
                last * sizeof *history->point);
        history->count = last;
    }
    for (size_t i = 0; i < history->count; i++) {
        strength[i] = history->point[i].strength.value;
        shade[i] = history->point[i].shade.value;
    }
    enum status status =
        trend_chart(strength, history->count, baseline, &history->strength);
    if (status == STATUS_OK)
        status = trend_chart(shade, history->count, baseline, &history->shade);
    return status == STATUS_OK ? EXIT_DONE : refuse_chart(context, status);
}
