/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/mixture.h"

#include <math.h>

/* Adds factor x term to sum, band by band. */
static void add_scaled(struct bands *sum, double factor, const struct bands *term)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum->value[i] += factor * term->value[i];
}

void mixture_two_flux(const struct mixture *mixture, struct bands *K, struct bands *S)
{
    *K = *S = (struct bands){0};
    for (size_t j = 0; j < mixture->count; j++) {
        add_scaled(K, mixture->concentration[j], &mixture->pigment[j]->K);
        add_scaled(S, mixture->concentration[j], &mixture->pigment[j]->S);
    }
}

/* The diffuse-flux relations K = 2 mu, S = 3/4 mu' (van Gemert and Star); what they are
 * wrong by is part of the calibrated fill fraction. */
void mixture_transport(const struct mixture *mixture, const double *retained,
                       struct bands *absorption, struct bands *scattering)
{
    *absorption = *scattering = (struct bands){0};
    for (size_t j = 0; j < mixture->count; j++) {
        double present = mixture->concentration[j] * (retained ? retained[j] : 1);
        add_scaled(absorption, present / 2, &mixture->pigment[j]->K);
        add_scaled(scattering, present * 4 / 3, &mixture->pigment[j]->S);
    }
}

double mixture_loading(const struct mixture *mixture)
{
    double sum = 0;
    for (size_t j = 0; j < mixture->count; j++)
        sum += mixture->concentration[j];
    return sum;
}

double mixture_ratio(const struct mixture *mixture)
{
    double loading = mixture_loading(mixture);
    return loading > 0 ? (1 - loading) / loading : HUGE_VAL;
}
