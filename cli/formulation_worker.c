/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/formulation_worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/stream.h"
#include "colorlib/threads.h"

/* A line of a block. */
struct line {
    const char *text;
    size_t length;
    size_t number;
    enum status status;
    struct fault fault;
    struct line_id id;
    char name[SAMPLE_NAME_MAX];
    enum sample_origin origin;
    struct bands reflectance;
    cmsCIELab lab;
    size_t target; /* its place among those that have one */
};

/* What one thread works with: its part of the lines, at a time. */
struct share {
    struct sample_lines *reader;
    struct sample_line spectrum;
    struct formulation formulation; /* of the line at hand */
    struct stream_text text;
    struct formulation_counts counts;
    enum status status;
};

struct formulation_worker {
    struct formulation_plan plan;
    struct formula_many *many;
    struct share *share[STREAM_THREADS_MAX];
    size_t line_count; /* of the block */
    struct line line[FORMULATION_LINES];
    size_t target_count;
    cmsCIELab target[FORMULATION_LINES];
    struct formula_found found[FORMULATION_LINES];
};

/* -- opening ------------------------------------------------------------------------- */

static enum status open_share(const struct formulation_plan *plan, struct share **out,
                              struct fault *fault)
{
    struct share *share = calloc(1, sizeof *share);
    if (!share)
        return STATUS_NO_MEMORY;
    *out = share;
    share->formulation = *plan->formulation;
    share->formulation.target = (struct formulation_target){.basis = COLOR_SPECTRAL};
    return sample_lines_open(plan->first_line, plan->first_length, plan->scale,
                             &share->reader, fault);
}

enum status formulation_worker_open(const struct formulation_plan *plan,
                                    struct formulation_worker **out, struct fault *fault)
{
    struct formulation_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return STATUS_NO_MEMORY;
    worker->plan = *plan;
    enum status status = formula_many_open(plan->solver, &worker->many);
    for (size_t i = 0; i < plan->threads && status == STATUS_OK; i++)
        status = open_share(plan, &worker->share[i], fault);
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
    for (size_t i = 0; i < STREAM_THREADS_MAX && worker->share[i]; i++) {
        sample_lines_close(worker->share[i]->reader);
        stream_text_free(&worker->share[i]->text);
        free(worker->share[i]);
    }
    formula_many_close(worker->many);
    free(worker);
}

bool formulation_worker_has_heading(const struct formulation_worker *worker)
{
    return sample_lines_have_heading(worker->share[0]->reader);
}

struct formulation_counts
formulation_worker_counts(const struct formulation_worker *worker)
{
    struct formulation_counts all = {0};
    for (size_t i = 0; i < worker->plan.threads; i++) {
        const struct formulation_counts *counts = &worker->share[i]->counts;
        all.lines += counts->lines;
        all.errors += counts->errors;
        all.far += counts->far;
    }
    return all;
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

static enum status print_error(struct share *share, size_t number, enum status status,
                               const struct fault *fault)
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
    share->counts.errors++;
    return print(object, &share->text);
}

static enum status print_formula(const struct formulation_worker *worker,
                                 struct share *share, const struct line *line)
{
    struct formulation *formulation = &share->formulation;
    formulation->target.lab = line->lab;
    formulation->target.reflectance = line->reflectance;
    formulation_take(&worker->found[line->target], formulation);
    share->counts.far += formulation->formula[0].ciede2000 > formulation->max_de;
    json_t *object = begin_line(line->number);
    json_set(object, "id", json_line_id(&line->id));
    if (line->name[0])
        json_set(object, "name", json_text(line->name));
    if (line->origin == SAMPLE_SIMULATED)
        json_set(object, "simulated", json_true());
    formulation_json_set(formulation, &worker->plan.context->viewing, object);
    return print(object, &share->text);
}

/* -- lines --------------------------------------------------------------------------- */

/* The spectrum of the line as a target. */
static enum status take_target(const struct formulation_plan *plan,
                               const struct sample_line *from, struct line *line)
{
    struct spectrum spectrum = {.grid = from->grid};
    memcpy(spectrum.value, from->reflectance,
           spectrum.grid.count * sizeof *spectrum.value);
    enum status status = bands_from_spectrum(&spectrum, &line->reflectance);
    if (status != STATUS_OK)
        return status;
    line->lab = colorimetry_reflectance_lab(&plan->formulation->weights[0],
                                            line->reflectance.value);
    if (formulation_is_color(&line->lab))
        return STATUS_OK;
    snprintf(line->fault.text, sizeof line->fault.text, "a color that no film can have");
    return STATUS_BAD_DATA;
}

static void read_line(const struct formulation_plan *plan, struct share *share,
                      struct line *line)
{
    struct sample_line *spectrum = &share->spectrum;
    line->status = sample_lines_read(share->reader, line->text, line->length, spectrum,
                                     &line->fault);
    if (line->status != STATUS_OK)
        return;
    line->id = spectrum->id;
    memcpy(line->name, spectrum->name, sizeof line->name);
    line->origin = spectrum->origin;
    line->status = take_target(plan, spectrum, line);
}

static enum status print_line(const struct formulation_worker *worker,
                              struct share *share, const struct line *line)
{
    share->counts.lines++;
    if (line->status == STATUS_NO_MEMORY)
        return STATUS_NO_MEMORY;
    return line->status == STATUS_OK
               ? print_formula(worker, share, line)
               : print_error(share, line->number, line->status, &line->fault);
}

/* -- blocks -------------------------------------------------------------------------- */

static void find_lines(struct formulation_worker *worker, const struct stream_part *part)
{
    struct stream_line line = {0};
    worker->line_count = 0;
    while (stream_line_next(part, &line))
        worker->line[worker->line_count++] = (struct line){
            .text = line.text, .length = line.length, .number = line.number};
}

/* The first line of a thread's share, or the one behind that of the thread before. */
static size_t first_of(const struct formulation_worker *worker, size_t thread)
{
    return worker->line_count * thread / worker->plan.threads;
}

static void read_share(size_t thread, void *context)
{
    struct formulation_worker *worker = context;
    for (size_t i = first_of(worker, thread); i < first_of(worker, thread + 1); i++)
        read_line(&worker->plan, worker->share[thread], &worker->line[i]);
}

static void print_share(size_t thread, void *context)
{
    struct formulation_worker *worker = context;
    struct share *share = worker->share[thread];
    share->text.size = 0;
    share->status = STATUS_OK;
    for (size_t i = first_of(worker, thread);
         i < first_of(worker, thread + 1) && share->status == STATUS_OK; i++)
        share->status = print_line(worker, share, &worker->line[i]);
}

static void gather_targets(struct formulation_worker *worker)
{
    worker->target_count = 0;
    for (size_t i = 0; i < worker->line_count; i++)
        if (worker->line[i].status == STATUS_OK) {
            worker->line[i].target = worker->target_count;
            worker->target[worker->target_count++] = worker->line[i].lab;
        }
}

/* Takes what the threads have printed, in their order. */
static enum status take_text(const struct formulation_worker *worker,
                             struct stream_text *out)
{
    for (size_t i = 0; i < worker->plan.threads; i++) {
        const struct share *share = worker->share[i];
        char *at = stream_text_reserve(out, share->text.size + 1);
        if (share->status != STATUS_OK || !at)
            return STATUS_NO_MEMORY;
        if (share->text.size > 0)
            memcpy(at, share->text.bytes, share->text.size);
        stream_text_commit(out, at + share->text.size);
    }
    return STATUS_OK;
}

/* A line that was too long. */
static enum status refuse_line(struct formulation_worker *worker, size_t number,
                               struct stream_text *out)
{
    static const struct fault too_long = {.text = "the line is longer than 1 MB"};
    worker->line_count = 0;
    for (size_t i = 0; i < worker->plan.threads; i++)
        print_share(i, worker);
    worker->share[0]->counts.lines++;
    enum status status =
        print_error(worker->share[0], number, STATUS_BAD_DATA, &too_long);
    return status == STATUS_OK ? take_text(worker, out) : status;
}

enum status formulation_worker_run(void *subject, const struct stream_part *part,
                                   struct stream_text *out)
{
    struct formulation_worker *worker = subject;
    size_t threads = worker->plan.threads;
    if (part->too_long)
        return refuse_line(worker, part->line, out);
    find_lines(worker, part);
    threads_run_on(threads, threads, read_share, worker);
    gather_targets(worker);
    enum status status = formula_many_search(worker->many, worker->target,
                                             worker->target_count, worker->found);
    if (status != STATUS_OK)
        return status;
    threads_run_on(threads, threads, print_share, worker);
    return take_text(worker, out);
}
