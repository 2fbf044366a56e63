/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What re-scans of treated skin tell of a client. */
#ifndef COLORLIB_FOLLOWUP_H
#define COLORLIB_FOLLOWUP_H

#include "colorlib/status.h"

/* Fresh skin is red and crusted, which is not modelled; until the epidermis has renewed
 * itself a scan counts with twice the noise. */
enum followup_use {
    FOLLOWUP_STORED, /* younger than 10 days: kept, not used */
    FOLLOWUP_HALF,   /* younger than 28 days: twice the noise */
    FOLLOWUP_FULL
};

/* What a scan is good for at an age (years, >= 0) of the last session. */
enum followup_use followup_use(double years);

/* "stored", "half", "full" and back. NOT_FOUND for another word. */
const char *followup_use_name(enum followup_use use);
enum status followup_use_find(const char *name, enum followup_use *out);

#endif
