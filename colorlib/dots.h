/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pigment dots in skin: vertical cylinders of dermis that hold the mixture. Their
 * absorption is averaged over the pigmented layer with a packaging (sieve) correction,
 * because a dot cannot absorb more light than meets it; a halftone formula is wrong here,
 * since light reaches the dots from all sides.
 */
#ifndef COLORLIB_DOTS_H
#define COLORLIB_DOTS_H

#include <stdbool.h>

#include "colorlib/skin.h"

/* Limits of validity: coverage above the first warns, above the second is refused. */
#define DOTS_COVERAGE_WARN   0.25
#define DOTS_COVERAGE_REFUSE 0.40

/* Above the first contrast (dots_contrast) single dots read as points, below the second
 * as a shade; a black hair shows 0.74 [assumption]. */
#define DOTS_CONTRAST_POINTS 0.45
#define DOTS_CONTRAST_DUST   0.10

/* kappa_p: two-flux absorption of the layer per absorption and coverage of the dots.
 * Fitted to photon Monte-Carlo output over 13 dot geometries and 4 absorptions, with
 * skin.h's. */
#define DOTS_KAPPA 1.80

/* Dots of one kind, placed together. Absorption and scattering are those inside a dot. */
struct dot_population {
    double density_per_cm2;
    double radius_mm;
    struct bands absorption; /* mu_p, mm^-1 */
    struct bands scattering; /* reduced, mm^-1 */
};

/* Share of the area that dots cover: N pi r^2 / 100. */
double dots_coverage(double density_per_cm2, double radius_mm);

/* Effective chord (mm) of a cylinder of radius r and height h: 0.89 x 2 r h / (r + h). */
double dots_chord_mm(double radius_mm, double height_mm);

/* C(tau) = (1 - exp(-tau)) / tau, 1 at 0. */
double dots_packaging(double optical_depth);

/* Skin prepared for deposits at any depth. A value; build with dots_ground_make. */
struct dots_ground {
    struct bands dermis_absorption; /* two-flux K and S */
    struct bands dermis_scattering;
    struct bands deep_reflectance; /* internal, of the dermis */
    /* What surface and epidermis do, in the form of a bed's cover. */
    struct bands cover_constant;
    struct bands cover_linear;
    struct bands cover_pole;
};

void dots_ground_make(const struct skin *skin, struct dots_ground *out);

/* Reflectance factor, specular excluded, of the bare skin; gamma included. */
void dots_ground_bare(const struct dots_ground *ground, struct bands *out);

/*
 * Skin with room for a deposit between depth and depth + height, prepared once and
 * evaluated for many mixtures. A value; build with dots_bed_make.
 */
struct dots_bed {
    double height_mm;
    struct bands dermis_absorption; /* two-flux K and S */
    struct bands dermis_scattering;
    struct bands deep_reflectance; /* internal, of the dermis under the deposit */
    /* All that lies upon the deposit turns its internal reflectance G into the
     * reflectance factor (constant + linear G) / (1 - pole G). */
    struct bands cover_constant;
    struct bands cover_linear;
    struct bands cover_pole;
};

/* depth_mm >= 0 (depths less than the epidermis's thickness lie just under it), height_mm
 * > 0. */
void dots_bed_lay(const struct dots_ground *ground, double depth_mm, double height_mm,
                  struct dots_bed *out);

/* The same in skin of which no other bed is needed. */
void dots_bed_make(const struct skin *skin, double depth_mm, double height_mm,
                   struct dots_bed *out);

/* Whether the layer is so thin without pigment that its reflectance needs care not to
 * lose digits; pigment adds to what it attenuates. */
bool dots_bed_is_thin(const struct dots_bed *bed);

/*
 * Reflectance factor, specular excluded, with two-flux K and S (mm^-1) added to the
 * pigmented layer; gamma included. Zero K and S give the bare skin. No allocation.
 */
void dots_bed_reflectance(const struct dots_bed *bed, const struct bands *K_add,
                          const struct bands *S_add, struct bands *out);

/* What a population adds to the two-flux coefficients of its layer: kappa_p a mu_p C(mu_p
 * l) and sigma_d a mu_s'. Added to K_add and S_add. */
void dots_add(const struct dot_population *population, double height_mm,
              struct bands *K_add, struct bands *S_add);

/*
 * Skin with count populations in a common layer. REJECTED when their coverage adds up to
 * more than DOTS_COVERAGE_REFUSE.
 */
enum status dots_reflectance(const struct skin *skin, double depth_mm, double height_mm,
                             const struct dot_population *populations, size_t count,
                             struct bands *out);

/*
 * The two-flux absorption that a layer of the bed needs for a reflectance (gamma
 * included), by band; S_add = 0. Where the target is lighter than the bed allows the
 * result is 0, where it is darker than any absorption gives it is HUGE_VAL.
 */
void dots_bed_absorption(const struct dots_bed *bed, const struct bands *target,
                         struct bands *K_add);

/* Lightness contrast between dot and surroundings at 560 nm, 0 to 1, to +-0.06 (fit to
 * Monte-Carlo output): 0.11 mu_p^0.38 exp(-(z1 - 0.10) / 0.15); a black hair shows 0.74.
 */
double dots_contrast(double absorption_per_mm, double depth_mm);

#endif
