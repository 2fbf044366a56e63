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

enum status recipe_problem_horizon(struct recipe_problem *problem, unsigned months)
{
    static const struct {
        unsigned months;
        size_t count;
        double share[RECIPE_TIMES_MAX];
    } horizons[] = {
        {12, 2, {0.6, 0.4}},
        {24, 3, {0.45, 0.30, 0.25}},
        {36, 4, {0.35, 0.25, 0.20, 0.20}},
        {60, 6, {0.25, 0.20, 0.15, 0.15, 0.125, 0.125}},
    };
    for (size_t h = 0; h < sizeof horizons / sizeof horizons[0]; h++) {
        if (horizons[h].months != months)
            continue;
        problem->time_count = horizons[h].count;
        for (size_t t = 0; t < horizons[h].count; t++) {
            problem->years[t] = t == 0 ? FORECAST_HEALED_YEARS : (double)t;
            problem->time_share[t] = horizons[h].share[t];
        }
        return STATUS_OK;
    }
    return STATUS_OUT_OF_RANGE;
}

void recipe_problem_shares(struct recipe_problem *problem)
{
    static const double shares[][3] = {{1}, {0.6, 0.4}, {0.50, 0.35, 0.15}};
    size_t count = problem->illuminant_count;
    for (size_t v = 0; v < count; v++)
        problem->illuminant_share[v] = count <= 3 ? shares[count - 1][v]
                                       : v == 0   ? 0.5
                                                  : 0.5 / (double)(count - 1);
}

static enum status check_shares(const double *share, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(share[i] >= 0))
            return STATUS_OUT_OF_RANGE;
        sum += share[i];
    }
    return fabs(sum - 1) < 1e-9 ? STATUS_OK : STATUS_OUT_OF_RANGE;
}

static enum status check_problem(const struct recipe_problem *p)
{
    if (p->pigment_count < 1 || p->pigment_count > PIGMENT_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->illuminant_count < 1 || p->illuminant_count > RECIPE_ILLUMINANTS_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->time_count < 1 || p->time_count > RECIPE_TIMES_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->pigments_max < 1 || p->pigments_max > MIXTURE_MAX)
        return STATUS_OUT_OF_RANGE;
    if (p->drops_max < 1 || p->drops_max > RECIPE_DROPS_MAX)
        return STATUS_OUT_OF_RANGE;
    if (!(p->volume_min_ml > 0 && p->volume_max_ml >= p->volume_min_ml &&
          p->volume_max_ml <= 1e4))
        return STATUS_OUT_OF_RANGE;
    if (!(p->water_step_ml >= 0.001 && p->water_drop_ml > 0))
        return STATUS_OUT_OF_RANGE;
    if (check_shares(p->illuminant_share, p->illuminant_count) != STATUS_OK)
        return STATUS_OUT_OF_RANGE;
    return check_shares(p->time_share, p->time_count);
}

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

enum status recipe_solver_open(const struct recipe_problem *problem,
                               struct recipe_solver **out)
{
    enum status status = check_problem(problem);
    if (status != STATUS_OK)
        return status;
    const struct technique *technique = &problem->treatment.technique;
    if (dots_coverage(technique->density_per_cm2, technique->radius_mm) >
        DOTS_COVERAGE_REFUSE)
        return STATUS_REJECTED;

    struct recipe_solver *solver = calloc(1, sizeof *solver);
    if (!solver)
        return STATUS_NO_MEMORY;
    solver->problem = *problem;
    struct bands skin;
    skin_bare(&problem->treatment.skin, &skin);
    for (size_t v = 0; v < problem->illuminant_count; v++) {
        const struct weights *weights = problem->weights[v];
        solver->target[v] = colorimetry_reflectance_lab(weights, problem->target.value);
        solver->skin[v] = colorimetry_reflectance_lab(weights, skin.value);
    }
    if (!(solver->target[0].L < solver->skin[0].L)) {
        recipe_solver_close(solver);
        return STATUS_REJECTED;
    }
    for (size_t t = 0; t < problem->time_count; t++)
        treatment_moment(&problem->treatment, problem->years[t], &solver->moment[t]);
    prepare_liquids(solver);
    *out = solver;
    return STATUS_OK;
}

void recipe_solver_close(struct recipe_solver *solver)
{
    free(solver);
}

const cmsCIELab *recipe_target_lab(const struct recipe_solver *solver)
{
    return solver->target;
}

const cmsCIELab *recipe_skin_lab(const struct recipe_solver *solver)
{
    return solver->skin;
}

void recipe_linearize(const struct recipe_solver *solver,
                      struct normal_equations *equations)
{
    const struct recipe_problem *p = &solver->problem;
    inversion_linearize(&solver->moment[0], &p->target, solver->liquid[0],
                        p->pigment_count, p->weights, p->illuminant_share,
                        p->illuminant_count, spectral_weight, equations);
}

static void reflectance_at(const struct recipe_solver *solver, size_t time,
                           const size_t *pigment, const double *concentration,
                           size_t count, struct bands *out)
{
    struct bands absorption = {{0}}, scattering = {{0}};
    for (size_t k = 0; k < count; k++) {
        const struct liquid *liquid = &solver->liquid[time][pigment[k]];
        for (size_t i = 0; i < BAND_COUNT; i++) {
            absorption.value[i] += concentration[k] * liquid->absorption.value[i];
            scattering.value[i] += concentration[k] * liquid->scattering.value[i];
        }
    }
    moment_reflectance(&solver->moment[time], &absorption, &scattering, out);
}

static double violation(const cmsCIELab *lab, const cmsCIELab *target)
{
    return fmax(0, target->L - RECIPE_DARKER_MAX - lab->L) +
           fmax(0, target->a - RECIPE_BLUER_MAX - lab->a) +
           fmax(0, target->b - RECIPE_BLUER_MAX - lab->b);
}

struct recipe_outlook recipe_outlook(const struct recipe_solver *solver,
                                     const size_t *pigment, const double *concentration,
                                     size_t count, double give_up)
{
    const struct recipe_problem *p = &solver->problem;
    struct recipe_outlook outlook = {0};
    for (size_t t = 0; t < p->time_count && outlook.objective <= give_up; t++) {
        struct bands reflectance;
        reflectance_at(solver, t, pigment, concentration, count, &reflectance);
        for (size_t v = 0; v < p->illuminant_count; v++) {
            cmsCIELab lab = colorimetry_reflectance_lab(p->weights[v], reflectance.value);
            outlook.objective += p->time_share[t] * p->illuminant_share[v] *
                                 difference_ciede2000(solver->target[v], lab);
            if (t == 0 && v == 0)
                outlook.violation = violation(&lab, &solver->target[0]);
        }
    }
    return outlook;
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

/* Cost of the bottle liquids in a batch; 0 when one of them is unknown. */
static double batch_cost(const struct recipe_solver *solver,
                         const struct recipe_part *part, size_t count)
{
    double cost = 0;
    for (size_t k = 0; k < count; k++) {
        const struct pigment *pigment = &solver->problem.pigments[part[k].pigment];
        if (pigment->cost_per_ml <= 0)
            return 0;
        cost += part[k].drops * pigment->drop_ml * pigment->cost_per_ml;
    }
    return cost;
}

double recipe_score(const struct recipe_solver *solver, const struct recipe_part *part,
                    size_t count, double water_ml, double objective)
{
    double dearest = 0;
    for (size_t i = 0; i < solver->problem.pigment_count; i++)
        dearest = fmax(dearest, solver->problem.pigments[i].cost_per_ml);
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(solver, part, count, water_ml, concentration, &volume);
    double cost = dearest > 0 ? batch_cost(solver, part, count) / volume / dearest : 0;
    return objective + RECIPE_PIGMENT_PENALTY * (double)(count - 1) + cost_weight * cost;
}

/* The healed color of a batch under the reference illuminant. */
static cmsCIELab healed_lab(const struct recipe_solver *solver,
                            const struct recipe_part *part, size_t count, double water_ml)
{
    size_t pigment[MIXTURE_MAX];
    double concentration[MIXTURE_MAX], volume;
    recipe_concentrations(solver, part, count, water_ml, concentration, &volume);
    for (size_t k = 0; k < count; k++)
        pigment[k] = part[k].pigment;
    struct bands reflectance;
    reflectance_at(solver, 0, pigment, concentration, count, &reflectance);
    return colorimetry_reflectance_lab(solver->problem.weights[0], reflectance.value);
}

enum status recipe_drop_change(const struct recipe_solver *solver,
                               const struct recipe *recipe, size_t part, int drops_more,
                               struct recipe_change *out)
{
    struct recipe_part changed[MIXTURE_MAX];
    memcpy(changed, recipe->part, sizeof changed);
    double water_ml = recipe->water_ml;
    if (part == recipe->count)
        water_ml += drops_more * solver->problem.water_drop_ml;
    else if (drops_more < 0 && changed[part].drops == 0)
        return STATUS_OUT_OF_RANGE;
    else
        changed[part].drops =
            drops_more < 0 ? changed[part].drops - 1 : changed[part].drops + 1;
    if (water_ml < 0)
        return STATUS_OUT_OF_RANGE;
    out->lab = healed_lab(solver, changed, recipe->count, water_ml);
    out->moved = difference_ciede2000(recipe->lab[0], out->lab);
    out->to_target = difference_ciede2000(solver->target[0], out->lab);
    return STATUS_OK;
}

/* What one drop more or less of any part, water included, does at the worst. */
static void drop_sensitivity(const struct recipe_solver *solver, struct recipe *recipe)
{
    for (size_t part = 0; part <= recipe->count; part++)
        for (int more = -1; more <= 1; more += 2) {
            struct recipe_change change;
            if (recipe_drop_change(solver, recipe, part, more, &change) != STATUS_OK)
                continue;
            recipe->worst_drop = fmax(recipe->worst_drop, change.to_target);
            if (more > 0)
                recipe->drop_effect = fmax(recipe->drop_effect, change.moved);
        }
}

static enum status check_batch(const struct recipe_solver *solver,
                               const struct recipe_part *part, size_t count,
                               double water_ml)
{
    if (count < 1 || count > MIXTURE_MAX || !(water_ml >= 0))
        return STATUS_OUT_OF_RANGE;
    for (size_t k = 0; k < count; k++)
        if (part[k].pigment >= solver->problem.pigment_count || part[k].drops < 1)
            return STATUS_OUT_OF_RANGE;
    return STATUS_OK;
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

    reflectance_at(solver, 0, pigment, concentration, count, &recipe.healed);
    for (size_t v = 0; v < p->illuminant_count; v++) {
        recipe.lab[v] = colorimetry_reflectance_lab(p->weights[v], recipe.healed.value);
        recipe.ciede2000[v] = difference_ciede2000(solver->target[v], recipe.lab[v]);
        if (v > 0)
            recipe.metamerism[v] = difference_metamerism(
                p->weights[0], p->weights[v], p->target.value, recipe.healed.value);
    }
    struct recipe_outlook outlook =
        recipe_outlook(solver, pigment, concentration, count, HUGE_VAL);
    recipe.objective = outlook.objective;
    recipe.rule = outlook.violation > 0 ? RECIPE_RELAXED : RECIPE_WITHIN;
    recipe.score = recipe_score(solver, part, count, water_ml, outlook.objective);
    recipe.cost = batch_cost(solver, part, count);
    drop_sensitivity(solver, &recipe);
    *out = recipe;
    return STATUS_OK;
}

enum status recipe_pour_ratio(const struct recipe_solver *solver, size_t pigment,
                              double concentration, double volume_ml, struct recipe *out)
{
    const struct recipe_problem *p = &solver->problem;
    if (pigment >= p->pigment_count || !(concentration > 0 && concentration <= 1))
        return STATUS_OUT_OF_RANGE;
    /* a hair's breadth, so that decimal amounts that just fit do fit */
    const double slack = 1e-9;
    double drop_ml = p->pigments[pigment].drop_ml;
    double drops = fmax(1, ceil(volume_ml * concentration / drop_ml - slack));
    double water_ml = drops * drop_ml * (1 / concentration - 1);
    double steps = ceil(water_ml / p->water_step_ml - slack);
    struct recipe_part part = {pigment, (unsigned)drops};
    return recipe_evaluate(solver, &part, 1, steps * p->water_step_ml, out);
}

struct recipe_ratio recipe_ratio(double concentration)
{
    const double spread = 1.5;
    double parts = 1 / concentration;
    return (struct recipe_ratio){parts - 1, fmax(0, parts / spread - 1),
                                 parts * spread - 1};
}

/* Grams of a millilitre of water at room temperature. */
static const double water_density = 1.0;

static int by_falling_drops(const void *left, const void *right)
{
    const struct recipe_part *a = left, *b = right;
    if (a->drops != b->drops)
        return a->drops < b->drops ? 1 : -1;
    return (a->pigment > b->pigment) - (a->pigment < b->pigment);
}

void recipe_steps(const struct recipe_solver *solver, const struct recipe *recipe,
                  struct recipe_step step[MIXTURE_MAX + 1])
{
    const struct recipe_problem *p = &solver->problem;
    struct recipe_part part[MIXTURE_MAX];
    memcpy(part, recipe->part, sizeof part);
    qsort(part, recipe->count, sizeof part[0], by_falling_drops);
    double grams = recipe->water_ml * water_density;
    step[0] =
        (struct recipe_step){NULL, (unsigned)lround(recipe->water_ml / p->water_drop_ml),
                             recipe->water_ml, grams, grams};
    for (size_t k = 0; k < recipe->count; k++) {
        const struct pigment *pigment = &p->pigments[part[k].pigment];
        double ml = part[k].drops * pigment->drop_ml;
        grams += ml * pigment->density_g_per_ml;
        step[k + 1] = (struct recipe_step){pigment, part[k].drops, ml,
                                           ml * pigment->density_g_per_ml, grams};
    }
}

static unsigned greatest_common_divisor(unsigned a, unsigned b)
{
    while (b > 0) {
        unsigned rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

enum status recipe_parts(const struct recipe_solver *solver, const struct recipe *recipe,
                         unsigned part[MIXTURE_MAX + 1])
{
    const double equal_ml = 1e-9; /* decimal amounts, not quite so in binary */
    const double drop_ml = solver->problem.water_drop_ml;
    struct recipe_step step[MIXTURE_MAX + 1];
    recipe_steps(solver, recipe, step);
    unsigned divisor = 0;
    for (size_t k = 0; k <= recipe->count; k++) {
        if (fabs(step[k].ml - step[k].drops * drop_ml) > equal_ml)
            return STATUS_NOT_FOUND;
        divisor = greatest_common_divisor(step[k].drops, divisor);
    }
    for (size_t k = 0; k <= recipe->count; k++)
        part[k] = step[k].drops / divisor;
    return STATUS_OK;
}

const char *recipe_reason_text(enum recipe_reason reason)
{
    switch (reason) {
    case RECIPE_LEAST_DIFFERENCE: return "least difference";
    case RECIPE_FEWER_PIGMENTS: return "as good, with fewer pigments";
    case RECIPE_MORE_FORGIVING: return "as good, and more forgiving of a drop";
    case RECIPE_LESS_METAMERISM: return "as good, and steadier under other light";
    case RECIPE_LOWER_COST: return "as good, at lower cost";
    case RECIPE_SMALLER_BATCH: return "as good, in a smaller batch";
    }
    return "unknown reason";
}
