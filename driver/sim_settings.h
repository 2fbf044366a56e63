/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user may say of the virtual instrument: "client=b,seed=7,quirk=q2+q7". */
#ifndef DRIVER_SIM_SETTINGS_H
#define DRIVER_SIM_SETTINGS_H

#include "driver/emulator.h"
#include "driver/instrument.h"

struct sim_settings {
    struct emulator_settings emulator;
    enum emulator_fault fault;
    char status_text[EMULATOR_TEXT_MAX]; /* of a scripted fault */
};

/*
 * Settings NAME=VALUE with commas between, a colon before them or not:
 *
 *   client=a|b|c, seed=N, noise=X, placement=X, pressure=X   as emulator_settings
 *   bottle=NAME, strength=X                      what drawdowns are of
 *   swatch=white 1:399 50um                      the drawdown that a swatch is
 *   recalibrate=HOURS, battery=0|1|2, slider=1|2, user=0|1
 *   quirk=q1+q1b+...+q11+keeps-calibration       one or several
 *   fault=late|lost|cut|too-few|too-many|not-a-number|endless|split|unsolicited|
 *         empty-packets|silent|foreign|sibling|junk, or a status as emulator_fail
 *
 * OUT_OF_RANGE for anything else.
 */
enum instrument_status sim_settings_parse(const char *text, struct sim_settings *out);

#endif
