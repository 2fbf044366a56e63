/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared formula problem and what a search knows; for formula_*.c only. */
#ifndef COLORLIB_FORMULA_SOLVER_H
#define COLORLIB_FORMULA_SOLVER_H

#include "colorlib/appearance.h"
#include "colorlib/formula_ball.h"
#include "colorlib/formula_grid.h"

/* Where the diluent stands among the liquids. */
enum { FORMULA_DILUENT = FORMULA_COLORANTS_MAX };

struct formula_solver {
    struct formula_problem problem;
    enum formula_diluent diluent;
    enum lanes_isa isa;
    const struct appearance *appearance;
    struct appearance_film film;
    struct appearance_colorant liquid[FORMULA_COLORANTS_MAX + 1];
    struct formula_grid *grid[FORMULA_SIZE_MAX]; /* by colorants - 1 */
    uint64_t sets[FORMULA_SIZE_MAX];             /* of so many colorants */
    uint64_t recipes;
};

/* A set of colorants, ascending. */
struct formula_set {
    size_t count;
    size_t colorant[FORMULA_SIZE_MAX];
};

/* The first set of a size. */
struct formula_set formula_set_first(size_t size);

/* The next set of the same size in the order of the colorants; NOT_FOUND after the last.
 */
enum status formula_set_next(struct formula_set *set, size_t colorant_count);

/* The target of a search, as bounds see it. */
struct formula_aim {
    cmsCIELab target;
    struct lanes_lab standard; /* the target in all lanes */
    struct formula_ball ball;
    struct appearance_axes axes;
};

/* Recipes that are computed side by side: looked at, and compared when they are near. */
struct formula_panel {
    const uint8_t *waiting[LANES];
    float fraction[FORMULA_COMPONENTS_MAX][LANES]; /* of those that wait */
    size_t waiting_count;
    const uint8_t *near[LANES];
    double reflectance[BAND_COUNT][LANES]; /* of those that are near */
    size_t near_count;
};

/* What is known so far, by one thread. */
struct formula_state {
    struct formula best; /* count 0: none yet */
    float radius;        /* in the coordinates of the ball, of what might be better */
    double settled;      /* the CIEDE2000 that it was found for; HUGE_VAL: none */
    /* Of a large ball, by the CIEDE2000 that it was measured for; HUGE_VAL: none. */
    double covered;
    struct formula_hull hull;
    uint64_t examined; /* some recipes more than once */
    uint64_t regions;
    uint64_t regions_max;       /* as many as may be looked at */
    struct formula_panel panel; /* of the set that is looked at */
    double open; /* the least distance from the target of what was left unsearched */
};

/* Takes a recipe for the best one; REJECTED when it is not. */
enum status formula_state_offer(const struct formula *recipe,
                                struct formula_state *state);

/* Brings the radius up to date with the best recipe, where that is clearly better. */
void formula_state_settle(const struct formula_aim *aim, struct formula_state *state);

/* The same for a large ball, where that is worth the while: not often, and not for a size
 * that has few recipes. */
void formula_state_settle_large(const struct formula_solver *solver,
                                const struct formula_aim *aim, size_t size,
                                struct formula_state *state);

/* Finds a good recipe of a size to begin with. */
void formula_start(const struct formula_solver *solver, const struct formula_aim *aim,
                   size_t size, struct formula_state *state);

/* Looks for what is better than the best in the grid of one set. */
void formula_explore(const struct formula_solver *solver, const struct formula_aim *aim,
                     const struct formula_set *set, struct formula_state *state);

/* A recipe by its parts, which are possible, in lowest terms. */
struct formula formula_of(const struct formula_solver *solver,
                          const struct formula_aim *aim, const struct formula_set *set,
                          const uint8_t *parts);

#endif
