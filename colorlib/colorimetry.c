/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/colorimetry.h"

#include <math.h>

#include "colorlib/sprague.h"

/* The range over which ASTM E308 sums, and how much of it a grid may leave to its ends.
 */
enum {
    FIRST_NM = 380,
    LAST_NM = 780,
    NEEDED_FIRST_NM = 420,
    NEEDED_LAST_NM = 680,
    FINEST_STEP_NM = 1,
    COARSEST_STEP_NM = 20
};

/* Instruments print their wavelengths to 0.01 nm. */
#define WAVELENGTH_TOLERANCE_NM 0.01

static int covers_needed(const struct grid *grid)
{
    double last_nm = grid_wavelength_nm(grid, grid->count - 1);
    return grid->start_nm <= NEEDED_FIRST_NM + WAVELENGTH_TOLERANCE_NM &&
           last_nm >= NEEDED_LAST_NM - WAVELENGTH_TOLERANCE_NM;
}

static enum status check_grid(const struct grid *grid)
{
    if (!(grid->step_nm >= FINEST_STEP_NM - WAVELENGTH_TOLERANCE_NM &&
          grid->step_nm <= COARSEST_STEP_NM + WAVELENGTH_TOLERANCE_NM))
        return STATUS_BAD_DATA;
    if (grid->count < SPRAGUE_DATA || grid->count > SPECTRUM_MAX)
        return STATUS_BAD_DATA;
    return covers_needed(grid) ? STATUS_OK : STATUS_NOT_COVERED;
}

/*
 * The transpose of interpolating each spectrum: what a nanometre contributes goes to the
 * six bands from which its reflectance is interpolated.
 */
static void spread_to_bands(const struct sprague *sprague, double power,
                            const struct color_matching *matching,
                            struct weights *weights)
{
    for (size_t k = 0; k < SPRAGUE_DATA; k++) {
        double share = power * sprague->weight[k];
        weights->x[sprague->first + k] += share * matching->x;
        weights->y[sprague->first + k] += share * matching->y;
        weights->z[sprague->first + k] += share * matching->z;
    }
}

static void scale(struct weights *weights, double factor)
{
    for (size_t i = 0; i < weights->grid.count; i++) {
        weights->x[i] *= factor;
        weights->y[i] *= factor;
        weights->z[i] *= factor;
        weights->white.X += weights->x[i];
        weights->white.Y += weights->y[i];
        weights->white.Z += weights->z[i];
    }
}

/* Scaling has overflowed or underflowed where Y is not 1 or another sum is infinite. */
static int usable(const cmsCIEXYZ *white)
{
    return isfinite(white->X) && isfinite(white->Z) && fabs(white->Y - 1) < 1e-9;
}

enum status weights_make(const struct grid *grid, const struct illuminant *illuminant,
                         enum observer observer, struct weights *out)
{
    enum status status = check_grid(grid);
    if (status != STATUS_OK)
        return status;
    if (!covers_needed(&illuminant->power.grid))
        return STATUS_NOT_COVERED;
    struct weights weights = {.grid = *grid};
    double luminous = 0;
    for (int nm = FIRST_NM; nm <= LAST_NM; nm++) {
        struct sprague sprague = sprague_weights(grid, nm);
        struct color_matching matching = observer_at(observer, nm);
        double power = illuminant_power(illuminant, nm);
        spread_to_bands(&sprague, power, &matching, &weights);
        luminous += power * matching.y;
    }
    if (!(luminous > 0))
        return STATUS_NOT_COVERED;
    scale(&weights, 1 / luminous);
    if (!usable(&weights.white)) /* the power of a lamp may be any number */
        return STATUS_NOT_COVERED;
    *out = weights;
    return STATUS_OK;
}

cmsCIEXYZ colorimetry_xyz(const struct weights *weights, const double *reflectance)
{
    cmsCIEXYZ xyz = {0};
    for (size_t i = 0; i < weights->grid.count; i++) {
        xyz.X += weights->x[i] * reflectance[i];
        xyz.Y += weights->y[i] * reflectance[i];
        xyz.Z += weights->z[i] * reflectance[i];
    }
    return xyz;
}

/* f of ISO/CIE 11664-4; a cube root takes half the time of LittleCMS's power. */
static double compressed(double ratio)
{
    const double knee = 24.0 / 116 * (24.0 / 116) * (24.0 / 116);
    return ratio > knee ? cbrt(ratio) : 841.0 / 108 * ratio + 16.0 / 116;
}

cmsCIELab colorimetry_lab(const cmsCIEXYZ *xyz, const cmsCIEXYZ *white)
{
    double x = compressed(xyz->X / white->X);
    double y = compressed(xyz->Y / white->Y);
    double z = compressed(xyz->Z / white->Z);
    return (cmsCIELab){.L = 116 * y - 16, .a = 500 * (x - y), .b = 200 * (y - z)};
}

cmsCIELab colorimetry_reflectance_lab(const struct weights *weights,
                                      const double *reflectance)
{
    cmsCIEXYZ xyz = colorimetry_xyz(weights, reflectance);
    return colorimetry_lab(&xyz, &weights->white);
}

cmsCIEXYZ colorimetry_lab_xyz(const cmsCIELab *lab, const cmsCIEXYZ *white)
{
    cmsCIEXYZ xyz;
    cmsLab2XYZ(white, &xyz, lab);
    return xyz;
}

cmsCIELCh colorimetry_lch(const cmsCIELab *lab)
{
    cmsCIELCh lch;
    cmsLab2LCh(&lch, lab);
    return lch;
}

/*
 * Primaries (0.64, 0.33), (0.30, 0.60), (0.15, 0.06) and white (0.3127, 0.3290) of
 * IEC 61966-2-1, solved in double precision: the four decimals that the standard prints
 * make white slightly colored.
 */
static const double xyz_from_rgb[3][3] = {
    {0.4123907992659595, 0.3575843393838780, 0.1804807884018343},
    {0.2126390058715104, 0.7151686787677559, 0.0721923153607337},
    {0.0193308187155918, 0.1191947797946259, 0.9505321522496608},
};

static const double rgb_from_xyz[3][3] = {
    {3.2409699419045213, -1.5373831775700935, -0.4986107602930033},
    {-0.9692436362808798, 1.8759675015077206, 0.0415550574071756},
    {0.0556300796969936, -0.2039769588889765, 1.0569715142428784},
};

static void multiply(const double matrix[3][3], const double in[3], double out[3])
{
    for (size_t row = 0; row < 3; row++) {
        out[row] = 0;
        for (size_t column = 0; column < 3; column++)
            out[row] += matrix[row][column] * in[column];
    }
}

static double encoded(double linear)
{
    if (linear <= 0.0031308)
        return 12.92 * linear;
    return 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

static double decoded(uint8_t code)
{
    double value = code / 255.0;
    if (value <= 0.04045)
        return value / 12.92;
    return pow((value + 0.055) / 1.055, 2.4);
}

/* Clipped means that rounding alone would not have brought it into 0 to 255. */
static uint8_t code(double linear, uint8_t *clipped)
{
    double level = round(255 * encoded(linear));
    if (level >= 0 && level <= 255)
        return (uint8_t)level;
    *clipped = 1;
    return level > 255 ? 255 : 0;
}

struct srgb colorimetry_srgb(const cmsCIEXYZ *xyz, const cmsCIEXYZ *white)
{
    cmsCIEXYZ d65 = colorimetry_srgb_xyz((struct srgb){255, 255, 255, 0});
    cmsCIEXYZ adapted;
    if (!cmsAdaptToIlluminant(&adapted, white, &d65, xyz))
        adapted = *xyz; /* a lamp without blue leaves no signal to scale */
    double rgb[3];
    multiply(rgb_from_xyz, (double[]){adapted.X, adapted.Y, adapted.Z}, rgb);
    struct srgb out = {0};
    out.red = code(rgb[0], &out.clipped);
    out.green = code(rgb[1], &out.clipped);
    out.blue = code(rgb[2], &out.clipped);
    return out;
}

cmsCIEXYZ colorimetry_srgb_xyz(struct srgb color)
{
    double rgb[] = {decoded(color.red), decoded(color.green), decoded(color.blue)};
    double xyz[3];
    multiply(xyz_from_rgb, rgb, xyz);
    return (cmsCIEXYZ){.X = xyz[0], .Y = xyz[1], .Z = xyz[2]};
}
