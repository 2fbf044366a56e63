/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel tells of a USB device without its being opened. */
#ifndef DRIVER_USB_SYSFS_H
#define DRIVER_USB_SYSFS_H

#include "driver/tty_holder.h"
#include "driver/usb_choice.h"

/* More instruments than anybody connects. */
enum { USB_CANDIDATES_MAX = 16 };

/* The connected devices that usb_match takes, at most capacity in candidates; their
 * number in all. What cannot be read of one stays empty. */
size_t usb_sysfs_find(const struct transport_usb_id *usb_ids, size_t count,
                      const char *wanted, struct usb_candidate *candidates,
                      size_t capacity);

/* The one that is wanted, as usb_choose; UNSUPPORTED where it has no serial port. */
enum instrument_status usb_sysfs_choose(const struct transport_usb_id *usb_ids,
                                        size_t count, const char *wanted,
                                        struct usb_candidate *out);

/*
 * Whether the device can be opened: OK, NO_PERMISSION on the node, or BUSY where another
 * program holds its tty or has claimed it. Opens nothing.
 */
enum instrument_status usb_sysfs_state(const struct usb_candidate *candidate);

/* As tty_holder, of the serial node that the kernel made for the candidate's port. */
enum node_use usb_sysfs_port_use(const struct usb_candidate *candidate, char *holder);

/* Who has the device node open, or "another program"; holder may be NULL. */
void usb_sysfs_name_holder(const struct usb_candidate *candidate, char *holder);

enum usb_presence { USB_GONE, USB_PRESENT };

/* Whether the kernel still knows the device. */
enum usb_presence usb_sysfs_presence(const struct usb_candidate *candidate);

#endif
