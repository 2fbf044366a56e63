/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planes that keep a region away from the target. */
#include <math.h>
#include <string.h>

#include "colorlib/formula_region.h"
#include "colorlib/lanes_variants.h"

enum { STEPS_MAX = 6 }; /* towards the best plane */

static float dot(const float *a, const float *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* The corners' coordinates, axis by axis. */
struct corners {
    float y[3][FORMULA_COMPONENTS_MAX];
    float square[FORMULA_COMPONENTS_MAX]; /* of the distance from the target */
};

LANES_KERNEL size_t furthest_along(const struct corners *corners, size_t count,
                                   const float *direction, float *out)
{
    size_t found = 0;
    float least = HUGE_VALF;
    LANES_UNROLLED for (size_t c = 0; c < count; c++)
    {
        float y = corners->y[0][c] * direction[0] + corners->y[1][c] * direction[1] +
                  corners->y[2][c] * direction[2];
        found = y < least ? c : found;
        least = y < least ? y : least;
    }
    *out = least;
    return found;
}

/*
 * The plane that keeps the corners away from the target the furthest, nearly: its normal
 * points to the point of their hull that is nearest, which is approached from corner to
 * corner (Gilbert, SIAM J. Control 4 (1966) 61). Returns how far, negative where the
 * target is inside.
 */
LANES_KERNEL float separate_of(const struct formula_region *region, size_t count,
                               float direction[3])
{
    struct corners corners = {.square = {0}};
    float best = -HUGE_VALF;
    size_t nearest = 0;
    LANES_UNROLLED for (size_t c = 0; c < count; c++)
    {
        const float *y = region->look.corner[c]->y;
        for (size_t i = 0; i < 3; i++)
            corners.y[i][c] = y[i];
        corners.square[c] = dot(y, y);
        nearest = corners.square[c] < corners.square[nearest] ? c : nearest;
    }
    float point[3] = {corners.y[0][nearest], corners.y[1][nearest],
                      corners.y[2][nearest]};
    float square = corners.square[nearest];
    for (int step = 0; step < STEPS_MAX; step++) {
        float length = sqrtf(square);
        if (!(length > 1e-6f))
            break;
        float least;
        size_t c = furthest_along(&corners, count, point, &least);
        if (least > best * length) {
            best = least / length;
            for (size_t i = 0; i < 3; i++)
                direction[i] = point[i] / length;
        }
        if (least > 0.7f * square)
            break;
        float edge[3];
        for (size_t i = 0; i < 3; i++)
            edge[i] = corners.y[i][c] - point[i];
        float share = least < square ? (square - least) / dot(edge, edge) : 0;
        share = share < 1 ? share : 1;
        for (size_t i = 0; i < 3; i++)
            point[i] += share * edge[i];
        square = dot(point, point);
    }
    return best;
}

/* The number of corners as a constant, so that loops over them unroll. */
static float separate(const struct formula_region *region, size_t count,
                      float direction[3])
{
    switch (count) {
    case 2: return separate_of(region, 2, direction);
    case 3: return separate_of(region, 3, direction);
    case 4: return separate_of(region, 4, direction);
    default: return separate_of(region, FORMULA_COMPONENTS_MAX, direction);
    }
}

static float nearest(const struct formula_exploration *e,
                     const struct formula_region *region, const float direction[3])
{
    return e->solver->appearance->nearest(e->solver->isa, &region->look, direction);
}

bool formula_is_outside(const struct formula_state *state, const float *y)
{
    const struct formula_hull *hull = &state->hull;
    if (state->covered == HUGE_VAL)
        return false;
    for (size_t face = 0; face < FORMULA_FACES; face++) {
        const double *n = hull->direction[face];
        if (n[0] * (double)y[0] + n[1] * (double)y[1] + n[2] * (double)y[2] >
            hull->support[face])
            return true;
    }
    return false;
}

/* How far the corners keep beyond a face of the hull, at the least. */
static double beyond_face(const struct formula_exploration *e,
                          const struct formula_region *region, size_t face)
{
    const struct formula_hull *hull = &e->state->hull;
    const double *n = hull->direction[face];
    double least = HUGE_VAL;
    for (size_t c = 0; c < e->grid->components; c++) {
        const float *y = region->look.corner[c]->y;
        least =
            fmin(least, n[0] * (double)y[0] + n[1] * (double)y[1] + n[2] * (double)y[2]);
    }
    return least - hull->support[face];
}

/* Holds the best face of the hull against a region; the radius is known then where it
 * keeps beyond it. */
static void bound_by_hull(const struct formula_exploration *e,
                          struct formula_region *region)
{
    size_t best = 0;
    double most = -HUGE_VAL;
    for (size_t face = 0; face < FORMULA_FACES; face++) {
        double beyond = beyond_face(e, region, face);
        if (beyond > most) {
            most = beyond;
            best = face;
        }
    }
    if (most <= 0)
        return;
    const struct formula_hull *hull = &e->state->hull;
    float direction[3];
    for (size_t i = 0; i < 3; i++)
        direction[i] = (float)hull->direction[best][i];
    if ((double)nearest(e, region, direction) > hull->support[best])
        region->known = HUGE_VALF;
}

/* How far a region keeps, where its corners keep further than that; else 0. */
static float distance_beyond(const struct formula_exploration *e,
                             const struct formula_region *region, float least)
{
    float direction[3];
    return separate(region, e->grid->components, direction) > least
               ? nearest(e, region, direction)
               : 0;
}

void formula_bound(const struct formula_exploration *e, struct formula_region *region)
{
    const struct formula_state *state = e->state;
    region->known =
        fmaxf(region->known, distance_beyond(e, region, formula_radius(state)));
    if (region->known <= formula_radius(state) && state->covered < HUGE_VAL)
        bound_by_hull(e, region);
}

void formula_leave(const struct formula_exploration *e,
                   const struct formula_region *region)
{
    float distance = fmaxf(region->known, distance_beyond(e, region, 0));
    e->state->open = fmin(e->state->open, (double)distance);
}
