/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "colorlib/inversion.h"
#include "colorlib/stubble.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

static struct moment healed_moment(double density_per_cm2)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, density_per_cm2);
    struct moment moment;
    treatment_moment(&treatment, 0.115, &moment);
    return moment;
}

START_TEST(the_required_absorption_gives_back_the_target)
{
    struct moment moment = healed_moment(150);
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct bands target = example_target(&treatment.skin, example_hair_scale[_i]);
    struct inversion required;
    inversion_make(&moment, &target, &required);
    ck_assert_uint_eq(required.clipped, 0);

    const struct bands none = {{0}};
    struct bands liquid, reflectance;
    for (size_t i = 0; i < BAND_COUNT; i++)
        liquid.value[i] = required.absorption.value[i] / moment.fill;
    moment_reflectance(&moment, &liquid, &none, &reflectance);
    /* the property that the model's note asks for */
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(reflectance.value[i], target.value[i], 1e-9);
}
END_TEST

START_TEST(a_target_as_light_as_the_skin_needs_no_absorption)
{
    struct moment moment = healed_moment(150);
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct bands target;
    skin_bare(&treatment.skin, &target);
    for (size_t i = 0; i < BAND_COUNT; i++)
        target.value[i] *= 1.05;
    struct inversion required;
    inversion_make(&moment, &target, &required);
    ck_assert_uint_eq(required.clipped, 0);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq(required.absorption.value[i], 0);
}
END_TEST

START_TEST(a_target_darker_than_the_dots_can_be_is_clipped_in_every_band)
{
    struct moment moment = healed_moment(60);
    struct bands black;
    for (size_t i = 0; i < BAND_COUNT; i++)
        black.value[i] = 0.03;
    struct inversion required;
    inversion_make(&moment, &black, &required);
    ck_assert_uint_eq(required.clipped, BAND_COUNT);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(required.absorption.value[i] * moment.chord_mm,
                                -log(1 - INVERSION_SHARE_MAX), 1e-12);
}
END_TEST

/* Colour note, worked example of the solver: the three D65 rows alone give 0.0178,
 * 0.0275. The slopes decide the third digit of brown: differences over a tenth of the
 * absorption give the note's 0.0275, their limit, which we use, 0.0278. */
START_TEST(the_linear_stage_reproduces_the_worked_example)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 130);
    struct bands target = example_target(&treatment.skin, 1.3);
    struct moment moment;
    treatment_moment(&treatment, 0.115, &moment);
    struct pigment pigment[2];
    struct liquid liquid[2] = {0};
    struct bands scattering; /* left out, as the note does at this stage */
    example_pigments(pigment);
    for (size_t i = 0; i < 2; i++) {
        struct mixture alone = {
            .count = 1, .pigment = {&pigment[i]}, .concentration = {1}};
        double retained = treatment_retention(&treatment, &pigment[i].fade, 0.115);
        mixture_transport(&alone, &retained, &liquid[i].absorption, &scattering);
    }
    struct weights weights = example_weights("D65");
    struct normal_equations e;
    inversion_linearize(&moment, &target, liquid, 2, (const struct weights *[]){&weights},
                        (double[]){1}, 1, 0, &e);
    double determinant = e.gram[0][0] * e.gram[1][1] - e.gram[0][1] * e.gram[1][0];
    double carbon =
        (e.right_side[0] * e.gram[1][1] - e.right_side[1] * e.gram[0][1]) / determinant;
    double brown =
        (e.right_side[1] * e.gram[0][0] - e.right_side[0] * e.gram[1][0]) / determinant;
    ck_assert_double_eq_tol(carbon, 0.0178, 1e-4);
    ck_assert_double_eq_tol(brown, 0.0275, 4e-4);
}
END_TEST

START_TEST(what_made_the_target_is_found_again)
{
    /* a target made of the pigments themselves, where scattering plays no part */
    struct treatment treatment = example_treatment(SKIN_TAN, 150);
    struct moment moment;
    treatment_moment(&treatment, 0.115, &moment);
    struct pigment pigment[2];
    example_pigments(pigment);
    struct liquid liquid[2] = {0};
    struct bands sum = {{0}}, target;
    const struct bands none = {{0}};
    const double truth[] = {0.03, 0.02};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            liquid[k].absorption.value[i] = pigment[k].K.value[i] / 2;
            sum.value[i] += truth[k] * liquid[k].absorption.value[i];
        }
    moment_reflectance(&moment, &sum, &none, &target);
    struct weights weights = example_weights("D65");
    struct normal_equations e;
    inversion_linearize(&moment, &target, liquid, 2, (const struct weights *[]){&weights},
                        (double[]){1}, 1, 0.05, &e);
    for (size_t k = 0; k < 2; k++) {
        double gradient = -e.right_side[k];
        for (size_t j = 0; j < 2; j++)
            gradient += e.gram[k][j] * truth[j];
        /* the inverse is exact, so only rounding is left of the normal equations */
        ck_assert_double_eq_tol(gradient / e.right_side[k], 0, 1e-9);
    }
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("inversion");
    TCase *exact = tcase_create("exact inverse");
    tcase_add_loop_test(exact, the_required_absorption_gives_back_the_target, 0,
                        EXAMPLE_HAIRS);
    tcase_add_test(exact, a_target_as_light_as_the_skin_needs_no_absorption);
    tcase_add_test(exact, a_target_darker_than_the_dots_can_be_is_clipped_in_every_band);
    suite_add_tcase(s, exact);
    TCase *linear = tcase_create("linear problem");
    tcase_add_test(linear, the_linear_stage_reproduces_the_worked_example);
    tcase_add_test(linear, what_made_the_target_is_found_again);
    suite_add_tcase(s, linear);
    return s;
}
