/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes in the amounts and words of those who pour them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/parts.h"
#include "colorlib/recipe_solver.h"

enum status recipe_pour_ratio(const struct recipe_solver *solver, size_t pigment,
                              double concentration, double volume_ml, struct recipe *out)
{
    const struct recipe_problem *p = &solver->problem;
    if (pigment >= p->pigment_count ||
        !(concentration > 0 && concentration <= RECIPE_LOADING_MAX) ||
        !(volume_ml > 0 && volume_ml <= RECIPE_VOLUME_MAX_ML))
        return STATUS_OUT_OF_RANGE;
    /* a hair's breadth, so that decimal amounts that just fit do fit */
    const double slack = 1e-9;
    double drop_ml = p->pigments[pigment].drop_ml;
    double drops = fmax(1, ceil(volume_ml * concentration / drop_ml - slack));
    double water_ml = drops * drop_ml * (1 / concentration - 1);
    double steps = ceil(water_ml / p->water_step_ml - slack);
    if (drops > p->drops_max)
        return STATUS_OUT_OF_RANGE;
    struct recipe_part part = {pigment, (unsigned)drops};
    return recipe_evaluate(solver, &part, 1, steps * p->water_step_ml, out);
}

struct recipe_ratio recipe_ratio(double concentration)
{
    const double spread = 1.5;
    double parts = 1 / concentration;
    return (struct recipe_ratio){parts - 1, fmax(0, parts / spread - 1),
                                 parts * spread - 1};
}

/* Grams of a millilitre of water at room temperature. */
static const double water_density = 1.0;

static int by_falling_drops(const void *left, const void *right)
{
    const struct recipe_part *a = left, *b = right;
    if (a->drops != b->drops)
        return a->drops < b->drops ? 1 : -1;
    return (a->pigment > b->pigment) - (a->pigment < b->pigment);
}

void recipe_steps(const struct recipe_solver *solver, const struct recipe *recipe,
                  struct recipe_step step[MIXTURE_MAX + 1])
{
    const struct recipe_problem *p = &solver->problem;
    struct recipe_part part[MIXTURE_MAX];
    memcpy(part, recipe->part, sizeof part);
    qsort(part, recipe->count, sizeof part[0], by_falling_drops);
    double grams = recipe->water_ml * water_density;
    step[0] =
        (struct recipe_step){NULL, (unsigned)lround(recipe->water_ml / p->water_drop_ml),
                             recipe->water_ml, grams, grams};
    for (size_t k = 0; k < recipe->count; k++) {
        const struct pigment *pigment = &p->pigments[part[k].pigment];
        double ml = part[k].drops * pigment->drop_ml;
        grams += ml * pigment->density_g_per_ml;
        step[k + 1] = (struct recipe_step){pigment, part[k].drops, ml,
                                           ml * pigment->density_g_per_ml, grams};
    }
}

enum status recipe_parts(const struct recipe_solver *solver, const struct recipe *recipe,
                         unsigned part[MIXTURE_MAX + 1])
{
    const double equal_ml = 1e-9; /* decimal amounts, not quite so in binary */
    const double drop_ml = solver->problem.water_drop_ml;
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(solver, recipe, step);
    unsigned divisor = 0;
    for (size_t k = 0; k <= recipe->count; k++) {
        if (fabs(step[k].ml - step[k].drops * drop_ml) > equal_ml)
            return STATUS_NOT_FOUND;
        divisor = parts_common_divisor(step[k].drops, divisor);
    }
    for (size_t k = 0; k <= recipe->count; k++)
        part[k] = step[k].drops / divisor;
    return STATUS_OK;
}

const char *recipe_reason_text(enum recipe_reason reason)
{
    switch (reason) {
    case RECIPE_LEAST_DIFFERENCE: return "least difference";
    case RECIPE_FEWER_PIGMENTS: return "as good, with fewer pigments";
    case RECIPE_MORE_FORGIVING: return "as good, and more forgiving of a drop";
    case RECIPE_LESS_METAMERISM: return "as good, and steadier under other light";
    case RECIPE_LOWER_COST: return "as good, at lower cost";
    case RECIPE_SMALLER_BATCH: return "as good, in a smaller batch";
    }
    return "unknown reason";
}

struct recipe_waters recipe_waters_of(const struct recipe_problem *problem,
                                      double pigment_ml)
{
    /* a hair's breadth, so that 4.0 ml of decimal steps count as 4 ml */
    const double slack = 1e-9, step = problem->water_step_ml;
    struct recipe_waters waters = {
        (long)ceil((problem->volume_min_ml - pigment_ml) / step - slack),
        (long)floor((problem->volume_max_ml - pigment_ml) / step + slack)};
    if (waters.first < 0)
        waters.first = 0;
    return waters;
}
