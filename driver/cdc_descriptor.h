/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the serial port (CDC-ACM) in a USB device's descriptors. They come from a foreign
 * device: any bytes of any length are safe. */
#ifndef DRIVER_CDC_DESCRIPTOR_H
#define DRIVER_CDC_DESCRIPTOR_H

#include <stddef.h>
#include <stdint.h>

/* The largest interrupt packet that is of use: a SERIAL_STATE notification has ten. */
enum { CDC_EVENT_MAX = 64 };

/* The control and data interface that make a serial port. */
struct cdc_pair {
    uint8_t configuration; /* its value, as sysfs names interfaces by it */
    uint8_t control_interface;
    uint8_t data_interface;
    uint8_t alternate;    /* the setting of the data interface with both endpoints */
    uint8_t interrupt_in; /* endpoint of the control interface; 0 where there is none */
    uint8_t bulk_in;
    uint8_t bulk_out;
    uint16_t interrupt_packet; /* bytes, as the next two: wMaxPacketSize */
    uint16_t in_packet;
    uint16_t out_packet;
};

enum cdc_found { CDC_NONE, CDC_FOUND };

/*
 * Looks through a device's descriptors as sysfs keeps them: the device descriptor, then
 * each configuration whole. configuration is the value of the active one.
 *
 * Pairs as CDC 1.2 says: the Union descriptor, else Call Management, else the first data
 * interface behind the control interface; takes the first pair that has both bulk
 * endpoints.
 */
enum cdc_found cdc_find_pair(const uint8_t *descriptors, size_t size,
                             uint8_t configuration, struct cdc_pair *out);

#endif
