/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets of an interrupt endpoint that nobody has asked for yet. */
#ifndef DRIVER_USB_EVENTS_H
#define DRIVER_USB_EVENTS_H

#include "driver/cdc_descriptor.h"

enum { USB_EVENTS_MAX = 16 };

struct usb_event {
    uint8_t bytes[CDC_EVENT_MAX];
    size_t size;
};

/* Zeros are an empty queue. */
struct usb_events {
    struct usb_event event[USB_EVENTS_MAX];
    size_t first;
    int count;
};

/* Adds a packet of at most CDC_EVENT_MAX bytes; the oldest makes room. */
void usb_events_put(struct usb_events *events, const uint8_t *bytes, size_t size);

/* Takes the oldest packet, cut to the capacity; its size. There must be one. */
size_t usb_events_take(struct usb_events *events, uint8_t *bytes, size_t capacity);

#endif
