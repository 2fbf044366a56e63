/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/study/summary.h"

#include <math.h>
#include <stdlib.h>

#include "colorlib/session_plan.h"

/* Whether a client went through and is of the group. */
static bool counts(const struct study_outcome *outcome, struct study_group group)
{
    size_t g = study_group_of(outcome->client);
    return (group.skin == STUDY_ANY || group.skin == g / STUDY_HAIRS) &&
           (group.hair == STUDY_ANY || group.hair == g % STUDY_HAIRS);
}

static double holds(const struct study_forecast *forecast)
{
    return forecast->truth >= forecast->said.p10 && forecast->truth <= forecast->said.p90;
}

static double error(const struct study_forecast *forecast)
{
    return fabs(forecast->truth - forecast->said.p50);
}

static void add(const struct study_outcome *outcome, struct study_summary *sum)
{
    sum->count++;
    for (size_t q = 0; q < STUDY_QUANTITIES; q++) {
        sum->held_before[q] += holds(&outcome->before[q]);
        sum->held_after[q] += holds(&outcome->after[q]);
    }
    sum->held_next += holds(&outcome->next);
    sum->error_before += error(&outcome->before[STUDY_LIGHTNESS]);
    sum->error_after += error(&outcome->after[STUDY_LIGHTNESS]);
    sum->next_before += fabs(outcome->next.truth - outcome->next_unscanned);
    sum->next_after += error(&outcome->next);
}

static void divide(struct study_summary *sum)
{
    double n = (double)sum->count;
    for (size_t q = 0; q < STUDY_QUANTITIES; q++) {
        sum->held_before[q] /= n;
        sum->held_after[q] /= n;
    }
    double *const means[] = {&sum->held_next, &sum->error_before, &sum->error_after,
                             &sum->next_before, &sum->next_after};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++)
        *means[i] /= n;
}

/* -- how courses ended -------------------------------------------------------- */

/* Of values that it sorts; NAN of none. */
static struct quantiles spread(double *value, size_t count)
{
    return count > 0 ? quantiles_of(value, count) : (struct quantiles){NAN, NAN, NAN};
}

static void summarize_ends(const struct study_end *end, const struct study_end *best,
                           size_t count, double *scratch, struct study_ends *out)
{
    for (size_t t = 0; t < STUDY_TARGETS; t++) {
        double above = 0, floor = 0, cap = 0;
        for (size_t i = 0; i < count; i++) {
            scratch[i] = end[i].ciede2000[t] - best[i].ciede2000[t];
            above += end[i].lightness[t];
            floor += end[i].lightness[t] < -SESSION_FLOOR_DEPTH;
            cap += end[i].lightness[t] < -SESSION_CAP_DEPTH;
        }
        struct quantiles excess = spread(scratch, count);
        out->excess[t] = excess.p50;
        out->excess_p90[t] = excess.p90;
        out->above[t] = above / (double)count;
        out->below_floor[t] = floor / (double)count;
        out->below_cap[t] = cap / (double)count;
    }
    for (size_t i = 0; i < count; i++)
        scratch[i] = end[i].ciede2000[STUDY_SCANNED];
    out->ciede2000 = spread(scratch, count).p50;
}

/* The ends of those that count. */
struct ends {
    struct study_end *best;
    struct study_end *closed;
    struct study_end *open;
    double *scratch;
};

static void free_ends(struct ends *ends)
{
    free(ends->best);
    free(ends->closed);
    free(ends->open);
    free(ends->scratch);
}

static enum status make_ends(size_t count, struct ends *out)
{
    *out = (struct ends){.best = calloc(count, sizeof *out->best),
                         .closed = calloc(count, sizeof *out->closed),
                         .open = calloc(count, sizeof *out->open),
                         .scratch = calloc(count, sizeof *out->scratch)};
    if (out->best && out->closed && out->open && out->scratch)
        return STATUS_OK;
    free_ends(out);
    return STATUS_NO_MEMORY;
}

enum status study_summarize(const struct study_outcome *outcome, size_t count,
                            struct study_group group, struct study_summary *out)
{
    struct study_summary sum = {0};
    struct ends ends;
    enum status status = make_ends(count, &ends);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (!counts(&outcome[i], group))
            continue;
        if (outcome[i].status != STATUS_OK) {
            sum.refused++;
            continue;
        }
        ends.best[sum.count] = outcome[i].best;
        ends.closed[sum.count] = outcome[i].closed;
        ends.open[sum.count] = outcome[i].open;
        add(&outcome[i], &sum);
    }
    divide(&sum);
    summarize_ends(ends.closed, ends.best, sum.count, ends.scratch, &sum.closed);
    summarize_ends(ends.open, ends.best, sum.count, ends.scratch, &sum.open);
    for (size_t i = 0; i < sum.count; i++)
        ends.scratch[i] = ends.best[i].ciede2000[STUDY_SCANNED];
    sum.best = spread(ends.scratch, sum.count).p50;
    free_ends(&ends);
    *out = sum;
    return STATUS_OK;
}
