/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What differs between clients, hands and machines and cannot be seen before a treatment
 * has healed: a normal distribution of the deviations from what technique, pigment and
 * conditions say, and of those of the skin from its fit, which a re-scan cannot tell from
 * them. Re-scans narrow it (followup.h).
 */
#ifndef COLORLIB_CLIENT_STATE_H
#define COLORLIB_CLIENT_STATE_H

#include "colorlib/scan_error.h"
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

/*
 * Behind the deviations a state holds in what the bare skin differs from its fit, because
 * what is learned of the deviations holds for the same skin only:
 *
 *   CLIENT_BARE  what the scan missed, in units of scan_error_smooth: where that scan was
 *                a spectrum, bare skin looks like it with this error
 *   CLIENT_SKIN  what lies behind that look: the theta of the fit, in units of the
 *                Cholesky factor of its covariance
 */
enum {
    CLIENT_BARE = CLIENT_COMPONENTS,
    CLIENT_SKIN = CLIENT_BARE + SCAN_ERROR_COMPONENTS,
    CLIENT_UNKNOWNS = CLIENT_SKIN + SKIN_PARAMETER_COUNT
};

struct client_state {
    double mean[CLIENT_UNKNOWNS];
    double covariance[CLIENT_UNKNOWNS][CLIENT_UNKNOWNS];
};

enum client_site { CLIENT_SCALP, CLIENT_SCAR };

/* The state before anything is known of a client: mean 0, all independent. On a
 * scar the fill is uncertain in both directions and the loss varies more
 * (treatment_on_scar moves the means). */
void client_state_prior(const struct technique *technique, enum client_site site,
                        struct client_state *out);

/* Takes nothing for granted of the skin but its fit, as client_state_prior does. */
void client_state_doubt_skin(struct client_state *state);

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

/* The same of all of a state, by place: the components, "bare_level" and so on,
 * "skin_melanin" and so on. */
const char *client_unknown_name(size_t place);

#endif
