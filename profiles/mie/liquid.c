/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/liquid.h"

#include "profiles/mie/material.h"
#include "profiles/mie/mie.h"
#include "profiles/mie/origin.h"

/* Powder per liquid, g/ml: a practitioner quotes jars of 15 % powder, 85 % water. */
static const double loading_g_per_ml = 0.15;
static const double water_g_per_ml = 1.0;

/* Powders, handbook values. */
#define CARBON_G_PER_ML   1.8
#define HEMATITE_G_PER_ML 5.2
#define GOETHITE_G_PER_ML 4.2
#define RUTILE_G_PER_ML   4.2

/* Two-flux from transport coefficients under diffuse light: K = 2 mu_a, S = 3/4 mu_s'. */
static const double K_per_absorption = 2;
static const double S_per_reduced_scattering = 0.75;

static void carbon_coefficients(struct liquid *liquid)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double m2_per_g = material_carbon_m2_per_g(bands_wavelength_nm(i));
        /* g/ml times m^2/g is 1000 mm^-1 */
        liquid->K.value[i] = K_per_absorption * 1000 * loading_g_per_ml * m2_per_g;
        liquid->S.value[i] = 0;
    }
}

/* A crystal's particles lie in all directions: two thirds of them meet light as ordinary,
 * one third as extraordinary spheres. */
static void powder_coefficients(const struct mie_powder *powder, enum material material,
                                struct liquid *liquid)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double wavelength_nm = bands_wavelength_nm(i);
        double water = material_water_index(wavelength_nm);
        struct material_index index = material_index(material, wavelength_nm);
        struct mie_transport o =
            mie_powder_transport(powder, wavelength_nm, index.ordinary, water);
        struct mie_transport e =
            mie_powder_transport(powder, wavelength_nm, index.extraordinary, water);
        liquid->K.value[i] = K_per_absorption * (2 * o.absorption + e.absorption) / 3;
        liquid->S.value[i] = S_per_reduced_scattering *
                             (2 * o.reduced_scattering + e.reduced_scattering) / 3;
    }
}

static void red_coefficients(struct liquid *liquid)
{
    struct mie_powder powder = {.median_diameter_nm = 150,
                                .spread = 0.25,
                                .volume_fraction = loading_g_per_ml / HEMATITE_G_PER_ML};
    powder_coefficients(&powder, MATERIAL_HEMATITE, liquid);
}

static void white_coefficients(struct liquid *liquid)
{
    struct mie_powder powder = {.median_diameter_nm = 250,
                                .spread = 0.25,
                                .volume_fraction = loading_g_per_ml / RUTILE_G_PER_ML};
    powder_coefficients(&powder, MATERIAL_RUTILE, liquid);
    /* rutile has no absorption here; what is left is the sum's rounding */
    for (size_t i = 0; i < BAND_COUNT; i++)
        liquid->K.value[i] = 0;
}

static void yellow_coefficients(struct liquid *liquid)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        liquid->S.value[i] = 200;
        liquid->K.value[i] = 200 * material_yellow_oxide_ks(bands_wavelength_nm(i));
    }
}

enum single { CARBON, RED_OXIDE, YELLOW_OXIDE, TITANIUM_WHITE };

const struct liquid_single liquid_singles[LIQUID_SINGLES] = {
    [CARBON] =
        {
            .text =
                {
                    .id = "carbon",
                    .name = "carbon black, generic",
                    .origin = origin_carbon,
                },
            .class = PIGMENT_CARBON,
            .ci = "77266",
            .solid_g_per_ml = CARBON_G_PER_ML,
            .coefficients = carbon_coefficients,
        },
    [RED_OXIDE] =
        {
            .text =
                {
                    .id = "red-oxide",
                    .name = "red iron oxide, generic",
                    .origin = origin_red_oxide,
                },
            .class = PIGMENT_IRON_OXIDE,
            .ci = "77491",
            .solid_g_per_ml = HEMATITE_G_PER_ML,
            .coefficients = red_coefficients,
        },
    [YELLOW_OXIDE] =
        {
            .text =
                {
                    .id = "yellow-oxide",
                    .name = "yellow iron oxide, generic",
                    .origin = origin_yellow_oxide,
                },
            .class = PIGMENT_IRON_OXIDE,
            .ci = "77492",
            .solid_g_per_ml = GOETHITE_G_PER_ML,
            .coefficients = yellow_coefficients,
        },
    [TITANIUM_WHITE] =
        {
            .text =
                {
                    .id = "titanium-white",
                    .name = "titanium white, generic",
                    .origin = origin_titanium_white,
                },
            .class = PIGMENT_TIO2,
            .ci = "77891",
            .solid_g_per_ml = RUTILE_G_PER_ML,
            .coefficients = white_coefficients,
        },
};

/* Fractions chosen with the dots model on the light and the tan reference client: stubble
 * of hair.ini at 120 to 150 dots per cm^2, seen after 6 weeks. origin.c quotes the means
 * of CIEDE2000 under D65 (weight 0.7) and A (0.3). */
const struct liquid_premix liquid_premixes[LIQUID_PREMIXES] = {
    {
        .text =
            {
                .id = "cool-grey",
                .name = "cool grey, generic premix",
                .origin = origin_cool_grey,
            },
        .fraction = {[CARBON] = 0.20, [TITANIUM_WHITE] = 0.50},
    },
    {
        .text =
            {
                .id = "neutral",
                .name = "neutral, generic premix",
                .origin = origin_neutral,
            },
        .fraction = {[CARBON] = 0.25,
                     [RED_OXIDE] = 0.06,
                     [YELLOW_OXIDE] = 0.03,
                     [TITANIUM_WHITE] = 0.25},
    },
    {
        .text =
            {
                .id = "warm-brown",
                .name = "warm brown, generic premix",
                .origin = origin_warm_brown,
            },
        .fraction = {[CARBON] = 0.15, [RED_OXIDE] = 0.10, [YELLOW_OXIDE] = 0.25},
    },
    {
        .text =
            {
                .id = "dark-brown",
                .name = "dark brown, generic premix",
                .origin = origin_dark_brown,
            },
        .fraction = {[CARBON] = 0.20,
                     [RED_OXIDE] = 0.18,
                     [YELLOW_OXIDE] = 0.12,
                     [TITANIUM_WHITE] = 0.30},
    },
};

/* The powder takes the place of its own volume of water. */
static double suspension_g_per_ml(double solid_g_per_ml)
{
    double solid_fraction = loading_g_per_ml / solid_g_per_ml;
    return loading_g_per_ml + (1 - solid_fraction) * water_g_per_ml;
}

void liquid_make_single(const struct liquid_single *single, struct liquid *out)
{
    struct liquid liquid = {
        .density_g_per_ml = suspension_g_per_ml(single->solid_g_per_ml),
        .class = single->class,
        .fade = fade_class_rates(single->class),
    };
    single->coefficients(&liquid);
    *out = liquid;
}

static double band_sum(const struct bands *bands)
{
    double sum = 0;
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum += bands->value[i];
    return sum;
}

static void add_part(struct liquid *mixture, const struct liquid *part, double fraction)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        mixture->K.value[i] += fraction * part->K.value[i];
        mixture->S.value[i] += fraction * part->S.value[i];
    }
    mixture->density_g_per_ml += fraction * (part->density_g_per_ml - water_g_per_ml);
}

static void add_fade(struct fade_rates *mean, const struct fade_rates *rates,
                     double weight)
{
    mean->healed_fraction += weight * rates->healed_fraction;
    mean->biological_per_year += weight * rates->biological_per_year;
    mean->ultraviolet_per_year += weight * rates->ultraviolet_per_year;
}

void liquid_make_premix(const struct liquid_premix *premix, struct liquid *out)
{
    struct liquid part[LIQUID_SINGLES];
    struct liquid mixture = {.density_g_per_ml = water_g_per_ml};
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        liquid_make_single(&liquid_singles[i], &part[i]);
        add_part(&mixture, &part[i], premix->fraction[i]);
    }
    double all = band_sum(&mixture.K);
    double largest = 0;
    for (size_t i = 0; i < LIQUID_SINGLES; i++) {
        double share = premix->fraction[i] * band_sum(&part[i].K) / all;
        add_fade(&mixture.fade, &part[i].fade, share);
        if (share > largest) {
            largest = share;
            mixture.class = part[i].class;
        }
    }
    *out = mixture;
}
