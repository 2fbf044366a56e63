/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The virtual CM-700d plugged into this kernel, with an operator who holds it to what
 * each command is about.
 *
 *   usage: virtual_cm700d SPEED     its seconds to one of the clock
 *
 * Standard input tells it, a line each: plug, unplug, or "unplug MES" (when that command
 * next comes). Standard output tells what happens, a line each: the milliseconds since
 * the system started, then plugged, unplugged, or the command that came.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver/emulator.h"
#include "tests/guest/usbip.h"

enum { LINE_MAX_SIZE = 64, COMMAND_SIZE = 3 };

/* The operator presses the button so long after it was enabled; and so long into a
 * command the plug is pulled, in milliseconds of the clock. */
enum { PRESS_AFTER_MS = 300, PULL_AFTER_MS = 100 };

struct instrument {
    struct emulator *emulator;
    struct usbip *usbip; /* NULL while unplugged */
    uint64_t speed;
    char line[LINE_MAX_SIZE]; /* of the host, as far as it has come */
    size_t length;
    char pull_at[LINE_MAX_SIZE]; /* the command; empty for none */
    uint64_t pull_ms;            /* UINT64_MAX for not at all */
    uint64_t press_ms;
};

static uint64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void tell(const char *what)
{
    printf("%" PRIu64 " %s\n", clock_ms(), what);
    fflush(stdout);
}

/* -- the operator --------------------------------------------------------------- */

static void operate(struct instrument *instrument, uint64_t now_ms)
{
    static const struct {
        const char *command;
        const char *kind;
    } places[] = {{"ZRC", "zero"}, {"CAL", "white"}, {"MES", "scalp"}};
    const char *command = instrument->line;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strncmp(command, places[i].command, COMMAND_SIZE) == 0)
            emulator_place(instrument->emulator, places[i].kind, "");
    if (strcmp(command, "SWS,1") == 0) {
        emulator_place(instrument->emulator, "scalp", "");
        instrument->press_ms = now_ms + PRESS_AFTER_MS;
    }
    if (instrument->pull_at[0] &&
        strncmp(command, instrument->pull_at, COMMAND_SIZE) == 0) {
        instrument->pull_at[0] = '\0';
        instrument->pull_ms = now_ms + PULL_AFTER_MS;
    }
}

/* -- the line --------------------------------------------------------------------- */

static void line_write(void *state, const uint8_t *bytes, size_t size, uint64_t now_ms)
{
    struct instrument *instrument = state;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\n') {
            instrument->line[instrument->length] = '\0';
            instrument->length = 0;
            tell(instrument->line);
            operate(instrument, now_ms);
        } else if (bytes[i] >= ' ' && instrument->length < LINE_MAX_SIZE - 1) {
            instrument->line[instrument->length++] = (char)bytes[i];
        }
    }
    emulator_write(instrument->emulator, bytes, size, now_ms * instrument->speed);
}

static int line_read(void *state, uint8_t *bytes, size_t capacity, size_t *size,
                     uint64_t now_ms)
{
    struct instrument *instrument = state;
    *size =
        emulator_read(instrument->emulator, bytes, capacity, now_ms * instrument->speed);
    return *size > 0;
}

static uint64_t line_next_ms(void *state, uint64_t now_ms)
{
    const struct instrument *instrument = state;
    uint64_t next = emulator_next_ms(instrument->emulator);
    if (next == UINT64_MAX || next <= now_ms * instrument->speed)
        return UINT64_MAX;
    return (next + instrument->speed - 1) / instrument->speed;
}

/* -- what it is told ---------------------------------------------------------------- */

static int plug(struct instrument *instrument)
{
    const struct vdev_line line = {.state = instrument,
                                   .write = line_write,
                                   .read = line_read,
                                   .next_ms = line_next_ms};
    instrument->usbip = usbip_plug(&line);
    if (!instrument->usbip) {
        perror("virtual_cm700d: plug");
        return 0;
    }
    tell("plugged");
    return 1;
}

static void unplug(struct instrument *instrument)
{
    usbip_unplug(instrument->usbip);
    instrument->usbip = NULL;
    instrument->pull_ms = UINT64_MAX;
    tell("unplugged");
}

static int obey(struct instrument *instrument, const char *order)
{
    if (strcmp(order, "plug") == 0 && !instrument->usbip)
        return plug(instrument);
    if (strcmp(order, "unplug") == 0)
        unplug(instrument);
    else if (strncmp(order, "unplug ", 7) == 0)
        snprintf(instrument->pull_at, sizeof instrument->pull_at, "%.*s", COMMAND_SIZE,
                 order + 7);
    return 1;
}

/* Orders come one at a time, each in one write. */
static int take_order(struct instrument *instrument)
{
    char order[LINE_MAX_SIZE];
    ssize_t size = read(STDIN_FILENO, order, sizeof order - 1);
    if (size <= 0)
        return 0;
    order[size] = '\0';
    order[strcspn(order, "\n")] = '\0';
    return obey(instrument, order);
}

/* -- time ------------------------------------------------------------------------------
 */

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Does what is due; returns when there is something to do next. */
static uint64_t move(struct instrument *instrument, uint64_t now_ms)
{
    if (now_ms >= instrument->press_ms) {
        instrument->press_ms = UINT64_MAX;
        emulator_press(instrument->emulator, now_ms * instrument->speed);
    }
    if (now_ms >= instrument->pull_ms)
        unplug(instrument);
    uint64_t next_ms = earlier(instrument->press_ms, instrument->pull_ms);
    return instrument->usbip ? earlier(next_ms, usbip_pump(instrument->usbip, now_ms))
                             : next_ms;
}

static int wait_ms(uint64_t next_ms, uint64_t now_ms)
{
    const uint64_t longest_ms = 1000;
    if (next_ms <= now_ms)
        return 0;
    return (int)earlier(next_ms - now_ms, longest_ms);
}

static int live(struct instrument *instrument)
{
    for (;;) {
        uint64_t now_ms = clock_ms();
        uint64_t next_ms = move(instrument, now_ms);
        struct pollfd files[] = {
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = instrument->usbip ? usbip_socket(instrument->usbip) : -1,
             .events = POLLIN}};
        if (poll(files, 2, wait_ms(next_ms, now_ms)) < 0 && errno != EINTR)
            return EXIT_FAILURE;
        if (files[1].revents && !usbip_serve(instrument->usbip, clock_ms()))
            unplug(instrument);
        if (files[0].revents && !take_order(instrument))
            return EXIT_SUCCESS;
    }
}

int main(int argc, char **argv)
{
    struct instrument instrument = {.pull_ms = UINT64_MAX, .press_ms = UINT64_MAX};
    /* a reading is then what the program's own virtual instrument gives */
    struct emulator_settings settings = emulator_settings_default;
    settings.noise = 0;
    settings.placement = 0;
    instrument.speed = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (instrument.speed == 0) {
        fputs("usage: virtual_cm700d SPEED\n", stderr);
        return EXIT_FAILURE;
    }
    instrument.emulator = emulator_make(&settings, clock_ms() * instrument.speed);
    if (!instrument.emulator)
        return EXIT_FAILURE;
    int code = live(&instrument);
    usbip_unplug(instrument.usbip);
    emulator_free(instrument.emulator);
    return code;
}
