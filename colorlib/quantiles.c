/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/quantiles.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static double quantile(const double *sorted, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)floor(place);
    double part = place - (double)below;
    if (!(part > 0) || sorted[below] == sorted[below + 1]) /* both may be infinite */
        return sorted[below];
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

struct quantiles quantiles_of(double *value, size_t count)
{
    assert(count >= 1);
    for (size_t i = 0; i < count; i++)
        if (isnan(value[i]))
            return (struct quantiles){NAN, NAN, NAN};
    qsort(value, count, sizeof value[0], by_value);
    return (struct quantiles){quantile(value, count, 0.1), quantile(value, count, 0.5),
                              quantile(value, count, 0.9)};
}

double quantiles_tail_mean(const double *sorted, size_t count, double share)
{
    assert(count >= 1 && share > 0 && share <= 1);
    double wanted = share * (double)count, left = wanted, sum = 0;
    for (size_t i = count; i-- > 0 && left > 0; left -= 1)
        sum += fmin(left, 1) * sorted[i];
    return sum / wanted;
}
