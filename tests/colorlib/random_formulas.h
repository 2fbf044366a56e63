/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems of formulas that nobody would have thought of, and targets for them. */
#ifndef TESTS_COLORLIB_RANDOM_FORMULAS_H
#define TESTS_COLORLIB_RANDOM_FORMULAS_H

#include <check.h>

#include "colorlib/formula.h"
#include "tests/colorlib/random_colorants.h"
#include "tests/colorlib/random_colors.h"

enum { RANDOM_FORMULAS_COLORANTS = 24 };

/* A problem with what it points at, which stays where it was made. */
struct random_formulas {
    struct formula_problem problem;
    struct colorant colorant[RANDOM_FORMULAS_COLORANTS];
    struct colorant diluent;
    struct weights weights;
};

static inline struct weights random_weights(uint64_t *state)
{
    static const char *const name[] = {"D65", "A", "LED-B3"};
    static const enum observer observer[] = {OBSERVER_CIE_1931_2DEG,
                                             OBSERVER_CIE_1964_10DEG};
    struct illuminant illuminant;
    struct weights weights;
    ck_assert_int_eq(illuminant_find(name[random_index(state, 3)], &illuminant),
                     STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &illuminant,
                                  observer[random_index(state, 2)], &weights),
                     STATUS_OK);
    return weights;
}

/* So many colorants, and a diluent that is clear, that scatters and absorbs a little, or
 * none. The grid is left to the caller. */
static inline void random_formulas(uint64_t *state, size_t colorants,
                                   struct random_formulas *out)
{
    *out = (struct random_formulas){.weights = random_weights(state)};
    for (size_t i = 0; i < colorants; i++)
        out->colorant[i] = random_colorant(state);
    double share = random_share(state);
    if (share > 0.3)
        out->diluent = random_colorant_of(state, RANDOM_WEAK);
    out->problem = (struct formula_problem){
        .colorants = out->colorant,
        .colorant_count = colorants,
        .diluent = share < 0.6 ? &out->diluent : NULL,
        .drawdown = random_drawdown(state),
        .view = random_view(state),
        .weights = &out->weights,
        .threads = 1,
    };
}

static inline uint64_t random_formulas_choose(uint64_t n, uint64_t k)
{
    uint64_t count = 1;
    for (uint64_t i = 0; i < k; i++)
        count = count * (n - i) / (i + 1);
    return count; /* none of fewer than k */
}

/* The recipes of a grid, some of the same proportions. A size that has more colorants
 * than there are counts as one set. */
static inline double random_formulas_count(const struct formula_problem *p,
                                           unsigned parts_max)
{
    uint64_t recipes = 0, diluents = p->diluent != NULL;
    for (size_t size = 1; size <= p->size_max; size++) {
        uint64_t sets = random_formulas_choose(p->colorant_count, size);
        recipes += (sets > 0 ? sets : 1) *
                   random_formulas_choose(parts_max + diluents, size + diluents);
    }
    return (double)recipes;
}

/* As many parts as make no more recipes than that. */
static inline unsigned random_formulas_parts(const struct formula_problem *p,
                                             double recipes)
{
    unsigned parts = 1;
    while (parts < FORMULA_PARTS_MAX && random_formulas_count(p, parts + 1) <= recipes)
        parts++;
    return parts;
}

/* Pairs of colorants that hide what they lie upon, from some hundred recipes of each pair
 * to thousands. The colorants are of a kind, so that none drowns the other and recipes
 * lie all along the way between them. */
static inline void random_formulas_curves(uint64_t *state, size_t colorants,
                                          struct random_formulas *out)
{
    static const enum random_colorant_kind kinds[] = {
        RANDOM_WHITE, RANDOM_BLACK, RANDOM_CHROMATIC, RANDOM_STRONG, RANDOM_WEAK};
    enum random_colorant_kind kind = kinds[random_index(state, 5)];
    random_formulas(state, colorants, out);
    for (size_t i = 0; i < colorants; i++)
        out->colorant[i] = random_colorant_of(state, kind);
    out->problem.diluent = NULL;
    out->problem.drawdown.thickness_mm = DRAWDOWN_OPAQUE;
    out->problem.size_max = 2;
    out->problem.parts_max = (unsigned)random_scale(state, 26, FORMULA_PARTS_MAX + 1);
}

static inline struct formula_solver *
random_formulas_open(const struct random_formulas *formulas)
{
    struct formula_solver *solver;
    ck_assert_int_eq(formula_solver_open(&formulas->problem, &solver), STATUS_OK);
    return solver;
}

/* The color of a recipe of up to so many parts of each component. */
static inline cmsCIELab random_mixture(uint64_t *state,
                                       const struct formula_solver *solver,
                                       const struct formula_problem *p,
                                       unsigned parts_max)
{
    struct formula_part part[FORMULA_SIZE_MAX];
    size_t size = p->size_max < p->colorant_count ? p->size_max : p->colorant_count;
    size_t count = 1 + random_index(state, size), first = 0;
    for (size_t k = 0; k < count; k++) {
        size_t room = p->colorant_count - (count - k - 1) - first;
        part[k].colorant = first + random_index(state, room);
        part[k].parts = 1 + (unsigned)random_index(state, parts_max);
        first = part[k].colorant + 1;
    }
    unsigned diluent = p->diluent ? (unsigned)random_index(state, parts_max + 1) : 0;
    struct formula formula;
    const cmsCIELab any = {50, 0, 0};
    ck_assert_int_eq(formula_predict(solver, &any, part, count, diluent, &formula),
                     STATUS_OK);
    formula.lab.L = fmin(fmax(formula.lab.L, 0), 100);
    return formula.lab;
}

/* What the mixtures reach, to the last bit, nearly and not, and any color. */
static inline cmsCIELab random_aim(uint64_t *state, const struct formula_solver *solver,
                                   const struct formula_problem *p)
{
    unsigned parts = p->parts_max < 4 ? 1 : p->parts_max / 4;
    cmsCIELab recipe = random_mixture(state, solver, p, parts);
    switch (random_index(state, 8)) {
    case 0: return recipe;
    case 1: return random_mixture(state, solver, p, FORMULA_PARTS_MAX);
    case 2:
    case 3: return random_color_near(state, &recipe, random_scale(state, 0.1, 3));
    case 4: return random_color_near(state, &recipe, random_scale(state, 0.01, 30));
    default: return random_target(state);
    }
}

/* Darker than a mixture. */
static inline cmsCIELab random_aim_below(uint64_t *state,
                                         const struct formula_solver *solver,
                                         const struct formula_problem *p, double by)
{
    cmsCIELab target = random_mixture(state, solver, p, FORMULA_PARTS_MAX);
    target.L = fmax(target.L - by, 0);
    return target;
}

#endif
