/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/two_flux.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

/* b S of the literature, b = sqrt(a^2 - 1) with a = 1 + K/S, without dividing by S. */
static double attenuation(double K, double S)
{
    return sqrt(K * (K + 2 * S));
}

/*
 * The hyperbolic forms multiplied through by 2 S exp(-x), x = b S X: nothing overflows
 * for any x, and S = 0 gives exp(-K X) without a case of its own. With m = 1 - exp(-x),
 * 1 - exp(-2x) = m (2 - m) keeps its digits where x is small, so that only K = 0, where
 * the limit S X / (1 + S X) replaces 0 / 0, is special.
 */
struct two_flux_layer two_flux_layer(double K, double S, double thickness_mm)
{
    assert(K >= 0 && S >= 0 && thickness_mm >= 0);
    double beta = attenuation(K, S);
    double x = beta * thickness_mm;
    if (x < 1e-150) { /* before beta underflows */
        double scattered = S * thickness_mm;
        return (struct two_flux_layer){scattered / (1 + scattered), 1 / (1 + scattered)};
    }
    double m = -expm1(-x);
    double e = 1 - m;
    double odd = m * (2 - m);
    double scale = 1 / ((K + S) * odd + beta * (1 + e * e));
    return (struct two_flux_layer){S * odd * scale, 2 * beta * e * scale};
}

double two_flux_over(struct two_flux_layer layer, double background)
{
    double t = layer.transmittance;
    return layer.reflectance + t * t * background / (1 - layer.reflectance * background);
}

/*
 * With q = R-infinity and u = exp(-2x) the reflectance over a background G is
 * (q (1 - u) + G (u - q^2)) / (1 - q^2 u - q G (1 - u)): one exponential, one root, two
 * divisions. Both terms vanish with x, so that thin layers take the long way.
 */
double two_flux_layer_over(double K, double S, double thickness_mm, double background)
{
    double beta = attenuation(K, S);
    double x = beta * thickness_mm;
    if (x < 1e-3)
        return two_flux_over(two_flux_layer(K, S, thickness_mm), background);
    double q = S / (K + S + beta);
    double u = exp(-2 * x);
    return (q * (1 - u) + background * (u - q * q)) /
           (1 - q * q * u - q * background * (1 - u));
}

/* a - b with the difference of nearly equal numbers turned into a sum. */
double two_flux_infinite(double K, double S)
{
    double sum = K + S + attenuation(K, S);
    return sum > 0 ? S / sum : 0;
}

double two_flux_packaging(double optical_depth)
{
    if (optical_depth > 0.5) /* no digits to lose, and exp() is faster than expm1() */
        return (1 - exp(-optical_depth)) / optical_depth;
    return optical_depth > 0 ? -expm1(-optical_depth) / optical_depth : 1;
}

static bool in_unit_range(double value)
{
    return value >= 0 && value <= 1;
}

static bool is_contrast(const struct two_flux_contrast *pair)
{
    return in_unit_range(pair->over_light) && in_unit_range(pair->over_dark) &&
           in_unit_range(pair->light_background) &&
           in_unit_range(pair->dark_background) &&
           pair->light_background > pair->dark_background;
}

/* b coth(b S X) from C (R - G) = 1 + R G - a (R + G), by the background on which the film
 * changes more. */
static double coth_term(const struct two_flux_contrast *pair, double a)
{
    double r = pair->over_light;
    double g = pair->light_background;
    if (fabs(pair->over_dark - pair->dark_background) > fabs(r - g)) {
        r = pair->over_dark;
        g = pair->dark_background;
    }
    return (1 + r * g - a * (r + g)) / (r - g);
}

/* coth(x) - 1 below which x is nothing but rounding: the film is opaque. */
#define OPAQUE 1e-9

enum status two_flux_invert(const struct two_flux_contrast *pair,
                            struct two_flux_film *out)
{
    if (!is_contrast(pair))
        return STATUS_BAD_DATA;
    double r1 = pair->over_light, g1 = pair->light_background;
    double r2 = pair->over_dark, g2 = pair->dark_background;
    double a = ((1 + r1 * g1) * (r2 - g2) - (1 + r2 * g2) * (r1 - g1)) /
               ((r1 + g1) * (r2 - g2) - (r2 + g2) * (r1 - g1));
    /* a film without absorption has a = 1, which rounding may leave a little below */
    if (!(a > 1 - 1e-9) || !isfinite(a))
        return STATUS_REJECTED;
    double b = sqrt(fmax(a * a - 1, 0));
    double coth = coth_term(pair, a);
    if (!(coth > b * (1 + OPAQUE)))
        return STATUS_REJECTED;
    double SX = b > 0 ? atanh(b / coth) / b : 1 / coth;
    *out = (struct two_flux_film){.a = a, .KX = fmax(a - 1, 0) * SX, .SX = SX};
    return STATUS_OK;
}
