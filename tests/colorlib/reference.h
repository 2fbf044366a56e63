/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work that check values of stubble, treatment and forecast speak of. */
#ifndef TESTS_COLORLIB_REFERENCE_H
#define TESTS_COLORLIB_REFERENCE_H

#include <string.h>

#include <check.h>

#include "colorlib/colorimetry.h"
#include "colorlib/stubble.h"
#include "colorlib/treatment.h"

static inline struct skin reference_skin(enum skin_reference which)
{
    struct skin_parameters parameters = skin_reference_parameters(which);
    struct skin skin;
    skin_from_parameters(&parameters, &skin);
    return skin;
}

/* 15 % of carbon black in water, 7.5 m^2/g (Bond and Bergstrom 2006): mu = 1125 mm^-1 at
 * 550 nm, as 1 / lambda; K = 2 mu. */
static inline struct pigment reference_carbon(void)
{
    struct pigment carbon = {.class = PIGMENT_CARBON,
                             .fade = fade_class_rates(PIGMENT_CARBON)};
    for (size_t i = 0; i < BAND_COUNT; i++)
        carbon.K.value[i] = 2 * 1125 * 550 / bands_wavelength_nm(i);
    return carbon;
}

/* The default technique and conditions. */
static inline struct treatment reference_treatment(enum skin_reference which)
{
    return (struct treatment){
        .skin = reference_skin(which),
        .technique = {.density_per_cm2 = 150,
                      .radius_mm = 0.15,
                      .depth_mm = 0.10,
                      .height_mm = 0.30,
                      .fill_fraction = 0.15},
        .conditions = fade_conditions_default,
    };
}

/* Hair of the default density, diameter, depth and length. */
static inline struct hair reference_hair(double absorption_scale, double grey_fraction)
{
    return (struct hair){.absorption_scale = absorption_scale,
                         .density_per_cm2 = 180,
                         .diameter_mm = 0.07,
                         .depth_mm = 1.5,
                         .length_mm = 0.3,
                         .grey_fraction = grey_fraction};
}

/* D65, 10 degrees, on the 31 bands. */
static inline struct weights reference_weights(void)
{
    struct illuminant d65;
    struct weights weights;
    ck_assert_int_eq(illuminant_find("D65", &d65), STATUS_OK);
    ck_assert_int_eq(weights_make(&bands_grid, &d65, OBSERVER_CIE_1964_10DEG, &weights),
                     STATUS_OK);
    return weights;
}

static inline cmsCIELab reference_lab(const struct bands *reflectance)
{
    struct weights weights = reference_weights();
    return colorimetry_reflectance_lab(&weights, reflectance->value);
}

#endif
