/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/recipe_ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/forecast.h"
#include "colorlib/lanes.h"
#include "colorlib/recipe_worlds.h"
#include "colorlib/threads.h"

/* The share of the draws that counts as going badly. */
static const double tail_share = 0.2;

/*
 * The price of a chance: this times the square of what it exceeds RECIPE_CHANCE_MAX by.
 * The note gives 2 (violation)^2 without a unit; we take the violation as a share of the
 * draws, 0 to 0.9, so that the price runs from 0 to 1.6 of CIEDE2000.
 */
static const double chance_price = 2;

/* A recipe problem in one draw at one age. */
struct world {
    struct moment moment;
    double retained[PIGMENT_MAX];
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
    /* Of each age all draws side by side: together they are more than the near caches
     * hold, and in this order they are gone through. */
    struct world *world;
};

static struct world *world_at(const struct recipe_ensemble *ensemble, size_t time,
                              size_t draw)
{
    return &ensemble->world[time * ensemble->count + draw];
}

/* -- preparation ------------------------------------------------------------- */

/* A draw at all ages. */
static void make_worlds(struct recipe_ensemble *ensemble, const struct treatment *usual,
                        size_t draw)
{
    const struct recipe_problem *p = &ensemble->solver->problem;
    struct treatment treatment;
    struct dots_ground ground;
    draw_treatment(&ensemble->draw[draw], usual, &treatment);
    dots_ground_make(&treatment.skin, &ground);
    for (size_t t = 0; t < p->time_count; t++) {
        struct world *world = world_at(ensemble, t, draw);
        treatment_moment_in(&treatment, &ground, p->years[t], &world->moment);
        for (size_t i = 0; i < p->pigment_count; i++)
            world->retained[i] =
                treatment_retention(&treatment, &p->pigments[i].fade, p->years[t]);
    }
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
    ensemble->rule_is_first = recipe_same_light(p->rule_weights, p->weights[0]);
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
    ensemble->world =
        malloc(solver->problem.time_count * count * sizeof *ensemble->world);
    if (!ensemble->draw || !ensemble->world) {
        recipe_ensemble_close(ensemble);
        return STATUS_NO_MEMORY;
    }
    *out = ensemble;
    return STATUS_OK;
}

/* An ensemble whose worlds are to be made. */
struct preparation {
    struct recipe_ensemble *ensemble;
    const struct treatment *usual;
};

/* Draws of which one thread makes the worlds at a time. */
enum { PIECE = 16 };

static void make_piece(size_t piece, void *context)
{
    const struct preparation *preparation = context;
    struct recipe_ensemble *ensemble = preparation->ensemble;
    for (size_t j = piece * PIECE; j < (piece + 1) * PIECE && j < ensemble->count; j++)
        make_worlds(ensemble, preparation->usual, j);
}

static void prepare(struct recipe_ensemble *ensemble, const struct treatment *usual)
{
    struct preparation preparation = {ensemble, usual};
    prepare_common(ensemble);
    threads_run((ensemble->count + PIECE - 1) / PIECE, make_piece, &preparation);
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

static void reflectance_in(const struct recipe_ensemble *ensemble,
                           const struct world *world, const struct blend *blend,
                           const double *poured, struct bands *out)
{
    const struct liquid *liquid[MIXTURE_MAX];
    double present[MIXTURE_MAX];
    for (size_t k = 0; k < blend->count; k++) {
        liquid[k] = &ensemble->liquid[blend->pigment[k]];
        present[k] = poured[k] * world->retained[blend->pigment[k]];
    }
    moment_mixture(&world->moment, liquid, present, blend->count, out);
}

/* Draws side by side, LANES at the most: what they make of a mixture at one age. */
struct group {
    size_t first; /* draw */
    size_t count;
    double poured[LANES][MIXTURE_MAX];
    double reflectance[BAND_COUNT * LANES];
};

static void pour(const struct recipe_ensemble *ensemble, const struct blend *blend,
                 struct group *group)
{
    for (size_t k = 0; k < group->count; k++)
        draw_pour(&ensemble->draw[group->first + k], blend->concentration, blend->count,
                  group->poured[k]);
}

/* Lanes without a draw repeat the first. */
static void reflect(const struct recipe_ensemble *ensemble, const struct blend *blend,
                    size_t time, struct group *group)
{
    for (size_t k = 0; k < group->count; k++) {
        struct bands reflectance;
        reflectance_in(ensemble, world_at(ensemble, time, group->first + k), blend,
                       group->poured[k], &reflectance);
        for (size_t i = 0; i < BAND_COUNT; i++)
            group->reflectance[i * LANES + k] = reflectance.value[i];
    }
    for (size_t k = group->count; k < LANES; k++)
        for (size_t i = 0; i < BAND_COUNT; i++)
            group->reflectance[i * LANES + k] = group->reflectance[i * LANES];
}

/* A target as it is in each draw of a group. */
static void shift_target(const struct recipe_ensemble *ensemble,
                         const struct group *group, cmsCIELab target,
                         struct lanes_lab *out)
{
    for (size_t k = 0; k < LANES; k++) {
        size_t lane = k < group->count ? k : 0;
        const double *shift = ensemble->draw[group->first + lane].target_lab;
        out->L[k] = target.L + shift[0];
        out->a[k] = target.a + shift[1];
        out->b[k] = target.b + shift[2];
    }
}

/* -- all draws --------------------------------------------------------------- */

/* What the draws make of a mixture. */
struct outcome {
    double objective[RECIPE_DRAWS_MAX + LANES]; /* E */
    double ciede2000[RECIPE_DRAWS_MAX + LANES]; /* healed, under the first light */
    double lightness[RECIPE_DRAWS_MAX + LANES]; /* L*, the same */
    /* draws that have gone wrong, by age */
    size_t darker[RECIPE_TIMES_MAX];
    size_t bluer[RECIPE_TIMES_MAX];
};

/* Counts the colors of a group that have gone wrong. */
static void judge_colors(const struct recipe_ensemble *ensemble,
                         const struct group *group, size_t time,
                         const struct lanes_lab *lab, struct outcome *outcome)
{
    struct lanes_lab target;
    shift_target(ensemble, group, ensemble->rule_target[time], &target);
    for (size_t k = 0; k < group->count; k++) {
        outcome->darker[time] += lab->L[k] < target.L[k] - RECIPE_WRONG_DARKER;
        outcome->bluer[time] += lab->b[k] < target.b[k] - RECIPE_WRONG_BLUER ||
                                lab->a[k] < target.a[k] - RECIPE_WRONG_BLUER;
    }
}

/* Adds what a group looks like at one age. */
static void look(const struct recipe_ensemble *ensemble, const struct group *group,
                 size_t time, struct outcome *outcome)
{
    const struct recipe_solver *solver = ensemble->solver;
    const struct recipe_problem *p = &solver->problem;
    const enum lanes_isa isa = lanes_isa_best();
    struct lanes_lab lab, target, rule;
    double difference[LANES];
    for (size_t v = 0; v < p->illuminant_count; v++) {
        const double share = p->time_share[time] * p->illuminant_share[v];
        lanes_lab(isa, p->weights[v], group->reflectance, 1, &lab);
        shift_target(ensemble, group, solver->target[time][v], &target);
        lanes_ciede2000(isa, &target, &lab, 1, difference);
        for (size_t k = 0; k < LANES; k++)
            outcome->objective[group->first + k] += share * difference[k];
        if (v > 0)
            continue;
        rule = lab;
        if (time > 0)
            continue;
        memcpy(&outcome->ciede2000[group->first], difference, sizeof difference);
        memcpy(&outcome->lightness[group->first], lab.L, sizeof lab.L);
    }
    if (!ensemble->judged[time])
        return;
    if (!ensemble->rule_is_first)
        lanes_lab(isa, p->rule_weights, group->reflectance, 1, &rule);
    judge_colors(ensemble, group, time, &rule, outcome);
}

static double worst_share(const size_t wrong[RECIPE_TIMES_MAX], size_t draws)
{
    size_t most = 0;
    for (size_t t = 0; t < RECIPE_TIMES_MAX; t++)
        most = wrong[t] > most ? wrong[t] : most;
    return (double)most / (double)draws;
}

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

static void run(const struct recipe_ensemble *ensemble, const struct blend *blend,
                size_t draws, struct outcome *outcome)
{
    memset(outcome->objective, 0, (draws + LANES) * sizeof outcome->objective[0]);
    memset(outcome->darker, 0, sizeof outcome->darker);
    memset(outcome->bluer, 0, sizeof outcome->bluer);
    for (size_t first = 0; first < draws; first += LANES) {
        struct group group = {.first = first,
                              .count = draws - first < LANES ? draws - first : LANES};
        pour(ensemble, blend, &group);
        for (size_t t = 0; t < ensemble->solver->problem.time_count; t++) {
            reflect(ensemble, blend, t, &group);
            look(ensemble, &group, t, outcome);
        }
    }
}

/* Sorts the objectives. */
static struct recipe_fortune summarize(const struct recipe_ensemble *ensemble,
                                       struct outcome *outcome, size_t draws)
{
    double *objective = outcome->objective;
    struct recipe_fortune fortune = {.objective = quantiles_of(objective, draws)};
    fortune.mean = quantiles_tail_mean(objective, draws, 1);
    fortune.tail = quantiles_tail_mean(objective, draws, tail_share);
    fortune.darker = worst_share(outcome->darker, draws);
    fortune.bluer = worst_share(outcome->bluer, draws);
    price_chances(ensemble, &fortune);
    return fortune;
}

struct recipe_fortune recipe_fortune(const struct recipe_ensemble *ensemble,
                                     const size_t *pigment, const double *concentration,
                                     size_t count, size_t draws)
{
    const struct blend blend = {count, pigment, concentration};
    struct outcome outcome;
    run(ensemble, &blend, draws, &outcome);
    return summarize(ensemble, &outcome, draws);
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
    struct outcome outcome;
    run(ensemble, &blend, ensemble->count, &outcome);
    struct recipe_fortune fortune = summarize(ensemble, &outcome, ensemble->count);
    *out = (struct recipe_prospect){
        .mean = fortune.mean,
        .tail = fortune.tail,
        .score = recipe_score(ensemble->solver, recipe->part, recipe->count,
                              recipe->water_ml, recipe_fortune_value(&fortune)),
        .darker = fortune.darker,
        .bluer = fortune.bluer,
        .objective = fortune.objective,
        .ciede2000 = quantiles_of(outcome.ciede2000, ensemble->count),
        .lightness = quantiles_of(outcome.lightness, ensemble->count),
        .rule = fortune.excess > 0 ? RECIPE_RELAXED : recipe->rule,
    };
}
