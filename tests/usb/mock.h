/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bus of virtual devices for libusb in this process and its children: the kernel's
 * usbfs and sysfs as umockdev emulates them. Threads: a worker of umockdev answers; every
 * function may be called from the test's thread.
 */
#ifndef TESTS_USB_MOCK_H
#define TESTS_USB_MOCK_H

#include "tests/usb/vdev.h"

struct mock_bus;
struct mock_device;

struct mock_bus *mock_bus_make(void);
void mock_bus_free(struct mock_bus *bus); /* and its devices */

/* How a device presents itself. */
struct mock_identity {
    unsigned port; /* 1 to 9: sysfs name 1-PORT, node 001/PORT+1, tty ttyACM(PORT-1) */
    unsigned vendor;
    unsigned product;
    const char *serial;         /* NULL for none */
    const char *driver;         /* of the interface in sysfs, NULL for cdc_acm */
    const uint8_t *descriptors; /* NULL for vdev's own */
    size_t descriptors_size;
};

/* Connects a device; cdc_acm is bound and its tty is there. */
struct mock_device *mock_plug(struct mock_bus *bus, const struct mock_identity *identity,
                              const struct vdev_line *line);
void mock_unplug(struct mock_device *device);

/* The time the device lives in. */
uint64_t mock_now_ms(void);

/* Does something to the device model while nobody else does. */
void mock_with(struct mock_device *device, void (*action)(struct vdev *dev, void *user),
               void *user);

/* From now on the kernel does not give back what is cancelled, until its file is closed.
 */
void mock_keep_cancelled(struct mock_device *device);

/* From now on the device does not answer to the clearing of a halt: the kernel waits so
 * long. */
void mock_ignore_clearing(struct mock_device *device, unsigned ms);

enum mock_driver { MOCK_UNBOUND, MOCK_CDC_ACM, MOCK_CLAIMED };

/* Who has an interface. */
enum mock_driver mock_driver_of(struct mock_device *device, unsigned interface);

/* The alternate setting an interface is in. */
unsigned mock_setting_of(struct mock_device *device, unsigned interface);

/* Number of ioctls that nobody expected, of all devices. */
unsigned mock_unexpected(const struct mock_bus *bus);

/* Real paths: those of the terminals behind the usbfs node and behind the tty. */
const char *mock_node(const struct mock_device *device);
const char *mock_tty(const struct mock_device *device);

/* The folder in which the bus lives. */
const char *mock_root(const struct mock_bus *bus);

#endif
