/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <math.h>

#include "colorlib/surface.h"
#include "colorlib/two_flux.h"

/* Wavelength (nm), molar extinction of HbO2 and Hb, cm^-1 / (mol/l). */
static const double haemoglobin[BAND_COUNT][3] = {
#include "colorlib/data/haemoglobin.inc" /* made from the .csv */
};

/* The absorptions below are published per cm. */
enum { MM_PER_CM = 10 };

/* Whole blood holds 150 g/l of haemoglobin of 64 500 g/mol (S. Prahl, OMLC). */
#define HAEMOGLOBIN_MOL_PER_L (150.0 / 64500)

/* Extinction is decadic, absorption natural; ln 10 as the compilation rounds it. */
#define LN_10 2.303

/* Effective diameter of the vessels; an assumption that sets the sieve effect. */
#define VESSEL_MM 0.02

/* The first reflection at the surface, as of SKIN_INDEX, to the digits that define the
 * conversion. */
#define SPECULAR_REFLECTION 0.0278

struct skin_parameters skin_reference_parameters(enum skin_reference reference)
{
    static const double melanosome_fraction[] = {
        [SKIN_LIGHT] = 0.010, [SKIN_TAN] = 0.035, [SKIN_DARK] = 0.140};
    return (struct skin_parameters){
        .melanosome_fraction = melanosome_fraction[reference],
        .blood_fraction = 0.008,
        .oxygen_saturation = 0.65,
        .scattering_per_mm = 3.6,
        .scattering_power = 1.3,
        .haze = 0.015,
        .yellow_per_mm = 0,
    };
}

/* Interior of a melanosome: S. L. Jacques, "Skin optics", OMLC (1998). */
static double melanosome_per_mm(double wavelength_nm)
{
    return 6.6e11 / MM_PER_CM * pow(wavelength_nm, -3.33);
}

/* Skin without blood and melanin: Jacques 1998. */
static double baseline_per_mm(double wavelength_nm)
{
    return (0.244 + 85.3 * exp(-(wavelength_nm - 154) / 66.2)) / MM_PER_CM;
}

static double whole_blood_per_mm(size_t band, double saturation)
{
    double extinction =
        saturation * haemoglobin[band][1] + (1 - saturation) * haemoglobin[band][2];
    return LN_10 * HAEMOGLOBIN_MOL_PER_L * extinction / MM_PER_CM;
}

/* Carotene, bilirubin and the like as one band around 455 nm, 1 at its peak; a catch-all
 * of the model, not a published spectrum. */
static double yellow_shape(double wavelength_nm)
{
    double width = (wavelength_nm - 455) / 40;
    return exp(-width * width);
}

static double dermis_per_mm(size_t band, const struct skin_parameters *parameters)
{
    double wavelength_nm = bands_wavelength_nm(band);
    double blood = whole_blood_per_mm(band, parameters->oxygen_saturation);
    double share = parameters->blood_fraction;
    return share * blood * two_flux_packaging(blood * VESSEL_MM) +
           (1 - share) * baseline_per_mm(wavelength_nm) +
           parameters->yellow_per_mm * yellow_shape(wavelength_nm);
}

void skin_optics_make(const struct skin_parameters *parameters, struct skin_optics *out)
{
    double share = parameters->melanosome_fraction;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double wavelength_nm = bands_wavelength_nm(i);
        out->absorption_epidermis.value[i] = share * melanosome_per_mm(wavelength_nm) +
                                             (1 - share) * baseline_per_mm(wavelength_nm);
        out->absorption_dermis.value[i] = dermis_per_mm(i, parameters);
        /* form: S. L. Jacques, Phys. Med. Biol. 58 (2013) R37 */
        out->scattering.value[i] =
            parameters->scattering_per_mm *
            pow(wavelength_nm / 500, -parameters->scattering_power);
    }
    out->haze = parameters->haze;
}

void skin_reflectance(const struct skin_optics *optics, struct bands *out)
{
    struct surface surface = surface_of_index(SKIN_INDEX);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double scattering = optics->scattering.value[i];
        double dermis =
            two_flux_infinite(SKIN_KAPPA_DERMIS * optics->absorption_dermis.value[i],
                              SKIN_SIGMA_DERMIS * scattering);
        struct two_flux_layer epidermis =
            two_flux_layer(SKIN_KAPPA_EPIDERMIS * optics->absorption_epidermis.value[i],
                           SKIN_SIGMA_EPIDERMIS * scattering, SKIN_EPIDERMIS_MM);
        double internal = two_flux_over(epidermis, dermis);
        out->value[i] = surface_add_haze(
            surface_reflectance(&surface, SURFACE_SPECULAR_EXCLUDED, internal),
            optics->haze);
    }
}

void skin_from_parameters(const struct skin_parameters *parameters, struct skin *out)
{
    out->parameters = *parameters;
    skin_optics_make(parameters, &out->optics);
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->residual_ratio.value[i] = 1;
}

void skin_bare(const struct skin *skin, struct bands *out)
{
    skin_reflectance(&skin->optics, out);
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->value[i] *= skin->residual_ratio.value[i];
}

void skin_specular_excluded(const struct bands *included, struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        out->value[i] = included->value[i] - SPECULAR_REFLECTION;
}
