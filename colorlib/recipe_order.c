/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order among recipes as good as each other. */
#include <math.h>

#include "colorlib/recipe_solver.h"

double recipe_rounded(double value)
{
    return round(value * 1e9) / 1e9;
}

static double worst_metamerism(const struct recipe_solver *solver,
                               const struct recipe *recipe)
{
    double worst = 0;
    for (size_t v = 1; v < solver->problem.illuminant_count; v++)
        worst = fmax(worst, recipe->metamerism[v]);
    return worst;
}

bool recipe_preferred(const struct recipe_solver *solver, const struct recipe *a,
                      const struct recipe *b, enum recipe_reason *reason)
{
    const struct {
        double left;
        double right;
        enum recipe_reason reason;
    } criteria[] = {
        {(double)a->count, (double)b->count, RECIPE_FEWER_PIGMENTS},
        {a->worst_drop, b->worst_drop, RECIPE_MORE_FORGIVING},
        {worst_metamerism(solver, a), worst_metamerism(solver, b),
         RECIPE_LESS_METAMERISM},
        {a->cost, b->cost, RECIPE_LOWER_COST},
        {a->volume_ml, b->volume_ml, RECIPE_SMALLER_BATCH},
        {a->score, b->score, RECIPE_LEAST_DIFFERENCE},
    };
    for (size_t i = 0; i < sizeof criteria / sizeof criteria[0]; i++) {
        double left = recipe_rounded(criteria[i].left);
        double right = recipe_rounded(criteria[i].right);
        *reason = criteria[i].reason;
        if (left != right)
            return left < right;
    }
    return false;
}
