/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a calibration, and the opaque bytes it is kept in. Internal to the
 * driver. */
#ifndef DRIVER_CALIBRATION_BLOCK_H
#define DRIVER_CALIBRATION_BLOCK_H

#include "driver/instrument.h"

enum { CALIBRATION_WORD_MAX = 40, CALIBRATION_AREA_UNKNOWN = 255 };

/* The conditions under which the instrument was calibrated, and when; where it was not,
 * what its codes mean. */
struct calibration {
    char serial[CALIBRATION_WORD_MAX];
    char plate[CALIBRATION_WORD_MAX]; /* id of the white plate */
    uint8_t area;                     /* the instrument's own code of the aperture */
    uint8_t specular;                 /* enum instrument_specular */
    uint8_t user_plate;               /* 1: against the user's plate */
    uint8_t medium_area; /* code that the operator confirmed to mean the medium aperture,
                            or CALIBRATION_AREA_UNKNOWN */
    int64_t made;        /* seconds since the epoch, 0 for never */
};

/* Writes the block of INSTRUMENT_CALIBRATION_MAX bytes and returns the size used. */
size_t calibration_pack(const struct calibration *calibration, uint8_t *block);

/* NO_DATA when the block is damaged, or of another version or model. */
enum instrument_status calibration_unpack(const uint8_t *block, size_t size,
                                          struct calibration *out);

#endif
