/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A client made up from a seed: skin, delivery and fade that nobody knows but the
 * simulation, and the scans that an instrument would take of them. For demonstrations and
 * for studies of how well forecasts and plans do; nothing here is a measurement.
 */
#ifndef COLORLIB_SIMULATED_CLIENT_H
#define COLORLIB_SIMULATED_CLIENT_H

#include "colorlib/draws.h"
#include "colorlib/placements.h"
#include "colorlib/stubble.h"

/* ln of the melanosome fraction over that of the reference client, one sd. */
#define SIMULATED_MELANIN_SD 0.3

/* Scans younger than this are of skin that is still red: twice the noise. */
#define SIMULATED_HEALING_YEARS (28 / 365.25)

/* What is true of one client. */
struct simulated_client {
    uint64_t seed;
    struct skin skin;
    double deviation[CLIENT_COMPONENTS];
};

/* A skin like a reference client's, with a melanosome fraction of its own; a fit of basis
 * SKIN_ASSUMED, for simulated_client_make. */
void simulated_client_skin(enum skin_reference reference, uint64_t seed,
                           struct skin_fit *out);

/*
 * A client whose deviations are drawn from a state, and whose skin is what may lie behind
 * a fit (the skin itself where the fit has no spread). The same seed gives the same
 * client. BAD_DATA when a covariance is not positive semidefinite; NO_MEMORY.
 */
enum status simulated_client_make(const struct skin_fit *skin,
                                  const struct client_state *state, uint64_t seed,
                                  struct simulated_client *out);

/* What is really in the cup for a batch: each bottle has its own size of drop (sd 5 %)
 * and strength (3 %), each batch its own error of the water (2 %). */
void simulated_client_pour(const struct simulated_client *client, uint64_t batch,
                           const struct mixture *intended, struct mixture *poured);

/* A treatment as it truly is in the client: its skin, its deviations, and in its earlier
 * deposits what was really poured, the first of them being batch 0. */
void simulated_client_treatment(const struct simulated_client *client,
                                const struct treatment *usual, struct treatment *out);

/*
 * How a place is read. A scan errs as scan_error.h says, partly
 * afresh at each placement, partly for the whole visit, so that the median of five
 * placements errs by just that much. Each placement also sees its own number of dots or
 * hairs (followup_sampling_sd).
 */
struct simulated_reading {
    uint64_t number; /* tells the visits of a client apart */
    size_t placements;
    double aperture_mm;
    double noise; /* factor on all of the above; 1, or 0 for a perfect instrument */
};

/* Five placements of 8 mm with the noise as stated. */
extern const struct simulated_reading simulated_reading_default;

/*
 * Scans of bare skin, of shaved hair on it, and of a treatment as it truly is (made by
 * simulated_client_treatment, with the mixture poured) at an age; weights on the 31
 * bands. OUT_OF_RANGE for a number of placements that placements_combine refuses;
 * REJECTED for hair that stubble_reflectance refuses; NO_MEMORY.
 */
enum status simulated_client_scan_bare(const struct simulated_client *client,
                                       const struct simulated_reading *reading,
                                       const struct weights *weights,
                                       struct placements *out);
enum status simulated_client_scan_hair(const struct simulated_client *client,
                                       const struct hair *hair,
                                       const struct simulated_reading *reading,
                                       const struct weights *weights,
                                       struct placements *out);
enum status simulated_client_scan_treated(const struct simulated_client *client,
                                          const struct treatment *treatment,
                                          const struct mixture *poured, double years,
                                          const struct simulated_reading *reading,
                                          const struct weights *weights,
                                          struct placements *out);

#endif
