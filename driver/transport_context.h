/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What transports over real links share: the clock, asking whether to stop, the trace. */
#ifndef DRIVER_TRANSPORT_CONTEXT_H
#define DRIVER_TRANSPORT_CONTEXT_H

#include "driver/transport.h"

/* No wait is longer than this without asking whether it is cancelled. */
enum { TRANSPORT_SLICE_MS = 100 };

/* Monotonic. */
uint64_t transport_clock_ms(void);

/* The same as an operation of a real link. */
uint64_t transport_now_ms(struct transport *transport);

/* How long to wait next on the way to the deadline: at most a slice, 0 once it is past.
 */
unsigned transport_slice_ms(uint64_t deadline_ms);

/* What cancelled says; INSTRUMENT_GO_ON where nobody is to be asked. */
enum instrument_answer transport_ask(const struct transport_context *context);

/* Shows bytes on the wire, where somebody looks. */
void transport_show(const struct transport_context *context,
                    enum instrument_direction direction, const uint8_t *bytes,
                    size_t size);

/* Shows a remark of the driver. */
void transport_remark(const struct transport_context *context, const char *text);

#endif
