/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problems of recipes that nobody would have thought of. */
#ifndef TESTS_COLORLIB_RANDOM_BOTTLES_H
#define TESTS_COLORLIB_RANDOM_BOTTLES_H

#include "colorlib/recipe.h"
#include "tests/colorlib/random_colorants.h"
#include "tests/colorlib/worked_example.h"

enum { RANDOM_BOTTLES = 5, RANDOM_LIGHTS = 3 };

/* A problem with what it points to. */
struct random_problem {
    struct weights weights[RANDOM_LIGHTS];
    struct weights rule;
    struct pigment bottle[RANDOM_BOTTLES];
    struct bands target_by_time[RECIPE_TIMES_MAX];
    struct recipe_problem problem;
};

/* Blacks, oxides of all colors, whites, and what absorbs next to nothing. */
static inline struct pigment random_bottle(uint64_t *state)
{
    static const double drops_ml[] = {0.03, 0.04, 0.04, 0.05};
    struct pigment bottle = {.class = (enum pigment_class)random_index(state, 5),
                             .drop_ml = drops_ml[random_index(state, 4)],
                             .density_g_per_ml = 1,
                             .cost_per_ml = random_between(state, 0.5, 5),
                             .strength = 1};
    bottle.fade = fade_class_rates(bottle.class);
    double strongest = random_scale(state, 0.1, 2000),
           edge = random_between(state, 400, 700);
    double width = random_scale(state, 10, 400), least = random_share(state);
    double scattering = random_index(state, 3) ? random_scale(state, 1, 400) : 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double nm = bands_wavelength_nm(i);
        bottle.K.value[i] =
            strongest * (least + (1 - least) / (1 + exp((nm - edge) / width)));
        bottle.S.value[i] = scattering * 550 / nm;
    }
    return bottle;
}

/* A mixture of the bottles, so that the target can be come near to, or a stubble. */
static inline struct bands random_aim(uint64_t *state, const struct random_problem *r)
{
    const struct recipe_problem *p = &r->problem;
    if (random_index(state, 2))
        return example_target(&p->treatment.skin, random_scale(state, 0.2, 10));
    struct mixture mixture = {.count = 1 + random_index(state, 2)};
    for (size_t k = 0; k < mixture.count; k++) {
        mixture.pigment[k] = &r->bottle[random_index(state, p->pigment_count)];
        mixture.concentration[k] = random_scale(state, 0.01, 0.2);
    }
    struct bands aim;
    treatment_reflectance(&p->treatment, &mixture, 0.12, &aim);
    return aim;
}

static inline void random_grid(uint64_t *state, struct recipe_problem *p)
{
    p->volume_min_ml = random_between(state, 0.3, 2);
    p->volume_max_ml = p->volume_min_ml * random_between(state, 1, 1.6);
    p->water_step_ml = random_between(state, 0.03, 0.2);
    p->water_drop_ml = 0.05;
    p->pigments_max =
        1 + random_index(state,
                         p->pigment_count < MIXTURE_MAX ? p->pigment_count : MIXTURE_MAX);
    static const unsigned drops_max[MIXTURE_MAX] = {40, 24, 14, 10};
    p->drops_max = 1 + (unsigned)random_index(state, drops_max[p->pigments_max - 1]);
}

/* One skin under an earlier session's work out of four, or bare, and dots of any kind. */
static inline void random_treatment(uint64_t *state, struct random_problem *r)
{
    struct treatment *treatment = &r->problem.treatment;
    *treatment = example_treatment((enum skin_reference)random_index(state, 3),
                                   random_between(state, 60, 250));
    treatment->technique.fill_fraction = random_between(state, 0.05, 0.4);
    treatment->technique.radius_mm = random_between(state, 0.08, 0.18);
    if (random_index(state, 8) == 0) { /* next to nothing absorbs under the dots */
        double left = random_index(state, 2) ? random_scale(state, 1e-9, 1e-2) : 0;
        for (size_t i = 0; i < BAND_COUNT; i += 1 + random_index(state, 3))
            treatment->skin.optics.absorption_dermis.value[i] *= left;
    }
    if (random_index(state, 4) > 0)
        return;
    treatment->earlier_count = 1;
    treatment->earlier[0] = (struct deposit){
        .mixture = {1, {&r->bottle[0]}, {random_scale(state, 0.001, 0.05)}},
        .density_per_cm2 = 40,
        .radius_mm = 0.15,
        .fill_fraction = 0.15,
        .years = random_between(state, 0.1, 3)};
}

static inline void random_lights(uint64_t *state, struct random_problem *r)
{
    static const char *const name[] = {"D65", "LED-B3", "A"};
    struct recipe_problem *p = &r->problem;
    p->illuminant_count = 1 + random_index(state, RANDOM_LIGHTS);
    for (size_t v = 0; v < RANDOM_LIGHTS; v++) {
        r->weights[v] = example_weights(name[v]);
        p->weights[v] = &r->weights[v];
    }
    recipe_problem_shares(p, name);
    r->rule = r->weights[2];
    if (random_index(state, 3) == 0)
        p->rule_weights = &r->rule;
}

/* Small enough to be looked at in full. The solver that is opened uses it. */
static inline struct recipe_solver *random_solver(uint64_t *state,
                                                  struct random_problem *r)
{
    struct recipe_solver *solver = NULL;
    static const unsigned months[] = {12, 24, 36, 60};
    do {
        *r = (struct random_problem){.problem.pigments = r->bottle};
        struct recipe_problem *p = &r->problem;
        p->pigment_count = 1 + random_index(state, RANDOM_BOTTLES);
        for (size_t k = 0; k < p->pigment_count; k++)
            r->bottle[k] = random_bottle(state);
        if (random_index(state, 6) == 0) /* a second bottle of the same */
            r->bottle[p->pigment_count - 1] = r->bottle[0];
        random_treatment(state, r);
        random_lights(state, r);
        random_grid(state, p);
        ck_assert_int_eq(recipe_problem_horizon(p, months[random_index(state, 4)]),
                         STATUS_OK);
        p->target = random_aim(state, r);
        if (random_index(state, 4) == 0) {
            for (size_t t = 0; t < p->time_count; t++)
                r->target_by_time[t] = random_aim(state, r);
            p->target_by_time = r->target_by_time;
        }
    } while (recipe_solver_open(&r->problem, &solver) != STATUS_OK);
    return solver;
}

#endif
