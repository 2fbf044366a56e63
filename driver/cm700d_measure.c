/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One trigger: MES, polling, MDR, and what makes a reading plausible. */
#include "driver/cm700d.h"

#include <string.h>

/* Raw values for a reflectance factor of 1. */
static const double scale = 10000;

/* What a reading may be; section 8.3 of the protocol. */
static const double least_factor = -0.02;
static const double most_factor = 1.75;
static const double least_specular = -0.01; /* SCI less SCE */

static int in_range(const double *factor, size_t points)
{
    for (size_t i = 0; i < points; i++)
        if (!(factor[i] >= least_factor && factor[i] <= most_factor))
            return 0;
    return 1;
}

/* Of the modes that are bits of bounded. */
static int is_plausible(const struct instrument_reading *reading, unsigned bounded)
{
    if (bounded & INSTRUMENT_SCI && !in_range(reading->sci, reading->points))
        return 0;
    if (bounded & INSTRUMENT_SCE && !in_range(reading->sce, reading->points))
        return 0;
    if (bounded == INSTRUMENT_SCI_AND_SCE)
        for (size_t i = 0; i < reading->points; i++)
            if (reading->sci[i] - reading->sce[i] < least_specular)
                return 0;
    return 1;
}

static double factor_at(const struct instrument_reading *reading, double wavelength_nm)
{
    const double *factor =
        reading->specular & INSTRUMENT_SCE ? reading->sce : reading->sci;
    size_t i = 0;
    while (i + 1 < reading->points && reading->wavelength_nm[i] < wavelength_nm)
        i++;
    return factor[i];
}

/* Adds one mode, and returns it where it must be plausible: what the instrument itself
 * calls over range is handed out, marked. */
static unsigned take(const struct cm700d_answer *answer, enum instrument_specular mode,
                     struct instrument_reading *reading)
{
    double *factor = mode == INSTRUMENT_SCI ? reading->sci : reading->sce;
    for (size_t i = 0; i < CM700D_POINTS; i++)
        factor[i] = answer->value[i] / scale;
    unsigned warnings = cm700d_warnings(answer);
    reading->warnings |= warnings;
    return warnings & INSTRUMENT_WARN_OVER_RANGE ? 0 : mode;
}

static unsigned conditions_to_warn_of(const struct cm700d *self,
                                      const struct instrument_reading *reading)
{
    unsigned warnings = self->link.warnings;
    if (self->calibration.medium_area == CALIBRATION_AREA_UNKNOWN)
        warnings |= INSTRUMENT_WARN_APERTURE;
    if (!(factor_at(reading, 650) > factor_at(reading, 450)))
        warnings |= INSTRUMENT_WARN_NOT_SKIN_LIKE;
    return warnings;
}

enum instrument_status cm700d_make_reading(const struct cm700d *self,
                                           const struct cm700d_answer *first,
                                           const struct cm700d_answer *second,
                                           struct instrument_reading *out)
{
    struct instrument_reading reading = {
        .points = CM700D_POINTS,
        .specular = self->specular,
        .aperture = cm700d_aperture(self),
        .aperture_mm = cm700d_aperture_mm(self),
        .calibrated = self->calibration.made,
        .taken = cm700d_clock(self),
    };
    for (size_t i = 0; i < reading.points; i++)
        reading.wavelength_nm[i] =
            self->identity.first_nm + (double)i * self->identity.step_nm;
    int both = self->specular == INSTRUMENT_SCI_AND_SCE;
    unsigned bounded = take(first, both ? INSTRUMENT_SCI : self->specular, &reading);
    if (both)
        bounded |= take(second, INSTRUMENT_SCE, &reading);
    if (!is_plausible(&reading, bounded))
        return INSTRUMENT_IMPLAUSIBLE;
    reading.warnings |= conditions_to_warn_of(self, &reading);
    *out = reading;
    return INSTRUMENT_OK;
}

/* Section 4.5: ten seconds, the delay, and five for each flash in each mode. */
static unsigned measuring_ms(const struct cm700d *self)
{
    const struct cm700d_parameters *set = &self->parameters;
    unsigned modes = self->specular == INSTRUMENT_SCI_AND_SCE ? 2 : 1;
    unsigned ms = 10000 + 100 * set->delay + 5000 * set->automatic * modes;
    return ms < CM700D_WORST_MS ? ms : CM700D_WORST_MS;
}

static enum instrument_status trigger(struct cm700d *self)
{
    struct cm700d_answer answer;
    struct cm700d_state state;
    enum instrument_status status =
        cm700d_ask(&self->link, CM700D_MES, &(unsigned){1}, &answer);
    if (status == INSTRUMENT_OK)
        status = cm700d_settle(&self->link, CM700D_POLL_MS, measuring_ms(self), &state);
    if (status == INSTRUMENT_OK && state.recalibrate == 1)
        self->link.warnings |= INSTRUMENT_WARN_RECALIBRATE;
    if (status == INSTRUMENT_OK && state.supply > 0)
        self->link.warnings |= INSTRUMENT_WARN_BATTERY;
    return status;
}

/* The instrument has said that it did not flash, so a second flash is no second reading.
 * After silence there is no second try: the first may have been taken. */
static int did_not_flash(const struct cm700d *self, enum instrument_status status)
{
    return (status == INSTRUMENT_LAMP || status == INSTRUMENT_CHARGING_CIRCUIT) &&
           (self->link.work == CM700D_INHERITED || self->link.work == CM700D_OURS);
}

static enum instrument_status read_slot(struct cm700d *self, unsigned slot,
                                        struct cm700d_answer *answer)
{
    return cm700d_ask(&self->link, CM700D_MDR, &slot, answer);
}

/* What MDR hands out before a trigger, and after one that failed. */
struct before {
    enum { BEFORE_UNKNOWN, BEFORE_NOTHING, BEFORE_RESULT } kind;
    struct cm700d_answer first;
};

/* Asked before every trigger: what the session read last need not be what is stored,
 * since a trigger may have been given up, or the instrument used by itself. An instrument
 * that does not tell may still measure. */
static enum instrument_status look_before(struct cm700d *self, struct before *before)
{
    enum instrument_status status = read_slot(self, 1, &before->first);
    before->kind = status == INSTRUMENT_OK        ? BEFORE_RESULT
                   : status == INSTRUMENT_NO_DATA ? BEFORE_NOTHING
                                                  : BEFORE_UNKNOWN;
    return cm700d_is_outcome(status) ? INSTRUMENT_OK : status;
}

/* Two flashes do not give 31 equal values. */
static int is_new(const struct before *before, const struct cm700d_answer *first)
{
    switch (before->kind) {
    case BEFORE_UNKNOWN: return 0;
    case BEFORE_NOTHING: return 1;
    case BEFORE_RESULT: break;
    }
    return memcmp(before->first.value, first->value, sizeof first->value) != 0;
}

/* Where the answer was lost that may have told a failure, what is there may be what was
 * there before. */
static enum instrument_status fetch(struct cm700d *self, const struct before *before,
                                    struct instrument_reading *out)
{
    int may_have_failed = self->link.work == CM700D_OURS_UNHEARD;
    struct cm700d_answer first, second;
    enum instrument_status status = read_slot(self, 1, &first);
    if (status == INSTRUMENT_OK && may_have_failed && !is_new(before, &first))
        status = INSTRUMENT_NO_ANSWER;
    if (status == INSTRUMENT_OK && self->specular == INSTRUMENT_SCI_AND_SCE)
        status = read_slot(self, 2, &second);
    return status == INSTRUMENT_OK ? cm700d_make_reading(self, &first, &second, out)
                                   : status;
}

/* Of slot 2 where there is one, at D65 and 10 degrees (6.7). */
static enum instrument_status read_own(struct cm700d *self,
                                       double own[INSTRUMENT_OWN_VALUES])
{
    enum { TEN_DEGREES = 2, D65 = 4 };
    static const unsigned quantities[INSTRUMENT_OWN_VALUES] = {
        [INSTRUMENT_OWN_LIGHTNESS] = 6,
        [INSTRUMENT_OWN_A] = 7,
        [INSTRUMENT_OWN_B] = 8,
        [INSTRUMENT_OWN_Y] = 2,
    };
    unsigned slot = self->specular == INSTRUMENT_SCI_AND_SCE ? 2 : 1;
    for (size_t i = 0; i < INSTRUMENT_OWN_VALUES; i++) {
        const unsigned arguments[] = {slot, TEN_DEGREES, D65, quantities[i]};
        struct cm700d_answer answer;
        enum instrument_status status =
            cm700d_ask(&self->link, CM700D_COR, arguments, &answer);
        if (status != INSTRUMENT_OK)
            return status;
        own[i] = answer.number;
    }
    return INSTRUMENT_OK;
}

/* Where own is not NULL, asks for the instrument's color before its values, as the
 * instrument wants it (6.4). */
static enum instrument_status measure(struct cm700d *self, struct instrument_reading *out,
                                      double *own)
{
    struct before before;
    cm700d_begin(&self->link, "measuring");
    enum instrument_status status = cm700d_prepare(self);
    if (status == INSTRUMENT_OK)
        status = cm700d_require_calibration(self);
    if (status == INSTRUMENT_OK)
        status = look_before(self, &before);
    if (status != INSTRUMENT_OK)
        return status;
    status = trigger(self);
    if (did_not_flash(self, status))
        status = trigger(self);
    cm700d_note_refusal(self, status);
    if (status == INSTRUMENT_OK && own)
        status = read_own(self, own);
    return status == INSTRUMENT_OK ? fetch(self, &before, out) : status;
}

enum instrument_status cm700d_measure(struct model_session *session,
                                      struct instrument_reading *out)
{
    return measure((struct cm700d *)session, out, NULL);
}

enum instrument_status cm700d_cross_check(struct model_session *session,
                                          struct instrument_reading *out,
                                          double own[INSTRUMENT_OWN_VALUES])
{
    double read[INSTRUMENT_OWN_VALUES];
    enum instrument_status status = measure((struct cm700d *)session, out, read);
    if (status == INSTRUMENT_OK)
        memcpy(own, read, sizeof read);
    return status;
}
