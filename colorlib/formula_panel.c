/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes computed side by side: as the search sees them, then as they are. */
#include <math.h>

#include "colorlib/formula_region.h"

/* What a CIEDE2000 of single precision reflectance and the exact one may differ by: seven
 * digits of a reflectance are 1e-4 of L*, a* or b*. */
static const double approximate = 0.01;

void formula_panel_begin(const struct formula_exploration *e, struct formula_panel *out)
{
    out->e = e;
    out->count = 0;
}

void formula_panel_add(struct formula_panel *panel, const uint8_t *parts)
{
    const struct formula_exploration *e = panel->e;
    struct formula_corner corner;
    double sum = 0;
    for (size_t c = 0; c < e->grid->components; c++)
        sum += parts[c];
    for (size_t c = 0; c < e->grid->components; c++)
        corner.position[c] = parts[c] / sum;
    formula_mix(e, &corner);
    e->state->examined++;
    const float *y = corner.look.y;
    float reach = e->state->radius + e->aim->axes.noise;
    if (y[0] * y[0] + y[1] * y[1] + y[2] * y[2] > reach * reach ||
        formula_is_outside(e->state, y))
        return;
    for (size_t i = 0; i < BAND_COUNT; i++)
        panel->reflectance[i][panel->count] = corner.look.reflectance[i];
    panel->parts[panel->count++] = parts;
    if (panel->count == LANES)
        formula_panel_judge(panel);
}

enum status formula_panel_judge(struct formula_panel *panel)
{
    const struct formula_exploration *e = panel->e;
    struct formula_state *state = e->state;
    struct lanes_lab lab;
    double difference[LANES];
    enum status found = STATUS_REJECTED;
    if (panel->count == 0)
        return found;
    for (size_t i = 0; i < BAND_COUNT; i++) /* lanes without a recipe repeat the last */
        for (size_t k = panel->count; k < LANES; k++)
            panel->reflectance[i][k] = panel->reflectance[i][panel->count - 1];
    lanes_lab(e->solver->isa, e->solver->problem.weights, panel->reflectance[0], 1, &lab);
    lanes_ciede2000(e->solver->isa, &e->aim->standard, &lab, 1, difference);
    for (size_t k = 0; k < panel->count; k++) {
        if (state->best.count > 0 && difference[k] > state->best.ciede2000 + approximate)
            continue;
        struct formula formula = formula_of(e->solver, e->aim, e->set, panel->parts[k]);
        if (formula_state_offer(&formula, state) == STATUS_OK) {
            formula_state_settle(e->aim, state);
            found = STATUS_OK;
        }
    }
    panel->count = 0;
    return found;
}
