/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an instrument model provides, and the table of models. Internal to the driver. */
#ifndef DRIVER_MODEL_H
#define DRIVER_MODEL_H

#include "driver/transport.h"

/* A session with one instrument of a model: embeds this as its first member. */
struct model_session {
    struct transport *transport;
    struct instrument_options options; /* zeros where the caller gave none */
};

enum { MODEL_USB_IDS_MAX = 8 };

struct instrument_model {
    const char *name; /* "cm700d" */
    const char *text; /* "CM-700d" */
    struct transport_usb_id
        usb[MODEL_USB_IDS_MAX]; /* the likeliest first; zeros end it */

    /* Finds out whether this instrument is behind the transport, which it takes over on
     * success only: UNSUPPORTED, NO_ANSWER, ... */
    enum instrument_status (*open)(struct transport *transport,
                                   const struct instrument_options *options,
                                   struct model_session **out);
    void (*close)(struct model_session *session); /* closes the transport too */
    enum instrument_status (*describe)(struct model_session *session,
                                       struct instrument_description *out);
    enum instrument_status (*confirm_aperture)(struct model_session *session);
    enum instrument_status (*set_specular)(struct model_session *session,
                                           enum instrument_specular specular);
    enum instrument_status (*calibration_check)(struct model_session *session,
                                                enum instrument_calibration_state *state,
                                                int64_t *made);
    enum instrument_status (*calibrate)(struct model_session *session);
    enum instrument_status (*calibration)(struct model_session *session, uint8_t *block,
                                          size_t *size);
    enum instrument_status (*measure)(struct model_session *session,
                                      struct instrument_reading *out);
    enum instrument_status (*cross_check)(struct model_session *session,
                                          struct instrument_reading *out,
                                          double own[INSTRUMENT_OWN_VALUES]);
    enum instrument_status (*wait_button)(struct model_session *session,
                                          struct instrument_reading *out);
    const char *(*last_code)(const struct model_session *session);
};

extern const struct instrument_model model_cm700d;

/* All models, NULL after the last. */
extern const struct instrument_model *const models[];

#endif
