/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published optical properties of what pigments are made of. */
#ifndef PROFILES_MIE_MATERIAL_H
#define PROFILES_MIE_MATERIAL_H

#include <complex.h>

enum material {
    MATERIAL_HEMATITE, /* red iron oxide */
    MATERIAL_RUTILE    /* titanium dioxide */
};

/* The two refractive indices n + ik of a uniaxial crystal. */
struct material_index {
    double complex ordinary;
    double complex extraordinary;
};

/* A crystal's indices at 400 to 700 nm. */
struct material_index material_index(enum material material, double wavelength_nm);

/* Refractive index of water at 400 to 700 nm. */
double material_water_index(double wavelength_nm);

/*
 * Absorption of carbon black per mass, m^2/g: 7.5 at 550 nm, falling as the inverse of
 * the wavelength. Bond and Bergstrom, Aerosol Sci. Technol. 40 (2006) 27: 7.5 +- 1.2.
 */
double material_carbon_m2_per_g(double wavelength_nm);

/* K/S of a masstone of yellow iron oxide, without the reflection at its surface. */
double material_yellow_oxide_ks(double wavelength_nm);

#endif
