/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The middle and the edges of what might be true, from equally likely draws. */
#ifndef COLORLIB_QUANTILES_H
#define COLORLIB_QUANTILES_H

#include <stddef.h>

/* Eight of ten lie from p10 to p90. */
struct quantiles {
    double p10;
    double p50;
    double p90;
};

/*
 * The quantiles of count >= 1 values, which it sorts; between neighbours linear (type 7
 * of Hyndman and Fan, Am. Stat. 50 (1996) 361). HUGE_VAL is a value as any other, a date
 * that does not come; all three are NAN where a value is NAN.
 */
struct quantiles quantiles_of(double *value, size_t count);

/*
 * The mean of the largest share (above 0, to 1) of count >= 1 sorted values, the
 * conditional value at risk; where the share ends within a value, that value counts in
 * part (Rockafellar and Uryasev, J. Banking Finance 26 (2002) 1443).
 */
double quantiles_tail_mean(const double *sorted, size_t count, double share);

#endif
