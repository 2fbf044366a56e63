/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a formula is to match, as what kind of film, under which light. */
#include "cli/formulation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/color_coordinates.h"
#include "cli/drawdowns_scan.h"
#include "colorlib/difference.h"
#include "colorlib/placements.h"

/* -- the target ---------------------------------------------------------------------- */

/* Coordinates are known in their own light only, so that is the light of a formula unless
 * the user chose one. */
static void adopt_light(struct viewing *viewing, const struct color *color)
{
    if (viewing->origin == VIEWING_GIVEN)
        return;
    viewing->illuminant[0] = color->illuminant;
    viewing->observer = color->observer;
    viewing->count = 1;
}

static enum exit_code read_coordinates(struct context *context,
                                       struct formulation_target *out)
{
    struct color color;
    struct color_view view;
    enum exit_code code = color_read(context, out->source, &color);
    if (code != EXIT_DONE)
        return code;
    adopt_light(&context->viewing, &color);
    code = color_view(&color, &context->viewing.illuminant[0], context->viewing.observer,
                      &view, &context->failure);
    if (code != EXIT_DONE)
        return code;
    out->basis = COLOR_COORDINATES;
    out->lab = view.lab;
    warn(context, "target.color-only", "a spectrum of the standard",
         "a color without a spectrum: metamerism cannot be judged");
    return EXIT_DONE;
}

static enum exit_code read_spectra(struct context *context,
                                   struct formulation_target *out)
{
    out->basis = COLOR_SPECTRAL;
    enum exit_code code =
        out->source ? drawdowns_add(context, out->source, BATCH_COLOR, &out->readings)
                    : drawdowns_scan(context, &out->readings);
    if (code != EXIT_DONE)
        return code;
    drawdowns_group_mean(&out->readings, BATCH_COLOR, &out->reflectance);
    out->specular = out->readings.measured.specular;
    return EXIT_DONE;
}

static enum exit_code read_target(struct context *context, struct formulation_target *out)
{
    out->source = option(context, "target");
    if (!out->source == !option(context, "scan"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "either --target COLOR or --scan says what is to be matched");
    return out->source && color_coordinates_meant(out->source)
               ? read_coordinates(context, out)
               : read_spectra(context, out);
}

/* -- the film ------------------------------------------------------------------------ */

static enum exit_code read_backing(struct context *context, struct formulation *out,
                                   enum sample_specular *specular)
{
    struct drawdowns *bare = calloc(1, sizeof *bare);
    if (!bare)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = drawdowns_add(context, out->backing, BATCH_COLOR, bare);
    if (code == EXIT_DONE) {
        drawdowns_group_mean(bare, BATCH_COLOR, &out->problem.drawdown.background);
        *specular = bare->measured.specular;
    }
    free(bare);
    return code;
}

static enum exit_code read_film(struct context *context, struct formulation *out,
                                enum sample_specular *specular)
{
    double film_um = 0, index = 0;
    out->backing = option(context, "backing");
    if (!option(context, "film") != !out->backing)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "a film has a thickness and a backing: --film UM and "
                           "--backing COLOR go together");
    enum exit_code code = option_number(context, "film", 1, 5000, HUGE_VAL, &film_um);
    if (code == EXIT_DONE)
        code = option_number(context, "index", 1, 1.7, 1.5, &index);
    if (code != EXIT_DONE)
        return code;
    out->problem.drawdown.thickness_mm = out->backing ? film_um / 1000 : DRAWDOWN_OPAQUE;
    out->problem.view.surface = surface_of_index(index);
    return out->backing ? read_backing(context, out, specular) : EXIT_DONE;
}

/* Of a color alone --specular says it; of readings it is in them already. */
static enum exit_code read_specular(struct context *context, enum sample_specular *out)
{
    static const char *const words[] = {"sci", "sce", NULL};
    static const enum sample_specular meant[] = {SAMPLE_SPECULAR_IN, SAMPLE_SPECULAR_EX};
    size_t chosen = 0;
    if (!option(context, "specular"))
        return EXIT_DONE;
    enum exit_code code = option_choice(context, "specular", words, 0, &chosen);
    if (code == EXIT_DONE)
        *out = meant[chosen];
    return code;
}

static enum exit_code settle_specular(struct context *context,
                                      enum sample_specular backing,
                                      struct formulation *out)
{
    enum sample_specular *target = &out->target.specular;
    enum exit_code code = read_specular(context, target);
    if (code != EXIT_DONE)
        return code;
    if (*target == SAMPLE_SPECULAR_UNKNOWN)
        *target = backing;
    if (backing != SAMPLE_SPECULAR_UNKNOWN && backing != *target)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "target and backing differ in the specular component");
    if (*target == SAMPLE_SPECULAR_UNKNOWN)
        warn(context, "specular.assumed", "--specular sci or --specular sce",
             "nothing says whether the target includes the reflection at the surface; "
             "taken as excluded");
    out->problem.view.specular = *target == SAMPLE_SPECULAR_IN
                                     ? SURFACE_SPECULAR_INCLUDED
                                     : SURFACE_SPECULAR_EXCLUDED;
    return EXIT_DONE;
}

/* -- the light ----------------------------------------------------------------------- */

static enum exit_code make_weights(struct context *context, struct formulation *out)
{
    const struct viewing *viewing = &context->viewing;
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < viewing->count && code == EXIT_DONE; i++)
        code = viewing_weights(&bands_grid, &viewing->illuminant[i], viewing->observer,
                               &out->weights[i], &context->failure);
    out->problem.weights = &out->weights[0];
    out->light_count = viewing->count;
    return code;
}

static void look_at_readings(struct context *context, const struct weights *weights,
                             struct formulation_target *target)
{
    const struct drawdowns *readings = &target->readings;
    size_t count = readings->count[BATCH_COLOR];
    target->lab = colorimetry_reflectance_lab(weights, target->reflectance.value);
    for (size_t k = 0; k < count; k++) {
        cmsCIELab lab =
            colorimetry_reflectance_lab(weights, readings->reading[BATCH_COLOR][k].value);
        target->spread += difference_ciede2000(target->lab, lab) / (double)count;
    }
    if (target->source && target->spread > PLACEMENTS_LIMIT_SMOOTH)
        warn(context, "spread.high", "FILE#SAMPLE names one of them",
             "the %zu readings of %s differ from their mean by CIEDE2000 %.1f on average",
             count, target->source, target->spread);
}

bool formulation_is_color(const cmsCIELab *lab)
{
    return lab->L >= 0 && lab->L <= 100 && fabs(lab->a) <= 200 && fabs(lab->b) <= 200;
}

static enum exit_code check_color(struct context *context, const cmsCIELab *lab)
{
    if (formulation_is_color(lab))
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "the target has L* %.1f a* %.1f b* %.1f, which no film can have",
                       lab->L, lab->a, lab->b);
}

/* Film and light, after a target that may say how it was read and lend its light. */
static enum exit_code settle(struct context *context, enum sample_specular backing,
                             struct formulation *out)
{
    enum exit_code code = settle_specular(context, backing, out);
    return code == EXIT_DONE ? make_weights(context, out) : code;
}

enum exit_code formulation_read_film(struct context *context, struct formulation *out)
{
    enum sample_specular backing = SAMPLE_SPECULAR_UNKNOWN;
    enum exit_code code = read_film(context, out, &backing);
    return code == EXIT_DONE ? settle(context, backing, out) : code;
}

enum exit_code formulation_read_target(struct context *context, struct formulation *out)
{
    enum sample_specular backing = SAMPLE_SPECULAR_UNKNOWN;
    enum exit_code code = read_film(context, out, &backing);
    if (code == EXIT_DONE)
        code = read_target(context, &out->target);
    if (code == EXIT_DONE)
        code = settle(context, backing, out);
    if (code != EXIT_DONE)
        return code;
    if (out->target.basis == COLOR_SPECTRAL)
        look_at_readings(context, &out->weights[0], &out->target);
    return check_color(context, &out->target.lab);
}
