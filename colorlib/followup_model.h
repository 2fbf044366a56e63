/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an update by re-scans works with; shared by the followup*.c files only. */
#ifndef COLORLIB_FOLLOWUP_MODEL_H
#define COLORLIB_FOLLOWUP_MODEL_H

#include "colorlib/covariance.h"
#include "colorlib/followup.h"
#include "colorlib/posterior.h"

/* The lower Cholesky factor of a scan's noise in L*, a*, b*. */
struct followup_noise {
    double lower[FOLLOWUP_LAB][FOLLOWUP_LAB];
};

/* What the residuals are made from. */
struct followup_model {
    const struct skin_fit *skin;
    struct bands bare; /* of the skin */
    const struct weights *weights;
    const struct client_state *prior;
    struct covariance_factor state_factor;
    struct covariance_factor skin_factor; /* count 0: the skin has no spread */
    const struct followup_scan *scan;
    size_t count;
    size_t used[FOLLOWUP_SCANS_MAX]; /* indices into the scans */
    size_t used_count;
    struct followup_noise noise[FOLLOWUP_SCANS_MAX];
};

/* L*, a*, b* of a scan at z, independent standard normals that make up the state. */
cmsCIELab followup_predicted(const struct followup_model *model,
                             const struct followup_scan *scan, const double *z);

/* Measured minus predicted. */
void followup_difference(const struct followup_scan *scan, const cmsCIELab *lab,
                         double *out);

/* The same of all scans that are used, in units of their noise; data is the model. */
void followup_residuals(const double *z, const void *data, double *out);

/* What is told of an update; found is of zeros where no scan was used. */
enum status followup_report_make(const struct followup_model *model,
                                 const struct posterior *found,
                                 const struct client_state *posterior,
                                 struct followup_report *out);

#endif
