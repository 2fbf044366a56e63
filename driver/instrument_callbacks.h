/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands between a caller's callbacks and the driver: a stop is told once a call, so
 * that tidying up after it is not stopped in turn; the wire is traced once, as lines; the
 * virtual operator moves the virtual head. Internal to the driver.
 */
#ifndef DRIVER_INSTRUMENT_CALLBACKS_H
#define DRIVER_INSTRUMENT_CALLBACKS_H

#include "driver/transport.h"

enum stop { STOP_NOT_TOLD, STOP_TOLD };

struct instrument_callbacks {
    struct instrument_options theirs; /* the caller's */
    struct instrument_options ours;   /* handed to the model */
    struct transport *transport;      /* NULL while it opens */
    enum stop stop;
};

/* theirs may be NULL. The address is used until the instrument closes. */
void instrument_callbacks_start(struct instrument_callbacks *callbacks,
                                const struct instrument_options *theirs);

/* A call of the caller's begins: it may be stopped. */
void instrument_callbacks_begin(struct instrument_callbacks *callbacks);

/* For a transport, whose bytes the lines of the trace show already. */
struct transport_context
instrument_callbacks_context(struct instrument_callbacks *callbacks);

/* Holds a virtual instrument to a sample. */
void instrument_callbacks_place(const struct instrument_callbacks *callbacks,
                                const char *kind, const char *site);

#endif
