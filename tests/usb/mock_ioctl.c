/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ioctls of usbfs, answered as the kernel does. */
#include "tests/usb/mock_parts.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

enum { SETUP_SIZE = 8 };

/* A request of the host: its struct usbdevfs_urb and buffer, in our memory and in its. */
struct mock_urb {
    struct vurb vurb;
    UMockdevIoctlData *kernel; /* struct usbdevfs_urb */
    UMockdevIoctlData *buffer; /* NULL where it is empty */
    UMockdevIoctlClient *client;
    struct mock_urb *next;
};

/* -- requests --------------------------------------------------------------- */

static void free_urb(struct mock_urb *urb)
{
    g_object_unref(urb->kernel);
    if (urb->buffer)
        g_object_unref(urb->buffer);
    free(urb);
}

static void unlink_urb(struct mock_urb **list, const struct mock_urb *urb)
{
    while (*list != urb)
        list = &(*list)->next;
    *list = urb->next;
}

/* POLLOUT on the node means that a finished request waits. */
void mock_show_finished(struct mock_device *device)
{
    if (!device->gone)
        tcflow(device->node.slave, device->finished ? TCOON : TCOOFF);
}

void mock_finish(struct vurb *vurb, void *user)
{
    struct mock_device *device = user;
    struct mock_urb *urb = vurb->owner;
    unlink_urb(&device->flying, urb);
    struct mock_urb **last = &device->finished;
    while (*last)
        last = &(*last)->next;
    urb->next = NULL;
    *last = urb;
    mock_show_finished(device);
}

static gboolean on_timer(gpointer user);

/* Wakes the worker when the device next has something to do. */
void mock_schedule(struct mock_device *device)
{
    if (device->timer) {
        g_source_destroy(device->timer);
        g_source_unref(device->timer);
        device->timer = NULL;
    }
    /* one reading of the clock, or what becomes due between two is never moved */
    uint64_t now = mock_now_ms();
    vdev_pump(device->vdev, now);
    uint64_t next = vdev_next_event(device->vdev, now);
    if (next == UINT64_MAX || !device->context)
        return;
    device->timer = g_timeout_source_new(next > now ? (guint)(next - now) : 0);
    g_source_set_callback(device->timer, on_timer, device, NULL);
    g_source_attach(device->timer, device->context);
}

static gboolean on_timer(gpointer user)
{
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    mock_schedule(device);
    g_mutex_unlock(&device->lock);
    return G_SOURCE_REMOVE;
}

/* -- ioctls: each returns what the kernel does, negative for an errno --------- */

static int claim(struct mock_device *device, UMockdevIoctlClient *client, unsigned number)
{
    if (number >= INTERFACES)
        return -ENOENT;
    if (device->bound[number] ||
        (device->claimed[number] && device->claimed[number] != client))
        return -EBUSY;
    device->claimed[number] = client;
    return 0;
}

/* cdc_acm holds both interfaces and lets go of both. */
static int disconnect(struct mock_device *device, unsigned number)
{
    if (number >= INTERFACES || !device->bound[number])
        return -ENODATA;
    device->bound[0] = 0;
    device->bound[1] = 0;
    return 0;
}

/* It binds from its control interface when both are free. */
static int connect_driver(struct mock_device *device, unsigned number)
{
    if (number >= INTERFACES || device->bound[number])
        return -EBUSY;
    if (number != 0 || device->claimed[0] || device->claimed[1])
        return 0;
    device->bound[0] = 1;
    device->bound[1] = 1;
    return 1;
}

static int release(struct mock_device *device, UMockdevIoctlClient *client,
                   unsigned number)
{
    if (number >= INTERFACES || device->claimed[number] != client)
        return -EINVAL;
    device->claimed[number] = NULL;
    return 0;
}

static int get_driver(const struct mock_device *device, struct usbdevfs_getdriver *get)
{
    if (get->interface >= INTERFACES ||
        (!device->bound[get->interface] && !device->claimed[get->interface]))
        return -ENODATA;
    snprintf(get->driver, sizeof get->driver, "%s",
             device->bound[get->interface] ? "cdc_acm" : "usbfs");
    return 0;
}

static int driver_ioctl(struct mock_device *device, const struct usbdevfs_ioctl *request)
{
    unsigned number = (unsigned)request->ifno;
    switch ((unsigned)request->ioctl_code) {
    case USBDEVFS_DISCONNECT: return disconnect(device, number);
    case USBDEVFS_CONNECT: return connect_driver(device, number);
    default: return -ENOTTY;
    }
}

static int disconnect_claim(struct mock_device *device, UMockdevIoctlClient *client,
                            const struct usbdevfs_disconnect_claim *request)
{
    disconnect(device, request->interface);
    return claim(device, client, request->interface);
}

static int submit(struct mock_device *device, UMockdevIoctlClient *client,
                  UMockdevIoctlData *argument)
{
    struct mock_urb *urb = calloc(1, sizeof *urb);
    mock_must(urb != NULL, "memory");
    urb->client = client;
    urb->kernel =
        umockdev_ioctl_data_resolve(argument, 0, sizeof(struct usbdevfs_urb), NULL);
    const struct usbdevfs_urb *kernel = (const void *)urb->kernel->data;
    if (kernel->buffer_length > 0)
        urb->buffer = umockdev_ioctl_data_resolve(urb->kernel,
                                                  offsetof(struct usbdevfs_urb, buffer),
                                                  (gsize)kernel->buffer_length, NULL);
    urb->vurb.owner = urb;
    urb->vurb.endpoint = kernel->endpoint;
    urb->vurb.buffer = urb->buffer ? urb->buffer->data : NULL;
    urb->vurb.length = (size_t)kernel->buffer_length;
    if (kernel->type == USBDEVFS_URB_TYPE_CONTROL) {
        memcpy(urb->vurb.setup, urb->vurb.buffer, SETUP_SIZE);
        urb->vurb.buffer += SETUP_SIZE;
        urb->vurb.length -= SETUP_SIZE;
    }
    if (device->gone) {
        free_urb(urb);
        return -ENODEV;
    }
    urb->next = device->flying;
    device->flying = urb;
    vdev_submit(device->vdev, &urb->vurb, mock_now_ms());
    return 0;
}

static int reap(struct mock_device *device, const UMockdevIoctlClient *client,
                UMockdevIoctlData *argument)
{
    struct mock_urb *urb = device->finished;
    while (urb && urb->client != client)
        urb = urb->next;
    if (!urb)
        return device->gone ? -ENODEV : -EAGAIN;
    unlink_urb(&device->finished, urb);
    struct usbdevfs_urb *kernel = (void *)urb->kernel->data;
    kernel->status = urb->vurb.status;
    kernel->actual_length = (int)urb->vurb.actual;
    UMockdevIoctlData *pointer =
        umockdev_ioctl_data_resolve(argument, 0, sizeof(void *), NULL);
    umockdev_ioctl_data_set_ptr(pointer, 0, urb->kernel);
    g_object_unref(pointer);
    free_urb(urb);
    mock_show_finished(device);
    return 0;
}

static int discard(struct mock_device *device, const UMockdevIoctlData *argument)
{
    gulong address;
    memcpy(&address, argument->data, sizeof address);
    struct mock_urb *urb = device->flying;
    while (urb && urb->kernel->client_addr != address)
        urb = urb->next;
    if (!urb)
        return -EINVAL;
    if (!device->keeps_cancelled)
        vdev_cancel(device->vdev, &urb->vurb);
    return 0;
}

static int set_interface(struct mock_device *device,
                         const struct usbdevfs_setinterface *set)
{
    if (set->interface >= INTERFACES)
        return -EINVAL;
    device->setting[set->interface] = set->altsetting;
    return 0;
}

static int clear_halt(struct mock_device *device, unsigned endpoint)
{
    if (device->clearing_ms > 0) {
        g_usleep(device->clearing_ms * 1000ul);
        return -ETIMEDOUT;
    }
    vdev_clear_halt(device->vdev, (uint8_t)endpoint, mock_now_ms());
    return 0;
}

enum {
    CAPABILITIES = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                   USBDEVFS_CAP_BULK_SCATTER_GATHER | USBDEVFS_CAP_REAP_AFTER_DISCONNECT |
                   USBDEVFS_CAP_DROP_PRIVILEGES
};

static int fixed_argument(struct mock_device *device, UMockdevIoctlClient *client,
                          gulong request, void *data)
{
    unsigned number;
    memcpy(&number, data, sizeof number);
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        number = CAPABILITIES;
        memcpy(data, &number, sizeof number);
        return 0;
    case USBDEVFS_GETDRIVER: return get_driver(device, data);
    case USBDEVFS_IOCTL: return driver_ioctl(device, data);
    case USBDEVFS_DISCONNECT_CLAIM: return disconnect_claim(device, client, data);
    case USBDEVFS_CLAIMINTERFACE: return claim(device, client, number);
    case USBDEVFS_RELEASEINTERFACE: return release(device, client, number);
    case USBDEVFS_SETINTERFACE: return set_interface(device, data);
    case USBDEVFS_CLEAR_HALT: return clear_halt(device, number);
    default: return -ENOTTY;
    }
}

/* USB resets are among what nobody expects. */
static int unexpected(struct mock_device *device, gulong request)
{
    fprintf(stderr, "unexpected ioctl %#lx\n", request);
    device->bus->unexpected++;
    return -ENOTTY;
}

static int dispatch(struct mock_device *device, UMockdevIoctlClient *client)
{
    UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg(client);
    gulong request = umockdev_ioctl_client_get_request(client);
    if (request == USBDEVFS_REAPURBNDELAY)
        return reap(device, client, argument);
    if (request == USBDEVFS_DISCARDURB)
        return discard(device, argument);
    if (request == USBDEVFS_SUBMITURB)
        return submit(device, client, argument);
    if (device->gone && request != USBDEVFS_RELEASEINTERFACE)
        return -ENODEV;
    UMockdevIoctlData *fixed =
        umockdev_ioctl_data_resolve(argument, 0, _IOC_SIZE(request), NULL);
    int result = fixed ? fixed_argument(device, client, request, fixed->data) : -ENOTTY;
    if (fixed)
        g_object_unref(fixed);
    return result == -ENOTTY ? unexpected(device, request) : result;
}

gboolean mock_on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client,
                       gpointer user)
{
    (void)base;
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    if (!device->context)
        device->context = g_main_context_ref_thread_default();
    int result = dispatch(device, client);
    mock_schedule(device);
    g_mutex_unlock(&device->lock);
    umockdev_ioctl_client_complete(client, result < 0 ? -1 : result,
                                   result < 0 ? -result : 0);
    return TRUE;
}

/* -- clients that go -------------------------------------------------------- */

static void drop_client(struct mock_device *device, const void *client)
{
    struct mock_urb *next;
    for (struct mock_urb *urb = device->flying; urb; urb = next) {
        next = urb->next;
        if (urb->client == client)
            vdev_cancel(device->vdev, &urb->vurb);
    }
    for (struct mock_urb *urb = device->finished; urb; urb = next) {
        next = urb->next;
        if (urb->client == client) {
            unlink_urb(&device->finished, urb);
            free_urb(urb);
        }
    }
    mock_show_finished(device);
}

/* The file is closed, or the process was killed. */
static void on_client_gone(gpointer user, GObject *client)
{
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    for (size_t i = 0; i < INTERFACES; i++) {
        if ((void *)device->claimed[i] == (void *)client)
            device->claimed[i] = NULL;
    }
    drop_client(device, client);
    device->clients--;
    g_cond_signal(&device->changed);
    g_mutex_unlock(&device->lock);
}

void mock_on_client(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer user)
{
    (void)base;
    struct mock_device *device = user;
    g_mutex_lock(&device->lock);
    device->clients++;
    g_mutex_unlock(&device->lock);
    g_object_weak_ref(G_OBJECT(client), on_client_gone, device);
}

void mock_drop_urbs(struct mock_device *device)
{
    while (device->flying)
        vdev_cancel(device->vdev, &device->flying->vurb);
    while (device->finished) {
        struct mock_urb *urb = device->finished;
        device->finished = urb->next;
        free_urb(urb);
    }
}
