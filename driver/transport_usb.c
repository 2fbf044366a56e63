/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte pipe over libusb; what a cancelled transfer brought is kept. A device is never
 * reset: a measuring instrument may lose its calibration by it. */
#include "driver/transport.h"

#include <libusb.h>
#include <stdlib.h>
#include <string.h>

#include "driver/cdc_line.h"
#include "driver/transport_context.h"
#include "driver/usb_events.h"
#include "driver/usb_link.h"
#include "driver/usb_sysfs.h"

enum {
    WAKE_MS = 200,         /* for a device that prepares when DTR rises */
    DRAIN_MS = 20,         /* of silence */
    DRAIN_LIMIT_MS = 1000, /* for a device that never stops */
    REFUSAL_MS = 1000,     /* a device refuses sooner, the kernel waits for 5 s */
    REQUEST_MAX = 1024,    /* bytes of data of a control request */
    RECEIVE_MAX = 4096     /* of one bulk transfer */
};

struct usb_transport {
    struct transport base;
    struct usb_link link;
    uint8_t request[LIBUSB_CONTROL_SETUP_SIZE + REQUEST_MAX];
    uint8_t received[RECEIVE_MAX];
    size_t received_size;
    size_t received_taken;
    enum instrument_status pending_error; /* of the transfer whose bytes were delivered */

    int wants_events; /* submit the transfer anew when it has brought something */
    int event_pending;
    int event_settled;
    uint8_t event_bytes[CDC_EVENT_MAX];
    struct usb_events events;
};

/* -- the pipe --------------------------------------------------------------- */

static enum instrument_status usb_wait(struct transport *transport, unsigned ms)
{
    return usb_link_wait(&((struct usb_transport *)transport)->link, ms);
}

static enum instrument_status send_piece(struct usb_transport *usb, uint8_t *data,
                                         size_t size, uint64_t deadline_ms)
{
    libusb_fill_bulk_transfer(usb->link.transfer, usb->link.handle,
                              usb->link.device.pair.bulk_out, data, (int)size, NULL, NULL,
                              0);
    return usb_link_run(&usb->link, deadline_ms);
}

static enum instrument_status usb_send(struct transport *transport, const uint8_t *data,
                                       size_t size, unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    uint64_t deadline_ms = transport_clock_ms() + timeout_ms;
    transport_show(&usb->link.context, INSTRUMENT_SENT, data, size);
    /* libusb declares one pointer for both directions and only reads from this one */
    enum instrument_status status =
        send_piece(usb, (uint8_t *)(uintptr_t)data, size, deadline_ms);
    if (status == INSTRUMENT_OK && size > 0 &&
        size % usb->link.device.pair.out_packet == 0)
        status = send_piece(usb, NULL, 0, deadline_ms);
    return status;
}

/* Whole packets only, or a packet that is longer than expected is lost. */
static size_t whole_packets(const struct usb_transport *usb, size_t capacity)
{
    size_t packet = usb->link.device.pair.in_packet;
    size_t most = capacity < RECEIVE_MAX ? capacity : RECEIVE_MAX;
    return most < packet ? packet : most - most % packet;
}

/* One bulk transfer into received; packets of no bytes are ignored. */
static enum instrument_status read_packets(struct usb_transport *usb, size_t capacity,
                                           uint64_t deadline_ms)
{
    do {
        libusb_fill_bulk_transfer(usb->link.transfer, usb->link.handle,
                                  usb->link.device.pair.bulk_in, usb->received,
                                  (int)whole_packets(usb, capacity), NULL, NULL, 0);
        enum instrument_status status = usb_link_run(&usb->link, deadline_ms);
        usb->received_size = (size_t)usb->link.transfer->actual_length;
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
    transport_show(&usb->link.context, INSTRUMENT_RECEIVED, data, taken);
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
    libusb_fill_control_transfer(usb->link.transfer, usb->link.handle, usb->request, NULL,
                                 NULL, 0);
    enum instrument_status status =
        usb_link_run(&usb->link, transport_clock_ms() + timeout_ms);
    if (status != INSTRUMENT_OK || !reads)
        return status;
    if (usb->link.transfer->actual_length != request->size)
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
    int rc = libusb_submit_transfer(usb->link.event_transfer);
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
    const struct cdc_pair *pair = &usb->link.device.pair;
    if (!pair->interrupt_in || usb->event_pending)
        return;
    libusb_fill_interrupt_transfer(usb->link.event_transfer, usb->link.handle,
                                   pair->interrupt_in, usb->event_bytes,
                                   pair->interrupt_packet, event_arrived, usb, 0);
    usb->wants_events = 1;
    submit_event(usb);
}

static void expect_no_events(struct usb_transport *usb)
{
    usb->wants_events = 0;
    usb->event_settled = !usb->event_pending; /* else by its callback */
    if (usb->event_pending)
        usb_link_cancel(&usb->link, usb->link.event_transfer, &usb->event_settled);
}

static enum instrument_status usb_event(struct transport *transport, uint8_t *data,
                                        size_t capacity, size_t *size,
                                        unsigned timeout_ms)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    if (!usb->link.device.pair.interrupt_in)
        return INSTRUMENT_UNSUPPORTED;
    usb->event_settled = has_settled(usb);
    enum instrument_status status = usb_link_wait_until(
        &usb->link, &usb->event_settled, transport_clock_ms() + timeout_ms);
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
    int rc = libusb_clear_halt(usb->link.handle, endpoint);
    if (rc == LIBUSB_ERROR_NO_DEVICE)
        return INSTRUMENT_UNPLUGGED;
    return rc != LIBUSB_SUCCESS && transport_clock_ms() >= late_ms ? INSTRUMENT_NO_ANSWER
                                                                   : INSTRUMENT_OK;
}

static enum instrument_status clear_halts(struct usb_transport *usb)
{
    const struct cdc_pair *pair = &usb->link.device.pair;
    const uint8_t endpoints[] = {pair->bulk_in, pair->bulk_out,
                                 usb->event_pending ? 0 : pair->interrupt_in};
    enum instrument_status status = INSTRUMENT_OK;
    for (size_t i = 0; i < sizeof endpoints && status == INSTRUMENT_OK; i++) {
        if (transport_ask(&usb->link.context) == INSTRUMENT_STOP)
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
    status = cdc_line_start(&usb->base, &usb->link.context,
                            usb->link.device.pair.control_interface);
    if (status != INSTRUMENT_OK)
        return status;
    expect_events(usb);
    status = usb_link_wait(&usb->link, WAKE_MS);
    return status == INSTRUMENT_OK ? drain(usb) : status;
}

static void usb_close(struct transport *transport)
{
    struct usb_transport *usb = (struct usb_transport *)transport;
    usb->link.context.cancelled = NULL; /* closing goes on however it came to it */
    expect_no_events(usb);
    if (usb->link.claimed_data)
        cdc_line_stop(&usb->base, usb->link.device.pair.control_interface);
    usb_link_close(&usb->link);
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
        usb->link.context = *context;
    enum instrument_status status =
        usb_sysfs_choose(usb_ids, count, wanted, &usb->link.device);
    if (status == INSTRUMENT_OK)
        status = usb_link_open(&usb->link, holder);
    if (status == INSTRUMENT_OK)
        status = start_line(usb);
    if (status != INSTRUMENT_OK) {
        usb_close(&usb->base);
        return status;
    }
    *out = &usb->base;
    return INSTRUMENT_OK;
}
