/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What differs between clients, hands and machines and cannot be seen before a treatment
 * has healed: a normal distribution of the deviations from what technique, pigment and
 * conditions say. Re-scans narrow it (followup.h).
 */
#ifndef COLORLIB_CLIENT_STATE_H
#define COLORLIB_CLIENT_STATE_H

#include "colorlib/treatment.h"

/* The deviations; all are 0 where everything is as the technique and the pigments say. */
enum client_component {
    CLIENT_FILL,      /* ln of the fill fraction over the technique's */
    CLIENT_HEALED,    /* logit of the healed fraction minus the pigment's */
    CLIENT_LOSS,      /* ln of the slow loss over the pigment's */
    CLIENT_SPREADING, /* ln of the spreading constant over the usual one */
    CLIENT_DEPTH,     /* mm deeper than the technique says */
    CLIENT_RADIUS,    /* ln of the dots' radius over the technique's */
    CLIENT_DENSITY,   /* ln of the dots' density over the one planned */
    CLIENT_HEIGHT,    /* ln of the deposit's height over the technique's */
    CLIENT_DEEPENING, /* mm that the deposit sinks more than usual */
    CLIENT_COMPONENTS
};

struct client_state {
    double mean[CLIENT_COMPONENTS];
    double covariance[CLIENT_COMPONENTS][CLIENT_COMPONENTS];
};

enum client_site { CLIENT_SCALP, CLIENT_SCAR };

/* The state before anything is known of a client: mean 0, independent components. On a
 * scar the fill is uncertain in both directions and the loss varies more
 * (treatment_on_scar moves the means). */
void client_state_prior(const struct technique *technique, enum client_site site,
                        struct client_state *out);

/* What a scar adds to the uncertainty of a healthy scalp, as client_state_prior has it.
 */
void client_state_on_scar(struct client_state *state);

/* Adds the uncertainty of a declared modifier, whose factor is in the treatment's
 * conditions, to that of the loss. */
void client_state_modify(struct client_state *state,
                         const struct fade_modifier *modifier);

/* What years >= 0 without a scan add to the uncertainty: sd 0.05 of the loss and 0.01 mm
 * of the depth for one year. */
void client_state_pass(struct client_state *state, double years);

/* The treatment as it is in a client whose deviations are these: its own technique and
 * the fill, radius and density of the deposits that were placed; those of work that was
 * found were seen. The depth is not below 0. */
void client_state_apply(const double deviation[CLIENT_COMPONENTS],
                        const struct treatment *usual, struct treatment *out);

/* Standard deviation of one component. */
double client_state_sd(const struct client_state *state, enum client_component component);

/* "fill", "healed", "loss" and so on, for documents. */
const char *client_component_name(enum client_component component);

#endif
