/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "colorlib/forecast.h"
#include "colorlib/recipe_worlds.h"

/* The share of the draws that counts as going badly. */
static const double tail_share = 0.2;

/*
 * The price of a chance: this times the square of what it exceeds RECIPE_CHANCE_MAX by.
 * The note gives 2 (violation)^2 without a unit; we take the violation as a share of the
 * draws, 0 to 0.9, so that the price runs from 0 to 1.6 of CIEDE2000.
 */
static const double chance_price = 2;

/* A recipe problem in one draw. */
struct world {
    struct moment moment[RECIPE_TIMES_MAX];
    double retained[RECIPE_TIMES_MAX][PIGMENT_MAX];
};

struct recipe_ensemble {
    const struct recipe_solver *solver;
    enum recipe_caution caution;
    struct liquid liquid[PIGMENT_MAX]; /* all of it retained */
    bool judged[RECIPE_TIMES_MAX];     /* ages at which the chances count */
    cmsCIELab rule_target[RECIPE_TIMES_MAX];
    /* The rule's light is the first, as it mostly is: no need to look twice. */
    bool rule_is_first;
    size_t count;
    struct draw *draw;
    struct world *world;
};

/* -- preparation ------------------------------------------------------------- */

static void make_world(const struct recipe_problem *p, const struct treatment *usual,
                       const struct draw *draw, struct world *out)
{
    struct treatment treatment;
    draw_treatment(draw, usual, &treatment);
    for (size_t t = 0; t < p->time_count; t++) {
        treatment_moment(&treatment, p->years[t], &out->moment[t]);
        for (size_t i = 0; i < p->pigment_count; i++)
            out->retained[t][i] =
                treatment_retention(&treatment, &p->pigments[i].fade, p->years[t]);
    }
}

static bool same_light(const struct weights *a, const struct weights *b)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (a->x[i] != b->x[i] || a->y[i] != b->y[i] || a->z[i] != b->z[i])
            return false;
    return true;
}

/* What all worlds share. */
static void prepare_common(struct recipe_ensemble *ensemble)
{
    const struct recipe_problem *p = &ensemble->solver->problem;
    for (size_t i = 0; i < p->pigment_count; i++) {
        struct mixture alone = {
            .count = 1, .pigment = {&p->pigments[i]}, .concentration = {1}};
        mixture_transport(&alone, NULL, &ensemble->liquid[i].absorption,
                          &ensemble->liquid[i].scattering);
    }
    for (size_t t = 0; t < p->time_count; t++) {
        const struct bands *target =
            p->target_by_time ? &p->target_by_time[t] : &p->target;
        ensemble->judged[t] = p->years[t] >= FORECAST_HEALED_YEARS;
        ensemble->rule_target[t] =
            colorimetry_reflectance_lab(p->rule_weights, target->value);
    }
    ensemble->rule_is_first = same_light(p->rule_weights, p->weights[0]);
}

/* An ensemble with room for count draws. */
static enum status allocate(const struct recipe_solver *solver, size_t count,
                            enum recipe_caution caution, struct recipe_ensemble **out)
{
    if (count < 1 || count > RECIPE_DRAWS_MAX)
        return STATUS_OUT_OF_RANGE;
    struct recipe_ensemble *ensemble = calloc(1, sizeof *ensemble);
    if (!ensemble)
        return STATUS_NO_MEMORY;
    ensemble->solver = solver;
    ensemble->caution = caution;
    ensemble->count = count;
    ensemble->draw = malloc(count * sizeof *ensemble->draw);
    ensemble->world = malloc(count * sizeof *ensemble->world);
    if (!ensemble->draw || !ensemble->world) {
        recipe_ensemble_close(ensemble);
        return STATUS_NO_MEMORY;
    }
    *out = ensemble;
    return STATUS_OK;
}

static void prepare(struct recipe_ensemble *ensemble, const struct treatment *usual)
{
    prepare_common(ensemble);
    for (size_t j = 0; j < ensemble->count; j++)
        make_world(&ensemble->solver->problem, usual, &ensemble->draw[j],
                   &ensemble->world[j]);
}

enum status recipe_ensemble_open(const struct recipe_solver *solver,
                                 const struct recipe_uncertainty *uncertainty,
                                 struct recipe_ensemble **out)
{
    struct recipe_ensemble *ensemble;
    enum status status =
        allocate(solver, uncertainty->draws, uncertainty->caution, &ensemble);
    if (status != STATUS_OK)
        return status;
    status = draws_make(uncertainty->skin, uncertainty->state, uncertainty->draws,
                        uncertainty->seed, ensemble->draw);
    if (status != STATUS_OK) {
        recipe_ensemble_close(ensemble);
        return status;
    }
    prepare(ensemble, uncertainty->usual);
    *out = ensemble;
    return STATUS_OK;
}

enum status recipe_ensemble_open_draws(const struct recipe_solver *solver,
                                       const struct treatment *usual,
                                       const struct draw *draw, size_t count,
                                       enum recipe_caution caution,
                                       struct recipe_ensemble **out)
{
    struct recipe_ensemble *ensemble;
    enum status status = allocate(solver, count, caution, &ensemble);
    if (status != STATUS_OK)
        return status;
    memcpy(ensemble->draw, draw, count * sizeof *draw);
    prepare(ensemble, usual);
    *out = ensemble;
    return STATUS_OK;
}

void recipe_ensemble_close(struct recipe_ensemble *ensemble)
{
    if (!ensemble)
        return;
    free(ensemble->world);
    free(ensemble->draw);
    free(ensemble);
}

const struct recipe_solver *recipe_ensemble_solver(const struct recipe_ensemble *ensemble)
{
    return ensemble->solver;
}

size_t recipe_ensemble_draws(const struct recipe_ensemble *ensemble)
{
    return ensemble->count;
}

/* -- one draw ---------------------------------------------------------------- */

/* A mixture's liquids in the problem. */
struct blend {
    size_t count;
    const size_t *pigment;
    const double *concentration;
};

/* What one draw makes of a mixture. */
struct outcome {
    double objective; /* E */
    double ciede2000; /* healed, under the first light */
    double lightness;
    bool darker[RECIPE_TIMES_MAX];
    bool bluer[RECIPE_TIMES_MAX];
};

static void reflectance_in(const struct recipe_ensemble *ensemble,
                           const struct world *world, size_t time,
                           const struct blend *blend, const double *poured,
                           struct bands *out)
{
    struct bands absorption = {{0}}, scattering = {{0}};
    for (size_t k = 0; k < blend->count; k++) {
        const struct liquid *liquid = &ensemble->liquid[blend->pigment[k]];
        double present = poured[k] * world->retained[time][blend->pigment[k]];
        for (size_t i = 0; i < BAND_COUNT; i++) {
            absorption.value[i] += present * liquid->absorption.value[i];
            scattering.value[i] += present * liquid->scattering.value[i];
        }
    }
    moment_reflectance(&world->moment[time], &absorption, &scattering, out);
}

static cmsCIELab shifted(cmsCIELab lab, const double shift[3])
{
    return (cmsCIELab){lab.L + shift[0], lab.a + shift[1], lab.b + shift[2]};
}

/* Whether a color has gone wrong. */
static void judge_color(const struct recipe_ensemble *ensemble, size_t time,
                        const double *target_shift, cmsCIELab lab,
                        struct outcome *outcome)
{
    cmsCIELab target = shifted(ensemble->rule_target[time], target_shift);
    outcome->darker[time] = lab.L < target.L - RECIPE_WRONG_DARKER;
    outcome->bluer[time] =
        lab.b < target.b - RECIPE_WRONG_BLUER || lab.a < target.a - RECIPE_WRONG_BLUER;
}

static struct outcome outcome_in(const struct recipe_ensemble *ensemble, size_t draw,
                                 const struct blend *blend)
{
    const struct recipe_solver *solver = ensemble->solver;
    const struct recipe_problem *p = &solver->problem;
    const double *shift = ensemble->draw[draw].target_lab;
    struct outcome outcome = {0};
    double poured[MIXTURE_MAX];
    draw_pour(&ensemble->draw[draw], blend->concentration, blend->count, poured);
    for (size_t t = 0; t < p->time_count; t++) {
        struct bands reflectance;
        cmsCIELab lab[RECIPE_ILLUMINANTS_MAX];
        reflectance_in(ensemble, &ensemble->world[draw], t, blend, poured, &reflectance);
        for (size_t v = 0; v < p->illuminant_count; v++) {
            lab[v] = colorimetry_reflectance_lab(p->weights[v], reflectance.value);
            double difference =
                difference_ciede2000(shifted(solver->target[t][v], shift), lab[v]);
            outcome.objective += p->time_share[t] * p->illuminant_share[v] * difference;
            if (t == 0 && v == 0)
                outcome.ciede2000 = difference;
        }
        if (t == 0)
            outcome.lightness = lab[0].L;
        if (ensemble->judged[t])
            judge_color(ensemble, t, shift,
                        ensemble->rule_is_first ? lab[0]
                                                : colorimetry_reflectance_lab(
                                                      p->rule_weights, reflectance.value),
                        &outcome);
    }
    return outcome;
}

/* -- all draws --------------------------------------------------------------- */

/* Draws in which a mixture goes wrong, by age. */
struct tally {
    size_t darker[RECIPE_TIMES_MAX];
    size_t bluer[RECIPE_TIMES_MAX];
};

static void count_in(struct tally *tally, const struct outcome *outcome)
{
    for (size_t t = 0; t < RECIPE_TIMES_MAX; t++) {
        tally->darker[t] += outcome->darker[t];
        tally->bluer[t] += outcome->bluer[t];
    }
}

static double worst_share(const size_t wrong[RECIPE_TIMES_MAX], size_t draws)
{
    size_t most = 0;
    for (size_t t = 0; t < RECIPE_TIMES_MAX; t++)
        most = wrong[t] > most ? wrong[t] : most;
    return (double)most / (double)draws;
}

/* The healed colors of all draws. */
struct healed {
    double ciede2000[RECIPE_DRAWS_MAX];
    double lightness[RECIPE_DRAWS_MAX];
};

static void price_chances(const struct recipe_ensemble *ensemble,
                          struct recipe_fortune *fortune)
{
    double darker = fmax(fortune->darker - RECIPE_CHANCE_MAX, 0);
    double bluer = fmax(fortune->bluer - RECIPE_CHANCE_MAX, 0);
    if (ensemble->caution == RECIPE_CHANCES_PENALIZED)
        fortune->price = chance_price * (darker * darker + bluer * bluer);
    else
        fortune->excess = darker + bluer;
}

/* Fills in healed unless it is NULL. */
static struct recipe_fortune run(const struct recipe_ensemble *ensemble,
                                 const struct blend *blend, size_t draws,
                                 struct healed *healed)
{
    double objective[RECIPE_DRAWS_MAX];
    struct tally tally = {{0}, {0}};
    for (size_t j = 0; j < draws; j++) {
        struct outcome outcome = outcome_in(ensemble, j, blend);
        objective[j] = outcome.objective;
        count_in(&tally, &outcome);
        if (healed) {
            healed->ciede2000[j] = outcome.ciede2000;
            healed->lightness[j] = outcome.lightness;
        }
    }
    struct recipe_fortune fortune = {
        .objective = quantiles_of(objective, draws),
        .mean = quantiles_tail_mean(objective, draws, 1),
        .tail = quantiles_tail_mean(objective, draws, tail_share),
        .darker = worst_share(tally.darker, draws),
        .bluer = worst_share(tally.bluer, draws)};
    price_chances(ensemble, &fortune);
    return fortune;
}

struct recipe_fortune recipe_fortune(const struct recipe_ensemble *ensemble,
                                     const size_t *pigment, const double *concentration,
                                     size_t count, size_t draws)
{
    return run(ensemble, &(struct blend){count, pigment, concentration}, draws, NULL);
}

double recipe_fortune_value(const struct recipe_fortune *fortune)
{
    return (fortune->mean + fortune->tail) / 2 + fortune->price;
}

void recipe_ensemble_judge(const struct recipe_ensemble *ensemble,
                           const struct recipe *recipe, struct recipe_prospect *out)
{
    size_t pigment[MIXTURE_MAX];
    for (size_t k = 0; k < recipe->count; k++)
        pigment[k] = recipe->part[k].pigment;
    const struct blend blend = {recipe->count, pigment, recipe->mixture.concentration};
    struct healed healed;
    struct recipe_fortune fortune = run(ensemble, &blend, ensemble->count, &healed);
    *out = (struct recipe_prospect){
        .mean = fortune.mean,
        .tail = fortune.tail,
        .score = recipe_score(ensemble->solver, recipe->part, recipe->count,
                              recipe->water_ml, recipe_fortune_value(&fortune)),
        .darker = fortune.darker,
        .bluer = fortune.bluer,
        .objective = fortune.objective,
        .ciede2000 = quantiles_of(healed.ciede2000, ensemble->count),
        .lightness = quantiles_of(healed.lightness, ensemble->count),
        .rule = fortune.excess > 0 ? RECIPE_RELAXED : recipe->rule,
    };
}
