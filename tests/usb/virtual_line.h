/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual CM-700d on a USB device's line, living faster than the clock. */
#ifndef TESTS_USB_VIRTUAL_LINE_H
#define TESTS_USB_VIRTUAL_LINE_H

#include "driver/emulator.h"
#include "tests/usb/vdev.h"

/* Its milliseconds to one of the clock: a calibration of two seconds takes 40 ms. */
enum { VIRTUAL_SPEED = 50 };

struct virtual_line {
    struct emulator *emulator;
    uint64_t start_ms;
    unsigned lines; /* that the host wrote */
};

struct vdev_line virtual_line(struct virtual_line *line);

#endif
