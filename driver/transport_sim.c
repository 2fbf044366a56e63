/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual instrument as a byte pipe. Its clock moves when somebody waits. */
#include "driver/transport.h"

#include <stdlib.h>

#include "driver/emulator.h"
#include "driver/sim_settings.h"
#include "driver/transport_context.h"

/* The virtual operator presses the button so often; an instrument whose button is not
 * enabled takes no notice. */
enum { PRESS_MS = 3000 };

struct sim {
    struct transport base;
    struct transport_context context;
    struct emulator *emulator;
    uint64_t now_ms;
    uint64_t press_ms;
};

static struct sim *sim_of(struct transport *transport)
{
    return (struct sim *)transport;
}

/* -- time ----------------------------------------------------------------- */

static void advance(struct sim *sim, uint64_t to_ms)
{
    for (; sim->press_ms <= to_ms; sim->press_ms += PRESS_MS)
        emulator_press(sim->emulator, sim->press_ms);
    sim->now_ms = to_ms;
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t sim_now_ms(struct transport *transport)
{
    return sim_of(transport)->now_ms;
}

static enum instrument_status sim_wait(struct transport *transport, unsigned ms)
{
    struct sim *sim = sim_of(transport);
    uint64_t end_ms = sim->now_ms + ms;
    while (sim->now_ms < end_ms) {
        if (transport_ask(&sim->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        advance(sim, earlier(end_ms, sim->now_ms + TRANSPORT_SLICE_MS));
    }
    return INSTRUMENT_OK;
}

/* -- bytes ---------------------------------------------------------------- */

static enum instrument_status sim_send(struct transport *transport, const uint8_t *data,
                                       size_t size, unsigned timeout_ms)
{
    struct sim *sim = sim_of(transport);
    (void)timeout_ms; /* it takes them at once */
    transport_show(&sim->context, INSTRUMENT_SENT, data, size);
    emulator_write(sim->emulator, data, size, sim->now_ms);
    return INSTRUMENT_OK;
}

/* Waits until a packet is due: OK, NO_ANSWER when none is by the deadline. */
static enum instrument_status await_packet(struct sim *sim, uint64_t deadline_ms)
{
    while (emulator_next_ms(sim->emulator) > sim->now_ms) {
        if (transport_ask(&sim->context) == INSTRUMENT_STOP)
            return INSTRUMENT_CANCELLED;
        if (sim->now_ms >= deadline_ms)
            return INSTRUMENT_NO_ANSWER;
        uint64_t next_ms = earlier(emulator_next_ms(sim->emulator), deadline_ms);
        advance(sim, earlier(next_ms, sim->now_ms + TRANSPORT_SLICE_MS));
    }
    return INSTRUMENT_OK;
}

static enum instrument_status sim_receive(struct transport *transport, uint8_t *data,
                                          size_t capacity, size_t *size,
                                          unsigned timeout_ms)
{
    struct sim *sim = sim_of(transport);
    uint64_t deadline_ms = sim->now_ms + timeout_ms;
    size_t received = 0, packet = TRANSPORT_PACKET;
    enum instrument_status status = INSTRUMENT_OK;
    while (received < capacity && packet == TRANSPORT_PACKET) {
        status = await_packet(sim, deadline_ms);
        if (status != INSTRUMENT_OK)
            break;
        size_t room = capacity - received;
        packet =
            emulator_read(sim->emulator, data + received,
                          room < TRANSPORT_PACKET ? room : TRANSPORT_PACKET, sim->now_ms);
        received += packet;
    }
    if (status != INSTRUMENT_OK && received == 0)
        return status;
    transport_show(&sim->context, INSTRUMENT_RECEIVED, data, received);
    *size = received;
    return INSTRUMENT_OK;
}

static enum instrument_status sim_recover(struct transport *transport)
{
    struct sim *sim = sim_of(transport);
    uint8_t packet[TRANSPORT_PACKET];
    while (emulator_next_ms(sim->emulator) <= sim->now_ms) {
        size_t size = emulator_read(sim->emulator, packet, sizeof packet, sim->now_ms);
        transport_show(&sim->context, INSTRUMENT_RECEIVED, packet, size);
    }
    return INSTRUMENT_OK;
}

static void sim_place(struct transport *transport, const char *kind, const char *site)
{
    emulator_place(sim_of(transport)->emulator, kind, site);
}

static void sim_close(struct transport *transport)
{
    struct sim *sim = sim_of(transport);
    emulator_free(sim->emulator);
    free(sim);
}

static const struct transport_ops sim_ops = {
    .send = sim_send,
    .receive = sim_receive,
    .recover = sim_recover,
    .now_ms = sim_now_ms,
    .wait = sim_wait,
    .place = sim_place,
    .close = sim_close,
};

enum instrument_status transport_sim_open(const char *settings,
                                          const struct transport_context *context,
                                          struct transport **out)
{
    struct sim_settings parsed;
    enum instrument_status status = sim_settings_parse(settings, &parsed);
    if (status != INSTRUMENT_OK)
        return status;
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        return INSTRUMENT_NO_MEMORY;
    sim->base.ops = &sim_ops;
    if (context)
        sim->context = *context;
    sim->press_ms = PRESS_MS;
    sim->emulator = emulator_make(&parsed.emulator, sim->now_ms);
    if (!sim->emulator) {
        sim_close(&sim->base);
        return INSTRUMENT_NO_MEMORY;
    }
    if (parsed.fault != EMULATOR_FAULT_NONE)
        emulator_fail(sim->emulator, parsed.fault, parsed.status_text);
    *out = &sim->base;
    return INSTRUMENT_OK;
}
