/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a batch was measured as its standard was: compared before any color is. */
#ifndef COLORLIB_BATCH_CONDITIONS_H
#define COLORLIB_BATCH_CONDITIONS_H

#include "colorlib/sample.h"

/* Bits of what differs. What one side does not say differs from nothing. */
enum batch_condition {
    BATCH_CONDITION_GEOMETRY = 1 << 0,
    BATCH_CONDITION_SPECULAR = 1 << 1,
    BATCH_CONDITION_APERTURE = 1 << 2,     /* by more than 0.1 mm */
    BATCH_CONDITION_INSTRUMENT = 1 << 3,   /* another model */
    BATCH_CONDITION_UNIT = 1 << 4,         /* another serial number of the model */
    BATCH_CONDITION_UNCALIBRATED = 1 << 5, /* the standard says when, the batch not */
    BATCH_CONDITION_ORIGIN = 1 << 6        /* one is simulated, one measured */
};

/* Differences that make a comparison void; the others are for a warning. */
enum {
    BATCH_CONDITIONS_VOID = BATCH_CONDITION_GEOMETRY | BATCH_CONDITION_SPECULAR |
                            BATCH_CONDITION_APERTURE | BATCH_CONDITION_INSTRUMENT |
                            BATCH_CONDITION_UNCALIBRATED | BATCH_CONDITION_ORIGIN
};

/* How one side was measured. */
struct batch_conditions {
    struct sample_conditions conditions;
    enum sample_specular specular;
};

/* The differences, 0 for none. */
unsigned batch_conditions_compare(const struct batch_conditions *standard,
                                  const struct batch_conditions *batch);

enum { BATCH_CONDITIONS_TEXT_MAX = 192 };

/* One difference in words: "the batch was measured 45/0, the standard d/8". */
void batch_conditions_text(enum batch_condition condition,
                           const struct batch_conditions *standard,
                           const struct batch_conditions *batch,
                           char text[static BATCH_CONDITIONS_TEXT_MAX]);

#endif
