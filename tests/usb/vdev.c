/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/usb/vdev.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PACKET = 64, ENDPOINTS = 16, NOTICES = 32, CODING_SIZE = 7 };

const uint8_t vdev_descriptors[VDEV_DESCRIPTORS_SIZE] = {
    /* device 132b:210d; strings 1 KONICA MINOLTA, 2 CM-700d, 3 the serial number */
    0x12, 0x01, 0x00, 0x02, 0x02, 0x00, 0x00, 0x40, 0x2B, 0x13, 0x0D, 0x21, 0x00, 0x01,
    0x01, 0x02, 0x03, 0x01,
    /* configuration 1 */
    0x09, 0x02, 0x43, 0x00, 0x02, 0x01, 0x00, 0xC0, 0x32,
    /* interface 0: ACM control */
    0x09, 0x04, 0x00, 0x00, 0x01, 0x02, 0x02, 0x01, 0x00,
    /* header, call management, ACM, union */
    0x05, 0x24, 0x00, 0x10, 0x01, 0x05, 0x24, 0x01, 0x00, 0x01, 0x04, 0x24, 0x02, 0x02,
    0x05, 0x24, 0x06, 0x00, 0x01,
    /* interrupt IN */
    0x07, 0x05, VDEV_EVENT_IN, 0x03, 0x10, 0x00, 0x10,
    /* interface 1: data */
    0x09, 0x04, 0x01, 0x00, 0x02, 0x0A, 0x00, 0x00, 0x00,
    /* bulk OUT, bulk IN */
    0x07, 0x05, VDEV_BULK_OUT, 0x02, PACKET, 0x00, 0x00, 0x07, 0x05, VDEV_BULK_IN, 0x02,
    PACKET, 0x00, 0x00};

struct packet {
    uint8_t bytes[PACKET];
    size_t size;
};

struct vdev {
    struct vdev_line line;
    void (*done)(struct vurb *urb, void *user);
    void *user;
    struct vurb *in_flight; /* in the order they came */
    struct packet waiting;  /* taken from the line, not yet by the host */
    int is_waiting;
    struct packet notices[NOTICES];
    size_t notice_count;
    int halted[ENDPOINTS];
    int read_failure;
    int gone;
    unsigned quirks;
    struct vdev_record record;
};

struct vdev *vdev_make(const struct vdev_line *line,
                       void (*done)(struct vurb *urb, void *user), void *user)
{
    struct vdev *dev = calloc(1, sizeof *dev);
    if (!dev)
        return NULL;
    dev->line = *line;
    dev->done = done;
    dev->user = user;
    return dev;
}

void vdev_free(struct vdev *dev)
{
    free(dev);
}

static void complete(struct vdev *dev, struct vurb *urb, int status)
{
    struct vurb **link = &dev->in_flight;
    while (*link && *link != urb)
        link = &(*link)->next;
    if (*link)
        *link = urb->next;
    urb->status = status;
    dev->done(urb, dev->user);
}

static struct vurb *first_on(const struct vdev *dev, uint8_t endpoint)
{
    struct vurb *urb = dev->in_flight;
    while (urb && urb->endpoint != endpoint)
        urb = urb->next;
    return urb;
}

/* -- endpoint 0 ------------------------------------------------------------- */

/* PSTN 1.2 section 6.3 */
enum {
    CLASS_OUT = 0x21,
    CLASS_IN = 0xA1,
    SET_LINE_CODING = 0x20,
    GET_LINE_CODING = 0x21,
    SET_CONTROL_LINE_STATE = 0x22
};

static int is_request(const struct vurb *urb, uint8_t type, uint8_t request)
{
    return urb->setup[0] == type && urb->setup[1] == request;
}

/* A stall of endpoint 0 ends with the next request. */
static void answer_control(struct vdev *dev, struct vurb *urb)
{
    int status = -EPIPE;
    if (is_request(urb, CLASS_OUT, SET_LINE_CODING) && urb->length == CODING_SIZE) {
        dev->record.line_codings++;
        if (dev->quirks & VDEV_IGNORES_CODING)
            return;
        if (!(dev->quirks & VDEV_REFUSES_CODING)) {
            memcpy(dev->record.line_coding, urb->buffer, CODING_SIZE);
            urb->actual = CODING_SIZE;
            status = 0;
        }
    } else if (is_request(urb, CLASS_IN, GET_LINE_CODING)) {
        urb->actual = urb->length < CODING_SIZE ? urb->length : CODING_SIZE;
        memcpy(urb->buffer, dev->record.line_coding, urb->actual);
        status = 0;
    } else if (is_request(urb, CLASS_OUT, SET_CONTROL_LINE_STATE)) {
        dev->record.lines_set++;
        if (!(dev->quirks & VDEV_REFUSES_LINES)) {
            dev->record.lines = urb->setup[2];
            status = 0;
        }
    }
    complete(dev, urb, status);
}

/* -- bulk and interrupt ----------------------------------------------------- */

static void take_writes(struct vdev *dev, uint64_t now_ms)
{
    struct vurb *urb;
    while ((urb = first_on(dev, VDEV_BULK_OUT))) {
        if (dev->halted[VDEV_BULK_OUT]) {
            complete(dev, urb, -EPIPE);
            continue;
        }
        if (dev->quirks & VDEV_TAKES_NOTHING)
            return;
        dev->record.writes++;
        dev->record.empty_writes += urb->length == 0;
        if (urb->length > 0)
            dev->line.write(dev->line.state, urb->buffer, urb->length, now_ms);
        urb->actual = urb->length;
        complete(dev, urb, 0);
    }
}

/* Puts a packet into the first request; that is complete when the packet is short, when
 * it is full, or when the packet is longer than its room. */
static void give_packet(struct vdev *dev, struct vurb *urb, const struct packet *packet)
{
    size_t room = urb->length - urb->actual;
    size_t size = packet->size < room ? packet->size : room;
    memcpy(urb->buffer + urb->actual, packet->bytes, size);
    urb->actual += size;
    if (packet->size > room)
        complete(dev, urb, -EOVERFLOW);
    else if (packet->size < PACKET || urb->actual == urb->length)
        complete(dev, urb, 0);
}

static void give_reads(struct vdev *dev, uint64_t now_ms)
{
    struct vurb *urb;
    while ((urb = first_on(dev, VDEV_BULK_IN))) {
        if (dev->halted[VDEV_BULK_IN & 15]) {
            complete(dev, urb, -EPIPE);
            continue;
        }
        if (dev->read_failure) {
            int failure = dev->read_failure;
            dev->read_failure = 0;
            complete(dev, urb, failure);
            continue;
        }
        if (!dev->is_waiting && !dev->line.read(dev->line.state, dev->waiting.bytes,
                                                PACKET, &dev->waiting.size, now_ms))
            return;
        dev->is_waiting = 0;
        give_packet(dev, urb, &dev->waiting);
    }
}

static void give_notices(struct vdev *dev)
{
    struct vurb *urb;
    while (dev->notice_count > 0 && (urb = first_on(dev, VDEV_EVENT_IN))) {
        const struct packet *notice = &dev->notices[0];
        size_t size = notice->size < urb->length ? notice->size : urb->length;
        memcpy(urb->buffer, notice->bytes, size);
        urb->actual = size;
        dev->notice_count--;
        memmove(&dev->notices[0], &dev->notices[1],
                dev->notice_count * sizeof dev->notices[0]);
        complete(dev, urb, 0);
    }
}

static void stall_notices(struct vdev *dev)
{
    struct vurb *urb;
    while (dev->halted[VDEV_EVENT_IN & 15] && (urb = first_on(dev, VDEV_EVENT_IN)))
        complete(dev, urb, -EPIPE);
}

void vdev_pump(struct vdev *dev, uint64_t now_ms)
{
    if (dev->gone)
        return;
    take_writes(dev, now_ms);
    give_reads(dev, now_ms);
    stall_notices(dev);
    give_notices(dev);
}

uint64_t vdev_next_event(struct vdev *dev, uint64_t now_ms)
{
    /* what is due but not read waits for a read, not for time */
    return dev->gone ? UINT64_MAX : dev->line.next_ms(dev->line.state, now_ms);
}

/* -- what the host does ----------------------------------------------------- */

void vdev_submit(struct vdev *dev, struct vurb *urb, uint64_t now_ms)
{
    struct vurb **last = &dev->in_flight;
    while (*last)
        last = &(*last)->next;
    urb->next = NULL;
    urb->actual = 0;
    *last = urb;
    if (dev->gone)
        complete(dev, urb, -ENODEV);
    else if (urb->endpoint == 0)
        answer_control(dev, urb);
    else
        vdev_pump(dev, now_ms);
}

void vdev_cancel(struct vdev *dev, struct vurb *urb)
{
    complete(dev, urb, -ENOENT);
}

void vdev_clear_halt(struct vdev *dev, uint8_t endpoint, uint64_t now_ms)
{
    dev->halted[endpoint & 15] = 0;
    dev->record.halts_cleared++;
    vdev_pump(dev, now_ms);
}

/* -- what a test does ------------------------------------------------------- */

void vdev_set_quirks(struct vdev *dev, unsigned quirks)
{
    dev->quirks = quirks;
}

void vdev_halt(struct vdev *dev, uint8_t endpoint, uint64_t now_ms)
{
    dev->halted[endpoint & 15] = 1;
    vdev_pump(dev, now_ms);
}

void vdev_fail_next_read(struct vdev *dev, int status, uint64_t now_ms)
{
    dev->read_failure = status;
    vdev_pump(dev, now_ms);
}

void vdev_notify(struct vdev *dev, const uint8_t *bytes, size_t size, uint64_t now_ms)
{
    assert(dev->notice_count < NOTICES && size <= PACKET);
    struct packet *notice = &dev->notices[dev->notice_count++];
    memcpy(notice->bytes, bytes, size);
    notice->size = size;
    vdev_pump(dev, now_ms);
}

void vdev_unplug(struct vdev *dev)
{
    dev->gone = 1;
    while (dev->in_flight)
        complete(dev, dev->in_flight, -ESHUTDOWN);
}

struct vdev_record vdev_record(const struct vdev *dev)
{
    struct vdev_record record = dev->record;
    for (const struct vurb *urb = dev->in_flight; urb; urb = urb->next)
        record.in_flight++;
    return record;
}
