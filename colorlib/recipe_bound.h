/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no mixture of a region scores less than; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_BOUND_H
#define COLORLIB_RECIPE_BOUND_H

#include "colorlib/recipe_solver.h"

/* A solver's model as bounds see it. */
struct recipe_bounds;

/* The solver must outlive it; isa is one that lanes_isa_runs, and changes no bit of a
 * bound. NO_MEMORY. */
enum status recipe_bounds_open(const struct recipe_solver *solver, enum lanes_isa isa,
                               struct recipe_bounds **out);

/* NULL is fine. */
void recipe_bounds_close(struct recipe_bounds *bounds);

/* Mixtures of a set of pigments, of each at least and at most so much. */
struct recipe_mixtures {
    size_t count;
    size_t pigment[MIXTURE_MAX];
    double low[MIXTURE_MAX];
    double high[MIXTURE_MAX];
};

/* A value linear in the concentrations of a set. */
struct recipe_plane {
    double at_zero;
    double by_concentration[MIXTURE_MAX];
};

/* Rounding, of planes and of scores, is allowed for with so much; it is less than 1e-9.
 */
#define RECIPE_BOUND_ROUNDING 2e-9

/* L*, a* and b* may break the darkness rule. */
enum { RECIPE_RULES = 3 };

struct recipe_planes {
    struct recipe_plane score;              /* no mixture scores less */
    struct recipe_plane rule[RECIPE_RULES]; /* below 0 it breaks the rule */
    double effect[MIXTURE_MAX];             /* of a concentration on the color, roughly */
};

/* The planes of all mixtures that lie within the limits. */
void recipe_bounds_planes(const struct recipe_bounds *bounds,
                          const struct recipe_mixtures *mixtures,
                          struct recipe_planes *out);

#endif
