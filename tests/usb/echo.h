/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of few words: it repeats each command line, or says what a test told it to. */
#ifndef TESTS_USB_ECHO_H
#define TESTS_USB_ECHO_H

#include "tests/usb/vdev.h"

enum { ECHO_MAX = 16384 };

/* Set before the host writes; zeros are an echo at once in packets of 64 bytes. */
struct echo {
    const char *answer; /* instead of the line itself; "" is silence */
    uint64_t delay_ms;
    size_t packet;     /* bytes a packet, 0 for full ones */
    int empty_packets; /* one goes before each other packet */
    int babbles;       /* packets without a byte, without end */

    char heard[ECHO_MAX]; /* all that the host wrote */
    size_t heard_size;
    size_t answered; /* up to here */
    char said[ECHO_MAX];
    size_t said_size;
    size_t sent;
    uint64_t due_ms;
    int was_empty;
};

struct vdev_line echo_line(struct echo *echo);

#endif
