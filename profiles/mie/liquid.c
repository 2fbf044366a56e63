/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles/mie/liquid.h"

#include "profiles/mie/material.h"
#include "profiles/mie/mie.h"

/* Powder per liquid, g/ml: a practitioner quotes jars of 15 % powder, 85 % water. */
static const double loading_g_per_ml = 0.15;
static const double water_g_per_ml = 1.0;

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
                                .volume_fraction = loading_g_per_ml / 5.2};
    powder_coefficients(&powder, MATERIAL_HEMATITE, liquid);
}

static void white_coefficients(struct liquid *liquid)
{
    struct mie_powder powder = {.median_diameter_nm = 250,
                                .spread = 0.25,
                                .volume_fraction = loading_g_per_ml / 4.2};
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
                    .origin =
                        "# Carbon black (C.I. Pigment Black 7), 0.15 g/ml in water.\n"
                        "# K = 2 mu, mu = 1125 mm^-1 x 550 nm / wavelength: 0.15 g/ml "
                        "[published: a\n"
                        "#   practitioner's jar of 15 % powder] times 7.5 +- 1.2 m^2/g "
                        "at 550 nm\n"
                        "#   [published: Bond and Bergstrom, Aerosol Sci. Technol. 40 "
                        "(2006) 27].\n"
                        "#   Micrometre lumps absorb less per gram: an upper estimate "
                        "[inferred].\n"
                        "# S = 0: the particles, some 20-50 nm, scatter little of what "
                        "they absorb\n"
                        "#   [assumption].\n"
                        "# Powder 1.8 g/cm^3 (handbook).\n",
                },
            .class = PIGMENT_CARBON,
            .ci = "77266",
            .solid_g_per_ml = 1.8,
            .coefficients = carbon_coefficients,
        },
    [RED_OXIDE] =
        {
            .text =
                {
                    .id = "red-oxide",
                    .name = "red iron oxide, generic",
                    .origin = "# Red iron oxide (hematite, C.I. Pigment Red 101), 0.15 "
                              "g/ml in water.\n"
                              "# K = 2 mu_a, S = 3/4 mu_s' of spheres by Lorenz-Mie "
                              "theory [computed], two\n"
                              "#   parts ordinary, one part extraordinary refractive "
                              "index [published:\n"
                              "#   Querry, CRDC-CR-85034 (1985)] in water [published: "
                              "Hale and Querry, Appl.\n"
                              "#   Opt. 12 (1973) 555].\n"
                              "# Diameters log-normal by number, median 0.15 um, "
                              "standard deviation of the\n"
                              "#   logarithm 0.25, cut at two of them either side "
                              "[assumption]. Coarser\n"
                              "#   grades absorb less and turn bluish red.\n"
                              "# Powder 5.2 g/cm^3 (handbook).\n",
                },
            .class = PIGMENT_IRON_OXIDE,
            .ci = "77491",
            .solid_g_per_ml = 5.2,
            .coefficients = red_coefficients,
        },
    [YELLOW_OXIDE] =
        {
            .text =
                {
                    .id = "yellow-oxide",
                    .name = "yellow iron oxide, generic",
                    .origin =
                        "# Yellow iron oxide (goethite, C.I. Pigment Yellow 42) in "
                        "water.\n"
                        "# K/S from the masstone of an acrylic paint [published: Kimera "
                        "yellow oxide,\n"
                        "#   github.com/miciwan/PaintMixing, MIT licence, Copyright (c) "
                        "2024 miciwan]:\n"
                        "#   surface reflection removed after Saunderson with k1 = "
                        "0.025, k2 = 0.6\n"
                        "#   [assumption], then K/S = (1 - R)^2 / 2R. 400-410 and "
                        "690-700 nm, where its\n"
                        "#   instrument is unreliable, repeat the nearest good band.\n"
                        "# S = 200 mm^-1 at every wavelength [assumption]. It sets the "
                        "strength of the\n"
                        "#   whole bottle. A tint of the same paint in white gives 0.12 "
                        "to 0.26 of the\n"
                        "#   white's S, on the scale of this set 40 to 80 mm^-1 "
                        "[computed]: a bottle of\n"
                        "#   0.15 g/ml may well be three to five times weaker. No "
                        "optical constants of\n"
                        "#   goethite were found for a computation like that of the "
                        "red.\n"
                        "# Powder 4.2 g/cm^3 (handbook), 0.15 g/ml for the density "
                        "[assumption].\n",
                },
            .class = PIGMENT_IRON_OXIDE,
            .ci = "77492",
            .solid_g_per_ml = 4.2,
            .coefficients = yellow_coefficients,
        },
    [TITANIUM_WHITE] =
        {
            .text =
                {
                    .id = "titanium-white",
                    .name = "titanium white, generic",
                    .origin = "# Titanium dioxide (rutile, C.I. Pigment White 6), 0.15 "
                              "g/ml in water.\n"
                              "# S = 3/4 mu_s' of spheres by Lorenz-Mie theory "
                              "[computed], two parts ordinary,\n"
                              "#   one part extraordinary refractive index [published: "
                              "DeVore, J. Opt. Soc.\n"
                              "#   Am. 41 (1951) 416] in water [published: Hale and "
                              "Querry, Appl. Opt. 12\n"
                              "#   (1973) 555].\n"
                              "# Diameters log-normal by number, median 0.25 um, "
                              "standard deviation of the\n"
                              "#   logarithm 0.25, cut at two of them either side "
                              "[assumption].\n"
                              "# K = 0: the small absorption of rutile below 420 nm is "
                              "left out [assumption].\n"
                              "# Powder 4.2 g/cm^3 (handbook).\n",
                },
            .class = PIGMENT_TIO2,
            .ci = "77891",
            .solid_g_per_ml = 4.2,
            .coefficients = white_coefficients,
        },
};

/* Fractions chosen with the dots model on the light and the tan reference client: stubble
 * of hair.ini at 120 to 150 dots per cm^2, seen after 6 weeks. */
const struct liquid_premix liquid_premixes[LIQUID_PREMIXES] = {
    {
        .text =
            {
                .id = "cool-grey",
                .name = "cool grey, generic premix",
                .origin = "# For black and dark-brown hair. The white takes away the "
                          "redness that carbon\n"
                          "#   alone leaves: light reference client, dark-brown stubble, "
                          "140 dots/cm^2,\n"
                          "#   CIEDE2000 0.3 after 6 weeks at about 1:2 against 0.7 for "
                          "carbon [computed].\n",
            },
        .fraction = {[CARBON] = 0.20, [TITANIUM_WHITE] = 0.50},
    },
    {
        .text =
            {
                .id = "neutral",
                .name = "neutral, generic premix",
                .origin = "# Between the greys and the browns, for dark-brown hair and "
                          "hair somewhat\n"
                          "#   lighter: light reference client, stubble halfway to "
                          "mid-brown, 130\n"
                          "#   dots/cm^2, CIEDE2000 0.3 after 6 weeks at about 1:6 "
                          "[computed].\n",
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
                .origin = "# For mid-brown and lighter hair: light reference client, "
                          "brown stubble, 120\n"
                          "#   dots/cm^2, CIEDE2000 0.1 after 6 weeks at about 1:5.5 "
                          "against 0.9 for\n"
                          "#   carbon [computed].\n",
            },
        .fraction = {[CARBON] = 0.15, [RED_OXIDE] = 0.10, [YELLOW_OXIDE] = 0.25},
    },
    {
        .text =
            {
                .id = "dark-brown",
                .name = "dark brown, generic premix",
                .origin = "# For hair between dark and mid brown: light reference "
                          "client, stubble halfway\n"
                          "#   ce 2.2, 130 dots/cm^2, CIEDE2000 0.2 after 6 weeks at "
                          "about 1:5\n"
                          "#   [computed].\n",
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
