/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_color.h"

#include <stdlib.h>
#include <string.h>

#include "cli/color_coordinates.h"
#include "colorlib/illuminant.h"
#include "colorlib/sample_line.h"

/* What messages call the line as a whole. */
static const char line_key[] = "line";

enum exit_code match_colors_read(struct context *context, struct match_colors *out)
{
    static const char *const options[MATCH_COLORS] = {[MATCH_COLOR_SKIN] = "skin",
                                                      [MATCH_COLOR_TARGET] = "target",
                                                      [MATCH_COLOR_SCAR] = "scar",
                                                      [MATCH_COLOR_DONOR_SKIN] =
                                                          "donor-skin"};
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < MATCH_COLORS && code == EXIT_DONE; i++) {
        const char *argument = option(context, options[i]);
        out->there[i] = argument != NULL;
        if (argument)
            code = color_read(context, argument, &out->color[i]);
    }
    return code;
}

/* Places are told in the line itself, not in what it holds. */
static enum exit_code read_failure(struct context *context, const char *key,
                                   enum status status, const struct fault *fault)
{
    const char *text = fault->text[0] ? fault->text : status_text(status);
    failure_from_file(&context->failure, key, status, fault);
    enum failure_code code = context->failure.code;
    if (strcmp(key, line_key) == 0 && fault->line > 0)
        return failure_set(&context->failure, code, "column %zu: %s", fault->column,
                           text);
    return failure_set(&context->failure, code, "%s: %s", key, text);
}

/* A spectrum alone, or a document of one. */
static enum exit_code read_spectrum(struct context *context, const char *key,
                                    const char *text, size_t length, struct color *out)
{
    struct sample_set set = {0};
    struct fault fault = {0};
    enum sample_scale scale;
    enum exit_code code = color_scale_read(context, &scale);
    if (code != EXIT_DONE)
        return code;
    enum status status = sample_line_set(text, length, scale, &set, &fault);
    if (status != STATUS_OK)
        return read_failure(context, key, status, &fault);
    code = color_of_set(context, key, &set, out);
    sample_set_free(&set);
    if (code == EXIT_DONE && !out->name[0])
        memcpy(out->name, out->id, sizeof out->id);
    return code;
}

/* lab:62.4,11.8,17.9/D50/2, but no light from a file. */
static bool names_known_light(const char *text)
{
    char name[ILLUMINANT_NAME_MAX];
    struct illuminant illuminant;
    const char *slash = strchr(text, '/');
    size_t length = slash ? strcspn(slash + 1, "/") : 0;
    if (!slash)
        return true;
    if (length >= sizeof name)
        return false;
    memcpy(name, slash + 1, length);
    name[length] = '\0';
    return illuminant_find(name, &illuminant) == STATUS_OK;
}

enum exit_code match_color_read(struct context *context, const char *key,
                                const json_t *value, struct color *out)
{
    const char *string = json_string_value(value);
    if (string && color_coordinates_meant(string) && names_known_light(string)) {
        *out = (struct color){.basis = COLOR_COORDINATES};
        return color_coordinates_parse(context, string, out);
    }
    if (!json_is_object(value))
        return failure_set(&context->failure, FAILURE_FILE_MALFORMED,
                           "%s: an object with a reflectance is due, or coordinates such "
                           "as lab:62.4,11.8,17.9 in a known light",
                           key);
    char *text = json_dumps(value, JSON_COMPACT);
    if (!text)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = read_spectrum(context, key, text, strlen(text), out);
    free(text);
    return code;
}

enum exit_code match_color_of_line(struct context *context, const char *text,
                                   size_t length, struct color *out)
{
    return read_spectrum(context, line_key, text, length, out);
}
