/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual instrument as a transport: its clock, time-outs, settings. */
#include "tests/runner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "driver/transport.h"

enum { SEEN_MAX = 4096 };

/* What the callbacks saw, and how often they may be asked before they say stop. */
struct watch {
    unsigned asked;
    unsigned stop_after;
    char sent[SEEN_MAX];
    char received[SEEN_MAX];
};

static enum instrument_answer cancelled(void *user)
{
    struct watch *watch = user;
    return ++watch->asked > watch->stop_after ? INSTRUMENT_STOP : INSTRUMENT_GO_ON;
}

static void trace(void *user, enum instrument_direction direction, const uint8_t *bytes,
                  size_t size)
{
    struct watch *watch = user;
    char *seen = direction == INSTRUMENT_SENT ? watch->sent : watch->received;
    ck_assert_uint_lt(strlen(seen) + size, SEEN_MAX);
    strncat(seen, (const char *)bytes, size);
}

static struct watch watch;
static struct transport *transport;

static void open_with(const char *settings)
{
    watch = (struct watch){.stop_after = 1000000};
    struct transport_context context = {
        .user = &watch, .cancelled = cancelled, .trace = trace};
    ck_assert_int_eq(transport_sim_open(settings, &context, &transport), INSTRUMENT_OK);
}

static void open_quiet(void)
{
    open_with("noise=0,placement=0");
}

static void close_it(void)
{
    transport->ops->close(transport);
}

static void send_text(const char *text)
{
    ck_assert_int_eq(
        transport->ops->send(transport, (const uint8_t *)text, strlen(text), 1000),
        INSTRUMENT_OK);
}

/* Up to a line feed; fails when none comes in four seconds. */
static const char *receive_line(void)
{
    static char line[SEEN_MAX];
    size_t size = 0, piece;
    do {
        ck_assert_int_eq(transport->ops->receive(transport, (uint8_t *)line + size,
                                                 TRANSPORT_PACKET, &piece, 4000),
                         INSTRUMENT_OK);
        size += piece;
        ck_assert_uint_lt(size + TRANSPORT_PACKET, sizeof line);
    } while (size == 0 || line[size - 1] != '\n');
    line[size] = '\0';
    return line;
}

static uint64_t now(void)
{
    return transport->ops->now_ms(transport);
}

START_TEST(a_command_is_answered_and_both_are_traced)
{
    send_text("USR\r\n");
    ck_assert_str_eq(receive_line(), "OK00,0\r\n");
    ck_assert_str_eq(watch.sent, "USR\r\n");
    ck_assert_str_eq(watch.received, "OK00,0\r\n");
}
END_TEST

START_TEST(silence_takes_exactly_the_time_allowed)
{
    uint8_t byte;
    size_t size = 77;
    uint64_t start_ms = now();
    ck_assert_int_eq(transport->ops->receive(transport, &byte, 1, &size, 2345),
                     INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(now(), start_ms + 2345);
    ck_assert_uint_eq(size, 77);
    ck_assert_int_eq(transport->ops->receive(transport, &byte, 1, &size, 0),
                     INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(now(), start_ms + 2345);
}
END_TEST

START_TEST(the_clock_goes_no_further_than_the_next_byte)
{
    uint8_t packet[TRANSPORT_PACKET];
    size_t size;
    send_text("ZRC\r\n");
    ck_assert_int_eq(
        transport->ops->receive(transport, packet, sizeof packet, &size, 1999),
        INSTRUMENT_NO_ANSWER);
    ck_assert_int_eq(
        transport->ops->receive(transport, packet, sizeof packet, &size, 60000),
        INSTRUMENT_OK);
    ck_assert_uint_eq(size, 6);
    ck_assert_uint_ge(now(), 2000);
    ck_assert_uint_lt(now(), 2010);
}
END_TEST

/* Room, and the transfers that 223 bytes (vector 23) then are. */
struct transfers {
    size_t capacity;
    size_t sizes[5];
};
static const struct transfers transfers[] = {
    {64, {64, 64, 64, 31}}, {512, {223}},          {223, {223}},
    {192, {192, 31}},       {100, {100, 100, 23}}, {128, {128, 95}},
};

START_TEST(a_transfer_ends_full_or_at_a_short_packet)
{
    const struct transfers *row = &transfers[_i];
    uint8_t bytes[512];
    size_t total = 0, size;
    send_text("SDR,00001,1\r\n");
    for (size_t i = 0; total < 223; i++) {
        ck_assert_int_eq(
            transport->ops->receive(transport, bytes, row->capacity, &size, 100),
            INSTRUMENT_OK);
        total += size;
        ck_assert_uint_eq(size, row->sizes[i]);
    }
    ck_assert_uint_eq(total, 223);
}
END_TEST

START_TEST(full_packets_and_then_silence_are_delivered_at_the_time_out)
{
    uint8_t bytes[512];
    size_t size;
    close_it();
    open_with("fault=endless");
    send_text("USR\r\n");
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 512, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(size, 512);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(transport->ops->receive(transport, bytes, 512, &size, 100),
                         INSTRUMENT_OK);
    /* 1536 of 2000 are through: 464, the last packet 16 short of full */
    uint64_t start_ms = now();
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 448, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 512, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(size, 16);
    ck_assert_uint_eq(now(), start_ms);
}
END_TEST

START_TEST(an_empty_packet_is_an_empty_transfer)
{
    uint8_t bytes[64];
    size_t size;
    close_it();
    open_with("fault=empty-packets");
    send_text("USR\r\n");
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 64, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(size, 0);
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 64, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(size, 8);
}
END_TEST

START_TEST(half_a_transfer_is_kept_when_the_time_is_up)
{
    uint8_t bytes[512];
    size_t size = 0;
    close_it();
    open_with("fault=split");
    send_text("USR\r\n");
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 512, &size, 100),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(size, 1);
    ck_assert_str_eq(receive_line(), "K00,0\r\n");
}
END_TEST

START_TEST(waiting_moves_the_clock_and_asks_at_least_every_tenth_of_a_second)
{
    ck_assert_int_eq(transport->ops->wait(transport, 1050), INSTRUMENT_OK);
    ck_assert_uint_eq(now(), 1050);
    ck_assert_uint_ge(watch.asked, 11);
    ck_assert_int_eq(transport->ops->wait(transport, 0), INSTRUMENT_OK);
    ck_assert_uint_eq(now(), 1050);
}
END_TEST

START_TEST(a_wait_ends_when_it_is_cancelled)
{
    uint8_t byte;
    size_t size;
    watch.stop_after = 3;
    ck_assert_int_eq(transport->ops->wait(transport, 60000), INSTRUMENT_CANCELLED);
    ck_assert_uint_eq(now(), 300);
    watch.asked = 0;
    ck_assert_int_eq(transport->ops->receive(transport, &byte, 1, &size, 60000),
                     INSTRUMENT_CANCELLED);
    ck_assert_uint_eq(now(), 600);
}
END_TEST

START_TEST(nobody_need_listen)
{
    struct transport *plain;
    uint8_t bytes[64];
    size_t size;
    ck_assert_int_eq(transport_sim_open("", NULL, &plain), INSTRUMENT_OK);
    plain->ops->send(plain, (const uint8_t *)"USR\r\n", 5, 100);
    ck_assert_int_eq(plain->ops->receive(plain, bytes, 64, &size, 100), INSTRUMENT_OK);
    ck_assert_int_eq(plain->ops->wait(plain, 500), INSTRUMENT_OK);
    plain->ops->close(plain);
}
END_TEST

START_TEST(recovering_drains_what_is_due)
{
    uint8_t byte;
    size_t size;
    send_text("USR\r\nCIR\r\n");
    transport->ops->wait(transport, 100);
    ck_assert_int_eq(transport->ops->recover(transport), INSTRUMENT_OK);
    ck_assert_str_eq(watch.received, "OK00,0\r\nOK00,12345678\r\n");
    ck_assert_int_eq(transport->ops->receive(transport, &byte, 1, &size, 100),
                     INSTRUMENT_NO_ANSWER);
}
END_TEST

/* Calibrates and measures once; the answer to MDR,1. */
static const char *measure(const char *kind)
{
    static const char *const steps[] = {"ZRC\r\n", "CAL\r\n", "MES,1\r\n"};
    const char *const heads[] = {"zero", "white", kind};
    for (size_t i = 0; i < 3; i++) {
        transport->ops->place(transport, heads[i], "");
        send_text(steps[i]);
        ck_assert_str_eq(receive_line(), "OK00\r\n");
    }
    transport->ops->wait(transport, 1000);
    send_text("MDR,1\r\n");
    return receive_line();
}

START_TEST(the_head_is_where_it_was_placed)
{
    /* the first value of the light example (11) */
    ck_assert_int_eq(strncmp(measure("example-light"), "OK00,001985,", 12), 0);
    ck_assert_int_eq(strncmp(measure("example-dark"), "OK00,000312,", 12), 0);
}
END_TEST

START_TEST(the_virtual_operator_presses_an_enabled_button_again_and_again)
{
    uint8_t bytes[64];
    size_t size;
    close_it();
    open_with("noise=0,placement=0,quirk=q8");
    measure("example-light");
    ck_assert_int_eq(transport->ops->receive(transport, bytes, 64, &size, 10000),
                     INSTRUMENT_NO_ANSWER);
    send_text("SWS,1\r\n");
    for (size_t i = 0; i < 4; i++) /* the answer, three announcements */
        ck_assert_str_eq(receive_line(), "OK00\r\n");
    send_text("RDR,1\r\n");
    ck_assert_int_eq(strncmp(receive_line(), "OK00,001985,", 12), 0);
}
END_TEST

/* -- settings ------------------------------------------------------------- */

struct setting {
    const char *settings;
    const char *command;
    const char *answer;
};

static const struct setting accepted[] = {
    {"", "CPR\r\n", "OK00,2,1,00,01,01\r\n"},
    {":", "CPR\r\n", "OK00,2,1,00,01,01\r\n"},
    {":slider=1", "CPR\r\n", "OK00,1,1,00,01,01\r\n"},
    {"slider=2,client=c,seed=123456789012345678,", "CPR\r\n", "OK00,2,1,00,01,01\r\n"},
    {"noise=0.5,placement=.25,pressure=1", "USR\r\n", "OK00,0\r\n"},
    {"noise=2.,placement=1.125", "USR\r\n", "OK00,0\r\n"},
    {"client=b,user=1", "USR\r\n", "OK00,1\r\n"},
    {"battery=1", "STR\r\n", "OK03,1,1,0,04000,00012,0003,0,0\r\n"},
    {"recalibrate=.5", "USR\r\n", "OK00,0\r\n"},
    {"battery=2", "MES,1\r\n", "ER02\r\n"},
    {"quirk=q1", "CPR\r\n", "OK00,1,0,00,01,01\r\n"},
    {"quirk=q1b+q10", "STR\r\n", "OK00,1,0,0,04000,00012,0003\r\n"},
    {"quirk=q1,quirk=q1b", "CPR\r\n", "OK00,0,0,00,01,01\r\n"},
    {"quirk=q5", "USR\r\n", "OK00,0\n"},
    {"quirk=q11+q7+q8+q9+q2+q3+q4+keeps-calibration", "STR\r\n",
     "OK00,0,0,0,04000,00012,0003,0,0\r\n"},
    {"fault=foreign", "IDR\r\n", "ER00\r\n"},
    {"fault=sibling", "IDR\r\n", "OK00,03,102,10011,0,360,740,10\r\n"},
    {"fault=junk", "IDR\r\n", "ER00\r\n"},
    {"fault=unsolicited", "USR\r\n", "OK00,0\r\nOK00\r\n"},
    {"fault=ER05", "IDR\r\n", "ER05\r\n"},
    {"fault=OK02", "USR\r\n", "OK02,0\r\n"},
    {"fault=USR/ER10", "USR\r\n", "ER10\r\n"},
    {"fault=MES/ER05", "USR\r\n", "OK00,0\r\n"},
    {"fault=CAL/OK00/ER11", "USR\r\n", "OK00,0\r\n"},
};

START_TEST(settings_are_taken)
{
    const struct setting *row = &accepted[_i];
    close_it();
    open_with(row->settings);
    send_text(row->command);
    ck_assert_str_eq(receive_line(), row->answer);
}
END_TEST

/* The first value of a reading on the scalp, in units of 1e-4. */
static double first_value(const char *settings)
{
    close_it();
    open_with(settings);
    return strtod(measure("scalp") + strlen("OK00,"), NULL);
}

START_TEST(scales_are_decimal_numbers)
{
    double ideal = first_value("noise=0,placement=0");
    double offset = first_value("noise=0,placement=100") - ideal;
    ck_assert_double_gt(fabs(offset), 50);
    /* whole units: half a one each */
    ck_assert_double_eq_tol(first_value("noise=0,placement=50.") - ideal, 0.5 * offset,
                            1.5);
    ck_assert_double_eq_tol(first_value("noise=0,placement=12.5") - ideal, offset / 8,
                            1.5);
    ck_assert_double_eq_tol(first_value("noise=0.0,placement=025.00") - ideal, offset / 4,
                            1.5);
}
END_TEST

static const char *const refused[] = {
    "x",
    "=",
    ",",
    "client",
    "client=",
    "client=d",
    "client=ab",
    "clients=a",
    "seed=",
    "seed=-1",
    "seed=1x",
    "seed=1234567890123456789",
    "noise=",
    "noise=.",
    "noise=1e3",
    "noise=-1",
    "noise=1.2.3",
    "noise=0x1",
    "noise=1234567890",
    "placement=1,5",
    "pressure=1.1",
    "pressure=-1",
    "pressure=",
    "recalibrate=-1",
    "battery=3",
    "battery=",
    "battery=11",
    "slider=0",
    "slider=3",
    "user=2",
    "quirk=",
    "quirk=q12",
    "quirk=q",
    "quirk=Q1",
    "quirk=q1+",
    "quirk=+q1",
    "quirk=q1 q2",
    "fault=",
    "fault=unplug",
    "fault=late+lost",
    "fault=er05",
    "fault=ER5",
    "fault=ER050",
    "fault=MES,ER05",
    "fault=MESER05",
    "fault=MES/XX05",
    "fault=MES/OK00/",
    "fault=MES/OK00/OK02",
    "fault=MES/ER05/ER05",
    "fault=MES/OK00/ER050",
    "fault=OK00/ER05",
    "::client=a",
    "client=a,,seed=1",
    "seed=00000000000000000000000000000000000000000000000000000000000000000000000000001",
};

START_TEST(settings_that_are_none_are_refused_and_open_nothing)
{
    struct transport *untouched = NULL;
    ck_assert_int_eq(transport_sim_open(refused[_i], NULL, &untouched),
                     INSTRUMENT_OUT_OF_RANGE);
    ck_assert_ptr_null(untouched);
}
END_TEST

#define ROWS(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite(void)
{
    Suite *s = suite_create("transport_sim");
    TCase *tc = tcase_create("transport_sim");
    tcase_add_checked_fixture(tc, open_quiet, close_it);
    tcase_add_test(tc, a_command_is_answered_and_both_are_traced);
    tcase_add_test(tc, silence_takes_exactly_the_time_allowed);
    tcase_add_test(tc, the_clock_goes_no_further_than_the_next_byte);
    tcase_add_loop_test(tc, a_transfer_ends_full_or_at_a_short_packet, 0,
                        ROWS(transfers));
    tcase_add_test(tc, full_packets_and_then_silence_are_delivered_at_the_time_out);
    tcase_add_test(tc, an_empty_packet_is_an_empty_transfer);
    tcase_add_test(tc, half_a_transfer_is_kept_when_the_time_is_up);
    tcase_add_test(tc, waiting_moves_the_clock_and_asks_at_least_every_tenth_of_a_second);
    tcase_add_test(tc, a_wait_ends_when_it_is_cancelled);
    tcase_add_test(tc, nobody_need_listen);
    tcase_add_test(tc, recovering_drains_what_is_due);
    tcase_add_test(tc, the_head_is_where_it_was_placed);
    tcase_add_test(tc, the_virtual_operator_presses_an_enabled_button_again_and_again);
    tcase_add_loop_test(tc, settings_are_taken, 0, ROWS(accepted));
    tcase_add_test(tc, scales_are_decimal_numbers);
    tcase_add_loop_test(tc, settings_that_are_none_are_refused_and_open_nothing, 0,
                        ROWS(refused));
    suite_add_tcase(s, tc);
    return s;
}
