/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The virtual instrument as a byte pipe. Its clock moves when somebody waits. */
#include "driver/transport.h"

#include <stdlib.h>
#include <string.h>

#include "driver/emulator.h"

enum {
    SLICE_MS = 100, /* after which cancelled is asked again */
    /* The virtual operator presses the button so often; an instrument whose button is not
     * enabled takes no notice. */
    PRESS_MS = 3000
};

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

static int is_cancelled(const struct sim *sim)
{
    const struct transport_context *context = &sim->context;
    return context->cancelled && context->cancelled(context->user) == INSTRUMENT_STOP;
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
        if (is_cancelled(sim))
            return INSTRUMENT_CANCELLED;
        advance(sim, earlier(end_ms, sim->now_ms + SLICE_MS));
    }
    return INSTRUMENT_OK;
}

/* -- bytes ---------------------------------------------------------------- */

static void trace(const struct sim *sim, enum instrument_direction direction,
                  const uint8_t *bytes, size_t size)
{
    if (sim->context.trace)
        sim->context.trace(sim->context.user, direction, bytes, size);
}

static enum instrument_status sim_send(struct transport *transport, const uint8_t *data,
                                       size_t size, unsigned timeout_ms)
{
    struct sim *sim = sim_of(transport);
    (void)timeout_ms; /* it takes them at once */
    trace(sim, INSTRUMENT_SENT, data, size);
    emulator_write(sim->emulator, data, size, sim->now_ms);
    return INSTRUMENT_OK;
}

/* Waits until a packet is due: OK, NO_ANSWER when none is by the deadline. */
static enum instrument_status await_packet(struct sim *sim, uint64_t deadline_ms)
{
    while (emulator_next_ms(sim->emulator) > sim->now_ms) {
        if (is_cancelled(sim))
            return INSTRUMENT_CANCELLED;
        if (sim->now_ms >= deadline_ms)
            return INSTRUMENT_NO_ANSWER;
        uint64_t next_ms = earlier(emulator_next_ms(sim->emulator), deadline_ms);
        advance(sim, earlier(next_ms, sim->now_ms + SLICE_MS));
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
    trace(sim, INSTRUMENT_RECEIVED, data, received);
    *size = received;
    return INSTRUMENT_OK;
}

static enum instrument_status sim_recover(struct transport *transport)
{
    struct sim *sim = sim_of(transport);
    uint8_t packet[TRANSPORT_PACKET];
    while (emulator_next_ms(sim->emulator) <= sim->now_ms) {
        size_t size = emulator_read(sim->emulator, packet, sizeof packet, sim->now_ms);
        trace(sim, INSTRUMENT_RECEIVED, packet, size);
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

/* -- settings ------------------------------------------------------------- */

enum { WORD_MAX = 64 };

struct sim_settings {
    struct emulator_settings emulator;
    enum emulator_fault fault;
    char status_text[EMULATOR_TEXT_MAX];
};

static const struct {
    const char *name;
    enum emulator_quirk quirk;
} quirks[] = {
    {"q1", EMULATOR_CODES_FROM_ZERO},
    {"q1b", EMULATOR_MEDIUM_FIRST},
    {"q2", EMULATOR_UNPADDED},
    {"q3", EMULATOR_SPACE_PADDED},
    {"q4", EMULATOR_SIGNED},
    {"q5", EMULATOR_LF_ONLY},
    {"q6", EMULATOR_STRAY_NUL},
    {"q7", EMULATOR_BUTTON_SENDS_DATA},
    {"q8", EMULATOR_BUTTON_ANNOUNCES},
    {"q9", EMULATOR_CALIBRATES_LATER},
    {"q10", EMULATOR_SIX_FIELDS},
    {"q11", EMULATOR_FLASH_INVERTED},
    {"keeps-calibration", EMULATOR_KEEPS_CALIBRATION},
};

static const struct {
    const char *name;
    enum emulator_fault fault;
} faults[] = {
    {"late", EMULATOR_REPLY_LATE},
    {"lost", EMULATOR_REPLY_LOST},
    {"cut", EMULATOR_REPLY_CUT},
    {"too-few", EMULATOR_TOO_FEW_VALUES},
    {"too-many", EMULATOR_TOO_MANY_VALUES},
    {"not-a-number", EMULATOR_NOT_A_NUMBER},
    {"endless", EMULATOR_ENDLESS_LINE},
    {"split", EMULATOR_SPLIT_EVERY_BYTE},
    {"unsolicited", EMULATOR_UNSOLICITED_LINE},
    {"empty-packets", EMULATOR_EMPTY_PACKETS},
    {"silent", EMULATOR_SILENT_AFTER_MES},
    {"foreign", EMULATOR_FOREIGN},
    {"sibling", EMULATOR_SIBLING},
    {"junk", EMULATOR_JUNK_IN_BUFFER},
};

/* Each setter: 1 when the value is one that there is. */

static int set_quirks(struct sim_settings *settings, const char *value)
{
    for (;;) {
        size_t size = strcspn(value, "+"), i = 0,
               count = sizeof quirks / sizeof quirks[0];
        while (i < count && (strlen(quirks[i].name) != size ||
                             memcmp(quirks[i].name, value, size) != 0))
            i++;
        if (i == count)
            return 0;
        settings->emulator.quirks |= (unsigned)quirks[i].quirk;
        if (!value[size])
            return 1;
        value += size + 1;
    }
}

/* OKnn or ERnn. */
static int is_status(const char *text)
{
    return (strncmp(text, "OK", 2) == 0 || strncmp(text, "ER", 2) == 0) &&
           strspn(text + 2, "0123456789") == 2 && text[4] == '\0';
}

static int set_fault(struct sim_settings *settings, const char *value)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(faults[i].name, value) == 0) {
            settings->fault = faults[i].fault;
            return 1;
        }
    int is_of_command = strlen(value) == 8 && value[3] == '/';
    if (!is_status(is_of_command ? value + 4 : value))
        return 0;
    settings->fault = EMULATOR_SCRIPTED_STATUS;
    memcpy(settings->status_text, value, strlen(value) + 1);
    return 1;
}

/* One digit from least to most. */
static int set_digit(int *out, const char *value, int least, int most)
{
    int digit = value[0] - '0';
    if (digit < least || digit > most || value[1])
        return 0;
    *out = digit;
    return 1;
}

static int set_seed(uint64_t *out, const char *value)
{
    size_t size = strspn(value, "0123456789");
    if (size < 1 || size > 18 || value[size])
        return 0;
    *out = strtoull(value, NULL, 10);
    return 1;
}

/* A decimal number such as 0, 1.5 or .25, whatever the locale's decimal point. */
static int set_scale(double *out, const char *value)
{
    double number = 0, unit = 1;
    int digits = 0, behind = 0;
    for (; *value; value++) {
        if (*value == '.' && !behind) {
            behind = 1;
            continue;
        }
        if (*value < '0' || *value > '9' || ++digits > 9)
            return 0;
        number = 10 * number + (*value - '0');
        unit *= behind ? 10 : 1;
    }
    *out = number / unit;
    return digits > 0;
}

static int set_client(char *out, const char *value)
{
    if (*value < 'a' || *value > 'c' || value[1])
        return 0;
    *out = *value;
    return 1;
}

static int set(struct sim_settings *settings, const char *name, const char *value)
{
    struct emulator_settings *emulator = &settings->emulator;
    if (strcmp(name, "client") == 0)
        return set_client(&emulator->client, value);
    if (strcmp(name, "seed") == 0)
        return set_seed(&emulator->seed, value);
    if (strcmp(name, "noise") == 0)
        return set_scale(&emulator->noise, value);
    if (strcmp(name, "placement") == 0)
        return set_scale(&emulator->placement, value);
    if (strcmp(name, "battery") == 0)
        return set_digit(&emulator->battery, value, 0, 2);
    if (strcmp(name, "slider") == 0)
        return set_digit(&emulator->slider, value, 1, 2);
    if (strcmp(name, "user") == 0)
        return set_digit(&emulator->user_calibration, value, 0, 1);
    if (strcmp(name, "quirk") == 0)
        return set_quirks(settings, value);
    return strcmp(name, "fault") == 0 && set_fault(settings, value);
}

/* NAME=VALUE,NAME=VALUE, behind a colon or not. */
static enum instrument_status parse(const char *text, struct sim_settings *out)
{
    *out = (struct sim_settings){.emulator = emulator_settings_default};
    text += *text == ':';
    while (*text) {
        char word[WORD_MAX];
        size_t size = strcspn(text, ",");
        if (size >= sizeof word)
            return INSTRUMENT_OUT_OF_RANGE;
        memcpy(word, text, size);
        word[size] = '\0';
        char *value = strchr(word, '=');
        if (!value)
            return INSTRUMENT_OUT_OF_RANGE;
        *value++ = '\0';
        if (!set(out, word, value))
            return INSTRUMENT_OUT_OF_RANGE;
        text += size + (text[size] == ',');
    }
    return INSTRUMENT_OK;
}

enum instrument_status transport_sim_open(const char *settings,
                                          const struct transport_context *context,
                                          struct transport **out)
{
    struct sim_settings parsed;
    enum instrument_status status = parse(settings, &parsed);
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
