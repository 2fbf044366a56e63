/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bare skin as two layers in two-flux approximation, and its seven parameters found from
 * a measurement. The constants were fitted to photon Monte-Carlo output (3 % rms).
 */
#ifndef COLORLIB_SKIN_H
#define COLORLIB_SKIN_H

#include <lcms2.h>

#include "colorlib/bands.h"
#include "colorlib/colorimetry.h"

/* Two-flux mapping K = kappa mu_a, S = sigma mu_s' and the epidermis's thickness. */
#define SKIN_KAPPA_EPIDERMIS 1.42
#define SKIN_SIGMA_EPIDERMIS 0.21
#define SKIN_KAPPA_DERMIS    1.43
#define SKIN_SIGMA_DERMIS    0.40
#define SKIN_EPIDERMIS_MM    0.08
#define SKIN_INDEX           1.4 /* refractive index of the surface */

struct skin_parameters {
    double melanosome_fraction; /* f_m, of the epidermis's volume */
    double blood_fraction;      /* f_b, of the dermis's volume */
    double oxygen_saturation;   /* s, 0 to 1 */
    double scattering_per_mm;   /* A_s = mu_s'(500 nm) */
    double scattering_power;    /* b_s of (lambda / 500 nm)^-b_s */
    double haze;                /* rho_s, surface light the specular trap misses */
    double yellow_per_mm;       /* y, absorption at 455 nm of other yellow matter */
};

/* Optical coefficients (mm^-1) by band, and the surface haze. */
struct skin_optics {
    struct bands absorption_epidermis;
    struct bands absorption_dermis;
    struct bands scattering; /* reduced, of both layers */
    double haze;
};

/* A place on a client: its optics, and measured over modelled reflectance (gamma), which
 * multiplies every prediction so that no pigment gives back the skin as measured. */
struct skin {
    struct skin_parameters parameters;
    struct skin_optics optics;
    struct bands residual_ratio;
};

enum { SKIN_PARAMETER_COUNT = 7 };

/* What a skin was found from; a reference client is nobody's. */
enum skin_basis { SKIN_FROM_SPECTRUM, SKIN_FROM_LAB, SKIN_ASSUMED };

/* Bits of skin_fit.warnings. */
enum skin_warning {
    SKIN_WARN_RESIDUAL = 1 << 0,  /* rms residual above 0.012 */
    SKIN_WARN_PARAMETER = 1 << 1, /* a parameter more than 3 sd from its prior mean */
    SKIN_WARN_COLOR = 1 << 2,     /* fit and measurement differ by more than 1 CIEDE2000
                                     (0.5 for a fit from Lab) */
    SKIN_WARN_RESIDUAL_RATIO = 1 << 3 /* gamma outside 0.8-1.25 at 440 nm or above */
};

struct skin_fit {
    struct skin skin;
    enum skin_basis basis;
    struct bands fitted; /* modelled reflectance */
    /* of theta = ln f_m, ln f_b, logit s, ln A_s, b_s, rho_s, ln y */
    double theta[SKIN_PARAMETER_COUNT];
    double covariance[SKIN_PARAMETER_COUNT][SKIN_PARAMETER_COUNT];
    double residual_rms;
    double ciede2000; /* fitted against measured color, D65/10 degrees or as given */
    size_t iterations;
    unsigned warnings;
};

/* The light, tan and dark reference clients: f_m 0.010, 0.035, 0.140; y = 0. */
enum skin_reference { SKIN_LIGHT, SKIN_TAN, SKIN_DARK };
struct skin_parameters skin_reference_parameters(enum skin_reference reference);

/* The coefficients that parameters give; sources at the constants in skin.c. */
void skin_optics_make(const struct skin_parameters *parameters, struct skin_optics *out);

/* Reflectance factor, specular excluded, of bare skin with these optics (no gamma). */
void skin_reflectance(const struct skin_optics *optics, struct bands *out);

/* A place whose skin is exactly the model's: gamma = 1. */
void skin_from_parameters(const struct skin_parameters *parameters, struct skin *out);

/* The bare skin's reflectance including gamma. */
void skin_bare(const struct skin *skin, struct bands *out);

/* The fits below switch GSL's error handler off while they run; it is one for the whole
 * process, so a program that uses GSL from several threads switches it off itself, once.
 */

/*
 * Maximum a posteriori fit of the seven parameters to a specular-excluded reflectance
 * (trust-region Levenberg-Marquardt, prior rows included, so that the covariance is
 * proper), and gamma.
 *
 * BAD_DATA for values not finite or outside -0.05 to 1.5; NOT_CONVERGED after 100
 * iterations; REJECTED when the rms residual exceeds 0.03; NO_MEMORY. out is written on
 * success only.
 */
enum status skin_fit(const struct bands *measured, struct skin_fit *out);

/* The same of a spectrum that was measured in steps of step_nm: between steps coarser
 * than 10 nm the noise counts twice. */
enum status skin_fit_sampled(const struct bands *measured, double step_nm,
                             struct skin_fit *out);

/*
 * The same from a color alone: three rows with sd 0.5, 0.35, 0.45 on L*, a*, b* under the
 * weights given (on the 31-band grid), gamma = 1, no residual rms, basis SKIN_FROM_LAB.
 * BAD_DATA for L* outside 0 to 100 or a*, b* beyond 200; NOT_CONVERGED, NO_MEMORY.
 */
enum status skin_fit_lab(const cmsCIELab *lab, const struct weights *weights,
                         struct skin_fit *out);

/*
 * The skin that the measurement could as well be of: theta instead of the fit's own.
 * Where a spectrum was measured bare skin looks like bare (skin_bare of the fit's skin,
 * or that with an error) whatever theta is. Not for a reference client.
 */
void skin_fit_at(const struct skin_fit *fit, const struct bands *bare,
                 const double theta[SKIN_PARAMETER_COUNT], struct skin *out);

/*
 * One standard deviation of each parameter in its own unit, from the covariance of theta
 * to first order (d f / d ln f = f, d s / d logit s = s (1 - s)).
 */
struct skin_parameters skin_fit_deviations(const struct skin_fit *fit);

/* The parameters of the reference clients with f_m such that ITA (degrees, D65/10) is the
 * one asked for. OUT_OF_RANGE outside -55 to 60 degrees. */
enum status skin_parameters_from_ita(double ita_deg, struct skin_parameters *out);

/* A specular-included reflectance without its surface reflection: rho - k1, k1 = 0.0278.
 */
void skin_specular_excluded(const struct bands *included, struct bands *out);

/* The condition under which skin is judged, D65 and 10 degrees, on the 31 bands. */
enum status skin_weights(struct weights *out);

/* Individual typology angle, -90 to 90 degrees: atan2(L* - 50, b*) (Chardon 1991); for a
 * color bluer than grey, which the angle was not made for, that of b* = 0. */
double skin_ita_deg(const cmsCIELab *lab);

/* "very light" (above 55), "light" (41), "intermediate" (28), "tan" (10), "brown" (-30),
 * "dark" (Del Bino 2006). */
const char *skin_ita_class(double ita_deg);

/* 100 x mean log10(1/rho) over 640-680 nm (Takiwaki 1998, our bands). Here and below the
 * reflectance is above 0. */
double skin_melanin_index(const struct bands *reflectance);

/* 100 x (mean log10(1/rho) over 540-570 nm - the same over 640-670 nm). */
double skin_erythema_index(const struct bands *reflectance);

/* -d log10(1/rho)/d lambda over 620-700 nm, per nm, by least squares (Kollias's idea). */
double skin_melanin_slope(const struct bands *reflectance);

#endif
