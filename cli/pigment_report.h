/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ladder says of a pigment, in text, plain and as a document. */
#ifndef CLI_PIGMENT_REPORT_H
#define CLI_PIGMENT_REPORT_H

#include "cli/pigment_ladder.h"
#include "colorlib/pigment.h"

struct pigment_report {
    const struct pigment *pigment;
    const struct pigment_ladder *ladder;
    const char *path; /* of the profile; NULL where none was asked for */
};

/* Prints the report as the mode wants it. */
enum exit_code pigment_report_print(struct context *context,
                                    const struct pigment_report *report);

#endif
