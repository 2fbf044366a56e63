/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

/* -- computing ----------------------------------------------------------------------- */

static enum exit_code refuse_check(struct context *context,
                                   const struct batch_record *record, enum status status)
{
    if (status != STATUS_REJECTED)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED, "lot %s: %s",
                           record->lot, status_text(status));
    enum exit_code code = failure_set(&context->failure, FAILURE_BATCH_STRENGTH,
                                      "lot %s: its readings tell no strength by %s",
                                      record->lot, record->strength_by);
    failure_hint(&context->failure,
                 "films that let both backings show, or a tint in white (--tint)");
    return code;
}

static enum exit_code make_weights(struct context *context, struct batch_record *record)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < record->light_count && code == EXIT_DONE; i++)
        code = viewing_weights(&bands_grid, &record->light[i], record->observer,
                               &record->weights[i], &context->failure);
    return code;
}

static enum exit_code check_stirred(struct context *context, struct batch_record *record,
                                    const struct batch_readings *standard)
{
    const size_t c = TOLERANCE_STRENGTH;
    struct batch_readings stirred = drawdowns_readings(&record->stirred);
    enum status status = batch_check(&record->setup, standard, &stirred,
                                     &record->tolerance, &record->stirred_check);
    if (status != STATUS_OK)
        return refuse_check(context, record, status);
    const struct batch_result *before = &record->check.result[c],
                              *after = &record->stirred_check.result[c];
    record->stirring =
        trend_stirred(&(struct trend_strength){before->value, before->uncertainty},
                      &(struct trend_strength){after->value, after->uncertainty});
    return EXIT_DONE;
}

enum exit_code batch_record_evaluate(struct context *context, struct batch_record *record)
{
    enum exit_code code = make_weights(context, record);
    if (code != EXIT_DONE)
        return code;
    record->setup = record->standard.setup;
    record->setup.weights = &record->weights[0];
    record->setup.other = record->light_count > 1 ? &record->weights[1] : NULL;
    if (strength_criterion_find(record->strength_by, &record->setup.criterion) !=
        STATUS_OK)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--strength-by %s (it is one of ks-sum, ks-slope, ks-max, y, "
                           "min-xyz, depth)",
                           record->strength_by);
    struct batch_readings standard = drawdowns_readings(&record->standard.readings);
    struct batch_readings batch = drawdowns_readings(&record->batch);
    enum status status = batch_check(&record->setup, &standard, &batch,
                                     &record->tolerance, &record->check);
    if (status != STATUS_OK)
        return refuse_check(context, record, status);
    record->stirring = TREND_STIRRING_EQUAL;
    return record->stirred.count[BATCH_COLOR] > 0
               ? check_stirred(context, record, &standard)
               : EXIT_DONE;
}

enum batch_verdict batch_record_verdict(const struct batch_record *record)
{
    switch (record->override) {
    case BATCH_NOT_OVERRIDDEN: break;
    case BATCH_OVERRIDE_PASS: return BATCH_PASS;
    case BATCH_OVERRIDE_FAIL: return BATCH_FAIL;
    }
    return record->check.verdict;
}

enum exit_code batch_verdict_exit(enum batch_verdict verdict)
{
    switch (verdict) {
    case BATCH_PASS: return EXIT_DONE;
    case BATCH_FAIL: return EXIT_VERDICT_FAIL;
    case BATCH_MARGINAL:
    case BATCH_INCONCLUSIVE: break;
    }
    return EXIT_VERDICT_UNSURE;
}

bool batch_record_is_simulated(const struct batch_record *record)
{
    return record->batch.measured.conditions.origin == SAMPLE_SIMULATED ||
           record->standard.readings.measured.conditions.origin == SAMPLE_SIMULATED;
}

/* -- words --------------------------------------------------------------------------- */

static void strength_text(const struct batch_record *record, char *text)
{
    const struct batch_result *result = record->check.result;
    double off = result[TOLERANCE_STRENGTH].value - 100;
    enum batch_verdict shade = result[TOLERANCE_RESIDUAL].verdict;
    snprintf(text, BATCH_REASON_MAX, "too %s by %.1f %%%s", off > 0 ? "strong" : "weak",
             fabs(off),
             shade == BATCH_PASS   ? ", the shade is right"
             : shade == BATCH_FAIL ? ", and the shade is off"
                                   : "");
}

static void unsure_text(const struct batch_record *record, char *text)
{
    enum tolerance_criterion c = record->check.decided;
    size_t readings = record->check.result[c].readings;
    int used = snprintf(text, BATCH_REASON_MAX, "the uncertainty of %s bears no verdict",
                        tolerance_text(c));
    if (readings > 0)
        snprintf(text + used, BATCH_REASON_MAX - (size_t)used,
                 "; %zu readings would decide", readings);
    else if (!isnan(record->check.result[c].value))
        snprintf(text + used, BATCH_REASON_MAX - (size_t)used,
                 "; more readings of the batch alone do not help");
}

void batch_reason_text(const struct batch_record *record,
                       char text[static BATCH_REASON_MAX])
{
    const struct batch_check *check = &record->check;
    char limit[LIMIT_TEXT_MAX];
    switch (check->verdict) {
    case BATCH_PASS: snprintf(text, BATCH_REASON_MAX, "within all limits"); return;
    case BATCH_MARGINAL:
        snprintf(text, BATCH_REASON_MAX, "within all limits, but %s is near its own",
                 tolerance_text(check->decided));
        return;
    case BATCH_INCONCLUSIVE: unsure_text(record, text); return;
    case BATCH_FAIL: break;
    }
    if (check->result[TOLERANCE_STRENGTH].verdict == BATCH_FAIL) {
        strength_text(record, text);
        return;
    }
    tolerance_limit_text(&record->tolerance, check->decided, limit);
    snprintf(text, BATCH_REASON_MAX, "%s is %.2f, the limit %s",
             tolerance_text(check->decided), check->result[check->decided].value, limit);
}
