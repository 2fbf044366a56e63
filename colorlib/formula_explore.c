/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipes of one set of colorants, by branch and bound.
 *
 * A region is a simplex of compositions, at first that of all recipes of the set. A plane
 * in the coordinates of the ball is looked for that keeps its corners away from the
 * target, and held against all of its mixtures (appearance->nearest). A region that keeps
 * away is done with; another one is cut in two, until few recipes are left in it, which
 * are screened one by one.
 *
 * Every recipe of the set lies in a region that was bounded or screened: two halves make
 * up for a region, as positions are exact to double precision, and what a recipe's own
 * rounding to single precision does is less than the noise of the axes, because no
 * component of a recipe moves by more than a share of itself.
 */
#include <math.h>
#include <string.h>

#include "colorlib/formula_region.h"

enum {
    SCREENED = 32, /* about so many recipes are screened and not divided any further */
    DEPTH_MAX = 200
};

void formula_mix(const struct formula_exploration *e, struct formula_corner *corner)
{
    float fraction[FORMULA_COMPONENTS_MAX];
    for (size_t c = 0; c < e->grid->components; c++)
        fraction[c] = (float)corner->position[c];
    e->solver->appearance->mix(e->solver->isa, &e->solver->film, &e->aim->axes, e->liquid,
                               fraction, e->grid->components, &corner->look);
}

struct edge {
    size_t one;
    size_t two;
};

/* A few bands tell how long an edge is. */
enum { LOOKED_AT = 5 };

struct glance {
    float weight[LOOKED_AT];
    float reflectance[FORMULA_COMPONENTS_MAX][LOOKED_AT];
};

static void glance_at(const struct formula_exploration *e,
                      const struct formula_region *region, struct glance *out)
{
    const struct appearance_axes *axes = &e->aim->axes;
    for (size_t k = 0; k < LOOKED_AT; k++) {
        size_t i = BAND_COUNT / LOOKED_AT * k + BAND_COUNT / LOOKED_AT / 2 + 1;
        out->weight[k] = fabsf(axes->weight[0][i]) + fabsf(axes->weight[1][i]) +
                         fabsf(axes->weight[2][i]);
        for (size_t c = 0; c < e->grid->components; c++)
            out->reflectance[c][k] = region->look.corner[c]->reflectance[i];
    }
}

/* Squared. */
static float length_of(const struct glance *glance, size_t one, size_t two)
{
    float sum = 0;
    for (size_t k = 0; k < LOOKED_AT; k++) {
        float change = glance->reflectance[one][k] - glance->reflectance[two][k];
        sum += glance->weight[k] * change * change;
    }
    return sum;
}

static struct edge longest_edge(const struct formula_exploration *e,
                                const struct formula_region *region)
{
    struct edge longest = {0, 1};
    float most = -1;
    struct glance glance;
    glance_at(e, region, &glance);
    for (size_t one = 0; one < e->grid->components; one++)
        for (size_t two = one + 1; two < e->grid->components; two++) {
            float length = length_of(&glance, one, two);
            if (length > most) {
                most = length;
                longest = (struct edge){one, two};
            }
        }
    return longest;
}

/* Where both corners contribute the same to the color, but not too near to one. */
static double middle_of(const struct appearance_corner *one,
                        const struct appearance_corner *two)
{
    double share = one->strength / (one->strength + two->strength);
    return fmin(fmax(share, 0.1), 0.9);
}

static void set_corner(struct formula_region *region, size_t index,
                       const struct formula_corner *corner)
{
    region->look.corner[index] = &corner->look;
    region->position[index] = corner->position;
}

static void search(const struct formula_exploration *e, struct formula_region region);

static void divide(const struct formula_exploration *e,
                   const struct formula_region *region)
{
    struct edge edge = longest_edge(e, region);
    const double *one = region->position[edge.one], *two = region->position[edge.two];
    double share =
        middle_of(region->look.corner[edge.one], region->look.corner[edge.two]);
    struct formula_corner middle;
    for (size_t c = 0; c < e->grid->components; c++)
        middle.position[c] = (1 - share) * one[c] + share * two[c];
    formula_mix(e, &middle);
    struct formula_region first = *region, second = *region;
    first.depth = second.depth = region->depth + 1;
    set_corner(&first, edge.two, &middle);
    first.recipes *= share;
    set_corner(&second, edge.one, &middle);
    second.recipes *= 1 - share;
    search(e, first);
    search(e, second);
}

static void search(const struct formula_exploration *e, struct formula_region region)
{
    if (e->state->search.regions == e->state->regions_max) {
        formula_leave(e, &region);
        return;
    }
    e->state->search.regions++;
    formula_state_settle(e->aim, e->state);
    formula_bound(e, &region);
    if (region.known > formula_radius(e->state))
        return;
    if (region.recipes <= SCREENED || region.depth == DEPTH_MAX)
        formula_screen(e, &region);
    else
        divide(e, &region);
}

struct formula_exploration formula_exploration_of(const struct formula_solver *solver,
                                                  const struct formula_aim *aim,
                                                  const struct formula_set *set,
                                                  struct formula_state *state)
{
    struct formula_exploration e = {solver, aim,  set, solver->grid[set->count - 1],
                                    {0},    state};
    for (size_t c = 0; c < e.grid->components; c++)
        e.liquid[c] =
            &solver->liquid[c < set->count ? set->colorant[c] : FORMULA_DILUENT];
    return e;
}

/* The corner of the grid where a component has all that the others leave: one part of
 * the most that there may be for each colorant, so that a recipe has no less of any. */
static struct formula_corner extreme_of(const struct formula_exploration *e,
                                        size_t component)
{
    size_t n = e->grid->components, colorants = e->set->count;
    double one = 1 / (double)e->solver->problem.parts_max;
    struct formula_corner corner;
    for (size_t c = 0; c < n; c++)
        corner.position[c] = c < colorants ? one : 0;
    corner.position[component] += 1 - (double)colorants * one;
    formula_mix(e, &corner);
    return corner;
}

static void search_all(const struct formula_exploration *e)
{
    struct formula_corner extreme[FORMULA_COMPONENTS_MAX];
    struct formula_region all = {
        .look = {&e->solver->film, &e->aim->axes, {0}, e->grid->components},
        .recipes = (double)e->grid->count,
    };
    for (size_t c = 0; c < e->grid->components; c++) {
        extreme[c] = extreme_of(e, c);
        set_corner(&all, c, &extreme[c]);
    }
    search(e, all);
}

void formula_explore(const struct formula_solver *solver, const struct formula_aim *aim,
                     const struct formula_set *set, struct formula_state *state)
{
    struct formula_exploration e = formula_exploration_of(solver, aim, set, state);
    if (e.grid->count > FORMULA_ENUMERATED)
        search_all(&e);
    else
        for (size_t recipe = 0; recipe < e.grid->count; recipe++)
            formula_panel_add(&e, e.grid->parts[recipe]);
    formula_panel_judge(&e);
}
