/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control requests, events and the clock of an open USB transport. */
#include "driver/transport.h"

#include <string.h>

#include "driver/cdc_descriptor.h"
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

static enum instrument_status event(uint8_t *data, size_t capacity, size_t *size,
                                    unsigned timeout_ms)
{
    return bench.transport->ops->event(bench.transport, data, capacity, size, timeout_ms);
}

/* -- control requests ------------------------------------------------------- */

START_TEST(a_control_request_brings_its_data)
{
    uint8_t coding[7] = {0};
    const struct transport_request request = {.type = 0xA1, .request = 0x21, .size = 7};
    ck_assert_int_eq(
        bench.transport->ops->control(bench.transport, &request, coding, BENCH_LONG_MS),
        INSTRUMENT_OK);
    static const uint8_t expected[] = {0x00, 0xC2, 0x01, 0x00, 0x00, 0x00, 0x08};
    ck_assert_mem_eq(coding, expected, sizeof expected);
}
END_TEST

static const struct {
    struct transport_request request;
    enum instrument_status status;
} refused[] = {
    {{.type = 0xC0, .request = 0x99, .size = 4}, INSTRUMENT_TRANSFER},   /* a stall */
    {{.type = 0xA1, .request = 0x21, .size = 20}, INSTRUMENT_BAD_REPLY}, /* 7 come */
    {{.type = 0xA1, .request = 0x21, .size = 5000}, INSTRUMENT_UNSUPPORTED}};

START_TEST(a_control_request_that_fails_says_how)
{
    uint8_t data[5000] = {0};
    ck_assert_int_eq(bench.transport->ops->control(bench.transport, &refused[_i].request,
                                                   data, BENCH_LONG_MS),
                     refused[_i].status);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
}
END_TEST

/* -- events ----------------------------------------------------------------- */

/* SERIAL_STATE with these bits: PSTN 1.2 section 6.5.4. */
static void notify(struct vdev *dev, void *user)
{
    uint8_t notice[] = {0xA1, 0x20, 0, 0, 0, 0, 2, 0, *(const uint8_t *)user, 0};
    vdev_notify(dev, notice, sizeof notice, mock_now_ms());
}

START_TEST(events_wait_in_their_order_until_they_are_read)
{
    for (uint8_t bits = 1; bits <= 3; bits++)
        mock_with(bench.device, notify, &bits);
    for (uint8_t bits = 1; bits <= 3; bits++) {
        uint8_t data[CDC_EVENT_MAX];
        size_t size = 0;
        ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_OK);
        ck_assert_uint_eq(size, 10);
        ck_assert_uint_eq(data[8], bits);
    }
    uint8_t data[CDC_EVENT_MAX];
    size_t size = 0;
    ck_assert_int_eq(event(data, sizeof data, &size, 5), INSTRUMENT_NO_ANSWER);
}
END_TEST

START_TEST(a_stalled_event_endpoint_disturbs_no_line_and_works_again_after_recover)
{
    bench_halt(&bench, VDEV_EVENT_IN);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
    uint8_t data[CDC_EVENT_MAX];
    size_t size = 0;
    ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_TRANSFER);
    ck_assert_int_eq(bench.transport->ops->recover(bench.transport), INSTRUMENT_OK);
    uint8_t bits = 2;
    mock_with(bench.device, notify, &bits);
    ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS), INSTRUMENT_OK);
}
END_TEST

START_TEST(a_port_without_an_event_endpoint_says_so)
{
    static uint8_t descriptors[VDEV_DESCRIPTORS_SIZE];
    enum { ATTRIBUTES = 18 + 9 + 9 + 19 + 3 };
    memcpy(descriptors, vdev_descriptors, sizeof descriptors);
    descriptors[ATTRIBUTES] = 0x01; /* isochronous: not one to wait for events on */
    bench_free(&bench);
    bench_make(&bench);
    struct mock_identity identity = bench_identity;
    identity.descriptors = descriptors;
    identity.descriptors_size = sizeof descriptors;
    struct vdev_line line = echo_line(&bench.echo);
    bench.device = mock_plug(bench.bus, &identity, &line);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    uint8_t data[CDC_EVENT_MAX];
    size_t size = 0;
    ck_assert_int_eq(event(data, sizeof data, &size, BENCH_LONG_MS),
                     INSTRUMENT_UNSUPPORTED);
    ck_assert_int_eq(bench_send(&bench, "STR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "STR\r\n");
}
END_TEST

START_TEST(the_clock_moves_by_what_was_waited_for)
{
    uint64_t before = bench.transport->ops->now_ms(bench.transport);
    ck_assert_int_eq(bench.transport->ops->wait(bench.transport, 3), INSTRUMENT_OK);
    ck_assert_uint_ge(bench.transport->ops->now_ms(bench.transport), before + 3);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

Suite *suite(void)
{
    Suite *suite = suite_create("transport_usb_requests");
    TCase *requests = tcase_create("requests");
    tcase_add_checked_fixture(requests, open_bench, close_bench);
    tcase_add_test(requests, a_control_request_brings_its_data);
    tcase_add_loop_test(requests, a_control_request_that_fails_says_how, 0,
                        ROWS(refused));
    tcase_add_test(requests, events_wait_in_their_order_until_they_are_read);
    tcase_add_test(
        requests,
        a_stalled_event_endpoint_disturbs_no_line_and_works_again_after_recover);
    tcase_add_test(requests, a_port_without_an_event_endpoint_says_so);
    tcase_add_test(requests, the_clock_moves_by_what_was_waited_for);
    suite_add_tcase(suite, requests);
    return suite;
}
