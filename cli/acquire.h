/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The step from an instrument's readings to spectra: where the two libraries meet. */
#ifndef CLI_ACQUIRE_H
#define CLI_ACQUIRE_H

#include "cli/connection.h"
#include "colorlib/placements.h"
#include "colorlib/sample.h"

/* What is scanned, and how. */
struct acquire_request {
    const char *kind; /* "scalp", "donor", ... */
    const char *site; /* "crown", ..., or "" */
    size_t placements;
    size_t reads; /* triggers averaged at each placement */
    enum instrument_specular specular;
    enum trigger trigger;
    unsigned ignored;      /* bits of enum instrument_warning that say nothing here */
    double limit;          /* mean CIEDE2000 up to which the scan is accepted */
    struct spectrum *each; /* takes the placements one by one, in the mode that is shown;
                              NULL to keep their median only */
};

/* A finished scan. The mode that was not measured has no placements. */
struct acquired {
    struct placements sce;
    struct placements sci;
    enum instrument_specular specular;
    unsigned warnings; /* bits of enum instrument_warning of all readings */
    int64_t calibrated;
    double aperture_mm;
    bool accepted;
};

/*
 * Scans: for each placement moves or prompts, triggers, averages; shows every placement
 * as it arrives; makes one spectrum of them. The connection is ready (connection_ready)
 * and the context's reference illuminant and observer judge the placements.
 */
enum exit_code acquire(struct connection *connection,
                       const struct acquire_request *request, struct acquired *out);

/* The placements that the model is given and that are shown: SCE where it was measured.
 */
const struct placements *acquired_shown(const struct acquired *acquired);

/* One reading's values as a spectrum; failure when the instrument's bands are not even.
 */
enum exit_code acquire_spectrum(struct context *context,
                                const struct instrument_reading *reading,
                                const double *value, struct spectrum *out);

#endif
