/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conditions of a reading by name: one list for every format and document. */
#ifndef COLORLIB_SAMPLE_CONDITION_H
#define COLORLIB_SAMPLE_CONDITION_H

#include <stdbool.h>

#include "colorlib/sample.h"

enum sample_condition_type {
    SAMPLE_CONDITION_TEXT,
    SAMPLE_CONDITION_TIME,   /* text as date_time_text writes it */
    SAMPLE_CONDITION_NUMBER, /* 0 or more */
    SAMPLE_CONDITION_COUNT   /* a whole number, 0 or more */
};

/* Whose keyword it is: others write what is CGATS's own, and as long as they like. */
enum sample_condition_source { SAMPLE_CONDITION_OURS, SAMPLE_CONDITION_STANDARD };

struct sample_condition {
    const char *name;    /* of a column in CSV, of a key in a document */
    const char *keyword; /* in CGATS */
    enum sample_condition_source source;
    enum sample_condition_type type;
    size_t offset, size; /* of the member */
    double most;         /* of a number */
};

enum { SAMPLE_CONDITIONS = 13, SAMPLE_CONDITION_TEXT_MAX = 384 };
extern const struct sample_condition sample_condition_list[SAMPLE_CONDITIONS];

/* Whether anything is known: a text that is not empty, a number that is not 0. */
bool sample_condition_known(const struct sample_condition *condition,
                            const struct sample_conditions *conditions);

/* As CGATS and CSV write it, "" where unknown. */
void sample_condition_text(const struct sample_condition *condition,
                           const struct sample_conditions *conditions,
                           char text[static SAMPLE_CONDITION_TEXT_MAX]);

/* Of a number or a count. */
double sample_condition_number(const struct sample_condition *condition,
                               const struct sample_conditions *conditions);

/*
 * Sets a condition from what a file says. OUT_OF_RANGE for a text that is longer than
 * there is room, a number that is negative, larger than the most, or no count where one
 * is due; BAD_DATA for a control character or what is no time.
 */
enum status sample_condition_set_text(const struct sample_condition *condition,
                                      const char *text,
                                      struct sample_conditions *conditions);
enum status sample_condition_set_number(const struct sample_condition *condition,
                                        double number,
                                        struct sample_conditions *conditions);

/* What a file may say, for a message: "a time such as ...". */
void sample_condition_expected(const struct sample_condition *condition,
                               char text[static SAMPLE_CONDITION_TEXT_MAX]);

#endif
