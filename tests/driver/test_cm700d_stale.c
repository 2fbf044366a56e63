/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CM-700d whose answer is lost that may have told that a measurement failed: what it
 * hands out then may be the result before. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

/* What MDR says before the trigger; whether the poll is lost that may have told of a
 * failure; what becomes of the result S1. */
static const struct {
    const char *before;
    enum { POLL_HEARD, POLL_LOST } poll;
    enum instrument_status status;
} befores[] = {
    {"OK00," S1, POLL_LOST, INSTRUMENT_NO_ANSWER}, /* it is that one */
    {"OK00," S1, POLL_HEARD, INSTRUMENT_OK},
    {"OK00," S3, POLL_LOST, INSTRUMENT_OK},
    {"ER10", POLL_LOST, INSTRUMENT_OK},
    {"ER13", POLL_LOST, INSTRUMENT_NO_ANSWER}, /* it may be any */
    {"ER13", POLL_HEARD, INSTRUMENT_OK},
};

START_TEST(no_result_is_handed_out_that_may_be_an_older_one)
{
    const struct exchange told[] = {MEASURED, OVER};
    const struct exchange lost[] = {
        {"MES,1", "OK00"}, {"STR", NULL}, SYNC, {"STR", STATE(3)}, OVER};
    const struct exchange results[] = {RESULTS, OVER};
    struct exchange exchanges[40] = {OPEN, CHECKED, {"MDR,1", befores[_i].before}};
    then(exchanges, befores[_i].poll == POLL_LOST ? lost : told);
    then(exchanges, results);
    int is_refused = befores[_i].status != INSTRUMENT_OK;
    if (is_refused) /* and its second mode is not asked for */
        exchanges[exchanges_of(exchanges) - 1] = (struct exchange){NULL, NULL};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading = {.points = 0};
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), befores[_i].status);
    ck_assert_uint_eq(reading.points, is_refused ? 0 : 31);
    get_up(&bench);
}
END_TEST

/* What the session read last says nothing: a trigger that was given up has been stored
 * since. */
START_TEST(the_result_of_a_trigger_that_was_given_up_is_an_older_one)
{
    static const struct exchange exchanges[] = {OPEN,
                                                READY,
                                                {"MES,1", NULL},
                                                SYNC,
                                                CHECKED,
                                                {"MDR,1", "OK00," S1},
                                                {"MES,1", "OK00"},
                                                {"STR", NULL},
                                                SYNC,
                                                {"STR", STATE(3)},
                                                {"MDR,1", "OK00," S1},
                                                OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading = {.points = 0};
    for (int i = 0; i < 2; i++)
        ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                          INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(reading.points, 0);
    get_up(&bench);
}
END_TEST

/* Nor is what became of it what becomes of the next. */
START_TEST(the_failure_of_a_trigger_that_was_given_up_is_not_told_of_the_next)
{
    static const struct exchange exchanges[] = {OPEN,
                                                READY,
                                                {"MES,1", NULL},
                                                SYNC,
                                                {"CPR", BOTH},
                                                {"STR", "ER13"},
                                                {"STR", STATE(3)},
                                                {"MDR,1", "ER10"},
                                                MEASURED,
                                                RESULTS,
                                                OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_stale");
    TCase *c = tcase_create("stale");
    tcase_add_loop_test(c, no_result_is_handed_out_that_may_be_an_older_one, 0,
                        ROWS(befores));
    tcase_add_test(c, the_result_of_a_trigger_that_was_given_up_is_an_older_one);
    tcase_add_test(c, the_failure_of_a_trigger_that_was_given_up_is_not_told_of_the_next);
    suite_add_tcase(s, c);
    return s;
}
