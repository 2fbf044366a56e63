/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data of the white plates (6.6). */
#include "driver/emulator_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double full_scale = 1e5;

/* What may be written: the standard plate 0.80 to 1.10, a user's 0.50 to 1.50 (5.1). */
struct limits {
    long least;
    long most;
};
static const struct limits standard_limits = {80000, 110000};
static const struct limits user_limits = {50000, 150000};

void emulator_plates_make(struct emulator *emulator)
{
    double sci[EMULATOR_BANDS], sce[EMULATOR_BANDS];
    emulator_optics_sample("white", emulator->settings.client, sci, sce);
    for (size_t area = 0; area < 2; area++)
        for (size_t i = 0; i < EMULATOR_BANDS; i++) {
            emulator->plate.value[area][0][i] = lround(full_scale * sci[i]);
            emulator->plate.value[area][1][i] = lround(full_scale * sce[i]);
        }
    /* where the user's plate is in use its data are there */
    emulator->user_plate = emulator->plate;
    emulator->user_plate_stored = emulator->settings.user_calibration;
    snprintf(emulator->plate_id, sizeof emulator->plate_id, "12345678");
}

/* The record that a command names, NULL after ER03. */
static long *record(const struct emulator *emulator, struct emulator_call *call,
                    struct emulator_plate *plate)
{
    int area = emulator_area_index(emulator, call->number[0]);
    int component = emulator_specular_index(emulator, call->number[1]);
    if (area >= 0 && (component == 0 || component == 1))
        return plate->value[area][component];
    emulator_reply_code(&call->reply, "ER03");
    return NULL;
}

static void read_plate(struct emulator *emulator, struct emulator_call *call,
                       struct emulator_plate *plate)
{
    const long *values = record(emulator, call, plate);
    if (values)
        emulator_reply_values(emulator, &call->reply, values);
}

/* True when written; white calibration is void then. */
static int write_plate(struct emulator *emulator, struct emulator_call *call,
                       struct emulator_plate *plate, const struct limits *limits)
{
    long *values = record(emulator, call, plate);
    for (size_t i = 0; values && i < EMULATOR_BANDS; i++)
        if (call->value[i] < limits->least || call->value[i] > limits->most) {
            emulator_reply_code(&call->reply, "ER03");
            values = NULL;
        }
    if (!values)
        return 0;
    memcpy(values, call->value, sizeof call->value);
    emulator_void_white(emulator);
    return 1;
}

void emulator_do_cdr(struct emulator *emulator, struct emulator_call *call)
{
    read_plate(emulator, call, &emulator->plate);
}

void emulator_do_cds(struct emulator *emulator, struct emulator_call *call)
{
    write_plate(emulator, call, &emulator->plate, &standard_limits);
}

void emulator_do_ucr(struct emulator *emulator, struct emulator_call *call)
{
    if (emulator->user_plate_stored)
        read_plate(emulator, call, &emulator->user_plate);
    else
        emulator_reply_code(&call->reply, "ER22");
}

void emulator_do_ucs(struct emulator *emulator, struct emulator_call *call)
{
    if (write_plate(emulator, call, &emulator->user_plate, &user_limits))
        emulator->user_plate_stored = 1;
}

void emulator_do_cir(struct emulator *emulator, struct emulator_call *call)
{
    emulator_reply_text(&call->reply, emulator->plate_id);
}

void emulator_do_cis(struct emulator *emulator, struct emulator_call *call)
{
    memcpy(emulator->plate_id, call->text, sizeof emulator->plate_id);
    emulator_void_white(emulator);
}

void emulator_do_usr(struct emulator *emulator, struct emulator_call *call)
{
    emulator_reply_number(&call->reply, emulator->settings.user_calibration, 1);
}

void emulator_do_uss(struct emulator *emulator, struct emulator_call *call)
{
    if (call->number[0] > 1) {
        emulator_reply_code(&call->reply, "ER03");
        return;
    }
    emulator->settings.user_calibration = (int)call->number[0];
    emulator_void_white(emulator);
}
