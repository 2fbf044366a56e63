/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring with the button of a CM-700d, whether it announces a press or not: section 9
 * of the description of the protocol. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

/* clang-format takes an exchange in a macro for a block of code */
/* clang-format off */
#define ARMED {"SWS,1", "OK00"}, {"RDR,1", "ER10"}
#define ARMED_AFTER(values) {"SWS,1", "OK00"}, {"RDR,1", "OK00," values}
#define NOTHING_NEW {"STR", STATE(3)}, {"RDR,1", "ER10"}
#define SECOND {"RDR,2", "OK00," S2}, {"RDR,1", "OK00," S1}
#define READ {"RDR,1", "OK00," S1}, SECOND
#define DISARMED {"SWS,0", "OK00"}
/* clang-format on */

struct pressing {
    const char *why;
    struct exchange exchanges[24]; /* after the calibration was checked */
    enum instrument_status status;
    unsigned warnings;
};

static const struct pressing pressings[] = {
    {"TV-13: polling",
     {ARMED,
      NOTHING_NEW,
      NOTHING_NEW,
      {"STR", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      READ,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a press between two polls, after another result",
     {ARMED_AFTER(S3),
      {"STR", STATE(3)},
      {"RDR,1", "OK00," S3},
      {"STR", STATE(3)},
      READ,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"TV-14: announced with data",
     {ARMED, {NULL, "@700 OK00," S1}, {NULL, "@800 OK00," S2}, DISARMED},
     INSTRUMENT_OK,
     0},
    {"TV-14: both lines at once",
     {ARMED, {NULL, "@700 OK00," S1 "\r\nOK00," S2}, DISARMED},
     INSTRUMENT_OK,
     0},
    {"announced with data that carry a warning",
     {ARMED, {NULL, "@700 OK02," S1}, {NULL, "@200 OK03," S2}, DISARMED},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_LAMP | INSTRUMENT_WARN_BATTERY},
    {"a clean press after a result over range",
     {{"SWS,1", "OK00"},
      {"RDR,1", "OK09," S3},
      {"STR", STATE(3)},
      {"RDR,1", "OK09," S3},
      {"STR", STATE(3)},
      READ,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"an implausible press after a result over range",
     {{"SWS,1", "OK00"},
      {"RDR,1", "OK09," S3},
      {NULL, "@700 OK00," S2 "\r\nOK00," S1},
      DISARMED},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"a clean press during the reading of one over range",
     {ARMED,
      {"STR", STATE(3)},
      {"RDR,1", "OK09," S3},
      {"RDR,2", "OK09," S3},
      {"RDR,1", "OK00," S1},
      SECOND,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a clean press after an announcement that came to nothing",
     {ARMED,
      {NULL, "@700 OK09,1,2"},
      {"RDR,1", "ER10"},
      {NULL, "@900 OK00," S1 "\r\nOK00," S2},
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a press over range",
     {ARMED,
      {"STR", STATE(3)},
      {"RDR,1", "OK00," S1},
      {"RDR,2", "OK09," S2},
      {"RDR,1", "OK00," S1},
      DISARMED},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_OVER_RANGE},
    {"announced with the first data only",
     {ARMED, {NULL, "@700 OK00," S1}, SECOND, DISARMED},
     INSTRUMENT_OK,
     0},
    {"announced with the first data and a word",
     {ARMED, {NULL, "@700 OK00," S1}, {NULL, "@100 OK00"}, SECOND, DISARMED},
     INSTRUMENT_OK,
     0},
    {"Q8: announced with a bare status",
     {ARMED, {NULL, "@700 OK00"}, READ, DISARMED},
     INSTRUMENT_OK,
     0},
    {"announced at the press, before the flash",
     {ARMED,
      {NULL, "@700 OK00"},
      {"RDR,1", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      READ,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"announced, and nothing came of it",
     {ARMED,
      {NULL, "@700 OK00,1,2"},
      {"RDR,1", "ER10"},
      {NULL, "@900 OK00," S1 "\r\nOK00," S2},
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a press while a status is asked for: its lines are kept",
     {ARMED,
      {"STR", "OK00," S1 "\r\nOK00," S2 "\r\n" STATE(3)},
      {"RDR,1", "ER10"},
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a press while a result is asked for: what follows its line is dropped",
     {ARMED,
      {"STR", STATE(3)},
      {"RDR,1", "OK00," S1 "\r\nER10\r\nOK00," S2},
      SECOND,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"a second press between the two results",
     {ARMED,
      {"STR", STATE(3)},
      {"RDR,1", "OK00," S3},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S1},
      SECOND,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"presses without end",
     {ARMED,
      {"STR", STATE(3)},
      {"RDR,1", "OK00," S3},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S1},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S3},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S1},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S3},
      {"RDR,2", "OK00," S2},
      {"RDR,1", "OK00," S1},
      DISARMED},
     INSTRUMENT_NOT_READY,
     0},
    {"the press failed", {ARMED, {NULL, "@700 ER05"}, DISARMED}, INSTRUMENT_LAMP, 0},
    {"the press failed, as the poll tells",
     {ARMED, {"STR", "ER35"}, {"STR", "ER13"}, DISARMED},
     INSTRUMENT_CONVERTER,
     0},
    {"noise on the line is found back from",
     {ARMED, {NULL, "@700 #!?"}, {NULL, "@100 OK00," S1 "\r\nOK00," S2}, SYNC, DISARMED},
     INSTRUMENT_OK,
     0},
    {"noise, then silence",
     {ARMED, {NULL, "@700 #!?"}, SYNC, {"STR", STATE(3)}, READ, DISARMED},
     INSTRUMENT_OK,
     0},
    {"half a line when the status is asked for",
     {ARMED,
      {NULL, "@900 ~OK00,00"},
      {"STR", STATE(3)},
      SYNC,
      {"STR", STATE(3)},
      READ,
      DISARMED},
     INSTRUMENT_OK,
     0},
    {"asleep",
     {ARMED,
      {"STR", NULL},
      {"", NULL},
      {"IDR", NULL},
      {"", NULL},
      {"IDR", NULL},
      {"SWS,0", NULL}},
     INSTRUMENT_NO_ANSWER,
     0},
    {"the slots exchanged",
     {ARMED, {NULL, "@700 OK00," S2 "\r\nOK00," S1}, DISARMED},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"the button cannot be enabled",
     {{"SWS,1", "ER00"}, DISARMED},
     INSTRUMENT_NOT_UNDERSTOOD,
     0},
    {"unplugged", {ARMED, {NULL, UNPLUGGED_HERE}, DISARMED}, INSTRUMENT_UNPLUGGED, 0},
};

START_TEST(a_press_is_noticed_however_it_shows)
{
    const struct pressing *row = &pressings[_i];
    struct exchange exchanges[48] = {OPEN, CHECKED};
    then(exchanges, row->exchanges);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading = {.points = 0};
    enum instrument_status status = model_cm700d.wait_button(bench.session, &reading);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    ck_assert_msg(reading.warnings == row->warnings, "%s: %x", row->why,
                  reading.warnings);
    if (status == INSTRUMENT_OK) {
        ck_assert_msg(reading.sci[0] == 0.1985 && reading.sce[0] == 0.1634, "%s",
                      row->why);
        ck_assert_double_eq(reading.sce[30], 0.5962);
    }
    get_up(&bench);
}
END_TEST

START_TEST(one_mode_alone_needs_one_line)
{
    static const struct exchange exchanges[] = {OPEN,
                                                {"CPR", BOTH},
                                                {"CPS,2,2,00,01,01", "OK00"},
                                                {"CPR", "OK00,2,2,00,01,01"},
                                                {"CPR", "OK00,2,2,00,01,01"},
                                                {"STR", STATE(3)},
                                                ARMED,
                                                {NULL, "@700 OK00," S2},
                                                DISARMED,
                                                OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.set_specular(bench.session, INSTRUMENT_SCE),
                      INSTRUMENT_OK);
    ck_assert_uint_eq(model_cm700d.wait_button(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_double_eq(reading.sce[0], 0.1634);
    ck_assert_double_eq(reading.sci[0], 0);
    get_up(&bench);
}
END_TEST

START_TEST(without_a_calibration_the_button_is_not_enabled)
{
    static const struct exchange exchanges[] = {OPEN, CHECKED, OVER};
    struct bench bench;
    opened(&bench, exchanges, NULL);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.wait_button(bench.session, &reading),
                      INSTRUMENT_NEEDS_ZERO);
    get_up(&bench);
}
END_TEST

START_TEST(the_wait_for_a_press_has_no_limit)
{
    struct exchange exchanges[1600] = {OPEN, CHECKED, ARMED};
    const struct exchange nothing[] = {NOTHING_NEW, OVER};
    const struct exchange pressed[] = {{"STR", STATE(3)}, READ, DISARMED, OVER};
    for (int i = 0; i < 700; i++)
        then(exchanges, nothing);
    then(exchanges, pressed);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.wait_button(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_uint_ge(bench.dialog.now_ms, 700000);
    ck_assert_str_eq(bench.caller.progress, "waiting for the button");
    get_up(&bench);
}
END_TEST

/* The button is disabled even so, and the next command finds back by itself. */
START_TEST(cancelling_the_wait_disables_the_button)
{
    unsigned cancel_ms = 50u * (unsigned)_i;
    struct exchange exchanges[60] = {OPEN, CHECKED, ARMED};
    const struct exchange nothing[] = {NOTHING_NEW, OVER};
    const struct exchange left[] = {DISARMED, SYNC, READY, MEASURED, RESULTS, OVER};
    /* the clock stops each 50 or 100 ms, and it is asked there */
    for (unsigned ms = 1000; ms < cancel_ms + 50; ms += 1000)
        then(exchanges, nothing);
    then(exchanges, left);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    uint64_t start_ms = bench.dialog.now_ms;
    bench.dialog.cancel_ms = start_ms + cancel_ms;
    struct instrument_reading reading;
    enum instrument_status status = model_cm700d.wait_button(bench.session, &reading);
    ck_assert_uint_eq(status, INSTRUMENT_CANCELLED);
    ck_assert_uint_le(bench.dialog.now_ms - start_ms, cancel_ms + 200);
    bench.dialog.cancel_ms = 0;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_button");
    TCase *c = tcase_create("button");
    tcase_add_loop_test(c, a_press_is_noticed_however_it_shows, 0, ROWS(pressings));
    tcase_add_test(c, one_mode_alone_needs_one_line);
    tcase_add_test(c, without_a_calibration_the_button_is_not_enabled);
    tcase_add_test(c, the_wait_for_a_press_has_no_limit);
    tcase_add_loop_test(c, cancelling_the_wait_disables_the_button, 1, 40);
    suite_add_tcase(s, c);
    return s;
}
