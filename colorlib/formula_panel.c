/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes computed side by side: as the search sees them, then as they are. */
#include <math.h>

#include "colorlib/formula_reach.h"
#include "colorlib/formula_region.h"

/* What a CIEDE2000 of single precision reflectance and the exact one may differ by: seven
 * digits of a reflectance are 1e-4 of L*, a* or b*. */
static const double approximate = 0.01;

void formula_load(const struct formula_grid *grid, const uint8_t *parts, size_t lane,
                  float fraction[][LANES])
{
    float sum = 0;
    for (size_t c = 0; c < grid->components; c++)
        sum += parts[c];
    for (size_t c = 0; c < grid->components; c++)
        fraction[c][lane] = parts[c] / sum;
}

/* Where hues are opposite CIEDE2000 jumps, and near grey it turns fast. */
static bool is_clearly_worse(const struct formula_exploration *e,
                             const struct lanes_lab *lab, size_t lane, double difference)
{
    const struct formula *best = &e->state->best;
    return best->count > 0 && difference > best->ciede2000 + approximate &&
           !formula_reach_may_hold(&e->aim->ball, best->ciede2000, lab->a[lane],
                                   lab->b[lane], difference);
}

/* Computes a recipe as it is, if that may be the best. */
static void offer(const struct formula_exploration *e, const struct lanes_lab *lab,
                  size_t lane, double difference)
{
    if (is_clearly_worse(e, lab, lane, difference))
        return;
    const uint8_t *parts = e->state->panel.near[lane];
    struct formula formula = formula_of(e->solver, e->aim, e->set, parts);
    formula_state_offer(&formula, e->state);
}

/* The best one first, so that few others must be computed. Lanes without a recipe repeat
 * the last. */
static void compare(const struct formula_exploration *e)
{
    struct formula_panel *panel = &e->state->panel;
    struct lanes_lab lab;
    double difference[LANES];
    size_t least = 0;
    for (size_t i = 0; i < BAND_COUNT; i++)
        for (size_t k = panel->near_count; k < LANES; k++)
            panel->reflectance[i][k] = panel->reflectance[i][panel->near_count - 1];
    lanes_lab(e->solver->isa, e->solver->problem.weights, panel->reflectance[0], 1, &lab);
    lanes_ciede2000(e->solver->isa, &e->aim->standard, &lab, 1, difference);
    for (size_t k = 1; k < panel->near_count; k++)
        least = difference[k] < difference[least] ? k : least;
    offer(e, &lab, least, difference[least]);
    for (size_t k = 0; k < panel->near_count; k++)
        if (k != least)
            offer(e, &lab, k, difference[k]);
    panel->near_count = 0;
}

static bool is_near(const struct formula_exploration *e,
                    const struct appearance_views *views, size_t lane)
{
    const float y[3] = {views->y[0][lane], views->y[1][lane], views->y[2][lane]};
    float reach = formula_radius(e->state) + e->aim->axes.noise;
    return y[0] * y[0] + y[1] * y[1] + y[2] * y[2] <= reach * reach &&
           !formula_is_outside(e->state, y);
}

static void look_at_waiting(const struct formula_exploration *e)
{
    struct formula_panel *panel = &e->state->panel;
    struct appearance_views views;
    for (size_t c = 0; c < e->grid->components; c++)
        for (size_t k = panel->waiting_count; k < LANES; k++)
            panel->fraction[c][k] = panel->fraction[c][panel->waiting_count - 1];
    e->solver->appearance->survey(e->solver->isa, &e->solver->film, &e->aim->axes,
                                  e->liquid, panel->fraction, e->grid->components,
                                  &views);
    e->state->search.examined += panel->waiting_count;
    for (size_t k = 0; k < panel->waiting_count; k++) {
        if (!is_near(e, &views, k))
            continue;
        for (size_t i = 0; i < BAND_COUNT; i++)
            panel->reflectance[i][panel->near_count] = views.reflectance[i][k];
        panel->near[panel->near_count++] = panel->waiting[k];
        if (panel->near_count == LANES)
            compare(e);
    }
    panel->waiting_count = 0;
}

void formula_panel_add(const struct formula_exploration *e, const uint8_t *parts)
{
    struct formula_panel *panel = &e->state->panel;
    formula_load(e->grid, parts, panel->waiting_count, panel->fraction);
    panel->waiting[panel->waiting_count++] = parts;
    if (panel->waiting_count == LANES)
        look_at_waiting(e);
}

void formula_panel_judge(const struct formula_exploration *e)
{
    if (e->state->panel.waiting_count > 0)
        look_at_waiting(e);
    if (e->state->panel.near_count > 0)
        compare(e);
}
