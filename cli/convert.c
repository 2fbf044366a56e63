/* SPDX-License-Identifier: GPL-3.0-or-later */
/* convert: spectra from one file format to another, on another grid if asked. */
#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/color_argument.h"
#include "colorlib/number.h"
#include "colorlib/sample.h"

static const struct argument_spec arguments[] = {
    {"IN", "the file to read; - is stdin, its format told by its content"},
    {"OUT", "the file to write, in the format of its ending; - is stdout and needs --to"},
    {0},
};

static const struct option_spec options[] = {
    {"from", 0, "FORMAT", "format of IN: cgats, sp, ti3, csv or json; default by ending"},
    {"to", 0, "FORMAT", "format of OUT: cgats, sp, csv or json; default by ending"},
    {"range", 0, "A:B:STEP",
     "wavelengths in nm, such as 400:700:10, by Sprague interpolation; nothing beyond "
     "the "
     "data; default as in IN"},
    {0},
};

/* In the order of enum sample_format. */
static const char *const format_words[] = {"cgats", "sp", "ti3", "csv", "json", NULL};

static enum exit_code read_input(struct context *context, const char *path,
                                 struct sample_set *out)
{
    size_t format = 0;
    enum exit_code code = option_choice(context, "from", format_words, 0, &format);
    if (code != EXIT_DONE)
        return code;
    enum sample_format chosen = (enum sample_format)format;
    return color_set_read(context, path, option(context, "from") ? &chosen : NULL, out);
}

static enum exit_code output_format(struct context *context, const char *path,
                                    enum sample_format *out)
{
    size_t format = 0;
    enum exit_code code = option_choice(context, "to", format_words, 0, &format);
    if (code != EXIT_DONE)
        return code;
    *out = (enum sample_format)format;
    if (!option(context, "to") && sample_format_from_path(path, out) != STATUS_OK) {
        code = failure_set(&context->failure, FAILURE_FILE_FORMAT,
                           "%s: its ending names no format", path);
        failure_hint(&context->failure, "--to cgats, sp, csv or json");
        return code;
    }
    if (*out != SAMPLE_ARGYLL_TI3)
        return EXIT_DONE;
    code = failure_set(&context->failure, FAILURE_FILE_FORMAT,
                       ".ti3 is read only: it needs device values");
    failure_hint(&context->failure, "--to cgats");
    return code;
}

/* Three numbers between colons. */
static int parse_range(const char *text, double *value)
{
    for (size_t i = 0; i < 3; i++) {
        size_t length = strcspn(text, ":");
        if (number_parse(text, length, &value[i]) != STATUS_OK)
            return -1;
        text += length;
        if (i < 2 && *text++ != ':')
            return -1;
    }
    return *text == '\0' ? 0 : -1;
}

static enum exit_code read_range(struct context *context, struct grid *out)
{
    const char *text = option(context, "range");
    double value[3];
    if (parse_range(text, value) == 0 && value[0] > 0 && value[1] >= value[0] &&
        value[2] > 0) {
        double steps = round((value[1] - value[0]) / value[2]);
        if (steps < SPECTRUM_MAX && fabs(value[0] + steps * value[2] - value[1]) < 0.01) {
            *out = (struct grid){value[0], value[2], (size_t)steps + 1};
            return EXIT_DONE;
        }
    }
    enum exit_code code =
        failure_set(&context->failure, FAILURE_USAGE_VALUE,
                    "--range %s (first:last:step in nm, at most %d whole steps)", text,
                    SPECTRUM_MAX - 1);
    failure_hint(&context->failure, "--range 400:700:10");
    return code;
}

static enum exit_code refuse_grid(struct context *context, const struct grid *have,
                                  enum status status)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_SPECTRUM_RANGE,
                                      "no values for --range %s (%s)",
                                      option(context, "range"), status_text(status));
    failure_hint(&context->failure, "a range inside %.10g:%.10g, of six bands or more",
                 have->start_nm, grid_wavelength_nm(have, have->count - 1));
    return code;
}

/* Every sample of the set on the grid; the set is changed on success only. */
static enum exit_code resample(struct context *context, const struct grid *grid,
                               struct sample_set *set)
{
    double *value = calloc(set->count * grid->count, sizeof *value);
    if (!value)
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    for (size_t i = 0; i < set->count; i++) {
        struct spectrum old = sample_spectrum(set, i);
        struct spectrum new;
        enum status status = spectrum_resample(&old, grid, SPECTRUM_EXTEND_REFUSE, &new);
        if (status != STATUS_OK) {
            free(value);
            return refuse_grid(context, &set->grid, status);
        }
        memcpy(value + i * grid->count, new.value, grid->count * sizeof *value);
    }
    free(set->value);
    set->value = value;
    set->grid = *grid;
    return EXIT_DONE;
}

static enum exit_code apply_range(struct context *context, struct sample_set *set)
{
    struct grid grid;
    struct grid old = set->grid;
    if (!option(context, "range"))
        return EXIT_DONE;
    enum exit_code code = read_range(context, &grid);
    if (code == EXIT_DONE)
        code = resample(context, &grid, set);
    if (code == EXIT_DONE)
        note(context,
             "resampled from %.10g:%.10g:%.10g to %.10g:%.10g:%.10g nm by Sprague "
             "interpolation",
             old.start_nm, grid_wavelength_nm(&old, old.count - 1), old.step_nm,
             grid.start_nm, grid_wavelength_nm(&grid, grid.count - 1), grid.step_nm);
    return code;
}

static enum exit_code write_output(struct context *context, enum sample_format format,
                                   const struct sample_set *set)
{
    enum status status = sample_write(context->output.stream, format, set);
    if (status == STATUS_OK)
        return EXIT_DONE;
    return failure_set(&context->failure,
                       status == STATUS_NO_MEMORY ? FAILURE_SYSTEM_MEMORY
                                                  : FAILURE_OUTPUT_WRITE,
                       "%s", status_text(status));
}

static enum exit_code run(struct context *context)
{
    const char *in = context->invocation.arguments[0];
    const char *out = context->invocation.arguments[1];
    enum sample_format format;
    struct sample_set set = {0};
    enum exit_code code = output_format(context, out, &format);
    if (code == EXIT_DONE)
        code = write_result_to(context, out, "OUT");
    if (code == EXIT_DONE)
        code = read_input(context, in, &set);
    if (code == EXIT_DONE)
        code = apply_range(context, &set);
    if (code == EXIT_DONE)
        code = write_output(context, format, &set);
    sample_set_free(&set);
    return code;
}

const struct command convert_command = {
    .name = "convert",
    .summary = "Spectra from one file format to another.",
    .usage = "IN OUT",
    .arguments = arguments,
    .arguments_min = 2,
    .arguments_max = 2,
    .options = {{options, color_scale_options}},
    .examples = {"convert scan.sp scan.cgats",
                 "convert scans.csv - --to json --range 400:700:10"},
    .run = run,
};
