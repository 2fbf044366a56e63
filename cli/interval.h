/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles in words and in documents. */
#ifndef CLI_INTERVAL_H
#define CLI_INTERVAL_H

#include <jansson.h>

#include "colorlib/quantiles.h"

enum { INTERVAL_TEXT_MAX = 48 };

/* "0.4-2.0", P10 to P90; empty where there is none. */
void interval_range_text(const struct quantiles *quantiles, int decimals, char *text);

/* "0.7 (0.4-2.0)", the median before them. */
void interval_text(const struct quantiles *quantiles, int decimals, char *text);

/* A touch-up: "3.2 yr (2.1-4.8)", "9.4 yr (6.1 to over 15)", "over 15 yr". */
void interval_years_text(const struct quantiles *years, char *text);

/* {"p10", "p50", "p90"}, without those that are not finite; NULL where none is. */
json_t *interval_json(const struct quantiles *quantiles, int decimals);

#endif
