/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the connected USB devices is meant. */
#ifndef DRIVER_USB_CHOICE_H
#define DRIVER_USB_CHOICE_H

#include "driver/cdc_descriptor.h"
#include "driver/transport.h"

enum { USB_NAME_SIZE = 32 };

/* A connected device that may be an instrument. */
struct usb_candidate {
    char name[USB_NAME_SIZE]; /* in sysfs: "1-1.4" */
    uint8_t bus;
    uint8_t address;
    uint16_t vendor;
    uint16_t product;
    size_t rank; /* the place in the model's list; the lowest is the likeliest */
    char serial[INSTRUMENT_TEXT_MAX]; /* "" where there is none */
    enum cdc_found port;
    struct cdc_pair pair; /* where port is CDC_FOUND */
};

enum usb_match { USB_FOREIGN, USB_MATCHES };

/*
 * Whether a device's ids are those that the model lists, or that "usb:VID:PID" names, and
 * at which rank. A listed device without a serial port does not match; one that is named
 * does, and opening it then says that it is unsupported.
 */
enum usb_match usb_match(const struct transport_usb_id *usb_ids, size_t count,
                         const char *wanted, struct usb_candidate *candidate);

/* Picks the one that is wanted ("auto", a serial number or its end, "usb:VID:PID"): OK,
 * ABSENT, or SEVERAL where two are equally likely. */
enum instrument_status usb_choose(const struct usb_candidate *candidates, size_t count,
                                  const char *wanted, size_t *chosen);

#endif
