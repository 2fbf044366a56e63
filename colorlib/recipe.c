/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/forecast.h"
#include "colorlib/recipe_solver.h"

/* The weight of relative cost in a score (assumption). */
static const double cost_weight = 0.02;

/* Of the linear problem's rows of reflectance in percent. */
static const double spectral_weight = 0.05;

/* The liquids of every pigment at every age. */
static void prepare_liquids(struct recipe_solver *solver)
{
    const struct recipe_problem *p = &solver->problem;
    for (size_t t = 0; t < p->time_count; t++)
        for (size_t i = 0; i < p->pigment_count; i++) {
            struct mixture alone = {
                .count = 1, .pigment = {&p->pigments[i]}, .concentration = {1}};
            double retained =
                treatment_retention(&p->treatment, &p->pigments[i].fade, p->years[t]);
            mixture_transport(&alone, &retained, &solver->liquid[t][i].absorption,
                              &solver->liquid[t][i].scattering);
        }
}

/* The target and the bare skin as they are judged. */
static void prepare_colors(struct recipe_solver *solver)
{
    const struct recipe_problem *p = &solver->problem;
    struct bands skin;
    skin_bare(&p->treatment.skin, &skin);
    for (size_t v = 0; v < p->illuminant_count; v++) {
        solver->skin[v] = colorimetry_reflectance_lab(p->weights[v], skin.value);
        for (size_t t = 0; t < p->time_count; t++) {
            const struct bands *target =
                p->target_by_time ? &p->target_by_time[t] : &p->target;
            solver->target[t][v] =
                colorimetry_reflectance_lab(p->weights[v], target->value);
        }
    }
    solver->rule_target = colorimetry_reflectance_lab(p->rule_weights, p->target.value);
    solver->rule_skin = colorimetry_reflectance_lab(p->rule_weights, skin.value);
}

/* How light the skin is when healed, with what it holds already and nothing new. */
static double untreated_lightness(const struct recipe_solver *solver)
{
    const struct bands none = {{0}};
    struct bands reflectance;
    moment_reflectance(&solver->moment[0], &none, &none, &reflectance);
    return colorimetry_reflectance_lab(solver->problem.rule_weights, reflectance.value).L;
}

enum status recipe_solver_open(const struct recipe_problem *problem,
                               struct recipe_solver **out)
{
    enum status status = recipe_problem_check(problem);
    if (status != STATUS_OK)
        return status;
    if (treatment_coverage(&problem->treatment) > DOTS_COVERAGE_REFUSE)
        return STATUS_REJECTED;

    struct recipe_solver *solver =
        aligned_alloc(_Alignof(struct recipe_solver), sizeof *solver);
    if (!solver)
        return STATUS_NO_MEMORY;
    memset(solver, 0, sizeof *solver);
    solver->problem = *problem;
    if (!solver->problem.rule_weights)
        solver->problem.rule_weights = problem->weights[0];
    prepare_colors(solver);
    for (size_t t = 0; t < problem->time_count; t++)
        treatment_moment(&problem->treatment, problem->years[t], &solver->moment[t]);
    if (!(solver->rule_target.L < untreated_lightness(solver))) {
        recipe_solver_close(solver);
        return STATUS_REJECTED;
    }
    prepare_liquids(solver);
    recipe_views_make(solver);
    *out = solver;
    return STATUS_OK;
}

void recipe_solver_close(struct recipe_solver *solver)
{
    free(solver);
}

const cmsCIELab *recipe_target_lab(const struct recipe_solver *solver)
{
    return solver->target[0];
}

const cmsCIELab *recipe_skin_lab(const struct recipe_solver *solver)
{
    return solver->skin;
}

struct recipe_contrast recipe_contrast(const struct recipe_solver *solver)
{
    return (struct recipe_contrast){solver->rule_skin, solver->rule_target};
}

void recipe_linearize(const struct recipe_solver *solver,
                      struct normal_equations *equations)
{
    const struct recipe_problem *p = &solver->problem;
    inversion_linearize(&solver->moment[0], &p->target, solver->liquid[0],
                        p->pigment_count, p->weights, p->illuminant_share,
                        p->illuminant_count, spectral_weight, equations);
}

void recipe_reflectance(const struct recipe_solver *solver, size_t time,
                        const size_t *pigment, const double *concentration, size_t count,
                        struct bands *out)
{
    const struct liquid *liquid[MIXTURE_MAX];
    for (size_t k = 0; k < count; k++)
        liquid[k] = &solver->liquid[time][pigment[k]];
    moment_mixture(&solver->moment[time], liquid, concentration, count, out);
}

cmsCIELab recipe_healed_lab(const struct recipe_solver *solver, const size_t *pigment,
                            const double *concentration, size_t count)
{
    struct bands reflectance;
    recipe_reflectance(solver, 0, pigment, concentration, count, &reflectance);
    return colorimetry_reflectance_lab(solver->problem.weights[0], reflectance.value);
}

void recipe_concentrations(const struct recipe_solver *solver,
                           const struct recipe_part *part, size_t count, double water_ml,
                           double *concentration, double *volume_ml)
{
    double volume = water_ml;
    for (size_t k = 0; k < count; k++)
        volume += part[k].drops * solver->problem.pigments[part[k].pigment].drop_ml;
    for (size_t k = 0; k < count; k++)
        concentration[k] =
            part[k].drops * solver->problem.pigments[part[k].pigment].drop_ml / volume;
    *volume_ml = volume;
}

/* The dearest bottle's cost per ml; 0 when the cost of one is unknown, because then costs
 * cannot be compared. */
static double dearest(const struct recipe_problem *p)
{
    double most = 0;
    for (size_t i = 0; i < p->pigment_count; i++) {
        if (!(p->pigments[i].cost_per_ml > 0))
            return 0;
        most = fmax(most, p->pigments[i].cost_per_ml);
    }
    return most;
}

double recipe_price(const struct recipe_solver *solver, size_t pigment)
{
    double most = dearest(&solver->problem);
    return most > 0 ? cost_weight * solver->problem.pigments[pigment].cost_per_ml / most
                    : 0;
}

static double batch_cost(const struct recipe_solver *solver,
                         const struct recipe_part *part, size_t count)
{
    double cost = 0;
    for (size_t k = 0; k < count; k++) {
        const struct pigment *pigment = &solver->problem.pigments[part[k].pigment];
        cost += part[k].drops * pigment->drop_ml * pigment->cost_per_ml;
    }
    return cost;
}

double recipe_score(const struct recipe_solver *solver, const struct recipe_part *part,
                    size_t count, double water_ml, double objective)
{
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(solver, part, count, water_ml, concentration, &volume);
    double most = dearest(&solver->problem);
    double cost = most > 0 ? batch_cost(solver, part, count) / volume / most : 0;
    return objective + RECIPE_PIGMENT_PENALTY * (double)(count - 1) + cost_weight * cost;
}

static cmsCIELab batch_lab(const struct recipe_solver *solver,
                           const struct recipe_part *part, size_t count, double water_ml)
{
    size_t pigment[MIXTURE_MAX];
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(solver, part, count, water_ml, concentration, &volume);
    for (size_t k = 0; k < count; k++)
        pigment[k] = part[k].pigment;
    return recipe_healed_lab(solver, pigment, concentration, count);
}

enum status recipe_drop_change(const struct recipe_solver *solver,
                               const struct recipe *recipe, size_t part,
                               enum recipe_drop drop, struct recipe_change *out)
{
    struct recipe_part changed[MIXTURE_MAX];
    memcpy(changed, recipe->part, sizeof changed);
    double water_ml = recipe->water_ml;
    if (part == recipe->count)
        water_ml += (drop == RECIPE_ONE_MORE ? 1 : -1) * solver->problem.water_drop_ml;
    else if (drop == RECIPE_ONE_MORE)
        changed[part].drops++;
    else
        changed[part].drops--;
    bool empty = water_ml == 0 && recipe->count == 1 && changed[0].drops == 0;
    if (water_ml < 0 || empty)
        return STATUS_OUT_OF_RANGE;
    out->lab = batch_lab(solver, changed, recipe->count, water_ml);
    out->moved = difference_ciede2000(recipe->lab[0], out->lab);
    out->to_target = difference_ciede2000(solver->target[0][0], out->lab);
    return STATUS_OK;
}

/* What one drop more or less of any part, water included, does at the worst. */
static void drop_sensitivity(const struct recipe_solver *solver, struct recipe *recipe)
{
    static const enum recipe_drop drops[] = {RECIPE_ONE_LESS, RECIPE_ONE_MORE};
    for (size_t part = 0; part <= recipe->count; part++)
        for (size_t d = 0; d < sizeof drops / sizeof drops[0]; d++) {
            struct recipe_change change;
            if (recipe_drop_change(solver, recipe, part, drops[d], &change) != STATUS_OK)
                continue;
            recipe->worst_drop = fmax(recipe->worst_drop, change.to_target);
            if (drops[d] == RECIPE_ONE_MORE)
                recipe->drop_effect = fmax(recipe->drop_effect, change.moved);
        }
}

static enum status check_batch(const struct recipe_solver *solver,
                               const struct recipe_part *part, size_t count,
                               double water_ml)
{
    if (count < 1 || count > MIXTURE_MAX || !(water_ml >= 0 && isfinite(water_ml)))
        return STATUS_OUT_OF_RANGE;
    for (size_t k = 0; k < count; k++)
        if (part[k].pigment >= solver->problem.pigment_count || part[k].drops < 1)
            return STATUS_OUT_OF_RANGE;
    double concentration[MIXTURE_MAX], volume, loading = 0;
    recipe_concentrations(solver, part, count, water_ml, concentration, &volume);
    for (size_t k = 0; k < count; k++)
        loading += concentration[k];
    return loading <= RECIPE_LOADING_MAX ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

enum status recipe_evaluate(const struct recipe_solver *solver,
                            const struct recipe_part *part, size_t count, double water_ml,
                            struct recipe *out)
{
    enum status status = check_batch(solver, part, count, water_ml);
    if (status != STATUS_OK)
        return status;
    const struct recipe_problem *p = &solver->problem;
    struct recipe recipe = {.count = count, .water_ml = water_ml};
    size_t pigment[MIXTURE_MAX];
    double *concentration = recipe.mixture.concentration;
    recipe_concentrations(solver, part, count, water_ml, concentration,
                          &recipe.volume_ml);
    recipe.pigment_ml = recipe.volume_ml - water_ml;
    recipe.mixture.count = count;
    for (size_t k = 0; k < count; k++) {
        recipe.part[k] = part[k];
        pigment[k] = part[k].pigment;
        recipe.mixture.pigment[k] = &p->pigments[pigment[k]];
    }

    recipe_reflectance(solver, 0, pigment, concentration, count, &recipe.healed);
    for (size_t v = 0; v < p->illuminant_count; v++) {
        recipe.lab[v] = colorimetry_reflectance_lab(p->weights[v], recipe.healed.value);
        recipe.ciede2000[v] = difference_ciede2000(solver->target[0][v], recipe.lab[v]);
        if (v > 0)
            recipe.metamerism[v] = difference_metamerism(
                p->weights[0], p->weights[v], p->target.value, recipe.healed.value);
    }
    struct recipe_outlook outlook = recipe_outlook(solver, pigment, concentration, count);
    recipe.objective = outlook.objective;
    recipe.rule = outlook.violation > 0 ? RECIPE_RELAXED : RECIPE_WITHIN;
    recipe.score = recipe_score(solver, part, count, water_ml, outlook.objective);
    recipe.cost = dearest(p) > 0 ? batch_cost(solver, part, count) : 0;
    drop_sensitivity(solver, &recipe);
    *out = recipe;
    return STATUS_OK;
}
