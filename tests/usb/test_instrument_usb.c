/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole driver on libusb: the virtual CM-700d behind a virtual USB device. */
#include "driver/instrument.h"

#include <math.h>
#include <string.h>

#include "tests/runner.h"
#include "tests/usb/mock.h"
#include "tests/usb/virtual_line.h"

enum { POINTS = 31 };

static struct mock_bus *bus;
static struct mock_device *device;
static struct virtual_line line;
static unsigned unplug_at; /* the line after which the plug is pulled; 0 for never */

static const struct mock_identity identity = {
    .port = 1, .vendor = 0x132B, .product = 0x210D, .serial = "A0E810203040"};

static void make_instrument(void)
{
    struct emulator_settings settings = emulator_settings_default;
    settings.noise = 0;
    settings.placement = 0;
    line = (struct virtual_line){.emulator = emulator_make(&settings, 0),
                                 .start_ms = mock_now_ms()};
    ck_assert_ptr_nonnull(line.emulator);
    unplug_at = 0;
    bus = mock_bus_make();
    struct vdev_line usb_line = virtual_line(&line);
    device = mock_plug(bus, &identity, &usb_line);
}

static void free_instrument(void)
{
    ck_assert_uint_eq(mock_unexpected(bus), 0); /* a USB reset would be one */
    mock_bus_free(bus);
    emulator_free(line.emulator);
}

static void place(struct vdev *dev, void *user)
{
    (void)dev;
    emulator_place(line.emulator, user, "");
}

static enum instrument_answer prompt(void *user, enum instrument_prompt what,
                                     const char *detail)
{
    (void)user;
    (void)detail;
    if (what == INSTRUMENT_PROMPT_ZERO)
        mock_with(device, place, "zero");
    if (what == INSTRUMENT_PROMPT_WHITE)
        mock_with(device, place, "white");
    return INSTRUMENT_GO_ON;
}

static void count_lines(struct vdev *dev, void *user)
{
    (void)dev;
    *(unsigned *)user = line.lines;
}

static enum instrument_answer pull_plug(void *user)
{
    (void)user;
    unsigned lines;
    mock_with(device, count_lines, &lines);
    if (unplug_at > 0 && lines >= unplug_at)
        mock_unplug(device); /* the second time it does nothing */
    return INSTRUMENT_GO_ON;
}

static const struct instrument_options options = {.cancelled = pull_plug,
                                                  .prompt = prompt};

START_TEST(a_reading_over_usb_is_what_the_virtual_instrument_saw)
{
    struct instrument *instrument;
    ck_assert_int_eq(instrument_open("auto", &options, &instrument), INSTRUMENT_OK);
    struct instrument_description description;
    ck_assert_int_eq(instrument_describe(instrument, &description), INSTRUMENT_OK);
    ck_assert_str_eq(description.model, "CM-700d");
    ck_assert_int_eq(description.origin, INSTRUMENT_IS_REAL);
    ck_assert_int_eq(instrument_calibrate(instrument), INSTRUMENT_OK);
    mock_with(device, place, "scalp");
    struct instrument_reading reading;
    ck_assert_int_eq(instrument_measure(instrument, &reading), INSTRUMENT_OK);
    double sci[POINTS];
    double sce[POINTS];
    emulator_truth(line.emulator, sci, sce);
    ck_assert_uint_eq(reading.points, POINTS);
    for (size_t i = 0; i < POINTS; i++) {
        /* the wire carries steps of 1e-4, so half of one is the error of rounding */
        ck_assert_double_eq_tol(reading.sci[i], sci[i], 5e-5 + 1e-12);
        ck_assert_double_eq_tol(reading.sce[i], sce[i], 5e-5 + 1e-12);
    }
    instrument_close(instrument);
    ck_assert_int_eq(mock_driver_of(device, 0), MOCK_CDC_ACM);
}
END_TEST

static enum instrument_status calibrate_and_measure(void)
{
    struct instrument *instrument;
    enum instrument_status status = instrument_open("auto", &options, &instrument);
    if (status != INSTRUMENT_OK)
        return status;
    status = instrument_calibrate(instrument);
    struct instrument_reading reading;
    if (status == INSTRUMENT_OK)
        status = instrument_measure(instrument, &reading);
    instrument_close(instrument);
    return status;
}

/* Of the 22 lines of the conversation: the one that wakes, SWS, USR, CPS; ZRC, CAL, STR,
 * CPR; MES, the first MDR. The second MDR ends it: its answer may be here before the plug
 * is out. */
static const unsigned unplugs[] = {1, 3, 6, 9, 13, 15, 16, 17, 19, 21};

/* All of the conversation is walked through on a faulty transport, in emulated time. */
START_TEST(a_plug_that_is_pulled_anywhere_in_the_conversation_is_noticed)
{
    unplug_at = unplugs[_i];
    ck_assert_int_eq(calibrate_and_measure(), INSTRUMENT_UNPLUGGED);
    unsigned lines;
    mock_with(device, count_lines, &lines);
    ck_assert_uint_eq(lines, unplug_at); /* none is written to nobody */
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("instrument_usb");
    TCase *whole = tcase_create("whole");
    tcase_set_timeout(whole, 60); /* some seconds of conversation, on a slow machine */
    tcase_add_checked_fixture(whole, make_instrument, free_instrument);
    tcase_add_test(whole, a_reading_over_usb_is_what_the_virtual_instrument_saw);
    tcase_add_loop_test(
        whole, a_plug_that_is_pulled_anywhere_in_the_conversation_is_noticed, 0, 10);
    suite_add_tcase(suite, whole);
    return suite;
}
