/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pigment validate: profiles held against a mixture that was really poured. */
#include "cli/commands.h"

#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "cli/json.h"
#include "cli/mix_argument.h"
#include "cli/pigment_profile.h"
#include "colorlib/difference.h"
#include "colorlib/drawdown.h"
#include "colorlib/text.h"

static const struct argument_spec arguments[] = {
    {"PIGMENT", "id or file of the profile that is judged"},
    {"OTHER", "the other bottles of the mixture"},
    {0},
};

static const struct option_spec validate_options[] = {
    {"mix", 0, "MIX", "what was poured, such as ash-03=2,carbon=1,water=57"},
    {"measured", 0, "COLOR", "the reading of its drawdown"},
    {"backing", 0, "COLOR", "the reading of the bare backing, under the same glass"},
    {"thickness", 0, "UM", "wet thickness of the drawdown; default 50"},
    {"index", 0, "N", "refractive index of the glass or coat; default 1.5"},
    {"max-de", 0, "N", "CIEDE2000 up to which it passes; default 1"},
    {"save", 0, NULL, "keep the score in PIGMENT's file"},
    {0},
};

struct validation {
    struct bottles bottles;
    struct course_session mix;
    struct drawdown drawdown;
    struct drawdown_view view;
    struct bands measured, predicted;
    cmsCIELab measured_lab, predicted_lab;
    double ciede2000;
    double limit;
};

static enum exit_code require(struct context *context, const char *name)
{
    return option(context, name) ? EXIT_DONE
                                 : failure_set(&context->failure, FAILURE_USAGE_OPTION,
                                               "--%s is missing", name);
}

static enum exit_code read_bottles(struct context *context, struct bottles *bottles)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < context->invocation.argument_count && code == EXIT_DONE; i++)
        code = bottles_add(context, context->invocation.arguments[i], bottles);
    return code;
}

static enum exit_code read_bands(struct context *context, const char *name,
                                 enum sample_specular *specular, struct bands *out)
{
    struct color color;
    enum exit_code code = color_read(context, option(context, name), &color);
    if (code != EXIT_DONE)
        return code;
    if (color.basis != COLOR_SPECTRAL)
        return failure_set(&context->failure, FAILURE_SPECTRUM_NEEDED,
                           "--%s %s has no spectrum", name, option(context, name));
    if (bands_from_spectrum(&color.spectrum, out) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SPECTRUM_RANGE,
                           "--%s %s does not cover 420 to 680 nm", name,
                           option(context, name));
    *specular = color.specular;
    return EXIT_DONE;
}

static enum exit_code read_readings(struct context *context, struct validation *v)
{
    enum sample_specular specular = SAMPLE_SPECULAR_UNKNOWN, bare = specular;
    enum exit_code code = read_bands(context, "measured", &specular, &v->measured);
    if (code == EXIT_DONE)
        code = read_bands(context, "backing", &bare, &v->drawdown.background);
    if (code != EXIT_DONE)
        return code;
    if (specular != bare)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "drawdown and backing differ in the specular component");
    if (specular == SAMPLE_SPECULAR_UNKNOWN)
        warn(context, "specular.assumed", "--specular sci or --specular sce",
             "the readings do not say whether specular is included; taken as excluded");
    v->view.specular = specular == SAMPLE_SPECULAR_IN ? SURFACE_SPECULAR_INCLUDED
                                                      : SURFACE_SPECULAR_EXCLUDED;
    return EXIT_DONE;
}

static enum exit_code read_request(struct context *context, struct validation *v)
{
    double index = 0, thickness_um = 0;
    enum exit_code code = require(context, "mix");
    if (code == EXIT_DONE)
        code = require(context, "measured");
    if (code == EXIT_DONE)
        code = require(context, "backing");
    if (code == EXIT_DONE)
        code = option_number(context, "thickness", 1, 5000, 50, &thickness_um);
    if (code == EXIT_DONE)
        code = option_number(context, "index", 1, 1.7, 1.5, &index);
    if (code == EXIT_DONE)
        code = option_number(context, "max-de", 0.01, 100, 1, &v->limit);
    if (code == EXIT_DONE)
        code = read_bottles(context, &v->bottles);
    if (code == EXIT_DONE)
        code = mix_argument_read(context, option(context, "mix"), &v->bottles, &v->mix);
    if (code != EXIT_DONE)
        return code;
    v->drawdown.thickness_mm = thickness_um / 1000;
    v->view.surface = surface_of_index(index);
    return read_readings(context, v);
}

static const struct pigment *bottle_of(const struct validation *v, const char *id)
{
    size_t i = 0;
    while (strcmp(v->bottles.pigment[i].id, id) != 0)
        i++;
    return &v->bottles.pigment[i];
}

static enum exit_code predict(struct context *context, struct validation *v)
{
    struct colorant part[MIXTURE_MAX], liquid;
    double share[MIXTURE_MAX];
    struct weights weights;
    enum exit_code code =
        viewing_weights(&bands_grid, &context->viewing.illuminant[0],
                        context->viewing.observer, &weights, &context->failure);
    if (code != EXIT_DONE)
        return code;
    for (size_t k = 0; k < v->mix.count; k++) {
        const struct pigment *pigment = bottle_of(v, v->mix.pour[k].pigment);
        part[k] = (struct colorant){pigment->K, pigment->S};
        share[k] = v->mix.pour[k].ml / v->mix.volume_ml;
    }
    drawdown_mix(part, share, v->mix.count, &liquid);
    drawdown_reflectance(&liquid, &v->drawdown, &v->view, &v->predicted);
    v->measured_lab = colorimetry_reflectance_lab(&weights, v->measured.value);
    v->predicted_lab = colorimetry_reflectance_lab(&weights, v->predicted.value);
    v->ciede2000 = difference_ciede2000(v->measured_lab, v->predicted_lab);
    return EXIT_DONE;
}

/* -- keeping the score ------------------------------------------------------------- */

static enum exit_code check_savable(struct context *context, const struct validation *v)
{
    const struct pigment *pigment = &v->bottles.pigment[0];
    if (!text_ends_in(v->bottles.source[0], ".cgats") ||
        pigment->origin != PIGMENT_LADDER)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--save goes with the file of a pigment that was calibrated");
    if (context->simulated && !pigment->simulated)
        return failure_set(&context->failure, FAILURE_CONDITIONS_SIMULATED,
                           "the mixture is simulated, and %s was measured", pigment->id);
    return EXIT_DONE;
}

static enum exit_code save(struct context *context, const struct validation *v)
{
    const char *path = v->bottles.source[0];
    struct pigment pigment = v->bottles.pigment[0];
    struct sample_set ladder;
    struct fault fault = {0};
    double count = pigment.validations;
    pigment.validation_de00 =
        (count * pigment.validation_de00 + v->ciede2000) / (count + 1);
    pigment.validations = count + 1;
    enum status status = sample_read(path, NULL, &ladder, &fault);
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    enum exit_code code =
        pigment_profile_write(context, path, OUTPUT_REPLACE, &pigment, &ladder);
    sample_set_free(&ladder);
    return code;
}

/* -- the result -------------------------------------------------------------------- */

static void print_lab(FILE *out, const char *label, const cmsCIELab *lab)
{
    fprintf(out, "  %-10s L* %.1f  a* %.1f  b* %.1f\n", label, lab->L, lab->a, lab->b);
}

static void print_text(const struct context *context, const struct validation *v)
{
    FILE *out = context->output.stream;
    struct difference difference =
        difference_components(v->predicted_lab, v->measured_lab);
    char words[DIFFERENCE_WORDS_MAX], light[CONDITIONS_MAX];
    viewing_text(&context->viewing.illuminant[0], context->viewing.observer, light);
    difference_words(&difference, words);
    print_safely(out, option(context, "mix"));
    fprintf(out, ", %.0f um, %s\n", v->drawdown.thickness_mm * 1000, light);
    print_lab(out, "predicted", &v->predicted_lab);
    print_lab(out, "measured", &v->measured_lab);
    fprintf(out, "measured is %s\n", words);
    print_warnings(context);
    fprintf(out, "%s: %sE00 %.2f (limit %.1f)%s\n",
            v->ciede2000 <= v->limit ? "PASS" : "FAIL", context->terminal.signs->delta,
            v->ciede2000, v->limit,
            option(context, "save") ? ", kept in the profile" : "");
}

static enum exit_code print(struct context *context, const struct validation *v)
{
    if (context->mode == MODE_TEXT) {
        print_text(context, v);
        return EXIT_DONE;
    }
    struct spectrum predicted = bands_spectrum(&v->predicted);
    json_t *data = json_object();
    json_set(data, "pigment", json_text(v->bottles.pigment[0].id));
    json_set(data, "mix", json_text(option(context, "mix")));
    json_set(data, "verdict", json_string(v->ciede2000 <= v->limit ? "PASS" : "FAIL"));
    json_set(data, "de00", json_rounded(v->ciede2000, JSON_DECIMALS_COLOR));
    json_set(data, "limit", json_number(v->limit));
    json_set(data, "measured_lab", json_lab(&v->measured_lab));
    json_set(data, "predicted_lab", json_lab(&v->predicted_lab));
    json_set(data, "predicted", json_reflectance(&predicted));
    json_set(data, "saved", json_boolean(option(context, "save") != NULL));
    return json_print_members(context, "pigment_validation",
                              json_conditions(context, NULL), data);
}

static enum exit_code validate(struct context *context, struct validation *v)
{
    enum exit_code code = read_request(context, v);
    if (code == EXIT_DONE && option(context, "save"))
        code = check_savable(context, v);
    if (code == EXIT_DONE)
        code = predict(context, v);
    if (code == EXIT_DONE && option(context, "save"))
        code = save(context, v);
    if (code == EXIT_DONE)
        code = print(context, v);
    return code == EXIT_DONE && v->ciede2000 > v->limit ? EXIT_VERDICT_FAIL : code;
}

static enum exit_code run(struct context *context)
{
    struct validation *validation = calloc(1, sizeof *validation);
    if (!validation)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = validate(context, validation);
    free(validation);
    return code;
}

const struct command pigment_validate_command = {
    .name = "pigment validate",
    .summary = "Holds profiles against a mixture that was really poured.",
    .usage = "PIGMENT [OTHER]...",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = PIGMENT_MAX,
    .options = {{validate_options, color_specular_options, color_scale_options}},
    .examples = {"pigment validate ash.cgats --mix ash=1,water=99 --measured m.sp ...",
                 "pigment validate ash.cgats carbon --mix ash=1,carbon=1,water=200 ..."},
    .run = run,
};
