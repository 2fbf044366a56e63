/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two halves of the mock share: the bus plugs devices, the ioctls serve them. */
#ifndef TESTS_USB_MOCK_PARTS_H
#define TESTS_USB_MOCK_PARTS_H

#include <umockdev.h>

#include "tests/usb/mock.h"

enum { INTERFACES = 2, DEVICES_MAX = 8, PATH_SIZE = 256 };

struct mock_urb;

struct terminal {
    int master;
    int slave;
    char path[64];
};

struct mock_device {
    struct mock_bus *bus;
    unsigned port;
    int has_tty;
    char device_path[PATH_SIZE];
    struct terminal node; /* its flow control says whether there is something to reap */
    struct terminal tty;
    UMockdevIoctlBase *handler;

    GMutex lock; /* over all that follows */
    struct vdev *vdev;
    UMockdevIoctlClient *claimed[INTERFACES];
    int bound[INTERFACES]; /* to cdc_acm */
    unsigned setting[INTERFACES];
    struct mock_urb *flying;
    struct mock_urb *finished; /* in the order of completion */
    GMainContext *context;     /* umockdev's worker */
    GSource *timer;
    int gone;
    int keeps_cancelled;
    unsigned clearing_ms; /* not 0: it is in vain */
    unsigned clients;     /* files open on the node */
    int is_quiet;         /* the worker has nothing more to do with the device */
    GCond changed;        /* the last two */
};

struct mock_bus {
    UMockdevTestbed *testbed;
    char *root;
    struct mock_device *devices[DEVICES_MAX];
    size_t count;
    unsigned unexpected;
};

/* Tests cannot go on without what is done. */
void mock_must(int done, const char *what);

/* The device model's callback. */
void mock_finish(struct vurb *vurb, void *user);

/* Moves what is due and wakes the worker for what comes next; the lock is held. */
void mock_schedule(struct mock_device *device);

/* Shows on the node whether there is something to reap. */
void mock_show_finished(struct mock_device *device);

/* The signals of umockdev. */
gboolean mock_on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
                       gpointer user);
void mock_on_client(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer user);

/* Gives back what is in flight or finished; the lock is held. */
void mock_drop_urbs(struct mock_device *device);

#endif
