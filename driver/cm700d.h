/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session with a CM-700d, and what the files of the model share. Internal to it. */
#ifndef DRIVER_CM700D_H
#define DRIVER_CM700D_H

#include "driver/calibration_block.h"
#include "driver/cm700d_link.h"
#include "driver/model.h"

struct cm700d {
    struct model_session base;
    struct cm700d_link link;
    struct cm700d_identity identity;
    struct cm700d_parameters parameters; /* as last read */
    unsigned code_base;                  /* 0 or 1: what area and specular count from */
    enum instrument_specular specular;   /* what a trigger shall measure */
    char plate[CM700D_NAME_MAX];
    unsigned user_plate;            /* 1: white is calibrated against the user's */
    struct calibration calibration; /* the last one known, and what the area codes mean */
};

/* Files of the model, as struct instrument_model has them. */
enum instrument_status cm700d_open(struct transport *transport,
                                   const struct instrument_options *options,
                                   struct model_session **out);
enum instrument_status cm700d_calibration_check(struct model_session *session,
                                                enum instrument_calibration_state *state,
                                                int64_t *made);
enum instrument_status cm700d_calibrate(struct model_session *session);
enum instrument_status cm700d_measure(struct model_session *session,
                                      struct instrument_reading *out);
enum instrument_status cm700d_cross_check(struct model_session *session,
                                          struct instrument_reading *out,
                                          double own[INSTRUMENT_OWN_VALUES]);
enum instrument_status cm700d_wait_button(struct model_session *session,
                                          struct instrument_reading *out);

/* Seconds since the epoch. */
int64_t cm700d_clock(const struct cm700d *self);

/* Reads the parameters: the slider may have been moved. */
enum instrument_status cm700d_read_parameters(struct cm700d *self);

/* Sets what a trigger measures to what the session wants, where it differs. */
enum instrument_status cm700d_prepare(struct cm700d *self);

/* Asks which white plate is in use, and its id. */
enum instrument_status cm700d_read_plate(struct cm700d *self);

enum instrument_aperture cm700d_aperture(const struct cm700d *self);
double cm700d_aperture_mm(const struct cm700d *self);

/* OK when a reading may be taken now under the parameters last read, else which
 * calibration it needs. */
enum instrument_status cm700d_require_calibration(struct cm700d *self);

/* A refusal that says the instrument has lost its calibration ends our trust in it. */
void cm700d_note_refusal(struct cm700d *self, enum instrument_status status);

/* A reading from its raw values, slot by slot; IMPLAUSIBLE when they cannot be. */
enum instrument_status cm700d_make_reading(const struct cm700d *self,
                                           const struct cm700d_answer *first,
                                           const struct cm700d_answer *second,
                                           struct instrument_reading *out);

#endif
