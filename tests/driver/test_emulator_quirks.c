/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the virtual instrument can be told to do otherwise or wrong (10). */
#include "tests/driver/host.h"

struct quirk {
    unsigned quirks;
    int slider;
    const char *script;
};

/* Values as the quirks 2 to 4 write the first of the worked data blocks. */
#define UNPADDED                                                                         \
    "1985,1890,1903,2088,2371,2660,2935,3158,3361,3545,3668,3742,3705,3529,3318,3342,"   \
    "3487,3371,3422,4203,5011,5398,5597,5742,5851,5947,6038,6107,6189,6254,6312"
#define SPACE_PADDED                                                                     \
    "  1985,  1890,  1903,  2088,  2371,  2660,  2935,  3158,  3361,  3545,  3668,  "    \
    "3742,"                                                                              \
    "  3705,  3529,  3318,  3342,  3487,  3371,  3422,  4203,  5011,  5398,  5597,  "    \
    "5742,"                                                                              \
    "  5851,  5947,  6038,  6107,  6189,  6254,  6312"
#define SIGNED_PADDED                                                                    \
    "+001985,+001890,+001903,+002088,+002371,+002660,+002935,+003158,+003361,+003545,"   \
    "+003668,+003742,+003705,+003529,+003318,+003342,+003487,+003371,+003422,+004203,"   \
    "+005011,+005398,+005597,+005742,+005851,+005947,+006038,+006107,+006189,+006254,"   \
    "+006312"
#define READS_LIGHT "@example-light|MES,1 OK00|~1500|"

static const struct quirk quirks[] = {
    /* Q1 and vector 24 */
    {EMULATOR_CODES_FROM_ZERO, 2,
     "CPR OK00,1,0,00,01,01|CPS,1,1,00,01,01 OK00|CPR OK00,1,1,00,01,01|CPS,1,3,00,01,01 "
     "ER03|CPS,1,2,00,01,01 OK00|CPS,2,0,00,01,01 ER03|CPS,0,0,00,01,01 ER25|"
     "CPR OK00,1,2,00,01,01|CDR,1,0 OK00," HOST_P1 "|CDR,2,0 ER03|CDR,1,2 ER03|"
     "SPR,1 OK00,1,2,1,2025,03,14,10,42,07,0,CROWN-L"},
    {EMULATOR_CODES_FROM_ZERO, 1, "CPR OK00,0,0,00,01,01"},
    {0, 1, "CPR OK00,1,1,00,01,01|CPS,1,3,00,01,01 OK00|CPS,1,1,00,01,01 OK00"},
    /* Q1b */
    {EMULATOR_MEDIUM_FIRST, 2, "CPR OK00,1,1,00,01,01|CPS,2,1,00,01,01 ER25"},
    {EMULATOR_MEDIUM_FIRST, 1, "CPR OK00,2,1,00,01,01|CPS,2,3,00,01,01 OK00"},
    {EMULATOR_MEDIUM_FIRST | EMULATOR_CODES_FROM_ZERO, 2, "CPR OK00,0,0,00,01,01"},
    {EMULATOR_MEDIUM_FIRST | EMULATOR_CODES_FROM_ZERO, 1, "CPR OK00,1,0,00,01,01"},
    /* Q2, Q3, Q4 */
    {EMULATOR_UNPADDED, 2, HOST_CALIBRATES READS_LIGHT "MDR,1 OK00," UNPADDED},
    {EMULATOR_UNPADDED, 2, "SDR,00001,1 OK00," UNPADDED},
    {EMULATOR_SPACE_PADDED, 2, HOST_CALIBRATES READS_LIGHT "MDR,1 OK00," SPACE_PADDED},
    {EMULATOR_SIGNED, 2, HOST_CALIBRATES READS_LIGHT "MDR,1 OK00," SIGNED_PADDED},
    /* Q9: done at once, busy for two seconds; the next poll tells when it went wrong */
    {EMULATOR_CALIBRATES_LATER, 2,
     "ZRC OK00|STR ER35|~1900|STR ER35|~100|STR OK00,1,0,1,04000,00012,0003,0,0|CAL OK00|"
     "STR ER35|~2000|STR ER11|STR OK00,1,0,1,04000,00012,0003,0,0|@white|CAL OK00|~2000|"
     "STR OK00,1,0,3,04000,00012,0003,0,0"},
    {EMULATOR_CALIBRATES_LATER, 2, "CAL ER07|STR OK00,1,0,0,04000,00012,0003,0,0"},
    /* Q10, Q11 */
    {EMULATOR_SIX_FIELDS, 2, "STR OK00,1,0,0,04000,00012,0003"},
    {EMULATOR_FLASH_INVERTED, 2,
     "STR OK00,0,0,0,04000,00012,0003,0,0|" HOST_CALIBRATES
     "MES,1 OK00|~600|STR OK00,1,0,3,04000,00012,0003,0,0|~300|"
     "STR OK00,0,0,3,04000,00012,0003,0,0"},
};

START_TEST(a_quirk_shows_and_nothing_else_changes)
{
    const struct quirk *row = &quirks[_i];
    struct emulator_settings settings = host_quiet(row->quirks);
    settings.slider = row->slider;
    struct host host;
    host_connect(&host, &settings);
    host_play(&host, row->script);
    host_leave(&host);
}
END_TEST

struct raw {
    unsigned quirks;
    size_t size;
    char answer[12];
};

/* Q5, Q6: the bytes that answer USR. */
static const struct raw raws[] = {
    {0, 8, "OK00,0\r\n"},
    {EMULATOR_LF_ONLY, 7, "OK00,0\n"},
    {EMULATOR_STRAY_NUL, 9, "\0OK00,0\r\n"},
    {EMULATOR_STRAY_NUL | EMULATOR_LF_ONLY, 8, "\0OK00,0\n"},
};

START_TEST(line_ends_and_stray_bytes_are_as_the_quirks_say)
{
    const struct raw *row = &raws[_i];
    struct emulator_settings settings = host_quiet(row->quirks);
    struct host host;
    host_connect(&host, &settings);
    host_send(&host, "USR\r\n");
    host_listen(&host);
    ck_assert_uint_eq(host.size, row->size);
    ck_assert_mem_eq(host.answer, row->answer, row->size);
    host_leave(&host);
}
END_TEST

struct press {
    unsigned quirks;
    const char *mode;
    const char *lines[3];
};

/* Q7, Q8, vector 14: what comes of its own accord after a press. */
static const struct press announced[] = {
    {0, "CPS,2,3,00,01,01 OK00", {NULL}},
    {EMULATOR_BUTTON_SENDS_DATA,
     "CPS,2,3,00,01,01 OK00",
     {"OK00," HOST_S1 "\r\n", "OK00," HOST_S2 "\r\n", NULL}},
    {EMULATOR_BUTTON_SENDS_DATA, "CPS,2,1,00,01,01 OK00", {"OK00," HOST_S1 "\r\n", NULL}},
    {EMULATOR_BUTTON_ANNOUNCES, "CPS,2,3,00,01,01 OK00", {"OK00\r\n", NULL}},
};

START_TEST(a_press_is_announced_as_the_quirks_say_once_the_measurement_is_done)
{
    const struct press *row = &announced[_i];
    struct emulator_settings settings = host_quiet(row->quirks);
    struct host host;
    host_connect(&host, &settings);
    host_play(&host, row->mode);
    host_play(&host, HOST_CALIBRATES "SWS,1 OK00|@example-light|!press");
    uint64_t pressed_ms = host.now_ms;
    if (row->lines[0])
        ck_assert_uint_ge(emulator_next_ms(host.emulator), pressed_ms + 600);
    host_play(&host, "STR ER35"); /* a poll meanwhile is answered before */
    for (size_t i = 0; row->lines[i]; i++)
        ck_assert_str_eq(host_listen(&host), row->lines[i]);
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_play(&host, "~1500|RDR,1 OK00," HOST_S1);
    host_leave(&host);
}
END_TEST

/* -- faults --------------------------------------------------------------- */

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

static void break_with(enum emulator_fault fault)
{
    emulator_fail(host.emulator, fault, NULL);
}

/* How many numbers come with an answer of status OK00. */
static size_t count_fields(const char *answer)
{
    double numbers[40];
    ck_assert_int_eq(strncmp(answer, "OK00,", 5), 0);
    return host_numbers(answer, numbers, 40);
}

START_TEST(a_late_answer_comes_after_every_wait_of_the_host_and_before_the_next)
{
    host_play(&host, "CPS,2,3,00,01,01 OK00");
    break_with(EMULATOR_REPLY_LATE);
    host_send(&host, "CPR\r\n");
    ck_assert_uint_gt(emulator_next_ms(host.emulator), host.now_ms + 5000);
    host_send(&host, "\r\n");
    ck_assert_str_eq(host_listen(&host), "OK00,2,3,00,01,01\r\n");
    ck_assert_str_eq(host_listen(&host), "ER00\r\n");
    host_play(&host, "CPR OK00,2,3,00,01,01");

    break_with(EMULATOR_REPLY_LATE);
    host_send(&host, "ZRC\r\n");
    ck_assert_uint_gt(emulator_next_ms(host.emulator), host.now_ms + 60000);
}
END_TEST

START_TEST(a_lost_answer_never_comes_but_the_command_was_carried_out)
{
    break_with(EMULATOR_REPLY_LOST);
    host_send(&host, "CPS,2,3,00,01,01\r\n");
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_play(&host, "CPR OK00,2,3,00,01,01");
}
END_TEST

START_TEST(a_cut_answer_has_no_end)
{
    break_with(EMULATOR_REPLY_CUT);
    host_send(&host, "CIR\r\n");
    ck_assert_str_eq(host_listen(&host), "OK00,12");
    host_play(&host, "CIR OK00,12345678");
}
END_TEST

START_TEST(records_may_have_the_wrong_number_of_values_or_none_that_is_one)
{
    break_with(EMULATOR_TOO_FEW_VALUES);
    host_play(&host, "CIR OK00,12345678"); /* waits for a record */
    ck_assert_uint_eq(count_fields(host_ask(&host, "CDR,2,1")), 29);
    break_with(EMULATOR_TOO_MANY_VALUES);
    ck_assert_uint_eq(count_fields(host_ask(&host, "SDR,00001,1")), 32);
    break_with(EMULATOR_NOT_A_NUMBER);
    const char *answer = host_ask(&host, "SDR,00001,1");
    ck_assert_uint_eq(count_fields(answer), 31);
    ck_assert_ptr_nonnull(strstr(answer, ",0012A4,"));
    host_play(&host, "SDR,00001,1 OK00," HOST_S1);
}
END_TEST

START_TEST(an_endless_line_is_two_thousand_bytes_long)
{
    break_with(EMULATOR_ENDLESS_LINE);
    host_send(&host, "CPR\r\n");
    ck_assert_uint_eq(strlen(host_listen(&host)), 2000);
    ck_assert_ptr_null(strpbrk(host.answer, "\r\n"));
    host_play(&host, "CPR OK00,2,1,00,01,01");
}
END_TEST

START_TEST(every_byte_may_come_by_itself_from_now_on)
{
    break_with(EMULATOR_SPLIT_EVERY_BYTE);
    for (size_t lines = 0; lines < 2; lines++) {
        host_send(&host, "USR\r\n");
        uint8_t packet[64];
        for (size_t i = 0; i < 8; i++) {
            host.now_ms = emulator_next_ms(host.emulator);
            ck_assert_uint_eq(emulator_read(host.emulator, packet, 64, host.now_ms), 1);
            ck_assert_uint_eq(packet[0], (uint8_t) "OK00,0\r\n"[i]);
            ck_assert_uint_gt(emulator_next_ms(host.emulator), host.now_ms);
        }
    }
}
END_TEST

START_TEST(an_unsolicited_line_may_share_a_packet_with_an_answer)
{
    uint8_t packet[64] = "";
    break_with(EMULATOR_UNSOLICITED_LINE);
    host_send(&host, "USR\r\n");
    host.now_ms = emulator_next_ms(host.emulator);
    ck_assert_uint_eq(emulator_read(host.emulator, packet, 63, host.now_ms), 14);
    ck_assert_str_eq((const char *)packet, "OK00,0\r\nOK00\r\n");
    host_play(&host, "USR OK00,0");
}
END_TEST

START_TEST(empty_packets_may_come_between)
{
    break_with(EMULATOR_EMPTY_PACKETS);
    host_send(&host, "SDR,00001,1\r\n");
    /* the 223 bytes of vector 23 */
    static const size_t packets[] = {0, 64, 0, 64, 0, 64, 0, 31};
    uint8_t packet[64];
    for (size_t i = 0; i < 8; i++) {
        ck_assert_uint_ne(emulator_next_ms(host.emulator), UINT64_MAX);
        host.now_ms = emulator_next_ms(host.emulator);
        ck_assert_uint_eq(emulator_read(host.emulator, packet, 64, host.now_ms),
                          packets[i]);
    }
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
}
END_TEST

START_TEST(a_flat_battery_ends_in_silence_until_there_are_fresh_cells)
{
    host_play(&host, HOST_CALIBRATES);
    break_with(EMULATOR_SILENT_AFTER_MES);
    host_play(&host, "STR OK00,1,0,3,04000,00012,0003,0,0|MES,1 OK00");
    host_send(&host, "STR\r\n\r\nIDR\r\n");
    emulator_press(host.emulator, host.now_ms += 5000);
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    emulator_battery(host.emulator, 2);
    host_send(&host, "STR\r\n");
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    /* switched on again: calibration and data are lost */
    host_play(&host, "!battery0|STR OK00,1,0,0,04000,00012,0003,0,0|MDR,1 ER10");
}
END_TEST

START_TEST(switching_off_forgets_what_was_unsaid_and_the_button)
{
    host_play(&host, HOST_CALIBRATES "SWS,1 OK00");
    break_with(EMULATOR_SILENT_AFTER_MES);
    host_send(&host, "MES,1\r\n");
    host_play(&host, "!battery0");
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_play(&host, HOST_CALIBRATES "!press|STR OK00,1,0,3,04000,00012,0003,0,0");
}
END_TEST

START_TEST(an_instrument_may_keep_its_calibration_over_power_off)
{
    struct emulator_settings settings = host_quiet(EMULATOR_KEEPS_CALIBRATION);
    struct host other;
    host_connect(&other, &settings);
    host_play(&other, "STR OK00,1,0,0,04000,00012,0003,0,0|" HOST_CALIBRATES);
    emulator_fail(other.emulator, EMULATOR_SILENT_AFTER_MES, NULL);
    host_play(&other,
              "MES,1 OK00|!battery0|STR OK00,1,0,3,04000,00012,0003,0,0|MDR,1 ER10");
    host_leave(&other);
}
END_TEST

START_TEST(a_scripted_status_answers_the_next_command_once)
{
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "ER05");
    /* a bare line end is no command; neither is what is not understood */
    host_play(&host, " ER00|XYZ ER00|CPS,2,3,00,01,01 ER05|CPR OK00,2,1,00,01,01");
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "OK04");
    host_play(&host, "CIR OK04,12345678|CIR OK00,12345678");
    /* a warning does not make a refusal good, and waits */
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "OK02");
    host_play(&host, "MDR,1 ER10|CIR OK02,12345678|CIR OK00,12345678");
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "USR/ER99");
    host_play(&host, "CIR OK00,12345678|USR ER99|USR OK00,0");
}
END_TEST

#define CALIBRATED "STR OK00,1,0,3,04000,00012,0003,0,0|"
#define MEASURES   "MES,1 OK00|STR ER35|~600|"

START_TEST(a_measurement_may_be_accepted_and_fail_and_leaves_the_result_before)
{
    host_play(&host, HOST_CALIBRATES "MES,1 OK00|~1500");
    char before[512];
    snprintf(before, sizeof before, "%s", host_ask(&host, "MDR,1"));
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "MES/OK00/ER13");
    emulator_place(host.emulator, "example-dark", "");
    host_play(&host, "CPR OK00,2,1,00,01,01|" MEASURES "STR ER13|~300|" CALIBRATED);
    ck_assert_str_eq(host_ask(&host, "MDR,1"), before);
    host_play(&host, MEASURES "~300|" CALIBRATED);
    ck_assert_str_ne(host_ask(&host, "MDR,1"), before);
    /* what is refused does not take it; and work that follows has its own outcome */
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "MES/OK00/ER05");
    host_play(&host, "!battery2|MES,1 ER02|!battery0|" MEASURES "~300|" MEASURES
                     "~300|" CALIBRATED);
}
END_TEST

START_TEST(a_calibration_may_be_accepted_and_fail)
{
    host_play(&host, HOST_CALIBRATES);
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "ZRC/OK00/ER13");
    host_play(&host, "@zero|ZRC OK00|STR ER13|" CALIBRATED);
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "CAL/OK00/ER11");
    host_play(&host, "ZRC OK00|@white|CAL OK00|STR ER11|"
                     "STR OK00,1,0,1,04000,00012,0003,0,0|CAL OK00|" CALIBRATED);
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "CAL/OK00/ER27");
    host_play(&host, "@scalp|CAL ER11|@white|CAL OK00|STR ER27|" CALIBRATED);
}
END_TEST

START_TEST(a_foreign_device_understands_nothing)
{
    break_with(EMULATOR_FOREIGN);
    host_play(&host, "IDR ER00|STR ER00|IDR ER00");
    break_with(EMULATOR_FAULT_NONE);
    host_play(&host, "USR OK00,0");
}
END_TEST

START_TEST(a_sibling_says_who_it_is)
{
    break_with(EMULATOR_SIBLING);
    host_play(&host, "IDR OK00,03,102,10011,0,360,740,10|USR OK00,0");
}
END_TEST

START_TEST(junk_in_the_buffer_spoils_the_first_line)
{
    break_with(EMULATOR_JUNK_IN_BUFFER);
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_play(&host, "IDR ER00|IDR OK00,0100,1000004,10203040,0,400,700,010");
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite(void)
{
    Suite *s = suite_create("emulator_quirks");
    TCase *tc = tcase_create("quirks");
    tcase_add_loop_test(tc, a_quirk_shows_and_nothing_else_changes, 0, ROWS(quirks));
    tcase_add_loop_test(tc, line_ends_and_stray_bytes_are_as_the_quirks_say, 0,
                        ROWS(raws));
    tcase_add_loop_test(
        tc, a_press_is_announced_as_the_quirks_say_once_the_measurement_is_done, 0,
        ROWS(announced));
    suite_add_tcase(s, tc);

    tc = tcase_create("faults");
    tcase_add_checked_fixture(tc, connect, leave);
    tcase_add_test(tc,
                   a_late_answer_comes_after_every_wait_of_the_host_and_before_the_next);
    tcase_add_test(tc, a_lost_answer_never_comes_but_the_command_was_carried_out);
    tcase_add_test(tc, a_cut_answer_has_no_end);
    tcase_add_test(tc, records_may_have_the_wrong_number_of_values_or_none_that_is_one);
    tcase_add_test(tc, an_endless_line_is_two_thousand_bytes_long);
    tcase_add_test(tc, every_byte_may_come_by_itself_from_now_on);
    tcase_add_test(tc, an_unsolicited_line_may_share_a_packet_with_an_answer);
    tcase_add_test(tc, empty_packets_may_come_between);
    tcase_add_test(tc, a_flat_battery_ends_in_silence_until_there_are_fresh_cells);
    tcase_add_test(tc, switching_off_forgets_what_was_unsaid_and_the_button);
    tcase_add_test(tc, an_instrument_may_keep_its_calibration_over_power_off);
    tcase_add_test(tc, a_scripted_status_answers_the_next_command_once);
    tcase_add_test(tc,
                   a_measurement_may_be_accepted_and_fail_and_leaves_the_result_before);
    tcase_add_test(tc, a_calibration_may_be_accepted_and_fail);
    tcase_add_test(tc, a_foreign_device_understands_nothing);
    tcase_add_test(tc, a_sibling_says_who_it_is);
    tcase_add_test(tc, junk_in_the_buffer_spoils_the_first_line);
    suite_add_tcase(s, tc);
    return s;
}
