/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A liquid drawn down on a card, poured into a cell or opaque, as an instrument reads
 * it. */
#ifndef COLORLIB_DRAWDOWN_H
#define COLORLIB_DRAWDOWN_H

#include <math.h>
#include <stdbool.h>

#include "colorlib/bands.h"
#include "colorlib/surface.h"

/* Two-flux coefficients of a liquid, mm^-1, or in units of a white's scattering where it
 * was measured in that white only. */
struct colorant {
    struct bands K;
    struct bands S;
};

/* The boundary to the air (glass, coat or the paint itself), and what is collected. */
struct drawdown_view {
    struct surface surface;
    enum surface_specular specular;
};

/* The thickness of a drawdown that hides what it lies upon. */
#define DRAWDOWN_OPAQUE HUGE_VAL

struct drawdown {
    double thickness_mm; /* wet, > 0, or DRAWDOWN_OPAQUE */
    /* Reflectance factor of the bare backing under the same glass or coat; of no meaning
     * when opaque. */
    struct bands background;
};

/* Whether all coefficients are finite and not negative. */
bool drawdown_is_colorant(const struct colorant *colorant);

/* Liquids poured together: K = sum c K_i, S = sum c S_i of count colorants. */
void drawdown_mix(const struct colorant *colorants, const double *concentration,
                  size_t count, struct colorant *out);

/* Reflectance factor of a drawdown of the liquid, which has K, S >= 0. */
void drawdown_reflectance(const struct colorant *liquid, const struct drawdown *drawdown,
                          const struct drawdown_view *view, struct bands *out);

/* The same at one wavelength. */
double drawdown_band(double K, double S, double thickness_mm, double background,
                     const struct drawdown_view *view);

/* What is known of a reading: its standard deviation is constant + share x reflectance
 * factor. */
struct drawdown_noise {
    double constant;
    double share;
};

/* 0.003 + 0.010 of the reading, placement included (assumption): what the colour note
 * gives for skin above the blood bands. */
extern const struct drawdown_noise drawdown_noise_default;

static inline double drawdown_deviation(const struct drawdown_noise *noise,
                                        double reflectance)
{
    return noise->constant + noise->share * fabs(reflectance);
}

/* A reading at one wavelength, and how it answers to what it depends on. */
struct drawdown_slopes {
    double reflectance;
    double by_K; /* per mm^-1 */
    double by_S;
    double by_background; /* per reflectance factor of the bare backing */
};

/* At one wavelength, for K, S >= 0, by differences. */
struct drawdown_slopes drawdown_slopes(double K, double S, double thickness_mm,
                                       double background,
                                       const struct drawdown_view *view);

#endif
