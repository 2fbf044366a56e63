/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes_views.h"

#include <math.h>

#include "tests/colorlib/instruction_sets.h"
#include "tests/random.h"
#include "tests/runner.h"

static const char *const light_names[LANES_LIGHTS] = {"D65", "LED-B3", "A", "D50"};

struct scene {
    struct weights light[LANES_LIGHTS];
    struct lanes_views views;
    struct bands reflectance[LANES_SPECTRA];
    const struct bands *spectrum[LANES_SPECTRA];
};

static void look_everywhere(struct scene *scene)
{
    for (size_t v = 0; v < LANES_LIGHTS; v++) {
        struct illuminant illuminant;
        ck_assert_int_eq(illuminant_find(light_names[v], &illuminant), STATUS_OK);
        ck_assert_int_eq(weights_make(&bands_grid, &illuminant, OBSERVER_CIE_1964_10DEG,
                                      &scene->light[v]),
                         STATUS_OK);
    }
    scene->views = (struct lanes_views){0};
    for (size_t s = 0; s < LANES_SPECTRA; s++) {
        scene->spectrum[s] = &scene->reflectance[s];
        for (size_t v = 0; v < LANES_LIGHTS; v++)
            lanes_views_set(&scene->views, s * LANES_LIGHTS + v, &scene->light[v]);
    }
}

/* From nearly black, where CIELAB is linear, to white. */
static void fill_spectra(uint64_t *state, struct scene *scene)
{
    for (size_t s = 0; s < LANES_SPECTRA; s++) {
        double level = exp(-7 * random_share(state));
        for (size_t i = 0; i < BAND_COUNT; i++)
            scene->reflectance[s].value[i] = level * random_share(state);
    }
}

START_TEST(every_lane_sees_its_spectrum_in_its_light)
{
    struct scene scene;
    struct lanes_lab lab;
    uint64_t state = random_seed(1);
    look_everywhere(&scene);
    for (size_t n = 0; n < 5000; n++) {
        fill_spectra(&state, &scene);
        lanes_views_lab(lanes_isa_best(), &scene.views, scene.spectrum, &lab);
        for (size_t lane = 0; lane < LANES; lane++) {
            cmsCIELab expected =
                colorimetry_reflectance_lab(&scene.light[lane % LANES_LIGHTS],
                                            scene.reflectance[lane / LANES_LIGHTS].value);
            ck_assert_double_eq_tol(lab.L[lane], expected.L, LANES_LAB_ERROR);
            ck_assert_double_eq_tol(lab.a[lane], expected.a, LANES_LAB_ERROR);
            ck_assert_double_eq_tol(lab.b[lane], expected.b, LANES_LAB_ERROR);
        }
    }
}
END_TEST

START_TEST(a_lane_that_does_not_look_is_black)
{
    struct scene scene;
    struct lanes_lab lab;
    uint64_t state = random_seed(2);
    look_everywhere(&scene);
    fill_spectra(&state, &scene);
    scene.views = (struct lanes_views){0};
    lanes_views_set(&scene.views, 5, &scene.light[0]);
    lanes_views_lab(lanes_isa_best(), &scene.views, scene.spectrum, &lab);
    ck_assert_double_gt(lab.L[5], 0);
    for (size_t lane = 0; lane < LANES; lane++)
        if (lane != 5)
            ck_assert_double_eq_tol(fabs(lab.L[lane]) + fabs(lab.a[lane]) +
                                        fabs(lab.b[lane]),
                                    0, LANES_LAB_ERROR);
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    const enum lanes_isa isa = (enum lanes_isa)_i;
    struct scene scene;
    struct lanes_lab baseline, found;
    uint64_t state = random_seed(3);
    look_everywhere(&scene);
    for (size_t n = 0; n < 2000; n++) {
        fill_spectra(&state, &scene);
        lanes_views_lab(LANES_BASELINE, &scene.views, scene.spectrum, &baseline);
        lanes_views_lab(isa, &scene.views, scene.spectrum, &found);
        ck_assert_mem_eq(&found, &baseline, sizeof found);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("lanes_views");
    TCase *tc = tcase_create("views");
    tcase_add_test(tc, every_lane_sees_its_spectrum_in_its_light);
    tcase_add_test(tc, a_lane_that_does_not_look_is_black);
    instruction_sets_add(tc, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(s, tc);
    return s;
}
