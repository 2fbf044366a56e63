/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte pipe over libusb. Every transfer is asynchronous and is waited for in slices,
 * so that a caller may stop at any time; what a cancelled transfer brought is kept. A
 * device is never reset: a measuring instrument may lose its calibration by it. */
#include "driver/transport.h"

#include <libusb.h>
#include <stdlib.h>
#include <string.h>

#include "driver/cdc_line.h"
#include "driver/transport_context.h"
#include "driver/usb_events.h"
#include "driver/usb_sysfs.h"

enum {
    WAKE_MS = 200,         /* for a device that prepares when DTR rises */
    DRAIN_MS = 20,         /* of silence */
    DRAIN_LIMIT_MS = 1000, /* for a device that never stops */
    VANISH_MS = 300,       /* until a hub reports that a device is gone */
    GIVE_BACK_MS = 5000,   /* for the kernel, of a transfer that was cancelled */
    REFUSAL_MS = 1000,     /* a device refuses sooner, the kernel waits for 5 s */
    REQUEST_MAX = 1024,    /* bytes of data of a control request */
    RECEIVE_MAX = 4096     /* of one bulk transfer */
};

struct usb_transport {
    struct transport base;
    struct transport_context context;
    struct usb_candidate device;
    libusb_context *libusb;
    libusb_device_handle *handle;
    int claimed_control;
    int claimed_data;

    struct libusb_transfer *transfer; /* the one a caller waits for */
    int transfer_done;
    int is_stuck; /* a cancelled transfer never came back: none is submitted any more */
    uint8_t request[LIBUSB_CONTROL_SETUP_SIZE + REQUEST_MAX];
    uint8_t received[RECEIVE_MAX];
    size_t received_size;
    size_t received_taken;
    enum instrument_status pending_error; /* of the transfer whose bytes were delivered */

    struct libusb_transfer *event_transfer;
    int wants_events; /* submit the transfer anew when it has brought something */
    int event_pending;
    int event_settled;
    uint8_t event_bytes[CDC_EVENT_MAX];
    struct usb_events events;
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

/* Waits until done is not 0: OK, CANCELLED, NO_ANSWER at the deadline, TRANSFER. */
static enum instrument_status wait_until(struct usb_transport *usb, int *done,
                                         uint64_t deadline_ms)
{
    while (!*done) {
        if (transport_ask(&usb->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        unsigned slice_ms = transport_slice_ms(deadline_ms);
        int rc = work(usb->libusb, slice_ms, done);
        if (rc != LIBUSB_SUCCESS && rc != LIBUSB_ERROR_INTERRUPTED)
            return status_from_libusb(rc);
        if (slice_ms == 0 && !*done)
            return INSTRUMENT_NO_ANSWER;
    }
    return INSTRUMENT_OK;
}

static enum instrument_status usb_wait(struct transport *transport, unsigned ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    int never = 0;
    enum instrument_status status = wait_until(usb, &never, transport_clock_ms() + ms);
    return status == INSTRUMENT_CANCELLED ? status : INSTRUMENT_OK;
}

static void LIBUSB_CALL mark_done(struct libusb_transfer *transfer)
{
    *(int *)transfer->user_data = 1;
}

/* A pulled plug shows as a failed transfer until the hub has reported it. */
static enum instrument_status explain_error(struct usb_transport *usb)
{
    uint64_t deadline_ms = transport_clock_ms() + VANISH_MS;
    while (usb_sysfs_presence(&usb->device) == USB_PRESENT) {
        if (transport_slice_ms(deadline_ms) == 0)
            return INSTRUMENT_TRANSFER;
        if (usb_wait(&usb->base, DRAIN_MS) == INSTRUMENT_CANCELLED)
            return INSTRUMENT_CANCELLED;
    }
    return INSTRUMENT_UNPLUGGED;
}

/* The kernel gives every cancelled transfer back. If it does not, the transfer and its
 * buffer stay libusb's until the handle is closed. */
static void cancel(struct usb_transport *usb, struct libusb_transfer *transfer, int *done)
{
    uint64_t deadline_ms = transport_clock_ms() + GIVE_BACK_MS;
    libusb_cancel_transfer(transfer);
    while (!*done && !usb->is_stuck) {
        unsigned slice_ms = transport_slice_ms(deadline_ms);
        int rc = work(usb->libusb, slice_ms, done);
        int works = rc == LIBUSB_SUCCESS || rc == LIBUSB_ERROR_INTERRUPTED;
        usb->is_stuck = !*done && (slice_ms == 0 || !works);
        if (usb->is_stuck)
            transport_remark(&usb->context, "a cancelled transfer does not come back");
    }
}

/* Submits the transfer that is filled in, and has it back unless the link is stuck. */
static enum instrument_status run(struct usb_transport *usb, uint64_t deadline_ms)
{
    struct libusb_transfer *transfer = usb->transfer;
    if (usb->is_stuck)
        return INSTRUMENT_TRANSFER;
    usb->transfer_done = 0;
    transfer->callback = mark_done;
    transfer->user_data = &usb->transfer_done;
    transfer->actual_length = 0;
    int rc = libusb_submit_transfer(transfer);
    if (rc != LIBUSB_SUCCESS)
        return status_from_libusb(rc);
    enum instrument_status status = wait_until(usb, &usb->transfer_done, deadline_ms);
    if (!usb->transfer_done)
        cancel(usb, transfer, &usb->transfer_done);
    if (usb->is_stuck)
        return status == INSTRUMENT_CANCELLED ? status : INSTRUMENT_TRANSFER;
    int was_cut = transfer->status == LIBUSB_TRANSFER_CANCELLED;
    if (status == INSTRUMENT_CANCELLED || (status != INSTRUMENT_OK && was_cut))
        return status;
    return transfer->status == LIBUSB_TRANSFER_ERROR
               ? explain_error(usb)
               : status_from_transfer(transfer->status);
}

/* -- the pipe --------------------------------------------------------------- */

static enum instrument_status send_piece(struct usb_transport *usb, uint8_t *data,
                                         size_t size, uint64_t deadline_ms)
{
    libusb_fill_bulk_transfer(usb->transfer, usb->handle, usb->device.pair.bulk_out, data,
                              (int)size, NULL, NULL, 0);
    return run(usb, deadline_ms);
}

static enum instrument_status usb_send(struct transport *transport, const uint8_t *data,
                                       size_t size, unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    uint64_t deadline_ms = transport_clock_ms() + timeout_ms;
    transport_show(&usb->context, INSTRUMENT_SENT, data, size);
    /* libusb declares one pointer for both directions and only reads from this one */
    enum instrument_status status =
        send_piece(usb, (uint8_t *)(uintptr_t)data, size, deadline_ms);
    if (status == INSTRUMENT_OK && size > 0 && size % usb->device.pair.out_packet == 0)
        status = send_piece(usb, NULL, 0, deadline_ms);
    return status;
}

/* Whole packets only, or a packet that is longer than expected is lost. */
static size_t whole_packets(const struct usb_transport *usb, size_t capacity)
{
    size_t packet = usb->device.pair.in_packet;
    size_t most = capacity < RECEIVE_MAX ? capacity : RECEIVE_MAX;
    return most < packet ? packet : most - most % packet;
}

/* One bulk transfer into received; packets of no bytes are ignored. */
static enum instrument_status read_packets(struct usb_transport *usb, size_t capacity,
                                           uint64_t deadline_ms)
{
    do {
        libusb_fill_bulk_transfer(usb->transfer, usb->handle, usb->device.pair.bulk_in,
                                  usb->received, (int)whole_packets(usb, capacity), NULL,
                                  NULL, 0);
        enum instrument_status status = run(usb, deadline_ms);
        usb->received_size = (size_t)usb->transfer->actual_length;
        if (status != INSTRUMENT_OK || usb->received_size > 0)
            return status;
    } while (transport_slice_ms(deadline_ms) > 0);
    return INSTRUMENT_NO_ANSWER;
}

/* Bytes come before the error that ended their transfer. */
static enum instrument_status fill(struct usb_transport *usb, size_t capacity,
                                   uint64_t deadline_ms)
{
    enum instrument_status status = usb->pending_error;
    usb->received_taken = 0;
    usb->received_size = 0;
    if (status == INSTRUMENT_OK)
        status = read_packets(usb, capacity, deadline_ms);
    else if (status != INSTRUMENT_UNPLUGGED)
        usb->pending_error = INSTRUMENT_OK;
    int stays = status == INSTRUMENT_UNPLUGGED;
    int waits = usb->received_size > 0 && status == INSTRUMENT_TRANSFER;
    if (stays || waits)
        usb->pending_error = status;
    return usb->received_size > 0 && status != INSTRUMENT_CANCELLED ? INSTRUMENT_OK
                                                                    : status;
}

static enum instrument_status usb_receive(struct transport *transport, uint8_t *data,
                                          size_t capacity, size_t *size,
                                          unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    if (usb->received_taken == usb->received_size) {
        enum instrument_status status =
            fill(usb, capacity, transport_clock_ms() + timeout_ms);
        if (status != INSTRUMENT_OK)
            return status;
    }
    size_t left = usb->received_size - usb->received_taken;
    size_t taken = left < capacity ? left : capacity;
    memcpy(data, usb->received + usb->received_taken, taken);
    usb->received_taken += taken;
    transport_show(&usb->context, INSTRUMENT_RECEIVED, data, taken);
    *size = taken;
    return INSTRUMENT_OK;
}

static enum instrument_status usb_control(struct transport *transport,
                                          const struct transport_request *request,
                                          uint8_t *data, unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    if (request->size > REQUEST_MAX)
        return INSTRUMENT_UNSUPPORTED;
    int reads = request->type & LIBUSB_ENDPOINT_IN;
    libusb_fill_control_setup(usb->request, request->type, request->request,
                              request->value, request->index, request->size);
    if (!reads && request->size > 0)
        memcpy(usb->request + LIBUSB_CONTROL_SETUP_SIZE, data, request->size);
    libusb_fill_control_transfer(usb->transfer, usb->handle, usb->request, NULL, NULL, 0);
    enum instrument_status status = run(usb, transport_clock_ms() + timeout_ms);
    if (status != INSTRUMENT_OK || !reads)
        return status;
    if (usb->transfer->actual_length != request->size)
        return INSTRUMENT_BAD_REPLY;
    memcpy(data, usb->request + LIBUSB_CONTROL_SETUP_SIZE, request->size);
    return INSTRUMENT_OK;
}

/* -- events ----------------------------------------------------------------- */

/* Nothing is to be waited for: an event is there, or none will come. */
static int has_settled(const struct usb_transport *usb)
{
    return usb->events.count > 0 || !usb->event_pending;
}

static void submit_event(struct usb_transport *usb)
{
    int rc = libusb_submit_transfer(usb->event_transfer);
    usb->event_pending = rc == LIBUSB_SUCCESS;
    if (rc == LIBUSB_ERROR_NO_DEVICE)
        usb->pending_error = INSTRUMENT_UNPLUGGED;
}

static void LIBUSB_CALL event_arrived(struct libusb_transfer *transfer)
{
    struct usb_transport *usb = transfer->user_data;
    usb->event_pending = 0;
    if (transfer->status == LIBUSB_TRANSFER_NO_DEVICE)
        usb->pending_error = INSTRUMENT_UNPLUGGED;
    if (transfer->status == LIBUSB_TRANSFER_COMPLETED) {
        if (transfer->actual_length > 0)
            usb_events_put(&usb->events, usb->event_bytes,
                           (size_t)transfer->actual_length);
        if (usb->wants_events)
            submit_event(usb);
    }
    usb->event_settled = has_settled(usb);
}

/* From now on a read is always pending on the interrupt endpoint, if there is one. */
static void expect_events(struct usb_transport *usb)
{
    const struct cdc_pair *pair = &usb->device.pair;
    if (!pair->interrupt_in || usb->event_pending)
        return;
    libusb_fill_interrupt_transfer(usb->event_transfer, usb->handle, pair->interrupt_in,
                                   usb->event_bytes, pair->interrupt_packet,
                                   event_arrived, usb, 0);
    usb->wants_events = 1;
    submit_event(usb);
}

static void expect_no_events(struct usb_transport *usb)
{
    usb->wants_events = 0;
    usb->event_settled = !usb->event_pending; /* else by its callback */
    if (usb->event_pending)
        cancel(usb, usb->event_transfer, &usb->event_settled);
}

static enum instrument_status usb_event(struct transport *transport, uint8_t *data,
                                        size_t capacity, size_t *size,
                                        unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    if (!usb->device.pair.interrupt_in)
        return INSTRUMENT_UNSUPPORTED;
    usb->event_settled = has_settled(usb);
    enum instrument_status status =
        wait_until(usb, &usb->event_settled, transport_clock_ms() + timeout_ms);
    if (status != INSTRUMENT_OK)
        return status;
    if (usb->events.count == 0)
        return usb->pending_error == INSTRUMENT_UNPLUGGED ? INSTRUMENT_UNPLUGGED
                                                          : INSTRUMENT_TRANSFER;
    *size = usb_events_take(&usb->events, data, capacity);
    return INSTRUMENT_OK;
}

/* -- recovery --------------------------------------------------------------- */

/* Forgets what the device still has to say. */
static enum instrument_status drain(struct usb_transport *usb)
{
    uint64_t limit_ms = transport_clock_ms() + DRAIN_LIMIT_MS;
    enum instrument_status status;
    do {
        status = fill(usb, RECEIVE_MAX, transport_clock_ms() + DRAIN_MS);
        usb->received_taken = usb->received_size;
    } while (status == INSTRUMENT_OK && transport_clock_ms() < limit_ms);
    return status == INSTRUMENT_NO_ANSWER ? INSTRUMENT_OK : status;
}

/* A device that refuses to clear a halt it does not have is as good; one that does not
 * answer is not. libusb gives the two the same name, so the time tells them apart. */
static enum instrument_status clear_halt(struct usb_transport *usb, uint8_t endpoint)
{
    uint64_t late_ms = transport_clock_ms() + REFUSAL_MS;
    int rc = libusb_clear_halt(usb->handle, endpoint);
    if (rc == LIBUSB_ERROR_NO_DEVICE)
        return INSTRUMENT_UNPLUGGED;
    return rc != LIBUSB_SUCCESS && transport_clock_ms() >= late_ms ? INSTRUMENT_NO_ANSWER
                                                                   : INSTRUMENT_OK;
}

static enum instrument_status clear_halts(struct usb_transport *usb)
{
    const struct cdc_pair *pair = &usb->device.pair;
    const uint8_t endpoints[] = {pair->bulk_in, pair->bulk_out,
                                 usb->event_pending ? 0 : pair->interrupt_in};
    enum instrument_status status = INSTRUMENT_OK;
    for (size_t i = 0; i < sizeof endpoints && status == INSTRUMENT_OK; i++) {
        if (transport_ask(&usb->context) == INSTRUMENT_STOP)
            status = INSTRUMENT_CANCELLED;
        else if (endpoints[i])
            status = clear_halt(usb, endpoints[i]);
    }
    return status;
}

static enum instrument_status usb_recover(struct transport *transport)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    enum instrument_status status = clear_halts(usb);
    expect_events(usb);
    if (usb->pending_error != INSTRUMENT_UNPLUGGED)
        usb->pending_error = INSTRUMENT_OK;
    return status == INSTRUMENT_OK ? drain(usb) : status;
}

/* -- opening and closing ---------------------------------------------------- */

static enum instrument_status start_line(struct usb_transport *usb)
{
    enum instrument_status status = clear_halts(usb);
    if (status != INSTRUMENT_OK)
        return status;
    status =
        cdc_line_start(&usb->base, &usb->context, usb->device.pair.control_interface);
    if (status != INSTRUMENT_OK)
        return status;
    expect_events(usb);
    status = usb_wait(&usb->base, WAKE_MS);
    return status == INSTRUMENT_OK ? drain(usb) : status;
}

static void usb_close(struct transport *transport)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    const struct cdc_pair *pair = &usb->device.pair;
    usb->context.cancelled = NULL; /* closing goes on however it came to it */
    expect_no_events(usb);
    if (usb->claimed_data)
        cdc_line_stop(&usb->base, pair->control_interface);
    if (usb->claimed_data)
        libusb_release_interface(usb->handle, pair->data_interface);
    if (usb->claimed_control)
        libusb_release_interface(usb->handle, pair->control_interface);
    /* first, as it ends what is stuck in flight: only then may that be freed */
    if (usb->handle)
        libusb_close(usb->handle);
    libusb_free_transfer(usb->event_transfer);
    libusb_free_transfer(usb->transfer);
    if (usb->libusb)
        libusb_exit(usb->libusb);
    free(usb);
}

static const struct transport_ops usb_ops = {
    .send = usb_send,
    .receive = usb_receive,
    .control = usb_control,
    .event = usb_event,
    .recover = usb_recover,
    .now_ms = transport_now_ms,
    .wait = usb_wait,
    .close = usb_close,
};

static enum instrument_status open_device(struct usb_transport *usb)
{
    libusb_device **devices;
    ssize_t count = libusb_get_device_list(usb->libusb, &devices);
    if (count < 0)
        return status_from_libusb((int)count);
    int rc = LIBUSB_ERROR_NO_DEVICE;
    for (ssize_t i = 0; i < count; i++) {
        if (libusb_get_bus_number(devices[i]) == usb->device.bus &&
            libusb_get_device_address(devices[i]) == usb->device.address)
            rc = libusb_open(devices[i], &usb->handle);
    }
    libusb_free_device_list(devices, 1);
    return rc == LIBUSB_ERROR_NO_DEVICE ? INSTRUMENT_ABSENT : status_from_libusb(rc);
}

static enum instrument_status claim(struct usb_transport *usb, uint8_t interface,
                                    int *claimed, char *holder)
{
    int rc = libusb_claim_interface(usb->handle, interface);
    *claimed = rc == LIBUSB_SUCCESS;
    if (rc == LIBUSB_ERROR_BUSY)
        usb_sysfs_name_holder(&usb->device, holder);
    return status_from_libusb(rc);
}

/* The kernel's driver holds both interfaces and lets go of both; it takes them back when
 * they are released. */
static enum instrument_status claim_both(struct usb_transport *usb, char *holder)
{
    const struct cdc_pair *pair = &usb->device.pair;
    libusb_set_auto_detach_kernel_driver(usb->handle, 1);
    enum instrument_status status =
        claim(usb, pair->control_interface, &usb->claimed_control, holder);
    if (status == INSTRUMENT_OK)
        status = claim(usb, pair->data_interface, &usb->claimed_data, holder);
    if (status == INSTRUMENT_OK && pair->alternate != 0)
        status = status_from_libusb(libusb_set_interface_alt_setting(
            usb->handle, pair->data_interface, pair->alternate));
    return status;
}

static enum instrument_status prepare(struct usb_transport *usb)
{
    usb->transfer = libusb_alloc_transfer(0);
    usb->event_transfer = libusb_alloc_transfer(0);
    if (!usb->transfer || !usb->event_transfer)
        return INSTRUMENT_NO_MEMORY;
    return status_from_libusb(libusb_init(&usb->libusb));
}

/* Whoever holds the tty keeps it: the kernel's driver is detached when nobody does. */
static enum instrument_status take_device(struct usb_transport *usb, char *holder)
{
    enum node_use use = usb_sysfs_port_use(&usb->device, holder);
    if (use == NODE_HELD)
        return INSTRUMENT_BUSY;
    if (use == NODE_HIDDEN)
        transport_remark(&usb->context,
                         "no permission to see whether another user's program holds the "
                         "instrument's serial port");
    enum instrument_status status = prepare(usb);
    if (status == INSTRUMENT_OK)
        status = open_device(usb);
    if (status == INSTRUMENT_OK)
        status = claim_both(usb, holder);
    return status == INSTRUMENT_OK ? start_line(usb) : status;
}

enum instrument_status transport_usb_open(const struct transport_usb_id *usb_ids,
                                          size_t count, const char *wanted,
                                          const struct transport_context *context,
                                          char *holder, struct transport **out)
{
    struct usb_transport *usb = calloc(1, sizeof *usb);
    if (!usb)
        return INSTRUMENT_NO_MEMORY;
    usb->base.ops = &usb_ops;
    if (context)
        usb->context = *context;
    enum instrument_status status =
        usb_sysfs_choose(usb_ids, count, wanted, &usb->device);
    if (status == INSTRUMENT_OK)
        status = take_device(usb, holder);
    if (status != INSTRUMENT_OK) {
        usb_close(&usb->base);
        return status;
    }
    *out = &usb->base;
    return INSTRUMENT_OK;
}
