/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diffuse light in plane layers: two fluxes, one down and one up (Kubelka & Munk 1931;
 * layers stacked after Kubelka, J. Opt. Soc. Am. 44 (1954) 330).
 *
 * K is the absorption and S the back-scattering coefficient per mm, both finite, not
 * negative and below 1e150. Reflectances are internal: no surface, 0 to 1.
 */
#ifndef COLORLIB_TWO_FLUX_H
#define COLORLIB_TWO_FLUX_H

#include "colorlib/status.h"

/* A layer by itself: its reflectance over black, and its transmittance. */
struct two_flux_layer {
    double reflectance;
    double transmittance;
};

/* A layer of finite thickness (mm) >= 0. */
struct two_flux_layer two_flux_layer(double K, double S, double thickness_mm);

/* Reflectance of a layer over a background of reflectance 0 to 1. */
double two_flux_over(struct two_flux_layer layer, double background);

/*
 * two_flux_over(two_flux_layer(K, S, thickness_mm), background) in half the time, the
 * same to 1e-12 where S times the thickness is below 1000.
 */
double two_flux_layer_over(double K, double S, double thickness_mm, double background);

/* Reflectance of an infinitely thick layer; 0 for K = S = 0. */
double two_flux_infinite(double K, double S);

/*
 * (1 - exp(-tau)) / tau, 1 at tau = 0: the share that absorbers gathered in bodies of
 * optical depth tau >= 0 absorb of what they would absorb spread evenly (the sieve or
 * packaging effect; van Veen et al., Opt. Lett. 27 (2002) 246).
 */
double two_flux_packaging(double optical_depth);

/* One film over two backgrounds; all four are internal reflectances. */
struct two_flux_contrast {
    double over_light;
    double over_dark;
    double light_background;
    double dark_background;
};

/* A film's optical thicknesses, and a = 1 + K/S that tells how well S is known: above 20
 * the scattering is noise. */
struct two_flux_film {
    double a;
    double KX;
    double SX;
};

/*
 * The film that explains a contrast pair, exactly (hyperbolic solution).
 *
 * BAD_DATA for values not finite or outside 0 to 1, or backgrounds not light and dark;
 * REJECTED where no film of K, S > 0 does so: the backgrounds do not show through, or
 * the pair needs light to be gained.
 */
enum status two_flux_invert(const struct two_flux_contrast *pair,
                            struct two_flux_film *out);

#endif
