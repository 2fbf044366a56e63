/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What time does to implanted pigment: loss while healing, slow loss, spreading of the
 * dots and slight deepening. Forms and defaults are assumptions tuned to practice
 * (touch-ups after 3 to 6 years) unless a line cites a source.
 */
#ifndef COLORLIB_FADE_H
#define COLORLIB_FADE_H

#include "colorlib/status.h"

enum pigment_class {
    PIGMENT_CARBON,
    PIGMENT_IRON_OXIDE,
    PIGMENT_TIO2,
    PIGMENT_ORGANIC_STABLE,
    PIGMENT_ORGANIC_AZO
};

/* How one pigment leaves the skin. */
struct fade_rates {
    double healed_fraction;      /* H, 0 to 1: what is left when the wound has closed */
    double biological_per_year;  /* k_bio >= 0: macrophage turnover */
    double ultraviolet_per_year; /* k_uv >= 0: photochemical loss at a UV dose of 1 */
};

/* Who carries it and how; see fade_conditions_default. */
struct fade_conditions {
    double healed_factor;     /* on every pigment's healed fraction, 1 = average */
    double healed_logit;      /* added to the logit of what that gives, 0 = average */
    double biological_factor; /* M_bio, product of the modifiers, 1 = average */
    double loss_factor;       /* on every pigment's whole slow loss, 1 = average */
    double ultraviolet_dose;  /* U, 1 = UV index peak 4, 10 % outdoors, no sunscreen */
    double spreading_mm2_per_year; /* D >= 0 */
    double deepening_mm;           /* final change of depth */
};

/* All factors 1, D = 0.001 mm^2 per year, deepening 0.02 mm. */
extern const struct fade_conditions fade_conditions_default;

/* The rates of a class of pigments at M = U = 1. */
struct fade_rates fade_class_rates(enum pigment_class class);

/* "carbon", "iron_oxide", "tio2", "organic_stable", "organic_azo" and back. */
enum status fade_class_find(const char *name, enum pigment_class *out);
const char *fade_class_name(enum pigment_class class);

/* What a client declares, as a factor on k_bio. */
struct fade_modifier {
    const char *name;
    double factor;
    double sd_ln; /* standard deviation of the factor's logarithm */
};

/* "oily", "smoker", "swimmer", "fast-fader", "phototype-v-vi", "scar", "resorbable".
 * NOT_FOUND for another word. */
enum status fade_modifier_find(const char *name, struct fade_modifier *out);

/* What is left of a pigment when the wound has closed, 0 to 1: its healed fraction times
 * the factor, with the odds (fraction / (1 - fraction)) times exp(healed_logit). */
double fade_healed_fraction(const struct fade_rates *rates,
                            const struct fade_conditions *conditions);

/* k_eff (per year) under skin whose melanosome fraction is given (0.01 light, 0.14 dark):
 * melanin shields from ultraviolet light. */
double fade_loss_per_year(const struct fade_rates *rates,
                          const struct fade_conditions *conditions,
                          double melanosome_fraction);

/*
 * q: the fraction still present at an age of years >= 0,
 * (1 - H) exp(-t / 7 d) + H exp(-loss t). 1 at age 0; in (0, 1].
 */
double fade_retention(const struct fade_rates *rates, double loss_per_year, double years);

/* Dot radius (mm) at an age: r^2 = r0^2 + 4 D t. */
double fade_radius_mm(const struct fade_conditions *conditions, double radius_mm,
                      double years);

/* Depth of the deposit's top (mm) at an age: z0 + dz (1 - exp(-t / 1 yr)), but not above
 * the surface where dz is negative. */
double fade_depth_mm(const struct fade_conditions *conditions, double depth_mm,
                     double years);

#endif
