/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a calibration of the CM-700d is trusted, and how one is made: sections 6.5, 8.2
 * and 8.3 of the protocol. */
#include "driver/cm700d.h"

#include <string.h>

enum { ATTEMPTS = 3 };

/* Whether the last calibration known was made under the present conditions. */
static int conditions_match(const struct cm700d *self)
{
    const struct calibration *made = &self->calibration;
    unsigned wanted = self->specular;
    return made->made > 0 && strcmp(made->serial, self->identity.serial) == 0 &&
           strcmp(made->plate, self->plate) == 0 &&
           made->user_plate == self->user_plate && made->area == self->parameters.area &&
           (made->specular & wanted) == wanted;
}

static enum instrument_calibration_state judge(const struct cm700d *self,
                                               const struct cm700d_state *state)
{
    if (state->calibrated != CM700D_CALIBRATED || !conditions_match(self))
        return INSTRUMENT_UNCALIBRATED;
    /* a clock that was set back says nothing about the age */
    int64_t age = cm700d_clock(self) - self->calibration.made;
    if (state->recalibrate == 1 || age < 0 || age >= INSTRUMENT_CALIBRATION_SECONDS)
        return INSTRUMENT_EXPIRED;
    return INSTRUMENT_CALIBRATED;
}

enum instrument_status cm700d_calibration_check(struct model_session *session,
                                                enum instrument_calibration_state *state,
                                                int64_t *made)
{
    struct cm700d *self = (struct cm700d *)session;
    cm700d_begin(&self->link, "checking the calibration");
    struct cm700d_state read;
    enum instrument_status status = cm700d_ask_state(&self->link, &read);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_parameters(self);
    if (status != INSTRUMENT_OK)
        return status;
    *state = judge(self, &read);
    *made = *state == INSTRUMENT_UNCALIBRATED ? 0 : self->calibration.made;
    return INSTRUMENT_OK;
}

enum instrument_status cm700d_require_calibration(struct cm700d *self)
{
    struct cm700d_state read;
    enum instrument_status status = cm700d_ask_state(&self->link, &read);
    if (status != INSTRUMENT_OK)
        return status;
    switch (judge(self, &read)) {
    case INSTRUMENT_CALIBRATED:
        if (read.recalibrate == CM700D_UNKNOWN)
            self->link.warnings |= INSTRUMENT_WARN_RECALIBRATE;
        return INSTRUMENT_OK;
    case INSTRUMENT_EXPIRED: return INSTRUMENT_NEEDS_WHITE;
    case INSTRUMENT_UNCALIBRATED: break;
    }
    if (read.calibrated == CM700D_WHITE_MISSING)
        return INSTRUMENT_NEEDS_WHITE;
    if (read.calibrated == CM700D_USER_WHITE_MISSING)
        return INSTRUMENT_NEEDS_USER_WHITE;
    return INSTRUMENT_NEEDS_ZERO;
}

void cm700d_note_refusal(struct cm700d *self, enum instrument_status status)
{
    if (status == INSTRUMENT_NEEDS_ZERO || status == INSTRUMENT_NEEDS_WHITE ||
        status == INSTRUMENT_NEEDS_USER_WHITE)
        self->calibration.made = 0;
}

/* One step of the calibration: what is asked of the operator, sent, and expected. */
struct step {
    enum instrument_prompt prompt;
    enum cm700d_name command;
    unsigned least; /* enum cm700d_calibrated when done */
    const char *task;
};

static const struct step zero_step = {
    .prompt = INSTRUMENT_PROMPT_ZERO,
    .command = CM700D_ZRC,
    .least = CM700D_WHITE_MISSING,
    .task = "zero calibration",
};

static const struct step white_step = {
    .prompt = INSTRUMENT_PROMPT_WHITE,
    .command = CM700D_CAL,
    .least = CM700D_CALIBRATED,
    .task = "white calibration",
};

static const struct step user_step = {
    .prompt = INSTRUMENT_PROMPT_USER_WHITE,
    .command = CM700D_USC,
    .least = CM700D_CALIBRATED,
    .task = "white calibration with your own plate",
};

static enum instrument_status prompt(struct cm700d *self, const struct step *step,
                                     const char *detail)
{
    const struct instrument_options *options = &self->base.options;
    if (!options->prompt)
        return INSTRUMENT_OK;
    return options->prompt(options->user, step->prompt, detail) == INSTRUMENT_STOP
               ? INSTRUMENT_CANCELLED
               : INSTRUMENT_OK;
}

/* From here on the instrument's own calibration is in doubt, but not what the codes of
 * the aperture mean. */
static void forget(struct cm700d *self)
{
    const struct instrument_options *options = &self->base.options;
    self->calibration.made = 0;
    if (options->calibration_void)
        options->calibration_void(options->user, self->identity.serial);
}

/* The reply may come before the work is done, so the status has the last word. */
static enum instrument_status run(struct cm700d *self, const struct step *step)
{
    cm700d_begin(&self->link, step->task);
    forget(self);
    struct cm700d_answer answer;
    struct cm700d_state state;
    enum instrument_status status = cm700d_ask(&self->link, step->command, NULL, &answer);
    if (status == INSTRUMENT_OK)
        status = cm700d_settle(&self->link, CM700D_POLL_MS, CM700D_WORST_MS, &state);
    if (status != INSTRUMENT_OK)
        return status;
    if (state.calibrated == CM700D_USER_WHITE_MISSING && step->command == CM700D_CAL)
        return INSTRUMENT_NEEDS_USER_WHITE;
    /* a failure is told once: where that may have been lost, the step is done again */
    return state.calibrated >= step->least && self->link.work != CM700D_OURS_UNHEARD
               ? INSTRUMENT_OK
               : INSTRUMENT_CALIBRATION_FAILED;
}

/* Asks the operator, runs the step, and again while the instrument refuses the plate. */
static enum instrument_status guide(struct cm700d *self, const struct step *step)
{
    const char *detail = step->command == CM700D_ZRC ? "" : self->plate;
    enum instrument_status status = INSTRUMENT_CALIBRATION_FAILED;
    for (int i = 0; i < ATTEMPTS && status == INSTRUMENT_CALIBRATION_FAILED; i++) {
        status = prompt(self, step, i == 0 ? detail : instrument_status_text(status));
        if (status == INSTRUMENT_OK)
            status = run(self, step);
    }
    return status;
}

static void remember(struct cm700d *self)
{
    struct calibration made = {
        .area = (uint8_t)self->parameters.area,
        .specular = (uint8_t)self->specular,
        .user_plate = (uint8_t)self->user_plate,
        .medium_area = self->calibration.medium_area,
        .made = cm700d_clock(self),
    };
    memcpy(made.serial, self->identity.serial, sizeof self->identity.serial);
    memcpy(made.plate, self->plate, sizeof self->plate);
    self->calibration = made;
}

enum instrument_status cm700d_calibrate(struct model_session *session)
{
    struct cm700d *self = (struct cm700d *)session;
    cm700d_begin(&self->link, "preparing the calibration");
    enum instrument_status status = cm700d_prepare(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_plate(self);
    if (status == INSTRUMENT_OK)
        status = guide(self, &zero_step);
    if (status == INSTRUMENT_OK)
        status = guide(self, self->user_plate ? &user_step : &white_step);
    if (status == INSTRUMENT_OK)
        remember(self);
    return status;
}
