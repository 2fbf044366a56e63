/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual instrument's line engine: the worked exchanges of the protocol (11), and
 * everything that is not quite a command (3, 6). */
#include "tests/driver/host.h"

#include "driver/noise.h"

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

/* -- worked exchanges ----------------------------------------------------- */

struct bytes {
    const char *vector;
    size_t sent;
    uint8_t send[32];
    size_t expected;
    uint8_t expect[48];
};

/* As the file writes them in hexadecimal. */
static const struct bytes written_out[] = {
    {"TV-01", 2, {0x0D, 0x0A}, 6, {0x45, 0x52, 0x30, 0x30, 0x0D, 0x0A}},
    {"TV-02",
     5,
     {0x49, 0x44, 0x52, 0x0D, 0x0A},
     42,
     {0x4F, 0x4B, 0x30, 0x30, 0x2C, 0x30, 0x31, 0x30, 0x30, 0x2C, 0x31,
      0x30, 0x30, 0x30, 0x30, 0x30, 0x34, 0x2C, 0x31, 0x30, 0x32, 0x30,
      0x33, 0x30, 0x34, 0x30, 0x2C, 0x30, 0x2C, 0x34, 0x30, 0x30, 0x2C,
      0x37, 0x30, 0x30, 0x2C, 0x30, 0x31, 0x30, 0x0D, 0x0A}},
    {"TV-03", 5, {0x53, 0x54, 0x52, 0x0D, 0x0A}, 33, {0x4F, 0x4B, 0x30, 0x30, 0x2C, 0x31,
                                                      0x2C, 0x30, 0x2C, 0x30, 0x2C, 0x30,
                                                      0x34, 0x30, 0x30, 0x30, 0x2C, 0x30,
                                                      0x30, 0x30, 0x31, 0x32, 0x2C, 0x30,
                                                      0x30, 0x30, 0x33, 0x2C, 0x30, 0x2C,
                                                      0x30, 0x0D, 0x0A}},
    {"TV-04",
     18,
     {0x43, 0x50, 0x53, 0x2C, 0x32, 0x2C, 0x33, 0x2C, 0x30, 0x30, 0x2C, 0x30, 0x31, 0x2C,
      0x30, 0x31, 0x0D, 0x0A},
     6,
     {0x4F, 0x4B, 0x30, 0x30, 0x0D, 0x0A}},
    {"TV-05",
     18,
     {0x43, 0x50, 0x53, 0x2C, 0x32, 0x2C, 0x39, 0x2C, 0x30, 0x30, 0x2C, 0x30, 0x31, 0x2C,
      0x30, 0x31, 0x0D, 0x0A},
     6,
     {0x45, 0x52, 0x30, 0x33, 0x0D, 0x0A}},
    {"TV-06",
     7,
     {0x4D, 0x45, 0x53, 0x2C, 0x31, 0x0D, 0x0A},
     6,
     {0x45, 0x52, 0x30, 0x37, 0x0D, 0x0A}},
    {"TV-16",
     5,
     {0x55, 0x53, 0x52, 0x0D, 0x0A},
     8,
     {0x4F, 0x4B, 0x30, 0x30, 0x2C, 0x30, 0x0D, 0x0A}},
    {"TV-18",
     18,
     {0x43, 0x50, 0x53, 0x2C, 0x31, 0x2C, 0x33, 0x2C, 0x30, 0x30, 0x2C, 0x30, 0x31, 0x2C,
      0x30, 0x31, 0x0D, 0x0A},
     6,
     {0x45, 0x52, 0x32, 0x35, 0x0D, 0x0A}},
};

START_TEST(the_bytes_are_those_of_the_worked_exchanges)
{
    const struct bytes *row = &written_out[_i];
    emulator_write(host.emulator, row->send, row->sent, host.now_ms);
    host_listen(&host);
    ck_assert_msg(host.size == row->expected &&
                      memcmp(host.answer, row->expect, row->expected) == 0,
                  "%s: %zu bytes, '%s'", row->vector, host.size, host.answer);
}
END_TEST

#define STATUS(calibration) "STR OK00,1,0," #calibration ",04000,00012,0003,0,0|"
#define S31_OVER                                                                         \
    "017600,017600,017600,017600,017600,017600,017600,017600,017600,017600,017600,"      \
    "017600,017600,017600,017600,017600,017600,017600,017600,017600,017600,017600,"      \
    "017600,017600,017600,017600,017600,017600,017600,017600,017600"

static const char *const exchanges[] = {
    /* TV-03, 04, 05 */
    STATUS(0) "CPR OK00,2,1,00,01,01|CPS,2,3,00,01,01 OK00|CPR OK00,2,3,00,01,01",
    "CPS,2,9,00,01,01 ER03|XYZ ER00|CPR OK00,2,1,00,01,01",
    /* TV-06, 07, 08 */
    "MES,1 ER07|ZRC OK00|" STATUS(1) "MES,1 ER24|@white|CAL OK00|" STATUS(3),
    /* TV-09, 12 */
    HOST_CALIBRATES_BOTH
    "MDR,1 ER10|@example-light|MES,1 OK00|~500|STR ER35|~500|STR ER35|"
    "~500|" STATUS(3) "MDR,1 OK00," HOST_S1 "|MDR,2 OK00," HOST_S2,
    /* TV-13 */
    HOST_CALIBRATES_BOTH
    "@example-light|SWS,1 OK00|RDR,1 ER10|!press|STR ER35|~1500|" STATUS(
        3) "RDR,1 OK00," HOST_S1 "|RDR,2 OK00," HOST_S2 "|MDR,1 ER10|SWS,0 OK00",
    /* TV-16 */
    "CDR,2,1 OK00," HOST_P1 "|CIR OK00,12345678|USR OK00,0",
    /* TV-17, the user's data written first */
    "UCS,2,1," HOST_P1 " OK00|" HOST_CALIBRATES
    "USS,1 OK00|" STATUS(2) "MES,1 ER36|USC OK00|" STATUS(3),
    HOST_CALIBRATES "USC ER22",
    /* TV-18 */
    "CPS,1,3,00,01,01 ER25",
    /* TV-19 */
    HOST_CALIBRATES "!battery1|STR OK03,1,1,3,04000,00012,0003,0,0|!battery2|MES,1 ER02",
    /* TV-20: just after a measurement the flash is charging */
    HOST_CALIBRATES "MES,1 OK00|~600|MES,1 ER28|~500|MES,1 OK00",
    /* TV-21 */
    "SPR,1 OK00,2,3,1,2025,03,14,10,42,07,0,CROWN-L|SDR,00001,1 OK00," HOST_S1
    "|SDR,00001,2 OK00," HOST_S2 "|SPR,13 ER10",
    /* TV-22 */
    "DFS,0 OK00|DTS,2025,03,14,10,42,07 OK00|~2000|DTR OK00,2025,03,14,10,42,09",
    /* TV-26: what comes after a late reply, here after none */
    "CPR OK00,2,1,00,01,01| ER00|IDR OK00,0100,1000004,10203040,0,400,700,010",
};

START_TEST(the_worked_exchanges_are_answered_as_written)
{
    host_play(&host, exchanges[_i]);
}
END_TEST

START_TEST(warnings_come_with_the_data_as_in_vectors_10_and_11)
{
    host_play(&host, HOST_CALIBRATES "@example-dark|MES,1 OK00|~1000");
    emulator_fail(host.emulator, EMULATOR_SCRIPTED_STATUS, "OK02");
    host_play(&host, "MDR,1 OK02," HOST_S3 "|MDR,1 OK00," HOST_S3);
}
END_TEST

START_TEST(readings_above_the_range_say_so_and_stop_at_the_end_of_the_scale)
{
    struct host noisy;
    struct emulator_settings settings = emulator_settings_default;
    settings.noise = 1e9; /* every value lies far outside, half of them above */
    host_connect(&noisy, &settings);
    host_play(&noisy, HOST_CALIBRATES "MES,1 OK00|~1000");
    double values[31];
    const char *answer = host_ask(&noisy, "MDR,1");
    ck_assert_int_eq(strncmp(answer, "OK09,", 5), 0);
    ck_assert_uint_eq(host_numbers(answer, values, 31), 31);
    for (size_t i = 0; i < 31; i++)
        ck_assert(values[i] == 17600 || values[i] == -200);
    host_leave(&noisy);
}
END_TEST

START_TEST(stored_samples_and_modes_are_told_as_they_are)
{
    host_play(&host, "SPR,9 OK00,2,2,3,2025,03,15,14,30,03,0,C-SCALP|SDR,00009,2 ER10|"
                     "SPR,5 OK00,2,3,1,2025,03,14,11,05,09,0,A-SCAR, NAPE|"
                     "SPR,11 OK00,2,3,1,2025,03,16,08,00,00,1,|SPR,00012 "
                     "OK00,2,3,1,2025,03,16,08,05,12,1,GREY CARD|SPR,0 ER10|"
                     "SDR,00013,1 ER10");
    double values[31];
    for (int n = 1; n <= 12; n++) {
        char command[24];
        snprintf(command, sizeof command, "SDR,%05d,1", n);
        ck_assert_uint_eq(host_numbers(host_ask(&host, command), values, 31), 31);
    }
}
END_TEST

START_TEST(deleted_samples_are_gone)
{
    host_play(&host, "SDD,1 OK00|SPR,1 ER10|SDR,00001,1 ER10|SDD,1 ER10|SDD,13 ER10|"
                     "STR OK00,1,0,0,04000,00011,0003,0,0|SAD OK00|SPR,2 ER10|"
                     "STR OK00,1,0,0,04000,00000,0003,0,0");
}
END_TEST

static const char *const dates[] = {
    "DTS,2024,02,29,23,59,59 OK00|~2000|DTR OK00,2024,03,01,00,00,01",
    "DTS,2099,12,31,00,00,00 OK00|DTR OK00,2099,12,31,00,00,00",
    "DTS,2000,01,01,00,00,00 OK00|DTR OK00,2000,01,01,00,00,00",
    "DFS,1 OK00|DTS,2025,03,14,10,42,07 OK00|DTR OK00,03,14,2025,10,42,07",
    "DFS,2 OK00|DTS,2025,03,14,10,42,07 OK00|DTR OK00,14,03,2025,10,42,07",
    "DTR OK00,2025,03,14,10,40,00|~61000|DTR OK00,2025,03,14,10,41,01",
};

START_TEST(the_clock_runs_in_emulated_time)
{
    host_play(&host, dates[_i]);
}
END_TEST

/* -- what is refused ------------------------------------------------------ */

/* Widths and counts of arguments are exactly those of section 6. */
static const char *const malformed[] = {
    "ID",
    "IDRR",
    "idr",
    " IDR",
    "IDR ",
    "IDR,",
    "IDR,1",
    "STR,0",
    "CPR,",
    "CPS",
    "CPS,2,3,00,01",
    "CPS,2,3,00,01,01,00",
    "CPS,2,3,0,01,01",
    "CPS,2,3,00,1,01",
    "CPS,02,3,00,01,01",
    "CPS,2,3,00,01,001",
    "CPS,2,,00,01,01",
    "CPS,2,3,-1,01,01",
    "CPS;2;3;00;01;01",
    "ZRC,1",
    "CAL,1",
    "USC,1",
    "UZC",
    "MES",
    "MES,",
    "MES,01",
    "MES,1,",
    "MES,a",
    "MES1",
    "MDR",
    "MDR,01",
    "SWS",
    "SWS,x",
    "SWE",
    "RDR",
    "COR,1,2,4,06",
    "COR,1,2,04",
    "RCR,1,2,04,6",
    "CDR,2",
    "CDR,2,1,0",
    "CDS,2,1",
    "CDS,2,1,096412",
    "CDS,2,1," HOST_S1 ",000000",
    "UCR",
    "UCS,2,1," HOST_S1 ",",
    "CIR,1",
    "CIS",
    "CIS,",
    "CIS,123456789",
    "CIS,1,2",
    "USR,0",
    "USS",
    "USS,01",
    "SPR",
    "SPR,",
    "SPR,123456",
    "SDR,1,1",
    "SDR,00001",
    "SDR,000001,1",
    "SDD",
    "SAD,1",
    "DFS",
    "DFS,00",
    "DTS,25,03,14,10,42,07",
    "DTS,2025,3,14,10,42,07",
    "DTS,2025,03,14,10,42",
    "DTR,0",
    "AT",
};

START_TEST(what_is_not_exactly_a_command_is_not_understood)
{
    ck_assert_str_eq(host_ask(&host, malformed[_i]), "ER00");
}
END_TEST

#define PLATE_30                                                                         \
    "096412,096412,096412,096412,096412,096412,096412,096412,096412,096412,096412,"      \
    "096412,096412,096412,096412,096412,096412,096412,096412,096412,096412,096412,"      \
    "096412,096412,096412,096412,096412,096412,096412,096412,"

static const char *const beyond_range[] = {
    "CPS,0,3,00,01,01",
    "CPS,3,3,00,01,01",
    "CPS,2,0,00,01,01",
    "CPS,2,4,00,01,01",
    "CPS,2,3,31,01,01",
    "CPS,2,3,00,00,01",
    "CPS,2,3,00,11,01",
    "CPS,2,3,00,01,00",
    "CPS,2,3,00,01,31",
    "MES,0",
    "MES,2",
    "MDR,0",
    "MDR,3",
    "RDR,0",
    "RDR,3",
    "SWS,2",
    "COR,0,2,04,06",
    "COR,3,2,04,06",
    "COR,1,0,04,06",
    "COR,1,3,04,06",
    "COR,1,2,00,06",
    "COR,1,2,12,06",
    "COR,1,2,04,00",
    "COR,1,2,04,14",
    "RCR,1,2,04,17",
    "CDR,0,1",
    "CDR,3,1",
    "CDR,1,0",
    "CDR,1,3",
    "UCS,1,3," HOST_P1,
    "CDS,2,1," PLATE_30 "079999",
    "CDS,2,1," PLATE_30 "110001",
    "UCS,2,1," PLATE_30 "049999",
    "UCS,2,1," PLATE_30 "150001",
    "USS,2",
    "SDR,00001,0",
    "SDR,00001,3",
    "DFS,3",
    "DTS,1999,12,31,00,00,00",
    "DTS,2100,01,01,00,00,00",
    "DTS,2025,00,01,00,00,00",
    "DTS,2025,13,01,00,00,00",
    "DTS,2025,04,00,00,00,00",
    "DTS,2025,04,31,00,00,00",
    "DTS,2025,02,29,00,00,00",
    "DTS,2026,02,29,00,00,00",
    "DTS,2025,03,14,24,00,00",
    "DTS,2025,03,14,10,60,00",
    "DTS,2025,03,14,10,00,60",
};

START_TEST(values_beyond_their_range_are_refused_and_change_nothing)
{
    ck_assert_str_eq(host_ask(&host, beyond_range[_i]), "ER03");
    host_play(&host, STATUS(0) "CPR OK00,2,1,00,01,01|CDR,2,1 OK00," HOST_P1
                               "|UCR,2,1 ER22|USR OK00,0|DTR OK00,2025,03,14,10,40,00");
}
END_TEST

/* The ends of the ranges are in them. */
static const char *const within_range[] = {
    "CPS,2,3,30,10,30 OK00|CPR OK00,2,3,30,10,30",
    "CDS,2,1," PLATE_30 "080000 OK00|CDR,2,1 OK00," PLATE_30 "080000",
    "CDS,1,2," PLATE_30 "110000 OK00|CDR,1,2 OK00," PLATE_30 "110000",
    "UCS,2,1," PLATE_30 "050000 OK00|UCR,2,1 OK00," PLATE_30 "050000",
    "UCS,1,2," PLATE_30 "150000 OK00|UCR,1,2 OK00," PLATE_30 "150000",
    "DTS,2025,04,30,00,00,00 OK00|DTR OK00,2025,04,30,00,00,00",
};

START_TEST(values_at_the_ends_of_their_range_are_taken)
{
    host_play(&host, within_range[_i]);
}
END_TEST

static const char *const whole[] = {
    "IDR",
    "STR",
    "CPR",
    "CPS,2,3,00,01,01",
    "ZRC",
    "CAL",
    "USC",
    "MES,1",
    "MDR,1",
    "SWS,1",
    "RDR,1",
    "COR,1,2,04,06",
    "RCR,1,2,04,06",
    "CDR,2,1",
    "CDS,2,1," HOST_P1,
    "UCR,2,1",
    "UCS,2,1," HOST_P1,
    "CIR",
    "USR",
    "USS,1",
    "SDR,00001,1",
    "SAD",
    "DFS,0",
    "DTS,2030,01,01,00,00,00",
    "DTR",
};

START_TEST(no_prefix_of_a_command_is_a_command)
{
    char text[HOST_STEP_MAX];
    for (size_t size = 0; size < strlen(whole[_i]); size++) {
        memcpy(text, whole[_i], size);
        text[size] = '\0';
        ck_assert_str_eq(host_ask(&host, text), "ER00");
    }
    host_play(&host, STATUS(0) "CPR OK00,2,1,00,01,01|UCR,2,1 ER22|USR OK00,0");
}
END_TEST

/* -- framing -------------------------------------------------------------- */

START_TEST(bytes_may_come_one_at_a_time)
{
    static const char text[] = "CPS,2,3,00,01,01\r\n";
    for (size_t i = 0; i < sizeof text - 1; i++) {
        ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
        emulator_write(host.emulator, (const uint8_t *)text + i, 1, host.now_ms++);
    }
    ck_assert_str_eq(host_listen(&host), "OK00\r\n");
}
END_TEST

START_TEST(commands_in_one_write_are_answered_in_order)
{
    host_send(&host, "IDR\r\nMES,1\r\nXYZ\r\nUSR\r\nCI");
    ck_assert_str_eq(host_listen(&host), "OK00,0100,1000004,10203040,0,400,700,010\r\n");
    ck_assert_str_eq(host_listen(&host), "ER07\r\n");
    ck_assert_str_eq(host_listen(&host), "ER00\r\n");
    ck_assert_str_eq(host_listen(&host), "OK00,0\r\n");
    host_send(&host, "R\r\n");
    ck_assert_str_eq(host_listen(&host), "OK00,12345678\r\n");
}
END_TEST

START_TEST(a_line_ends_with_both_characters_only)
{
    host_send(&host, "IDR\n");
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_send(&host, "\r\n"); /* one line with a line feed in it */
    ck_assert_str_eq(host_listen(&host), "ER00\r\n");
    host_send(&host, "IDR\r");
    ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
    host_send(&host, "\r\n");
    ck_assert_str_eq(host_listen(&host), "ER00\r\n");
    ck_assert_str_eq(host_ask(&host, "USR"), "OK00,0");
}
END_TEST

START_TEST(a_nul_spoils_the_line_it_is_in)
{
    static const char before[] = "\0IDR\r\n", behind[] = "IDR\0\r\n",
                      within[] = "I\0DR\r\n";
    const char *lines[] = {before, behind, within};
    for (size_t i = 0; i < 3; i++) {
        emulator_write(host.emulator, (const uint8_t *)lines[i], 6, host.now_ms);
        ck_assert_str_eq(host_listen(&host), "ER00\r\n");
    }
    ck_assert_str_eq(host_ask(&host, "USR"), "OK00,0");
}
END_TEST

START_TEST(a_line_too_long_is_one_line_not_understood)
{
    /* around the size of the buffer, and far beyond it */
    static const size_t sizes[] = {253, 254, 255, 256, 257, 258, 2000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint8_t garbage[2000];
        memset(garbage, 'A', sizeof garbage);
        emulator_write(host.emulator, garbage, sizes[i], host.now_ms);
        ck_assert_str_eq(host_ask(&host, ""), "ER00");
        ck_assert_uint_eq(emulator_next_ms(host.emulator), UINT64_MAX);
        ck_assert_str_eq(host_ask(&host, "USR"), "OK00,0");
    }
}
END_TEST

START_TEST(garbage_does_no_harm)
{
    static const char letters[] = "\r\n\r\n,,01230ACDEIMRSTU";
    struct noise noise = {(uint64_t)_i};
    for (size_t i = 0; i < 2000; i++) {
        uint64_t bits = noise_bits(&noise);
        /* half any byte, half what commands are made of */
        uint8_t byte = (uint8_t)(bits >> 8);
        if (bits & 1)
            byte = (uint8_t)letters[(bits >> 16) % (sizeof letters - 1)];
        emulator_write(host.emulator, &byte, 1, host.now_ms);
        if (bits >> 60 == 0)
            host_listen(&host);
    }
    host_send(&host, "\r\n");
    while (emulator_next_ms(host.emulator) != UINT64_MAX)
        host_listen(&host);
    host.now_ms += 60000;
    ck_assert_str_eq(host_ask(&host, "IDR"), "OK00,0100,1000004,10203040,0,400,700,010");
}
END_TEST

START_TEST(a_host_that_never_reads_loses_answers_and_nothing_else)
{
    for (size_t i = 0; i < 1000; i++)
        host_send(&host, "IDR\r\n");
    size_t lines = 0;
    while (emulator_next_ms(host.emulator) != UINT64_MAX) {
        ck_assert_str_eq(host_listen(&host),
                         "OK00,0100,1000004,10203040,0,400,700,010\r\n");
        lines++;
    }
    ck_assert_uint_gt(lines, 1);
    ck_assert_uint_lt(lines, 1000);
    ck_assert_str_eq(host_ask(&host, "USR"), "OK00,0");
}
END_TEST

START_TEST(small_reads_give_the_same_bytes)
{
    char text[300] = "";
    host_send(&host, "SDR,00001,1\r\n");
    host.now_ms = emulator_next_ms(host.emulator);
    for (size_t size = 0; emulator_next_ms(host.emulator) <= host.now_ms;)
        size += emulator_read(host.emulator, (uint8_t *)text + size, 7, host.now_ms);
    ck_assert_str_eq(text, "OK00," HOST_S1 "\r\n");
    /* vector 23 */
    ck_assert_uint_eq(strlen(text), 223);
}
END_TEST

START_TEST(nothing_can_be_read_before_it_is_due)
{
    uint8_t packet[64];
    host_send(&host, "ZRC\r\n");
    uint64_t due_ms = emulator_next_ms(host.emulator);
    ck_assert_uint_ge(due_ms, host.now_ms + 2000);
    ck_assert_uint_eq(emulator_read(host.emulator, packet, 64, due_ms - 1), 0);
    ck_assert_uint_eq(emulator_read(host.emulator, packet, 64, due_ms), 6);
    ck_assert_uint_eq(emulator_read(host.emulator, packet, 64, due_ms), 0);
    emulator_free(NULL);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite(void)
{
    Suite *s = suite_create("emulator");
    TCase *tc = tcase_create("emulator");
    tcase_add_checked_fixture(tc, connect, leave);
    tcase_add_loop_test(tc, the_bytes_are_those_of_the_worked_exchanges, 0,
                        ROWS(written_out));
    tcase_add_loop_test(tc, the_worked_exchanges_are_answered_as_written, 0,
                        ROWS(exchanges));
    tcase_add_test(tc, warnings_come_with_the_data_as_in_vectors_10_and_11);
    tcase_add_test(tc, readings_above_the_range_say_so_and_stop_at_the_end_of_the_scale);
    tcase_add_test(tc, stored_samples_and_modes_are_told_as_they_are);
    tcase_add_test(tc, deleted_samples_are_gone);
    tcase_add_loop_test(tc, the_clock_runs_in_emulated_time, 0, ROWS(dates));
    tcase_add_loop_test(tc, what_is_not_exactly_a_command_is_not_understood, 0,
                        ROWS(malformed));
    tcase_add_loop_test(tc, values_beyond_their_range_are_refused_and_change_nothing, 0,
                        ROWS(beyond_range));
    tcase_add_loop_test(tc, values_at_the_ends_of_their_range_are_taken, 0,
                        ROWS(within_range));
    tcase_add_loop_test(tc, no_prefix_of_a_command_is_a_command, 0, ROWS(whole));
    tcase_add_test(tc, bytes_may_come_one_at_a_time);
    tcase_add_test(tc, commands_in_one_write_are_answered_in_order);
    tcase_add_test(tc, a_line_ends_with_both_characters_only);
    tcase_add_test(tc, a_nul_spoils_the_line_it_is_in);
    tcase_add_test(tc, a_line_too_long_is_one_line_not_understood);
    tcase_add_loop_test(tc, garbage_does_no_harm, 0, 50);
    tcase_add_test(tc, a_host_that_never_reads_loses_answers_and_nothing_else);
    tcase_add_test(tc, small_reads_give_the_same_bytes);
    tcase_add_test(tc, nothing_can_be_read_before_it_is_due);
    suite_add_tcase(s, tc);
    return s;
}
