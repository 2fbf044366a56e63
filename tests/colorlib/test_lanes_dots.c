/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_dots.h"

#include <math.h>

#include "colorlib/two_flux.h"
#include "tests/colorlib/instruction_sets.h"
#include "tests/random.h"
#include "tests/runner.h"

/* Any skin and any ink: a bed, and what lies in it. */
struct scene {
    struct dots_bed bed;
    struct bands K_add, S_add;
};

static void make_scene(uint64_t *state, struct scene *scene)
{
    *scene = (struct scene){.bed = {.height_mm = random_scale(state, 0.01, 5)}};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = random_scale(state, 1e-3, 30), S = random_scale(state, 0.1, 30);
        scene->bed.dermis_absorption.value[i] = K;
        scene->bed.dermis_scattering.value[i] = S;
        scene->bed.deep_reflectance.value[i] = two_flux_infinite(K, S);
        scene->bed.cover_constant.value[i] = 0.1 * random_share(state);
        scene->bed.cover_linear.value[i] = 0.2 + 0.5 * random_share(state);
        scene->bed.cover_pole.value[i] = 0.1 + 0.5 * random_share(state);
        scene->K_add.value[i] = random_scale(state, 1e-6, 1e4);
        scene->S_add.value[i] = random_scale(state, 1e-6, 100);
    }
}

/* The same from the layer and the cover, one after the other. */
static double expected(const struct scene *scene, size_t band)
{
    const struct dots_bed *bed = &scene->bed;
    struct two_flux_layer layer = two_flux_layer(
        bed->dermis_absorption.value[band] + scene->K_add.value[band],
        bed->dermis_scattering.value[band] + scene->S_add.value[band], bed->height_mm);
    double deposit = two_flux_over(layer, bed->deep_reflectance.value[band]);
    return (bed->cover_constant.value[band] + bed->cover_linear.value[band] * deposit) /
           (1 - bed->cover_pole.value[band] * deposit);
}

START_TEST(layers_of_any_ink_reflect_as_two_flux_says)
{
    uint64_t state = random_seed(1);
    for (size_t n = 0; n < 20000; n++) {
        struct scene scene;
        struct bands attenuation, found;
        make_scene(&state, &scene);
        lanes_bed_reflectance(LANES_BASELINE, &scene.bed, &scene.K_add, &scene.S_add,
                              &attenuation, &found);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            /* thinner than this the caller does not use the result */
            if (attenuation.value[i] < 1e-3)
                continue;
            /* 1 - exp(-2x) keeps 13 digits of 16 at x = 1e-3 */
            ck_assert_double_eq_tol(found.value[i], expected(&scene, i), 2e-13);
        }
        dots_bed_reflectance(&scene.bed, &scene.K_add, &scene.S_add, &found);
        for (size_t i = 0; i < BAND_COUNT; i++)
            ck_assert_double_eq_tol(found.value[i], expected(&scene, i), 2e-13);
    }
}
END_TEST

START_TEST(dots_absorb_what_meets_them)
{
    uint64_t state = random_seed(2);
    for (size_t n = 0; n < 2000; n++) {
        struct bands absorption, found;
        double strength = random_scale(&state, 0.01, 100);
        double chord_mm = random_scale(&state, 0.01, 1);
        for (size_t i = 0; i < BAND_COUNT; i++)
            absorption.value[i] = random_scale(&state, 1e-9, 1e7);
        absorption.value[n % BAND_COUNT] = 0;
        lanes_dots_absorption(LANES_BASELINE, strength, chord_mm, &absorption, &found);
        for (size_t i = 0; i < BAND_COUNT; i++)
            /* one rounding of 1 and the exponential's 4e-16 */
            ck_assert_double_eq_tol(found.value[i],
                                    -strength * expm1(-absorption.value[i] * chord_mm),
                                    strength * 6e-16);
    }
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    const enum lanes_isa isa = (enum lanes_isa)_i;
    uint64_t state = random_seed(3);
    for (size_t n = 0; n < 2000; n++) {
        struct scene scene;
        make_scene(&state, &scene);
        struct bands attenuation, baseline, absorbed, found;
        lanes_bed_reflectance(LANES_BASELINE, &scene.bed, &scene.K_add, &scene.S_add,
                              &attenuation, &baseline);
        lanes_dots_absorption(LANES_BASELINE, 2, 0.2, &scene.K_add, &absorbed);
        lanes_bed_reflectance(isa, &scene.bed, &scene.K_add, &scene.S_add, &attenuation,
                              &found);
        ck_assert_mem_eq(&found, &baseline, sizeof found);
        lanes_dots_absorption(isa, 2, 0.2, &scene.K_add, &found);
        ck_assert_mem_eq(&found, &absorbed, sizeof found);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("lanes_dots");
    TCase *tc = tcase_create("bands");
    tcase_add_test(tc, layers_of_any_ink_reflect_as_two_flux_says);
    tcase_add_test(tc, dots_absorb_what_meets_them);
    instruction_sets_add(tc, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(s, tc);
    return s;
}
