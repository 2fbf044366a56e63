/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the boundary between air and a scattering body does to its reflectance
 * (Saunderson, J. Opt. Soc. Am. 32 (1942) 727), and the haze of skin upon it.
 */
#ifndef COLORLIB_SURFACE_H
#define COLORLIB_SURFACE_H

/* Whether the instrument collects the light that the surface itself reflects: yes for
 * d/8 SCI, no for d/8 SCE and 45/0. */
enum surface_specular { SURFACE_SPECULAR_INCLUDED, SURFACE_SPECULAR_EXCLUDED };

struct surface {
    double external; /* k1, reflection of the light entering; 0 to 1 */
    double internal; /* k2, reflection of the diffuse light leaving; 0 to 1 */
};

/*
 * The smooth surface of a body of refractive index 1 to 1.7: k1 by Fresnel at normal
 * incidence, k2 by the polynomial of Egan & Hilgeman (1979).
 */
struct surface surface_of_index(double index);

/* Reflectance factor of a body of internal reflectance 0 to 1. */
double surface_reflectance(const struct surface *surface, enum surface_specular specular,
                           double internal);

/* Internal reflectance of a body from its reflectance factor; negative where the factor
 * is less than the surface's own part. */
double surface_internal(const struct surface *surface, enum surface_specular specular,
                        double reflectance);

/* Haze, 0 to 1, on top of a reflectance factor: light that the specular trap misses. */
double surface_add_haze(double reflectance, double haze);

/* The reflectance factor without its haze, haze < 1. */
double surface_remove_haze(double reflectance, double haze);

#endif
