/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/strength.h"

/* Healed, as the colour note's charts have it (16.3). */
static const double healed_years = 0.15;

static const double dilution[STRENGTH_DILUTIONS] = {10, 20}; /* n of 1:n */

static cmsCIELab healed(const struct treatment *treatment, const struct pigment *pigment,
                        double n, const struct weights *weights)
{
    struct mixture mixture = {
        .count = 1, .pigment = {pigment}, .concentration = {1 / (1 + n)}};
    struct bands reflectance;
    treatment_reflectance(treatment, &mixture, healed_years, &reflectance);
    return colorimetry_reflectance_lab(weights, reflectance.value);
}

enum status strength_skin(const struct pigment *standard, const struct colorant *batch,
                          const struct technique *technique, struct strength_on_skin *out)
{
    static const enum skin_reference clients[STRENGTH_CLIENTS] = {SKIN_LIGHT, SKIN_TAN,
                                                                  SKIN_DARK};
    struct weights weights;
    enum status status = skin_weights(&weights);
    if (status != STATUS_OK)
        return status;
    struct pigment trial = *standard;
    trial.K = batch->K;
    trial.S = batch->S;
    struct strength_on_skin on_skin = {.largest = 0};
    for (size_t k = 0; k < STRENGTH_CLIENTS; k++) {
        struct treatment treatment = {.technique = *technique,
                                      .conditions = fade_conditions_default};
        struct skin_parameters parameters = skin_reference_parameters(clients[k]);
        skin_from_parameters(&parameters, &treatment.skin);
        for (size_t d = 0; d < STRENGTH_DILUTIONS; d++) {
            double difference =
                difference_ciede2000(healed(&treatment, standard, dilution[d], &weights),
                                     healed(&treatment, &trial, dilution[d], &weights));
            on_skin.ciede2000[k][d] = difference;
            on_skin.largest = fmax(on_skin.largest, difference);
        }
    }
    *out = on_skin;
    return STATUS_OK;
}
