/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pigment_profile.h"

#include <string.h>

#include "colorlib/pigment_fields.h"
#include "colorlib/text.h"

const struct option_spec pigment_profile_options[] = {
    {"name", 0, "TEXT", "what the bottle is called; default ID"},
    {"lot", 0, "LOT", "as on the bottle"},
    {"class", 0, "CLASS",
     "how it fades: carbon, iron_oxide, tio2, organic_stable or organic_azo; needed to "
     "save"},
    {"density", 0, "N", "g/ml; default 1"},
    {"drop", 0, "ML", "volume of a drop; default 0.04"},
    {"cost", 0, "N", "of a ml, in any currency"},
    {"ci", 0, "LIST", "Colour Index numbers between blanks"},
    {"allergens", 0, "LIST", "between blanks"},
    {0},
};

static enum exit_code set_text(struct context *context, const char *name,
                               const char *text, char *out, size_t size)
{
    if (strlen(text) < size && text_is_printable(text)) {
        memcpy(out, text, strlen(text) + 1);
        return EXIT_DONE;
    }
    return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                       "--%s (it is printable and shorter than %zu bytes)", name, size);
}

static enum exit_code set_texts(struct context *context, struct pigment *pigment)
{
    const struct {
        const char *name;
        char *out;
        size_t size;
    } texts[] = {
        {"name", pigment->name, sizeof pigment->name},
        {"lot", pigment->lot, sizeof pigment->lot},
        {"ci", pigment->ci, sizeof pigment->ci},
        {"allergens", pigment->allergens, sizeof pigment->allergens},
    };
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && code == EXIT_DONE; i++)
        if (option(context, texts[i].name))
            code = set_text(context, texts[i].name, option(context, texts[i].name),
                            texts[i].out, texts[i].size);
    return code;
}

static enum exit_code set_numbers(struct context *context, struct pigment *pigment)
{
    enum exit_code code =
        option_number(context, "density", 0.5, 5, pigment->density_g_per_ml,
                      &pigment->density_g_per_ml);
    if (code == EXIT_DONE)
        code = option_number(context, "drop", 0.005, 0.5, pigment->drop_ml,
                             &pigment->drop_ml);
    if (code == EXIT_DONE)
        code = option_number(context, "cost", 0, 1e6, pigment->cost_per_ml,
                             &pigment->cost_per_ml);
    return code;
}

static enum exit_code set_class(struct context *context, struct pigment *pigment)
{
    const char *class = option(context, "class");
    if (class && fade_class_find(class, &pigment->class) != STATUS_OK)
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "--class %s (it is carbon, iron_oxide, tio2, organic_stable "
                           "or organic_azo)",
                           class);
    pigment->fade = fade_class_rates(pigment->class);
    return EXIT_DONE;
}

/* Ids are words of lists and names of files. */
static enum exit_code set_id(struct context *context, const char *id,
                             struct pigment *pigment)
{
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789-_.");
    if (length == 0 || id[length] || length >= sizeof pigment->id || id[0] == '.' ||
        id[0] == '-')
        return failure_set(&context->failure, FAILURE_USAGE_VALUE,
                           "the id \"%s\" (it is up to 63 letters, digits, - _ and .)",
                           id);
    memcpy(pigment->id, id, length + 1);
    memcpy(pigment->name, id, length + 1);
    return EXIT_DONE;
}

enum exit_code pigment_profile_describe(struct context *context, const char *id,
                                        struct pigment *out)
{
    struct pigment pigment = pigment_unknown;
    pigment.origin = PIGMENT_LADDER;
    enum exit_code code = set_id(context, id, &pigment);
    if (code == EXIT_DONE)
        code = set_texts(context, &pigment);
    if (code == EXIT_DONE)
        code = set_numbers(context, &pigment);
    if (code == EXIT_DONE)
        code = set_class(context, &pigment);
    if (code == EXIT_DONE)
        *out = pigment;
    return code;
}

enum exit_code pigment_profile_write(struct context *context, const char *path,
                                     enum output_overwrite overwrite,
                                     const struct pigment *pigment,
                                     const struct sample_set *ladder)
{
    struct output output;
    enum exit_code code = output_open(path, overwrite, &output, &context->failure);
    if (code != EXIT_DONE)
        return code;
    if (pigment_write(output.stream, pigment, ladder) != STATUS_OK) {
        output_discard(&output);
        return failure_set(&context->failure, FAILURE_OUTPUT_WRITE,
                           "%s: the profile could not be written", path);
    }
    code = output_commit(&output, &context->failure);
    output_discard(&output);
    return code;
}
