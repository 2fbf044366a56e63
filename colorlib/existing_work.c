/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/existing_work.h"

#include <math.h>

#include "colorlib/followup.h"

/* One sd: what is not known of recorded work, and of any. */
static const struct {
    double scale_ln;
    double depth_mm;
} spread[] = {[EXISTING_RECORDED] = {0.6, 0}, [EXISTING_UNKNOWN] = {1.5, 0.10}};

/* Of the technique's depth, where it was recorded. */
static const double recorded_depth_share = 0.3;

/* Of the work scale and depth alone are unknown: the scale is that of the fill. */
static struct client_state prior_of(const struct existing_sight *sight)
{
    struct client_state prior = {{0}, {{0}}};
    double scale = spread[sight->record].scale_ln;
    double depth = sight->record == EXISTING_RECORDED
                       ? recorded_depth_share * sight->usual->technique.depth_mm
                       : spread[sight->record].depth_mm;
    prior.covariance[CLIENT_FILL][CLIENT_FILL] = scale * scale;
    prior.covariance[CLIENT_DEPTH][CLIENT_DEPTH] = depth * depth;
    client_state_doubt_skin(&prior);
    return prior;
}

/* The work as it is, with nothing new upon it. */
static enum status lay(const struct existing_sight *sight,
                       const struct client_state *state, struct treatment *out)
{
    struct treatment work;
    client_state_apply(state->mean, sight->usual, &work);
    work.skin = sight->skin->skin;
    struct technique nothing = work.technique;
    nothing.density_per_cm2 = 0;
    enum status status =
        treatment_next(&work, sight->mixture, sight->years, &nothing, out);
    for (size_t e = 0; status == STATUS_OK && e < out->earlier_count; e++)
        out->earlier[e].origin = DEPOSIT_FOUND;
    return status;
}

enum status existing_work_find(const struct existing_sight *sight,
                               struct existing_work *out)
{
    if (!(sight->years >= 0) || followup_use(sight->years) == FOLLOWUP_STORED)
        return STATUS_OUT_OF_RANGE;
    const struct followup_scan scan = {.usual = sight->usual,
                                       .mixture = sight->mixture,
                                       .years = sight->years,
                                       .lab = sight->lab,
                                       .placements = sight->placements,
                                       .aperture_mm = sight->aperture_mm};
    struct client_state prior = prior_of(sight), found;
    struct followup_report report;
    struct existing_work work;
    enum status status =
        followup_update(sight->skin, sight->weights, &prior, &scan, 1, &found, &report);
    if (status == STATUS_OK)
        status = lay(sight, &found, &work.upon);
    if (status != STATUS_OK)
        return status;
    work.scale = exp(found.mean[CLIENT_FILL]);
    work.scale_sd = work.scale * client_state_sd(&found, CLIENT_FILL);
    work.depth_mm = work.upon.technique.depth_mm;
    work.depth_sd_mm = client_state_sd(&found, CLIENT_DEPTH);
    work.lightness_residual = report.sight[0].residual[0];
    *out = work;
    return STATUS_OK;
}

enum existing_advice existing_work_advice(const struct existing_sight *sight,
                                          const struct existing_work *work)
{
    return sight->record == EXISTING_RECORDED && work->scale > EXISTING_WORK_LIMIT
               ? EXISTING_TOO_STRONG
               : EXISTING_MAY_ADD;
}
