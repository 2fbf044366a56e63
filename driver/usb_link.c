/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_link.h"

#include <libusb.h>

#include "driver/usb_sysfs.h"

enum {
    VANISH_MS = 300,    /* until a hub reports that a device is gone */
    LOOK_MS = 20,       /* between looks whether it is */
    GIVE_BACK_MS = 5000 /* for the kernel, of a transfer that was cancelled */
};

static enum instrument_status status_from_libusb(int rc)
{
    switch (rc) {
    case LIBUSB_SUCCESS: return INSTRUMENT_OK;
    case LIBUSB_ERROR_NO_MEM: return INSTRUMENT_NO_MEMORY;
    case LIBUSB_ERROR_ACCESS: return INSTRUMENT_NO_PERMISSION;
    case LIBUSB_ERROR_NO_DEVICE: return INSTRUMENT_UNPLUGGED;
    case LIBUSB_ERROR_BUSY: return INSTRUMENT_BUSY;
    default: return INSTRUMENT_TRANSFER;
    }
}

static enum instrument_status status_from_transfer(enum libusb_transfer_status status)
{
    switch (status) {
    case LIBUSB_TRANSFER_COMPLETED: return INSTRUMENT_OK;
    case LIBUSB_TRANSFER_TIMED_OUT:
    case LIBUSB_TRANSFER_CANCELLED: return INSTRUMENT_NO_ANSWER;
    case LIBUSB_TRANSFER_NO_DEVICE: return INSTRUMENT_UNPLUGGED;
    case LIBUSB_TRANSFER_STALL:
    case LIBUSB_TRANSFER_OVERFLOW:
    case LIBUSB_TRANSFER_ERROR: return INSTRUMENT_TRANSFER;
    }
    return INSTRUMENT_TRANSFER;
}

/* -- waiting ---------------------------------------------------------------- */

/* Lets libusb work for at most a slice, or until something is done. */
static int work(libusb_context *libusb, unsigned slice_ms, int *done)
{
    struct timeval slice = {.tv_sec = 0, .tv_usec = (suseconds_t)slice_ms * 1000};
    return libusb_handle_events_timeout_completed(libusb, &slice, done);
}

enum instrument_status usb_link_wait_until(struct usb_link *link, int *done,
                                           uint64_t deadline_ms)
{
    while (!*done) {
        if (transport_ask(&link->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        unsigned slice_ms = transport_slice_ms(deadline_ms);
        int rc = work(link->libusb, slice_ms, done);
        if (rc != LIBUSB_SUCCESS && rc != LIBUSB_ERROR_INTERRUPTED)
            return status_from_libusb(rc);
        if (slice_ms == 0 && !*done)
            return INSTRUMENT_NO_ANSWER;
    }
    return INSTRUMENT_OK;
}

enum instrument_status usb_link_wait(struct usb_link *link, unsigned ms)
{
    int never = 0;
    enum instrument_status status =
        usb_link_wait_until(link, &never, transport_clock_ms() + ms);
    return status == INSTRUMENT_CANCELLED ? status : INSTRUMENT_OK;
}

/* -- transfers -------------------------------------------------------------- */

static void LIBUSB_CALL mark_done(struct libusb_transfer *transfer)
{
    *(int *)transfer->user_data = 1;
}

/* A pulled plug shows as a failed transfer until the hub has reported it. */
static enum instrument_status explain_error(struct usb_link *link)
{
    uint64_t deadline_ms = transport_clock_ms() + VANISH_MS;
    while (usb_sysfs_presence(&link->device) == USB_PRESENT) {
        if (transport_slice_ms(deadline_ms) == 0)
            return INSTRUMENT_TRANSFER;
        if (usb_link_wait(link, LOOK_MS) == INSTRUMENT_CANCELLED)
            return INSTRUMENT_CANCELLED;
    }
    return INSTRUMENT_UNPLUGGED;
}

void usb_link_cancel(struct usb_link *link, struct libusb_transfer *transfer, int *done)
{
    uint64_t deadline_ms = transport_clock_ms() + GIVE_BACK_MS;
    libusb_cancel_transfer(transfer);
    while (!*done && !link->is_stuck) {
        unsigned slice_ms = transport_slice_ms(deadline_ms);
        int rc = work(link->libusb, slice_ms, done);
        int works = rc == LIBUSB_SUCCESS || rc == LIBUSB_ERROR_INTERRUPTED;
        link->is_stuck = !*done && (slice_ms == 0 || !works);
        if (link->is_stuck)
            transport_remark(&link->context, "a cancelled transfer does not come back");
    }
}

enum instrument_status usb_link_run(struct usb_link *link, uint64_t deadline_ms)
{
    struct libusb_transfer *transfer = link->transfer;
    if (link->is_stuck)
        return INSTRUMENT_TRANSFER;
    link->transfer_done = 0;
    transfer->callback = mark_done;
    transfer->user_data = &link->transfer_done;
    transfer->actual_length = 0;
    int rc = libusb_submit_transfer(transfer);
    if (rc != LIBUSB_SUCCESS)
        return status_from_libusb(rc);
    enum instrument_status status =
        usb_link_wait_until(link, &link->transfer_done, deadline_ms);
    if (!link->transfer_done)
        usb_link_cancel(link, transfer, &link->transfer_done);
    if (link->is_stuck)
        return status == INSTRUMENT_CANCELLED ? status : INSTRUMENT_TRANSFER;
    int was_cut = transfer->status == LIBUSB_TRANSFER_CANCELLED;
    if (status == INSTRUMENT_CANCELLED || (status != INSTRUMENT_OK && was_cut))
        return status;
    return transfer->status == LIBUSB_TRANSFER_ERROR
               ? explain_error(link)
               : status_from_transfer(transfer->status);
}

/* -- opening and closing ---------------------------------------------------- */

static enum instrument_status open_device(struct usb_link *link)
{
    libusb_device **devices;
    ssize_t count = libusb_get_device_list(link->libusb, &devices);
    if (count < 0)
        return status_from_libusb((int)count);
    int rc = LIBUSB_ERROR_NO_DEVICE;
    for (ssize_t i = 0; i < count; i++) {
        if (libusb_get_bus_number(devices[i]) == link->device.bus &&
            libusb_get_device_address(devices[i]) == link->device.address)
            rc = libusb_open(devices[i], &link->handle);
    }
    libusb_free_device_list(devices, 1);
    return rc == LIBUSB_ERROR_NO_DEVICE ? INSTRUMENT_ABSENT : status_from_libusb(rc);
}

static enum instrument_status claim(struct usb_link *link, uint8_t interface,
                                    int *claimed, char *holder)
{
    int rc = libusb_claim_interface(link->handle, interface);
    *claimed = rc == LIBUSB_SUCCESS;
    if (rc == LIBUSB_ERROR_BUSY)
        usb_sysfs_name_holder(&link->device, holder);
    return status_from_libusb(rc);
}

/* The kernel's driver holds both interfaces and lets go of both; it takes them back when
 * they are released. */
static enum instrument_status claim_both(struct usb_link *link, char *holder)
{
    const struct cdc_pair *pair = &link->device.pair;
    libusb_set_auto_detach_kernel_driver(link->handle, 1);
    enum instrument_status status =
        claim(link, pair->control_interface, &link->claimed_control, holder);
    if (status == INSTRUMENT_OK)
        status = claim(link, pair->data_interface, &link->claimed_data, holder);
    if (status == INSTRUMENT_OK && pair->alternate != 0)
        status = status_from_libusb(libusb_set_interface_alt_setting(
            link->handle, pair->data_interface, pair->alternate));
    return status;
}

static enum instrument_status prepare(struct usb_link *link)
{
    link->transfer = libusb_alloc_transfer(0);
    link->event_transfer = libusb_alloc_transfer(0);
    if (!link->transfer || !link->event_transfer)
        return INSTRUMENT_NO_MEMORY;
    return status_from_libusb(libusb_init(&link->libusb));
}

/* Whoever holds the tty keeps it: the kernel's driver is detached when nobody does. */
enum instrument_status usb_link_open(struct usb_link *link, char *holder)
{
    enum node_use use = usb_sysfs_port_use(&link->device, holder);
    if (use == NODE_HELD)
        return INSTRUMENT_BUSY;
    if (use == NODE_HIDDEN)
        transport_remark(&link->context,
                         "no permission to see whether another user's program holds the "
                         "instrument's serial port");
    enum instrument_status status = prepare(link);
    if (status == INSTRUMENT_OK)
        status = open_device(link);
    return status == INSTRUMENT_OK ? claim_both(link, holder) : status;
}

void usb_link_close(struct usb_link *link)
{
    const struct cdc_pair *pair = &link->device.pair;
    if (link->claimed_data)
        libusb_release_interface(link->handle, pair->data_interface);
    if (link->claimed_control)
        libusb_release_interface(link->handle, pair->control_interface);
    /* first, as it ends what is stuck in flight: only then may that be freed */
    if (link->handle)
        libusb_close(link->handle);
    libusb_free_transfer(link->event_transfer);
    libusb_free_transfer(link->transfer);
    if (link->libusb)
        libusb_exit(link->libusb);
}
