/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/treatment.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "colorlib/ini_section.h"

/* The band at which the look of single dots is judged, 560 nm. */
enum { BAND_560 = 16 };

/* One section into a technique that already holds what the section may lack. */
static enum status read_section(const char *path, const char *section, enum ini_need need,
                                struct technique *technique, struct fault *fault)
{
    const struct ini_key keys[] = {
        {"density", &technique->density_per_cm2, 1, 2000, need},
        {"radius_mm", &technique->radius_mm, 0.01, 1, need},
        {"depth_mm", &technique->depth_mm, 0, 5, need},
        {"height_mm", &technique->height_mm, 0.01, 5, need},
        {"fill", &technique->fill_fraction, 0.001, 1, need},
    };
    return ini_section_read(path, section, keys, sizeof keys / sizeof keys[0], fault);
}

enum status technique_read(const char *path, const char *name, struct technique *out,
                           struct fault *fault)
{
    struct technique technique = {0};
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof technique.name) {
        *fault = (struct fault){.text = "no technique has such a name"};
        return STATUS_NOT_FOUND;
    }
    enum status status = read_section(path, "standard", INI_REQUIRED, &technique, fault);
    enum ini_need need = status == STATUS_OK ? INI_OPTIONAL : INI_REQUIRED;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = read_section(path, name, need, &technique, fault);
    if (status != STATUS_OK)
        return status;
    memcpy(technique.name, name, length + 1);
    *out = technique;
    return STATUS_OK;
}

/* Mixture held per volume of dot at an age; spreading thins it. */
static double fill_at(const struct treatment *treatment, double years)
{
    double fresh = treatment->technique.radius_mm;
    double now = fade_radius_mm(&treatment->conditions, fresh, years);
    return treatment->technique.fill_fraction * (fresh / now) * (fresh / now);
}

void treatment_moment(const struct treatment *treatment, double years, struct moment *out)
{
    const struct technique *technique = &treatment->technique;
    const struct fade_conditions *conditions = &treatment->conditions;
    double radius = fade_radius_mm(conditions, technique->radius_mm, years);
    *out = (struct moment){
        .years = years,
        .density_per_cm2 = technique->density_per_cm2,
        .radius_mm = radius,
        .depth_mm = fade_depth_mm(conditions, technique->depth_mm, years),
        .coverage = dots_coverage(technique->density_per_cm2, radius),
        .chord_mm = dots_chord_mm(radius, technique->height_mm),
        .fill = fill_at(treatment, years),
    };
    dots_bed_make(&treatment->skin, out->depth_mm, technique->height_mm, &out->bed);
}

double treatment_retention(const struct treatment *treatment,
                           const struct fade_rates *rates, double years)
{
    double fraction = treatment->skin.parameters.melanosome_fraction;
    double loss = fade_loss_per_year(rates, &treatment->conditions, fraction);
    struct fade_rates here = *rates;
    here.healed_fraction *= treatment->conditions.healed_factor;
    return fade_retention(&here, loss, years);
}

void moment_reflectance(const struct moment *moment, const struct bands *absorption,
                        const struct bands *scattering, struct bands *out)
{
    struct dot_population dots = {.density_per_cm2 = moment->density_per_cm2,
                                  .radius_mm = moment->radius_mm};
    struct bands K_add = {0}, S_add = {0};
    for (size_t i = 0; i < BAND_COUNT; i++) {
        dots.absorption.value[i] = moment->fill * absorption->value[i];
        dots.scattering.value[i] = moment->fill * scattering->value[i];
    }
    dots_add(&dots, moment->bed.height_mm, &K_add, &S_add);
    dots_bed_reflectance(&moment->bed, &K_add, &S_add, out);
}

void treatment_on_scar(struct treatment *treatment)
{
    /* Direction published (Liu 2025: scarring cases lost 1.6 points of 10 in six months
     * against 0.9); the sizes are assumptions. */
    treatment->technique.fill_fraction *= exp(-0.1);
    double faster = 1;
    enum status status = fade_modifier_find("scar", &faster);
    assert(status == STATUS_OK);
    (void)status;
    treatment->conditions.healed_factor *= 0.9;
    treatment->conditions.biological_factor *= faster;
    treatment->conditions.ultraviolet_dose *= faster;
}

/* The liquid's transport coefficients with what time has taken of each pigment. */
static void transport_at(const struct treatment *treatment, const struct mixture *mixture,
                         double years, struct bands *absorption, struct bands *scattering)
{
    double retained[MIXTURE_MAX];
    for (size_t j = 0; j < mixture->count; j++)
        retained[j] = treatment_retention(treatment, &mixture->pigment[j]->fade, years);
    mixture_transport(mixture, retained, absorption, scattering);
}

void treatment_reflectance(const struct treatment *treatment,
                           const struct mixture *mixture, double years, struct bands *out)
{
    struct moment moment;
    struct bands absorption, scattering;
    treatment_moment(treatment, years, &moment);
    transport_at(treatment, mixture, years, &absorption, &scattering);
    moment_reflectance(&moment, &absorption, &scattering, out);
}

double treatment_dot_contrast(const struct treatment *treatment,
                              const struct mixture *mixture, double years)
{
    double depth =
        fade_depth_mm(&treatment->conditions, treatment->technique.depth_mm, years);
    struct bands absorption, scattering;
    transport_at(treatment, mixture, years, &absorption, &scattering);
    double inside = fill_at(treatment, years) * absorption.value[BAND_560];
    return dots_contrast(inside, depth);
}
