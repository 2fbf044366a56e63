/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/drawdown.h"

#include "colorlib/two_flux.h"

const struct drawdown_noise drawdown_noise_default = {.constant = 0.003, .share = 0.010};

void drawdown_mix(const struct colorant *colorants, const double *concentration,
                  size_t count, struct colorant *out)
{
    struct colorant sum = {.K = {{0}}};
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            sum.K.value[i] += concentration[k] * colorants[k].K.value[i];
            sum.S.value[i] += concentration[k] * colorants[k].S.value[i];
        }
    *out = sum;
}

/* Noise may take a reading of white or black beyond what a body can reflect. */
static double internal_of_backing(const struct drawdown_view *view, double factor)
{
    double internal = surface_internal(&view->surface, view->specular, factor);
    return fmin(fmax(internal, 0), 1);
}

double drawdown_band(double K, double S, double thickness_mm, double background,
                     const struct drawdown_view *view)
{
    double internal = isinf(thickness_mm)
                          ? two_flux_infinite(K, S)
                          : two_flux_layer_over(K, S, thickness_mm,
                                                internal_of_backing(view, background));
    return surface_reflectance(&view->surface, view->specular, internal);
}

void drawdown_reflectance(const struct colorant *liquid, const struct drawdown *drawdown,
                          const struct drawdown_view *view, struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->value[i] =
            drawdown_band(liquid->K.value[i], liquid->S.value[i], drawdown->thickness_mm,
                          drawdown->background.value[i], view);
}

/* Of the scale on which a coefficient matters: half the digits of a central
 * difference's third-order error. */
static const double step_share = 1e-5;

/* K and S must not fall below zero: there the difference is taken forwards. */
struct drawdown_slopes drawdown_slopes(double K, double S, double thickness_mm,
                                       double background,
                                       const struct drawdown_view *view)
{
    double step = step_share * (K + S + 1 / thickness_mm);
    double K_low = fmax(K - step, 0), S_low = fmax(S - step, 0);
    return (struct drawdown_slopes){
        .reflectance = drawdown_band(K, S, thickness_mm, background, view),
        .by_K = (drawdown_band(K + step, S, thickness_mm, background, view) -
                 drawdown_band(K_low, S, thickness_mm, background, view)) /
                (K + step - K_low),
        .by_S = (drawdown_band(K, S + step, thickness_mm, background, view) -
                 drawdown_band(K, S_low, thickness_mm, background, view)) /
                (S + step - S_low),
        .by_background =
            (drawdown_band(K, S, thickness_mm, background + step_share, view) -
             drawdown_band(K, S, thickness_mm, background - step_share, view)) /
            (2 * step_share),
    };
}

bool drawdown_is_colorant(const struct colorant *colorant)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(colorant->K.value[i] >= 0 && isfinite(colorant->K.value[i])) ||
            !(colorant->S.value[i] >= 0 && isfinite(colorant->S.value[i])))
            return false;
    return true;
}
