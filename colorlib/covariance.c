/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/covariance.h"

#include <assert.h>
#include <math.h>

/* A pivot of 0 is a component without spread. */
enum status covariance_factorize(const double *covariance, size_t count,
                                 struct covariance_factor *out)
{
    assert(count <= COVARIANCE_MAX);
    struct covariance_factor factor = {.count = count};
    for (size_t j = 0; j < count; j++) {
        double scale = covariance[j * count + j];
        double pivot = scale;
        for (size_t k = 0; k < j; k++)
            pivot -= factor.lower[j][k] * factor.lower[j][k];
        if (!(pivot >= -1e-9 * fabs(scale)) || !isfinite(pivot))
            return STATUS_BAD_DATA;
        if (!(pivot > 1e-14 * scale))
            continue;
        factor.lower[j][j] = sqrt(pivot);
        for (size_t i = j + 1; i < count; i++) {
            double sum = covariance[i * count + j];
            for (size_t k = 0; k < j; k++)
                sum -= factor.lower[i][k] * factor.lower[j][k];
            factor.lower[i][j] = sum / factor.lower[j][j];
        }
    }
    *out = factor;
    return STATUS_OK;
}

void covariance_correlate(const struct covariance_factor *factor, const double *mean,
                          const double *normal, double *out)
{
    for (size_t i = 0; i < factor->count; i++) {
        out[i] = mean[i];
        for (size_t k = 0; k <= i; k++)
            out[i] += factor->lower[i][k] * normal[k];
    }
}
