/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CM-700d and CM-600d: built to the description of their protocol. */
#include "driver/cm700d.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Konica Minolta's vendor id; 210D is what other instruments of theirs use for a virtual
 * serial port, the product id of this one is not known. */
enum { VENDOR = 0x132b, LIKELY_PRODUCT = 0x210d };

enum { SMALL_MM = 3, MEDIUM_MM = 8 };

static struct cm700d *cm700d(struct model_session *session)
{
    return (struct cm700d *)session;
}

int64_t cm700d_clock(const struct cm700d *self)
{
    const struct instrument_options *options = &self->base.options;
    return options->now ? options->now(options->user) : (int64_t)time(NULL);
}

enum instrument_status cm700d_read_parameters(struct cm700d *self)
{
    struct cm700d_answer answer;
    enum instrument_status status = cm700d_ask(&self->link, CM700D_CPR, NULL, &answer);
    if (status == INSTRUMENT_OK)
        self->parameters = answer.parameters;
    return status;
}

enum instrument_status cm700d_read_plate(struct cm700d *self)
{
    struct cm700d_answer answer;
    enum instrument_status status = cm700d_ask(&self->link, CM700D_USR, NULL, &answer);
    if (status != INSTRUMENT_OK)
        return status;
    self->user_plate = answer.flag;
    status = cm700d_ask(&self->link, CM700D_CIR, NULL, &answer);
    if (status == INSTRUMENT_OK)
        memcpy(self->plate, answer.plate, sizeof self->plate);
    return status;
}

/* One flash a trigger, no delay, no averaging in the instrument, which would hide
 * outliers. */
static struct cm700d_parameters wanted_parameters(const struct cm700d *self)
{
    return (struct cm700d_parameters){
        .area = self->parameters.area,
        .specular = (unsigned)self->specular - 1 + self->code_base,
        .delay = 0,
        .automatic = 1,
        .manual = 1,
    };
}

enum instrument_status cm700d_prepare(struct cm700d *self)
{
    enum instrument_status status = cm700d_read_parameters(self);
    if (status != INSTRUMENT_OK)
        return status;
    struct cm700d_parameters wanted = wanted_parameters(self);
    if (memcmp(&self->parameters, &wanted, sizeof wanted) == 0)
        return INSTRUMENT_OK;
    const unsigned arguments[] = {wanted.area, wanted.specular, wanted.delay,
                                  wanted.automatic, wanted.manual};
    struct cm700d_answer answer;
    status = cm700d_ask(&self->link, CM700D_CPS, arguments, &answer);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_parameters(self);
    if (status == INSTRUMENT_OK &&
        memcmp(&self->parameters, &wanted, sizeof wanted) != 0) {
        cm700d_remark(&self->link, "parameters read back are not those written");
        status = INSTRUMENT_BAD_REPLY;
    }
    return status;
}

enum instrument_aperture cm700d_aperture(const struct cm700d *self)
{
    unsigned medium = self->calibration.medium_area;
    if (medium == CALIBRATION_AREA_UNKNOWN)
        medium = self->code_base + 1;
    return self->parameters.area == medium ? INSTRUMENT_APERTURE_MEDIUM
                                           : INSTRUMENT_APERTURE_SMALL;
}

double cm700d_aperture_mm(const struct cm700d *self)
{
    return cm700d_aperture(self) == INSTRUMENT_APERTURE_MEDIUM ? MEDIUM_MM : SMALL_MM;
}

/* "1000004" is shown as 1.00.0004. */
static void show_firmware(const char *digits, char *out, size_t capacity)
{
    enum { DIGITS = 7 };
    size_t count = strlen(digits);
    if (count > DIGITS || strspn(digits, "0123456789") != count) {
        snprintf(out, capacity, "%s", digits);
        return;
    }
    char padded[DIGITS + 1] = "0000000";
    memcpy(padded + DIGITS - count, digits, count);
    snprintf(out, capacity, "%.1s.%.2s.%s", padded, padded + 1, padded + 3);
}

static void describe_model(const struct cm700d *self, char *out, size_t capacity)
{
    if (strcmp(self->identity.model, "0100") == 0)
        snprintf(out, capacity, "CM-700d");
    else
        snprintf(out, capacity, "CM-6xx/7xx family, code %s", self->identity.model);
}

static enum instrument_status describe(struct model_session *session,
                                       struct instrument_description *out)
{
    struct cm700d *self = cm700d(session);
    cm700d_begin(&self->link, "asking the instrument");
    struct cm700d_state state;
    enum instrument_status status = cm700d_ask_state(&self->link, &state);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_parameters(self);
    if (status != INSTRUMENT_OK)
        return status;
    struct instrument_description description = {
        .geometry = "d/8",
        .aperture = cm700d_aperture(self),
        .aperture_confirmed = self->calibration.medium_area != CALIBRATION_AREA_UNKNOWN,
        .aperture_mm = cm700d_aperture_mm(self),
        .specular_modes = INSTRUMENT_SCI_AND_SCE,
        .first_nm = self->identity.first_nm,
        .step_nm = self->identity.step_nm,
        .points = CM700D_POINTS,
        .samples_stored = state.samples,
        .sample_capacity = state.capacity,
        .battery_low = state.supply > 0,
    };
    describe_model(self, description.model, sizeof description.model);
    show_firmware(self->identity.firmware, description.firmware,
                  sizeof description.firmware);
    snprintf(description.serial, sizeof description.serial, "%s", self->identity.serial);
    snprintf(description.plate, sizeof description.plate, "%s", self->plate);
    *out = description;
    return INSTRUMENT_OK;
}

static enum instrument_status confirm_aperture(struct model_session *session)
{
    struct cm700d *self = cm700d(session);
    const struct instrument_options *options = &self->base.options;
    cm700d_begin(&self->link, "reading the slider");
    if (options->prompt &&
        options->prompt(options->user, INSTRUMENT_PROMPT_APERTURE, "") == INSTRUMENT_STOP)
        return INSTRUMENT_CANCELLED;
    enum instrument_status status = cm700d_read_parameters(self);
    if (status == INSTRUMENT_OK)
        self->calibration.medium_area = (uint8_t)self->parameters.area;
    return status;
}

static enum instrument_status set_specular(struct model_session *session,
                                           enum instrument_specular specular)
{
    struct cm700d *self = cm700d(session);
    cm700d_begin(&self->link, "setting what is measured");
    enum instrument_specular before = self->specular;
    self->specular = specular;
    enum instrument_status status = cm700d_prepare(self);
    if (status != INSTRUMENT_OK)
        self->specular = before;
    return status;
}

static enum instrument_status calibration(struct model_session *session, uint8_t *block,
                                          size_t *size)
{
    const struct cm700d *self = cm700d(session);
    const struct calibration *known = &self->calibration;
    if (known->made == 0 && known->medium_area == CALIBRATION_AREA_UNKNOWN)
        return INSTRUMENT_NO_DATA;
    *size = calibration_pack(known, block);
    return INSTRUMENT_OK;
}

static const char *last_code(const struct model_session *session)
{
    return ((const struct cm700d *)session)->link.last_code;
}

static void close(struct model_session *session)
{
    session->transport->ops->close(session->transport);
    free(session);
}

const struct instrument_model model_cm700d = {
    .name = "cm700d",
    .text = "CM-700d",
    .usb = {{VENDOR, LIKELY_PRODUCT, TRANSPORT_CDC_ACM},
            {VENDOR, TRANSPORT_ANY_PRODUCT, TRANSPORT_CDC_ACM}},
    .open = cm700d_open,
    .close = close,
    .describe = describe,
    .confirm_aperture = confirm_aperture,
    .set_specular = set_specular,
    .calibration_check = cm700d_calibration_check,
    .calibrate = cm700d_calibrate,
    .calibration = calibration,
    .measure = cm700d_measure,
    .cross_check = cm700d_cross_check,
    .wait_button = cm700d_wait_button,
    .last_code = last_code,
};
