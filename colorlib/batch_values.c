/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/batch_values.h"

#include <math.h>

#include "colorlib/film.h"
#include "colorlib/ladder.h"

/* Internal reflectances below this are noise: K/S would have no bound. */
static const double reflectance_least = 1e-4;

/* strength_compare takes concentrations up to this, to have room for a weaker batch. */
static const double concentration_most = 0.5;

enum batch_group batch_strength_group(const struct batch_groups *groups)
{
    return groups->read[BATCH_TINT] ? BATCH_TINT : BATCH_COLOR;
}

bool batch_depends(const struct batch_setup *setup, const struct batch_groups *groups,
                   enum tolerance_criterion criterion, enum batch_group group)
{
    switch (criterion) { /* no default: the compiler reports one that is missing */
    case TOLERANCE_DE00:
    case TOLERANCE_LIGHTNESS:
    case TOLERANCE_CHROMA:
    case TOLERANCE_HUE:
    case TOLERANCE_METAMERISM: return group == BATCH_COLOR;
    case TOLERANCE_CONTRAST: return group == BATCH_COLOR || group == BATCH_DARK;
    case TOLERANCE_STRENGTH:
    case TOLERANCE_RESIDUAL:
        return group == batch_strength_group(groups) ||
               (group == BATCH_DARK && setup->method == BATCH_PAIR &&
                !groups->read[BATCH_TINT]);
    }
    return false;
}

/* -- colorants ----------------------------------------------------------------------- */

static double internal_of(const struct drawdown_view *view, double reflectance)
{
    return fmin(fmax(surface_internal(&view->surface, view->specular, reflectance),
                     reflectance_least),
                1);
}

static void carrier_of(const struct batch_setup *setup, enum batch_method method,
                       struct colorant *out)
{
    *out = (struct colorant){0};
    if (method == BATCH_HIDES)
        ladder_white(&setup->white, &setup->view, out);
}

/* Single-constant: little colorant leaves the scattering of its white as it is. */
static void colorant_that_hides(const struct batch_setup *setup,
                                const struct bands *reading, struct colorant *out)
{
    struct colorant white;
    double c = setup->concentration;
    carrier_of(setup, BATCH_HIDES, &white);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double R = internal_of(&setup->view, reading->value[i]);
        double ratio = (1 - R) * (1 - R) / (2 * R);
        out->K.value[i] = fmax((ratio - (1 - c) * white.K.value[i]) / c, 0);
        out->S.value[i] = 1;
    }
}

static void colorant_of_film(const struct batch_setup *setup, const struct bands *reading,
                             struct colorant *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double R = internal_of(&setup->view, reading->value[i]);
        double G = internal_of(&setup->view, setup->card.light.value[i]);
        out->K.value[i] =
            fmax(log(G / R) / (2 * setup->thickness_mm * setup->concentration), 0);
        out->S.value[i] = 0;
    }
}

static enum status colorant_of_pair(const struct batch_setup *setup,
                                    const struct batch_means *means, struct colorant *out)
{
    struct film_pair pair = {.over_light = means->mean[BATCH_COLOR],
                             .over_dark = means->mean[BATCH_DARK],
                             .light = setup->card.light,
                             .dark = setup->card.dark,
                             .thickness_mm = setup->thickness_mm};
    struct film film;
    enum status status = film_invert(&pair, &setup->view, &drawdown_noise_default, &film);
    for (size_t i = 0; i < BAND_COUNT && status == STATUS_OK; i++) {
        const struct film_band *band = &film.band[i];
        if (band->how == FILM_OPAQUE || band->how == FILM_FAILED)
            status = STATUS_REJECTED;
        out->K.value[i] = fmax(band->K, 0) / setup->concentration;
        out->S.value[i] = fmax(band->S, 0) / setup->concentration;
    }
    return status;
}

static enum batch_method method_of(const struct batch_setup *setup,
                                   const struct batch_groups *groups)
{
    return groups->read[BATCH_TINT] ? BATCH_HIDES : setup->method;
}

enum status batch_colorant_of(const struct batch_setup *setup,
                              const struct batch_groups *groups,
                              const struct batch_means *means, struct colorant *out)
{
    const struct bands *reading = &means->mean[batch_strength_group(groups)];
    switch (method_of(setup, groups)) {
    case BATCH_HIDES: colorant_that_hides(setup, reading, out); break;
    case BATCH_FILM: colorant_of_film(setup, reading, out); break;
    case BATCH_PAIR: return colorant_of_pair(setup, means, out);
    }
    return STATUS_OK;
}

void batch_predict(const struct batch_setup *setup, const struct batch_readings *readings,
                   const struct colorant *colorant, double concentration,
                   struct bands *out)
{
    enum batch_method method =
        readings->count[BATCH_TINT] > 0 ? BATCH_HIDES : setup->method;
    struct drawdown drawdown = {
        method == BATCH_HIDES ? DRAWDOWN_OPAQUE : setup->thickness_mm, setup->card.light};
    struct colorant parts[2] = {*colorant}, liquid;
    carrier_of(setup, method, &parts[1]);
    drawdown_mix(parts, (double[]){concentration, 1 - concentration}, 2, &liquid);
    drawdown_reflectance(&liquid, &drawdown, &setup->view, out);
}

/* -- criteria ------------------------------------------------------------------------ */

static void add_color(const struct batch_setup *setup, const struct bands *standard,
                      const struct bands *batch, double *value)
{
    cmsCIELab a = colorimetry_reflectance_lab(setup->weights, standard->value);
    cmsCIELab b = colorimetry_reflectance_lab(setup->weights, batch->value);
    struct difference difference = difference_components(a, b);
    value[TOLERANCE_DE00] = difference_ciede2000(a, b);
    value[TOLERANCE_LIGHTNESS] = difference.lightness;
    value[TOLERANCE_CHROMA] = difference.chroma;
    value[TOLERANCE_HUE] = difference.hue;
    if (setup->other)
        value[TOLERANCE_METAMERISM] = difference_metamerism(
            setup->weights, setup->other, standard->value, batch->value);
}

static enum status add_strength(const struct batch_setup *setup,
                                const struct batch_groups *groups,
                                const struct batch_means *standard,
                                const struct batch_means *batch, struct batch_values *out)
{
    enum batch_method method = method_of(setup, groups);
    struct strength_conditions conditions = {
        .concentration = fmin(setup->concentration, concentration_most),
        .drawdown = {method == BATCH_HIDES ? DRAWDOWN_OPAQUE : setup->thickness_mm,
                     setup->card.light},
        .view = setup->view,
        .weights = setup->weights};
    carrier_of(setup, method, &conditions.carrier);
    enum status status = batch_colorant_of(setup, groups, standard, &out->standard);
    if (status == STATUS_OK)
        status = batch_colorant_of(setup, groups, batch, &out->batch);
    if (status == STATUS_OK)
        status = strength_compare(&conditions, &out->standard, &out->batch,
                                  setup->criterion, &out->strength);
    if (status != STATUS_OK)
        return status;
    out->value[TOLERANCE_STRENGTH] = 100 * out->strength.ratio;
    out->value[TOLERANCE_RESIDUAL] = out->strength.residual_largest;
    return STATUS_OK;
}

enum status batch_values_of(const struct batch_setup *setup,
                            const struct batch_groups *groups,
                            const struct batch_means *standard,
                            const struct batch_means *batch, struct batch_values *out)
{
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++)
        out->value[i] = NAN;
    add_color(setup, &standard->mean[BATCH_COLOR], &batch->mean[BATCH_COLOR], out->value);
    if (groups->read[BATCH_DARK]) {
        struct film_pair pair = {.over_light = batch->mean[BATCH_COLOR],
                                 .over_dark = batch->mean[BATCH_DARK]};
        out->value[TOLERANCE_CONTRAST] =
            100 * film_contrast_ratio(&pair, setup->weights->y);
    }
    return add_strength(setup, groups, standard, batch, out);
}
