/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/inversion.h"

#include <math.h>
#include <string.h>

void inversion_make(const struct moment *moment, const struct bands *target,
                    struct inversion *out)
{
    struct bands K_add;
    dots_bed_absorption(&moment->bed, target, &K_add);

    /* K_add = kappa a mu C(mu l) = kappa a (1 - exp(-mu l)) / l */
    double largest = DOTS_KAPPA * moment->coverage / moment->chord_mm;
    out->clipped = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double needed = fmax(K_add.value[i] - moment->earlier_K.value[i], 0);
        double share = needed / largest;
        if (share >= INVERSION_SHARE_MAX) {
            share = INVERSION_SHARE_MAX;
            out->clipped++;
        }
        out->absorption.value[i] = -log1p(-share) / moment->chord_mm;
    }
}

/* How the reflectance answers to what is inside the dots, by band. */
struct slope {
    struct bands of_absorption;
    struct bands of_scattering;
};

/* One-sided differences: absorption may be 0, and scattering is. */
static void reflectance_slope(const struct moment *moment, const struct bands *absorption,
                              struct slope *out)
{
    const struct bands none = {{0}};
    struct bands here, darker, lighter, liquid, more, scattering;
    double step[BAND_COUNT];
    for (size_t i = 0; i < BAND_COUNT; i++) {
        step[i] = 1e-4 * (absorption->value[i] + 0.1);
        liquid.value[i] = absorption->value[i] / moment->fill;
        more.value[i] = (absorption->value[i] + step[i]) / moment->fill;
        scattering.value[i] = step[i] / moment->fill;
    }
    moment_reflectance(moment, &liquid, &none, &here);
    moment_reflectance(moment, &more, &none, &darker);
    moment_reflectance(moment, &liquid, &scattering, &lighter);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        out->of_absorption.value[i] = (darker.value[i] - here.value[i]) / step[i];
        out->of_scattering.value[i] = (lighter.value[i] - here.value[i]) / step[i];
    }
}

/* d(L*, a*, b*)/d(reflectance) at the target, three rows of 31, by central differences.
 */
static void lab_slope(const struct weights *weights, const struct bands *target,
                      double out[3][BAND_COUNT])
{
    const double step = 1e-5;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        struct bands less = *target, more = *target;
        less.value[i] -= step;
        more.value[i] += step;
        cmsCIELab low = colorimetry_reflectance_lab(weights, less.value);
        cmsCIELab high = colorimetry_reflectance_lab(weights, more.value);
        out[0][i] = (high.L - low.L) / (2 * step);
        out[1][i] = (high.a - low.a) / (2 * step);
        out[2][i] = (high.b - low.b) / (2 * step);
    }
}

static double dot(const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum += a[i] * b[i];
    return sum;
}

/* The reflectance that a liquid takes or gives for each unit of concentration, to first
 * order. */
static void linear_effect(const struct slope *slope, const struct liquid *liquid,
                          double fill, double *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        out[i] = fill * (slope->of_absorption.value[i] * liquid->absorption.value[i] +
                         slope->of_scattering.value[i] * liquid->scattering.value[i]);
}

/* Adds one row, a functional of the reflectance, to the equations. */
static void add_row(struct normal_equations *out, const double *functional,
                    const double (*effect)[BAND_COUNT], const double *goal_effect)
{
    double row[PIGMENT_MAX];
    for (size_t p = 0; p < out->count; p++)
        row[p] = dot(functional, effect[p]);
    double goal = dot(functional, goal_effect);
    for (size_t p = 0; p < out->count; p++) {
        for (size_t q = 0; q < out->count; q++)
            out->gram[p][q] += row[p] * row[q];
        out->right_side[p] += row[p] * goal;
    }
    out->constant += goal * goal;
}

void inversion_linearize(const struct moment *moment, const struct bands *target,
                         const struct liquid *liquid, size_t count,
                         const struct weights *const *weights, const double *share,
                         size_t illuminant_count, double spectral_weight,
                         struct normal_equations *out)
{
    struct inversion required;
    inversion_make(moment, target, &required);
    struct slope slope;
    reflectance_slope(moment, &required.absorption, &slope);
    double effect[PIGMENT_MAX][BAND_COUNT], goal[BAND_COUNT];
    for (size_t p = 0; p < count; p++)
        linear_effect(&slope, &liquid[p], moment->fill, effect[p]);
    for (size_t i = 0; i < BAND_COUNT; i++)
        goal[i] = slope.of_absorption.value[i] * required.absorption.value[i];

    memset(out, 0, sizeof *out);
    out->count = count;
    for (size_t v = 0; v < illuminant_count; v++) {
        double lab[3][BAND_COUNT];
        lab_slope(weights[v], target, lab);
        for (size_t k = 0; k < 3; k++) {
            for (size_t i = 0; i < BAND_COUNT; i++)
                lab[k][i] *= sqrt(share[v]);
            add_row(out, lab[k], (const double(*)[BAND_COUNT])effect, goal);
        }
    }
    for (size_t i = 0; i < BAND_COUNT && spectral_weight > 0; i++) {
        double functional[BAND_COUNT] = {0};
        functional[i] = spectral_weight * 100;
        add_row(out, functional, (const double(*)[BAND_COUNT])effect, goal);
    }
}
