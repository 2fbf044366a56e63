/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pigment_ladder.h"

#include <string.h>

#include "cli/color_argument.h"

/* What lies between the liquid and the air; the glass of a cell, a clear coat. */
static const double index_default = 1.5;

static enum exit_code refuse(struct context *context, const char *why, const char *hint)
{
    enum exit_code code =
        failure_set(&context->failure, FAILURE_LADDER_UNUSABLE, "the ladder: %s", why);
    if (hint)
        failure_hint(&context->failure, "%s", hint);
    return code;
}

enum exit_code pigment_ladder_read(struct context *context, const char *path,
                                   struct sample_set *out)
{
    struct color_source source;
    enum exit_code code = color_source_open(context, path, &source);
    if (code != EXIT_DONE)
        return code;
    if (source.count != source.set.count ||
        source.coordinates.basis == COLOR_COORDINATES) {
        code = failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--ladder %s (it is a file of several spectra)", path);
        color_source_close(&source);
        return code;
    }
    *out = source.set;
    for (size_t i = 0; i < out->count; i++)
        if (source.specular != SAMPLE_SPECULAR_UNKNOWN)
            out->info[i].specular = source.specular;
    return EXIT_DONE;
}

/* -- what the readings were taken through ------------------------------------------ */

static enum exit_code find_view(struct context *context, const struct sample_set *set,
                                struct drawdown_view *out)
{
    double index = index_default;
    enum exit_code code = option_number(context, "index", 1, 1.7, index_default, &index);
    if (code != EXIT_DONE)
        return code;
    enum sample_specular specular = sample_specular_common(set);
    for (size_t i = 0; i < set->count; i++)
        if (set->info[i].specular != set->info[0].specular)
            return refuse(context, "some readings include the specular component",
                          "--specular sci or --specular sce");
    if (specular == SAMPLE_SPECULAR_UNKNOWN)
        warn(context, "specular.assumed", "--specular sci or --specular sce",
             "the ladder does not say whether specular is included; taken as excluded");
    *out =
        (struct drawdown_view){surface_of_index(index), specular == SAMPLE_SPECULAR_IN
                                                            ? SURFACE_SPECULAR_INCLUDED
                                                            : SURFACE_SPECULAR_EXCLUDED};
    return EXIT_DONE;
}

static enum exit_code find_constants(struct context *context,
                                     const struct ladder_samples *samples,
                                     enum ladder_constants *out)
{
    static const char *const words[] = {"auto", "one", "two", NULL};
    size_t chosen = 0;
    enum exit_code code = option_choice(context, "constants", words, 0, &chosen);
    if (code == EXIT_DONE)
        *out = chosen == 0   ? ladder_samples_constants(samples)
               : chosen == 1 ? LADDER_ONE_CONSTANT
                             : LADDER_TWO_CONSTANTS;
    return code;
}

static enum exit_code sort(struct context *context, struct pigment_ladder *out)
{
    struct drawdown_view view;
    struct fault fault = {0};
    enum exit_code code = find_view(context, &out->set, &view);
    if (code != EXIT_DONE)
        return code;
    if (ladder_from_samples(&out->set, &view, &out->samples, &fault) != STATUS_OK)
        return refuse(context, fault.text, "help ladders");
    if (out->samples.backing == LADDER_BACKING_ESTIMATED)
        warn(context, "ladder.backing", "a reading of the bare backing",
             "nobody read the bare backing: it is guessed from the weakest films");
    out->ladder = (struct ladder){
        .reading = out->samples.reading,
        .count = out->samples.count,
        .carrier = out->samples.carrier,
        .view = view,
        .noise = drawdown_noise_default,
        .pour_share = LADDER_POUR_SHARE,
    };
    return find_constants(context, &out->samples, &out->ladder.constants);
}

/* -- fit and check ----------------------------------------------------------------- */

static enum exit_code refuse_status(struct context *context, enum status status)
{
    if (status == STATUS_OUT_OF_RANGE)
        return refuse(context, "a pigment needs three concentrations at least",
                      "pigment plan");
    if (status == STATUS_REJECTED)
        return refuse(context,
                      "the readings cannot tell absorption from scattering at more than "
                      "a quarter of the wavelengths",
                      "films over white and black, or --constants one");
    return refuse(context, status_text(status), NULL);
}

static enum exit_code check(struct context *context, struct pigment_ladder *out)
{
    struct weights weights;
    enum exit_code code =
        viewing_weights(&bands_grid, &context->viewing.illuminant[0],
                        context->viewing.observer, &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    enum status status = ladder_fit(&out->ladder, &out->fit);
    if (status == STATUS_OK)
        status = ladder_check(&out->ladder, &weights, &out->check);
    if (status != STATUS_OK)
        return refuse_status(context, status);
    out->residual_rms = ladder_residual(&out->ladder, &out->fit.colorant);
    status = ladder_mislabelled(&out->ladder, &out->suspect);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return refuse_status(context, status);
    out->verdict = ladder_judge(&out->check, status == STATUS_OK ? &out->suspect : NULL);
    return EXIT_DONE;
}

enum exit_code pigment_ladder_fit(struct context *context, struct pigment_ladder *out)
{
    enum exit_code code =
        option_number(context, "max-loo", 0.01, 100, LADDER_PROVED, &out->limit);
    if (code == EXIT_DONE)
        code = sort(context, out);
    return code == EXIT_DONE ? check(context, out) : code;
}

bool pigment_ladder_holds(const struct pigment_ladder *ladder)
{
    return ladder->verdict == LADDER_HOLDS &&
           ladder->check.level_out_largest <= ladder->limit;
}

double pigment_ladder_dilution(const struct pigment_ladder *ladder)
{
    double least = ladder->check.proved_least;
    return least > 0 ? 1 / least - 1 : 0;
}

void pigment_ladder_ids(const struct pigment_ladder *ladder, size_t level, char *text,
                        size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t k = 0; k < ladder->samples.count && used < size; k++)
        if (ladder->samples.reading[k].level == level)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "",
                                     ladder->set.info[ladder->samples.sample[k]].id);
}
