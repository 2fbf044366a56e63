/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/film.h"

#include <stdbool.h>

#include "colorlib/two_flux.h"

/* Differences below this many standard deviations are noise. */
static const double seen = 2;

/* a = 1 + K/S above which scattering is looked for in vain (colour note, 5.3). */
static const double a_black = 20;

/* Residuals above this many standard deviations are not noise. */
static const double tolerated = 4;

/* Internal reflectance below which nothing is told apart. */
static const double black = 1e-6;

/* The four readings of a pair at one wavelength. */
struct reading {
    double over_light, over_dark, light, dark; /* reflectance factors */
    double thickness_mm;
    const struct drawdown_view *view;
    const struct drawdown_noise *noise;
};

static bool is_reading(double value)
{
    return value >= -0.05 && value <= 1.5;
}

static bool is_pair(const struct film_pair *pair)
{
    bool good = pair->thickness_mm > 0 && pair->thickness_mm < 10;
    for (size_t i = 0; i < BAND_COUNT; i++)
        good = good && is_reading(pair->over_light.value[i]) &&
               is_reading(pair->over_dark.value[i]) && is_reading(pair->light.value[i]) &&
               is_reading(pair->dark.value[i]) &&
               pair->light.value[i] > pair->dark.value[i];
    return good;
}

static double internal(const struct reading *reading, double factor)
{
    double body =
        surface_internal(&reading->view->surface, reading->view->specular, factor);
    return fmin(fmax(body, 0), 1);
}

/* Whether two readings differ by more than noise. */
static bool differ(const struct reading *reading, double a, double b)
{
    return fabs(a - b) > seen * hypot(drawdown_deviation(reading->noise, a),
                                      drawdown_deviation(reading->noise, b));
}

/* The readings' answers to K and S, and the variances of what they leave over. */
struct linear {
    struct drawdown_slopes light, dark;
    double determinant;
};

static struct linear linearize(const struct reading *reading, double K, double S)
{
    struct linear linear = {
        .light =
            drawdown_slopes(K, S, reading->thickness_mm, reading->light, reading->view),
        .dark =
            drawdown_slopes(K, S, reading->thickness_mm, reading->dark, reading->view),
    };
    linear.determinant =
        linear.light.by_K * linear.dark.by_S - linear.light.by_S * linear.dark.by_K;
    return linear;
}

static double variance(const struct reading *reading,
                       const struct drawdown_slopes *slopes, double over, double backing)
{
    double own = drawdown_deviation(reading->noise, over);
    double below = slopes->by_background * drawdown_deviation(reading->noise, backing);
    return own * own + below * below;
}

/* J^-1 C J^-T, with J the answers of the two readings to K and S. */
static void add_deviations(const struct reading *reading, struct film_band *band)
{
    struct linear linear = linearize(reading, fmax(band->K, 0), fmax(band->S, 0));
    double light = variance(reading, &linear.light, reading->over_light, reading->light);
    double dark = variance(reading, &linear.dark, reading->over_dark, reading->dark);
    double d = linear.determinant;
    double K1 = linear.dark.by_S / d, K2 = -linear.light.by_S / d;
    double S1 = -linear.dark.by_K / d, S2 = linear.light.by_K / d;
    band->K_deviation = sqrt(K1 * K1 * light + K2 * K2 * dark);
    band->S_deviation = sqrt(S1 * S1 * light + S2 * S2 * dark);
    band->covariance = K1 * S1 * light + K2 * S2 * dark;
}

/* K and S of either sign from the readings' answers to a first trace of a film. */
static void solve_clear(const struct reading *reading, struct film_band *band)
{
    struct linear linear = linearize(reading, 0, 0);
    double light = reading->over_light - linear.light.reflectance;
    double dark = reading->over_dark - linear.dark.reflectance;
    band->how = FILM_CLEAR;
    band->K = (linear.dark.by_S * light - linear.light.by_S * dark) / linear.determinant;
    band->S = (linear.light.by_K * dark - linear.dark.by_K * light) / linear.determinant;
}

static void leave_unknown(enum film_case how, struct film_band *band)
{
    band->how = how;
    band->K = band->S = band->covariance = 0;
    band->K_deviation = band->S_deviation = INFINITY;
}

/* The K that darkens the light backing to the reading, by bisection: it falls with K. For
 * S = 0 it is -ln(R/G) / 2X. Where S alone is too dark already, 0. */
static double absorption_over_light(const struct reading *reading, double S)
{
    double R = fmax(internal(reading, reading->over_light), black);
    double G = fmax(internal(reading, reading->light), black);
    double X = reading->thickness_mm;
    double low = 0, high = 1 / X + S;
    while (two_flux_layer_over(high, S, X, G) > R)
        high *= 2;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        *(two_flux_layer_over(middle, S, X, G) > R ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

/* The S of a film that absorbs nothing: S X = (R - G) / ((1 - R) (1 - G)). */
static double scattering_over_dark(const struct reading *reading)
{
    double R = internal(reading, reading->over_dark);
    double G = internal(reading, reading->dark);
    double S = (R - G) / ((1 - R) * (1 - G)) / reading->thickness_mm;
    return S > 0 && isfinite(S) ? S : 0;
}

/* Whether a film leaves both readings within noise. */
static bool explains(const struct reading *reading, double K, double S)
{
    struct linear linear = linearize(reading, K, S);
    double light = reading->over_light - linear.light.reflectance;
    double dark = reading->over_dark - linear.dark.reflectance;
    return light * light <= tolerated * tolerated *
                                variance(reading, &linear.light, reading->over_light,
                                         reading->light) &&
           dark * dark <=
               tolerated * tolerated *
                   variance(reading, &linear.dark, reading->over_dark, reading->dark);
}

/* Readings that no film gives exactly, or one whose scattering cannot be told. */
static void solve_edge(const struct reading *reading, struct film_band *band)
{
    double K = absorption_over_light(reading, 0);
    double S = scattering_over_dark(reading);
    if (explains(reading, K, 0)) {
        band->how = FILM_BLACK; /* film_invert completes it */
    } else if (explains(reading, 0, S)) {
        band->how = FILM_WHITE;
        band->K = 0;
        band->S = S;
    } else {
        leave_unknown(FILM_FAILED, band);
    }
}

/* The exact solution, unless its scattering is noise: many times less than the
 * absorption, and less than what the readings' noise makes of it. */
static void solve_exactly(const struct reading *reading, struct film_band *band)
{
    struct two_flux_contrast pair = {
        .over_light = internal(reading, reading->over_light),
        .over_dark = internal(reading, reading->over_dark),
        .light_background = internal(reading, reading->light),
        .dark_background = internal(reading, reading->dark),
    };
    struct two_flux_film film;
    if (two_flux_invert(&pair, &film) != STATUS_OK) {
        solve_edge(reading, band);
        return;
    }
    band->how = FILM_EXACT;
    band->K = film.KX / reading->thickness_mm;
    band->S = film.SX / reading->thickness_mm;
    add_deviations(reading, band);
    if (film.a > a_black && band->S < seen * band->S_deviation)
        band->how = FILM_BLACK;
}

/* What a pair tells by itself; FILM_BLACK still lacks its S and K. */
static void solve(const struct reading *reading, struct film_band *band)
{
    double R = fmax(internal(reading, reading->over_light), black);
    band->ratio = (1 - R) * (1 - R) / (2 * R);
    if (!differ(reading, reading->over_light, reading->over_dark))
        leave_unknown(FILM_OPAQUE, band);
    else if (!differ(reading, reading->over_light, reading->light) &&
             !differ(reading, reading->over_dark, reading->dark))
        solve_clear(reading, band);
    else
        solve_exactly(reading, band);
}

/* S interpolated between the nearest bands that are known exactly; flat beyond the last;
 * 0 where there are none. */
static double neighbours_scattering(const struct film *film, size_t band)
{
    size_t below = band, above = band;
    while (below < BAND_COUNT && film->band[below].how != FILM_EXACT)
        below--; /* wraps round at 0 */
    while (above < BAND_COUNT && film->band[above].how != FILM_EXACT)
        above++;
    if (below >= BAND_COUNT && above >= BAND_COUNT)
        return 0;
    if (below >= BAND_COUNT)
        return film->band[above].S;
    if (above >= BAND_COUNT)
        return film->band[below].S;
    double share = (double)(band - below) / (double)(above - below);
    return film->band[below].S + share * (film->band[above].S - film->band[below].S);
}

/* Whether the readings settle K and S at all: where both backings answer to a film alike
 * there is no solution, and what stands for one is not a number. */
static bool is_settled(const struct film_band *band)
{
    return isfinite(band->K) && isfinite(band->S) && !isnan(band->K_deviation) &&
           !isnan(band->S_deviation) && !isnan(band->covariance);
}

enum status film_invert(const struct film_pair *pair, const struct drawdown_view *view,
                        const struct drawdown_noise *noise, struct film *out)
{
    if (!is_pair(pair))
        return STATUS_BAD_DATA;
    struct film film;
    struct reading reading[BAND_COUNT];
    for (size_t i = 0; i < BAND_COUNT; i++) {
        reading[i] = (struct reading){
            .over_light = pair->over_light.value[i],
            .over_dark = pair->over_dark.value[i],
            .light = pair->light.value[i],
            .dark = pair->dark.value[i],
            .thickness_mm = pair->thickness_mm,
            .view = view,
            .noise = noise,
        };
        solve(&reading[i], &film.band[i]);
    }
    size_t failed = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        struct film_band *band = &film.band[i];
        if (band->how == FILM_BLACK) {
            band->S = neighbours_scattering(&film, i);
            band->K = absorption_over_light(&reading[i], band->S);
        }
        if (band->how != FILM_OPAQUE && band->how != FILM_FAILED)
            add_deviations(&reading[i], band);
        if (!is_settled(band))
            leave_unknown(FILM_FAILED, band);
        failed += band->how == FILM_FAILED;
    }
    if (4 * failed > BAND_COUNT)
        return STATUS_REJECTED;
    *out = film;
    return STATUS_OK;
}

double film_contrast_ratio(const struct film_pair *pair, const double *weights)
{
    double light = 0, dark = 0;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        light += weights[i] * pair->over_light.value[i];
        dark += weights[i] * pair->over_dark.value[i];
    }
    return dark / light;
}
