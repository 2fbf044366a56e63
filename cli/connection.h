/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open instrument and its operator at the terminal. */
#ifndef CLI_CONNECTION_H
#define CLI_CONNECTION_H

#include "cli/command.h"
#include "driver/instrument.h"

/* When a reading is taken. */
enum trigger { TRIGGER_KEY, TRIGGER_BUTTON, TRIGGER_NOW };

struct connection {
    struct context *context;
    struct instrument *instrument;
    struct instrument_description description;
    enum instrument_specular specular; /* set by connection_ready */
    bool calibrates_itself;            /* a virtual one, without a word */
    bool reopened;                     /* after a sleep; once, and not again */
    char holder[INSTRUMENT_TEXT_MAX];
};

/* --trigger, for commands that measure. */
extern const struct option_spec connection_trigger_options[];

/* Reads --trigger: the key by default, now on a virtual instrument. */
enum exit_code connection_trigger(struct context *context, enum trigger *out);

/* The id that --instrument, SCALPTONE_INSTRUMENT or "auto" gives. */
const char *connection_id(const struct context *context);

/*
 * Opens the instrument and asks it what it is. The connection must stay where it is, and
 * so must the context. Close with connection_close.
 */
enum exit_code connection_open(struct context *context, struct connection *out);
void connection_close(struct connection *connection);

/* Waits until an instrument is connected to USB; at once for a virtual one. */
enum exit_code connection_wait(struct context *context);

/* Calibrates with prompts, and keeps the calibration of a real instrument. */
enum exit_code connection_calibrate(struct connection *connection);

/* Asks which aperture the slider's code means, and keeps the answer. */
enum exit_code connection_confirm_aperture(struct connection *connection);

/* Sets what a trigger measures and makes sure that measuring may begin: a virtual
 * instrument calibrates itself, a real one is refused with what to do. */
enum exit_code connection_ready(struct connection *connection,
                                enum instrument_specular specular);

/*
 * Takes one reading when the trigger says so; detail tells the operator what is next.
 * Where the link died while the operator was waited for, as it does when the computer or
 * the instrument sleeps, the instrument is opened once more; a trigger is never repeated.
 * FAILURE_INSTRUMENT_READING for a reading that is implausible or over range.
 */
enum exit_code connection_read(struct connection *connection, enum trigger trigger,
                               const char *detail, struct instrument_reading *out);

/* Takes one reading now, with the color that the instrument itself computes of it; no
 * points where the instrument does not tell it. */
enum exit_code connection_cross_check(struct connection *connection, const char *detail,
                                      struct instrument_reading *out,
                                      double own[INSTRUMENT_OWN_VALUES]);

/* A failure in words, with the advice that belongs to it. */
enum exit_code connection_failure(struct context *context, enum instrument_status status,
                                  const char *what);

/* Warns of each warning bit of a reading. */
void connection_warn(struct context *context, unsigned warnings);

#endif
