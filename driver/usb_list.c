/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which instruments are connected, and waiting for one; the kernel tells without a device
 * being opened. */
#include "driver/transport.h"

#include <poll.h>
#include <stdio.h>

#include "driver/transport_context.h"
#include "driver/usb_sysfs.h"

/* Time for udev to grant access to a device that has appeared. */
enum { RULES_MS = 2000 };

static struct instrument_listed entry(const struct usb_candidate *candidate,
                                      const char *model)
{
    struct instrument_listed listed = {.state = usb_sysfs_state(candidate)};
    snprintf(listed.model, sizeof listed.model, "%s", model);
    snprintf(listed.serial, sizeof listed.serial, "%s", candidate->serial);
    if (candidate->serial[0])
        snprintf(listed.id, sizeof listed.id, "%s", candidate->serial);
    else
        snprintf(listed.id, sizeof listed.id, "usb:%04x:%04x", candidate->vendor,
                 candidate->product);
    snprintf(listed.link, sizeof listed.link, "usb %03u:%03u", candidate->bus,
             candidate->address);
    return listed;
}

enum instrument_status transport_usb_list(const struct transport_usb_id *usb_ids,
                                          size_t count, const char *model,
                                          struct instrument_listed *listed,
                                          size_t capacity, size_t *found)
{
    struct usb_candidate candidates[USB_CANDIDATES_MAX];
    size_t all = usb_sysfs_find(usb_ids, count, "auto", candidates, USB_CANDIDATES_MAX);
    if (all == 0)
        return INSTRUMENT_ABSENT;
    size_t room = capacity < USB_CANDIDATES_MAX ? capacity : USB_CANDIDATES_MAX;
    *found = all < room ? all : room;
    for (size_t i = 0; i < *found; i++)
        listed[i] = entry(&candidates[i], model);
    return INSTRUMENT_OK;
}

enum instrument_status transport_usb_wait(const struct transport_usb_id *usb_ids,
                                          size_t count,
                                          const struct transport_context *context)
{
    static const struct transport_context nobody = {.user = NULL};
    const struct transport_context *asked = context ? context : &nobody;
    uint64_t appeared_ms = 0;
    for (;;) {
        struct usb_candidate device;
        if (usb_sysfs_find(usb_ids, count, "auto", &device, 1) > 0) {
            if (appeared_ms == 0)
                appeared_ms = transport_clock_ms();
            if (usb_sysfs_state(&device) != INSTRUMENT_NO_PERMISSION ||
                transport_clock_ms() >= appeared_ms + RULES_MS)
                return INSTRUMENT_OK;
        }
        if (transport_ask(asked) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        poll(NULL, 0, TRANSPORT_SLICE_MS);
    }
}
