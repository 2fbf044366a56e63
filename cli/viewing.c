/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/viewing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "colorlib/sample.h"

static enum exit_code take_power(const char *path, const struct sample_set *set,
                                 struct illuminant *out, struct failure *failure)
{
    if (set->quantity != SAMPLE_POWER)
        return failure_set(failure, FAILURE_FILE_MALFORMED,
                           "%s: a reflectance, not the power of a light", path);
    if (set->count != 1)
        return failure_set(failure, FAILURE_FILE_MALFORMED,
                           "%s: %zu spectra where one light is due", path, set->count);
    const char *slash = strrchr(path, '/');
    snprintf(out->name, sizeof out->name, "%s", slash ? slash + 1 : path);
    out->power = sample_spectrum(set, 0);
    return EXIT_DONE;
}

/* The spectrum of a file, named after the file. */
static enum exit_code read_illuminant(const char *path, struct illuminant *out,
                                      struct failure *failure)
{
    struct sample_set set = {0};
    struct fault fault = {0};
    enum status status = sample_read(path, NULL, &set, &fault);
    if (status != STATUS_OK)
        return failure_from_file(failure, path, status, &fault);
    enum exit_code code = take_power(path, &set, out, failure);
    sample_set_free(&set);
    return code;
}

enum exit_code viewing_illuminant(const char *name, struct illuminant *out,
                                  struct failure *failure)
{
    if (illuminant_find(name, out) == STATUS_OK)
        return EXIT_DONE;
    if (strpbrk(name, "./"))
        return read_illuminant(name, out, failure);
    enum exit_code code =
        failure_set(failure, FAILURE_USAGE_VALUE, "there is no illuminant \"%s\"", name);
    failure_hint(failure, "one of A C D50 D55 D65 D75 FL1..FL12 LED-B1..LED-B5, or a .sp "
                          "file");
    return code;
}

enum exit_code viewing_observer(const char *degrees, enum observer *out,
                                struct failure *failure)
{
    if (strcmp(degrees, "2") == 0)
        *out = OBSERVER_CIE_1931_2DEG;
    else if (strcmp(degrees, "10") == 0)
        *out = OBSERVER_CIE_1964_10DEG;
    else
        return failure_set(failure, FAILURE_USAGE_VALUE,
                           "observer \"%s\" (it is 2 or 10 degrees)", degrees);
    return EXIT_DONE;
}

/* One light twice would be two columns, and two keys, of one name. */
static enum exit_code refuse_repeated(const struct viewing *viewing, size_t last,
                                      struct failure *failure)
{
    for (size_t i = 0; i < last; i++)
        if (strcmp(viewing->illuminant[i].name, viewing->illuminant[last].name) == 0)
            return failure_set(failure, FAILURE_USAGE_VALUE, "--illuminant: %s twice",
                               viewing->illuminant[last].name);
    return EXIT_DONE;
}

static enum exit_code load_list(char *list, struct viewing *viewing,
                                struct failure *failure)
{
    enum exit_code code = EXIT_DONE;
    char *rest = NULL;
    for (char *name = strtok_r(list, ",", &rest); name && code == EXIT_DONE;
         name = strtok_r(NULL, ",", &rest)) {
        if (viewing->count == VIEWING_MAX)
            return failure_set(failure, FAILURE_USAGE_VALUE,
                               "--illuminant: at most %d illuminants", VIEWING_MAX);
        code = viewing_illuminant(name, &viewing->illuminant[viewing->count], failure);
        if (code == EXIT_DONE)
            code = refuse_repeated(viewing, viewing->count, failure);
        viewing->count++;
    }
    if (code == EXIT_DONE && viewing->count == 0)
        code = failure_set(failure, FAILURE_USAGE_VALUE, "--illuminant: an empty list");
    return code;
}

enum exit_code viewing_load(struct context *context, const char *fallback)
{
    const char *observer = option(context, "observer");
    const char *illuminants = option(context, "illuminant");
    struct viewing *viewing = &context->viewing;
    viewing->count = 0;
    viewing->origin = observer || illuminants ? VIEWING_GIVEN : VIEWING_DEFAULT;
    enum exit_code code = viewing_observer(observer ? observer : "10", &viewing->observer,
                                           &context->failure);
    if (code != EXIT_DONE)
        return code;
    char *list = strdup(illuminants ? illuminants : fallback);
    if (!list)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    code = load_list(list, viewing, &context->failure);
    free(list);
    return code;
}

enum exit_code viewing_weights(const struct grid *grid,
                               const struct illuminant *illuminant,
                               enum observer observer, struct weights *out,
                               struct failure *failure)
{
    enum status status = weights_make(grid, illuminant, observer, out);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return failure_set(failure, FAILURE_SPECTRUM_RANGE,
                       "no color from %.10g-%.10g nm by %.10g nm under %s (%s)",
                       grid->start_nm, grid_wavelength_nm(grid, grid->count - 1),
                       grid->step_nm, illuminant->name, status_text(status));
}

void viewing_text(const struct illuminant *illuminant, enum observer observer, char *text)
{
    snprintf(text, CONDITIONS_MAX, "%s/%d", illuminant->name, observer_degrees(observer));
}
