/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/client_state.h"

#include <assert.h>
#include <math.h>

/* One standard deviation. Fill, spreading, loss, radius and the relative depth and height
 * are stated for the model (inferred or assumed); healed is that of carbon, 0.10 about
 * 0.65, as a logit: 0.10 / (0.65 x 0.35). */
static const struct {
    const char *name;
    double sd;
} components[CLIENT_COMPONENTS] = {
    [CLIENT_FILL] = {"fill", 0.5},      [CLIENT_HEALED] = {"healed", 0.44},
    [CLIENT_LOSS] = {"loss", 0.25},     [CLIENT_SPREADING] = {"spreading", 0.5},
    [CLIENT_DEPTH] = {"depth", 0.3}, /* of the technique's depth */
    [CLIENT_RADIUS] = {"radius", 0.15}, [CLIENT_DENSITY] = {"density", 0.10},
    [CLIENT_HEIGHT] = {"height", 0.30}, [CLIENT_DEEPENING] = {"deepening", 0.02},
};

/* Of the error of a scan, from the level of its spectrum to ever finer waves; of theta,
 * each parameter beyond what those before it say. */
static const char *const skin_names[CLIENT_UNKNOWNS - CLIENT_BARE] = {
    "bare_level",      "bare_tilt",    "bare_bow",   "bare_wave",
    "bare_ripple",     "skin_melanin", "skin_blood", "skin_saturation",
    "skin_scattering", "skin_power",   "skin_haze",  "skin_yellow"};

/* Of the fill fraction in a scar, beyond that of healthy scalp (assumption). */
static const double scar_fill_sd = 0.5;

/* For one year. */
static const double loss_drift_sd = 0.05;
static const double depth_drift_sd_mm = 0.01;

static void add_variance(struct client_state *state, enum client_component component,
                         double sd)
{
    state->covariance[component][component] += sd * sd;
}

void client_state_modify(struct client_state *state, const struct fade_modifier *modifier)
{
    add_variance(state, CLIENT_LOSS, modifier->sd_ln);
}

void client_state_on_scar(struct client_state *state)
{
    struct fade_modifier scar = {.sd_ln = 0};
    enum status status = fade_modifier_find("scar", &scar);
    assert(status == STATUS_OK);
    (void)status;
    add_variance(state, CLIENT_FILL, scar_fill_sd);
    client_state_modify(state, &scar);
}

void client_state_doubt_skin(struct client_state *state)
{
    for (size_t k = CLIENT_BARE; k < CLIENT_UNKNOWNS; k++)
        state->covariance[k][k] = 1;
}

void client_state_prior(const struct technique *technique, enum client_site site,
                        struct client_state *out)
{
    struct client_state state = {{0}, {{0}}};
    for (size_t k = 0; k < CLIENT_COMPONENTS; k++)
        add_variance(&state, (enum client_component)k,
                     k == CLIENT_DEPTH ? components[k].sd * technique->depth_mm
                                       : components[k].sd);
    client_state_doubt_skin(&state);
    if (site == CLIENT_SCAR)
        client_state_on_scar(&state);
    *out = state;
}

void client_state_pass(struct client_state *state, double years)
{
    assert(years >= 0);
    add_variance(state, CLIENT_LOSS, loss_drift_sd * sqrt(years));
    add_variance(state, CLIENT_DEPTH, depth_drift_sd_mm * sqrt(years));
}

void client_state_apply(const double deviation[CLIENT_COMPONENTS],
                        const struct treatment *usual, struct treatment *out)
{
    const double fill = exp(deviation[CLIENT_FILL]);
    const double radius = exp(deviation[CLIENT_RADIUS]);
    const double density = exp(deviation[CLIENT_DENSITY]);
    struct treatment treatment = *usual;
    struct technique *technique = &treatment.technique;
    technique->fill_fraction *= fill;
    technique->radius_mm *= radius;
    technique->density_per_cm2 *= density;
    technique->depth_mm = fmax(technique->depth_mm + deviation[CLIENT_DEPTH], 0);
    technique->height_mm *= exp(deviation[CLIENT_HEIGHT]);
    for (size_t e = 0; e < treatment.earlier_count; e++) {
        if (treatment.earlier[e].origin == DEPOSIT_FOUND)
            continue;
        treatment.earlier[e].fill_fraction *= fill;
        treatment.earlier[e].radius_mm *= radius;
        treatment.earlier[e].density_per_cm2 *= density;
    }
    treatment.conditions.healed_logit += deviation[CLIENT_HEALED];
    treatment.conditions.loss_factor *= exp(deviation[CLIENT_LOSS]);
    treatment.conditions.spreading_mm2_per_year *= exp(deviation[CLIENT_SPREADING]);
    treatment.conditions.deepening_mm += deviation[CLIENT_DEEPENING];
    *out = treatment;
}

double client_state_sd(const struct client_state *state, enum client_component component)
{
    return sqrt(state->covariance[component][component]);
}

const char *client_component_name(enum client_component component)
{
    return components[component].name;
}

const char *client_unknown_name(size_t place)
{
    assert(place < CLIENT_UNKNOWNS);
    return place < CLIENT_BARE ? components[place].name : skin_names[place - CLIENT_BARE];
}
