/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/color_stream.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/color_argument.h"
#include "cli/color_stream_worker.h"
#include "cli/stream.h"

const struct option_spec color_stream_options[] = {
    {"batch", 0, NULL,
     "read spectra from FILE or stdin, CSV or NDJSON, fractions unless --scale percent, "
     "and print a line of JSON for each (see: help files)"},
    {"threads", 0, "N", "threads of --batch, 1 to 64; default: one for each processor"},
    {0},
};

struct color_stream {
    struct context *context;
    struct color_plan plan;
    struct stream_input input;
    struct stream_work work;
};

static enum exit_code open_workers(struct color_stream *stream)
{
    for (size_t i = 0; i < stream->work.threads; i++) {
        struct color_worker *worker = NULL;
        struct fault fault = {0};
        enum status status = color_worker_open(&stream->plan, &worker, &fault);
        if (fault.line > 0)
            fault.line = stream->input.rest.line;
        if (status != STATUS_OK)
            return failure_from_file(&stream->context->failure, stream->input.path,
                                     status, &fault);
        stream->work.worker[i] = worker;
        if (i == 0 && sample_lines_have_heading(worker->lines))
            stream_input_skip_line(&stream->input);
    }
    return EXIT_DONE;
}

static enum exit_code tell_errors(const struct color_stream *stream)
{
    size_t lines = 0, errors = 0;
    for (size_t i = 0; i < stream->work.threads; i++) {
        const struct color_worker *worker = stream->work.worker[i];
        lines += worker->line_count;
        errors += worker->error_count;
    }
    if (errors > 0)
        note(stream->context, "%zu of %zu lines gave an error", errors, lines);
    return errors > 0 ? EXIT_DATA : EXIT_DONE;
}

static enum exit_code run_input(struct color_stream *stream)
{
    struct context *context = stream->context;
    char *line = NULL;
    enum exit_code code =
        stream_input_first_line(&stream->input, &line, &context->failure);
    if (code == EXIT_DONE) {
        stream->plan.first_line = line;
        stream->plan.first_length = strlen(line);
        code = open_workers(stream);
    }
    if (code == EXIT_DONE)
        code = stream_run(context, &stream->input, &stream->work);
    if (code == EXIT_DONE)
        code = tell_errors(stream);
    for (size_t i = 0; i < stream->work.threads; i++)
        color_worker_close(stream->work.worker[i]);
    free(line);
    return code;
}

/* A stream is neither gathered first nor shown in another form. */
static enum exit_code read_options(struct color_stream *stream)
{
    struct context *context = stream->context;
    if (option(context, "output"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--batch streams to stdout and takes no --output");
    if (context->mode == MODE_PLAIN)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--batch prints JSON and takes no --plain");
    enum exit_code code = stream_threads(context, &stream->work.threads);
    if (code == EXIT_DONE)
        code = color_scale_read(context, &stream->plan.scale);
    return code;
}

enum exit_code color_stream_run(struct context *context, const char *path,
                                const cmsCIELab *standard)
{
    struct color_stream stream = {
        .context = context,
        .plan = {.viewing = &context->viewing, .standard = standard},
        .work = {.descriptor = STDOUT_FILENO, .name = "stdout", .run = color_worker_run},
    };
    enum exit_code code = read_options(&stream);
    if (code == EXIT_DONE)
        code = stream_input_open(path, &stream.input, &context->failure);
    if (code == EXIT_DONE)
        code = run_input(&stream);
    stream_input_close(&stream.input);
    return code;
}
