/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/guest/usbip.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* -- the protocol: Linux Documentation/usb/usbip_protocol.rst ----------------- */

enum command { SUBMIT = 1, UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4 };

/* Big endian on the wire. */
struct header {
    uint32_t command;
    uint32_t sequence;
    uint32_t device;
    uint32_t direction; /* 1 IN */
    uint32_t endpoint;
    union {
        struct {
            uint32_t flags;
            uint32_t length;
            uint32_t rest[3];
            uint8_t setup[8];
        } submit;
        struct {
            uint32_t sequence;
        } unlink;
        struct {
            uint32_t status;
            uint32_t actual;
        } answer;
        uint8_t room[28];
    } u;
};
_Static_assert(sizeof(struct header) == 48, "USB/IP headers have 48 bytes");

enum { FULL_SPEED = 2, DEVICE_ID = 1 << 16 | 2, LENGTH_MAX = 1 << 20 };

struct request {
    struct vurb vurb;
    uint32_t sequence;
    int is_in;
    struct request *next;
    uint8_t bytes[];
};

struct usbip {
    struct vdev *vdev;
    int socket;
    struct request *in_flight;
};

static int read_all(int fd, void *to, size_t size)
{
    for (uint8_t *at = to; size > 0;) {
        ssize_t got = read(fd, at, size);
        if (got <= 0 && !(got < 0 && errno == EINTR))
            return 0;
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
    return 1;
}

/* The kernel takes header and data from one message. A hang-up shows at the next read. */
static void send_answer(const struct usbip *usbip, const struct header *header,
                        const void *data, size_t size)
{
    struct iovec parts[] = {
        {.iov_base = (void *)(uintptr_t)header, .iov_len = sizeof *header},
        {.iov_base = (void *)(uintptr_t)data, .iov_len = size}};
    const struct msghdr message = {.msg_iov = parts, .msg_iovlen = size > 0 ? 2 : 1};
    ssize_t sent;
    do
        sent = sendmsg(usbip->socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
}

static struct header answer(enum command command, uint32_t sequence, int status)
{
    struct header header = {.command = htonl(command), .sequence = htonl(sequence)};
    header.u.answer.status = htonl((uint32_t)status);
    return header;
}

/* -- requests ----------------------------------------------------------------- */

static void finish(struct vurb *vurb, void *user)
{
    struct usbip *usbip = user;
    struct request *request = vurb->owner;
    struct request **link = &usbip->in_flight;
    while (*link != request)
        link = &(*link)->next;
    *link = request->next;
    /* one that was cancelled or unplugged has no answer of its own */
    if (vurb->status != -ENOENT && vurb->status != -ESHUTDOWN) {
        struct header header = answer(RET_SUBMIT, request->sequence, vurb->status);
        header.u.answer.actual = htonl((uint32_t)vurb->actual);
        send_answer(usbip, &header, request->bytes, request->is_in ? vurb->actual : 0);
    }
    free(request);
}

static void give(struct vurb *vurb, const uint8_t *bytes, size_t size)
{
    vurb->actual = size < vurb->length ? size : vurb->length;
    memcpy(vurb->buffer, bytes, vurb->actual);
}

enum {
    TYPE_DEVICE = 1,
    TYPE_CONFIGURATION = 2,
    TYPE_STRING = 3,
    DEVICE_SIZE = 18,
    TEXT_MAX = 32
};

/* ASCII becomes UTF-16; string 0 is the list of languages. */
static int give_string(struct vurb *vurb, unsigned index)
{
    static const char *const texts[] = {"", "KONICA MINOLTA", "CM-700d", "A0E810203040"};
    uint8_t descriptor[2 + 2 * TEXT_MAX] = {4, TYPE_STRING, 0x09, 0x04};
    if (index >= sizeof texts / sizeof texts[0])
        return -EPIPE;
    size_t length = strlen(texts[index]);
    for (size_t i = 0; i < length; i++) {
        descriptor[2 + 2 * i] = (uint8_t)texts[index][i];
        descriptor[3 + 2 * i] = 0;
    }
    if (index > 0)
        descriptor[0] = (uint8_t)(2 + 2 * length);
    give(vurb, descriptor, descriptor[0]);
    return 0;
}

static int give_descriptor(struct vurb *vurb)
{
    switch (vurb->setup[3]) {
    case TYPE_DEVICE: give(vurb, vdev_descriptors, DEVICE_SIZE); return 0;
    case TYPE_CONFIGURATION:
        give(vurb, vdev_descriptors + DEVICE_SIZE, VDEV_DESCRIPTORS_SIZE - DEVICE_SIZE);
        return 0;
    case TYPE_STRING: return give_string(vurb, vurb->setup[2]);
    default: return -EPIPE;
    }
}

/* USB 2.0 section 9.4, as bmRequestType and bRequest */
enum {
    GET_STATUS_DEVICE = 0x8000,
    GET_STATUS_ENDPOINT = 0x8200,
    GET_DESCRIPTOR = 0x8006,
    SET_CONFIGURATION = 0x0009,
    SET_INTERFACE = 0x010B,
    CLEAR_ENDPOINT_HALT = 0x0201
};

/* What every device answers; usbfs and its mock keep it from vdev. -ENOSYS when it is not
 * one of these requests. */
static int answer_standard(struct usbip *usbip, struct vurb *vurb, uint64_t now_ms)
{
    static const uint8_t self_powered[] = {1, 0}, not_halted[] = {0, 0};
    switch (vurb->setup[0] << 8 | vurb->setup[1]) {
    case GET_STATUS_DEVICE: give(vurb, self_powered, sizeof self_powered); return 0;
    case GET_STATUS_ENDPOINT: give(vurb, not_halted, sizeof not_halted); return 0;
    case GET_DESCRIPTOR: return give_descriptor(vurb);
    case SET_CONFIGURATION:
    case SET_INTERFACE: return 0;
    case CLEAR_ENDPOINT_HALT:
        vdev_clear_halt(usbip->vdev, vurb->setup[4], now_ms);
        return 0;
    default: return -ENOSYS;
    }
}

static int take_submit(struct usbip *usbip, const struct header *header, uint64_t now_ms)
{
    uint32_t length = ntohl(header->u.submit.length);
    uint32_t endpoint = ntohl(header->endpoint);
    struct request *request =
        length <= LENGTH_MAX ? calloc(1, sizeof *request + length) : NULL;
    if (!request)
        return 0;
    request->sequence = ntohl(header->sequence);
    request->is_in = ntohl(header->direction) == 1;
    if (!request->is_in && !read_all(usbip->socket, request->bytes, length)) {
        free(request);
        return 0;
    }
    struct vurb *vurb = &request->vurb;
    vurb->endpoint =
        (uint8_t)(endpoint > 0 && request->is_in ? endpoint | 0x80 : endpoint);
    vurb->buffer = request->bytes;
    vurb->length = length;
    vurb->owner = request;
    memcpy(vurb->setup, header->u.submit.setup, sizeof vurb->setup);
    request->next = usbip->in_flight;
    usbip->in_flight = request;
    vurb->status = endpoint == 0 ? answer_standard(usbip, vurb, now_ms) : -ENOSYS;
    if (vurb->status == -ENOSYS)
        vdev_submit(usbip->vdev, vurb, now_ms);
    else
        finish(vurb, usbip);
    return 1;
}

static int take_unlink(struct usbip *usbip, const struct header *header)
{
    struct request *request = usbip->in_flight;
    while (request && request->sequence != ntohl(header->u.unlink.sequence))
        request = request->next;
    int status = request ? -ECONNRESET : 0; /* 0: it has been answered */
    if (request)
        vdev_cancel(usbip->vdev, &request->vurb);
    struct header reply = answer(RET_UNLINK, ntohl(header->sequence), status);
    send_answer(usbip, &reply, NULL, 0);
    return 1;
}

int usbip_serve(struct usbip *usbip, uint64_t now_ms)
{
    struct header header;
    if (!read_all(usbip->socket, &header, sizeof header))
        return 0;
    switch (ntohl(header.command)) {
    case SUBMIT: return take_submit(usbip, &header, now_ms);
    case UNLINK: return take_unlink(usbip, &header);
    default: return 0;
    }
}

uint64_t usbip_pump(struct usbip *usbip, uint64_t now_ms)
{
    vdev_pump(usbip->vdev, now_ms);
    return vdev_next_event(usbip->vdev, now_ms);
}

/* -- the plug ----------------------------------------------------------------- */

int usbip_socket(const struct usbip *usbip)
{
    return usbip->socket;
}

/* The kernel takes a reference of its own to the socket. */
static int attach(int theirs)
{
    int file = open("/sys/devices/platform/vhci_hcd.0/attach", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    int attached = dprintf(file, "0 %d %d %d", theirs, DEVICE_ID, FULL_SPEED) > 0;
    close(file);
    return attached;
}

struct usbip *usbip_plug(const struct vdev_line *line)
{
    int sockets[2];
    struct usbip *usbip = calloc(1, sizeof *usbip);
    if (!usbip)
        return NULL;
    usbip->socket = -1;
    usbip->vdev = vdev_make(line, finish, usbip);
    if (usbip->vdev && socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0) {
        usbip->socket = sockets[0];
        int attached = attach(sockets[1]);
        close(sockets[1]);
        if (attached)
            return usbip;
    }
    int error = errno;
    usbip_unplug(usbip);
    errno = error;
    return NULL;
}

void usbip_unplug(struct usbip *usbip)
{
    if (!usbip)
        return;
    if (usbip->socket >= 0)
        close(usbip->socket);
    if (usbip->vdev)
        vdev_unplug(usbip->vdev); /* frees what is in flight */
    vdev_free(usbip->vdev);
    free(usbip);
}
