/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The USB transport with the real libusb on virtual devices. */
#include "driver/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/runner.h"
#include "tests/usb/echo.h"
#include "tests/usb/mock.h"

static const struct transport_usb_id ids[] = {
    {.vendor = 0x132B, .product = 0x210D, .class = TRANSPORT_CDC_ACM},
    {.vendor = 0x132B, .product = TRANSPORT_ANY_PRODUCT, .class = TRANSPORT_CDC_ACM}};

enum { IDS = sizeof ids / sizeof ids[0] };

static const struct mock_identity cm700d = {
    .port = 1, .vendor = 0x132B, .product = 0x210D, .serial = "A0E810203040"};

/* Longer than any answer here takes on a machine that is not overloaded. */
enum { LONG_MS = 5000 };

/* What each test starts with, and may change. */
static struct mock_bus *bus;
static struct echo *echo;
static struct mock_device *device;
static struct transport *transport;

static void make_bus(void)
{
    bus = mock_bus_make();
    echo = calloc(1, sizeof *echo);
    device = NULL;
    transport = NULL;
}

static void plug(void)
{
    struct vdev_line line = echo_line(echo);
    device = mock_plug(bus, &cm700d, &line);
}

static void free_bus(void)
{
    ck_assert_uint_eq(mock_unexpected(bus), 0); /* a reset would be among them */
    mock_bus_free(bus);
    free(echo);
}

static enum instrument_status open_wanted(const char *wanted)
{
    return transport_usb_open(ids, IDS, wanted, NULL, NULL, &transport);
}

static void open_device(void)
{
    make_bus();
    plug();
    ck_assert_int_eq(open_wanted("auto"), INSTRUMENT_OK);
}

static void close_device(void)
{
    transport->ops->close(transport);
    free_bus();
}

static enum instrument_status send_text(const char *text)
{
    return transport->ops->send(transport, (const uint8_t *)text, strlen(text), LONG_MS);
}

/* Receives as line readers do, a packet at a time, until size bytes have come. */
static void receive_all(char *text, size_t size)
{
    size_t length = 0;
    while (length < size) {
        size_t got = 0;
        ck_assert_int_eq(transport->ops->receive(transport, (uint8_t *)text + length,
                                                 TRANSPORT_PACKET, &got, LONG_MS),
                         INSTRUMENT_OK);
        ck_assert_uint_gt(got, 0);
        length += got;
    }
    text[length] = '\0';
}

static void expect(const char *text)
{
    char got[ECHO_MAX + TRANSPORT_PACKET];
    receive_all(got, strlen(text));
    ck_assert_str_eq(got, text);
}

static void copy_record(struct vdev *dev, void *user)
{
    *(struct vdev_record *)user = vdev_record(dev);
}

static struct vdev_record record(void)
{
    struct vdev_record copy;
    mock_with(device, copy_record, &copy);
    return copy;
}

/* -- finding ---------------------------------------------------------------- */

START_TEST(nothing_connected_is_absent)
{
    struct instrument_listed listed;
    size_t found = 7;
    ck_assert_int_eq(open_wanted("auto"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(transport_usb_list(ids, IDS, "CM-700d", &listed, 1, &found),
                     INSTRUMENT_ABSENT);
    ck_assert_uint_eq(found, 7);
}
END_TEST

START_TEST(a_connected_device_is_listed_without_being_opened)
{
    plug();
    struct instrument_listed listed;
    size_t found = 0;
    ck_assert_int_eq(transport_usb_list(ids, IDS, "CM-700d", &listed, 1, &found),
                     INSTRUMENT_OK);
    ck_assert_uint_eq(found, 1);
    ck_assert_str_eq(listed.id, "A0E810203040");
    ck_assert_str_eq(listed.model, "CM-700d");
    ck_assert_str_eq(listed.serial, "A0E810203040");
    ck_assert_str_eq(listed.link, "usb 001:002");
    ck_assert_int_eq(listed.state, INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
}
END_TEST

/* -- opening and closing ---------------------------------------------------- */

START_TEST(opening_takes_both_interfaces_from_the_kernel_and_closing_gives_them_back)
{
    plug();
    ck_assert_int_eq(open_wanted("auto"), INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CLAIMED);
    ck_assert_int_eq(mock_driver_of(device, 1), MOCK_CLAIMED);
    static const uint8_t coding[] = {0x00, 0xC2, 0x01, 0x00, 0x00, 0x00, 0x08};
    ck_assert_mem_eq(record().line_coding, coding, sizeof coding);
    ck_assert_uint_eq(record().lines, 3);
    ck_assert_uint_ge(record().halts_cleared, 2);
    transport->ops->close(transport);
    ck_assert_uint_eq(record().lines, 0);
    ck_assert_uint_eq(record().lines_set, 2);
    ck_assert_uint_eq(record().in_flight, 0);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
    ck_assert_int_eq(mock_driver_of(device, 1), MOCK_CDC_ACM);
}
END_TEST

/* -- talking ---------------------------------------------------------------- */

START_TEST(a_line_goes_out_and_comes_back)
{
    ck_assert_int_eq(send_text("IDR\r\n"), INSTRUMENT_OK);
    expect("IDR\r\n");
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("transport_usb");
    TCase *bare = tcase_create("bare");
    tcase_add_checked_fixture(bare, make_bus, free_bus);
    tcase_add_test(bare, nothing_connected_is_absent);
    tcase_add_test(bare, a_connected_device_is_listed_without_being_opened);
    tcase_add_test(
        bare, opening_takes_both_interfaces_from_the_kernel_and_closing_gives_them_back);
    suite_add_tcase(suite, bare);
    TCase *open = tcase_create("open");
    tcase_add_checked_fixture(open, open_device, close_device);
    tcase_add_test(open, a_line_goes_out_and_comes_back);
    suite_add_tcase(suite, open);
    return suite;
}
