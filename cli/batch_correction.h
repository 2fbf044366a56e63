/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additions to a lot, for a person and for a program. */
#ifndef CLI_BATCH_CORRECTION_H
#define CLI_BATCH_CORRECTION_H

#include "cli/batch_record.h"
#include "colorlib/correction.h"
#include "colorlib/pigment.h"

struct batch_correction {
    struct correction_problem problem;
    struct correction solution;
    char name[CORRECTION_TINTERS_MAX][PIGMENT_TEXT_MAX];
    double density[CORRECTION_TINTERS_MAX];
    double density_default; /* of the batch where --density does not say */
    double batch_density;
    double size;
    const char *unit; /* of it, and of all amounts */
    size_t count;     /* pours */
    struct correction_step step[CORRECTION_TINTERS_MAX];
};

enum exit_code batch_correction_print(struct context *context,
                                      const struct batch_record *record,
                                      const struct batch_correction *correction);

#endif
