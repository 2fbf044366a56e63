/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/usb_choice.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char usb_prefix[] = "usb:";

enum { USB_PREFIX_SIZE = sizeof usb_prefix - 1 };

/* One to four hex digits up to the end character. */
static int parse_id(const char *text, char end, uint16_t *id)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF");
    if (digits < 1 || digits > 4 || text[digits] != end)
        return 0;
    *id = (uint16_t)strtoul(text, NULL, 16);
    return 1;
}

/* Whether wanted is "usb:VID:PID" of these ids. */
static int is_named(const char *wanted, uint16_t vendor, uint16_t product)
{
    uint16_t wanted_vendor;
    uint16_t wanted_product;
    if (!parse_id(wanted + USB_PREFIX_SIZE, ':', &wanted_vendor))
        return 0;
    const char *second = strchr(wanted + USB_PREFIX_SIZE, ':') + 1;
    return parse_id(second, '\0', &wanted_product) && wanted_vendor == vendor &&
           wanted_product == product;
}

static int names_ids(const char *wanted)
{
    return strncasecmp(wanted, usb_prefix, USB_PREFIX_SIZE) == 0;
}

enum usb_match usb_match(const struct transport_usb_id *usb_ids, size_t count,
                         const char *wanted, struct usb_candidate *candidate)
{
    candidate->rank = 0;
    if (names_ids(wanted))
        return is_named(wanted, candidate->vendor, candidate->product) ? USB_MATCHES
                                                                       : USB_FOREIGN;
    for (size_t i = 0; i < count; i++) {
        const struct transport_usb_id *id = &usb_ids[i];
        if (id->vendor == candidate->vendor && id->class == TRANSPORT_CDC_ACM &&
            candidate->port == CDC_FOUND &&
            (id->product == TRANSPORT_ANY_PRODUCT || id->product == candidate->product)) {
            candidate->rank = i;
            return USB_MATCHES;
        }
    }
    return USB_FOREIGN;
}

/* The USB string puts four letters of model code before the number on the label. */
static int ends_with(const char *serial, const char *end)
{
    size_t length = strlen(serial);
    size_t wanted = strlen(end);
    return wanted > 0 && wanted <= length && strcmp(serial + length - wanted, end) == 0;
}

static int is_wanted(const struct usb_candidate *candidate, const char *wanted)
{
    return strcmp(wanted, "auto") == 0 || names_ids(wanted) ||
           ends_with(candidate->serial, wanted);
}

enum instrument_status usb_choose(const struct usb_candidate *candidates, size_t count,
                                  const char *wanted, size_t *chosen)
{
    size_t best = count;
    enum instrument_status status = INSTRUMENT_ABSENT;
    for (size_t i = 0; i < count; i++) {
        if (!is_wanted(&candidates[i], wanted))
            continue;
        if (best == count || candidates[i].rank < candidates[best].rank) {
            best = i;
            status = INSTRUMENT_OK;
        } else if (candidates[i].rank == candidates[best].rank) {
            status = INSTRUMENT_SEVERAL;
        }
    }
    if (status == INSTRUMENT_OK)
        *chosen = best;
    return status;
}
