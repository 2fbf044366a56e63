/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_events.h"

#include <assert.h>
#include <string.h>

static void drop_oldest(struct usb_events *events)
{
    events->first = (events->first + 1) % USB_EVENTS_MAX;
    events->count--;
}

void usb_events_put(struct usb_events *events, const uint8_t *bytes, size_t size)
{
    assert(size <= CDC_EVENT_MAX);
    if (events->count == USB_EVENTS_MAX)
        drop_oldest(events);
    size_t last = (events->first + (size_t)events->count) % USB_EVENTS_MAX;
    memcpy(events->event[last].bytes, bytes, size);
    events->event[last].size = size;
    events->count++;
}

size_t usb_events_take(struct usb_events *events, uint8_t *bytes, size_t capacity)
{
    assert(events->count > 0);
    const struct usb_event *oldest = &events->event[events->first];
    size_t taken = oldest->size < capacity ? oldest->size : capacity;
    memcpy(bytes, oldest->bytes, taken);
    drop_oldest(events);
    return taken;
}
