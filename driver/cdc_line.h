/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The class requests of a USB serial port, PSTN 1.2 section 6.3. */
#ifndef DRIVER_CDC_LINE_H
#define DRIVER_CDC_LINE_H

#include "driver/transport.h"

/*
 * Sets 115200 8N1 and raises DTR and RTS. To a port without a real line they mean
 * nothing, so a device that refuses them is remarked upon and forgiven. OK, CANCELLED,
 * UNPLUGGED.
 */
enum instrument_status cdc_line_start(struct transport *transport,
                                      const struct transport_context *context,
                                      uint8_t control_interface);

/* Lowers DTR and RTS. */
void cdc_line_stop(struct transport *transport, uint8_t control_interface);

#endif
