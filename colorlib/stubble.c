/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/stubble.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "colorlib/dots.h"
#include "colorlib/ini_section.h"
#include "colorlib/surface.h"
#include "colorlib/two_flux.h"

/* Hair of a class whose file says no more. Density: 175 to 300 per cm^2 (Barman 1965);
 * diameter: 0.06 to 0.12 mm in the trade; depth and length are assumptions. */
static const struct hair usual_hair = {
    .density_per_cm2 = 180,
    .diameter_mm = 0.07,
    .depth_mm = 1.5,
    .length_mm = 0.3,
};

/* A fibre's absorption is C_e x 0.697 / d x (550 / lambda)^4, values of d'Eon (2011); the
 * power is inferred from his three channels. */
#define FIBRE_ABSORPTION 0.697
#define FIBRE_POWER      4

/* Share of a stub's area that it covers as seen from above. */
#define STUB_SHADE 0.9

/* Reflectance of a stub: surface, what comes back through a fibre that does not absorb,
 * the path in diameters; and of a white one. Assumptions. */
#define STUB_SURFACE 0.02
#define STUB_BODY    0.5
#define STUB_PATH    2.2
#define STUB_WHITE   0.35

enum status hair_read(const char *path, const char *name, struct hair *out,
                      struct fault *fault)
{
    struct hair hair = usual_hair;
    const struct ini_key keys[] = {
        {"ce", &hair.absorption_scale, 0, 100, INI_REQUIRED},
        {"density", &hair.density_per_cm2, 0, 1000, INI_OPTIONAL},
        {"diameter_mm", &hair.diameter_mm, 0.01, 0.3, INI_OPTIONAL},
        {"depth_mm", &hair.depth_mm, 0.1, 10, INI_OPTIONAL},
        {"length_mm", &hair.length_mm, 0, 2, INI_OPTIONAL},
        {"grey", &hair.grey_fraction, 0, 1, INI_OPTIONAL},
    };
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof hair.name) {
        *fault = (struct fault){.text = "no class of hair has such a name"};
        return STATUS_NOT_FOUND;
    }
    enum status status =
        ini_section_read(path, name, keys, sizeof keys / sizeof keys[0], fault);
    if (status != STATUS_OK)
        return status;
    memcpy(hair.name, name, length + 1);
    *out = hair;
    return STATUS_OK;
}

/* mu_h, mm^-1. */
static double fibre_absorption(const struct hair *hair, size_t band)
{
    return hair->absorption_scale * FIBRE_ABSORPTION / hair->diameter_mm *
           pow(550 / bands_wavelength_nm(band), FIBRE_POWER);
}

/* The shafts are dots that hold hair instead of pigment; white ones do not show. */
static struct dot_population shafts_of(const struct hair *hair)
{
    struct dot_population shafts = {
        .density_per_cm2 = hair->density_per_cm2 * (1 - hair->grey_fraction),
        .radius_mm = hair->diameter_mm / 2,
    };
    for (size_t i = 0; i < BAND_COUNT; i++)
        shafts.absorption.value[i] = fibre_absorption(hair, i);
    return shafts;
}

/* Reflectance factor, without haze, of skin whose shafts add K from the surface down. */
static double shaft_reflectance(const struct skin_optics *optics, size_t band,
                                double depth_mm, double K_add)
{
    double scattering = optics->scattering.value[band];
    double epidermis_K =
        SKIN_KAPPA_EPIDERMIS * optics->absorption_epidermis.value[band] + K_add;
    double dermis_K = SKIN_KAPPA_DERMIS * optics->absorption_dermis.value[band];
    double dermis_S = SKIN_SIGMA_DERMIS * scattering;
    struct two_flux_layer epidermis =
        two_flux_layer(epidermis_K, SKIN_SIGMA_EPIDERMIS * scattering, SKIN_EPIDERMIS_MM);
    struct two_flux_layer haired =
        two_flux_layer(dermis_K + K_add, dermis_S, depth_mm - SKIN_EPIDERMIS_MM);
    double dermis = two_flux_over(haired, two_flux_infinite(dermis_K, dermis_S));
    struct surface surface = surface_of_index(SKIN_INDEX);
    return surface_reflectance(&surface, SURFACE_SPECULAR_EXCLUDED,
                               two_flux_over(epidermis, dermis));
}

/* R_h: pigmented and white stubs side by side. */
static double stub_reflectance(const struct hair *hair, size_t band)
{
    double absorbed = STUB_PATH * fibre_absorption(hair, band) * hair->diameter_mm;
    double pigmented = STUB_SURFACE + STUB_BODY * exp(-absorbed);
    return (1 - hair->grey_fraction) * pigmented + hair->grey_fraction * STUB_WHITE;
}

/* a_s: the share of the area that stubs cover. */
static double stub_coverage(const struct hair *hair)
{
    double mm2_per_cm2 = 100;
    return STUB_SHADE * hair->density_per_cm2 * hair->diameter_mm * hair->length_mm /
           mm2_per_cm2;
}

/* Full diffusion of light between stubs and skin: Yule-Nielsen with n = 2. */
static double yule_nielsen(double skin, double stub, double coverage)
{
    double root = (1 - coverage) * sqrt(skin) + coverage * sqrt(stub);
    return root * root;
}

/*
 * Haze comes last, over skin and stubs alike: this order reproduces the reference targets
 * (client A, black hair: L* 55.99), haze under the stubs does not (55.90).
 */
enum status stubble_reflectance(const struct skin *skin, const struct hair *hair,
                                struct bands *out)
{
    assert(hair->depth_mm >= SKIN_EPIDERMIS_MM);
    struct dot_population shafts = shafts_of(hair);
    double covered = dots_coverage(shafts.density_per_cm2, shafts.radius_mm);
    double stubs = stub_coverage(hair);
    if (!(covered <= DOTS_COVERAGE_REFUSE && stubs <= 1))
        return STATUS_REJECTED;
    struct bands K_add = {{0}}, S_add = {{0}};
    dots_add(&shafts, hair->depth_mm, &K_add, &S_add);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double below =
            shaft_reflectance(&skin->optics, i, hair->depth_mm, K_add.value[i]);
        double mixed = yule_nielsen(below, stub_reflectance(hair, i), stubs);
        out->value[i] =
            skin->residual_ratio.value[i] * surface_add_haze(mixed, skin->optics.haze);
    }
    return STATUS_OK;
}

enum status stubble_greyed(const struct greying *greying, double years, struct bands *out)
{
    struct hair hair = *greying->hair;
    hair.grey_fraction = fmin(1, hair.grey_fraction + STUBBLE_GREYING_PER_YEAR * years);
    return stubble_reflectance(greying->skin, &hair, out);
}

enum status stubble_on_other_skin(const struct bands *target, const struct bands *here,
                                  const struct bands *there, struct bands *out)
{
    struct bands moved;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        if (!(here->value[i] > 0))
            return STATUS_BAD_DATA;
        moved.value[i] = target->value[i] * there->value[i] / here->value[i];
    }
    *out = moved;
    return STATUS_OK;
}
