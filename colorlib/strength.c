/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/strength.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "colorlib/film.h"

/* Strengths looked for: a sixteenth to sixteen times. */
static const double ratio_max = 16;

const char *strength_criterion_text(enum strength_criterion criterion)
{
    switch (criterion) { /* no default: the compiler reports one without a text */
    case STRENGTH_KS_SUM: return "K/S sum";
    case STRENGTH_KS_SLOPE: return "K/S slope";
    case STRENGTH_KS_MAX: return "K/S at the absorption maximum";
    case STRENGTH_Y: return "tristimulus value Y";
    case STRENGTH_MIN_XYZ: return "least tristimulus value";
    case STRENGTH_DEPTH: return "depth, K/S weighted by the observer";
    }
    return "unknown criterion";
}

enum status strength_criterion_find(const char *word, enum strength_criterion *out)
{
    static const char *const words[] = {"ks-sum", "ks-slope", "ks-max",
                                        "y",      "min-xyz",  "depth"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (strcmp(word, words[k]) == 0) {
            *out = (enum strength_criterion)k;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

static void pour(const struct strength_conditions *conditions,
                 const struct colorant *colorant, double concentration,
                 struct colorant *out)
{
    struct colorant parts[] = {*colorant, conditions->carrier};
    drawdown_mix(parts, (double[]){concentration, 1 - concentration}, 2, out);
}

static void reflectance_of(const struct strength_conditions *conditions,
                           const struct colorant *colorant, double concentration,
                           struct bands *out)
{
    struct colorant liquid;
    pour(conditions, colorant, concentration, &liquid);
    drawdown_reflectance(&liquid, &conditions->drawdown, &conditions->view, out);
}

/* What the colorant adds: to K/S where the carrier scatters, to K where it is clear. */
static void added_absorption(const struct strength_conditions *conditions,
                             const struct colorant *colorant, double concentration,
                             struct bands *out)
{
    struct colorant liquid;
    pour(conditions, colorant, concentration, &liquid);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double K = conditions->carrier.K.value[i], S = conditions->carrier.S.value[i];
        out->value[i] =
            S > 0 ? liquid.K.value[i] / liquid.S.value[i] - K / S : liquid.K.value[i] - K;
    }
}

/* A criterion made ready for a standard: weights of the absorption added by band, or one
 * tristimulus value. */
struct measure {
    bool by_color;
    size_t tristimulus; /* X, Y, Z */
    struct bands weight;
};

static void tristimulus_of(const struct strength_conditions *conditions,
                           const struct colorant *colorant, double concentration,
                           double out[3])
{
    struct bands reflectance;
    reflectance_of(conditions, colorant, concentration, &reflectance);
    cmsCIEXYZ color = colorimetry_xyz(conditions->weights, reflectance.value);
    out[0] = color.X;
    out[1] = color.Y;
    out[2] = color.Z;
}

static size_t least_tristimulus(const struct strength_conditions *conditions,
                                const struct colorant *standard)
{
    const cmsCIEXYZ *white = &conditions->weights->white;
    double value[3];
    tristimulus_of(conditions, standard, conditions->concentration, value);
    double share[] = {value[0] / white->X, value[1] / white->Y, value[2] / white->Z};
    size_t least = 0;
    for (size_t k = 1; k < 3; k++)
        if (share[k] < share[least])
            least = k;
    return least;
}

static struct bands only_largest(const struct bands *values)
{
    struct bands one = {{0}};
    size_t largest = 0;
    for (size_t i = 1; i < BAND_COUNT; i++)
        if (values->value[i] > values->value[largest])
            largest = i;
    one.value[largest] = 1;
    return one;
}

static struct measure measure_of(const struct strength_conditions *conditions,
                                 const struct colorant *standard,
                                 enum strength_criterion criterion)
{
    const struct weights *w = conditions->weights;
    struct measure measure = {.by_color = false};
    struct bands added;
    added_absorption(conditions, standard, conditions->concentration, &added);
    switch (criterion) {
    case STRENGTH_KS_SUM:
        for (size_t i = 0; i < BAND_COUNT; i++)
            measure.weight.value[i] = 1;
        break;
    case STRENGTH_KS_SLOPE: measure.weight = added; break;
    case STRENGTH_KS_MAX: measure.weight = only_largest(&added); break;
    case STRENGTH_Y:
        measure.by_color = true;
        measure.tristimulus = 1;
        break;
    case STRENGTH_MIN_XYZ:
        measure.by_color = true;
        measure.tristimulus = least_tristimulus(conditions, standard);
        break;
    case STRENGTH_DEPTH:
        for (size_t i = 0; i < BAND_COUNT; i++)
            measure.weight.value[i] = w->x[i] + w->y[i] + w->z[i];
        break;
    }
    return measure;
}

static double value_of(const struct strength_conditions *conditions,
                       const struct measure *measure, const struct colorant *colorant,
                       double concentration)
{
    if (measure->by_color) {
        double value[3];
        tristimulus_of(conditions, colorant, concentration, value);
        return value[measure->tristimulus];
    }
    struct bands added;
    double sum = 0;
    added_absorption(conditions, colorant, concentration, &added);
    for (size_t i = 0; i < BAND_COUNT; i++)
        sum += measure->weight.value[i] * added.value[i];
    return sum;
}

/* The concentration of the batch that equals the standard's, by bisection of its
 * logarithm; REJECTED when the ends do not lie on either side of it. */
static enum status equal_concentration(const struct strength_conditions *conditions,
                                       const struct measure *measure,
                                       const struct colorant *standard,
                                       const struct colorant *batch, double *out)
{
    double c = conditions->concentration;
    double aim = value_of(conditions, measure, standard, c);
    double low = log(c / ratio_max), high = log(fmin(c * ratio_max, 1));
    double below = value_of(conditions, measure, batch, exp(low)) - aim;
    double above = value_of(conditions, measure, batch, exp(high)) - aim;
    if (!(below * above < 0))
        return STATUS_REJECTED;
    for (int n = 0; n < 60; n++) {
        double middle = (low + high) / 2;
        double now = value_of(conditions, measure, batch, exp(middle)) - aim;
        *(now * below > 0 ? &low : &high) = middle;
    }
    *out = exp((low + high) / 2);
    return STATUS_OK;
}

static cmsCIELab color_of(const struct strength_conditions *conditions,
                          const struct colorant *colorant, double concentration)
{
    struct bands reflectance;
    reflectance_of(conditions, colorant, fmin(concentration, 1), &reflectance);
    return colorimetry_reflectance_lab(conditions->weights, reflectance.value);
}

static void compare_colors(const struct strength_conditions *conditions,
                           const struct colorant *standard, const struct colorant *batch,
                           struct strength *strength)
{
    static const double rung[STRENGTH_RUNGS] = {0.5, 1, 2};
    double c = conditions->concentration;
    cmsCIELab aim = color_of(conditions, standard, c);
    strength->before = difference_ciede2000(aim, color_of(conditions, batch, c));
    strength->shade =
        difference_components(aim, color_of(conditions, batch, c / strength->ratio));
    strength->residual_largest = 0;
    for (size_t k = 0; k < STRENGTH_RUNGS; k++) {
        strength->residual[k] = difference_ciede2000(
            color_of(conditions, standard, rung[k] * c),
            color_of(conditions, batch, rung[k] * c / strength->ratio));
        strength->residual_largest =
            fmax(strength->residual_largest, strength->residual[k]);
    }
}

enum status strength_compare(const struct strength_conditions *conditions,
                             const struct colorant *standard,
                             const struct colorant *batch,
                             enum strength_criterion criterion, struct strength *out)
{
    assert(grid_same(&conditions->weights->grid, &bands_grid));
    if (!drawdown_is_colorant(standard) || !drawdown_is_colorant(batch) ||
        !drawdown_is_colorant(&conditions->carrier))
        return STATUS_BAD_DATA;
    if (!(conditions->concentration > 0 && conditions->concentration <= 0.5))
        return STATUS_OUT_OF_RANGE;
    struct measure measure = measure_of(conditions, standard, criterion);
    double concentration;
    enum status status =
        equal_concentration(conditions, &measure, standard, batch, &concentration);
    if (status != STATUS_OK)
        return status;
    struct strength strength = {.criterion = criterion,
                                .ratio = conditions->concentration / concentration};
    compare_colors(conditions, standard, batch, &strength);
    *out = strength;
    return STATUS_OK;
}

double strength_contrast_ratio(const struct colorant *liquid, double thickness_mm,
                               const struct strength_card *card,
                               const struct drawdown_view *view,
                               const struct weights *weights)
{
    struct drawdown light = {thickness_mm, card->light},
                    dark = {thickness_mm, card->dark};
    struct film_pair pair = {
        .light = card->light, .dark = card->dark, .thickness_mm = thickness_mm};
    drawdown_reflectance(liquid, &light, view, &pair.over_light);
    drawdown_reflectance(liquid, &dark, view, &pair.over_dark);
    return film_contrast_ratio(&pair, weights->y);
}

enum status strength_hiding_thickness(const struct colorant *liquid, double ratio,
                                      const struct strength_card *card,
                                      const struct drawdown_view *view,
                                      const struct weights *weights, double *out)
{
    double low = log(1e-6), high = log(10); /* mm */
    double bare = strength_contrast_ratio(liquid, exp(low), card, view, weights);
    if (!(ratio > bare && ratio < 1))
        return STATUS_OUT_OF_RANGE;
    if (strength_contrast_ratio(liquid, exp(high), card, view, weights) < ratio)
        return STATUS_NOT_FOUND;
    for (int n = 0; n < 60; n++) {
        double middle = (low + high) / 2;
        double now = strength_contrast_ratio(liquid, exp(middle), card, view, weights);
        *(now < ratio ? &low : &high) = middle;
    }
    *out = exp((low + high) / 2);
    return STATUS_OK;
}
