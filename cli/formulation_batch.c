/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/formulation_batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/color_argument.h"
#include "cli/formulation_worker.h"
#include "cli/stream.h"

struct formulation_batch {
    struct context *context;
    struct formulation_plan plan;
    struct stream_input input;
    struct formulation_worker *worker;
};

/* What would read the input away. */
static bool reads_input(const struct context *context, const char *path)
{
    const char *backing = option(context, "backing");
    return backing && strcmp(backing, "-") == 0 && (!path || strcmp(path, "-") == 0);
}

enum exit_code formulation_batch_check(struct context *context, const char *path)
{
    static const char *const others[] = {"target", "scan", "sites", "trigger", "output"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (option(context, others[i]))
            return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                               "--batch takes no --%s: it reads targets and prints a "
                               "line for each",
                               others[i]);
    if (reads_input(context, path))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--backing - and --batch both read the standard input");
    if (!option(context, "specular") && !option(context, "backing"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--batch needs --specular sci or --specular sce: its lines do "
                           "not say how they were read");
    return context->mode == MODE_PLAIN
               ? failure_set(&context->failure, FAILURE_USAGE_OPTION,
                             "--batch prints JSON and takes no --plain")
               : EXIT_DONE;
}

static enum exit_code open_worker(struct formulation_batch *batch)
{
    struct fault fault = {0};
    enum status status = formulation_worker_open(&batch->plan, &batch->worker, &fault);
    if (fault.line > 0)
        fault.line = batch->input.rest.line;
    if (status != STATUS_OK)
        return failure_from_file(&batch->context->failure, batch->input.path, status,
                                 &fault);
    if (formulation_worker_has_heading(batch->worker))
        stream_input_skip_line(&batch->input);
    return EXIT_DONE;
}

/* One part at a time, whose lines the threads of the worker share. */
static enum exit_code run_worker(struct formulation_batch *batch)
{
    struct stream_work work = {.threads = 1,
                               .worker = {batch->worker},
                               .lines = FORMULATION_LINES,
                               .descriptor = STDOUT_FILENO,
                               .name = "stdout",
                               .run = formulation_worker_run};
    batch->input.gathers = true;
    return stream_run(batch->context, &batch->input, &work);
}

static enum exit_code tell(const struct formulation_batch *batch)
{
    struct formulation_counts counts = formulation_worker_counts(batch->worker);
    if (counts.errors > 0)
        note(batch->context, "%zu of %zu lines gave an error", counts.errors,
             counts.lines);
    if (counts.far > 0)
        note(batch->context, "%zu of %zu formulas differ by more than --max-de",
             counts.far, counts.lines - counts.errors);
    return counts.errors > 0 ? EXIT_DATA : counts.far > 0 ? EXIT_VERDICT_FAIL : EXIT_DONE;
}

static enum exit_code run_input(struct formulation_batch *batch)
{
    struct context *context = batch->context;
    char *line = NULL;
    enum exit_code code =
        stream_input_first_line(&batch->input, &line, &context->failure);
    if (code == EXIT_DONE) {
        batch->plan.first_line = line;
        batch->plan.first_length = strlen(line);
        code = open_worker(batch);
    }
    if (code == EXIT_DONE)
        code = run_worker(batch);
    if (code == EXIT_DONE)
        code = tell(batch);
    formulation_worker_close(batch->worker);
    free(line);
    return code;
}

enum exit_code formulation_batch_run(struct context *context, const char *path,
                                     const struct formulation *plan,
                                     const struct formula_solver *solver)
{
    struct formulation_batch batch = {
        .context = context,
        .plan = {.context = context, .formulation = plan, .solver = solver},
    };
    enum exit_code code = color_scale_read(context, &batch.plan.scale);
    if (code == EXIT_DONE)
        code = stream_threads(context, &batch.plan.threads);
    if (code == EXIT_DONE)
        code = stream_input_open(path, &batch.input, &context->failure);
    if (code == EXIT_DONE)
        code = run_input(&batch);
    stream_input_close(&batch.input);
    return code;
}
