/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/practitioner.h"

#include <math.h>

#include "colorlib/forecast.h"

const struct practitioner practitioner_unknown = {
    .mean = -2.3279029009783354, /* ln(0.15 x 0.65) */
    .kappa = 1,
    .alpha = 3,
    .beta = 0.5};

/* No hand serves two clients more alike than this (assumption). */
static const double least_sd = 0.1;

/* The reference: carbon of the colour note, 1125 mm^-1 at 550 nm, diluted 1:19. */
static const double carbon_per_mm = 1125;
static const double reference_concentration = 0.05;

/* The band at which darkness is judged, 560 nm. */
enum { BAND_560 = 16 };

void practitioner_learn(struct practitioner *practitioner, double value)
{
    double off = value - practitioner->mean;
    double kappa = practitioner->kappa + 1;
    practitioner->beta += practitioner->kappa * off * off / (2 * kappa);
    practitioner->mean += off / kappa;
    practitioner->kappa = kappa;
    practitioner->alpha += 0.5;
    practitioner->clients++;
}

static double variance_of(const struct practitioner *practitioner)
{
    double scale = practitioner->beta * (practitioner->kappa + 1) /
                   (practitioner->alpha * practitioner->kappa);
    return scale * practitioner->alpha / (practitioner->alpha - 1);
}

double practitioner_sd(const struct practitioner *practitioner)
{
    return sqrt(variance_of(practitioner));
}

/* ln of the healed reflectance of the reference in a client with these deviations. */
static double darkness(const struct treatment *usual, const double *deviation)
{
    struct pigment carbon = {.class = PIGMENT_CARBON,
                             .fade = fade_class_rates(PIGMENT_CARBON)};
    for (size_t i = 0; i < BAND_COUNT; i++)
        carbon.K.value[i] = 2 * carbon_per_mm * 550 / bands_wavelength_nm(i);
    struct mixture mixture = {1, {&carbon}, {reference_concentration}};
    struct treatment treatment = *usual;
    struct bands reflectance;
    treatment.earlier_count = 0;
    client_state_apply(deviation, &treatment, &treatment);
    treatment_reflectance(&treatment, &mixture, FORECAST_HEALED_YEARS, &reflectance);
    return log(reflectance.value[BAND_560]);
}

/* How much each deviation counts: its effect over that of the fill, about no deviation.
 */
static void find_weights(const struct treatment *usual, double *weight)
{
    const double step = 1e-4; /* truncation and rounding both below 1e-3 */
    double at[CLIENT_COMPONENTS] = {0}, slope[CLIENT_COMPONENTS];
    double here = darkness(usual, at);
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++) {
        at[k] = step;
        slope[k] = darkness(usual, at) - here;
        at[k] = 0;
    }
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        weight[k] = slope[k] / slope[CLIENT_FILL];
}

/* ln(fill x healed) where nothing deviates. */
static double usual_value(const struct treatment *usual)
{
    struct fade_rates carbon = fade_class_rates(PIGMENT_CARBON);
    return log(usual->technique.fill_fraction *
               fade_healed_fraction(&carbon, &usual->conditions));
}

/* A normal distribution of the value. */
struct spread {
    double mean;
    double variance;
};

static struct spread value_of(const struct treatment *usual, const double *weight,
                              const struct client_state *state)
{
    struct spread value = {.mean = usual_value(usual)};
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++) {
        value.mean += weight[i] * state->mean[i];
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            value.variance += weight[i] * state->covariance[i][k] * weight[k];
    }
    return value;
}

struct practitioner_observation practitioner_value(const struct treatment *usual,
                                                   const struct client_state *state)
{
    double weight[CLIENT_COMPONENTS];
    find_weights(usual, weight);
    struct spread value = value_of(usual, weight, state);
    return (struct practitioner_observation){value.mean, sqrt(value.variance)};
}

struct client_figure practitioner_figure(const struct treatment *usual,
                                         const struct client_state *state)
{
    struct practitioner_observation value = practitioner_value(usual, state);
    double product = exp(value.value);
    return (struct client_figure){.name = "pigment that shows",
                                  .unit = "held x kept",
                                  .decimals = 3,
                                  .value = product,
                                  .sd = product * value.sd};
}

double practitioner_learned(const struct treatment *usual,
                            const struct client_state *before,
                            const struct client_state *after)
{
    double was = practitioner_value(usual, before).sd;
    return was > 0 ? 1 - practitioner_value(usual, after).sd / was : 0;
}

enum status practitioner_observe(const struct treatment *usual,
                                 const struct client_state *prior,
                                 const struct client_state *posterior,
                                 struct practitioner_observation *out)
{
    double weight[CLIENT_COMPONENTS];
    find_weights(usual, weight);
    struct spread before = value_of(usual, weight, prior);
    struct spread after = value_of(usual, weight, posterior);
    if (!(before.variance > after.variance && after.variance > 0))
        return STATUS_NOT_FOUND;
    double precision = 1 / after.variance - 1 / before.variance;
    if (precision * PRACTITIONER_SD_MAX * PRACTITIONER_SD_MAX < 1)
        return STATUS_NOT_FOUND;
    *out = (struct practitioner_observation){
        .value =
            (after.mean / after.variance - before.mean / before.variance) / precision,
        .sd = sqrt(1 / precision)};
    return STATUS_OK;
}

void practitioner_expect(const struct practitioner *practitioner,
                         const struct treatment *usual, struct client_state *state)
{
    double weight[CLIENT_COMPONENTS], share[CLIENT_COMPONENTS];
    find_weights(usual, weight);
    struct spread now = value_of(usual, weight, state);
    if (practitioner->clients == 0 || !(now.variance > 0))
        return;
    double variance = fmax(variance_of(practitioner), least_sd * least_sd);
    double gone = fmax(now.variance - variance, 0);
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++) {
        share[i] = 0;
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            share[i] += state->covariance[i][k] * weight[k] / now.variance;
    }
    for (size_t i = 0; i < CLIENT_COMPONENTS; i++) {
        state->mean[i] += share[i] * (practitioner->mean - now.mean);
        for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
            state->covariance[i][k] -= share[i] * share[k] * gone;
    }
}
