/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The check of one lot: all readings, from which everything else is computed whenever the
 * record is read, so that no number in it is taken on trust.
 */
#ifndef CLI_BATCH_RECORD_H
#define CLI_BATCH_RECORD_H

#include "cli/standard_file.h"
#include "cli/tolerance_argument.h"
#include "colorlib/date_time.h"
#include "colorlib/trend.h"

enum batch_override { BATCH_NOT_OVERRIDDEN, BATCH_OVERRIDE_PASS, BATCH_OVERRIDE_FAIL };

enum { BATCH_LIGHTS_MAX = 2, REASON_MAX = 101, OPERATOR_MAX = 16, CRITERION_MAX = 16 };

struct batch_record {
    char lot[LOT_MAX];
    char created[DATE_TIME_MAX];
    struct standard standard;
    struct drawdowns batch;
    struct drawdowns stirred; /* the same lot stirred again; no readings for none */
    struct tolerance tolerance;
    char strength_by[CRITERION_MAX]; /* as strength_criterion_find takes it */
    unsigned differing;              /* conditions that were allowed to differ */
    enum batch_override override;
    char reason[REASON_MAX]; /* of the override */
    char operator_code[OPERATOR_MAX];
    enum observer observer;
    size_t light_count; /* 1, or 2 with metamerism */
    struct illuminant light[BATCH_LIGHTS_MAX];
    /* computed by batch_record_evaluate */
    struct weights weights[BATCH_LIGHTS_MAX];
    struct batch_setup setup; /* the standard's with criterion and weights */
    struct batch_check check;
    struct batch_check stirred_check;
    enum trend_stirring stirring; /* equal where it was not stirred again */
};

/* Computes the check from the readings; setup then points into the record. */
enum exit_code batch_record_evaluate(struct context *context,
                                     struct batch_record *record);

/* The verdict that counts: the override's where there is one. */
enum batch_verdict batch_record_verdict(const struct batch_record *record);

/* PASS 0, FAIL 1, else 3. */
enum exit_code batch_verdict_exit(enum batch_verdict verdict);

/* Whether readings of the lot or the standard are simulated. */
bool batch_record_is_simulated(const struct batch_record *record);

enum { BATCH_REASON_MAX = 160 };

/* What decided, in words: "too strong by 4.2 %, the shade is right". */
void batch_reason_text(const struct batch_record *record,
                       char text[static BATCH_REASON_MAX]);

/* The record as data of a document "batch_check", and back. */
json_t *batch_record_json(const struct batch_record *record);

/* The conditions of its document: its own light. */
json_t *batch_record_conditions(const struct batch_record *record);

/* Reads a file that batch check wrote, and evaluates it; free() the record. */
enum exit_code batch_record_read(struct context *context, const char *path,
                                 struct batch_record **out);

#endif
