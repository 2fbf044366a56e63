/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colour note's worked example: reference clients, stubble, two synthetic pigments.
 */
#ifndef TESTS_COLORLIB_WORKED_EXAMPLE_H
#define TESTS_COLORLIB_WORKED_EXAMPLE_H

#include <check.h>
#include <math.h>

#include "colorlib/stubble.h"
#include "colorlib/treatment.h"

enum { EXAMPLE_HAIRS = 4 };

/* Absorption scales of black, dark brown, brown and blond hair. */
static const double example_hair_scale[EXAMPLE_HAIRS] = {8, 4, 1.3, 0.3};

/* Standard dots in a reference client. */
static inline struct treatment example_treatment(enum skin_reference reference,
                                                 double density_per_cm2)
{
    struct treatment treatment = {.conditions = fade_conditions_default,
                                  .technique = {.name = "standard",
                                                .density_per_cm2 = density_per_cm2,
                                                .radius_mm = 0.15,
                                                .depth_mm = 0.10,
                                                .height_mm = 0.30,
                                                .fill_fraction = 0.15}};
    struct skin_parameters parameters = skin_reference_parameters(reference);
    skin_from_parameters(&parameters, &treatment.skin);
    return treatment;
}

/* Stubble of the default density, diameter and length. */
static inline struct bands example_target(const struct skin *skin,
                                          double absorption_scale)
{
    struct hair hair = {.name = "hair",
                        .absorption_scale = absorption_scale,
                        .density_per_cm2 = 180,
                        .diameter_mm = 0.07,
                        .depth_mm = 1.5,
                        .length_mm = 0.3};
    struct bands target;
    ck_assert_int_eq(stubble_reflectance(skin, &hair, &target), STATUS_OK);
    return target;
}

/* Carbon stock, mu = 1125 x 550 / lambda, and the synthetic brown, an iron oxide,
 * mu = 260 / (1 + exp((lambda - 585) / 22)) + 25, mu' = 55 x 550 / lambda. */
static inline void example_pigments(struct pigment pigment[2])
{
    pigment[0] = (struct pigment){.id = "carbon",
                                  .class = PIGMENT_CARBON,
                                  .fade = fade_class_rates(PIGMENT_CARBON),
                                  .drop_ml = 0.04,
                                  .density_g_per_ml = 1,
                                  .strength = 1};
    pigment[1] = (struct pigment){.id = "brown",
                                  .class = PIGMENT_IRON_OXIDE,
                                  .fade = fade_class_rates(PIGMENT_IRON_OXIDE),
                                  .drop_ml = 0.04,
                                  .density_g_per_ml = 1,
                                  .strength = 1};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double nm = bands_wavelength_nm(i);
        pigment[0].K.value[i] = 2 * 1125 * 550 / nm;
        pigment[1].K.value[i] = 2 * (260 / (1 + exp((nm - 585) / 22)) + 25);
        pigment[1].S.value[i] = 0.75 * 55 * 550 / nm;
    }
}

/* A CIE illuminant and the 10 degree observer on the 31 bands. */
static inline struct weights example_weights(const char *illuminant_name_)
{
    struct illuminant illuminant;
    struct weights weights;
    ck_assert_int_eq(illuminant_find(illuminant_name_, &illuminant), STATUS_OK);
    ck_assert_int_eq(
        weights_make(&bands_grid, &illuminant, OBSERVER_CIE_1964_10DEG, &weights),
        STATUS_OK);
    return weights;
}

#endif
