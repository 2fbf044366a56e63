/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A USB device with a serial port (CDC-ACM), as a host controller sees it: requests are
 * submitted and come back completed. Time is an argument; it knows no back end, and who
 * answers on the line is a struct of functions.
 */
#ifndef TESTS_USB_VDEV_H
#define TESTS_USB_VDEV_H

#include <stddef.h>
#include <stdint.h>

/* Who is on the line. */
struct vdev_line {
    void *state;
    void (*write)(void *state, const uint8_t *bytes, size_t size, uint64_t now_ms);
    /* One packet that is due, of at most capacity bytes; 0 when there is none. */
    int (*read)(void *state, uint8_t *bytes, size_t capacity, size_t *size,
                uint64_t now_ms);
    /* When something next becomes due; UINT64_MAX when nothing is under way. */
    uint64_t (*next_ms)(void *state, uint64_t now_ms);
};

/* A request of the host: endpoint 0 with its setup bytes, or a bulk or interrupt one. */
struct vurb {
    uint8_t endpoint; /* address, 0x80 for IN; of endpoint 0 the setup bytes decide */
    uint8_t setup[8];
    uint8_t *buffer;
    size_t length;
    size_t actual;
    int status; /* 0 or a negative errno, as the kernel reports it */
    void *owner;
    struct vurb *next;
};

/* The descriptors, device and configuration, that vdev_make's device has. */
extern const uint8_t vdev_descriptors[];
enum { VDEV_DESCRIPTORS_SIZE = 18 + 67 };
enum { VDEV_EVENT_IN = 0x81, VDEV_BULK_OUT = 0x02, VDEV_BULK_IN = 0x83 };

/* Bits of what a device may refuse, and of what it does not take. */
enum vdev_quirk {
    VDEV_REFUSES_CODING = 1 << 0,
    VDEV_REFUSES_LINES = 1 << 1,
    VDEV_TAKES_NOTHING = 1 << 2, /* writes stay in flight */
    VDEV_IGNORES_CODING = 1 << 3 /* the request stays in flight */
};

struct vdev;

/* done is called with each request that is completed. */
struct vdev *vdev_make(const struct vdev_line *line,
                       void (*done)(struct vurb *urb, void *user), void *user);
void vdev_free(struct vdev *dev);

void vdev_submit(struct vdev *dev, struct vurb *urb, uint64_t now_ms);
void vdev_cancel(struct vdev *dev, struct vurb *urb);
void vdev_clear_halt(struct vdev *dev, uint8_t endpoint, uint64_t now_ms);

/* Moves what is due. */
void vdev_pump(struct vdev *dev, uint64_t now_ms);

/* When to pump next; UINT64_MAX for not before the host does something. */
uint64_t vdev_next_event(struct vdev *dev, uint64_t now_ms);

/* What a test does to the device. */
void vdev_set_quirks(struct vdev *dev, unsigned quirks);
void vdev_halt(struct vdev *dev, uint8_t endpoint, uint64_t now_ms);
void vdev_fail_next_read(struct vdev *dev, int status, uint64_t now_ms); /* once */
void vdev_notify(struct vdev *dev, const uint8_t *bytes, size_t size, uint64_t now_ms);
void vdev_unplug(struct vdev *dev);

/* What the host did to it. */
struct vdev_record {
    uint8_t line_coding[7];
    unsigned line_codings; /* number of requests */
    unsigned lines;        /* the last SET_CONTROL_LINE_STATE */
    unsigned lines_set;    /* number of requests */
    unsigned halts_cleared;
    unsigned writes;       /* number of bulk OUT requests */
    unsigned empty_writes; /* of them without a byte */
    unsigned in_flight;    /* requests not completed */
};
struct vdev_record vdev_record(const struct vdev *dev);

#endif
