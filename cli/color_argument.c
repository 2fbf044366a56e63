/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/color_argument.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/color_coordinates.h"
#include "cli/conditions_json.h"

const struct option_spec color_scale_options[] = {
    {"scale", 0, "SCALE",
     "reflectance in the file: auto (default), percent or fraction (0 to 1)"},
    {0},
};

const struct option_spec color_specular_options[] = {
    {"specular", 0, "MODE",
     "the reading includes (sci) or excludes (sce) the reflection at the surface; as the "
     "file says by default, else sce; of a scan in both modes that half is taken"},
    {0},
};

static enum exit_code read_specular(struct context *context, enum sample_specular *out)
{
    static const char *const words[] = {"sci", "sce", NULL};
    static const enum sample_specular meant[] = {SAMPLE_SPECULAR_IN, SAMPLE_SPECULAR_EX};
    size_t chosen = 0;
    *out = SAMPLE_SPECULAR_UNKNOWN;
    if (!option_find(&context->invocation.known, "specular") ||
        !option(context, "specular"))
        return EXIT_DONE;
    enum exit_code code = option_choice(context, "specular", words, 0, &chosen);
    if (code == EXIT_DONE)
        *out = meant[chosen];
    return code;
}

static void tell_notes(const struct context *context, const char *path, unsigned notes)
{
    static const struct {
        enum sample_note bit;
        const char *text;
    } texts[] = {
        {SAMPLE_NOTE_CROPPED, "wavelengths outside 300 to 830 nm are left out"},
        {SAMPLE_NOTE_COARSE, "steps coarser than 10 nm"},
        {SAMPLE_NOTE_ASSUMED_PERCENT, "read as percent, by its largest value"},
        {SAMPLE_NOTE_ASSUMED_FRACTION, "read as fraction, by its largest value"},
        {SAMPLE_NOTE_DEVICE_IGNORED, "device columns are left out"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (notes & (unsigned)texts[i].bit)
            note(context, "%s: %s", path, texts[i].text);
}

enum exit_code color_scale_read(struct context *context, enum sample_scale *out)
{
    static const char *const words[] = {"auto", "percent", "fraction", NULL};
    size_t scale = SAMPLE_SCALE_AUTO;
    enum exit_code code =
        option_choice(context, "scale", words, SAMPLE_SCALE_AUTO, &scale);
    if (code == EXIT_DONE)
        *out = (enum sample_scale)scale;
    return code;
}

enum exit_code color_set_read(struct context *context, const char *path,
                              const enum sample_format *format, struct sample_set *out)
{
    enum sample_scale scale;
    enum exit_code code = color_scale_read(context, &scale);
    if (code != EXIT_DONE)
        return code;
    struct sample_options options = {.scale = scale, .format = format};
    struct fault fault = {0};
    enum status status = sample_read(path, &options, out, &fault);
    if (status != STATUS_OK)
        return failure_from_file(&context->failure, path, status, &fault);
    tell_notes(context, path, out->notes);
    detail(context, "%s: %zu samples, %zu bands from %.10g nm by %.10g nm", path,
           out->count, out->grid.count, out->grid.start_nm, out->grid.step_nm);
    return EXIT_DONE;
}

static enum exit_code read_reflectance(struct context *context, const char *path,
                                       struct sample_set *out)
{
    enum exit_code code = color_set_read(context, path, NULL, out);
    if (code != EXIT_DONE || out->quantity == SAMPLE_REFLECTANCE)
        return code;
    sample_set_free(out);
    return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                       "%s: the power of a light, not a reflectance", path);
}

enum { IDS_SHOWN = 8 };

/* "1, 2, 3, ..." */
static void list_ids(const struct sample_set *set, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < set->count && i <= IDS_SHOWN; i++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", i ? ", " : "",
                 i < IDS_SHOWN ? set->info[i].id : "...");
    }
}

static enum exit_code choose(struct context *context, const char *path, const char *id,
                             struct color_source *source)
{
    if (sample_find(&source->set, id, &source->first) == STATUS_OK) {
        /* a name stands for both halves of a reading, an id for one */
        if (strcmp(source->set.info[source->first].id, id) != 0 &&
            source->specular == SAMPLE_SPECULAR_IN &&
            sample_is_pair(&source->set, source->first))
            source->first++;
        source->count = 1;
        return EXIT_DONE;
    }
    char ids[FAILURE_HINT_MAX];
    list_ids(&source->set, ids, sizeof ids);
    enum exit_code code = failure_set(&context->failure, FAILURE_SAMPLE_MISSING,
                                      "%s has no sample \"%s\"", path, id);
    failure_hint(&context->failure, "one of %s", ids);
    return code;
}

/* The # of FILE#SAMPLE, NULL without one; a file whose own name has a # goes before. */
static const char *sample_mark(const char *argument)
{
    bool whole = access(argument, F_OK) == 0 || strcmp(argument, "-") == 0;
    return whole ? NULL : strrchr(argument, '#');
}

/* Once, however many files: what comes of one is flagged as a whole. */
static void tell_origin(struct context *context, const char *argument,
                        enum sample_origin origin)
{
    if (origin != SAMPLE_SIMULATED || context->simulated)
        return;
    context->simulated = true;
    const char *mark = sample_mark(argument);
    const char *name = strcmp(argument, "-") == 0 ? "standard input" : argument;
    warn(context, "conditions.simulated", NULL,
         "%.*s is simulated: a virtual instrument was read",
         (int)(mark ? (size_t)(mark - argument) : strlen(name)), name);
}

/* Leaves of each reading in both modes one half: the included as --specular wants it, or
 * else the excluded, which the models are for. */
static void drop_halves(struct sample_set *set, enum sample_specular wanted)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++, kept++) {
        bool pair = sample_is_pair(set, i);
        size_t taken = pair && wanted == SAMPLE_SPECULAR_IN ? i + 1 : i;
        i += pair;
        set->info[kept] = set->info[taken];
        memmove(set->value + kept * set->grid.count, set->value + taken * set->grid.count,
                set->grid.count * sizeof *set->value);
    }
    set->count = kept;
}

static char *path_of(const char *argument)
{
    const char *mark = sample_mark(argument);
    return mark ? strndup(argument, (size_t)(mark - argument)) : strdup(argument);
}

void color_tell_origin(struct context *context, const char *argument,
                       const struct color *color)
{
    if (color->basis == COLOR_SPECTRAL)
        tell_origin(context, argument, color->conditions.origin);
}

/* FILE or FILE#SAMPLE. */
static enum exit_code open_file(struct context *context, const char *argument,
                                struct color_source *source)
{
    const char *mark = sample_mark(argument);
    char *path = path_of(argument);
    if (!path)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_reflectance(context, path, &source->set);
    if (code == EXIT_DONE && !mark)
        drop_halves(&source->set, source->specular);
    source->count = source->set.count;
    if (code == EXIT_DONE && mark)
        code = choose(context, path, mark + 1, source);
    if (code == EXIT_DONE)
        tell_origin(context, argument, source->set.conditions.origin);
    free(path);
    return code;
}

/* Not there, and without a sign of being meant as a file. */
static int is_no_file(const char *argument)
{
    return strcmp(argument, "-") != 0 && access(argument, F_OK) != 0 &&
           !strpbrk(argument, "./");
}

static enum exit_code refuse_unknown(struct context *context, const char *argument)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_COLOR_UNKNOWN,
                                      "unknown color \"%s\"", argument);
    failure_hint(&context->failure,
                 "a file, FILE#SAMPLE, -, lab:L,a,b, lch:L,C,h, xyz:X,Y,Z or #rrggbb");
    return code;
}

enum exit_code color_source_open(struct context *context, const char *argument,
                                 struct color_source *out)
{
    *out = (struct color_source){.argument = argument, .count = 1};
    enum exit_code code = read_specular(context, &out->specular);
    if (code != EXIT_DONE)
        return code;
    if (color_coordinates_meant(argument)) {
        out->coordinates.basis = COLOR_COORDINATES;
        return color_coordinates_parse(context, argument, &out->coordinates);
    }
    if (is_no_file(argument))
        return refuse_unknown(context, argument);
    code = open_file(context, argument, out);
    if (code != EXIT_DONE)
        color_source_close(out);
    return code;
}

void color_source_at(const struct color_source *source, size_t index, struct color *out)
{
    *out = source->coordinates;
    if (source->coordinates.basis == COLOR_COORDINATES)
        return;
    size_t sample = source->first + index;
    memcpy(out->id, source->set.info[sample].id, sizeof out->id);
    memcpy(out->name, source->set.info[sample].name, sizeof out->name);
    out->spectrum = sample_spectrum(&source->set, sample);
    out->conditions = source->set.conditions;
    out->specular = source->specular != SAMPLE_SPECULAR_UNKNOWN
                        ? source->specular
                        : source->set.info[sample].specular;
}

void color_source_close(struct color_source *source)
{
    sample_set_free(&source->set);
    *source = (struct color_source){0};
}

static enum exit_code take_only(struct context *context,
                                const struct color_source *source, struct color *out)
{
    if (source->count == 1) {
        color_source_at(source, 0, out);
        return EXIT_DONE;
    }
    char ids[FAILURE_HINT_MAX - 64];
    list_ids(&source->set, ids, sizeof ids);
    failure_set(&context->failure, FAILURE_COLOR_SEVERAL,
                "%s holds %zu samples where one is needed", source->argument,
                source->count);
    failure_hint(&context->failure, "FILE#SAMPLE with one of %s", ids);
    return failure_kind(FAILURE_COLOR_SEVERAL)->exit;
}

enum exit_code color_read(struct context *context, const char *argument,
                          struct color *out)
{
    struct color_source source;
    enum exit_code code = color_source_open(context, argument, &source);
    if (code != EXIT_DONE)
        return code;
    code = take_only(context, &source, out);
    color_source_close(&source);
    return code;
}

enum exit_code color_of_set(struct context *context, const char *label,
                            struct sample_set *set, struct color *out)
{
    struct color_source source = {.argument = label};
    enum exit_code code = read_specular(context, &source.specular);
    if (code != EXIT_DONE)
        return code;
    if (set->quantity != SAMPLE_REFLECTANCE)
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                           "%s: the power of a light, not a reflectance", label);
    drop_halves(set, source.specular);
    source.set = *set; /* for a while */
    source.count = set->count;
    return take_only(context, &source, out);
}

const char *color_label(const struct color_source *source, const struct color *color)
{
    return source->count > 1 && color->id[0] ? color->id : source->argument;
}

json_t *color_json(const struct color_source *source, const struct color *color)
{
    json_t *sample = json_object();
    json_set(sample, "source", json_text(source->argument));
    if (color->id[0])
        json_set(sample, "id", json_text(color->id));
    if (color->name[0])
        json_set(sample, "name", json_text(color->name));
    json_set(sample, "spectral", json_boolean(color->basis == COLOR_SPECTRAL));
    const char *specular = color_specular_key(color->specular);
    if (specular)
        json_set(sample, "specular", json_string(specular));
    conditions_json_set(sample, &color->conditions);
    if (color->conditions.origin == SAMPLE_SIMULATED)
        json_set(sample, "simulated", json_true());
    return sample;
}
