/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A USB device that is opened and claimed, and transfers to it: each is asynchronous and
 * is waited for in slices, so that a caller may stop at any time. */
#ifndef DRIVER_USB_LINK_H
#define DRIVER_USB_LINK_H

#include "driver/transport_context.h"
#include "driver/usb_choice.h"

struct libusb_context;
struct libusb_device_handle;
struct libusb_transfer;

/* Zeros but for context and device are one that was never opened. */
struct usb_link {
    struct transport_context context;
    struct usb_candidate device;
    struct libusb_context *libusb;
    struct libusb_device_handle *handle;
    int claimed_control;
    int claimed_data;
    struct libusb_transfer *transfer; /* the one a caller waits for */
    int transfer_done;
    struct libusb_transfer *event_transfer; /* the caller's to fill in and submit */
    int is_stuck; /* a cancelled transfer never came back: none is submitted any more */
};

/*
 * Opens the device and claims both interfaces of its port, unless another program holds
 * that: BUSY then, its name in holder[INSTRUMENT_TEXT_MAX]. ABSENT, NO_PERMISSION,
 * TRANSFER, NO_MEMORY; close what was opened after a failure, too.
 */
enum instrument_status usb_link_open(struct usb_link *link, char *holder);

/* Gives back what was claimed, and ends what is still in flight. */
void usb_link_close(struct usb_link *link);

/* Submits the transfer, which is filled in but for the callback, and has it back unless
 * the link is stuck; what a cancelled one brought is in it. OK, CANCELLED, NO_ANSWER at
 * the deadline, UNPLUGGED, TRANSFER. */
enum instrument_status usb_link_run(struct usb_link *link, uint64_t deadline_ms);

/* Cancels a transfer and waits until its callback sets done. The kernel gives every
 * cancelled transfer back; if it does not, the link is stuck, and the transfer and its
 * buffer stay libusb's until the link is closed. */
void usb_link_cancel(struct usb_link *link, struct libusb_transfer *transfer, int *done);

/* Waits until a callback sets done: OK, CANCELLED, NO_ANSWER at the deadline, TRANSFER.
 */
enum instrument_status usb_link_wait_until(struct usb_link *link, int *done,
                                           uint64_t deadline_ms);

/* Waits while transfers go on: OK or CANCELLED. */
enum instrument_status usb_link_wait(struct usb_link *link, unsigned ms);

#endif
