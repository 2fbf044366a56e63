/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the USB transport share: a bus, one device on it that echoes, and the
 * transport that talks to it. */
#ifndef TESTS_USB_BENCH_H
#define TESTS_USB_BENCH_H

#include "driver/transport.h"
#include "tests/usb/echo.h"
#include "tests/usb/mock.h"

struct bench {
    struct mock_bus *bus;
    struct echo echo;
    struct mock_device *device;
    struct transport *transport;

    /* Called each time the transport asks whether to stop; NULL goes on. */
    enum instrument_answer (*asked)(struct bench *bench);
    unsigned asks;
    char remarks[1024]; /* of the driver, each followed by a line end */
    char wire[1024];    /* ">" and what was sent, "<" and what was received */
};

/* The ids that the CM-700d's driver lists. */
enum { BENCH_IDS = 2 };
extern const struct transport_usb_id bench_ids[BENCH_IDS];

/* A CM-700d in port 1. */
extern const struct mock_identity bench_identity;

/* Longer than anything takes on a machine that is not overloaded. */
enum { BENCH_LONG_MS = 5000 };

void bench_make(struct bench *bench);
void bench_plug(struct bench *bench);
enum instrument_status bench_open(struct bench *bench, const char *wanted);

/* All three, with the count of questions and the trace at their beginning. */
void bench_make_open(struct bench *bench);

/* Closes what is open; no reset and no other surprise may have come. */
void bench_free(struct bench *bench);

/* Sends a text; receives what one transfer of TRANSPORT_PACKET bytes brings, as a text.
 */
enum instrument_status bench_send(struct bench *bench, const char *text);
enum instrument_status bench_receive(struct bench *bench, char text[TRANSPORT_PACKET + 1],
                                     unsigned timeout_ms);

/* Receives packet by packet, as line readers do, until all of the text has come. */
void bench_expect(struct bench *bench, const char *text);

struct vdev_record bench_record(struct bench *bench);
void bench_set_quirks(struct bench *bench, unsigned quirks);
void bench_halt(struct bench *bench, uint8_t endpoint);
void bench_fail_next_read(struct bench *bench, int status);

/* Answers of the cancelled callback. */
enum instrument_answer bench_stop(struct bench *bench);
enum instrument_answer bench_stop_second(struct bench *bench);
enum instrument_answer bench_unplug_first(struct bench *bench);

#endif
