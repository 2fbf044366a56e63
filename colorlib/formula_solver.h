/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared formula problem and what a search knows; for formula_*.c only. */
#ifndef COLORLIB_FORMULA_SOLVER_H
#define COLORLIB_FORMULA_SOLVER_H

#include "colorlib/appearance_film.h"
#include "colorlib/formula_ball.h"
#include "colorlib/formula_grid.h"
#include "colorlib/sets.h"

/* Where the diluent stands among the liquids. */
enum { FORMULA_DILUENT = FORMULA_COLORANTS_MAX };

struct formula_solver {
    struct formula_problem problem;
    enum formula_diluent diluent;
    enum lanes_isa isa;
    const struct film_appearance *appearance;
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

/* What the search is given to narrow: all recipes of a set. */
struct formula_task {
    struct search_region search;
    struct formula_set set;
};

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
    /* Its measure is the distance from the target in the coordinates of the ball; the
     * limit is a float. */
    struct search_state search;
    struct formula best; /* count 0: none yet */
    double settled;      /* the CIEDE2000 of the limit; HUGE_VAL: none */
    /* Of a large ball, by the CIEDE2000 that it was measured for; HUGE_VAL: none. */
    double covered;
    struct formula_hull hull;
    uint64_t regions_max;       /* where search.regions must end, in this set */
    struct formula_panel panel; /* of the set that is looked at */
    double open; /* the least distance from the target of what was left unsearched */
};

/* How far from the target what may be better is at the most. */
static inline float formula_radius(const struct formula_state *state)
{
    return (float)state->search.limit;
}

/* Takes a recipe for the best one; REJECTED when it is not. */
enum status formula_state_offer(const struct formula *recipe,
                                struct formula_state *state);

/* Brings the limit up to date with the best recipe, where that is clearly better. */
void formula_state_settle(const struct formula_aim *aim, struct formula_state *state);

/* The same for a large ball, where that is worth the while: not often, and not for a size
 * that has few recipes. */
void formula_state_settle_large(const struct formula_solver *solver,
                                const struct formula_aim *aim, size_t size,
                                struct formula_state *state);

/* What is searched for. */
struct formula_quest {
    const struct formula_solver *solver;
    struct formula_aim aim;
    size_t size; /* of the sets */
};

/* The search in one set; see struct appearance. A set that is not done with is left as a
 * whole: the corners of its regions are many, and quickly found again. */
void formula_narrow(const void *quest, const struct search_region *task,
                    struct search_state *state, struct search_rest *rest);
void formula_take(const void *quest, const struct search_state *from,
                  struct search_state *to);
void formula_settle(const void *quest, struct search_state *state);

/* The first member of every struct film_appearance. Sets are small: many of them go to a
 * piece. */
#define FORMULA_APPEARANCE(title)                                                        \
    {                                                                                    \
        .name = (title), .region_size = sizeof(struct formula_task),                     \
        .state_size = sizeof(struct formula_state), .pieces = 8, .piece_regions = 32,    \
        .narrow = formula_narrow, .take = formula_take, .settle = formula_settle         \
    }

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
