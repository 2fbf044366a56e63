/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring with a CM-700d on command. TV, F and Q are the worked exchanges, faults and
 * quirks of the description of the protocol, sections 10 and 11. */
#include "tests/driver/cm700d_bench.h"

#include "tests/runner.h"

#define TEN(v)  #v "," #v "," #v "," #v "," #v "," #v "," #v "," #v "," #v "," #v
#define FLAT(v) TEN(v) "," TEN(v) "," TEN(v) "," #v

struct measuring {
    const char *why;
    struct exchange exchanges[24]; /* after the calibration was checked */
    enum instrument_status status;
    unsigned warnings;
};

static const struct measuring measurings[] = {
    {"TV-09",
     {{"MES,1", "OK00"}, {"STR", "ER35"}, {"STR", "ER35"}, {"STR", STATE(3)}, RESULTS},
     INSTRUMENT_OK,
     0},
    {"TV-10: lamp weak",
     {MEASURED, {"MDR,1", "OK02," S3}, {"MDR,2", "OK00," S3}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_LAMP},
    {"lamp weak and battery low",
     {MEASURED, {"MDR,1", "OK04," S3}, {"MDR,2", "OK00," S3}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_LAMP | INSTRUMENT_WARN_BATTERY},
    {"TV-11: over range",
     {MEASURED, {"MDR,1", "OK09," FLAT(017600)}, {"MDR,2", "OK00," S2}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_OVER_RANGE},
    {"one mode over range, the other below zero",
     {MEASURED, {"MDR,1", "OK09," FLAT(017600)}, {"MDR,2", "OK00," FLAT(-201)}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"one mode over range without a word, the other with one",
     {MEASURED, {"MDR,1", "OK00," FLAT(017600)}, {"MDR,2", "OK09," FLAT(017600)}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"SCE over range, and so above SCI",
     {MEASURED, {"MDR,1", "OK00," S1}, {"MDR,2", "OK09," FLAT(017600)}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_OVER_RANGE | INSTRUMENT_WARN_NOT_SKIN_LIKE},
    {"TV-19: battery low in the status",
     {{"MES,1", "OK00"}, {"STR", "OK03,1,1,3,04000,00012,0003,0,0"}, RESULTS},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_BATTERY},
    {"battery low in a field alone",
     {{"MES,1", "OK00"}, {"STR", "OK00,1,1,3,04000,00012,0003,0,0"}, RESULTS},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_BATTERY},
    {"the instrument recommends a new calibration meanwhile",
     {{"MES,1", "OK00"}, {"STR", "OK00,1,0,3,04000,00012,0003,0,1"}, RESULTS},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_RECALIBRATE},
    {"TV-25: unknown warning",
     {MEASURED, {"MDR,1", "OK07," S1}, {"MDR,2", "OK00," S2}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_UNKNOWN},
    {"darker in red than in blue",
     {MEASURED, {"MDR,1", "OK00," FLAT(5000)}, {"MDR,2", "OK00," FLAT(5000)}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_NOT_SKIN_LIKE},
    {"SCE a little above SCI is noise",
     {MEASURED, {"MDR,1", "OK00," FLAT(5000)}, {"MDR,2", "OK00," FLAT(5099)}},
     INSTRUMENT_OK,
     INSTRUMENT_WARN_NOT_SKIN_LIKE},
    {"SCE above SCI",
     {MEASURED, {"MDR,1", "OK00," FLAT(5000)}, {"MDR,2", "OK00," FLAT(5101)}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"the slots exchanged",
     {MEASURED, {"MDR,1", "OK00," S2}, {"MDR,2", "OK00," S1}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"above the range without the instrument's warning",
     {MEASURED, {"MDR,1", "OK00," FLAT(17501)}, {"MDR,2", "OK00," S2}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"below zero",
     {MEASURED, {"MDR,1", "OK00," S1}, {"MDR,2", "OK00," FLAT(-201)}},
     INSTRUMENT_IMPLAUSIBLE,
     0},
    {"TV-20: charging",
     {{"MES,1", "ER28"}, {"MES,1", "OK00"}, {"STR", STATE(3)}, RESULTS},
     INSTRUMENT_OK,
     0},
    {"busy with something else first",
     {{"MES,1", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      {"MES,1", "OK00"},
      {"STR", STATE(3)},
      RESULTS},
     INSTRUMENT_OK,
     0},
    {"busy with something else for ever",
     {{"MES,1", "ER35"}, {"STR", STATE(3)}, {"MES,1", "ER35"}},
     INSTRUMENT_MEASURING,
     0},
    {"the lamp did not fire, then did",
     {{"MES,1", "OK00"}, {"STR", "ER05"}, MEASURED, RESULTS},
     INSTRUMENT_OK,
     0},
    {"the lamp did not fire, told at once",
     {{"MES,1", "ER05"}, MEASURED, RESULTS},
     INSTRUMENT_OK,
     0},
    {"the lamp did not fire twice",
     {{"MES,1", "OK00"}, {"STR", "ER05"}, {"MES,1", "OK00"}, {"STR", "ER05"}},
     INSTRUMENT_LAMP,
     0},
    {"the flash cannot charge, twice",
     {{"MES,1", "ER27"}, {"MES,1", "ER27"}},
     INSTRUMENT_CHARGING_CIRCUIT,
     0},
    {"no second flash after silence, even if the lamp failed first",
     {{"MES,1", "ER05"}, {"MES,1", NULL}},
     INSTRUMENT_NO_ANSWER,
     0},
    {"TV-19: battery too low", {{"MES,1", "ER02"}}, INSTRUMENT_BATTERY_EMPTY, 0},
    {"TV-06", {{"MES,1", "ER07"}}, INSTRUMENT_NEEDS_ZERO, 0},
    {"TV-07", {{"MES,1", "ER24"}}, INSTRUMENT_NEEDS_WHITE, 0},
    {"TV-17", {{"MES,1", "ER36"}}, INSTRUMENT_NEEDS_USER_WHITE, 0},
    {"TV-18", {{"MES,1", "ER25"}}, INSTRUMENT_WRONG_APERTURE, 0},
    {"converter error while measuring",
     {{"MES,1", "OK00"}, {"STR", "ER35"}, {"STR", "ER13"}},
     INSTRUMENT_CONVERTER,
     0},
    {"TV-25: an unknown code", {{"MES,1", "ER99"}}, INSTRUMENT_UNKNOWN_CODE, 0},
    {"a communication error is not repeated for a trigger",
     {{"MES,1", "ER08"}},
     INSTRUMENT_COMMUNICATION,
     0},
    {"a communication error is repeated for a question",
     {MEASURED, {"MDR,1", "ER08"}, SYNC, RESULTS},
     INSTRUMENT_OK,
     0},
    {"F1, F2: a trigger without a reply is not repeated",
     {{"MES,1", NULL}},
     INSTRUMENT_NO_ANSWER,
     0},
    {"a garbled reply to a trigger neither", {{"MES,1", "K00"}}, INSTRUMENT_BAD_REPLY, 0},
    {"F11: a flat battery: silence while measuring",
     {{"MES,1", "OK00"},
      {"STR", "ER35"},
      {"STR", NULL},
      {"", NULL},
      {"IDR", NULL},
      {"", NULL},
      {"IDR", NULL}},
     INSTRUMENT_NO_ANSWER,
     0},
    {"F2: one poll is lost, and measuring goes on",
     {{"MES,1", "OK00"},
      {"STR", NULL},
      {"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "ER35"},
      {"STR", STATE(3)},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"},
      {"STR", STATE(3)},
      RESULTS},
     INSTRUMENT_OK,
     0},
    {"F2: one poll is lost, and the lamp did not fire: no second flash after silence",
     {{"MES,1", "OK00"},
      {"STR", NULL},
      {"", "ER00"},
      {"IDR", "ER35"},
      {"STR", "ER05"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"}},
     INSTRUMENT_LAMP,
     0},
    {"F2: ... as the status tells that is asked for again",
     {{"MES,1", "OK00"}, {"STR", NULL}, SYNC, {"STR", "ER05"}},
     INSTRUMENT_LAMP,
     0},
    {"F2: one poll is lost, and measuring failed for good",
     {{"MES,1", "OK00"},
      {"STR", NULL},
      {"", "ER35"},
      {"IDR", "ER35"},
      {"STR", "ER35"},
      {"STR", "ER99"},
      {"IDR", IDENTITY},
      {"SWS,0", "OK00"}},
     INSTRUMENT_UNKNOWN_CODE,
     0},
    {"F2: an answer is lost before the trigger: the lamp may be tried again",
     {{"MES,1", "ER35"},
      {"STR", NULL},
      SYNC,
      {"STR", STATE(3)},
      {"MES,1", "OK00"},
      {"STR", "ER05"},
      MEASURED,
      RESULTS},
     INSTRUMENT_OK,
     0},
    {"a measurement that seemed over, and failed",
     {MEASURED, {"MDR,1", "ER35"}, {"STR", "ER35"}, {"STR", "ER13"}},
     INSTRUMENT_CONVERTER,
     0},
    {"busy with something else first, which fails",
     {{"MES,1", "ER35"}, {"STR", "ER05"}, {"MES,1", "OK00"}, {"STR", STATE(3)}, RESULTS},
     INSTRUMENT_OK,
     0},
    {"TV-26, F1: late data are discarded and asked for again",
     {MEASURED, {"MDR,1", "@5100 OK00," S3}, {"", "ER00"}, {"IDR", IDENTITY}, RESULTS},
     INSTRUMENT_OK,
     0},
    {"F4: 29 values once",
     {MEASURED, {"MDR,1", "OK00," TEN(1) "," TEN(1) ",1,1,1,1,1,1,1,1,1"}, SYNC, RESULTS},
     INSTRUMENT_OK,
     0},
    {"F4: 32 values twice",
     {MEASURED, {"MDR,1", "OK00," S1 ",1"}, SYNC, {"MDR,1", "OK00," S1 ",1"}},
     INSTRUMENT_BAD_REPLY,
     0},
    {"F5: not a number once",
     {MEASURED, {"MDR,1", "OK00,12A4," TEN(1)}, SYNC, RESULTS},
     INSTRUMENT_OK,
     0},
    {"F8: an unsolicited line behind a reply is dropped",
     {MEASURED, {"MDR,1", "OK00," S1 "\r\nOK00"}, {"MDR,2", "OK00," S2}},
     INSTRUMENT_OK,
     0},
    {"F8: unsolicited values while the button is off are dropped",
     {{"MES,1", "OK00," S3 "\r\nOK00"}, {"STR", STATE(3)}, RESULTS},
     INSTRUMENT_OK,
     0},
    {"TV-12: no data", {MEASURED, {"MDR,1", "ER10"}}, INSTRUMENT_NO_DATA, 0},
    {"a stall while data come",
     {MEASURED, {"MDR,1", STALLED_HERE}, SYNC, RESULTS},
     INSTRUMENT_OK,
     0},
    {"a stall of a trigger", {{"MES,1", STALLED_HERE}}, INSTRUMENT_TRANSFER, 0},
    {"F10: unplugged while measuring",
     {{"MES,1", "OK00"}, {"STR", UNPLUGGED_HERE}},
     INSTRUMENT_UNPLUGGED,
     0},
};

START_TEST(a_measurement_ends_as_the_protocol_says)
{
    const struct measuring *row = &measurings[_i];
    struct exchange exchanges[48] = {OPEN, READY};
    then(exchanges, row->exchanges);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading = {.points = 0};
    enum instrument_status status = model_cm700d.measure(bench.session, &reading);
    ck_assert_msg(status == row->status, "%s: %s", row->why,
                  instrument_status_text(status));
    ck_assert_msg(reading.warnings == row->warnings, "%s: %x", row->why,
                  reading.warnings);
    ck_assert_uint_eq(reading.points, status == INSTRUMENT_OK ? 31 : 0);
    ck_assert_str_eq(model_cm700d.last_code(bench.session),
                     status == INSTRUMENT_UNKNOWN_CODE ? "ER99" : "");
    get_up(&bench);
}
END_TEST

START_TEST(a_reading_has_its_values_and_conditions)
{
    static const struct exchange exchanges[] = {OPEN, READY, MEASURED, RESULTS, OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_uint_eq(reading.specular, INSTRUMENT_SCI_AND_SCE);
    ck_assert_double_eq(reading.wavelength_nm[0], 400);
    ck_assert_double_eq(reading.wavelength_nm[15], 550);
    ck_assert_double_eq(reading.wavelength_nm[30], 700);
    ck_assert_double_eq(reading.sci[0], 0.1985); /* as TV-09 decodes them */
    ck_assert_double_eq(reading.sci[15], 0.3342);
    ck_assert_double_eq(reading.sci[30], 0.6312);
    ck_assert_double_eq(reading.sce[0], 0.1634);
    ck_assert_double_eq(reading.sce[30], 0.5962);
    ck_assert_uint_eq(reading.aperture, INSTRUMENT_APERTURE_MEDIUM);
    ck_assert_double_eq(reading.aperture_mm, 8);
    ck_assert_int_eq(reading.calibrated, NOON - 60);
    ck_assert_int_eq(reading.taken, NOON);
    get_up(&bench);
}
END_TEST

/* Section 5.2: the slot is an ordinal, not a specular code. */
START_TEST(one_mode_alone_is_in_slot_one)
{
    const enum instrument_specular modes[] = {INSTRUMENT_SCI, INSTRUMENT_SCE};
    const char *const set[] = {"CPS,2,1,00,01,01", "CPS,2,2,00,01,01"};
    const char *const parameters[] = {"OK00,2,1,00,01,01", "OK00,2,2,00,01,01"};
    const struct exchange exchanges[] = {OPEN,
                                         {"CPR", BOTH},
                                         {set[_i], "OK00"},
                                         {"CPR", parameters[_i]},
                                         {"CPR", parameters[_i]},
                                         {"STR", STATE(3)},
                                         {"MDR,1", "ER10"},
                                         MEASURED,
                                         {"MDR,1", "OK00," S1},
                                         OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.set_specular(bench.session, modes[_i]), INSTRUMENT_OK);
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_uint_eq(reading.specular, modes[_i]);
    const double *measured = _i == 0 ? reading.sci : reading.sce;
    const double *other = _i == 0 ? reading.sce : reading.sci;
    ck_assert_double_eq(measured[0], 0.1985);
    ck_assert_double_eq(other[0], 0);
    get_up(&bench);
}
END_TEST

START_TEST(an_unconfirmed_aperture_travels_with_the_reading)
{
    static const struct exchange exchanges[] = {OPEN, READY, MEASURED, RESULTS, OVER};
    struct calibration unconfirmed = fresh;
    unconfirmed.medium_area = CALIBRATION_AREA_UNKNOWN;
    struct bench bench;
    opened(&bench, exchanges, &unconfirmed);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_uint_eq(reading.warnings, INSTRUMENT_WARN_APERTURE);
    get_up(&bench);
}
END_TEST

/* Section 8.2: ER07, ER24, ER36 ask for a new calibration. */
START_TEST(a_refusal_for_want_of_calibration_ends_our_trust)
{
    static const struct exchange exchanges[] = {
        OPEN, READY, {"MES,1", "ER24"}, CHECKED, OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_NEEDS_WHITE);
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_NEEDS_ZERO);
    ck_assert_uint_eq(model_cm700d.calibration(bench.session, block, &size),
                      INSTRUMENT_OK);
    struct calibration left; /* the confirmed aperture alone */
    ck_assert_uint_eq(calibration_unpack(block, size, &left), INSTRUMENT_OK);
    ck_assert_int_eq(left.made, 0);
    get_up(&bench);
}
END_TEST

/* Section 4.5: 10 s and 5 s for each of two modes. */
START_TEST(measuring_takes_no_longer_than_its_deadline)
{
    struct exchange exchanges[80] = {OPEN, READY, {"MES,1", "OK00"}};
    const struct exchange busy[] = {{"STR", "ER35"}, OVER};
    for (int i = 0; i < 40; i++)
        then(exchanges, busy);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    uint64_t start_ms = bench.dialog.now_ms;
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_MEASURING);
    ck_assert_uint_eq(bench.dialog.now_ms - start_ms, 20000);
    ck_assert_str_eq(bench.caller.progress, "measuring");
    get_up(&bench);
}
END_TEST

/* Section 4.5: every 500 ms, up to 10 s. */
START_TEST(charging_is_waited_for_ten_seconds)
{
    struct exchange exchanges[80] = {OPEN, READY};
    const struct exchange charging[] = {{"MES,1", "ER28"}, OVER};
    for (int i = 0; i < 21; i++)
        then(exchanges, charging);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    uint64_t start_ms = bench.dialog.now_ms;
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_NOT_READY);
    ck_assert_uint_eq(bench.dialog.now_ms - start_ms, 10000);
    get_up(&bench);
}
END_TEST

/* F6: a line without end; the rest of it is discarded with it. */
START_TEST(a_line_without_end_is_survived)
{
    static char endless[1400];
    memset(endless, '7', sizeof endless - 1);
    const struct exchange exchanges[] = {OPEN, READY,   MEASURED, {"MDR,1", endless},
                                         SYNC, RESULTS, OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    ck_assert_double_eq(reading.sci[0], 0.1985);
    get_up(&bench);
}
END_TEST

/* F3: a reply cut short is no silence. */
START_TEST(half_a_reply_is_told_from_silence)
{
    static const struct exchange exchanges[] = {OPEN, READY, {"MES,1", "~OK"}, OVER};
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_BAD_REPLY);
    get_up(&bench);
}
END_TEST

/* After 3.1 s MES has been accepted, and its end been polled six times. */
START_TEST(cancelling_is_prompt_and_leaves_the_link_usable)
{
    struct exchange exchanges[40] = {OPEN, READY, {"MES,1", "@1000 OK00"}};
    const struct exchange busy[] = {{"STR", "ER35"}, OVER};
    unsigned cancel_ms = 50u * (unsigned)_i;
    /* the clock moves in steps of 100 ms, at whose ends it is asked */
    for (unsigned ms = 1500; ms < cancel_ms + 100; ms += 500)
        then(exchanges, busy);
    int outstanding = cancel_ms <= 900; /* the reply to MES, on its way */
    const struct exchange found[] = {SYNC, OVER};
    const struct exchange again[] = {READY, MEASURED, RESULTS, OVER};
    if (outstanding)
        then(exchanges, found);
    then(exchanges, again);
    struct bench bench;
    opened(&bench, exchanges, &fresh);
    uint64_t start_ms = bench.dialog.now_ms;
    bench.dialog.cancel_ms = start_ms + cancel_ms;
    struct instrument_reading reading;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading),
                      INSTRUMENT_CANCELLED);
    ck_assert_uint_le(bench.dialog.now_ms - start_ms, cancel_ms + 100);
    bench.dialog.cancel_ms = 0;
    bench.dialog.now_ms += 1000;
    ck_assert_uint_eq(model_cm700d.measure(bench.session, &reading), INSTRUMENT_OK);
    get_up(&bench);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("cm700d_measure");
    TCase *c = tcase_create("measure");
    tcase_add_loop_test(c, a_measurement_ends_as_the_protocol_says, 0, ROWS(measurings));
    tcase_add_test(c, a_reading_has_its_values_and_conditions);
    tcase_add_loop_test(c, one_mode_alone_is_in_slot_one, 0, 2);
    tcase_add_test(c, an_unconfirmed_aperture_travels_with_the_reading);
    tcase_add_test(c, a_refusal_for_want_of_calibration_ends_our_trust);
    tcase_add_test(c, measuring_takes_no_longer_than_its_deadline);
    tcase_add_test(c, charging_is_waited_for_ten_seconds);
    tcase_add_test(c, a_line_without_end_is_survived);
    tcase_add_test(c, half_a_reply_is_told_from_silence);
    tcase_add_loop_test(c, cancelling_is_prompt_and_leaves_the_link_usable, 1, 63);
    suite_add_tcase(s, c);
    return s;
}
