/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/match_batch.h"

#include <gsl/gsl_errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/match_resume.h"
#include "cli/match_settings.h"
#include "cli/stream.h"

const struct option_spec match_batch_options[] = {
    {"batch", 0, NULL,
     "read targets from FILE or stdin, an object a line (reflectance from 0 to 1 unless "
     "--scale percent), and print a document a line (see: help batch); the other options "
     "are the defaults of every line"},
    {"threads", 0, "N",
     "threads of --batch or --exact, 1 to 64; default: one for each processor"},
    {"resume", 0, "FILE",
     "write the lines of --batch to FILE, and go on behind those that it holds already"},
    {0},
};

struct match_batch {
    struct context *context;
    struct match_plan plan;
    struct stream_input input;
    struct stream_work work;
    struct match_kept kept;
};

/* -- options ------------------------------------------------------------------------- */

static enum exit_code refuse(struct context *context, const char *name, const char *hint)
{
    enum exit_code code = failure_set(&context->failure, FAILURE_USAGE_OPTION,
                                      "--batch takes no --%s", name);
    failure_hint(&context->failure, "%s", hint);
    return code;
}

/* Options that may not be "-": the input is read from there, or they are read again and
 * again. */
static enum exit_code check_readers(struct context *context, const char *path)
{
    static const struct {
        const char *name;
        bool once; /* so that the input may be a file */
    } readers[] = {{"skin", true},       {"target", true},       {"scar", true},
                   {"donor-skin", true}, {"resume", false},      {"existing", false},
                   {"record", false},    {"practitioner", false}};
    bool uses_stdin = !path || strcmp(path, "-") == 0;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        const char *argument = option(context, readers[i].name);
        if (argument && strcmp(argument, "-") == 0 && (uses_stdin || !readers[i].once))
            return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                               "--%s of a batch is a file", readers[i].name);
    }
    return EXIT_DONE;
}

/* What a stream cannot give. */
static enum exit_code check_options(struct context *context, const char *path)
{
    static const struct {
        const char *name;
        const char *hint;
    } forms[] = {
        {"output", ">FILE, or --resume FILE to be able to go on after a cut"},
        {"plain", "its lines are JSON; jq makes tables of them"},
        {"save", "each of its lines is such a document"},
        {"explain", "without --batch"},
        {"exact", "without --batch"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (option(context, forms[i].name))
            return refuse(context, forms[i].name, forms[i].hint);
    return check_readers(context, path);
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    struct match_plan so_far = {.options = hash};
    return match_line_mark(&so_far, text, strlen(text) + 1);
}

/* The options by name, in whatever order they were given. */
static uint64_t hash_options(const struct context *context)
{
    static const char *const others[] = {"scale", "specular", "illuminant", "observer"};
    char clock[32];
    snprintf(clock, sizeof clock, "%lld",
             context->clock_fixed ? (long long)context->now : -1);
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a's own beginning */
    hash = hash_text(hash, SCALPTONE_VERSION);
    hash = hash_text(hash, clock);
    for (const struct option_spec *spec = match_options; spec->name; spec++)
        if (option(context, spec->name))
            hash = hash_text(hash_text(hash, spec->name), option(context, spec->name));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (option(context, others[i]))
            hash = hash_text(hash_text(hash, others[i]), option(context, others[i]));
    return hash;
}

/* Wrong defaults would give as many errors as there are lines. */
static enum exit_code read_defaults(struct match_batch *batch)
{
    struct context *context = batch->context;
    struct match_settings settings = {.search = MATCH_ROBUST};
    enum exit_code code = match_settings_wishes(context, &settings);
    if (code == EXIT_DONE)
        code = mixing_check(context, &settings.request);
    if (code == EXIT_DONE)
        code = match_colors_read(context, &batch->plan.colors);
    if (code == EXIT_DONE)
        code = stream_threads(context, &batch->work.threads);
    batch->plan.options = hash_options(context);
    return code;
}

/* -- the run ------------------------------------------------------------------------- */

static enum exit_code open_workers(struct match_batch *batch)
{
    for (size_t i = 0; i < batch->work.threads; i++) {
        batch->work.worker[i] = match_worker_open(&batch->plan);
        if (!batch->work.worker[i])
            return failure_set(&batch->context->failure, FAILURE_SYSTEM_MEMORY,
                               "out of memory");
    }
    return EXIT_DONE;
}

/* Each search switches GSL's handler off and on again, which only holds for one thread:
 * off before they begin, it is off whoever ends first. */
static enum exit_code run_quietly(struct match_batch *batch,
                                  enum exit_code (*run)(struct match_batch *batch))
{
    gsl_error_handler_t *callers = gsl_set_error_handler_off();
    enum exit_code code = run(batch);
    gsl_set_error_handler(callers);
    return code;
}

static enum exit_code run_stream(struct match_batch *batch)
{
    return stream_run(batch->context, &batch->input, &batch->work);
}

static enum exit_code run_resumed(struct match_batch *batch)
{
    struct failure *failure = &batch->context->failure;
    const char *path = option(batch->context, "resume");
    int descriptor = -1;
    enum exit_code code = match_resume_open(path, &batch->input, &descriptor, failure);
    if (code != EXIT_DONE)
        return code;
    batch->work.descriptor = descriptor;
    batch->work.name = path;
    code = match_resume_skip(descriptor, path, batch->work.worker[0], &batch->input,
                             &batch->kept, failure);
    if (code == EXIT_DONE && batch->kept.lines > 0)
        note(batch->context, "%s holds %zu results already", path, batch->kept.lines);
    if (code == EXIT_DONE)
        code = run_stream(batch);
    if (code == EXIT_DONE)
        code = match_resume_finish(descriptor, path, failure);
    close(descriptor);
    return code;
}

static enum exit_code tell(const struct match_batch *batch)
{
    struct match_kept sum = batch->kept;
    for (size_t i = 0; i < batch->work.threads; i++) {
        const struct match_worker *worker = batch->work.worker[i];
        sum.lines += worker->line_count;
        sum.errors += worker->error_count;
        sum.far += worker->far_count;
    }
    if (sum.errors > 0)
        note(batch->context, "%zu of %zu lines gave an error", sum.errors, sum.lines);
    if (sum.far > 0)
        note(batch->context, "%zu of %zu recipes differ by more than --max-de", sum.far,
             sum.lines - sum.errors);
    return sum.errors > 0 ? EXIT_DATA : sum.far > 0 ? EXIT_VERDICT_FAIL : EXIT_DONE;
}

static enum exit_code run_input(struct match_batch *batch)
{
    bool resumes = option(batch->context, "resume");
    enum exit_code code = stream_input_begin(&batch->input, &batch->context->failure);
    if (code == EXIT_DONE)
        code = open_workers(batch);
    if (code == EXIT_DONE)
        code = run_quietly(batch, resumes ? run_resumed : run_stream);
    if (code == EXIT_DONE)
        code = tell(batch);
    for (size_t i = 0; i < batch->work.threads; i++)
        match_worker_close(batch->work.worker[i]);
    return code;
}

enum exit_code match_batch_run(struct context *context, const char *path)
{
    struct match_batch batch = {
        .context = context,
        .plan.context = context,
        .work = {.lines = 1,
                 .descriptor = STDOUT_FILENO,
                 .name = "stdout",
                 .run = match_worker_run},
    };
    enum exit_code code = check_options(context, path);
    if (code == EXIT_DONE)
        code = read_defaults(&batch);
    if (code == EXIT_DONE)
        code = stream_input_open(path, &batch.input, &context->failure);
    if (code == EXIT_DONE)
        code = run_input(&batch);
    stream_input_close(&batch.input);
    return code;
}
