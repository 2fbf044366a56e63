/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mix that was wished for, in whole drops. */
#include <math.h>

#include "colorlib/difference.h"
#include "colorlib/forecast.h"
#include "colorlib/session_course.h"

/* A hair's breadth, so that decimal amounts that just fit do fit. */
static const double slack = 1e-9;

/* By this much more than in the other direction a batch darker than the wish counts as
 * away from it: too dark cannot be mended. */
static const double darker_weight = 3;

/* Batches are as near as each other within this CIEDE2000; the smaller one is poured. */
static const double equally_near = 0.02;

struct pouring {
    const struct recipe_problem *problem;
    const struct session_wish *wish;
    size_t lead;
    cmsCIELab wished; /* healed */
    double loading;   /* of the wish */
    bool found;
    double best; /* how far the best batch so far is from the wish */
    double volume_ml;
    struct recipe_part part[MIXTURE_MAX];
    size_t count;
    double water_ml;
};

void session_wish_mixture(const struct recipe_problem *problem,
                          const struct session_wish *wish, struct mixture *out)
{
    *out = (struct mixture){.count = wish->count};
    for (size_t k = 0; k < wish->count; k++) {
        out->pigment[k] = &problem->pigments[wish->pigment[k]];
        out->concentration[k] = wish->concentration[k];
    }
}

struct session_wish session_wish_scaled(const struct session_wish *wish, double factor)
{
    struct session_wish result = *wish;
    for (size_t k = 0; k < wish->count; k++)
        result.concentration[k] *= factor;
    return result;
}

struct session_wish session_wish_of(const struct recipe *recipe)
{
    struct session_wish wish = {.count = recipe->count};
    for (size_t k = 0; k < recipe->count; k++) {
        wish.pigment[k] = recipe->part[k].pigment;
        wish.concentration[k] = recipe->mixture.concentration[k];
    }
    return wish;
}

double session_wish_loading(const struct session_wish *wish)
{
    double sum = 0;
    for (size_t k = 0; k < wish->count; k++)
        sum += wish->concentration[k];
    return sum;
}

static cmsCIELab healed(const struct recipe_problem *p, const struct mixture *mixture)
{
    const struct weights *light = p->rule_weights ? p->rule_weights : p->weights[0];
    struct bands reflectance;
    treatment_reflectance(&p->treatment, mixture, FORECAST_HEALED_YEARS, &reflectance);
    return colorimetry_reflectance_lab(light, reflectance.value);
}

static double drop_ml(const struct pouring *pouring, size_t k)
{
    return pouring->problem->pigments[pouring->wish->pigment[k]].drop_ml;
}

/* The pigment of which the wish takes the most drops: it sets the scale. */
static size_t leading(const struct pouring *pouring)
{
    const double *c = pouring->wish->concentration;
    size_t lead = 0;
    for (size_t k = 1; k < pouring->wish->count; k++)
        if (c[k] / drop_ml(pouring, k) > c[lead] / drop_ml(pouring, lead))
            lead = k;
    return lead;
}

static double away(const struct pouring *pouring, const struct mixture *mixture)
{
    cmsCIELab lab = healed(pouring->problem, mixture);
    return difference_ciede2000(pouring->wished, lab) +
           darker_weight * fmax(0, pouring->wished.L - lab.L);
}

/* Looks at one batch; drops of 0 leave a pigment out. */
static void consider(struct pouring *pouring, const unsigned *drops, double water_ml)
{
    const struct session_wish *wish = pouring->wish;
    struct session_wish batch = {0};
    double volume = water_ml;
    for (size_t k = 0; k < wish->count; k++)
        volume += drops[k] * drop_ml(pouring, k);
    for (size_t k = 0; k < wish->count; k++)
        if (drops[k] > 0) {
            batch.pigment[batch.count] = wish->pigment[k];
            batch.concentration[batch.count++] = drops[k] * drop_ml(pouring, k) / volume;
        }
    struct mixture mixture;
    session_wish_mixture(pouring->problem, &batch, &mixture);
    if (mixture_loading(&mixture) > RECIPE_LOADING_MAX)
        return;
    double distance = away(pouring, &mixture);
    if (pouring->found && !(distance < pouring->best - equally_near) &&
        !(distance <= pouring->best + equally_near && volume < pouring->volume_ml))
        return;
    pouring->found = true;
    pouring->best = distance;
    pouring->volume_ml = volume;
    pouring->water_ml = water_ml;
    pouring->count = 0;
    for (size_t k = 0; k < wish->count; k++)
        if (drops[k] > 0)
            pouring->part[pouring->count++] =
                (struct recipe_part){wish->pigment[k], drops[k]};
}

enum volume_rule { VOLUME_IN_RANGE, VOLUME_AS_NEEDED };

/* The waters on both sides of what these drops ask for. */
static void consider_waters(struct pouring *pouring, const unsigned *drops,
                            enum volume_rule rule)
{
    const struct recipe_problem *p = pouring->problem;
    double pigment_ml = 0;
    for (size_t k = 0; k < pouring->wish->count; k++)
        pigment_ml += drops[k] * drop_ml(pouring, k);
    double wanted = (pigment_ml / pouring->loading - pigment_ml) / p->water_step_ml;
    for (double steps = floor(wanted - slack); steps <= ceil(wanted + slack); steps++) {
        double water_ml = steps * p->water_step_ml;
        double volume = pigment_ml + water_ml;
        if (steps < 0 ||
            (rule == VOLUME_IN_RANGE &&
             !(volume >= p->volume_min_ml - slack && volume <= p->volume_max_ml + slack)))
            continue;
        consider(pouring, drops, water_ml);
    }
}

/* Every choice of whole drops on both sides of what the wish asks for. */
static void consider_drops(struct pouring *pouring, unsigned lead_drops,
                           enum volume_rule rule)
{
    const struct session_wish *wish = pouring->wish;
    const double lead_ml = lead_drops * drop_ml(pouring, pouring->lead);
    for (unsigned choice = 0; choice < 1U << wish->count; choice++) {
        unsigned drops[MIXTURE_MAX] = {0}, sum = 0;
        for (size_t k = 0; k < wish->count; k++) {
            double exact = lead_ml * wish->concentration[k] /
                           wish->concentration[pouring->lead] / drop_ml(pouring, k);
            drops[k] = k == pouring->lead
                           ? lead_drops
                           : (unsigned)floor(exact + slack) + (choice >> k & 1U);
            sum += drops[k];
        }
        bool repeats = choice >> pouring->lead & 1U;
        if (!repeats && sum <= pouring->problem->drops_max)
            consider_waters(pouring, drops, rule);
    }
}

enum status session_pour(const struct recipe_problem *problem,
                         const struct recipe_solver *solver,
                         const struct session_wish *wish, struct recipe *out)
{
    struct pouring pouring = {.problem = problem, .wish = wish};
    struct mixture mixture;
    session_wish_mixture(problem, wish, &mixture);
    pouring.wished = healed(problem, &mixture);
    pouring.loading = mixture_loading(&mixture);
    if (!(pouring.loading > 0))
        return STATUS_NOT_FOUND;
    pouring.lead = leading(&pouring);
    double per_ml = wish->concentration[pouring.lead] / drop_ml(&pouring, pouring.lead);
    double first = fmax(1, floor(per_ml * problem->volume_min_ml));
    double last = fmin(problem->drops_max, ceil(per_ml * problem->volume_max_ml));
    for (double drops = first; drops <= last; drops++)
        consider_drops(&pouring, (unsigned)drops, VOLUME_IN_RANGE);
    if (!pouring.found)
        consider_drops(&pouring, 1, VOLUME_AS_NEEDED);
    if (!pouring.found)
        return STATUS_NOT_FOUND;
    return recipe_evaluate(solver, pouring.part, pouring.count, pouring.water_ml, out);
}
