/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A virtual instrument that stays while links to it come and go, and a link that fails
 * where a test wants it to, in emulated time. */
#ifndef TESTS_DRIVER_FAULTY_H
#define TESTS_DRIVER_FAULTY_H

#include <stdlib.h>
#include <string.h>

#include "driver/emulator.h"
#include "driver/transport.h"

enum fault {
    FAULT_TIMEOUT, /* nothing is carried, after all the time allowed */
    FAULT_SHORT,   /* half of it is carried */
    FAULT_GARBLED, /* the first byte is another */
    FAULT_STALL,   /* nothing is carried, the bus says so */
    FAULT_UNPLUG,  /* and all that follows */
    FAULTS,
    FAULT_DELAY, /* the answer comes much later: random conversations only */
    RANDOM_FAULTS
};

/* What a call carries: a command, or packets of its reply. */
enum call {
    CALL_SYNC,  /* finding the beginning of an answer: the bare line end and IDR */
    CALL_QUERY, /* may be repeated */
    CALL_POLL,  /* STR while the instrument measures or calibrates */
    CALL_DATA,  /* MDR, RDR */
    CALL_STATE, /* changes the state: CPS MES ZRC CAL USC */
    CALL_LEAVE, /* SWS,0 when the button has done its work */
    CALLS
};

enum side { SIDE_SEND, SIDE_RECEIVE };

struct faulty {
    struct transport base;
    struct emulator *emulator;
    uint64_t now_ms;
    uint64_t press_ms; /* the next press of the button */
    uint64_t hold_ms;  /* until when nothing is delivered */
    uint64_t random;   /* 0 where faults strike once, at strike_at */
    unsigned one_in;   /* calls, of random faults */

    size_t calls;
    size_t strike_at;
    enum fault fault;

    int struck;     /* how often */
    unsigned kinds; /* bits of the faults that struck */
    enum call call; /* that was struck last */
    enum side side; /* likewise */
    int unplugged;
    int closed;

    unsigned site; /* where the head goes next */
    enum call now; /* of the command under way */
    int working;   /* MES, ZRC, CAL was sent */
    int armed;
};

enum { PRESS_MS = 4000 };

static inline struct faulty *faulty_of(struct transport *transport)
{
    return (struct faulty *)transport;
}

/* splitmix64 (Steele, Lea, Flood, OOPSLA 2014), good enough to choose by */
static inline uint64_t faulty_random(struct faulty *faulty)
{
    uint64_t z = faulty->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

enum { SITES = 4 };

static inline void faulty_place(struct faulty *faulty)
{
    static const char *const sites[SITES] = {"crown", "nape", "temple-l", "vertex"};
    emulator_place(faulty->emulator, "scalp", sites[faulty->site++ % SITES]);
}

static inline void faulty_advance(struct faulty *faulty, uint64_t to_ms)
{
    for (; faulty->press_ms <= to_ms; faulty->press_ms += PRESS_MS) {
        /* without noise a second press on the same skin would be no new result */
        if (faulty->armed)
            faulty_place(faulty);
        emulator_press(faulty->emulator, faulty->press_ms);
    }
    faulty->now_ms = to_ms;
}

static inline int is_one_of(const uint8_t *data, size_t size, const char *names)
{
    char name[5] = " ";
    if (size < 5)
        return 0;
    memcpy(name + 1, data, 3);
    return strstr(names, name) != NULL;
}

/* What kind of call a command makes the next ones. */
static inline void faulty_note(struct faulty *faulty, const uint8_t *data, size_t size)
{
    if (is_one_of(data, size, " CPS MES ZRC CAL USC")) {
        faulty->now = CALL_STATE;
        faulty->working = data[0] != 'C' || data[1] != 'P';
    } else if (is_one_of(data, size, " MDR RDR")) {
        faulty->now = CALL_DATA;
        faulty->working = 0;
    } else if (is_one_of(data, size, " STR")) {
        faulty->now = faulty->working ? CALL_POLL : CALL_QUERY;
    } else if (is_one_of(data, size, " SWS")) {
        faulty->now = faulty->armed && data[4] == '0' ? CALL_LEAVE : CALL_QUERY;
        faulty->armed = data[4] == '1';
    } else {
        faulty->now = is_one_of(data, size, " CPR USR CIR") ? CALL_QUERY : CALL_SYNC;
    }
}

/* Whether this call is struck, and by what. */
static inline int faulty_strikes(struct faulty *faulty, enum side side)
{
    size_t call = faulty->calls++;
    if (faulty->random) {
        /* polls oftener: what they tell is told once */
        unsigned one_in =
            faulty->now == CALL_POLL ? 1 + faulty->one_in / 8 : faulty->one_in;
        if (faulty_random(faulty) % one_in != 0)
            return 0;
        static const enum fault faults[] = {FAULT_TIMEOUT, FAULT_SHORT, FAULT_GARBLED,
                                            FAULT_STALL,   FAULT_DELAY, FAULT_UNPLUG};
        faulty->fault = faults[faulty_random(faulty) % 6];
    } else if (call != faulty->strike_at) {
        return 0;
    }
    faulty->struck++;
    faulty->kinds |= 1u << faulty->fault;
    faulty->call = faulty->now;
    faulty->side = side;
    faulty->unplugged = faulty->fault == FAULT_UNPLUG;
    return 1;
}

static inline enum instrument_status faulty_send(struct transport *transport,
                                                 const uint8_t *data, size_t size,
                                                 unsigned timeout_ms)
{
    struct faulty *faulty = faulty_of(transport);
    uint8_t garbled[64];
    if (faulty->unplugged)
        return INSTRUMENT_UNPLUGGED;
    faulty_note(faulty, data, size);
    if (faulty_strikes(faulty, SIDE_SEND))
        switch (faulty->fault) {
        case FAULT_SHORT:
            emulator_write(faulty->emulator, data, size / 2, faulty->now_ms);
        /* fall through */
        case FAULT_TIMEOUT:
            faulty_advance(faulty, faulty->now_ms + timeout_ms);
            return INSTRUMENT_NO_ANSWER;
        case FAULT_GARBLED:
            memcpy(garbled, data, size);
            garbled[0] = (uint8_t)(garbled[0] ^ 0x80);
            emulator_write(faulty->emulator, garbled, size, faulty->now_ms);
            return INSTRUMENT_OK;
        case FAULT_STALL: return INSTRUMENT_TRANSFER;
        case FAULT_UNPLUG: return INSTRUMENT_UNPLUGGED;
        case FAULT_DELAY:
            faulty->hold_ms = faulty->now_ms + faulty_random(faulty) % 7000;
            break;
        case FAULTS:
        case RANDOM_FAULTS: break;
        }
    emulator_write(faulty->emulator, data, size, faulty->now_ms);
    return INSTRUMENT_OK;
}

static inline uint64_t faulty_due_ms(const struct faulty *faulty)
{
    uint64_t due_ms = emulator_next_ms(faulty->emulator);
    return due_ms > faulty->hold_ms ? due_ms : faulty->hold_ms;
}

/* Presses of the button while time passes may make something due. */
static inline void faulty_sleep(struct faulty *faulty, uint64_t end_ms)
{
    while (faulty->now_ms < end_ms && faulty_due_ms(faulty) > faulty->now_ms) {
        uint64_t to_ms = faulty->now_ms + 50;
        to_ms = to_ms < end_ms ? to_ms : end_ms;
        uint64_t due_ms = faulty_due_ms(faulty);
        faulty_advance(faulty, due_ms < to_ms ? due_ms : to_ms);
    }
}

static inline enum instrument_status faulty_receive(struct transport *transport,
                                                    uint8_t *data, size_t capacity,
                                                    size_t *size, unsigned timeout_ms)
{
    struct faulty *faulty = faulty_of(transport);
    uint64_t end_ms = faulty->now_ms + timeout_ms;
    if (faulty->unplugged)
        return INSTRUMENT_UNPLUGGED;
    faulty_sleep(faulty, end_ms);
    if (faulty_due_ms(faulty) > faulty->now_ms)
        return INSTRUMENT_NO_ANSWER;
    *size = emulator_read(faulty->emulator, data, capacity, faulty->now_ms);
    if (*size == 0 || !faulty_strikes(faulty, SIDE_RECEIVE))
        return INSTRUMENT_OK;
    switch (faulty->fault) {
    case FAULT_SHORT: *size /= 2; break;
    case FAULT_TIMEOUT:
        if (faulty->now_ms < end_ms)
            faulty_advance(faulty, end_ms);
        return INSTRUMENT_NO_ANSWER;
    case FAULT_GARBLED: data[0] ^= 0x80; break;
    case FAULT_STALL: return INSTRUMENT_TRANSFER;
    case FAULT_UNPLUG: return INSTRUMENT_UNPLUGGED;
    case FAULT_DELAY:
        faulty->hold_ms = faulty->now_ms + faulty_random(faulty) % 7000;
        break;
    case FAULTS:
    case RANDOM_FAULTS: break;
    }
    return INSTRUMENT_OK;
}

static inline enum instrument_status faulty_recover(struct transport *transport)
{
    return faulty_of(transport)->unplugged ? INSTRUMENT_UNPLUGGED : INSTRUMENT_OK;
}

static inline uint64_t faulty_now(struct transport *transport)
{
    return faulty_of(transport)->now_ms;
}

static inline enum instrument_status faulty_wait(struct transport *transport, unsigned ms)
{
    struct faulty *faulty = faulty_of(transport);
    faulty_advance(faulty, faulty->now_ms + ms);
    return INSTRUMENT_OK;
}

static inline void faulty_close(struct transport *transport)
{
    faulty_of(transport)->closed++;
}

static const struct transport_ops faulty_ops = {
    .send = faulty_send,
    .receive = faulty_receive,
    .recover = faulty_recover,
    .now_ms = faulty_now,
    .wait = faulty_wait,
    .close = faulty_close,
};

/* No fault yet. */
static inline struct faulty faulty_start(struct emulator *emulator)
{
    return (struct faulty){.base.ops = &faulty_ops,
                           .emulator = emulator,
                           .press_ms = PRESS_MS,
                           .strike_at = SIZE_MAX};
}

/* The cable is plugged in again, and sound. */
static inline void faulty_mend(struct faulty *faulty)
{
    faulty->random = 0;
    faulty->strike_at = SIZE_MAX;
    faulty->unplugged = 0;
    faulty->working = faulty->armed = 0;
}

#endif
