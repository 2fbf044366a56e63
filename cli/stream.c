/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stream.h"

#include <errno.h>
#include <string.h>
#include <threads.h>
#include <time.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "colorlib/threads.h"

/* Results that wait for their turn, so that one slow thread does not stop the others. */
enum { SLOTS_PER_THREAD = 4 };

struct slot {
    struct stream_text text;
    size_t behind; /* number of the line after the last */
    bool done;
};

/*
 * Each thread takes a part of the input and with it a ticket, works alone, and leaves the
 * result in its ticket's slot; who finds the slot whose turn it is done writes it, and
 * those behind it. Threads sleep while they wait, as spinning ones would slow the others
 * on a busy machine.
 */
struct stream {
    struct context *context;
    const struct stream_work *work;
    mtx_t input_lock; /* of the next two; may be held while waiting for input */
    struct stream_input *input;
    size_t tickets;
    mtx_t output_lock; /* of all below */
    cnd_t turned;
    struct slot slot[STREAM_THREADS_MAX * SLOTS_PER_THREAD];
    size_t turn;
    struct failure failure; /* the first */
    enum exit_code code;
    double told_seconds;
};

/* -- what an operator is told --------------------------------------------------- */

#define PROGRESS_SECONDS 0.25

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool shows_progress(const struct stream *stream)
{
    return stream->context->screen.rewrites &&
           stream->context->verbosity != VERBOSITY_QUIET;
}

static void tell_progress(struct stream *stream, size_t lines)
{
    if (!shows_progress(stream) ||
        now_seconds() < stream->told_seconds + PROGRESS_SECONDS)
        return;
    stream->told_seconds = now_seconds();
    fprintf(stderr, "\r\033[K%zu lines", lines);
}

/* -- one thread ----------------------------------------------------------------- */

/* The first failure is the one that is told; the output lock is held. */
static void fail(struct stream *stream, enum exit_code code,
                 const struct failure *failure)
{
    if (stream->code == EXIT_DONE) {
        stream->code = code;
        stream->failure = *failure;
    }
    cnd_broadcast(&stream->turned);
}

static void fail_unlocked(struct stream *stream, enum exit_code code,
                          const struct failure *failure)
{
    mtx_lock(&stream->output_lock);
    fail(stream, code, failure);
    mtx_unlock(&stream->output_lock);
}

/* Waits until the next ticket has a slot; false when the run has failed meanwhile. */
static bool wait_for_slot(struct stream *stream)
{
    mtx_lock(&stream->output_lock);
    while (stream->tickets - stream->turn >= stream->work->threads * SLOTS_PER_THREAD &&
           stream->code == EXIT_DONE)
        cnd_wait(&stream->turned, &stream->output_lock);
    bool goes_on = stream->code == EXIT_DONE;
    mtx_unlock(&stream->output_lock);
    return goes_on;
}

/* False at the end of the input, or when the run has failed. */
static bool take_part(struct stream *stream, struct stream_part *part, size_t *ticket)
{
    struct failure failure = {0};
    mtx_lock(&stream->input_lock);
    bool goes_on = wait_for_slot(stream);
    enum exit_code code =
        goes_on ? stream_input_next(stream->input, stream->work->lines, part, &failure)
                : EXIT_DONE;
    goes_on = goes_on && code == EXIT_DONE && (part->size > 0 || part->too_long);
    if (goes_on)
        *ticket = stream->tickets++;
    mtx_unlock(&stream->input_lock);
    if (code != EXIT_DONE)
        fail_unlocked(stream, code, &failure);
    return goes_on;
}

static struct slot *slot_of(struct stream *stream, size_t ticket)
{
    return &stream->slot[ticket % (stream->work->threads * SLOTS_PER_THREAD)];
}

static void write_slot(struct stream *stream, struct slot *slot)
{
    struct failure failure = {0};
    if (output_write(stream->work->descriptor, slot->text.bytes, slot->text.size) != 0)
        fail(stream,
             failure_set(&failure, FAILURE_OUTPUT_WRITE, "%s: %s", stream->work->name,
                         strerror(errno)),
             &failure);
    slot->text.size = 0;
    slot->done = false;
    tell_progress(stream, slot->behind - 1);
}

/* Leaves a result in its slot and takes the room of an earlier one in exchange. */
static void leave_result(struct stream *stream, struct stream_text *text, size_t ticket,
                         size_t behind)
{
    mtx_lock(&stream->output_lock);
    struct slot *slot = slot_of(stream, ticket);
    struct stream_text room = slot->text;
    *slot = (struct slot){.text = *text, .behind = behind, .done = true};
    *text = room;
    while (slot_of(stream, stream->turn)->done && stream->code == EXIT_DONE) {
        write_slot(stream, slot_of(stream, stream->turn));
        stream->turn++;
    }
    cnd_broadcast(&stream->turned);
    mtx_unlock(&stream->output_lock);
}

static void run_thread(struct stream *stream, void *worker)
{
    struct stream_part part = {0};
    struct stream_text text = {0};
    size_t ticket = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && take_part(stream, &part, &ticket)) {
        status = stream->work->run(worker, &part, &text);
        if (status == STATUS_OK)
            leave_result(stream, &text, ticket, part.behind);
    }
    if (status != STATUS_OK) {
        struct failure failure = {0};
        failure_set(&failure, FAILURE_SYSTEM_MEMORY, "out of memory");
        fail_unlocked(stream, EXIT_OS, &failure);
    }
    stream_text_free(&text);
    stream_part_free(&part);
}

/* -- all threads ---------------------------------------------------------------- */

static void run_worker(size_t number, void *subject)
{
    struct stream *stream = subject;
    run_thread(stream, stream->work->worker[number]);
}

/* Of a short input one thread takes all, unless they share it line by line. */
static bool needs_one_thread(const struct stream *stream)
{
    return stream->work->threads == 1 ||
           (stream->work->lines == 0 && stream_input_is_short(stream->input));
}

static enum exit_code run_threads(struct stream *stream)
{
    size_t threads = needs_one_thread(stream) ? 1 : stream->work->threads;
    threads_run_on(threads, threads, run_worker, stream);
    if (shows_progress(stream))
        fputs("\r\033[K", stderr);
    for (size_t i = 0; i < STREAM_THREADS_MAX * SLOTS_PER_THREAD; i++)
        stream_text_free(&stream->slot[i].text);
    if (stream->code != EXIT_DONE)
        stream->context->failure = stream->failure;
    return stream->code;
}

enum exit_code stream_run(struct context *context, struct stream_input *input,
                          const struct stream_work *work)
{
    struct stream stream = {
        .context = context, .work = work, .input = input, .told_seconds = now_seconds()};
    bool locked = mtx_init(&stream.input_lock, mtx_plain) == thrd_success &&
                  mtx_init(&stream.output_lock, mtx_plain) == thrd_success &&
                  cnd_init(&stream.turned) == thrd_success;
    if (!locked) /* only for want of memory, so what was made is not taken down */
        return failure_set(&context->failure, FAILURE_SYSTEM_MEMORY, "out of memory");
    enum exit_code code = run_threads(&stream);
    cnd_destroy(&stream.turned);
    mtx_destroy(&stream.output_lock);
    mtx_destroy(&stream.input_lock);
    return code;
}

static long processors(void)
{
#ifdef _OPENMP
    int count = omp_get_num_procs();
    return count < STREAM_THREADS_MAX ? count : STREAM_THREADS_MAX;
#else
    return 1;
#endif
}

enum exit_code stream_threads(struct context *context, size_t *out)
{
    long threads;
    enum exit_code code =
        option_whole(context, "threads", 1, STREAM_THREADS_MAX, processors(), &threads);
    if (code == EXIT_DONE)
        *out = (size_t)threads;
    return code;
}
