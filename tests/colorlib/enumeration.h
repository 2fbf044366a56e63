/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All recipes of a problem one by one, as formula_predict() sees them. */
#ifndef TESTS_COLORLIB_ENUMERATION_H
#define TESTS_COLORLIB_ENUMERATION_H

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "colorlib/difference.h"
#include "colorlib/formula.h"

struct enumeration {
    const struct formula_solver *solver;
    const struct formula_problem *problem;
    struct formula_part part[FORMULA_SIZE_MAX]; /* of the one that comes next */
    struct formula *recipe;
    size_t count;
    size_t capacity;
};

static inline unsigned enumeration_divisor(unsigned a, unsigned b)
{
    return b == 0 ? a : enumeration_divisor(b, a % b);
}

/* Asserts that pass cost more than a recipe does. */
static inline void enumeration_add(struct enumeration *e, size_t count, unsigned diluent)
{
    const cmsCIELab any = {50, 0, 0};
    if (e->count == e->capacity) {
        e->capacity = e->capacity > 0 ? 2 * e->capacity : 1024;
        e->recipe = realloc(e->recipe, e->capacity * sizeof e->recipe[0]);
        ck_assert_ptr_nonnull(e->recipe);
    }
    if (formula_predict(e->solver, &any, e->part, count, diluent,
                        &e->recipe[e->count++]) != STATUS_OK)
        ck_abort_msg("recipe %zu is refused", e->count);
}

/* All recipes that go on from the first count parts, which leave so many others. */
static inline void enumeration_from(struct enumeration *e, size_t count, unsigned left,
                                    unsigned divisor)
{
    unsigned diluent_max = e->problem->diluent ? left : 0;
    for (unsigned d = 0; count > 0 && d <= diluent_max; d++)
        if (enumeration_divisor(divisor, d) == 1)
            enumeration_add(e, count, d);
    if (count == e->problem->size_max)
        return;
    size_t first = count > 0 ? e->part[count - 1].colorant + 1 : 0;
    for (size_t c = first; c < e->problem->colorant_count; c++)
        for (unsigned parts = 1; parts <= left; parts++) {
            e->part[count] = (struct formula_part){c, parts};
            enumeration_from(e, count + 1, left - parts,
                             enumeration_divisor(parts, divisor));
        }
}

/* Close it with enumeration_close. */
static inline struct enumeration enumeration_open(const struct formula_solver *solver,
                                                  const struct formula_problem *problem)
{
    struct enumeration e = {.solver = solver, .problem = problem};
    enumeration_from(&e, 0, problem->parts_max, 0);
    return e;
}

static inline void enumeration_close(struct enumeration *e)
{
    free(e->recipe);
}

static inline uint64_t enumeration_undiluted(const struct enumeration *e)
{
    uint64_t count = 0;
    for (size_t i = 0; i < e->count; i++)
        count += e->recipe[i].diluent == 0;
    return count;
}

static inline unsigned enumeration_parts(const struct formula *formula)
{
    unsigned sum = formula->diluent;
    for (size_t k = 0; k < formula->count; k++)
        sum += formula->part[k].parts;
    return sum;
}

/* As formula_search() promises: to 1e-9, then fewer colorants, fewer parts, and the
 * colorants that come first. */
static inline int enumeration_compare(const struct formula *a, const struct formula *b)
{
    double x = round(a->ciede2000 * 1e9), y = round(b->ciede2000 * 1e9);
    if (x != y)
        return x < y ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    if (enumeration_parts(a) != enumeration_parts(b))
        return enumeration_parts(a) < enumeration_parts(b) ? -1 : 1;
    for (size_t k = 0; k < a->count; k++)
        if (a->part[k].colorant != b->part[k].colorant)
            return a->part[k].colorant < b->part[k].colorant ? -1 : 1;
    return 0;
}

/* What formula_search() is to find. */
static inline void enumeration_search(struct enumeration *e, const cmsCIELab *target,
                                      struct formula out[FORMULA_SIZE_MAX])
{
    const struct formula *best[FORMULA_SIZE_MAX] = {NULL}; /* by colorants - 1 */
    for (size_t i = 0; i < e->count; i++) {
        struct formula *recipe = &e->recipe[i];
        const struct formula **of_size = &best[recipe->count - 1];
        recipe->ciede2000 = difference_ciede2000(*target, recipe->lab);
        if (!*of_size || enumeration_compare(recipe, *of_size) < 0)
            *of_size = recipe;
    }
    for (size_t s = 0; s < e->problem->size_max; s++) { /* at most so many colorants */
        if (s > 0 && (!best[s] || enumeration_compare(best[s], best[s - 1]) > 0))
            best[s] = best[s - 1];
        out[s] = *best[s];
    }
}

#endif
