/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/skin.h"

#include <math.h>

/* Bands of the wavelengths (nm) in the names. */
enum {
    BAND_540 = 14,
    BAND_570 = 17,
    BAND_620 = 22,
    BAND_640 = 24,
    BAND_670 = 27,
    BAND_680 = 28,
    BAND_700 = 30
};

enum status skin_weights(struct weights *out)
{
    struct illuminant d65;
    enum status status = illuminant_find("D65", &d65);
    if (status != STATUS_OK)
        return status;
    return weights_make(&bands_grid, &d65, OBSERVER_CIE_1964_10DEG, out);
}

double skin_ita_deg(const cmsCIELab *lab)
{
    return atan2(lab->L - 50, fmax(lab->b, 0)) * 180 / M_PI;
}

const char *skin_ita_class(double ita_deg)
{
    static const struct {
        double above_deg;
        const char *name;
    } classes[] = {{55, "very light"},
                   {41, "light"},
                   {28, "intermediate"},
                   {10, "tan"},
                   {-30, "brown"}};
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (ita_deg > classes[i].above_deg)
            return classes[i].name;
    return "dark";
}

static double absorbance(const struct bands *reflectance, size_t band)
{
    return -log10(reflectance->value[band]);
}

/* first and last included */
static double mean_absorbance(const struct bands *reflectance, size_t first, size_t last)
{
    double sum = 0;
    for (size_t i = first; i <= last; i++)
        sum += absorbance(reflectance, i);
    return sum / (double)(last - first + 1);
}

double skin_melanin_index(const struct bands *reflectance)
{
    return 100 * mean_absorbance(reflectance, BAND_640, BAND_680);
}

double skin_erythema_index(const struct bands *reflectance)
{
    return 100 * (mean_absorbance(reflectance, BAND_540, BAND_570) -
                  mean_absorbance(reflectance, BAND_640, BAND_670));
}

double skin_melanin_slope(const struct bands *reflectance)
{
    double centre_nm =
        (bands_wavelength_nm(BAND_620) + bands_wavelength_nm(BAND_700)) / 2;
    double covariance = 0;
    double variance = 0;
    for (size_t i = BAND_620; i <= BAND_700; i++) {
        double offset_nm = bands_wavelength_nm(i) - centre_nm;
        covariance += offset_nm * absorbance(reflectance, i);
        variance += offset_nm * offset_nm;
    }
    return -covariance / variance;
}

static double modelled_ita_deg(const struct skin_parameters *parameters,
                               const struct weights *weights)
{
    struct skin_optics optics;
    struct bands reflectance;
    skin_optics_make(parameters, &optics);
    skin_reflectance(&optics, &reflectance);
    cmsCIELab lab = colorimetry_reflectance_lab(weights, reflectance.value);
    return skin_ita_deg(&lab);
}

enum status skin_parameters_from_ita(double ita_deg, struct skin_parameters *out)
{
    if (!(ita_deg >= -55 && ita_deg <= 60))
        return STATUS_OUT_OF_RANGE;
    struct weights weights;
    enum status status = skin_weights(&weights);
    if (status != STATUS_OK)
        return status;

    /* the angle falls steadily with melanin; these bounds span more than the range */
    struct skin_parameters parameters = skin_reference_parameters(SKIN_LIGHT);
    double low = log(1e-5);
    double high = log(0.5);
    for (size_t halving = 0; halving < 50; halving++) {
        double middle = (low + high) / 2;
        parameters.melanosome_fraction = exp(middle);
        if (modelled_ita_deg(&parameters, &weights) > ita_deg)
            low = middle;
        else
            high = middle;
    }
    *out = parameters;
    return STATUS_OK;
}
