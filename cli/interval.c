/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interval.h"

#include <math.h>
#include <stdio.h>

#include "cli/json.h"
#include "colorlib/forecast.h"

/* Below 0 a range is not spelled with a dash. */
void interval_range_text(const struct quantiles *quantiles, int decimals, char *text)
{
    double low = json_round(quantiles->p10, decimals);
    double high = json_round(quantiles->p90, decimals);
    text[0] = '\0';
    if (!isnan(low) && !isnan(high))
        snprintf(text, INTERVAL_TEXT_MAX,
                 low < 0 || high < 0 ? "%.*f to %.*f" : "%.*f-%.*f", decimals, low,
                 decimals, high);
}

void interval_text(const struct quantiles *quantiles, int decimals, char *text)
{
    char range[INTERVAL_TEXT_MAX];
    interval_range_text(quantiles, decimals, range);
    text[0] = '\0';
    if (range[0])
        snprintf(text, INTERVAL_TEXT_MAX, "%.*f (%.36s)", decimals, quantiles->p50,
                 range);
}

void interval_years_text(const struct quantiles *years, char *text)
{
    const double limit = FORECAST_LIMIT_YEARS;
    char median[INTERVAL_TEXT_MAX / 3];
    if (isfinite(years->p50))
        snprintf(median, sizeof median, "%.1f yr", years->p50);
    else
        snprintf(median, sizeof median, "over %.0f yr", limit);
    if (isfinite(years->p90))
        snprintf(text, INTERVAL_TEXT_MAX, "%s (%.1f-%.1f)", median, years->p10,
                 years->p90);
    else if (isfinite(years->p10))
        snprintf(text, INTERVAL_TEXT_MAX, "%s (%.1f to over %.0f)", median, years->p10,
                 limit);
    else
        snprintf(text, INTERVAL_TEXT_MAX, "%s", median);
}

json_t *interval_json(const struct quantiles *quantiles, int decimals)
{
    if (!isfinite(quantiles->p10))
        return NULL;
    json_t *object = json_object();
    json_set(object, "p10", json_rounded(quantiles->p10, decimals));
    json_set(object, "p50", json_rounded(quantiles->p50, decimals));
    json_set(object, "p90", json_rounded(quantiles->p90, decimals));
    return object;
}
