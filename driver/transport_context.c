/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/transport_context.h"

#include <string.h>
#include <time.h>

uint64_t transport_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t transport_now_ms(struct transport *transport)
{
    (void)transport;
    return transport_clock_ms();
}

unsigned transport_slice_ms(uint64_t deadline_ms)
{
    uint64_t now = transport_clock_ms();
    if (now >= deadline_ms)
        return 0;
    uint64_t left = deadline_ms - now;
    return left < TRANSPORT_SLICE_MS ? (unsigned)left : TRANSPORT_SLICE_MS;
}

enum instrument_answer transport_ask(const struct transport_context *context)
{
    return context->cancelled ? context->cancelled(context->user) : INSTRUMENT_GO_ON;
}

void transport_show(const struct transport_context *context,
                    enum instrument_direction direction, const uint8_t *bytes,
                    size_t size)
{
    if (context->trace)
        context->trace(context->user, direction, bytes, size);
}

void transport_remark(const struct transport_context *context, const char *text)
{
    transport_show(context, INSTRUMENT_REMARK, (const uint8_t *)text, strlen(text));
}
