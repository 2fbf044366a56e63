/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a transport to a session: who is there, and how does it count? */
#include "driver/cm700d.h"

#include <stdlib.h>
#include <string.h>

/* 400 to 700 nm is the instrument's; any other grid of 31 points may be a newer one's. */
static enum instrument_status accept(const struct cm700d *self)
{
    const struct cm700d_identity *identity = &self->identity;
    unsigned span = identity->last_nm - identity->first_nm;
    if (identity->last_nm > identity->first_nm && span % identity->step_nm == 0 &&
        span / identity->step_nm + 1 == CM700D_POINTS)
        return INSTRUMENT_OK;
    cm700d_remark(&self->link, identity->first_nm == 360
                                   ? "a sibling (CM-2600d, CM-3600d), not a CM-700d"
                                   : "an instrument of another wavelength grid");
    return INSTRUMENT_UNSUPPORTED;
}

static enum instrument_status write_specular(struct cm700d *self, unsigned code)
{
    const struct cm700d_parameters *read = &self->parameters;
    const unsigned arguments[] = {read->area, code, read->delay, read->automatic,
                                  read->manual};
    struct cm700d_answer answer;
    return cm700d_ask(&self->link, CM700D_CPS, arguments, &answer);
}

/* Only an instrument that counts from 1 knows a specular code 3. */
static enum instrument_status probe_code_base(struct cm700d *self)
{
    enum { BOTH_FROM_ONE = 3 };
    enum instrument_status status = write_specular(self, BOTH_FROM_ONE);
    if (status == INSTRUMENT_OUT_OF_RANGE) {
        self->code_base = 0;
        return INSTRUMENT_OK;
    }
    self->code_base = 1;
    if (status == INSTRUMENT_OK)
        status = write_specular(self, self->parameters.specular);
    return status;
}

/* Whether area and specular codes count from 0 or from 1: section 5.2 of the protocol. */
static enum instrument_status find_code_base(struct cm700d *self)
{
    const struct cm700d_parameters *read = &self->parameters;
    int from_one = read->area == 2 || read->specular == 3;
    int from_zero = read->area == 0 || read->specular == 0;
    if (from_one && from_zero) {
        cm700d_remark(&self->link, "codes of area and specular contradict each other");
        return INSTRUMENT_UNSUPPORTED;
    }
    if (!from_one && !from_zero)
        return probe_code_base(self);
    self->code_base = from_one ? 1 : 0;
    return INSTRUMENT_OK;
}

/* A block of another instrument, or a damaged one, is as good as none. */
static void load_calibration(struct cm700d *self)
{
    const struct instrument_options *options = &self->base.options;
    struct calibration *calibration = &self->calibration;
    const char *serial = self->identity.serial;
    uint8_t block[INSTRUMENT_CALIBRATION_MAX];
    size_t size = options->calibration_load
                      ? options->calibration_load(options->user, serial, block)
                      : 0;
    if (size > sizeof block ||
        calibration_unpack(block, size, calibration) != INSTRUMENT_OK ||
        strcmp(calibration->serial, serial) != 0) {
        *calibration = (struct calibration){.medium_area = CALIBRATION_AREA_UNKNOWN};
        memcpy(calibration->serial, serial, sizeof self->identity.serial);
    }
}

/* The button may have been pressed before it was disabled, or a measurement have failed
 * that a killed program began: what came of it is told once, and is no matter of ours. */
static enum instrument_status await_rest(struct cm700d *self)
{
    struct cm700d_answer answer;
    enum instrument_status status = cm700d_ask(&self->link, CM700D_STR, NULL, &answer);
    if (status == INSTRUMENT_MEASURING)
        return cm700d_wait_idle(&self->link);
    return cm700d_is_outcome(status) ? INSTRUMENT_OK : status;
}

static enum instrument_status connect(struct cm700d *self)
{
    struct cm700d_answer answer;
    enum instrument_status status = cm700d_synchronise(&self->link, &self->identity);
    if (status == INSTRUMENT_OK)
        status = accept(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_ask(&self->link, CM700D_SWS, &(unsigned){0}, &answer);
    if (status == INSTRUMENT_OK)
        status = await_rest(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_parameters(self);
    if (status == INSTRUMENT_OK)
        status = find_code_base(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_read_plate(self);
    return status;
}

enum instrument_status cm700d_open(struct transport *transport,
                                   const struct instrument_options *options,
                                   struct model_session **out)
{
    struct cm700d *self = calloc(1, sizeof *self);
    if (!self)
        return INSTRUMENT_NO_MEMORY;
    self->base.transport = transport;
    if (options)
        self->base.options = *options;
    self->specular = INSTRUMENT_SCI_AND_SCE;
    cm700d_link_start(&self->link, transport, &self->base.options);
    cm700d_begin(&self->link, "connecting");
    enum instrument_status status = connect(self);
    if (status != INSTRUMENT_OK) {
        free(self);
        return status;
    }
    load_calibration(self);
    *out = &self->base;
    return INSTRUMENT_OK;
}
