/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "cli/batch_input.h"
#include "cli/batch_worker.h"
#include "cli/color_argument.h"

const struct option_spec batch_options[] = {
    {"batch", 0, NULL,
     "read spectra from FILE or stdin, CSV or NDJSON, and print a line of JSON for each "
     "(see: help files)"},
    {"threads", 0, "N", "threads of --batch, 1 to 64; default: one for each processor"},
    {0},
};

/* Results that wait for their turn, so that one slow thread does not stop the others. */
enum { THREADS_MAX = 64, SLOTS_PER_THREAD = 4 };

struct slot {
    struct batch_text text;
    size_t behind; /* number of the line after the last */
    bool done;
};

/*
 * Each thread takes a part of the input and with it a ticket, works alone, and leaves the
 * result in its ticket's slot; who finds the slot whose turn it is done writes it, and
 * those behind it. Threads sleep while they wait, as spinning ones would slow the others
 * on a busy machine.
 */
struct batch {
    struct context *context;
    struct batch_plan plan;
    size_t threads;
    struct batch_worker *worker[THREADS_MAX];
    mtx_t input_lock; /* of the next two; may be held while waiting for input */
    struct batch_input input;
    size_t tickets;
    mtx_t output_lock; /* of all below */
    cnd_t turned;
    struct slot slot[THREADS_MAX * SLOTS_PER_THREAD];
    size_t turn;
    struct failure failure; /* the first */
    enum exit_code code;
    double told_seconds;
};

/* -- what an operator is told ----------------------------------------------------------
 */

#define PROGRESS_SECONDS 0.25

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool shows_progress(const struct batch *batch)
{
    return batch->context->screen.rewrites &&
           batch->context->verbosity != VERBOSITY_QUIET;
}

static void tell_progress(struct batch *batch, size_t lines)
{
    if (!shows_progress(batch) || now_seconds() < batch->told_seconds + PROGRESS_SECONDS)
        return;
    batch->told_seconds = now_seconds();
    fprintf(stderr, "\r\033[K%zu lines", lines);
}

static enum exit_code tell_result(const struct batch *batch)
{
    size_t lines = 0, errors = 0;
    for (size_t i = 0; i < batch->threads; i++) {
        lines += batch->worker[i]->line_count;
        errors += batch->worker[i]->error_count;
    }
    if (errors > 0)
        note(batch->context, "%zu of %zu lines gave an error", errors, lines);
    return errors > 0 ? EXIT_DATA : EXIT_DONE;
}

/* -- one thread ------------------------------------------------------------------------
 */

/* The first failure is the one that is told; the output lock is held. */
static void fail(struct batch *batch, enum exit_code code, const struct failure *failure)
{
    if (batch->code == EXIT_DONE) {
        batch->code = code;
        batch->failure = *failure;
    }
    cnd_broadcast(&batch->turned);
}

static void fail_unlocked(struct batch *batch, enum exit_code code,
                          const struct failure *failure)
{
    mtx_lock(&batch->output_lock);
    fail(batch, code, failure);
    mtx_unlock(&batch->output_lock);
}

/* Waits until the next ticket has a slot; false when the batch has failed meanwhile. */
static bool wait_for_slot(struct batch *batch)
{
    mtx_lock(&batch->output_lock);
    while (batch->tickets - batch->turn >= batch->threads * SLOTS_PER_THREAD &&
           batch->code == EXIT_DONE)
        cnd_wait(&batch->turned, &batch->output_lock);
    bool goes_on = batch->code == EXIT_DONE;
    mtx_unlock(&batch->output_lock);
    return goes_on;
}

/* False at the end of the input, or when the batch has failed. */
static bool take_part(struct batch *batch, struct batch_part *part, size_t *ticket)
{
    struct failure failure = {0};
    mtx_lock(&batch->input_lock);
    bool goes_on = wait_for_slot(batch);
    enum exit_code code =
        goes_on ? batch_input_next(&batch->input, part, &failure) : EXIT_DONE;
    goes_on = goes_on && code == EXIT_DONE && (part->size > 0 || part->too_long);
    if (goes_on)
        *ticket = batch->tickets++;
    mtx_unlock(&batch->input_lock);
    if (code != EXIT_DONE)
        fail_unlocked(batch, code, &failure);
    return goes_on;
}

static void run_part(struct batch_worker *worker, const struct batch_part *part)
{
    static const struct fault too_long = {.text = "the line is longer than 1 MB"};
    if (part->too_long)
        batch_worker_error(worker, part->line, STATUS_BAD_DATA, &too_long);
    else
        batch_worker_run(worker, part->text, part->size, part->line);
}

static struct slot *slot_of(struct batch *batch, size_t ticket)
{
    return &batch->slot[ticket % (batch->threads * SLOTS_PER_THREAD)];
}

static void write_slot(struct batch *batch, struct slot *slot)
{
    struct failure failure = {0};
    if (output_write(STDOUT_FILENO, slot->text.bytes, slot->text.size) != 0)
        fail(batch,
             failure_set(&failure, FAILURE_OUTPUT_WRITE, "stdout: %s", strerror(errno)),
             &failure);
    slot->text.size = 0;
    slot->done = false;
    tell_progress(batch, slot->behind - 1);
}

/* Leaves a result in its slot and takes the room of an earlier one in exchange. */
static void leave_result(struct batch *batch, struct batch_worker *worker, size_t ticket,
                         size_t behind)
{
    mtx_lock(&batch->output_lock);
    struct slot *slot = slot_of(batch, ticket);
    struct batch_text room = slot->text;
    *slot = (struct slot){.text = worker->out, .behind = behind, .done = true};
    worker->out = room;
    while (slot_of(batch, batch->turn)->done && batch->code == EXIT_DONE) {
        write_slot(batch, slot_of(batch, batch->turn));
        batch->turn++;
    }
    cnd_broadcast(&batch->turned);
    mtx_unlock(&batch->output_lock);
}

static void run_thread(struct batch *batch, struct batch_worker *worker)
{
    struct batch_part part = {0};
    size_t ticket = 0;
    while (worker->status == STATUS_OK && take_part(batch, &part, &ticket)) {
        run_part(worker, &part);
        leave_result(batch, worker, ticket, part.behind);
    }
    if (worker->status != STATUS_OK) {
        struct failure failure = {0};
        failure_set(&failure, FAILURE_SYSTEM_MEMORY, "out of memory");
        fail_unlocked(batch, EXIT_OS, &failure);
    }
    batch_part_free(&part);
}

/* -- all threads -----------------------------------------------------------------------
 */

static size_t thread_number(void)
{
#ifdef _OPENMP
    return (size_t)omp_get_thread_num();
#else
    return 0;
#endif
}

static void run_parallel(struct batch *batch)
{
#pragma omp parallel num_threads((int)batch->threads)
    run_thread(batch, batch->worker[thread_number()]);
}

static enum exit_code run_threads(struct batch *batch)
{
    if (batch->threads == 1 || batch_input_is_short(&batch->input))
        run_thread(batch, batch->worker[0]);
    else
        run_parallel(batch);
    if (shows_progress(batch))
        fputs("\r\033[K", stderr);
    if (batch->code != EXIT_DONE)
        batch->context->failure = batch->failure;
    return batch->code == EXIT_DONE ? tell_result(batch) : batch->code;
}

static enum exit_code run_locked(struct batch *batch)
{
    enum exit_code code =
        failure_set(&batch->context->failure, FAILURE_SYSTEM_MEMORY, "no thread locks");
    if (mtx_init(&batch->input_lock, mtx_plain) != thrd_success)
        return code;
    if (mtx_init(&batch->output_lock, mtx_plain) == thrd_success) {
        if (cnd_init(&batch->turned) == thrd_success) {
            batch->context->failure = (struct failure){0};
            code = run_threads(batch);
            cnd_destroy(&batch->turned);
        }
        mtx_destroy(&batch->output_lock);
    }
    mtx_destroy(&batch->input_lock);
    return code;
}

/* -- the command -----------------------------------------------------------------------
 */

static enum exit_code open_workers(struct batch *batch)
{
    for (size_t i = 0; i < batch->threads; i++) {
        struct fault fault = {0};
        enum status status = batch_worker_open(&batch->plan, &batch->worker[i], &fault);
        if (fault.line > 0)
            fault.line = batch->input.rest.line;
        if (status != STATUS_OK)
            return failure_from_file(&batch->context->failure, batch->input.path, status,
                                     &fault);
    }
    if (sample_lines_have_heading(batch->worker[0]->lines))
        batch_input_skip_line(&batch->input);
    return EXIT_DONE;
}

static long processors(void)
{
#ifdef _OPENMP
    int count = omp_get_num_procs();
    return count < THREADS_MAX ? count : THREADS_MAX;
#else
    return 1;
#endif
}

/* A stream is neither gathered first nor shown in another form. */
static enum exit_code read_options(struct batch *batch)
{
    struct context *context = batch->context;
    long threads = 1;
    if (option(context, "output"))
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--batch streams to stdout and takes no --output");
    if (context->mode == MODE_PLAIN)
        return failure_set(&context->failure, FAILURE_USAGE_OPTION,
                           "--batch prints JSON and takes no --plain");
    enum exit_code code =
        option_whole(context, "threads", 1, THREADS_MAX, processors(), &threads);
    if (code == EXIT_DONE)
        code = color_scale_read(context, &batch->plan.scale);
    batch->threads = (size_t)threads;
    return code;
}

static enum exit_code run_input(struct batch *batch)
{
    char *line = NULL;
    enum exit_code code =
        batch_input_first_line(&batch->input, &line, &batch->context->failure);
    if (code == EXIT_DONE) {
        batch->plan.first_line = line;
        batch->plan.first_length = strlen(line);
        code = open_workers(batch);
    }
    if (code == EXIT_DONE)
        code = run_locked(batch);
    for (size_t i = 0; i < batch->threads; i++)
        batch_worker_close(batch->worker[i]);
    for (size_t i = 0; i < THREADS_MAX * SLOTS_PER_THREAD; i++)
        batch_text_free(&batch->slot[i].text);
    free(line);
    return code;
}

enum exit_code batch_run(struct context *context, const char *path,
                         const cmsCIELab *standard)
{
    struct batch batch = {
        .context = context,
        .plan = {.viewing = &context->viewing, .standard = standard},
        .told_seconds = now_seconds(),
    };
    enum exit_code code = read_options(&batch);
    if (code == EXIT_DONE)
        code = batch_input_open(path, &batch.input, &context->failure);
    if (code == EXIT_DONE)
        code = run_input(&batch);
    batch_input_close(&batch.input);
    return code;
}
