/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skin, technique and time: how a mixture looks in this client at any age. */
#ifndef COLORLIB_TREATMENT_H
#define COLORLIB_TREATMENT_H

#include "colorlib/dots.h"
#include "colorlib/fade.h"
#include "colorlib/mixture.h"

enum { TECHNIQUE_NAME_MAX = 32 };

/* How the dots are placed. */
struct technique {
    char name[TECHNIQUE_NAME_MAX];
    double density_per_cm2; /* N */
    double radius_mm;       /* r, fresh */
    double depth_mm;        /* z1, top of the deposit, fresh */
    double height_mm;       /* h */
    double fill_fraction;   /* phi: mixture held per volume of dot, fresh */
};

/*
 * Reads one technique from an INI file of sections [name] with keys density, radius_mm,
 * depth_mm, height_mm, fill; what a section lacks comes from [standard]. NOT_FOUND when
 * there is no such file or section, IO when it cannot be read, BAD_DATA with the place in
 * fault when a key or number is missing, unknown or out of range.
 */
enum status technique_read(const char *path, const char *name, struct technique *out,
                           struct fault *fault);

enum { TREATMENT_EARLIER_MAX = 8 };

/* Whether pigment came from the hand that goes on, or its strength was read off the skin.
 */
enum deposit_origin { DEPOSIT_PLACED, DEPOSIT_FOUND };

/* Pigment that lies in the skin already when a treatment begins: an earlier session, or
 * work that was found there. */
struct deposit {
    enum deposit_origin origin;
    struct mixture mixture; /* its pigments are the caller's */
    double density_per_cm2;
    double radius_mm;     /* fresh */
    double fill_fraction; /* fresh */
    double years;         /* since it was placed, when the treatment begins; >= 0 */
};

/* One session's work on one place, upon what was placed there earlier. Ages count from
 * this session. The deposits share one layer, whose depth is their mean, weighted by the
 * area they cover. A value. */
struct treatment {
    struct skin skin;
    struct technique technique; /* density 0: nothing new is placed */
    struct fade_conditions conditions;
    struct deposit earlier[TREATMENT_EARLIER_MAX];
    size_t earlier_count;
};

/*
 * The treatment that begins years after this one, upon this one's dots with the mixture
 * they were filled with: the technique is the new session's. OUT_OF_RANGE when the skin
 * holds TREATMENT_EARLIER_MAX deposits already.
 */
enum status treatment_next(const struct treatment *before, const struct mixture *mixture,
                           double years, const struct technique *technique,
                           struct treatment *out);

/* Fresh coverage of all dots, earlier ones included, overlap not counted: what
 * DOTS_COVERAGE_REFUSE limits. */
double treatment_coverage(const struct treatment *treatment);

/* The same at an age, when all dots have spread: the helmet look comes with it. */
double treatment_coverage_at(const struct treatment *treatment, double years);

/* Turns a treatment of healthy scalp into one of a scar, which takes less and keeps less:
 * fill x exp(-0.1), healed fraction x 0.9, loss rates x the modifier "scar" of fade.h,
 * which is not to be applied once more. The skin is the caller's. */
void treatment_on_scar(struct treatment *treatment);

/* The treatment at one age, prepared for many mixtures; made by treatment_moment. */
struct moment {
    double years;
    double density_per_cm2;
    double radius_mm;
    double depth_mm;
    double coverage; /* of the treatment's own dots */
    double chord_mm;
    /* fill fraction x (r0 / r)^2: pigment per dot is kept while it spreads */
    double fill;
    struct dots_bed bed;
    bool is_thin;           /* the bed is, without pigment */
    struct bands earlier_K; /* what earlier deposits add to the layer, mm^-1 */
    struct bands earlier_S;
};

void treatment_moment(const struct treatment *treatment, double years,
                      struct moment *out);

/* The same where the ground of the treatment's skin is known. */
void treatment_moment_in(const struct treatment *treatment,
                         const struct dots_ground *ground, double years,
                         struct moment *out);

/* What is left of a pigment after years in this skin under these conditions, (0, 1]. */
double treatment_retention(const struct treatment *treatment,
                           const struct fade_rates *rates, double years);

/* Reflectance at a moment, from the transport coefficients of the liquid with retention
 * already applied (mixture_transport). */
void moment_reflectance(const struct moment *moment, const struct bands *absorption,
                        const struct bands *scattering, struct bands *out);

/* The same of count liquids, so much of each. No allocation; the hot path of every
 * search. */
void moment_mixture(const struct moment *moment, const struct liquid *const *liquid,
                    const double *amount, size_t count, struct bands *out);

/* A treatment with a mixture, prepared for many ages; the treatment is the caller's. */
struct treated {
    const struct treatment *treatment;
    struct dots_ground ground;
    size_t count;
    struct liquid liquid[MIXTURE_MAX];
    double concentration[MIXTURE_MAX];
    struct fade_rates fade[MIXTURE_MAX]; /* under its conditions */
    double loss_per_year[MIXTURE_MAX];
};

void treated_make(const struct treatment *treatment, const struct mixture *mixture,
                  struct treated *out);

/* The treated place at an age of years >= 0. */
struct treated_look {
    struct bands reflectance; /* factor */
    double dot_contrast;      /* of single dots: dots_contrast at 560 nm */
};

void treated_at(const struct treated *treated, double years, struct treated_look *out);

/* Contrast of single dots (dots_contrast at 560 nm) after years. */
double treatment_dot_contrast(const struct treatment *treatment,
                              const struct mixture *mixture, double years);

/* Reflectance factor of the treated place after years >= 0. */
void treatment_reflectance(const struct treatment *treatment,
                           const struct mixture *mixture, double years,
                           struct bands *out);

#endif
