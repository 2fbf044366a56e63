/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas: which colorants, in how many whole parts each, look like a target as a film
 * that hides its backing or as one of given thickness over a given backing. The search is
 * exact: no recipe of its grid is nearer to the target than the one that it returns, and
 * a certificate says how that is known.
 */
#ifndef COLORLIB_FORMULA_H
#define COLORLIB_FORMULA_H

#include <stdint.h>

#include "colorlib/colorimetry.h"
#include "colorlib/drawdown.h"

enum {
    FORMULA_COLORANTS_MAX = 40,
    FORMULA_SIZE_MAX = 4, /* colorants in one recipe */
    FORMULA_PARTS_MAX = 100,
    FORMULA_THREADS_MAX = 64
};

/* The recipes of one set of colorants that a search can hold. */
enum { FORMULA_GRID_MAX = 1 << 20 };

/* Regions; years of work, and far from where counts of 64 bits end. */
#define FORMULA_BUDGET_MAX UINT64_C(1000000000000000)

/* Of more than that is lost at a surface, on either side, single precision tells too
 * little. */
#define FORMULA_SURFACE_MAX 0.9

/*
 * The grid: at most size_max of the colorants, whole parts by volume of at least 1 of
 * each, whole parts of the diluent of at least 0, at most parts_max in all. Recipes of
 * the same proportions are one. All pointers are the
 * caller's.
 */
struct formula_problem {
    const struct colorant *colorants;
    size_t colorant_count;          /* 1 to FORMULA_COLORANTS_MAX */
    const struct colorant *diluent; /* NULL where there is none */
    struct drawdown drawdown;
    struct drawdown_view view;
    const struct weights *weights; /* on the 31 bands */
    size_t size_max;               /* 1 to FORMULA_SIZE_MAX */
    unsigned parts_max;            /* 1 to FORMULA_PARTS_MAX */
    /* As many regions of the grid a search may look at, and one of every set of
     * colorants, before it settles for what it has found: up to FORMULA_BUDGET_MAX; 0 for
     * as many as it takes. */
    uint64_t budget;
    size_t threads; /* 1 to FORMULA_THREADS_MAX; changes no result */
};

struct formula_part {
    size_t colorant; /* index into the problem's, ascending in a recipe */
    unsigned parts;
};

struct formula {
    size_t count;
    struct formula_part part[FORMULA_SIZE_MAX];
    unsigned diluent;         /* parts */
    struct bands reflectance; /* as the instrument would see it */
    cmsCIELab lab;
    double ciede2000; /* against the target */
};

/* How good the best recipe is known to be. */
struct formula_certificate {
    uint64_t recipes;  /* different ones on the grid */
    uint64_t examined; /* of them computed one by one, at the most; regions without a
                          recipe that could be nearer took care of the others */
    uint64_t regions;  /* looked at */
    /* No recipe of the grid has a smaller CIEDE2000. It is that of the recipe found
     * unless the budget ended the search. */
    double bound;
};

struct formula_solver;

/*
 * Prepares the search. The colorants, the diluent and the weights must outlive the
 * solver. OUT_OF_RANGE when a count or the budget breaks the ranges above, a coefficient
 * is not from 0 to 1e6 per mm, the absorption and scattering of a colorant at a band are
 * less than 1e-12 per mm together, the film is not as drawdown.h says or its surface
 * reflects more than FORMULA_SURFACE_MAX on either side, or a set of colorants has more
 * than FORMULA_GRID_MAX recipes; NO_MEMORY.
 */
enum status formula_solver_open(const struct formula_problem *problem,
                                struct formula_solver **out);

/* Closes a solver; NULL is fine. */
void formula_solver_close(struct formula_solver *solver);

/*
 * What a recipe looks like next to a target, a color under the problem's weights.
 * OUT_OF_RANGE unless there are 1 to FORMULA_SIZE_MAX different colorants, in ascending
 * order, of 1 to FORMULA_PARTS_MAX parts each, and 0 to FORMULA_PARTS_MAX parts of the
 * diluent, 0 where there is none.
 */
enum status formula_predict(const struct formula_solver *solver, const cmsCIELab *target,
                            const struct formula_part *part, size_t count,
                            unsigned diluent, struct formula *out);

/*
 * The recipes nearest to a target: out[s - 1] is the best one of at most s colorants, for
 * each s up to size_max. Among those that agree to 1e-9 fewer colorants win, then fewer
 * parts, then the colorants that come first. A solver may search for several targets at
 * once; formula_many.h has what is faster for many.
 *
 * OUT_OF_RANGE when the target is not a color (0 <= L <= 100, |a|, |b| <= 200); NOT_FOUND
 * when the grid is empty; NO_MEMORY.
 */
enum status formula_search(const struct formula_solver *solver, const cmsCIELab *target,
                           struct formula out[FORMULA_SIZE_MAX],
                           struct formula_certificate *certificate);

#endif
