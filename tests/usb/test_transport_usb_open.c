/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding, opening and closing USB devices, with the real libusb on virtual ones. */
#include "driver/transport.h"

#include <stdio.h>
#include <string.h>

#include "tests/runner.h"
#include "tests/usb/bench.h"

static struct bench bench;

static void make_bench(void)
{
    bench_make(&bench);
}

static void free_bench(void)
{
    bench_free(&bench);
}

/* The echo of the device in port 1 serves any other as well. */
static struct mock_device *plug(const struct mock_identity *identity)
{
    struct vdev_line line = echo_line(&bench.echo);
    return mock_plug(bench.bus, identity, &line);
}

static enum instrument_status list(struct instrument_listed *listed, size_t capacity,
                                   size_t *found)
{
    return transport_usb_list(bench_ids, BENCH_IDS, "CM-700d", listed, capacity, found);
}

static void talk(void)
{
    ck_assert_int_eq(bench_send(&bench, "IDR\r\n"), INSTRUMENT_OK);
    bench_expect(&bench, "IDR\r\n");
}

static void close_transport(void)
{
    bench.transport->ops->close(bench.transport);
    bench.transport = NULL;
}

/* -- finding ---------------------------------------------------------------- */

START_TEST(nothing_connected_is_absent)
{
    struct instrument_listed listed;
    size_t found = 7;
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_ABSENT);
    ck_assert_uint_eq(found, 7);
}
END_TEST

START_TEST(a_connected_device_is_listed_without_being_opened)
{
    bench_plug(&bench);
    struct instrument_listed listed;
    size_t found = 0;
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_OK);
    ck_assert_uint_eq(found, 1);
    ck_assert_str_eq(listed.id, "A0E810203040");
    ck_assert_str_eq(listed.model, "CM-700d");
    ck_assert_str_eq(listed.serial, "A0E810203040");
    ck_assert_str_eq(listed.link, "usb 001:002");
    ck_assert_int_eq(listed.state, INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
}
END_TEST

START_TEST(a_device_without_a_serial_number_is_listed_by_its_ids)
{
    struct mock_identity nameless = bench_identity;
    nameless.serial = NULL;
    plug(&nameless);
    struct instrument_listed listed;
    size_t found = 0;
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_OK);
    ck_assert_str_eq(listed.id, "usb:132b:210d");
    ck_assert_str_eq(listed.serial, "");
    ck_assert_int_eq(bench_open(&bench, listed.id), INSTRUMENT_OK);
}
END_TEST

/* The kernel shows a program's claim as a driver of that name. */
START_TEST(a_claimed_device_is_listed_as_busy)
{
    struct mock_identity claimed = bench_identity;
    claimed.driver = "usbfs";
    plug(&claimed);
    struct instrument_listed listed;
    size_t found = 0;
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_OK);
    ck_assert_int_eq(listed.state, INSTRUMENT_BUSY);
}
END_TEST

START_TEST(no_more_devices_are_listed_than_there_is_room_for)
{
    bench_plug(&bench);
    plug(&(struct mock_identity){
        .port = 2, .vendor = 0x132B, .product = 0x210D, .serial = "A0E850607080"});
    struct instrument_listed listed[3];
    size_t found = 0;
    ck_assert_int_eq(list(listed, 1, &found), INSTRUMENT_OK);
    ck_assert_uint_eq(found, 1);
    ck_assert_int_eq(list(listed, 3, &found), INSTRUMENT_OK);
    ck_assert_uint_eq(found, 2);
    ck_assert_str_ne(listed[0].serial, listed[1].serial);
}
END_TEST

START_TEST(of_two_alike_the_caller_has_to_name_one)
{
    bench_plug(&bench);
    plug(&(struct mock_identity){
        .port = 2, .vendor = 0x132B, .product = 0x210D, .serial = "A0E850607080"});
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_SEVERAL);
    ck_assert_int_eq(bench_open(&bench, "usb:132b:210d"), INSTRUMENT_SEVERAL);
    ck_assert_int_eq(bench_open(&bench, "11111111"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(bench_open(&bench, "10203040"), INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CLAIMED);
}
END_TEST

START_TEST(the_likelier_product_goes_before_another_of_the_vendor)
{
    plug(&(struct mock_identity){.port = 2, .vendor = 0x132B, .product = 0x2001});
    bench_plug(&bench);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CLAIMED);
}
END_TEST

START_TEST(a_foreign_device_is_opened_only_when_its_ids_are_named)
{
    struct mock_device *foreign =
        plug(&(struct mock_identity){.port = 3, .vendor = 0x0483, .product = 0x5740});
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(bench_open(&bench, "usb:0483:5741"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(bench_open(&bench, "usb:0483:5740"), INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(foreign, 0), MOCK_CLAIMED);
    talk();
}
END_TEST

START_TEST(a_named_device_without_a_serial_port_is_unsupported)
{
    plug(&(struct mock_identity){.port = 1,
                                 .vendor = 0x132B,
                                 .product = 0x2001,
                                 .descriptors = vdev_descriptors,
                                 .descriptors_size = 18}); /* the configuration is cut */
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_ABSENT);
    ck_assert_int_eq(bench_open(&bench, "usb:132B:2001"), INSTRUMENT_UNSUPPORTED);
}
END_TEST

/* -- opening and closing ---------------------------------------------------- */

START_TEST(opening_takes_both_interfaces_from_the_kernel_and_closing_gives_them_back)
{
    bench_plug(&bench);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CLAIMED);
    ck_assert_int_eq(mock_driver_of(bench.device, 1), MOCK_CLAIMED);
    static const uint8_t coding[] = {0x00, 0xC2, 0x01, 0x00, 0x00, 0x00, 0x08};
    ck_assert_mem_eq(bench_record(&bench).line_coding, coding, sizeof coding);
    ck_assert_uint_eq(bench_record(&bench).lines, 3);
    ck_assert_uint_ge(bench_record(&bench).halts_cleared, 2);
    ck_assert_str_eq(bench.remarks, "");
    close_transport();
    ck_assert_uint_eq(bench_record(&bench).lines, 0);
    ck_assert_uint_eq(bench_record(&bench).lines_set, 2);
    ck_assert_uint_eq(bench_record(&bench).in_flight, 0);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
    ck_assert_int_eq(mock_driver_of(bench.device, 1), MOCK_CDC_ACM);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    talk();
}
END_TEST

START_TEST(a_device_that_refuses_line_settings_is_remarked_upon_and_used)
{
    bench_plug(&bench);
    bench_set_quirks(&bench, VDEV_REFUSES_CODING | VDEV_REFUSES_LINES);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    ck_assert_str_eq(bench.remarks, "the device refuses SET_LINE_CODING\n"
                                    "the device refuses SET_CONTROL_LINE_STATE\n");
    talk();
}
END_TEST

/* What a program that was killed in the middle leaves behind. */
START_TEST(a_halted_device_with_an_old_answer_in_its_mouth_is_opened)
{
    bench_plug(&bench);
    snprintf(bench.echo.said, sizeof bench.echo.said, "OK00,old\r\n");
    bench.echo.said_size = strlen(bench.echo.said);
    bench_halt(&bench, VDEV_BULK_IN);
    bench_halt(&bench, VDEV_BULK_OUT);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    talk();
}
END_TEST

START_TEST(a_device_whose_data_interface_has_an_empty_setting_is_opened)
{
    /* vdev's own, with an alternate setting 0 without endpoints: CDC 1.2 section 3.4.2 */
    static const uint8_t empty[] = {0x09, 0x04, 0x01, 0x00, 0x00, 0x0A, 0x00, 0x00, 0x00};
    enum { BEFORE = 18 + 9 + 9 + 19 + 7 };
    uint8_t descriptors[VDEV_DESCRIPTORS_SIZE + sizeof empty];
    memcpy(descriptors, vdev_descriptors, BEFORE);
    memcpy(descriptors + BEFORE, empty, sizeof empty);
    memcpy(descriptors + BEFORE + sizeof empty, vdev_descriptors + BEFORE,
           VDEV_DESCRIPTORS_SIZE - BEFORE);
    descriptors[18 + 2] += sizeof empty;           /* wTotalLength */
    descriptors[BEFORE + sizeof empty + 3] = 0x01; /* bAlternateSetting */
    struct mock_identity identity = bench_identity;
    identity.descriptors = descriptors;
    identity.descriptors_size = sizeof descriptors;
    struct mock_device *device = plug(&identity);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    ck_assert_uint_eq(mock_setting_of(device, 1), 1);
    talk();
}
END_TEST

START_TEST(opening_is_cancelled_within_a_slice_and_gives_the_device_back)
{
    bench_plug(&bench);
    bench_set_quirks(&bench, VDEV_IGNORES_CODING);
    bench.asked = bench_stop_second;
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_CANCELLED);
    ck_assert_ptr_null(bench.transport);
    ck_assert_int_eq(mock_driver_of(bench.device, 0), MOCK_CDC_ACM);
    ck_assert_uint_eq(bench_record(&bench).in_flight, 0);
}
END_TEST

START_TEST(unplugged_while_opening_says_so)
{
    bench_plug(&bench);
    bench.asked = bench_unplug_first;
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_UNPLUGGED);
    bench.asked = NULL;
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_ABSENT);
}
END_TEST

/* -- held by others --------------------------------------------------------- */

START_TEST(a_claimed_interface_is_busy_and_its_owner_keeps_it)
{
    bench_plug(&bench);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    char holder[INSTRUMENT_TEXT_MAX] = "";
    struct transport *second = NULL;
    ck_assert_int_eq(
        transport_usb_open(bench_ids, BENCH_IDS, "auto", NULL, holder, &second),
        INSTRUMENT_BUSY);
    ck_assert_str_eq(holder, "another program"); /* it is this one: not worth a name */
    talk();
}
END_TEST

/* -- waiting for a device --------------------------------------------------- */

static enum instrument_answer plug_second(void *user)
{
    struct bench *waiting = user;
    if (++waiting->asks == 2)
        bench_plug(waiting);
    return INSTRUMENT_GO_ON;
}

static enum instrument_answer stop_at_once(void *user)
{
    (void)user;
    return INSTRUMENT_STOP;
}

START_TEST(waiting_ends_when_a_device_arrives_and_begins_anew_when_it_left)
{
    struct transport_context context = {.user = &bench, .cancelled = plug_second};
    ck_assert_int_eq(transport_usb_wait(bench_ids, BENCH_IDS, &context), INSTRUMENT_OK);
    ck_assert_uint_eq(bench.asks, 2);
    ck_assert_int_eq(bench_open(&bench, "auto"), INSTRUMENT_OK);
    close_transport();
    mock_unplug(bench.device);
    struct instrument_listed listed;
    size_t found;
    ck_assert_int_eq(list(&listed, 1, &found), INSTRUMENT_ABSENT);
    context.cancelled = stop_at_once;
    ck_assert_int_eq(transport_usb_wait(bench_ids, BENCH_IDS, &context),
                     INSTRUMENT_CANCELLED);
}
END_TEST

START_TEST(a_device_that_is_there_is_not_waited_for)
{
    bench_plug(&bench);
    ck_assert_int_eq(transport_usb_wait(bench_ids, BENCH_IDS, NULL), INSTRUMENT_OK);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("transport_usb_open");
    TCase *find = tcase_create("find");
    tcase_add_checked_fixture(find, make_bench, free_bench);
    tcase_add_test(find, nothing_connected_is_absent);
    tcase_add_test(find, a_connected_device_is_listed_without_being_opened);
    tcase_add_test(find, a_device_without_a_serial_number_is_listed_by_its_ids);
    tcase_add_test(find, a_claimed_device_is_listed_as_busy);
    tcase_add_test(find, no_more_devices_are_listed_than_there_is_room_for);
    tcase_add_test(find, of_two_alike_the_caller_has_to_name_one);
    tcase_add_test(find, the_likelier_product_goes_before_another_of_the_vendor);
    tcase_add_test(find, a_foreign_device_is_opened_only_when_its_ids_are_named);
    tcase_add_test(find, a_named_device_without_a_serial_port_is_unsupported);
    tcase_add_test(find, waiting_ends_when_a_device_arrives_and_begins_anew_when_it_left);
    tcase_add_test(find, a_device_that_is_there_is_not_waited_for);
    suite_add_tcase(suite, find);
    TCase *open = tcase_create("open");
    tcase_add_checked_fixture(open, make_bench, free_bench);
    tcase_add_test(
        open, opening_takes_both_interfaces_from_the_kernel_and_closing_gives_them_back);
    tcase_add_test(open, a_device_that_refuses_line_settings_is_remarked_upon_and_used);
    tcase_add_test(open, a_halted_device_with_an_old_answer_in_its_mouth_is_opened);
    tcase_add_test(open, a_device_whose_data_interface_has_an_empty_setting_is_opened);
    tcase_add_test(open, opening_is_cancelled_within_a_slice_and_gives_the_device_back);
    tcase_add_test(open, unplugged_while_opening_says_so);
    tcase_add_test(open, a_claimed_interface_is_busy_and_its_owner_keeps_it);
    suite_add_tcase(suite, open);
    return suite;
}
