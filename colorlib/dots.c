/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/dots.h"

#include <assert.h>
#include <math.h>

#include "colorlib/lanes_dots.h"
#include "colorlib/surface.h"
#include "colorlib/two_flux.h"

/* Effective over mean chord, fitted to Monte-Carlo output together with DOTS_KAPPA. */
#define CHORD_FACTOR 0.89

/* No liquid absorbs as much (carbon at bottle strength is 2300 mm^-1), and beyond it the
 * reflectance of a layer no longer tells how much. */
#define ABSORPTION_LIMIT_PER_MM 1e6

double dots_coverage(double density_per_cm2, double radius_mm)
{
    double mm2_per_cm2 = 100;
    return density_per_cm2 * M_PI * radius_mm * radius_mm / mm2_per_cm2;
}

/* 2 r h / (r + h) is the mean chord 4 V / S of the cylinder. */
double dots_chord_mm(double radius_mm, double height_mm)
{
    return CHORD_FACTOR * 2 * radius_mm * height_mm / (radius_mm + height_mm);
}

double dots_packaging(double optical_depth)
{
    return two_flux_packaging(optical_depth);
}

/* What lies upon a body of internal reflectance G: (constant + linear G) / (1 - pole G).
 * Layers, surfaces and haze all have this form, and so has one upon another. */
struct cover {
    double constant;
    double linear;
    double pole;
};

static struct cover cover_of_layer(struct two_flux_layer layer)
{
    double r = layer.reflectance;
    double t = layer.transmittance;
    return (struct cover){.constant = r, .linear = t * t - r * r, .pole = r};
}

/* Surface, specular excluded, under haze, times the residual ratio. */
static struct cover cover_of_surface(double haze, double residual_ratio)
{
    struct surface surface = surface_of_index(SKIN_INDEX);
    double through = (1 - surface.external) * (1 - surface.internal);
    return (struct cover){
        .constant = residual_ratio * haze,
        .linear = residual_ratio * ((1 - haze) * through - haze * surface.internal),
        .pole = surface.internal,
    };
}

static struct cover cover_upon(struct cover upper, struct cover lower)
{
    double scale = 1 / (1 - upper.pole * lower.constant);
    return (struct cover){
        .constant = scale * (upper.constant + upper.linear * lower.constant),
        .linear = scale * (upper.linear * lower.linear - upper.constant * lower.pole),
        .pole = scale * (lower.pole + upper.pole * lower.linear),
    };
}

static struct cover cover_of_ground(const struct skin *skin, size_t band)
{
    const struct skin_optics *optics = &skin->optics;
    struct two_flux_layer epidermis = two_flux_layer(
        SKIN_KAPPA_EPIDERMIS * optics->absorption_epidermis.value[band],
        SKIN_SIGMA_EPIDERMIS * optics->scattering.value[band], SKIN_EPIDERMIS_MM);
    return cover_upon(cover_of_surface(optics->haze, skin->residual_ratio.value[band]),
                      cover_of_layer(epidermis));
}

void dots_ground_make(const struct skin *skin, struct dots_ground *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = SKIN_KAPPA_DERMIS * skin->optics.absorption_dermis.value[i];
        double S = SKIN_SIGMA_DERMIS * skin->optics.scattering.value[i];
        struct cover cover = cover_of_ground(skin, i);
        out->dermis_absorption.value[i] = K;
        out->dermis_scattering.value[i] = S;
        out->deep_reflectance.value[i] = two_flux_infinite(K, S);
        out->cover_constant.value[i] = cover.constant;
        out->cover_linear.value[i] = cover.linear;
        out->cover_pole.value[i] = cover.pole;
    }
}

void dots_ground_bare(const struct dots_ground *ground, struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double dermis = ground->deep_reflectance.value[i];
        out->value[i] =
            (ground->cover_constant.value[i] + ground->cover_linear.value[i] * dermis) /
            (1 - ground->cover_pole.value[i] * dermis);
    }
}

/* The cover of a bed at a band where no light dies away in the dermis. */
static void lay_clear(const struct dots_ground *ground, size_t band, double clear_mm,
                      struct dots_bed *out)
{
    struct cover upper = {ground->cover_constant.value[band],
                          ground->cover_linear.value[band],
                          ground->cover_pole.value[band]};
    struct cover cover = cover_upon(
        upper,
        cover_of_layer(two_flux_layer(ground->dermis_absorption.value[band],
                                      ground->dermis_scattering.value[band], clear_mm)));
    out->cover_constant.value[band] = cover.constant;
    out->cover_linear.value[band] = cover.linear;
    out->cover_pole.value[band] = cover.pole;
}

void dots_bed_lay(const struct dots_ground *ground, double depth_mm, double height_mm,
                  struct dots_bed *out)
{
    assert(depth_mm >= 0 && height_mm > 0);
    double clear_mm = fmax(depth_mm - SKIN_EPIDERMIS_MM, 0);
    out->height_mm = height_mm;
    lanes_bed_lay(lanes_isa_best(), ground, clear_mm, out);
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(ground->dermis_absorption.value[i] > 0))
            lay_clear(ground, i, clear_mm, out);
}

void dots_bed_make(const struct skin *skin, double depth_mm, double height_mm,
                   struct dots_bed *out)
{
    struct dots_ground ground;
    dots_ground_make(skin, &ground);
    dots_bed_lay(&ground, depth_mm, height_mm, out);
}

/* Internal reflectance of the pigmented layer upon the deep dermis. */
static double deposit_reflectance(const struct dots_bed *bed, size_t band, double K_add,
                                  double S_add)
{
    return two_flux_layer_over(bed->dermis_absorption.value[band] + K_add,
                               bed->dermis_scattering.value[band] + S_add, bed->height_mm,
                               bed->deep_reflectance.value[band]);
}

/* The reflectance factor of a deposit of this internal reflectance under all that lies
 * upon it. */
static double covered(const struct dots_bed *bed, size_t band, double deposit)
{
    return (bed->cover_constant.value[band] + bed->cover_linear.value[band] * deposit) /
           (1 - bed->cover_pole.value[band] * deposit);
}

/* Below this attenuation the layer's reflectance is a difference of nearly equal numbers.
 */
static const double thin = 1e-3;

bool dots_bed_is_thin(const struct dots_bed *bed)
{
    const double most = thin / bed->height_mm;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = bed->dermis_absorption.value[i], S = bed->dermis_scattering.value[i];
        if (K * (K + 2 * S) < most * most)
            return true;
    }
    return false;
}

void dots_bed_reflectance(const struct dots_bed *bed, const struct bands *K_add,
                          const struct bands *S_add, struct bands *out)
{
    struct bands attenuation;
    lanes_bed_reflectance(lanes_isa_best(), bed, K_add, S_add, &attenuation, out);
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (attenuation.value[i] < thin)
            out->value[i] = covered(
                bed, i, deposit_reflectance(bed, i, K_add->value[i], S_add->value[i]));
}

/* a mu C(mu l) = (a / l) (1 - exp(-mu l)) */
void dots_add(const struct dot_population *population, double height_mm,
              struct bands *K_add, struct bands *S_add)
{
    double coverage = dots_coverage(population->density_per_cm2, population->radius_mm);
    double chord_mm = dots_chord_mm(population->radius_mm, height_mm);
    if (!(chord_mm > 0)) /* dots without a size */
        return;
    struct bands added;
    lanes_dots_absorption(lanes_isa_best(), DOTS_KAPPA * coverage / chord_mm, chord_mm,
                          &population->absorption, &added);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        K_add->value[i] += added.value[i];
        S_add->value[i] += SKIN_SIGMA_DERMIS * coverage * population->scattering.value[i];
    }
}

enum status dots_reflectance(const struct skin *skin, double depth_mm, double height_mm,
                             const struct dot_population *populations, size_t count,
                             struct bands *out)
{
    struct bands K_add = {{0}};
    struct bands S_add = {{0}};
    double coverage = 0;
    for (size_t i = 0; i < count; i++) {
        coverage +=
            dots_coverage(populations[i].density_per_cm2, populations[i].radius_mm);
        dots_add(&populations[i], height_mm, &K_add, &S_add);
    }
    if (!(coverage <= DOTS_COVERAGE_REFUSE))
        return STATUS_REJECTED;
    struct dots_bed bed;
    dots_bed_make(skin, depth_mm, height_mm, &bed);
    dots_bed_reflectance(&bed, &K_add, &S_add, out);
    return STATUS_OK;
}

/* What the pigmented layer upon the deep dermis must reflect for the target; 0 where even
 * black there would be too light. */
static double required_deposit(const struct dots_bed *bed, size_t band, double target)
{
    if (target <= bed->cover_constant.value[band])
        return 0;
    return (target - bed->cover_constant.value[band]) /
           (bed->cover_linear.value[band] + target * bed->cover_pole.value[band]);
}

/* The layer darkens steadily with K, so that halving the interval finds the one root; 64
 * halvings leave less than any digit of the sum that K_add becomes part of. */
static double absorption_below(const struct dots_bed *bed, size_t band, double deposit,
                               double high)
{
    double low = 0;
    for (size_t halving = 0; halving < 64; halving++) {
        double middle = low + (high - low) / 2;
        if (deposit_reflectance(bed, band, middle, 0) > deposit)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static double required_absorption(const struct dots_bed *bed, size_t band, double target)
{
    double deposit = required_deposit(bed, band, target);
    if (deposit >= bed->deep_reflectance.value[band])
        return 0;
    double high = 1;
    while (deposit_reflectance(bed, band, high, 0) > deposit) {
        high *= 2;
        if (high > ABSORPTION_LIMIT_PER_MM)
            return HUGE_VAL;
    }
    return absorption_below(bed, band, deposit, high);
}

void dots_bed_absorption(const struct dots_bed *bed, const struct bands *target,
                         struct bands *K_add)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        K_add->value[i] = required_absorption(bed, i, target->value[i]);
}

double dots_contrast(double absorption_per_mm, double depth_mm)
{
    return 0.11 * pow(absorption_per_mm, 0.38) * exp(-(depth_mm - 0.10) / 0.15);
}
