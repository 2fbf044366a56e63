/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Light absorbed and scattered by homogeneous spheres (Lorenz-Mie theory). */
#ifndef PROFILES_MIE_MIE_H
#define PROFILES_MIE_MIE_H

#include <complex.h>

/* Cross-sections over the geometrical one, and the mean cosine of scattering. */
struct mie_efficiency {
    double extinction;
    double scattering;
    double asymmetry; /* g */
};

/*
 * One sphere.
 *
 *   size   circumference over the wavelength in the medium, 0 < size <= 200
 *   index  refractive index n + ik over the medium's, k >= 0 absorbs,
 *          |index| size <= 2000
 *
 * Bohren and Huffman, Absorption and Scattering of Light by Small Particles (Wiley 1983),
 * eqs. 4.56, 4.57, 4.61, 4.62, 4.88, 4.89.
 */
struct mie_efficiency mie_sphere(double size, double complex index);

/* Diameters end this many standard deviations from the median: grinding and classifying
 * leave neither dust nor lumps. */
#define MIE_CUT 2.0

/* Spheres of one material in a liquid, their diameters log-normal by number up to the
 * cut.
 */
struct mie_powder {
    double median_diameter_nm;
    double spread;          /* standard deviation of ln diameter, before the cut */
    double volume_fraction; /* of the liquid */
};

/* Transport coefficients, mm^-1. */
struct mie_transport {
    double absorption;         /* mu_a */
    double reduced_scattering; /* mu_s' = mu_s (1 - g) */
};

/*
 * The coefficients of the powder at a wavelength (nm, in vacuum), each sphere scattering
 * by itself; index is the material's, medium_index the liquid's, both against vacuum.
 */
struct mie_transport mie_powder_transport(const struct mie_powder *powder,
                                          double wavelength_nm, double complex index,
                                          double medium_index);

#endif
