/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/instrument_callbacks.h"

static struct instrument_callbacks *callbacks_of(void *user)
{
    return user;
}

static enum instrument_answer ask_cancelled(void *user)
{
    struct instrument_callbacks *callbacks = callbacks_of(user);
    const struct instrument_options *theirs = &callbacks->theirs;
    if (callbacks->stop == STOP_TOLD || !theirs->cancelled ||
        theirs->cancelled(theirs->user) == INSTRUMENT_GO_ON)
        return INSTRUMENT_GO_ON;
    callbacks->stop = STOP_TOLD;
    return INSTRUMENT_STOP;
}

void instrument_callbacks_place(const struct instrument_callbacks *callbacks,
                                const char *kind, const char *site)
{
    struct transport *transport = callbacks->transport;
    if (transport->ops->place)
        transport->ops->place(transport, kind, site);
}

static void move_head(const struct instrument_callbacks *callbacks,
                      enum instrument_prompt prompt)
{
    switch (prompt) {
    case INSTRUMENT_PROMPT_ZERO: instrument_callbacks_place(callbacks, "zero", ""); break;
    case INSTRUMENT_PROMPT_WHITE:
    case INSTRUMENT_PROMPT_USER_WHITE:
        instrument_callbacks_place(callbacks, "white", "");
        break;
    case INSTRUMENT_PROMPT_SAMPLE: /* is the caller's to choose */
    case INSTRUMENT_PROMPT_APERTURE: break;
    }
}

static enum instrument_answer ask_operator(void *user, enum instrument_prompt prompt,
                                           const char *detail)
{
    const struct instrument_callbacks *callbacks = callbacks_of(user);
    const struct instrument_options *theirs = &callbacks->theirs;
    move_head(callbacks, prompt);
    return theirs->prompt ? theirs->prompt(theirs->user, prompt, detail)
                          : INSTRUMENT_GO_ON;
}

static void tell_progress(void *user, const char *what, double seconds)
{
    const struct instrument_options *theirs = &callbacks_of(user)->theirs;
    theirs->progress(theirs->user, what, seconds);
}

static void show_lines(void *user, enum instrument_direction direction,
                       const uint8_t *bytes, size_t size)
{
    const struct instrument_options *theirs = &callbacks_of(user)->theirs;
    theirs->trace(theirs->user, direction, bytes, size);
}

static void show_remarks(void *user, enum instrument_direction direction,
                         const uint8_t *bytes, size_t size)
{
    if (direction == INSTRUMENT_REMARK)
        show_lines(user, direction, bytes, size);
}

static int64_t tell_time(void *user)
{
    const struct instrument_options *theirs = &callbacks_of(user)->theirs;
    return theirs->now(theirs->user);
}

static size_t load_calibration(void *user, const char *serial, uint8_t *block)
{
    const struct instrument_options *theirs = &callbacks_of(user)->theirs;
    return theirs->calibration_load(theirs->user, serial, block);
}

static void forget_calibration(void *user, const char *serial)
{
    const struct instrument_options *theirs = &callbacks_of(user)->theirs;
    theirs->calibration_void(theirs->user, serial);
}

void instrument_callbacks_start(struct instrument_callbacks *callbacks,
                                const struct instrument_options *theirs)
{
    *callbacks = (struct instrument_callbacks){.stop = STOP_NOT_TOLD};
    if (theirs)
        callbacks->theirs = *theirs;
    theirs = &callbacks->theirs;
    callbacks->ours = (struct instrument_options){
        .user = callbacks,
        .cancelled = ask_cancelled,
        .prompt = ask_operator,
        .progress = theirs->progress ? tell_progress : NULL,
        .trace = theirs->trace ? show_lines : NULL,
        .now = theirs->now ? tell_time : NULL,
        .calibration_load = theirs->calibration_load ? load_calibration : NULL,
        .calibration_void = theirs->calibration_void ? forget_calibration : NULL,
    };
}

void instrument_callbacks_begin(struct instrument_callbacks *callbacks)
{
    callbacks->stop = STOP_NOT_TOLD;
}

struct transport_context
instrument_callbacks_context(struct instrument_callbacks *callbacks)
{
    return (struct transport_context){
        .user = callbacks,
        .cancelled = ask_cancelled,
        .trace = callbacks->theirs.trace ? show_remarks : NULL,
    };
}
