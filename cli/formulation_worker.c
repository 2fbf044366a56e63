/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/formulation_worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

enum status formulation_worker_open(const struct formulation_plan *plan,
                                    struct formulation_worker **out, struct fault *fault)
{
    struct formulation_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return STATUS_NO_MEMORY;
    worker->plan = plan;
    worker->formulation = *plan->formulation;
    worker->formulation.target = (struct formulation_target){.basis = COLOR_SPECTRAL};
    enum status status = sample_lines_open(plan->first_line, plan->first_length,
                                           plan->scale, &worker->lines, fault);
    if (status == STATUS_OK)
        *out = worker;
    else
        formulation_worker_close(worker);
    return status;
}

void formulation_worker_close(struct formulation_worker *worker)
{
    if (!worker)
        return;
    sample_lines_close(worker->lines);
    free(worker);
}

/* -- results ------------------------------------------------------------------------- */

/* Prints an object as a line and takes it over. */
static enum status print(json_t *object, struct stream_text *out)
{
    char *text = json_spelled_line(object);
    json_decref(object);
    char *at = text ? stream_text_reserve(out, strlen(text) + 2) : NULL;
    if (at)
        stream_text_commit(out, stream_put(stream_put(at, text), "\n"));
    free(text);
    return at ? STATUS_OK : STATUS_NO_MEMORY;
}

static json_t *begin_line(size_t number)
{
    json_t *object = json_object();
    json_set(object, "line", json_integer((json_int_t)number));
    return object;
}

static enum status print_error(struct formulation_worker *worker, size_t number,
                               enum status status, const struct fault *fault,
                               struct stream_text *out)
{
    struct failure failure = {0};
    json_t *object = begin_line(number), *error = json_object();
    failure_from_file(&failure, "line", status, fault);
    json_set(error, "code", json_string(failure_kind(failure.code)->name));
    if (fault->line > 0)
        json_set(error, "column", json_integer((json_int_t)fault->column));
    json_set(error, "message",
             json_text(fault->text[0] ? fault->text : status_text(status)));
    json_set(object, "error", error);
    worker->error_count++;
    return print(object, out);
}

static enum status print_formula(struct formulation_worker *worker, size_t number,
                                 struct stream_text *out)
{
    const struct sample_line *spectrum = &worker->spectrum;
    json_t *object = begin_line(number);
    if (spectrum->id[0])
        json_set(object, "id", json_text(spectrum->id));
    if (spectrum->name[0])
        json_set(object, "name", json_text(spectrum->name));
    if (spectrum->origin == SAMPLE_SIMULATED)
        json_set(object, "simulated", json_true());
    formulation_json_set(&worker->formulation, &worker->plan->context->viewing, object);
    return print(object, out);
}

/* -- lines --------------------------------------------------------------------------- */

/* The spectrum of the line as a target. */
static enum status take_target(struct formulation_worker *worker, struct fault *fault)
{
    struct formulation_target *target = &worker->formulation.target;
    struct spectrum spectrum = {.grid = worker->spectrum.grid};
    memcpy(spectrum.value, worker->spectrum.reflectance,
           spectrum.grid.count * sizeof *spectrum.value);
    enum status status = bands_from_spectrum(&spectrum, &target->reflectance);
    if (status != STATUS_OK)
        return status;
    target->lab = colorimetry_reflectance_lab(&worker->plan->formulation->weights[0],
                                              target->reflectance.value);
    if (formulation_is_color(&target->lab))
        return STATUS_OK;
    snprintf(fault->text, sizeof fault->text, "a color that no film can have");
    return STATUS_BAD_DATA;
}

static enum status run_line(struct formulation_worker *worker, const char *line,
                            size_t length, size_t number, struct stream_text *out)
{
    struct fault fault = {0};
    struct formulation *formulation = &worker->formulation;
    worker->line_count++;
    enum status status =
        sample_lines_read(worker->lines, line, length, &worker->spectrum, &fault);
    if (status == STATUS_OK)
        status = take_target(worker, &fault);
    if (status == STATUS_OK)
        status = formulation_search(worker->plan->solver, formulation);
    if (status == STATUS_NO_MEMORY)
        return status;
    if (status != STATUS_OK)
        return print_error(worker, number, status, &fault, out);
    worker->far_count += formulation->formula[0].ciede2000 > formulation->max_de;
    return print_formula(worker, number, out);
}

static bool is_blank(const char *line, size_t length)
{
    size_t i = 0;
    while (i < length && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r'))
        i++;
    return i == length;
}

enum status formulation_worker_run(void *subject, const struct stream_part *part,
                                   struct stream_text *out)
{
    static const struct fault too_long = {.text = "the line is longer than 1 MB"};
    struct formulation_worker *worker = subject;
    const char *text = part->text, *end = text + part->size;
    enum status status = STATUS_OK;
    if (part->too_long) {
        worker->line_count++;
        return print_error(worker, part->line, STATUS_BAD_DATA, &too_long, out);
    }
    for (size_t number = part->line; text < end && status == STATUS_OK; number++) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        const char *behind = feed ? feed : end;
        size_t length = (size_t)(behind - text);
        if (!is_blank(text, length))
            status = run_line(worker, text, length, number, out);
        text = behind + 1;
    }
    return status;
}
