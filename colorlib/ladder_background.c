/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder.h"

#include <stdbool.h>
#include <stdlib.h>

static double amount(const struct ladder_reading *reading)
{
    return reading->concentration * reading->drawdown.thickness_mm;
}

static int by_amount(const void *left, const void *right)
{
    double a = amount(*(const struct ladder_reading *const *)left);
    double b = amount(*(const struct ladder_reading *const *)right);
    return (a > b) - (a < b);
}

static bool is_usable(const struct ladder_reading *reading)
{
    double x = amount(reading);
    bool good = x >= 0 && isfinite(x);
    for (size_t i = 0; i < BAND_COUNT; i++)
        good = good && reading->reflectance.value[i] > 0 &&
               reading->reflectance.value[i] <= 1.5;
    return good;
}

/* The value at 0 of the straight line through count points, level where it would rise or
 * all points lie at one place. */
static double intercept(const double *x, const double *y, size_t count)
{
    double mean_x = 0, mean_y = 0, square = 0, product = 0;
    for (size_t k = 0; k < count; k++) {
        mean_x += x[k] / (double)count;
        mean_y += y[k] / (double)count;
    }
    for (size_t k = 0; k < count; k++) {
        square += (x[k] - mean_x) * (x[k] - mean_x);
        product += (x[k] - mean_x) * (y[k] - mean_y);
    }
    return product < 0 ? mean_y - product / square * mean_x : mean_y;
}

enum status ladder_background(const struct ladder_reading *readings, size_t count,
                              size_t used, struct bands *out)
{
    if (count > LADDER_READINGS_MAX || used < 2 || used > count)
        return STATUS_OUT_OF_RANGE;
    const struct ladder_reading *sorted[LADDER_READINGS_MAX] = {NULL};
    for (size_t k = 0; k < count; k++) {
        if (!is_usable(&readings[k]))
            return STATUS_BAD_DATA;
        sorted[k] = &readings[k];
    }
    qsort(sorted, count, sizeof sorted[0], by_amount);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double x[LADDER_READINGS_MAX], y[LADDER_READINGS_MAX];
        for (size_t k = 0; k < used; k++) {
            x[k] = amount(sorted[k]);
            y[k] = log(sorted[k]->reflectance.value[i]);
        }
        out->value[i] = exp(intercept(x, y, used));
    }
    return STATUS_OK;
}
