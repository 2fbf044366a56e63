/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talking over an open USB transport, with the real libusb on a virtual device. */
#include "driver/transport.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/runner.h"
#include "tests/usb/bench.h"

static struct bench bench;

static void open_bench(void)
{
    bench_make_open(&bench);
}

static void close_bench(void)
{
    bench_free(&bench);
}

static enum instrument_status receive(uint8_t *data, size_t capacity, size_t *size,
                                      unsigned timeout_ms)
{
    return bench.transport->ops->receive(bench.transport, data, capacity, size,
                                         timeout_ms);
}

static enum instrument_status event(uint8_t *data, size_t capacity, size_t *size,
                                    unsigned timeout_ms)
{
    return bench.transport->ops->event(bench.transport, data, capacity, size, timeout_ms);
}

/* A line of size bytes that ends in CR LF. */
static const char *long_line(size_t size)
{
    static char line[ECHO_MAX];
    for (size_t i = 0; i < size; i++)
        line[i] = (char)('a' + i % 26);
    memcpy(line + size - 2, "\r\n", 3);
    return line;
}

/* -- lines and packets ------------------------------------------------------ */

START_TEST(a_line_goes_out_and_comes_back_and_shows_in_the_trace)
{
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "IDR\r\n");
    ck_assert_str_eq(bench.wire, ">IDR\r\n<IDR\r\n");
}
END_TEST

START_TEST(two_hundred_lines_go_out_and_come_back)
{
    for (int i = 0; i < 200; i++) {
        char line[32];
        snprintf(line, sizeof line, "SPR,%d\r\n", i);
        ck_assert_int_eq(bench_send(&bench, line), INSTRUMENT_OK);
        bench_expect(&bench, line);
    }
}
END_TEST

START_TEST(a_command_may_be_sent_in_pieces)
{
    ck_assert_int_eq(bench_send(&bench, "I"), INSTRUMENT_OK);
    ck_assert_int_eq(bench_send(&bench, "DR\r"), INSTRUMENT_OK);
    ck_assert_int_eq(bench_send(&bench, "\n"), INSTRUMENT_OK);
    bench_expect(&bench, "IDR\r\n");
}
END_TEST

/* Bytes of the answer, of a packet, and whether empty packets lie between. */
static const struct {
    size_t size;
    size_t packet;
    int empty_packets;
} answers[] = {{223, 0, 0}, {223, 0, 1}, {223, 5, 0}, {5000, 0, 0},
               {64, 0, 0},  {128, 0, 1}, {3, 1, 1}};

START_TEST(an_answer_arrives_whole_however_it_is_cut)
{
    bench.echo.answer = long_line(answers[_i].size);
    bench.echo.packet = answers[_i].packet;
    bench.echo.empty_packets = answers[_i].empty_packets;
    ck_assert_int_eq(bench_send(&bench, "MDR,1\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, bench.echo.answer);
}
END_TEST

/* No zero-length packet follows, so the longer transfer stays in flight. */
START_TEST(what_a_timed_out_transfer_brought_is_kept)
{
    bench.echo.answer = long_line(64);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    uint8_t data[512];
    size_t size = 0;
    ck_assert_int_eq(receive(data, sizeof data, &size, 30), INSTRUMENT_OK);
    ck_assert_uint_eq(size, 64);
    ck_assert_mem_eq(data, bench.echo.answer, 64);
}
END_TEST

START_TEST(a_reader_with_less_room_than_a_packet_loses_nothing)
{
    bench.echo.answer = long_line(150);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    char got[151] = "";
    for (size_t length = 0; length < 150;) {
        size_t size = 0;
        ck_assert_int_eq(receive((uint8_t *)got + length, 7, &size, BENCH_LONG_MS),
                         INSTRUMENT_OK);
        ck_assert_uint_le(size, 7);
        length += size;
    }
    ck_assert_str_eq(got, bench.echo.answer);
}
END_TEST

/* Bytes of a command, and how many empty transfers follow it: USB 2.0 section 5.8.3. */
static const struct {
    size_t size;
    unsigned empty;
} commands[] = {{5, 0}, {63, 0}, {64, 1}, {65, 0}, {128, 1}};

START_TEST(an_empty_transfer_follows_a_multiple_of_the_packet_size)
{
    ck_assert_int_eq(bench_send(&bench, long_line(commands[_i].size)), INSTRUMENT_OK);
    ck_assert_uint_eq(bench_record(&bench).writes, 1 + commands[_i].empty);
    ck_assert_uint_eq(bench_record(&bench).empty_writes, commands[_i].empty);
    bench_expect(&bench, long_line(commands[_i].size));
}
END_TEST

/* -- silence ---------------------------------------------------------------- */

START_TEST(silence_is_no_answer_and_leaves_nothing_in_flight)
{
    bench.echo.answer = "";
    ck_assert_int_eq(bench_send(&bench, "MES,1\r\n"), INSTRUMENT_OK);
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 77;
    ck_assert_int_eq(receive(data, sizeof data, &size, 10), INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(size, 77);
    ck_assert_uint_eq(bench_record(&bench).in_flight, 1); /* of the interrupt endpoint */
}
END_TEST

START_TEST(empty_packets_without_end_are_silence)
{
    bench.echo.babbles = 1;
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, 10), INSTRUMENT_NO_ANSWER);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
}
END_TEST

START_TEST(half_a_line_is_given_before_the_silence)
{
    bench.echo.answer = "OK00,01";
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "OK00,01");
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, 10), INSTRUMENT_NO_ANSWER);
}
END_TEST

START_TEST(a_late_answer_comes_to_a_later_call)
{
    bench.echo.delay_ms = 300; /* longer than a busy machine holds this process up */
    ck_assert_int_eq(bench_send(&bench, "CPR\r\n"), INSTRUMENT_OK);
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, 5), INSTRUMENT_NO_ANSWER);
    bench_expect(&bench, "CPR\r\n");
}
END_TEST

START_TEST(a_device_that_takes_nothing_does_not_hold_the_sender)
{
    bench_set_quirks(&bench, VDEV_TAKES_NOTHING);
    ck_assert_int_eq(
        bench.transport->ops->send(bench.transport, (const uint8_t *)"IDR\r\n", 5, 10),
        INSTRUMENT_NO_ANSWER);
    ck_assert_uint_eq(bench_record(&bench).in_flight, 1);
}
END_TEST

/* -- errors ----------------------------------------------------------------- */

START_TEST(a_stalled_reading_endpoint_works_again_after_recover)
{
    bench_halt(&bench, VDEV_BULK_IN);
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
}
END_TEST

START_TEST(a_stalled_writing_endpoint_works_again_after_recover)
{
    bench_halt(&bench, VDEV_BULK_OUT);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
}
END_TEST

START_TEST(between_the_halts_that_are_cleared_it_is_asked_whether_to_stop)
{
    unsigned before = bench_record(&bench).halts_cleared;
    bench.asked = bench_stop_second;
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport),
                     INSTRUMENT_CANCELLED);
    ck_assert_uint_eq(bench_record(&bench).halts_cleared, before + 1);
}
END_TEST

/* The kernel waits 5 s; here it is a little more than a refusal takes. */
START_TEST(a_device_that_does_not_answer_to_one_clearing_is_not_asked_for_another)
{
    mock_ignore_clearing(bench.device, 1100);
    uint64_t before = mock_now_ms();
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport),
                     INSTRUMENT_NO_ANSWER);
    ck_assert_uint_lt(mock_now_ms() - before, 2 * 1100);
}
END_TEST

START_TEST(a_refusal_to_clear_a_halt_is_no_failure)
{
    mock_ignore_clearing(bench.device, 1);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
}
END_TEST

START_TEST(recover_forgets_what_the_device_still_had_to_say)
{
    bench.echo.answer = long_line(300);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_OK);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
    bench.echo.answer = "OK00\r\n";
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "OK00\r\n");
}
END_TEST

START_TEST(a_bus_error_of_a_device_that_stays_is_a_failed_transfer)
{
    bench_fail_next_read(&bench, -EPROTO);
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
}
END_TEST

static unsigned stop_at; /* the question that is answered by stop, once */

static enum instrument_answer stop_once(struct bench *stopped)
{
    return stopped->asks == stop_at ? INSTRUMENT_STOP : INSTRUMENT_GO_ON;
}

/* After the first question it is found out whether the device is still there. */
START_TEST(a_stop_after_a_bus_error_is_told_as_a_stop)
{
    stop_at = (unsigned)_i;
    bench.asked = stop_once;
    bench_fail_next_read(&bench, -EPROTO);
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_CANCELLED);
}
END_TEST

/* A hub reports a pulled plug later than the transfers fail. */
START_TEST(a_bus_error_of_a_device_that_goes_is_unplugged)
{
    bench_fail_next_read(&bench, -EPROTO);
    bench.asked = bench_unplug_first;
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_UNPLUGGED);
}
END_TEST

START_TEST(bytes_before_an_error_come_first_and_the_error_by_the_next_call)
{
    bench.echo.answer = long_line(64); /* a full packet leaves the transfer in flight */
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench.asked = bench_unplug_first;
    uint8_t data[512];
    size_t size = 0;
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_OK);
    ck_assert_uint_eq(size, 64);
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNPLUGGED);
}
END_TEST

static enum instrument_answer halt_reading(struct bench *halted)
{
    bench_halt(halted, VDEV_BULK_IN);
    return INSTRUMENT_GO_ON;
}

START_TEST(recover_also_forgets_an_error_that_waits_behind_its_bytes)
{
    bench.echo.answer = long_line(64);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench.asked = halt_reading;
    uint8_t data[512];
    size_t size = 0;
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_OK);
    ck_assert_uint_eq(size, 64);
    bench.asked = NULL;
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, bench.echo.answer);
}
END_TEST

/* The transport waits five seconds for what it cancelled, and once only. */
START_TEST(a_link_whose_transfers_do_not_come_back_is_given_up)
{
    mock_keep_cancelled(bench.device);
    uint64_t before = mock_now_ms();
    char text[TRANSPORT_PACKET + 1];
    ck_assert_int_eq(bench_receive(&bench, text, 10), INSTRUMENT_TRANSFER);
    ck_assert_ptr_nonnull(strstr(bench.remarks, "does not come back\n"));
    ck_assert_int_eq(bench_receive(&bench, text, BENCH_LONG_MS), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_TRANSFER);
    bench.transport->ops->close(bench.transport);
    bench.transport = NULL;
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
    ck_assert_uint_ge(mock_now_ms() - before, 5000);
    ck_assert_uint_lt(mock_now_ms() - before, 2 * 5000); /* a loaded machine is slow */
}
END_TEST

START_TEST(a_link_whose_event_reader_does_not_come_back_is_closed_all_the_same)
{
    mock_keep_cancelled(bench.device);
    bench.transport->ops->close(bench.transport);
    bench.transport = NULL;
    ck_assert_ptr_nonnull(strstr(bench.remarks, "does not come back\n"));
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
}
END_TEST

/* -- the plug --------------------------------------------------------------- */

START_TEST(unplugged_while_reading_everything_says_so_from_then_on)
{
    bench.asked = bench_unplug_first;
    uint8_t data[TRANSPORT_PACKET] = {0};
    size_t size = 0;
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_UNPLUGGED);
    const struct transport_request request = {.type = 0xA1, .request = 0x21, .size = 7};
    ck_assert_int_eq(
        bench.transport->ops->control(bench.transport, &request, data, BENCH_LONG_MS),
        INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport),
                     INSTRUMENT_UNPLUGGED);
    ck_assert_int_eq(bench.transport->ops->wait(bench.transport, 1), INSTRUMENT_OK);
}
END_TEST

START_TEST(a_device_that_left_in_silence_is_noticed_by_the_event_reader)
{
    bench.asked = bench_unplug_first;
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 0;
    ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNPLUGGED);
}
END_TEST

/* -- cancelling ------------------------------------------------------------- */

START_TEST(every_wait_ends_within_a_slice_of_being_cancelled)
{
    bench.asked = bench_stop_second;
    bench.echo.answer = "";
    uint8_t data[TRANSPORT_PACKET];
    size_t size = 0;
    uint64_t before = mock_now_ms();
    ck_assert_int_eq(receive(data, sizeof data, &size, 60000), INSTRUMENT_CANCELLED);
    bench.asks = 0;
    ck_assert_int_eq(event(data, sizeof data, &size, 60000), INSTRUMENT_CANCELLED);
    bench.asks = 0;
    ck_assert_int_eq(bench.transport->ops->wait(bench.transport, 60000),
                     INSTRUMENT_CANCELLED);
    bench.asks = 0;
    bench_set_quirks(&bench, VDEV_TAKES_NOTHING);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_CANCELLED);
    ck_assert_uint_eq(bench_record(&bench).in_flight, 1); /* all else was reaped */
    /* four slices of 100 ms in full; a loaded machine may take several times as long */
    ck_assert_uint_ge(mock_now_ms() - before, 4 * 90);
    ck_assert_uint_lt(mock_now_ms() - before, 2000);
}
END_TEST

START_TEST(what_came_before_the_cancelling_is_read_afterwards)
{
    bench.echo.answer = long_line(64);
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench.asks = 0;
    bench.asked = bench_stop_second;
    uint8_t data[512];
    size_t size = 0;
    ck_assert_int_eq(receive(data, sizeof data, &size, 60000), INSTRUMENT_CANCELLED);
    bench.asked = NULL;
    ck_assert_int_eq(receive(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_OK);
    ck_assert_uint_eq(size, 64);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

static TCase *lines(void)
{
    TCase *lines = tcase_create("lines");
    tcase_add_checked_fixture(lines, open_bench, close_bench);
    tcase_add_test(lines, a_line_goes_out_and_comes_back_and_shows_in_the_trace);
    tcase_add_test(lines, two_hundred_lines_go_out_and_come_back);
    tcase_add_test(lines, a_command_may_be_sent_in_pieces);
    tcase_add_loop_test(lines, an_answer_arrives_whole_however_it_is_cut, 0,
                        ROWS(answers));
    tcase_add_test(lines, what_a_timed_out_transfer_brought_is_kept);
    tcase_add_test(lines, a_reader_with_less_room_than_a_packet_loses_nothing);
    tcase_add_loop_test(lines, an_empty_transfer_follows_a_multiple_of_the_packet_size, 0,
                        ROWS(commands));
    tcase_add_test(lines, silence_is_no_answer_and_leaves_nothing_in_flight);
    tcase_add_test(lines, empty_packets_without_end_are_silence);
    tcase_add_test(lines, half_a_line_is_given_before_the_silence);
    tcase_add_test(lines, a_late_answer_comes_to_a_later_call);
    tcase_add_test(lines, a_device_that_takes_nothing_does_not_hold_the_sender);
    return lines;
}

static TCase *troubles(void)
{
    TCase *troubles = tcase_create("troubles");
    tcase_add_checked_fixture(troubles, open_bench, close_bench);
    tcase_add_test(troubles, a_stalled_reading_endpoint_works_again_after_recover);
    tcase_add_test(troubles, a_stalled_writing_endpoint_works_again_after_recover);
    tcase_add_test(troubles,
                   between_the_halts_that_are_cleared_it_is_asked_whether_to_stop);
    tcase_add_test(
        troubles, a_device_that_does_not_answer_to_one_clearing_is_not_asked_for_another);
    tcase_add_test(troubles, a_refusal_to_clear_a_halt_is_no_failure);
    tcase_add_test(troubles, recover_forgets_what_the_device_still_had_to_say);
    tcase_add_test(troubles, a_bus_error_of_a_device_that_stays_is_a_failed_transfer);
    tcase_add_loop_test(troubles, a_stop_after_a_bus_error_is_told_as_a_stop, 1, 6);
    tcase_add_test(troubles, a_bus_error_of_a_device_that_goes_is_unplugged);
    tcase_add_test(troubles,
                   bytes_before_an_error_come_first_and_the_error_by_the_next_call);
    tcase_add_test(troubles, recover_also_forgets_an_error_that_waits_behind_its_bytes);
    tcase_add_test(troubles, a_link_whose_transfers_do_not_come_back_is_given_up);
    tcase_add_test(troubles,
                   a_link_whose_event_reader_does_not_come_back_is_closed_all_the_same);
    tcase_add_test(troubles, unplugged_while_reading_everything_says_so_from_then_on);
    tcase_add_test(troubles,
                   a_device_that_left_in_silence_is_noticed_by_the_event_reader);
    tcase_add_test(troubles, every_wait_ends_within_a_slice_of_being_cancelled);
    tcase_add_test(troubles, what_came_before_the_cancelling_is_read_afterwards);
    return troubles;
}

Suite *suite(void)
{
    Suite *suite = suite_create("transport_usb");
    suite_add_tcase(suite, lines());
    suite_add_tcase(suite, troubles());
    return suite;
}
