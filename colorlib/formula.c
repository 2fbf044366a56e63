/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/formula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/formula_solver.h"
#include "colorlib/parts.h"

/* Per mm; what neither absorbs nor scatters more is clear. */
static const double coefficient_min = 1e-12, coefficient_max = 1e6;

/* Floats have no ratio for what does not scatter; so much less than it absorbs makes no
 * difference to them. */
static const float scattering_share = 1e-7f, scattering_min = 1e-20f;

/* -- preparation --------------------------------------------------------------------- */

enum brightness { MAY_BE_CLEAR, NOT_CLEAR };

static enum status check_liquid(const struct colorant *liquid, enum brightness brightness)
{
    if (!drawdown_is_colorant(liquid))
        return STATUS_OUT_OF_RANGE;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = liquid->K.value[i], S = liquid->S.value[i];
        if (K > coefficient_max || S > coefficient_max ||
            (brightness == NOT_CLEAR && K + S < coefficient_min))
            return STATUS_OUT_OF_RANGE;
    }
    return STATUS_OK;
}

static bool is_clear(const struct colorant *liquid)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (liquid->K.value[i] + liquid->S.value[i] > 0)
            return false;
    return true;
}

static bool is_opaque(const struct formula_problem *problem)
{
    return isinf(problem->drawdown.thickness_mm);
}

static enum status check_film(const struct formula_problem *p)
{
    const struct surface *surface = &p->view.surface;
    if (!(surface->external >= 0 && surface->external <= FORMULA_SURFACE_MAX) ||
        !(surface->internal >= 0 && surface->internal <= FORMULA_SURFACE_MAX) ||
        !(p->drawdown.thickness_mm > 0))
        return STATUS_OUT_OF_RANGE;
    if (is_opaque(p))
        return STATUS_OK;
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!isfinite(p->drawdown.background.value[i]))
            return STATUS_OUT_OF_RANGE;
    return p->drawdown.thickness_mm < 1e3 ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

static enum status check(const struct formula_problem *p)
{
    if (p->colorant_count < 1 || p->colorant_count > FORMULA_COLORANTS_MAX ||
        p->size_max < 1 || p->size_max > FORMULA_SIZE_MAX || p->parts_max < 1 ||
        p->parts_max > FORMULA_PARTS_MAX || p->threads < 1 ||
        p->threads > FORMULA_THREADS_MAX || p->budget > FORMULA_BUDGET_MAX ||
        p->weights->grid.count != BAND_COUNT)
        return STATUS_OUT_OF_RANGE;
    enum status status = check_film(p);
    for (size_t i = 0; i < p->colorant_count && status == STATUS_OK; i++)
        status = check_liquid(&p->colorants[i], NOT_CLEAR);
    if (status == STATUS_OK && p->diluent)
        status = check_liquid(p->diluent, MAY_BE_CLEAR);
    return status;
}

/* A vehicle that is clear does not change what hides its backing, so that recipes without
 * it are all there are; over a backing it thins the color. */
static enum formula_diluent diluent_of(const struct formula_problem *p)
{
    bool counts = p->diluent && !(is_opaque(p) && is_clear(p->diluent));
    return counts ? FORMULA_DILUTED : FORMULA_UNDILUTED;
}

static size_t band_of(size_t lane)
{
    return lane < BAND_COUNT ? lane : BAND_COUNT - 1;
}

static void load_liquid(const struct colorant *from, struct appearance_colorant *to)
{
    for (size_t i = 0; i < APPEARANCE_LANES; i++) {
        float K = (float)from->K.value[band_of(i)], S = (float)from->S.value[band_of(i)];
        to->K[i] = K;
        to->S[i] = fmaxf(fmaxf(S, scattering_share * K), scattering_min);
    }
}

static void load_film(const struct formula_problem *p, struct appearance_film *film)
{
    const struct drawdown_view *view = &p->view;
    double k1 = view->surface.external, k2 = view->surface.internal;
    film->offset = view->specular == SURFACE_SPECULAR_INCLUDED ? (float)k1 : 0;
    film->gain = (float)((1 - k1) * (1 - k2));
    film->internal = (float)k2;
    film->thickness_mm = is_opaque(p) ? 1 : (float)p->drawdown.thickness_mm;
    for (size_t i = 0; i < APPEARANCE_LANES && !is_opaque(p); i++) {
        double internal = surface_internal(&view->surface, view->specular,
                                           p->drawdown.background.value[band_of(i)]);
        film->backing[i] = (float)fmin(fmax(internal, 0), 1);
    }
}

static enum status load_grids(struct formula_solver *solver)
{
    const struct formula_problem *p = &solver->problem;
    for (size_t size = 1; size <= p->size_max; size++) {
        uint64_t count = formula_grid_count(size, solver->diluent, p->parts_max);
        if (count > FORMULA_GRID_MAX)
            return STATUS_OUT_OF_RANGE;
        solver->sets[size - 1] = count > 0 ? sets_count(p->colorant_count, size) : 0;
        solver->recipes += count * solver->sets[size - 1];
        enum status status = count > 0
                                 ? formula_grid_open(size, solver->diluent, p->parts_max,
                                                     &solver->grid[size - 1])
                                 : STATUS_OK;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status formula_solver_open(const struct formula_problem *problem,
                                struct formula_solver **out)
{
    enum status status = check(problem);
    if (status != STATUS_OK)
        return status;
    struct formula_solver *solver = aligned_alloc(
        64, (sizeof *solver + 63) / 64 * 64); /* its lanes start at whole registers */
    if (!solver)
        return STATUS_NO_MEMORY;
    *solver = (struct formula_solver){
        .problem = *problem,
        .diluent = diluent_of(problem),
        .isa = lanes_isa_best(),
        .appearance = is_opaque(problem) ? &appearance_opaque : &appearance_film,
    };
    load_film(problem, &solver->film);
    for (size_t i = 0; i < problem->colorant_count; i++)
        load_liquid(&problem->colorants[i], &solver->liquid[i]);
    if (solver->diluent == FORMULA_DILUTED)
        load_liquid(problem->diluent, &solver->liquid[FORMULA_DILUENT]);
    status = load_grids(solver);
    if (status != STATUS_OK) {
        formula_solver_close(solver);
        return status;
    }
    *out = solver;
    return STATUS_OK;
}

void formula_solver_close(struct formula_solver *solver)
{
    if (!solver)
        return;
    for (size_t size = 0; size < FORMULA_SIZE_MAX; size++)
        formula_grid_close(solver->grid[size]);
    free(solver);
}

/* -- recipes ------------------------------------------------------------------------- */

static struct formula predict(const struct formula_solver *solver,
                              const cmsCIELab *target, const struct formula *recipe)
{
    const struct formula_problem *p = &solver->problem;
    struct colorant liquid[FORMULA_COMPONENTS_MAX], mixture;
    double fraction[FORMULA_COMPONENTS_MAX], sum = recipe->diluent;
    size_t count = recipe->count;
    for (size_t k = 0; k < count; k++)
        sum += recipe->part[k].parts;
    for (size_t k = 0; k < count; k++) {
        liquid[k] = p->colorants[recipe->part[k].colorant];
        fraction[k] = recipe->part[k].parts / sum;
    }
    if (recipe->diluent > 0) {
        liquid[count] = *p->diluent;
        fraction[count++] = recipe->diluent / sum;
    }
    struct formula out = *recipe;
    drawdown_mix(liquid, fraction, count, &mixture);
    drawdown_reflectance(&mixture, &p->drawdown, &p->view, &out.reflectance);
    out.lab = colorimetry_reflectance_lab(p->weights, out.reflectance.value);
    out.ciede2000 = difference_ciede2000(*target, out.lab);
    return out;
}

struct formula formula_of(const struct formula_solver *solver,
                          const struct formula_aim *aim, const struct formula_set *set,
                          const uint8_t *parts)
{
    unsigned diluent = solver->diluent == FORMULA_DILUTED ? parts[set->count] : 0;
    unsigned divisor = diluent;
    for (size_t k = 0; k < set->count; k++)
        divisor = parts_common_divisor(divisor, parts[k]);
    struct formula recipe = {.count = set->count, .diluent = diluent / divisor};
    for (size_t k = 0; k < set->count; k++)
        recipe.part[k] = (struct formula_part){set->colorant[k], parts[k] / divisor};
    return predict(solver, &aim->target, &recipe);
}

enum status formula_predict(const struct formula_solver *solver, const cmsCIELab *target,
                            const struct formula_part *part, size_t count,
                            unsigned diluent, struct formula *out)
{
    const struct formula_problem *p = &solver->problem;
    if (count < 1 || count > FORMULA_SIZE_MAX ||
        diluent > (p->diluent ? FORMULA_PARTS_MAX : 0))
        return STATUS_OUT_OF_RANGE;
    struct formula recipe = {.count = count, .diluent = diluent};
    for (size_t k = 0; k < count; k++) {
        if (part[k].colorant >= p->colorant_count || part[k].parts < 1 ||
            part[k].parts > FORMULA_PARTS_MAX ||
            (k > 0 && part[k].colorant <= part[k - 1].colorant))
            return STATUS_OUT_OF_RANGE;
        recipe.part[k] = part[k];
    }
    *out = predict(solver, target, &recipe);
    return STATUS_OK;
}
