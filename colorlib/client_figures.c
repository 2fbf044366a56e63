/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/client_figures.h"

#include <math.h>

static const struct client_figure forms[CLIENT_COMPONENTS] = {
    [CLIENT_FILL] = {"pigment held by a dot", "of its volume", 3, 0, 0},
    [CLIENT_HEALED] = {"kept when healed", "%", 0, 0, 0},
    [CLIENT_LOSS] = {"lost in a year", "%", 1, 0, 0},
    [CLIENT_SPREADING] = {"spreading", "mm2 a year", 4, 0, 0},
    [CLIENT_DEPTH] = {"depth of the dots", "mm", 3, 0, 0},
    [CLIENT_RADIUS] = {"radius of the dots", "mm", 3, 0, 0},
    [CLIENT_DENSITY] = {"dots placed", "% of plan", 0, 0, 0},
    [CLIENT_HEIGHT] = {"height of the dots", "mm", 3, 0, 0},
    [CLIENT_DEEPENING] = {"sinking in the end", "mm", 3, 0, 0},
};

/* The treatment with one component of the state alone. */
static struct treatment deviated(const struct treatment *usual,
                                 enum client_component component, double deviation)
{
    double at[CLIENT_COMPONENTS] = {0};
    struct treatment treatment;
    at[component] = deviation;
    client_state_apply(at, usual, &treatment);
    return treatment;
}

static double value_of(const struct treatment *usual, enum client_component component,
                       const struct fade_rates *rates, double deviation)
{
    struct treatment t = deviated(usual, component, deviation);
    const double percent = 100;
    switch (component) {
    case CLIENT_FILL: return t.technique.fill_fraction;
    case CLIENT_HEALED: return percent * fade_healed_fraction(rates, &t.conditions);
    case CLIENT_LOSS:
        return percent * fade_loss_per_year(rates, &t.conditions,
                                            t.skin.parameters.melanosome_fraction);
    case CLIENT_SPREADING: return t.conditions.spreading_mm2_per_year;
    case CLIENT_DEPTH: return t.technique.depth_mm;
    case CLIENT_RADIUS: return t.technique.radius_mm;
    case CLIENT_DENSITY: return percent * exp(deviation);
    case CLIENT_HEIGHT: return t.technique.height_mm;
    case CLIENT_DEEPENING: return t.conditions.deepening_mm;
    case CLIENT_COMPONENTS: break;
    }
    return NAN;
}

struct client_figure client_figure(const struct client_state *state,
                                   enum client_component component,
                                   const struct treatment *usual,
                                   const struct fade_rates *rates)
{
    const double step = 1e-4; /* truncation and rounding both below 1e-3 of a slope */
    struct client_figure figure = forms[component];
    double mean = state->mean[component];
    figure.value = value_of(usual, component, rates, mean);
    figure.sd = client_state_sd(state, component) *
                fabs(value_of(usual, component, rates, mean + step) - figure.value) /
                step;
    return figure;
}
