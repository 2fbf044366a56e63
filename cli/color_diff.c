/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color diff: how samples differ from a standard, in numbers, words and other light. */
#include "cli/commands.h"

#include <string.h>

#include "cli/color_stream.h"
#include "cli/color_argument.h"
#include "cli/json.h"
#include "cli/table.h"
#include "colorlib/difference.h"

static const struct argument_spec arguments[] = {
    {"STD", "the standard, one COLOR (see: help colors)"},
    {"SAMPLE", "what is compared with it, a COLOR or all samples of a file"},
    {"FILE", "with --batch: spectra, a line each; by default stdin"},
    {0},
};

/* One sample against the standard. */
struct comparison {
    const char *label;
    cmsCIELab lab;
    struct difference difference;
    double ciede2000;
    double cie76;
    char words[DIFFERENCE_WORDS_MAX];
    size_t index_count; /* 0, or one for each illuminant behind the reference */
    double metamerism[VIEWING_MAX];
};

/* What is compared, and under which light. */
struct comparing {
    struct context *context;
    struct color standard;
    cmsCIELab standard_lab;
    struct table *table; /* of plain output */
    json_t *samples;     /* of the document */
};

/* Coordinates are known in their own light only, so that is the light of a comparison
 * unless the user chose one. */
static void adopt_light(struct viewing *viewing, const struct color *color)
{
    if (color->basis == COLOR_SPECTRAL || viewing->origin == VIEWING_GIVEN)
        return;
    viewing->illuminant[0] = color->illuminant;
    viewing->observer = color->observer;
    viewing->origin = VIEWING_GIVEN;
}

static enum exit_code on_grid(struct context *context, const struct spectrum *spectrum,
                              const struct grid *grid, struct spectrum *out)
{
    enum status status = spectrum_resample(spectrum, grid, SPECTRUM_EXTEND_FLAT, out);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return failure_set(&context->failure, FAILURE_SPECTRUM_RANGE,
                       "the standard's wavelengths are not those of the sample (%s)",
                       status_text(status));
}

static enum exit_code add_metamerism(struct comparing *comparing,
                                     const struct color *sample, struct comparison *out)
{
    struct context *context = comparing->context;
    const struct viewing *viewing = &context->viewing;
    const struct grid *grid = &comparing->standard.spectrum.grid;
    struct spectrum resampled;
    struct weights reference;
    enum exit_code code = on_grid(context, &sample->spectrum, grid, &resampled);
    if (code == EXIT_DONE)
        code = viewing_weights(grid, &viewing->illuminant[0], viewing->observer,
                               &reference, &context->failure);
    for (size_t i = 1; i < viewing->count && code == EXIT_DONE; i++) {
        struct weights test;
        code = viewing_weights(grid, &viewing->illuminant[i], viewing->observer, &test,
                               &context->failure);
        if (code == EXIT_DONE)
            out->metamerism[out->index_count++] = difference_metamerism(
                &reference, &test, comparing->standard.spectrum.value, resampled.value);
    }
    return code;
}

/* Readings of different kinds differ even where the colors do not. */
static void compare_conditions(struct context *context, const struct color *standard,
                               const char *label, const struct color *sample)
{
    const struct sample_conditions *a = &standard->conditions;
    const struct sample_conditions *b = &sample->conditions;
    if (standard->specular != sample->specular &&
        standard->specular != SAMPLE_SPECULAR_UNKNOWN &&
        sample->specular != SAMPLE_SPECULAR_UNKNOWN)
        warn(context, "conditions.specular", NULL, "%s is %s, the standard %s", label,
             color_specular_text(sample->specular),
             color_specular_text(standard->specular));
    if (a->geometry[0] && b->geometry[0] && strcmp(a->geometry, b->geometry) != 0)
        warn(context, "conditions.geometry", NULL, "%s was measured %s, the standard %s",
             label, b->geometry, a->geometry);
}

static enum exit_code compare(struct comparing *comparing, const struct color *sample,
                              struct comparison *out)
{
    struct context *context = comparing->context;
    const struct viewing *viewing = &context->viewing;
    struct color_view view;
    enum exit_code code = color_view(sample, &viewing->illuminant[0], viewing->observer,
                                     &view, &context->failure);
    if (code != EXIT_DONE)
        return code;
    compare_conditions(context, &comparing->standard, out->label, sample);
    out->lab = view.lab;
    out->difference = difference_components(comparing->standard_lab, view.lab);
    out->ciede2000 = difference_ciede2000(comparing->standard_lab, view.lab);
    out->cie76 = difference_cie76(comparing->standard_lab, view.lab);
    difference_words(&out->difference, out->words);
    if (comparing->standard.basis == COLOR_SPECTRAL && sample->basis == COLOR_SPECTRAL)
        code = add_metamerism(comparing, sample, out);
    return code;
}

static void print_lab(FILE *stream, const char *title, const char *label,
                      const cmsCIELab *lab)
{
    fprintf(stream, "%s  L* %.2f  a* %.2f  b* %.2f  ", title, lab->L, lab->a, lab->b);
    print_safely(stream, label);
    fputc('\n', stream);
}

static void print_text(const struct context *context, const struct comparison *it)
{
    FILE *stream = context->output.stream;
    const char *d = context->terminal.signs->delta;
    print_lab(stream, "\nSample    ", it->label, &it->lab);
    fprintf(stream, "  %sL* %+.2f  %sC* %+.2f  %sH* %+.2f   %s\n", d,
            it->difference.lightness, d, it->difference.chroma, d, it->difference.hue,
            it->words);
    fprintf(stream, "  %sE00 %.2f  %sE*ab %.2f   %s\n", d, it->ciede2000, d, it->cie76,
            difference_verdict(it->ciede2000));
    if (it->index_count == 0)
        return;
    fputs("  metamerism index", stream);
    for (size_t i = 0; i < it->index_count; i++)
        fprintf(stream, "  %s %.2f", context->viewing.illuminant[i + 1].name,
                it->metamerism[i]);
    fputc('\n', stream);
}

enum { COLUMN_METAMERISM = 8, COLUMN_COUNT = COLUMN_METAMERISM + VIEWING_MAX - 1 };

/* Plain output has no headings: those of the metamerism indices may stay empty. */
static const struct table_column columns[COLUMN_COUNT] = {
    {"sample", TABLE_LEFT, TABLE_ALWAYS},  {"dL*", TABLE_RIGHT, TABLE_ALWAYS},
    {"dC*", TABLE_RIGHT, TABLE_ALWAYS},    {"dH*", TABLE_RIGHT, TABLE_ALWAYS},
    {"dE00", TABLE_RIGHT, TABLE_ALWAYS},   {"dE*ab", TABLE_RIGHT, TABLE_ALWAYS},
    {"verdict", TABLE_LEFT, TABLE_ALWAYS}, {"words", TABLE_LEFT, TABLE_ALWAYS},
};

static enum status add_row(struct table *table, const struct comparison *it)
{
    const double number[] = {it->difference.lightness, it->difference.chroma,
                             it->difference.hue, it->ciede2000, it->cie76};
    enum { NUMBERS = sizeof number / sizeof number[0] };
    if (table_row(table) != STATUS_OK)
        return STATUS_NO_MEMORY;
    enum status failed = table_cell(table, 0, "%s", it->label);
    for (size_t i = 0; i < NUMBERS; i++)
        failed |= table_cell(table, 1 + i, "%.2f", number[i]);
    failed |= table_cell(table, 1 + NUMBERS, "%s", difference_verdict(it->ciede2000));
    failed |= table_cell(table, 2 + NUMBERS, "%s", it->words);
    for (size_t i = 0; i < it->index_count; i++)
        failed |= table_cell(table, COLUMN_METAMERISM + i, "%.2f", it->metamerism[i]);
    return failed;
}

static json_t *comparison_json(const struct comparing *comparing,
                               const struct color_source *source,
                               const struct color *color, const struct comparison *it)
{
    const struct viewing *viewing = &comparing->context->viewing;
    json_t *object = color_json(source, color);
    json_set(object, "lab", json_lab(&it->lab));
    const struct {
        const char *key;
        double value;
    } numbers[] = {
        {"de00", it->ciede2000},          {"de76", it->cie76},
        {"dl", it->difference.lightness}, {"dc", it->difference.chroma},
        {"dh", it->difference.hue},       {"da", it->difference.a},
        {"db", it->difference.b},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        json_set(object, numbers[i].key,
                 json_rounded(numbers[i].value, JSON_DECIMALS_COLOR));
    json_set(object, "words", json_string(it->words));
    json_set(object, "verdict", json_string(difference_verdict(it->ciede2000)));
    json_t *metamerism = json_object();
    for (size_t i = 0; i < it->index_count; i++)
        json_set(metamerism, viewing->illuminant[i + 1].name,
                 json_rounded(it->metamerism[i], JSON_DECIMALS_COLOR));
    if (it->index_count > 0)
        json_object_set(object, "metamerism", metamerism);
    json_decref(metamerism);
    return object;
}

static enum exit_code present(struct comparing *comparing,
                              const struct color_source *source,
                              const struct color *color, const struct comparison *it)
{
    struct context *context = comparing->context;
    switch (context->mode) {
    case MODE_TEXT: print_text(context, it); break;
    case MODE_JSON:
        json_array_append_new(comparing->samples,
                              comparison_json(comparing, source, color, it));
        break;
    case MODE_PLAIN:
        if (add_row(comparing->table, it) != STATUS_OK)
            return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
        break;
    }
    return EXIT_DONE;
}

static enum exit_code compare_source(struct comparing *comparing,
                                     const struct color_source *source)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < source->count && code == EXIT_DONE; i++) {
        struct color color;
        color_source_at(source, i, &color);
        struct comparison comparison = {.label = color_label(source, &color)};
        code = compare(comparing, &color, &comparison);
        if (code == EXIT_DONE)
            code = present(comparing, source, &color, &comparison);
    }
    return code;
}

/* The standard must be one color; it may lend the comparison its light. */
static enum exit_code take_standard(struct comparing *comparing,
                                    const struct color_source *sample)
{
    struct context *context = comparing->context;
    struct viewing *viewing = &context->viewing;
    struct color first;
    struct color_view view;
    color_source_at(sample, 0, &first);
    adopt_light(viewing, &comparing->standard);
    adopt_light(viewing, &first);
    enum exit_code code = color_view(&comparing->standard, &viewing->illuminant[0],
                                     viewing->observer, &view, &context->failure);
    if (code != EXIT_DONE)
        return code;
    comparing->standard_lab = view.lab;
    if (comparing->standard.basis != COLOR_SPECTRAL || first.basis != COLOR_SPECTRAL)
        note(context, "a color without a spectrum: no metamerism index");
    return EXIT_DONE;
}

static void print_standard(const struct comparing *comparing)
{
    const struct context *context = comparing->context;
    const struct viewing *viewing = &context->viewing;
    char light[CONDITIONS_MAX];
    viewing_text(&viewing->illuminant[0], viewing->observer, light);
    fprintf(context->output.stream, "%s\n", light);
    print_lab(context->output.stream, "Standard  ", context->invocation.arguments[0],
              &comparing->standard_lab);
}

/* Opens the sources in turn; the first settles the light. */
static enum exit_code compare_all(struct comparing *comparing)
{
    const struct invocation *invocation = &comparing->context->invocation;
    enum exit_code code = EXIT_DONE;
    for (size_t i = 1; i < invocation->argument_count && code == EXIT_DONE; i++) {
        struct color_source source;
        code = color_source_open(comparing->context, invocation->arguments[i], &source);
        if (code != EXIT_DONE)
            break;
        if (i == 1)
            code = take_standard(comparing, &source);
        if (i == 1 && code == EXIT_DONE && comparing->context->mode == MODE_TEXT)
            print_standard(comparing);
        if (code == EXIT_DONE)
            code = compare_source(comparing, &source);
        color_source_close(&source);
    }
    return code;
}

static enum exit_code print_document(struct comparing *comparing)
{
    json_t *standard = json_object();
    json_set(standard, "source", json_text(comparing->context->invocation.arguments[0]));
    json_set(standard, "spectral",
             json_boolean(comparing->standard.basis == COLOR_SPECTRAL));
    json_set(standard, "lab", json_lab(&comparing->standard_lab));
    return json_print(
        comparing->context, "diff", json_conditions(comparing->context, NULL),
        json_pack("{s:o, s:O}", "standard", standard, "samples", comparing->samples));
}

static enum exit_code finish(struct comparing *comparing)
{
    struct context *context = comparing->context;
    if (context->mode == MODE_JSON)
        return print_document(comparing);
    if (context->mode == MODE_PLAIN &&
        table_print(comparing->table, context) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    return EXIT_DONE;
}

static enum exit_code run_samples(struct context *context)
{
    struct comparing comparing = {.context = context, .samples = json_array()};
    enum exit_code code =
        color_read(context, context->invocation.arguments[0], &comparing.standard);
    if (code == EXIT_DONE &&
        table_make(columns, COLUMN_METAMERISM + context->viewing.count - 1,
                   &comparing.table) != STATUS_OK)
        code = failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    if (code == EXIT_DONE)
        code = compare_all(&comparing);
    if (code == EXIT_DONE)
        code = finish(&comparing);
    table_free(comparing.table);
    json_decref(comparing.samples);
    return code;
}

/* The standard under each light, and the spectra of a stream against it. */
static enum exit_code run_batch(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    struct viewing *viewing = &context->viewing;
    struct color standard;
    cmsCIELab lab[VIEWING_MAX];
    enum exit_code code = color_read(context, invocation->arguments[0], &standard);
    if (code != EXIT_DONE)
        return code;
    if (standard.basis == COLOR_COORDINATES && viewing->origin == VIEWING_DEFAULT)
        viewing->count = 1;
    adopt_light(viewing, &standard);
    for (size_t i = 0; i < viewing->count && code == EXIT_DONE; i++) {
        struct color_view view;
        code = color_view(&standard, &viewing->illuminant[i], viewing->observer, &view,
                          &context->failure);
        lab[i] = view.lab;
    }
    const char *path = invocation->argument_count > 1 ? invocation->arguments[1] : NULL;
    return code == EXIT_DONE ? color_stream_run(context, path, lab) : code;
}

static bool is_stdin(const char *argument)
{
    return strcmp(argument, "-") == 0;
}

static enum exit_code check_arguments(struct context *context)
{
    const struct invocation *invocation = &context->invocation;
    const char *const *argument = invocation->arguments;
    size_t count = invocation->argument_count;
    if (!option(context, "batch"))
        return count > 1 ? EXIT_DONE
                         : failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                                       "an argument is missing");
    if (count > 2)
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "\"%s\" is one argument too many for --batch", argument[2]);
    if (is_stdin(argument[0]) && (count == 1 || is_stdin(argument[1])))
        return failure_set(&context->failure, FAILURE_USAGE_ARGUMENT,
                           "the standard and --batch both read the standard input");
    return EXIT_DONE;
}

static enum exit_code run(struct context *context)
{
    enum exit_code code = check_arguments(context);
    if (code != EXIT_DONE)
        return code;
    return option(context, "batch") ? run_batch(context) : run_samples(context);
}

const struct command color_diff_command = {
    .name = "color diff",
    .summary = "How samples differ from a standard, in numbers, in words and by light.",
    .usage = "STD SAMPLE... | STD --batch [FILE]",
    .arguments = arguments,
    .arguments_min = 1,
    .arguments_max = SIZE_MAX,
    .options = {{color_stream_options, color_scale_options, color_specular_options}},
    .examples = {"color diff donor.sp healed.sp",
                 "color diff 'lab:31.8,2.1,3.4' 'lab:32.2,1.9,3.1'"},
    .illuminants = "D65,LED-B3,A",
    .run = run,
};
