/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/treatment.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "colorlib/ini_section.h"
#include "colorlib/lanes_moment.h"

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
static double fill_at(const struct fade_conditions *conditions, double fill_fraction,
                      double radius_mm, double years)
{
    double now = fade_radius_mm(conditions, radius_mm, years);
    return fill_fraction * (radius_mm / now) * (radius_mm / now);
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

/* What an earlier deposit adds to its layer at an age of the treatment. */
static void add_deposit(const struct treatment *treatment, const struct deposit *deposit,
                        double years, struct bands *K_add, struct bands *S_add)
{
    const struct fade_conditions *conditions = &treatment->conditions;
    double age = deposit->years + years;
    double fill = fill_at(conditions, deposit->fill_fraction, deposit->radius_mm, age);
    struct dot_population dots = {
        .density_per_cm2 = deposit->density_per_cm2,
        .radius_mm = fade_radius_mm(conditions, deposit->radius_mm, age)};
    transport_at(treatment, &deposit->mixture, age, &dots.absorption, &dots.scattering);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        dots.absorption.value[i] *= fill;
        dots.scattering.value[i] *= fill;
    }
    dots_add(&dots, treatment->technique.height_mm, K_add, S_add);
}

/* What an earlier deposit's dots cover at an age of the treatment. */
static double deposit_coverage(const struct fade_conditions *conditions,
                               const struct deposit *deposit, double years)
{
    double radius =
        fade_radius_mm(conditions, deposit->radius_mm, deposit->years + years);
    return dots_coverage(deposit->density_per_cm2, radius);
}

/* Depth of the layer that all deposits share. */
static double shared_depth(const struct treatment *treatment, double coverage,
                           double years)
{
    const struct fade_conditions *conditions = &treatment->conditions;
    double fresh = treatment->technique.depth_mm;
    double own = fade_depth_mm(conditions, fresh, years);
    double area = coverage, sum = coverage * own;
    for (size_t e = 0; e < treatment->earlier_count; e++) {
        const struct deposit *deposit = &treatment->earlier[e];
        double age = deposit->years + years;
        double covered = deposit_coverage(conditions, deposit, years);
        area += covered;
        sum += covered * fade_depth_mm(conditions, fresh, age);
    }
    return area > 0 && treatment->earlier_count > 0 ? sum / area : own;
}

void treatment_moment_in(const struct treatment *treatment,
                         const struct dots_ground *ground, double years,
                         struct moment *out)
{
    const struct technique *technique = &treatment->technique;
    const struct fade_conditions *conditions = &treatment->conditions;
    double radius = fade_radius_mm(conditions, technique->radius_mm, years);
    double coverage = dots_coverage(technique->density_per_cm2, radius);
    *out = (struct moment){
        .years = years,
        .density_per_cm2 = technique->density_per_cm2,
        .radius_mm = radius,
        .depth_mm = shared_depth(treatment, coverage, years),
        .coverage = coverage,
        .chord_mm = dots_chord_mm(radius, technique->height_mm),
        .fill =
            fill_at(conditions, technique->fill_fraction, technique->radius_mm, years),
    };
    dots_bed_lay(ground, out->depth_mm, technique->height_mm, &out->bed);
    out->is_thin = dots_bed_is_thin(&out->bed);
    for (size_t e = 0; e < treatment->earlier_count; e++)
        add_deposit(treatment, &treatment->earlier[e], years, &out->earlier_K,
                    &out->earlier_S);
}

void treatment_moment(const struct treatment *treatment, double years, struct moment *out)
{
    struct dots_ground ground;
    dots_ground_make(&treatment->skin, &ground);
    treatment_moment_in(treatment, &ground, years, out);
}

enum status treatment_next(const struct treatment *before, const struct mixture *mixture,
                           double years, const struct technique *technique,
                           struct treatment *out)
{
    if (before->earlier_count == TREATMENT_EARLIER_MAX)
        return STATUS_OUT_OF_RANGE;
    struct treatment next = *before;
    for (size_t e = 0; e < next.earlier_count; e++)
        next.earlier[e].years += years;
    next.earlier[next.earlier_count++] = (struct deposit){
        .mixture = *mixture,
        .density_per_cm2 = before->technique.density_per_cm2,
        .radius_mm = before->technique.radius_mm,
        .fill_fraction = before->technique.fill_fraction,
        .years = years,
    };
    next.technique = *technique;
    *out = next;
    return STATUS_OK;
}

double treatment_coverage(const struct treatment *treatment)
{
    const struct technique *technique = &treatment->technique;
    double sum = dots_coverage(technique->density_per_cm2, technique->radius_mm);
    for (size_t e = 0; e < treatment->earlier_count; e++)
        sum += dots_coverage(treatment->earlier[e].density_per_cm2,
                             treatment->earlier[e].radius_mm);
    return sum;
}

double treatment_coverage_at(const struct treatment *treatment, double years)
{
    const struct fade_conditions *conditions = &treatment->conditions;
    const struct technique *technique = &treatment->technique;
    double sum = dots_coverage(technique->density_per_cm2,
                               fade_radius_mm(conditions, technique->radius_mm, years));
    for (size_t e = 0; e < treatment->earlier_count; e++)
        sum += deposit_coverage(conditions, &treatment->earlier[e], years);
    return sum;
}

/* The rates of a pigment in this skin under these conditions. */
static struct fade_rates rates_in(const struct treatment *treatment,
                                  const struct fade_rates *rates, double *loss_per_year)
{
    double fraction = treatment->skin.parameters.melanosome_fraction;
    struct fade_rates here = *rates;
    here.healed_fraction = fade_healed_fraction(rates, &treatment->conditions);
    *loss_per_year = fade_loss_per_year(rates, &treatment->conditions, fraction);
    return here;
}

double treatment_retention(const struct treatment *treatment,
                           const struct fade_rates *rates, double years)
{
    double loss;
    struct fade_rates here = rates_in(treatment, rates, &loss);
    return fade_retention(&here, loss, years);
}

/* What moment_mixture gives, the long way. */
static void reflect_thin(const struct moment *moment, const struct liquid *const *liquid,
                         const double *amount, size_t count, struct bands *out)
{
    struct dot_population dots = {.density_per_cm2 = moment->density_per_cm2,
                                  .radius_mm = moment->radius_mm};
    struct bands K_add = moment->earlier_K, S_add = moment->earlier_S;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double held = moment->fill * amount[k];
            dots.absorption.value[i] += held * liquid[k]->absorption.value[i];
            dots.scattering.value[i] += held * liquid[k]->scattering.value[i];
        }
    dots_add(&dots, moment->bed.height_mm, &K_add, &S_add);
    dots_bed_reflectance(&moment->bed, &K_add, &S_add, out);
}

void moment_mixture(const struct moment *moment, const struct liquid *const *liquid,
                    const double *amount, size_t count, struct bands *out)
{
    if (moment->is_thin)
        reflect_thin(moment, liquid, amount, count, out);
    else
        lanes_moment_reflectance(lanes_isa_best(), moment, liquid, amount, count, out);
}

void moment_reflectance(const struct moment *moment, const struct bands *absorption,
                        const struct bands *scattering, struct bands *out)
{
    const struct liquid liquid = {*absorption, *scattering};
    moment_mixture(moment, (const struct liquid *[]){&liquid}, (double[]){1}, 1, out);
}

void treatment_on_scar(struct treatment *treatment)
{
    /* Direction published (Liu 2025: scarring cases lost 1.6 points of 10 in six months
     * against 0.9); the sizes are assumptions. */
    treatment->technique.fill_fraction *= exp(-0.1);
    struct fade_modifier scar = {.factor = 1};
    enum status status = fade_modifier_find("scar", &scar);
    assert(status == STATUS_OK);
    (void)status;
    treatment->conditions.healed_factor *= 0.9;
    treatment->conditions.loss_factor *= scar.factor;
}

void treated_make(const struct treatment *treatment, const struct mixture *mixture,
                  struct treated *out)
{
    out->treatment = treatment;
    dots_ground_make(&treatment->skin, &out->ground);
    out->count = mixture->count;
    for (size_t k = 0; k < mixture->count; k++) {
        const struct mixture alone = {1, {mixture->pigment[k]}, {1}};
        mixture_transport(&alone, NULL, &out->liquid[k].absorption,
                          &out->liquid[k].scattering);
        out->concentration[k] = mixture->concentration[k];
        out->fade[k] =
            rates_in(treatment, &mixture->pigment[k]->fade, &out->loss_per_year[k]);
    }
}

void treated_at(const struct treated *treated, double years, struct treated_look *out)
{
    const struct treatment *treatment = treated->treatment;
    const struct liquid *liquid[MIXTURE_MAX];
    double present[MIXTURE_MAX], inside = 0;
    struct moment moment;
    treatment_moment_in(treatment, &treated->ground, years, &moment);
    for (size_t k = 0; k < treated->count; k++) {
        liquid[k] = &treated->liquid[k];
        present[k] = treated->concentration[k] *
                     fade_retention(&treated->fade[k], treated->loss_per_year[k], years);
        inside += moment.fill * present[k] * liquid[k]->absorption.value[BAND_560];
    }
    moment_mixture(&moment, liquid, present, treated->count, &out->reflectance);
    double depth =
        fade_depth_mm(&treatment->conditions, treatment->technique.depth_mm, years);
    out->dot_contrast = dots_contrast(inside, depth);
}

void treatment_reflectance(const struct treatment *treatment,
                           const struct mixture *mixture, double years, struct bands *out)
{
    struct treated treated;
    struct treated_look look;
    treated_make(treatment, mixture, &treated);
    treated_at(&treated, years, &look);
    *out = look.reflectance;
}

double treatment_dot_contrast(const struct treatment *treatment,
                              const struct mixture *mixture, double years)
{
    struct treated treated;
    struct treated_look look;
    treated_make(treatment, mixture, &treated);
    treated_at(&treated, years, &look);
    return look.dot_contrast;
}
