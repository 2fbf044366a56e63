/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual instrument's states and what moves it between them (8.1). */
#include "tests/driver/host.h"

static struct host host;

static void connect(void)
{
    struct emulator_settings settings = host_quiet(0);
    host_connect(&host, &settings);
}

static void leave(void)
{
    host_leave(&host);
}

/* -- states and what MES answers in them ---------------------------------- */

#define TELLS(calibration, again)                                                        \
    "|STR OK00,1,0," #calibration ",04000,00012,0003,0," #again "|"
#define USER_PLATE "UCS,2,1," HOST_P1 " OK00|"
#define UNCAL      "~0"
#define ZEROED     "ZRC OK00"
#define READY      HOST_CALIBRATES "~0"
#define USERPEND   USER_PLATE HOST_CALIBRATES "USS,1 OK00"
#define USERREADY  USERPEND "|USC OK00"
#define STALE      HOST_CALIBRATES "~28800000"

/* Rows of the table: a way there, field 3 and 8, and MES. */
static const char *const states[] = {
    UNCAL TELLS(0, 0) "MES,1 ER07",
    ZEROED TELLS(1, 0) "MES,1 ER24",
    USERPEND TELLS(2, 0) "MES,1 ER36",
    HOST_CALIBRATES "USS,1 OK00" TELLS(2, 0) "MES,1 ER22",
    READY TELLS(3, 0) "MES,1 OK00",
    USERREADY TELLS(3, 0) "MES,1 OK00",
    STALE TELLS(3, 1) "MES,1 OK00",
    /* MEASURING */
    READY "|MES,1 OK00|~100|STR ER35|MES,1 ER35",
    /* CHARGING: the state of calibration is as before */
    READY "|MES,1 OK00|~600|STR OK00,0,0,3,04000,00012,0003,0,0|MES,1 ER28|~300"
          "|STR OK00,1,0,3,04000,00012,0003,0,0|MES,1 OK00",
};

START_TEST(each_state_shows_in_the_status_and_in_what_measuring_answers)
{
    host_play(&host, states[_i]);
}
END_TEST

/* Rows: a state, an event, the state after it. */
static const char *const transitions[] = {
    /* ZRC: to ZEROED from everywhere, the data of the last measurement kept */
    UNCAL "|ZRC OK00" TELLS(1, 0),
    ZEROED "|ZRC OK00" TELLS(1, 0),
    READY "|@zero|ZRC OK00" TELLS(1, 0),
    USERPEND "|@zero|ZRC OK00" TELLS(1, 0),
    STALE "|@zero|ZRC OK00" TELLS(1, 0),
    READY "|@example-light|MES,1 OK00|~1000|@zero|ZRC OK00|MDR,1 OK00," HOST_S1,
    /* CAL */
    UNCAL "|@white|CAL ER07" TELLS(0, 0),
    ZEROED "|@white|CAL OK00" TELLS(3, 0),
    READY "|CAL OK00" TELLS(3, 0),
    STALE "|CAL OK00" TELLS(3, 0),
    USER_PLATE "USS,1 OK00|" ZEROED TELLS(1, 0) "@white|CAL OK00" TELLS(2, 0),
    USERREADY "|CAL OK00" TELLS(2, 0),
    /* USC */
    USER_PLATE "USS,1 OK00|@white|USC ER07" TELLS(0, 0),
    USER_PLATE "USS,1 OK00|" ZEROED "|@white|USC OK00" TELLS(3, 0),
    ZEROED "|@white|USC ER22" TELLS(1, 0),
    USER_PLATE ZEROED "|@white|USC ER03" TELLS(1, 0),
    USERPEND "|USC OK00" TELLS(3, 0),
    /* the plate's data change */
    READY "|CDS,2,1," HOST_P1 " OK00" TELLS(1, 0),
    READY "|UCS,2,1," HOST_P1 " OK00" TELLS(1, 0),
    READY "|CIS,X OK00" TELLS(1, 0) "CIR OK00,X",
    READY "|USS,0 OK00" TELLS(1, 0),
    STALE "|CIS,ABCDEFGH OK00" TELLS(1, 0) "CIR OK00,ABCDEFGH",
    USERREADY "|CDS,2,1," HOST_P1 " OK00" TELLS(2, 0),
    USERREADY "|CIS,1 OK00" TELLS(2, 0),
    USERREADY "|USS,0 OK00" TELLS(1, 0) "USR OK00,0",
    UNCAL "|CIS,1 OK00" TELLS(0, 0),
    /* what is not yet calibrated: area, mode; and back to what is */
    READY "|!slide1" TELLS(1, 0) "MES,1 ER24|!slide2" TELLS(3, 0),
    READY "|CPS,2,2,00,01,01 OK00" TELLS(1, 0) "CPS,2,1,00,01,01 OK00" TELLS(3, 0),
    READY "|CPS,2,3,00,01,01 OK00" TELLS(1, 0) "CAL OK00" TELLS(3, 0),
    HOST_CALIBRATES_BOTH "CPS,2,1,00,01,01 OK00" TELLS(3, 0),
    HOST_CALIBRATES_BOTH "CPS,2,2,00,01,01 OK00" TELLS(3, 0),
    READY "|!slide1|CAL OK00" TELLS(3, 0) "!slide2" TELLS(3, 0),
    /* eight hours less a second and eight hours, counted from the end of calibration; in
       another mode's eight hours too */
    READY "|~28799000" TELLS(3, 0) "~1000" TELLS(3, 1),
    READY "|~28799000|CPS,2,2,00,01,01 OK00|CAL OK00|CPS,2,3,00,01,01 OK00" TELLS(3, 1),
    /* the head elsewhere: calibration fails and changes nothing */
    "@white|ZRC ER11" TELLS(0, 0),
    "@scalp|ZRC ER11" TELLS(0, 0),
    ZEROED "|CAL ER11" TELLS(1, 0),
    ZEROED "|@scalp|CAL ER11" TELLS(1, 0),
    READY "|@card|CAL ER11" TELLS(3, 0) "ZRC ER11" TELLS(3, 0),
    USERPEND "|@scalp|USC ER11" TELLS(2, 0),
};

START_TEST(each_event_leads_where_the_table_says)
{
    host_play(&host, transitions[_i]);
}
END_TEST

/* 8.1: an option, 8 h else. */
START_TEST(when_recalibration_is_recommended_can_be_chosen)
{
    struct emulator_settings settings = host_quiet(0);
    settings.recalibrate = 0.5;
    struct host other;
    host_connect(&other, &settings);
    host_play(&other, HOST_CALIBRATES "~1799900|STR OK00,1,0,3,04000,00012,0003,0,0|"
                                      "~100|STR OK00,1,0,3,04000,00012,0003,0,1");
    host_leave(&other);
}
END_TEST

START_TEST(a_plate_written_is_read_back)
{
    host_play(&host, "UCR,1,2 ER22|UCS,1,2," HOST_P1 " OK00|UCR,1,2 OK00," HOST_P1);
    /* every third digit changed, in range */
    char command[HOST_STEP_MAX] = "CDS,1,1," HOST_P1, wanted[HOST_STEP_MAX] = "OK00,";
    for (char *p = strchr(command, '9'); p; p = strchr(p + 6, '9'))
        p[2] = '7';
    strcat(wanted, command + strlen("CDS,1,1,"));
    ck_assert_str_eq(host_ask(&host, command), "OK00");
    ck_assert_str_eq(host_ask(&host, "CDR,1,1"), wanted);
    host_play(&host, "CDR,2,1 OK00," HOST_P1);
}
END_TEST

START_TEST(user_calibration_may_be_on_from_the_start)
{
    struct emulator_settings settings = host_quiet(0);
    settings.user_calibration = 1;
    struct host other;
    host_connect(&other, &settings);
    host_play(&other, "USR OK00,1|UCR,2,1 OK00," HOST_P1 "|" ZEROED
                      "|@white|USC OK00" TELLS(3, 0) "MES,1 OK00");
    host_leave(&other);
}
END_TEST

/* -- busy ----------------------------------------------------------------- */

static const char *const commands[] = {
    "IDR",           "STR",     "CPR",     "CPS,2,3,00,01,01",
    "ZRC",           "CAL",     "USC",     "MES,1",
    "MDR,1",         "RDR,1",   "SWS,1",   "COR,1,2,04,06",
    "RCR,1,2,04,06", "CDR,2,1", "UCR,2,1", "CIR",
    "CIS,1",         "USR",     "USS,1",   "SPR,1",
    "SDR,00001,1",   "SDD,1",   "SAD",     "DFS,0",
    "DTR",
};

START_TEST(while_measuring_every_command_is_told_so)
{
    host_play(&host, READY "|MES,1 OK00");
    ck_assert_str_eq(host_ask(&host, commands[_i]), "ER35");
    host_play(&host, "NOT ER00| ER00");
}
END_TEST

START_TEST(while_calibrating_too_and_the_answers_keep_their_order)
{
    host_send(&host, "ZRC\r\nSTR\r\nIDR\r\n");
    ck_assert_str_eq(host_listen(&host), "OK00\r\n");
    ck_assert_str_eq(host_listen(&host), "ER35\r\n");
    ck_assert_str_eq(host_listen(&host), "ER35\r\n");
    host_play(&host, TELLS(1, 0));
}
END_TEST

struct duration {
    const char *prepare;
    uint64_t ms;
};

/* delay + auto x modes x 600 ms */
static const struct duration durations[] = {
    {"CPS,2,1,00,01,01 OK00|" HOST_CALIBRATES, 600},
    {"CPS,2,2,00,01,01 OK00|" HOST_CALIBRATES, 600},
    {"CPS,2,3,00,01,01 OK00|" HOST_CALIBRATES, 1200},
    {"CPS,2,1,00,10,01 OK00|" HOST_CALIBRATES, 6000},
    {"CPS,2,3,30,02,01 OK00|" HOST_CALIBRATES, 5400},
    {"CPS,2,1,00,01,30 OK00|" HOST_CALIBRATES, 600},
};

START_TEST(a_measurement_takes_as_long_as_its_parameters_say)
{
    host_play(&host, durations[_i].prepare);
    uint64_t start_ms = host.now_ms;
    host_play(&host, "MES,1 OK00");
    host.now_ms = start_ms + durations[_i].ms - 1;
    ck_assert_str_eq(host_ask(&host, "STR"), "ER35");
    host.now_ms = start_ms + durations[_i].ms;
    host_play(&host, "STR OK00,0,0,3,04000,00012,0003,0,0");
    host.now_ms = start_ms + durations[_i].ms + 299;
    host_play(&host, "STR OK00,0,0,3,04000,00012,0003,0,0");
    host.now_ms = start_ms + durations[_i].ms + 300;
    host_play(&host, "STR OK00,1,0,3,04000,00012,0003,0,0");
}
END_TEST

START_TEST(calibration_answers_when_it_is_done)
{
    uint64_t start_ms = host.now_ms;
    host_play(&host, "ZRC OK00");
    ck_assert_uint_ge(host.now_ms - start_ms, 2000);
    ck_assert_uint_le(host.now_ms - start_ms, 2010);
    start_ms = host.now_ms;
    host_play(&host, "CAL ER11"); /* the port is still open */
    ck_assert_uint_ge(host.now_ms - start_ms, 2000);
}
END_TEST

/* -- results -------------------------------------------------------------- */

static const char *const slots[] = {
    "CPS,2,1,00,01,01 OK00|" HOST_CALIBRATES
    "@example-light|MES,1 OK00|~2000|MDR,1 OK00," HOST_S1 "|MDR,1 OK00," HOST_S1
    "|MDR,2 ER10",
    "CPS,2,2,00,01,01 OK00|" HOST_CALIBRATES
    "@example-light|MES,1 OK00|~2000|MDR,1 OK00," HOST_S2 "|MDR,2 ER10",
    HOST_CALIBRATES_BOTH "@example-light|MES,1 OK00|~2000|MDR,2 OK00," HOST_S2
                         "|MDR,1 OK00," HOST_S1,
    /* nothing measured; a color without a measurement */
    READY "|MDR,1 ER10|MDR,2 ER10|RDR,1 ER10|COR,1,2,04,06 ER10|RCR,1,2,04,06 ER10",
    READY "|MES,1 OK00|~1000|COR,2,2,04,06 ER10|RCR,1,2,04,06 ER10|RDR,1 ER10",
};

START_TEST(results_are_numbered_from_one_whatever_the_mode)
{
    host_play(&host, slots[_i]);
}
END_TEST

/* -- battery -------------------------------------------------------------- */

static const char *const batteries[] = {
    READY
    "|!battery1|STR OK03,1,1,3,04000,00012,0003,0,0|MES,1 OK03|~1000|@zero|ZRC OK03|"
    "@white|CAL OK03|MDR,3 ER03|IDR OK00,0100,1000004,10203040,0,400,700,010",
    READY "|@example-light|MES,1 OK00|~1000|!battery1|MDR,1 OK03," HOST_S1,
    READY "|!battery2|MES,1 ER02|ZRC ER02|CAL ER02|USC ER02|"
          "STR OK03,1,2,3,04000,00012,0003,0,0|!battery0|MES,1 OK00",
    /* an empty battery is told before anything else that is amiss */
    UNCAL "|!battery2|MES,1 ER02|ZRC ER02|CAL ER02|USC ER02",
};

START_TEST(a_low_battery_warns_and_an_empty_one_refuses)
{
    host_play(&host, batteries[_i]);
}
END_TEST

/* -- button --------------------------------------------------------------- */

static const char *const presses[] = {
    /* not enabled, disabled again */
    READY "|!press|STR OK00,1,0,3,04000,00012,0003,0,0|RDR,1 ER10",
    READY "|SWS,1 OK00|SWS,0 OK00|!press|STR OK00,1,0,3,04000,00012,0003,0,0|RDR,1 ER10",
    /* refused as a command would be */
    UNCAL "|SWS,1 OK00|!press" TELLS(0, 0) "RDR,1 ER10",
    READY "|SWS,1 OK00|!battery2|!press|STR OK03,1,2,3,04000,00012,0003,0,0|RDR,1 ER10",
    /* two presses are one while the first is under way */
    READY
    "|SWS,1 OK00|@example-light|!press|@example-dark|!press|~2000|RDR,1 OK00," HOST_S1
    "|!press|~2000|RDR,1 OK00," HOST_S3,
    /* results by command and by button are apart */
    READY "|SWS,1 OK00|@example-light|MES,1 OK00|~2000|@example-dark|!press|~2000|"
          "MDR,1 OK00," HOST_S1 "|RDR,1 OK00," HOST_S3 "|RDR,2 ER10",
};

START_TEST(the_button_measures_only_when_enabled)
{
    host_play(&host, presses[_i]);
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite(void)
{
    Suite *s = suite_create("emulator_state");
    TCase *tc = tcase_create("emulator_state");
    tcase_add_checked_fixture(tc, connect, leave);
    tcase_add_loop_test(tc, each_state_shows_in_the_status_and_in_what_measuring_answers,
                        0, ROWS(states));
    tcase_add_loop_test(tc, each_event_leads_where_the_table_says, 0, ROWS(transitions));
    tcase_add_test(tc, when_recalibration_is_recommended_can_be_chosen);
    tcase_add_test(tc, a_plate_written_is_read_back);
    tcase_add_test(tc, user_calibration_may_be_on_from_the_start);
    tcase_add_loop_test(tc, while_measuring_every_command_is_told_so, 0, ROWS(commands));
    tcase_add_test(tc, while_calibrating_too_and_the_answers_keep_their_order);
    tcase_add_loop_test(tc, a_measurement_takes_as_long_as_its_parameters_say, 0,
                        ROWS(durations));
    tcase_add_test(tc, calibration_answers_when_it_is_done);
    tcase_add_loop_test(tc, results_are_numbered_from_one_whatever_the_mode, 0,
                        ROWS(slots));
    tcase_add_loop_test(tc, a_low_battery_warns_and_an_empty_one_refuses, 0,
                        ROWS(batteries));
    tcase_add_loop_test(tc, the_button_measures_only_when_enabled, 0, ROWS(presses));
    suite_add_tcase(s, tc);
    return s;
}
