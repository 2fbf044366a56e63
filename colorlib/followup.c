/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/followup.h"

#include <math.h>
#include <string.h>

static const double days_per_year = 365.25;

enum followup_use followup_use(double years)
{
    double days = round(years * days_per_year);
    return days < 10 ? FOLLOWUP_STORED : days < 28 ? FOLLOWUP_HALF : FOLLOWUP_FULL;
}

static const char *const use_names[] = {
    [FOLLOWUP_STORED] = "stored", [FOLLOWUP_HALF] = "half", [FOLLOWUP_FULL] = "full"};

const char *followup_use_name(enum followup_use use)
{
    return use_names[use];
}

enum status followup_use_find(const char *name, enum followup_use *out)
{
    for (size_t u = 0; u < sizeof use_names / sizeof use_names[0]; u++)
        if (strcmp(use_names[u], name) == 0) {
            *out = (enum followup_use)u;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}
