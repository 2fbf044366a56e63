/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte pipe over a serial node, for those who cannot detach the kernel's driver or
 * reach the instrument through a serial bridge. */
#include "driver/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "driver/transport_context.h"
#include "driver/tty_holder.h"

struct tty_transport {
    struct transport base;
    struct transport_context context;
    int fd;
    struct termios before; /* restored at close */
    int configured;
};

static enum instrument_status status_from_errno(int error)
{
    switch (error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case ENOTTY: return INSTRUMENT_ABSENT;
    case EACCES:
    case EPERM: return INSTRUMENT_NO_PERMISSION;
    case EBUSY: return INSTRUMENT_BUSY;
    default: return INSTRUMENT_TRANSFER;
    }
}

/* Waits until the node is ready for the events, is hung up, or the deadline passes. */
static enum instrument_status wait_ready(struct tty_transport *tty, short events,
                                         uint64_t deadline_ms)
{
    for (;;) {
        if (transport_ask(&tty->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        unsigned slice = transport_slice_ms(deadline_ms);
        struct pollfd node = {.fd = tty->fd, .events = events};
        int ready = poll(&node, 1, (int)slice);
        if (ready < 0 && errno != EINTR)
            return INSTRUMENT_TRANSFER;
        if (ready > 0 && node.revents & events)
            return INSTRUMENT_OK;
        if (ready > 0)
            return INSTRUMENT_UNPLUGGED; /* POLLHUP, POLLERR */
        if (slice == 0)
            return INSTRUMENT_NO_ANSWER;
    }
}

/* A hang-up shows as EIO, or as ENXIO once the device is unregistered. */
static enum instrument_status status_of_transfer(int error)
{
    switch (error) {
    case EAGAIN:
    case EINTR: return INSTRUMENT_OK;
    case EIO:
    case ENXIO:
    case ENODEV: return INSTRUMENT_UNPLUGGED;
    default: return INSTRUMENT_TRANSFER;
    }
}

static enum instrument_status tty_send(struct transport *transport, const uint8_t *data,
                                       size_t size, unsigned timeout_ms)
{
    struct tty_transport *tty = (struct tty_transport *)transport;
    uint64_t deadline_ms = transport_clock_ms() + timeout_ms;
    transport_show(&tty->context, INSTRUMENT_SENT, data, size);
    enum instrument_status status = INSTRUMENT_OK;
    while (size > 0 && status == INSTRUMENT_OK) {
        status = wait_ready(tty, POLLOUT, deadline_ms);
        if (status != INSTRUMENT_OK)
            break;
        ssize_t written = write(tty->fd, data, size);
        if (written < 0) {
            status = status_of_transfer(errno);
        } else {
            data += written;
            size -= (size_t)written;
        }
    }
    return status;
}

static enum instrument_status tty_receive(struct transport *transport, uint8_t *data,
                                          size_t capacity, size_t *size,
                                          unsigned timeout_ms)
{
    struct tty_transport *tty = (struct tty_transport *)transport;
    uint64_t deadline_ms = transport_clock_ms() + timeout_ms;
    for (;;) {
        enum instrument_status status = wait_ready(tty, POLLIN, deadline_ms);
        if (status != INSTRUMENT_OK)
            return status;
        ssize_t got = read(tty->fd, data, capacity);
        if (got > 0) {
            transport_show(&tty->context, INSTRUMENT_RECEIVED, data, (size_t)got);
            *size = (size_t)got;
            return INSTRUMENT_OK;
        }
        if (got == 0)
            return INSTRUMENT_UNPLUGGED;
        status = status_of_transfer(errno);
        if (status != INSTRUMENT_OK)
            return status;
    }
}

static enum instrument_status tty_recover(struct transport *transport)
{
    struct tty_transport *tty = (struct tty_transport *)transport;
    return tcflush(tty->fd, TCIOFLUSH) == 0 ? INSTRUMENT_OK : status_of_transfer(errno);
}

static enum instrument_status tty_wait(struct transport *transport, unsigned ms)
{
    struct tty_transport *tty = (struct tty_transport *)transport;
    uint64_t deadline_ms = transport_clock_ms() + ms;
    for (;;) {
        if (transport_ask(&tty->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        unsigned slice = transport_slice_ms(deadline_ms);
        if (slice == 0)
            return INSTRUMENT_OK;
        poll(NULL, 0, (int)slice);
    }
}

static void tty_close(struct transport *transport)
{
    struct tty_transport *tty = (struct tty_transport *)transport;
    if (tty->configured) {
        tcflush(tty->fd, TCIOFLUSH); /* unsent bytes would hold up the closing */
        tcsetattr(tty->fd, TCSANOW, &tty->before);
        ioctl(tty->fd, TIOCNXCL);
    }
    if (tty->fd >= 0)
        close(tty->fd);
    free(tty);
}

static const struct transport_ops tty_ops = {
    .send = tty_send,
    .receive = tty_receive,
    .recover = tty_recover,
    .now_ms = transport_now_ms,
    .wait = tty_wait,
    .close = tty_close,
};

/* Raw, 115200 8N1, no flow control, no modem lines, reads that return what there is. */
static enum instrument_status configure(struct tty_transport *tty)
{
    if (tcgetattr(tty->fd, &tty->before) != 0)
        return status_from_errno(errno);
    struct termios raw = tty->before;
    raw.c_iflag = IGNBRK;
    raw.c_oflag = 0;
    raw.c_lflag = 0;
    raw.c_cflag = CS8 | CREAD | CLOCAL;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    cfsetispeed(&raw, B115200);
    cfsetospeed(&raw, B115200);
    if (ioctl(tty->fd, TIOCEXCL) != 0 || tcsetattr(tty->fd, TCSANOW, &raw) != 0)
        return status_from_errno(errno);
    tty->configured = 1;
    return tcflush(tty->fd, TCIOFLUSH) == 0 ? INSTRUMENT_OK : status_from_errno(errno);
}

/* The group whose members may use the node; nothing where there is none. */
static void name_group(const char *path, char *holder)
{
    struct stat node;
    const mode_t both = S_IRGRP | S_IWGRP;
    if (!holder || stat(path, &node) != 0 || (node.st_mode & both) != both)
        return;
    const struct group *group = getgrgid(node.st_gid);
    if (group)
        snprintf(holder, INSTRUMENT_TEXT_MAX, "%s", group->gr_name);
}

static enum instrument_status open_node(struct tty_transport *tty, const char *path,
                                        char *holder)
{
    if (tty_holder(path, holder) == NODE_HELD)
        return INSTRUMENT_BUSY;
    tty->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (tty->fd < 0) {
        int error = errno;
        if (error == EACCES)
            name_group(path, holder);
        return status_from_errno(error);
    }
    return configure(tty);
}

enum instrument_status transport_tty_open(const char *path,
                                          const struct transport_context *context,
                                          char *holder, struct transport **out)
{
    struct tty_transport *tty = calloc(1, sizeof *tty);
    if (!tty)
        return INSTRUMENT_NO_MEMORY;
    tty->base.ops = &tty_ops;
    tty->fd = -1;
    if (context)
        tty->context = *context;
    enum instrument_status status = open_node(tty, path, holder);
    if (status != INSTRUMENT_OK) {
        tty_close(&tty->base);
        return status;
    }
    *out = &tty->base;
    return INSTRUMENT_OK;
}
