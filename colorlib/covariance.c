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

/* The inverse of a matrix from its lower Cholesky factor: columns of L^-1, then their
 * products. */
static void invert(const struct covariance_factor *factor, double *out)
{
    const size_t n = factor->count;
    double inverse[COVARIANCE_MAX][COVARIANCE_MAX] = {{0}};
    for (size_t k = 0; k < n; k++)
        for (size_t i = k; i < n; i++) {
            double sum = i == k ? 1 : 0;
            for (size_t m = k; m < i; m++)
                sum -= factor->lower[i][m] * inverse[m][k];
            inverse[i][k] = sum / factor->lower[i][i];
        }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            double sum = 0;
            for (size_t m = i > k ? i : k; m < n; m++)
                sum += inverse[m][i] * inverse[m][k];
            out[i * n + k] = sum;
        }
}

enum status covariance_of_slopes(const double *slope, size_t rows, size_t count,
                                 size_t stride, double *out)
{
    assert(count <= COVARIANCE_MAX);
    double normal[COVARIANCE_MAX * COVARIANCE_MAX] = {0};
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < count; k++)
            for (size_t m = 0; m < count; m++)
                normal[k * count + m] += slope[i * stride + k] * slope[i * stride + m];
    struct covariance_factor factor;
    enum status status = covariance_factorize(normal, count, &factor);
    for (size_t k = 0; k < count && status == STATUS_OK; k++)
        status = factor.lower[k][k] > 0 ? STATUS_OK : STATUS_BAD_DATA;
    if (status == STATUS_OK)
        invert(&factor, out);
    return status;
}
