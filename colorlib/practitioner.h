/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one hand with one machine, needle and line of pigments leaves in skin, learned
 * from its clients: ln(fill fraction x healed fraction), normal with unknown mean and
 * variance (a normal-inverse-gamma distribution of the two). A scan cannot tell a fuller
 * dot from a wider or taller one, so the value is the product that would make the skin as
 * dark with all else as the technique says: for carbon 1:19, six weeks after a session.
 */
#ifndef COLORLIB_PRACTITIONER_H
#define COLORLIB_PRACTITIONER_H

#include "colorlib/client_figures.h"

struct practitioner {
    double mean; /* of the distribution of the mean */
    double kappa;
    double alpha;
    double beta;
    size_t clients; /* that it was learned from */
};

/* Before any client: mean ln 0.0975, kappa 1, alpha 3, beta 0.5. */
extern const struct practitioner practitioner_unknown;

/* Takes one client's value into account; the order of clients does not matter. */
void practitioner_learn(struct practitioner *practitioner, double value);

/* One sd of the next client's value: of Student's t with 2 alpha degrees of freedom and
 * the squared scale beta (kappa + 1) / (alpha kappa). Its mean is the practitioner's. */
double practitioner_sd(const struct practitioner *practitioner);

/* ln(fill x healed) of one client, and how well it is known (one sd). */
struct practitioner_observation {
    double value;
    double sd;
};

/* The value that a state of usual treatment stands for. */
struct practitioner_observation practitioner_value(const struct treatment *usual,
                                                   const struct client_state *state);

/* The same in words: fill x healed itself. */
struct client_figure practitioner_figure(const struct treatment *usual,
                                         const struct client_state *state);

/* How much of its spread is gone: 1 - sd after / sd before; 0 without spread. */
double practitioner_learned(const struct treatment *usual,
                            const struct client_state *before,
                            const struct client_state *after);

/*
 * What a client's scans say without what was thought before, from the state before and
 * after them: the value that with the prior makes the posterior.
 * NOT_FOUND where the scans alone would not know it to PRACTITIONER_SD_MAX: such a client
 * tells nothing.
 */
#define PRACTITIONER_SD_MAX 0.5
enum status practitioner_observe(const struct treatment *usual,
                                 const struct client_state *prior,
                                 const struct client_state *posterior,
                                 struct practitioner_observation *out);

/*
 * Gives the next client's prior the practitioner's mean and spread of the value, never a
 * wider one than it has: all that makes it up moves in proportion to its variance, and
 * what the value says nothing of stays. Without a client the state stays as it is. Of
 * healthy scalp: a scar's own are put on afterwards (client_state_on_scar,
 * treatment_on_scar).
 */
void practitioner_expect(const struct practitioner *practitioner,
                         const struct treatment *usual, struct client_state *state);

#endif
