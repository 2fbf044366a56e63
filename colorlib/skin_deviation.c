/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <math.h>

static double deviation(const struct skin_fit *fit, size_t parameter)
{
    return sqrt(fit->covariance[parameter][parameter]);
}

struct skin_parameters skin_fit_deviations(const struct skin_fit *fit)
{
    const struct skin_parameters *at = &fit->skin.parameters;
    double saturation = at->oxygen_saturation;
    return (struct skin_parameters){
        .melanosome_fraction = at->melanosome_fraction * deviation(fit, 0),
        .blood_fraction = at->blood_fraction * deviation(fit, 1),
        .oxygen_saturation = saturation * (1 - saturation) * deviation(fit, 2),
        .scattering_per_mm = at->scattering_per_mm * deviation(fit, 3),
        .scattering_power = deviation(fit, 4),
        .haze = deviation(fit, 5),
        .yellow_per_mm = at->yellow_per_mm * deviation(fit, 6),
    };
}
