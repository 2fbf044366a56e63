/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_moment.h"

#include <math.h>

#include "tests/colorlib/instruction_sets.h"
#include "tests/random.h"
#include "tests/runner.h"

/* Any hand on any skin, with what it poured. */
struct scene {
    struct moment moment;
    struct liquid liquid[MIXTURE_MAX];
    const struct liquid *mixed[MIXTURE_MAX];
    double amount[MIXTURE_MAX];
    size_t count;
};

static void make_scene(uint64_t *state, struct scene *scene)
{
    struct treatment treatment = {
        .technique = {.density_per_cm2 = random_scale(state, 20, 300),
                      .radius_mm = random_scale(state, 0.05, 0.2),
                      .depth_mm = 0.3 * random_share(state),
                      .height_mm = random_scale(state, 0.05, 0.5),
                      .fill_fraction = random_scale(state, 0.02, 0.5)},
        .conditions = fade_conditions_default};
    struct skin_parameters skin = skin_reference_parameters(
        (enum skin_reference)(unsigned)(3 * random_share(state)));
    skin_from_parameters(&skin, &treatment.skin);
    treatment_moment(&treatment, 5 * random_share(state), &scene->moment);
    scene->count = 1 + (size_t)(MIXTURE_MAX * random_share(state));
    for (size_t k = 0; k < scene->count; k++) {
        scene->mixed[k] = &scene->liquid[k];
        scene->amount[k] = random_scale(state, 1e-4, 0.5);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            scene->liquid[k].absorption.value[i] = random_scale(state, 1e-3, 3000);
            scene->liquid[k].scattering.value[i] = random_scale(state, 1e-3, 300);
            scene->moment.earlier_K.value[i] = random_scale(state, 1e-3, 3);
            scene->moment.earlier_S.value[i] = random_scale(state, 1e-3, 3);
        }
    }
}

/* The same through dots.h. */
static void expect(const struct scene *scene, struct bands *out)
{
    const struct moment *moment = &scene->moment;
    struct dot_population dots = {
        moment->density_per_cm2, moment->radius_mm, {{0}}, {{0}}};
    struct bands K_add = moment->earlier_K, S_add = moment->earlier_S;
    for (size_t k = 0; k < scene->count; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double held = moment->fill * scene->amount[k];
            dots.absorption.value[i] += held * scene->liquid[k].absorption.value[i];
            dots.scattering.value[i] += held * scene->liquid[k].scattering.value[i];
        }
    dots_add(&dots, moment->bed.height_mm, &K_add, &S_add);
    dots_bed_reflectance(&moment->bed, &K_add, &S_add, out);
}

START_TEST(a_mixture_in_dots_reflects_as_dots_say)
{
    uint64_t state = random_seed(1);
    for (size_t n = 0; n < 5000; n++) {
        struct scene scene;
        struct bands found, expected;
        make_scene(&state, &scene);
        ck_assert(!scene.moment.is_thin);
        moment_mixture(&scene.moment, scene.mixed, scene.amount, scene.count, &found);
        expect(&scene, &expected);
        for (size_t i = 0; i < BAND_COUNT; i++)
            /* a layer as thin as a moment's keeps 13 digits of 16 */
            ck_assert_double_eq_tol(found.value[i], expected.value[i], 2e-13);
    }
}
END_TEST

START_TEST(a_thin_layer_keeps_its_digits)
{
    uint64_t state = random_seed(2);
    for (size_t n = 0; n < 200; n++) {
        struct scene scene;
        struct bands found, expected;
        make_scene(&state, &scene);
        scene.moment.bed.height_mm = 1e-6;
        scene.moment.is_thin = dots_bed_is_thin(&scene.moment.bed);
        ck_assert(scene.moment.is_thin);
        moment_mixture(&scene.moment, scene.mixed, scene.amount, scene.count, &found);
        expect(&scene, &expected);
        /* the same sums */
        for (size_t i = 0; i < BAND_COUNT; i++)
            ck_assert_double_eq_tol(found.value[i], expected.value[i], 1e-15);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    const enum lanes_isa isa = (enum lanes_isa)_i;
    uint64_t state = random_seed(3);
    for (size_t n = 0; n < 2000; n++) {
        struct scene scene;
        struct bands baseline, found;
        make_scene(&state, &scene);
        lanes_moment_reflectance(LANES_BASELINE, &scene.moment, scene.mixed, scene.amount,
                                 scene.count, &baseline);
        lanes_moment_reflectance(isa, &scene.moment, scene.mixed, scene.amount,
                                 scene.count, &found);
        ck_assert_mem_eq(&found, &baseline, sizeof found);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("lanes_moment");
    TCase *tc = tcase_create("bands");
    tcase_add_test(tc, a_mixture_in_dots_reflects_as_dots_say);
    tcase_add_test(tc, a_thin_layer_keeps_its_digits);
    instruction_sets_add(tc, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(s, tc);
    return s;
}
