/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/cdc_descriptor.h"

/* USB 2.0 tables 9-5 and 9-8 to 9-13; CDC 1.2 sections 4 and 5. */
enum {
    TYPE_CONFIGURATION = 0x02,
    TYPE_INTERFACE = 0x04,
    TYPE_ENDPOINT = 0x05,
    TYPE_CLASS_INTERFACE = 0x24,

    SUBTYPE_CALL_MANAGEMENT = 0x01,
    SUBTYPE_UNION = 0x06,

    CLASS_CONTROL = 0x02,
    SUBCLASS_ACM = 0x02,
    PROTOCOL_AT_COMMANDS = 0x01,
    CLASS_DATA = 0x0A,

    ENDPOINT_IN = 0x80,
    TRANSFER_TYPE = 0x03,
    TRANSFER_BULK = 0x02,
    TRANSFER_INTERRUPT = 0x03,
    PACKET_SIZE = 0x07FF,
    PACKET_MAX = 1024 /* of any bulk endpoint, USB 3.2 */
};

/* A stretch of descriptors, one after the other. */
struct stretch {
    const uint8_t *at;
    size_t size;
};

/* The next descriptor whole, size 0 at the end or where a length is nonsense; the rest
 * stays in the stretch. */
static struct stretch next(struct stretch *rest)
{
    size_t length = rest->size >= 2 ? rest->at[0] : 0;
    if (length < 2 || length > rest->size)
        return (struct stretch){.at = NULL, .size = 0};
    struct stretch descriptor = {.at = rest->at, .size = length};
    rest->at += length;
    rest->size -= length;
    return descriptor;
}

static unsigned le16(const uint8_t *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

/* The configuration with its interfaces; size 0 where there is none of that value. */
static struct stretch find_configuration(const uint8_t *descriptors, size_t size,
                                         uint8_t value)
{
    struct stretch rest = {.at = descriptors, .size = size};
    for (;;) {
        struct stretch all = rest;
        struct stretch descriptor = next(&rest);
        if (descriptor.size == 0)
            return descriptor;
        if (descriptor.size < 9 || descriptor.at[1] != TYPE_CONFIGURATION)
            continue;
        size_t total = le16(descriptor.at + 2);
        if (total < all.size)
            all.size = total > descriptor.size ? total : descriptor.size;
        if (descriptor.at[5] == value)
            return all;
        rest.at += all.size - descriptor.size;
        rest.size -= all.size - descriptor.size;
    }
}

/* The next interface descriptor; size 0 at the end. */
static struct stretch next_interface(struct stretch *rest)
{
    for (;;) {
        struct stretch descriptor = next(rest);
        if (descriptor.size == 0 ||
            (descriptor.size >= 9 && descriptor.at[1] == TYPE_INTERFACE))
            return descriptor;
    }
}

/* The next descriptor of the same interface and setting; size 0 behind the last. */
static struct stretch next_part(struct stretch *rest)
{
    struct stretch before = *rest;
    struct stretch descriptor = next(rest);
    if (descriptor.size > 0 && descriptor.at[1] != TYPE_INTERFACE)
        return descriptor;
    *rest = before;
    return (struct stretch){.at = NULL, .size = 0};
}

static int is_endpoint(struct stretch descriptor, unsigned type)
{
    return descriptor.size >= 7 && descriptor.at[1] == TYPE_ENDPOINT &&
           (descriptor.at[3] & TRANSFER_TYPE) == type;
}

/* Takes the bulk endpoints of one setting of a data interface. */
static enum cdc_found take_data(struct stretch rest, const uint8_t *interface,
                                struct cdc_pair *pair)
{
    pair->bulk_in = 0;
    pair->bulk_out = 0;
    struct stretch part;
    while ((part = next_part(&rest)).size > 0) {
        if (!is_endpoint(part, TRANSFER_BULK))
            continue;
        uint16_t packet = (uint16_t)(le16(part.at + 4) & PACKET_SIZE);
        if (packet == 0 || packet > PACKET_MAX)
            continue;
        if (part.at[2] & ENDPOINT_IN) {
            pair->bulk_in = part.at[2];
            pair->in_packet = packet;
        } else {
            pair->bulk_out = part.at[2];
            pair->out_packet = packet;
        }
    }
    pair->data_interface = interface[2];
    pair->alternate = interface[3];
    return pair->bulk_in && pair->bulk_out ? CDC_FOUND : CDC_NONE;
}

enum { ANY_INTERFACE = -1 };

/* Looks for a data interface of that number with both endpoints. */
static enum cdc_found find_data(struct stretch rest, int number, struct cdc_pair *pair)
{
    struct stretch interface;
    while ((interface = next_interface(&rest)).size > 0) {
        if (interface.at[5] == CLASS_DATA &&
            (number == ANY_INTERFACE || interface.at[2] == number) &&
            take_data(rest, interface.at, pair) == CDC_FOUND)
            return CDC_FOUND;
    }
    return CDC_NONE;
}

/* What the control interface says of itself; ANY_INTERFACE where it does not. */
struct control {
    int by_union;
    int by_call_management;
};

static void take_class_part(struct stretch part, const struct cdc_pair *pair,
                            struct control *control)
{
    if (part.size < 5 || part.at[1] != TYPE_CLASS_INTERFACE)
        return;
    if (part.at[2] == SUBTYPE_UNION && part.at[3] == pair->control_interface)
        control->by_union = part.at[4];
    if (part.at[2] == SUBTYPE_CALL_MANAGEMENT)
        control->by_call_management = part.at[4];
}

static struct control take_control(struct stretch rest, const uint8_t *interface,
                                   struct cdc_pair *pair)
{
    struct control control = {ANY_INTERFACE, ANY_INTERFACE};
    pair->control_interface = interface[2];
    pair->interrupt_in = 0;
    struct stretch part;
    while ((part = next_part(&rest)).size > 0) {
        take_class_part(part, pair, &control);
        if (!is_endpoint(part, TRANSFER_INTERRUPT) || !(part.at[2] & ENDPOINT_IN))
            continue;
        uint16_t packet = (uint16_t)(le16(part.at + 4) & PACKET_SIZE);
        if (packet > 0 && packet <= CDC_EVENT_MAX) {
            pair->interrupt_in = part.at[2];
            pair->interrupt_packet = packet;
        }
    }
    return control;
}

static int is_acm_control(const uint8_t *interface)
{
    return interface[5] == CLASS_CONTROL && interface[6] == SUBCLASS_ACM &&
           interface[7] <= PROTOCOL_AT_COMMANDS;
}

enum cdc_found cdc_find_pair(const uint8_t *descriptors, size_t size,
                             uint8_t configuration, struct cdc_pair *out)
{
    struct stretch all = find_configuration(descriptors, size, configuration);
    struct stretch rest = all;
    struct cdc_pair pair = {.configuration = configuration};
    struct stretch interface;
    while ((interface = next_interface(&rest)).size > 0) {
        if (!is_acm_control(interface.at))
            continue;
        struct control control = take_control(rest, interface.at, &pair);
        if ((control.by_union != ANY_INTERFACE &&
             find_data(all, control.by_union, &pair) == CDC_FOUND) ||
            (control.by_call_management != ANY_INTERFACE &&
             find_data(all, control.by_call_management, &pair) == CDC_FOUND) ||
            find_data(rest, ANY_INTERFACE, &pair) == CDC_FOUND) {
            *out = pair;
            return CDC_FOUND;
        }
    }
    return CDC_NONE;
}
