/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The virtual USB device on a real kernel: USB/IP over a socket pair whose other end the
 * virtual host controller (vhci_hcd) holds. The second thin back end under vdev.
 */
#ifndef TESTS_GUEST_USBIP_H
#define TESTS_GUEST_USBIP_H

#include "tests/usb/vdev.h"

struct usbip;

/* Connects a device to the controller's first port; NULL with errno on failure. */
struct usbip *usbip_plug(const struct vdev_line *line);

/* Pulls it out: what is in flight is lost. NULL is fine. */
void usbip_unplug(struct usbip *usbip);

/* Readable when the kernel wants something. */
int usbip_socket(const struct usbip *usbip);

/* Takes one request of the kernel, waiting for it; 0 when the kernel has hung up. */
int usbip_serve(struct usbip *usbip, uint64_t now_ms);

/* Moves what is due, and says when to do it next (UINT64_MAX: not before a request). */
uint64_t usbip_pump(struct usbip *usbip, uint64_t now_ms);

#endif
