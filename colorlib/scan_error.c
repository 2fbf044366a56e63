/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/scan_error.h"

#include <math.h>

/* The colour note's repeatability. */
const double scan_error_lab_sd[3] = {0.5, 0.35, 0.45};

/* The note's 0.003 and 1 %, which weigh the bands of a skin fit, are as much on light
 * skin; on dark skin 0.003 would be a tenth of the blue reflectance and an error of 1.1
 * in b*. */
static const double fixed = 0.001;
static const double relative = 0.017;

double scan_error_sd(double reflectance)
{
    return fixed + relative * reflectance;
}

/* Cosines are nearly the principal components of a stationary error of that correlation;
 * these are the square roots of their shares of its variance [computed]. */
static const double amplitude[SCAN_ERROR_COMPONENTS] = {0.9058, 0.3152, 0.1763, 0.1177,
                                                        0.0894};

double scan_error_smooth(const double normal[SCAN_ERROR_COMPONENTS], unsigned band)
{
    const double step = 3.14159265358979323846 / BAND_COUNT;
    double sum = amplitude[0] * normal[0];
    for (unsigned k = 1; k < SCAN_ERROR_COMPONENTS; k++)
        sum += amplitude[k] * normal[k] * sqrt(2) * cos(k * step * (band + 0.5));
    return sum;
}

void scan_error_add(const struct bands *measured,
                    const double normal[SCAN_ERROR_COMPONENTS], struct bands *out)
{
    for (unsigned i = 0; i < BAND_COUNT; i++) {
        double value = measured->value[i];
        out->value[i] =
            fmax(value + scan_error_sd(value) * scan_error_smooth(normal, i), 0);
    }
}
