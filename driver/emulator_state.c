/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/emulator_parts.h"

#include <stdio.h>
#include <string.h>

/* Durations in emulated time (10). */
enum { SHOT_MS = 600, CHARGE_MS = 300, CALIBRATION_MS = 2000, TENTH_MS = 100 };
static const double hour_ms = 3600e3;

enum { CAPACITY = 4000, TARGETS = 3 };

/* Field 3 of the status. */
enum calibration {
    CALIBRATION_NONE,
    CALIBRATION_WHITE_MISSING,
    CALIBRATION_USER_MISSING,
    CALIBRATION_COMPLETE
};

void emulator_power_on(struct emulator *emulator)
{
    emulator->powered = 1;
    emulator->input = (struct emulator_input){.size = 0};
    emulator->output.count = 0;
    emulator->busy_until_ms = 0;
    emulator->charged_at_ms = 0;
    emulator->outcome[0] = '\0';
    emulator->button_enabled = 0;
    memset(emulator->results, 0, sizeof emulator->results);
    if (emulator->settings.quirks & EMULATOR_KEEPS_CALIBRATION)
        return;
    emulator->zeroed = 0;
    memset(emulator->white, 0, sizeof emulator->white);
}

int emulator_is_busy(const struct emulator *emulator)
{
    return emulator->now_ms < emulator->busy_until_ms;
}

/* -- calibration ---------------------------------------------------------- */

static int area_index(const struct emulator *emulator)
{
    return emulator->settings.slider == EMULATOR_SAV ? 0 : 1;
}

/* Whether a mode takes part in what is set: component 0 SCI, 1 SCE. */
static int is_used(const struct emulator *emulator, size_t component)
{
    return emulator->specular == EMULATOR_BOTH ||
           emulator->specular == (long)component + EMULATOR_SCI;
}

static enum calibration calibration(const struct emulator *emulator)
{
    int done = 1, user_done = 1;
    for (size_t i = 0; i < 2; i++) {
        const struct emulator_white *white = &emulator->white[area_index(emulator)][i];
        done = done && (white->done || !is_used(emulator, i));
        user_done = user_done && (white->user_done || !is_used(emulator, i));
    }
    if (!emulator->zeroed)
        return CALIBRATION_NONE;
    if (!done)
        return CALIBRATION_WHITE_MISSING;
    if (emulator->settings.user_calibration && !user_done)
        return CALIBRATION_USER_MISSING;
    return CALIBRATION_COMPLETE;
}

static int is_stale(const struct emulator *emulator)
{
    double valid_ms = emulator->settings.recalibrate * hour_ms;
    int stale = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct emulator_white *white = &emulator->white[area_index(emulator)][i];
        stale |= is_used(emulator, i) &&
                 (double)emulator->now_ms >= (double)white->made_ms + valid_ms;
    }
    return stale && calibration(emulator) == CALIBRATION_COMPLETE;
}

void emulator_void_white(struct emulator *emulator)
{
    for (size_t area = 0; area < 2; area++)
        for (size_t i = 0; i < 2; i++) {
            emulator->white[area][i].user_done = 0;
            emulator->white[area][i].done &= emulator->settings.user_calibration;
        }
}

/* From now on the instrument is busy; what came of earlier work is told no more. */
static void begin(struct emulator *emulator, uint64_t duration_ms, const char *outcome)
{
    emulator->busy_until_ms = emulator->now_ms + duration_ms;
    snprintf(emulator->outcome, sizeof emulator->outcome, "%s", outcome);
}

/* Returns whether it succeeds. The reply waits until it is done and tells the outcome,
 * or, under quirk Q9, comes at once, and the next status poll tells it. */
static int calibrate(struct emulator *emulator, struct emulator_call *call,
                     enum emulator_surface wanted)
{
    int replies_at_once = (emulator->settings.quirks & EMULATOR_CALIBRATES_LATER) != 0;
    int is_misplaced = emulator_surface(emulator) != wanted;
    const char *failure = is_misplaced ? "ER11" : call->failure;
    begin(emulator, CALIBRATION_MS, failure);
    if (!replies_at_once)
        call->reply.delay_ms = CALIBRATION_MS;
    if (is_misplaced && !replies_at_once) {
        emulator_reply_code(&call->reply, failure);
        emulator->outcome[0] = '\0';
    }
    return !*failure;
}

void emulator_do_zrc(struct emulator *emulator, struct emulator_call *call)
{
    if (emulator->settings.battery == 2) {
        emulator_reply_code(&call->reply, "ER02");
    } else if (calibrate(emulator, call, EMULATOR_DARK)) {
        emulator->zeroed = 1;
        memset(emulator->white, 0, sizeof emulator->white);
    }
}

/* White calibration in the modes that are set, against either plate. */
static void calibrate_white(struct emulator *emulator, struct emulator_call *call,
                            int user)
{
    if (!calibrate(emulator, call, EMULATOR_WHITE_PLATE))
        return;
    for (size_t i = 0; i < 2; i++)
        if (is_used(emulator, i))
            emulator->white[area_index(emulator)][i] = (struct emulator_white){
                .done = 1, .user_done = user, .made_ms = emulator->busy_until_ms};
}

void emulator_do_cal(struct emulator *emulator, struct emulator_call *call)
{
    if (emulator->settings.battery == 2)
        emulator_reply_code(&call->reply, "ER02");
    else if (!emulator->zeroed)
        emulator_reply_code(&call->reply, "ER07");
    else
        calibrate_white(emulator, call, 0);
}

void emulator_do_usc(struct emulator *emulator, struct emulator_call *call)
{
    if (emulator->settings.battery == 2)
        emulator_reply_code(&call->reply, "ER02");
    else if (!emulator->zeroed)
        emulator_reply_code(&call->reply, "ER07");
    else if (!emulator->user_plate_stored)
        emulator_reply_code(&call->reply, "ER22");
    else if (!emulator->settings.user_calibration)
        emulator_reply_code(&call->reply, "ER03");
    else
        calibrate_white(emulator, call, 1);
}

/* -- status and parameters ------------------------------------------------ */

void emulator_do_str(struct emulator *emulator, struct emulator_call *call)
{
    struct emulator_reply *reply = &call->reply;
    if (emulator->outcome[0]) {
        emulator_reply_code(reply, emulator->outcome);
        emulator->outcome[0] = '\0';
        return;
    }
    unsigned quirks = emulator->settings.quirks;
    int ready = emulator->now_ms >= emulator->charged_at_ms;
    emulator_reply_number(reply, quirks & EMULATOR_FLASH_INVERTED ? !ready : ready, 1);
    emulator_reply_number(reply, emulator->settings.battery, 1);
    emulator_reply_number(reply, calibration(emulator), 1);
    emulator_reply_number(reply, CAPACITY, 5);
    emulator_reply_number(reply, emulator_samples_stored(emulator), 5);
    emulator_reply_number(reply, TARGETS, 4);
    if (quirks & EMULATOR_SIX_FIELDS)
        return;
    emulator_reply_number(reply, 0, 1);
    emulator_reply_number(reply, is_stale(emulator), 1);
}

void emulator_do_cpr(struct emulator *emulator, struct emulator_call *call)
{
    struct emulator_reply *reply = &call->reply;
    int specular = (int)emulator->specular - EMULATOR_SCI;
    emulator_reply_number(reply, emulator_area_code(emulator, area_index(emulator)), 1);
    emulator_reply_number(reply, emulator_specular_code(emulator, specular), 1);
    emulator_reply_number(reply, emulator->delay, 2);
    emulator_reply_number(reply, emulator->automatic, 2);
    emulator_reply_number(reply, emulator->manual, 2);
}

void emulator_do_cps(struct emulator *emulator, struct emulator_call *call)
{
    const long *number = call->number;
    int area = emulator_area_index(emulator, number[0]);
    int specular = emulator_specular_index(emulator, number[1]);
    if (area < 0 || specular < 0 || number[2] > 30 || number[3] < 1 || number[3] > 10 ||
        number[4] < 1 || number[4] > 30) {
        emulator_reply_code(&call->reply, "ER03");
        return;
    }
    if (area != area_index(emulator)) {
        emulator_reply_code(&call->reply, "ER25");
        return;
    }
    emulator->specular = specular + EMULATOR_SCI;
    emulator->delay = number[2];
    emulator->automatic = number[3];
    emulator->manual = number[4];
}

/* -- measuring ------------------------------------------------------------ */

/* Why no measurement may begin, NULL when one may. */
static const char *refusal(const struct emulator *emulator)
{
    if (emulator_is_busy(emulator))
        return "ER35";
    if (emulator->settings.battery == 2)
        return "ER02";
    switch (calibration(emulator)) {
    case CALIBRATION_NONE: return "ER07";
    case CALIBRATION_WHITE_MISSING: return "ER24";
    case CALIBRATION_USER_MISSING: return emulator->user_plate_stored ? "ER36" : "ER22";
    case CALIBRATION_COMPLETE: break;
    }
    return emulator->now_ms < emulator->charged_at_ms ? "ER28" : NULL;
}

/* The result is there at once; until the time is up nothing can be read. */
static void measure(struct emulator *emulator, enum emulator_trigger trigger,
                    const char *failure)
{
    struct emulator_result result;
    emulator_optics_read(emulator, &result);
    begin(emulator,
          TENTH_MS * (uint64_t)emulator->delay +
              SHOT_MS * (uint64_t)emulator->automatic * result.count,
          failure);
    emulator->charged_at_ms = emulator->busy_until_ms + CHARGE_MS;
    if (!*failure)
        emulator->results[trigger] = result;
}

void emulator_do_mes(struct emulator *emulator, struct emulator_call *call)
{
    const char *code = call->number[0] == 1 ? refusal(emulator) : "ER03";
    if (code)
        emulator_reply_code(&call->reply, code);
    else
        measure(emulator, EMULATOR_BY_COMMAND, call->failure);
}

static void read_result(struct emulator *emulator, struct emulator_call *call,
                        enum emulator_trigger trigger)
{
    const struct emulator_result *result = &emulator->results[trigger];
    long slot = call->number[0];
    if (slot < 1 || slot > 2)
        emulator_reply_code(&call->reply, "ER03");
    else if ((size_t)slot > result->count)
        emulator_reply_code(&call->reply, "ER10");
    else
        emulator_reply_factors(emulator, &call->reply, result->factor[slot - 1]);
}

void emulator_do_mdr(struct emulator *emulator, struct emulator_call *call)
{
    read_result(emulator, call, EMULATOR_BY_COMMAND);
}

void emulator_do_rdr(struct emulator *emulator, struct emulator_call *call)
{
    read_result(emulator, call, EMULATOR_BY_BUTTON);
}

/* -- button --------------------------------------------------------------- */

void emulator_do_sws(struct emulator *emulator, struct emulator_call *call)
{
    if (call->number[0] > 1)
        emulator_reply_code(&call->reply, "ER03");
    else
        emulator->button_enabled = (int)call->number[0];
}

/* What an instrument of quirk Q7 or Q8 sends of its own accord. */
static void announce(struct emulator *emulator)
{
    const struct emulator_result *result = &emulator->results[EMULATOR_BY_BUTTON];
    unsigned quirks = emulator->settings.quirks;
    struct emulator_reply reply;
    if (quirks & EMULATOR_BUTTON_SENDS_DATA)
        for (size_t i = 0; i < result->count; i++) {
            emulator_reply_start(&reply);
            emulator_reply_factors(emulator, &reply, result->factor[i]);
            emulator_announce(emulator, &reply, emulator->busy_until_ms);
        }
    if (quirks & EMULATOR_BUTTON_ANNOUNCES) {
        emulator_reply_start(&reply);
        emulator_announce(emulator, &reply, emulator->busy_until_ms);
    }
}

void emulator_press(struct emulator *emulator, uint64_t now_ms)
{
    emulator->now_ms = now_ms;
    if (!emulator->powered || !emulator->button_enabled || refusal(emulator))
        return;
    measure(emulator, EMULATOR_BY_BUTTON, "");
    announce(emulator);
}
