/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The byte pipe between a model and its instrument. Internal to the driver. */
#ifndef DRIVER_TRANSPORT_H
#define DRIVER_TRANSPORT_H

#include "driver/instrument.h"

/* A class or vendor request on the control endpoint. */
struct transport_request {
    uint8_t type;
    uint8_t request;
    uint16_t value;
    uint16_t index;
    uint16_t size; /* of the data */
};

struct transport;

/* The link to one instrument: USB in the field, a serial node, the emulator on the bench.
 * A member is NULL where the link lacks it; a model that needs it then does not match. */
struct transport_ops {
    /* Sends all bytes, and a zero-length packet after a multiple of the packet size. */
    enum instrument_status (*send)(struct transport *transport, const uint8_t *data,
                                   size_t size, unsigned timeout_ms);
    /* One transfer: ends full, at a short packet or at the time-out. NO_ANSWER only if
     * nothing came; bytes before an error are delivered first, the error by the next
     * call. Line readers pass the packet size as capacity, frame readers that of their
     * frames. */
    enum instrument_status (*receive)(struct transport *transport, uint8_t *data,
                                      size_t capacity, size_t *size, unsigned timeout_ms);
    enum instrument_status (*control)(struct transport *transport,
                                      const struct transport_request *request,
                                      uint8_t *data, unsigned timeout_ms);
    /* The oldest packet of the interrupt endpoint, on which a read is always pending. */
    enum instrument_status (*event)(struct transport *transport, uint8_t *data,
                                    size_t capacity, size_t *size, unsigned timeout_ms);
    /* Clears halts and drains. Over USB the kernel waits at most 5 s, without asking, for
     * a device that does not answer to the clearing of a halt; NO_ANSWER then. */
    enum instrument_status (*recover)(struct transport *transport);
    uint64_t (*now_ms)(struct transport *transport); /* monotonic */
    /* Waits in slices that ask cancelled; emulated time does not sleep. CANCELLED or OK.
     */
    enum instrument_status (*wait)(struct transport *transport, unsigned ms);
    /* Moves the virtual head; NULL on real links. */
    void (*place)(struct transport *transport, const char *kind, const char *site);
    void (*close)(struct transport *transport); /* frees */
};

/* A kind of transport embeds this as its first member. */
struct transport {
    const struct transport_ops *ops;
};

/* Bytes of a full-speed bulk packet: what line readers read at a time. */
enum { TRANSPORT_PACKET = 64 };

/* How a transport asks whether to stop, and shows what it does. */
struct transport_context {
    void *user;
    enum instrument_answer (*cancelled)(void *user); /* or NULL */
    void (*trace)(void *user, enum instrument_direction direction, const uint8_t *bytes,
                  size_t size); /* or NULL */
};

/* Vendor and product ids that a model lists; the class decides where the product is
 * TRANSPORT_ANY_PRODUCT. */
enum { TRANSPORT_ANY_PRODUCT = 0x10000 };
enum transport_usb_class { TRANSPORT_CDC_ACM, TRANSPORT_VENDOR };
struct transport_usb_id {
    uint16_t vendor;
    uint32_t product;
    enum transport_usb_class class;
};

/*
 * Opens the USB device that an id means among those that match one of usb_ids.
 *
 *   wanted  "auto", a serial number or its end, "usb:VID:PID" (which need not match)
 *
 * Detaches the kernel driver (after looking who holds its tty, as far as tty_holder.h
 * says: BUSY then, the holder's name in holder[INSTRUMENT_TEXT_MAX]), claims control and
 * data interface, sets 115200 8N1 and DTR, RTS, clears halts, drains. ABSENT, SEVERAL,
 * NO_PERMISSION, BUSY, TRANSFER.
 */
enum instrument_status transport_usb_open(const struct transport_usb_id *usb_ids,
                                          size_t count, const char *wanted,
                                          const struct transport_context *context,
                                          char *holder, struct transport **out);

/* Lists without opening; as instrument_list. */
enum instrument_status transport_usb_list(const struct transport_usb_id *usb_ids,
                                          size_t count, const char *model,
                                          struct instrument_listed *listed,
                                          size_t capacity, size_t *found);

/* Waits until a matching device is there: OK, or CANCELLED. */
enum instrument_status transport_usb_wait(const struct transport_usb_id *usb_ids,
                                          size_t count,
                                          const struct transport_context *context);

/* Opens a serial node: raw, 115200 8N1, exclusive. ABSENT, TRANSFER; BUSY, the holder's
 * name in holder[INSTRUMENT_TEXT_MAX]; NO_PERMISSION, there the group that has it, or as
 * it was where no group has it. */
enum instrument_status transport_tty_open(const char *path,
                                          const struct transport_context *context,
                                          char *holder, struct transport **out);

/* The emulator as a transport; settings as instrument_open's id after "sim:cm700d", ""
 * for the defaults. OUT_OF_RANGE for settings it does not know. */
enum instrument_status transport_sim_open(const char *settings,
                                          const struct transport_context *context,
                                          struct transport **out);

#endif
