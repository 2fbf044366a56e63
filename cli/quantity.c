/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/quantity.h"

#include <string.h>

#include "colorlib/number.h"

enum exit_code quantity_volume_ml(struct context *context, const char *name,
                                  double fallback, double *ml)
{
    static const struct {
        const char *unit;
        double ml;
    } units[] = {{"ml", 1}, {"drop", QUANTITY_WATER_DROP_ML}, {"g", 1}};
    const char *text = option(context, name);
    *ml = fallback;
    if (!text)
        return EXIT_DONE;
    size_t digits = strspn(text, "0123456789.");
    double value;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text + digits, units[i].unit) == 0 &&
            number_parse(text, digits, &value) == STATUS_OK) {
            *ml = value * units[i].ml;
            if (*ml >= QUANTITY_VOLUME_MIN_ML && *ml <= QUANTITY_VOLUME_MAX_ML)
                return EXIT_DONE;
        }
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_VALUE,
                    "--%s %s (an amount from 0.1 to 100 ml)", name, text);
    failure_hint(&context->failure, "a number and its unit without a blank: 4ml, 80drop, "
                                    "4g");
    return code;
}

enum exit_code quantity_age_years(struct context *context, const char *name,
                                  double fallback, double *years)
{
    static const struct {
        const char *unit;
        double years;
    } units[] = {{"d", 1 / 365.25}, {"w", 7 / 365.25}, {"mo", 1.0 / 12}, {"y", 1}};
    const double years_max = 20;
    const char *text = option(context, name);
    *years = fallback;
    if (!text)
        return EXIT_DONE;
    size_t digits = strspn(text, "0123456789.");
    double value;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(text + digits, units[i].unit) == 0 &&
            number_parse(text, digits, &value) == STATUS_OK) {
            *years = value * units[i].years;
            if (*years <= years_max)
                return EXIT_DONE;
        }
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_VALUE,
                                      "--%s %s (an age up to 20 years)", name, text);
    failure_hint(&context->failure,
                 "a number and its unit without a blank: 14d, 6w, 18mo, 2y");
    return code;
}

void quantity_ratio_text(double n, char *text)
{
    snprintf(text, RATIO_TEXT_MAX, n >= 9.95 ? "1:%.0f" : "1:%.1f", n);
}

void quantity_age_text(double years, char *text)
{
    if (years == 0)
        snprintf(text, AGE_TEXT_MAX, "fresh");
    else if (years < 1)
        snprintf(text, AGE_TEXT_MAX, "%.0f weeks", years * 52.18);
    else
        snprintf(text, AGE_TEXT_MAX, "%.0f year%s", years, years == 1 ? "" : "s");
}
