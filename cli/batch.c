/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "cli/batch_worker.h"
#include "cli/color_argument.h"

const struct option_spec batch_options[] = {
    {"batch", 0, NULL,
     "read spectra from FILE or stdin, CSV or NDJSON, and print a line of JSON for each "
     "(see: help files)"},
    {"threads", 0, "N", "threads of --batch, 1 to 64; default: one for each processor"},
    {0},
};

/* What a thread takes at a time; the longest line is a little shorter than all of it. */
enum { SHARE_SIZE = 256 << 10, BUFFER_SHARES_MIN = 4, THREADS_MAX = 64 };

/* A thread is not worth waking for less. */
enum { SHARE_MIN = 16 << 10 };

#define PROGRESS_SECONDS 0.25

struct batch {
    struct context *context;
    struct batch_plan plan;
    const char *path;
    int input;
    size_t threads;
    char *buffer;
    size_t capacity, size; /* of the buffer, and what it holds */
    bool at_end;           /* of the input */
    bool cutting;          /* inside a line that was too long */
    size_t line;           /* number of the first in the buffer */
    struct batch_worker *worker[THREADS_MAX];
    double read_bytes, told_seconds;
};

/* -- input -----------------------------------------------------------------------------
 */

static enum exit_code open_input(struct batch *batch)
{
    bool is_file = batch->path && strcmp(batch->path, "-") != 0;
    batch->input = is_file ? open(batch->path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (!is_file)
        batch->path = "-";
    if (batch->input >= 0)
        return EXIT_DONE;
    return failure_set(&batch->context->failure,
                       errno == ENOENT ? FAILURE_FILE_MISSING : FAILURE_FILE_READ,
                       "%s: %s", batch->path, strerror(errno));
}

/* Adds what there is to the buffer, at most a share for each thread: from a pipe perhaps
 * little, but without waiting. */
static enum exit_code fill(struct batch *batch)
{
    size_t most = batch->threads * SHARE_SIZE, room = batch->capacity - batch->size;
    ssize_t got;
    do
        got = read(batch->input, batch->buffer + batch->size, room < most ? room : most);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return failure_set(&batch->context->failure, FAILURE_FILE_READ, "%s: %s",
                           batch->path, strerror(errno));
    batch->at_end = got == 0;
    batch->size += (size_t)got;
    batch->read_bytes += (double)got;
    return EXIT_DONE;
}

/* Bytes up to the end of the last whole line. */
static size_t whole_lines(const char *text, size_t size)
{
    while (size > 0 && text[size - 1] != '\n')
        size--;
    return size;
}

static size_t count_lines(const char *text, size_t size)
{
    size_t count = 0;
    const char *end = text + size, *feed;
    while (text < end && (feed = memchr(text, '\n', (size_t)(end - text)))) {
        count++;
        text = feed + 1;
    }
    return count;
}

static void drop(struct batch *batch, size_t size)
{
    batch->line += count_lines(batch->buffer, size);
    batch->size -= size;
    memmove(batch->buffer, batch->buffer + size, batch->size);
}

/* -- the start of the stream -----------------------------------------------------------
 */

static enum exit_code refuse(struct batch *batch, enum status status,
                             const struct fault *fault)
{
    struct fault placed = *fault;
    if (placed.line > 0)
        placed.line = batch->line;
    return failure_from_file(&batch->context->failure, batch->path, status, &placed);
}

/* Reads until the buffer begins with the line that tells how to read the others. */
static enum exit_code find_first_line(struct batch *batch)
{
    enum exit_code code = EXIT_DONE;
    for (;;) {
        drop(batch,
             sample_lines_begin(batch->buffer,
                                batch->at_end ? batch->size
                                              : whole_lines(batch->buffer, batch->size)));
        bool whole = memchr(batch->buffer, '\n', batch->size) != NULL;
        if (whole || batch->at_end || batch->size == batch->capacity)
            break;
        code = fill(batch);
        if (code != EXIT_DONE)
            return code;
    }
    const char *feed = memchr(batch->buffer, '\n', batch->size);
    size_t length = feed ? (size_t)(feed - batch->buffer) : batch->size;
    struct fault fault = {.text = "there is no line of a spectrum"};
    if (length == 0 || (!feed && !batch->at_end))
        return refuse(batch, STATUS_BAD_DATA, &fault);
    batch->plan.first_length = length;
    batch->plan.first_line = strndup(batch->buffer, length);
    return batch->plan.first_line ? EXIT_DONE
                                  : refuse(batch, STATUS_NO_MEMORY, &(struct fault){0});
}

static enum exit_code open_workers(struct batch *batch)
{
    for (size_t i = 0; i < batch->threads; i++) {
        struct fault fault = {0};
        enum status status = batch_worker_open(&batch->plan, &batch->worker[i], &fault);
        if (status != STATUS_OK)
            return refuse(batch, status, &fault);
    }
    if (sample_lines_have_heading(batch->worker[0]->lines)) {
        size_t heading = batch->plan.first_length;
        drop(batch, heading < batch->size ? heading + 1 : heading);
    }
    return EXIT_DONE;
}

/* -- the stream ------------------------------------------------------------------------
 */

/* Ends of the threads' shares of so many bytes of whole lines; how many shares. */
static size_t share(const struct batch *batch, size_t size, size_t end[THREADS_MAX])
{
    size_t wanted = size / SHARE_MIN + 1, count = 0, begin = 0;
    if (wanted > batch->threads)
        wanted = batch->threads;
    while (begin < size) {
        size_t target = size * (count + 1) / wanted;
        if (target < begin)
            target = begin;
        const char *feed =
            target < size ? memchr(batch->buffer + target, '\n', size - target) : NULL;
        begin = feed ? (size_t)(feed - batch->buffer) + 1 : size;
        end[count++] = begin;
    }
    return count;
}

static void run_shares(struct batch *batch, const size_t *end, size_t count)
{
    size_t number[THREADS_MAX] = {batch->line};
    for (size_t i = 1; i < count; i++) {
        size_t begin = i > 1 ? end[i - 2] : 0;
        number[i] =
            number[i - 1] + count_lines(batch->buffer + begin, end[i - 1] - begin);
    }
#pragma omp parallel for num_threads((int)count) schedule(static, 1) if (count > 1)
    for (size_t i = 0; i < count; i++) {
        size_t begin = i > 0 ? end[i - 1] : 0;
        batch_worker_run(batch->worker[i], batch->buffer + begin, end[i] - begin,
                         number[i]);
    }
}

/* In the order of the shares, which is that of the lines. */
static enum exit_code write_shares(struct batch *batch, size_t count)
{
    struct failure *failure = &batch->context->failure;
    for (size_t i = 0; i < count; i++) {
        struct batch_worker *worker = batch->worker[i];
        if (worker->status != STATUS_OK)
            return failure_set(failure, FAILURE_SYSTEM_MEMORY, "out of memory");
        if (output_write(STDOUT_FILENO, worker->out.bytes, worker->out.size) != 0)
            return failure_set(failure, FAILURE_OUTPUT_WRITE, "stdout: %s",
                               strerror(errno));
        worker->out.size = 0;
    }
    return EXIT_DONE;
}

static enum exit_code run_lines(struct batch *batch, size_t size)
{
    size_t end[THREADS_MAX];
    size_t count = share(batch, size, end);
    run_shares(batch, end, count);
    drop(batch, size);
    return write_shares(batch, count);
}

/* A line that does not fit into the buffer: an error, and no more of it is kept. */
static enum exit_code cut_line(struct batch *batch)
{
    struct batch_worker *worker = batch->worker[0];
    struct fault fault = {.text = "the line is longer than 1 MB"};
    if (!batch->cutting) {
        batch_worker_error(worker, batch->line, STATUS_BAD_DATA, &fault);
        worker->line_count++;
    }
    batch->cutting = true;
    batch->size = 0;
    return write_shares(batch, 1);
}

/* The rest of a line that was cut, with its line feed if that is there. */
static void drop_rest(struct batch *batch)
{
    const char *feed = memchr(batch->buffer, '\n', batch->size);
    batch->cutting = !feed;
    drop(batch, feed ? (size_t)(feed - batch->buffer) + 1 : batch->size);
}

static enum exit_code run_buffer(struct batch *batch)
{
    if (batch->cutting)
        drop_rest(batch);
    size_t size = batch->at_end ? batch->size : whole_lines(batch->buffer, batch->size);
    if (size > 0)
        return run_lines(batch, size);
    return batch->size == batch->capacity ? cut_line(batch) : EXIT_DONE;
}

/* -- what an operator is told ----------------------------------------------------------
 */

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

static void tell_progress(struct batch *batch)
{
    if (!shows_progress(batch) || now_seconds() < batch->told_seconds + PROGRESS_SECONDS)
        return;
    batch->told_seconds = now_seconds();
    fprintf(stderr, "\r\033[K%zu lines, %.1f MB", batch->line - 1,
            batch->read_bytes / 1e6);
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

/* -- the command -----------------------------------------------------------------------
 */

static enum exit_code run_input(struct batch *batch)
{
    enum exit_code code = find_first_line(batch);
    if (code == EXIT_DONE)
        code = open_workers(batch);
    batch->told_seconds = now_seconds();
    while (code == EXIT_DONE) {
        code = run_buffer(batch);
        tell_progress(batch);
        if (batch->at_end || code != EXIT_DONE)
            break;
        code = fill(batch);
    }
    if (shows_progress(batch))
        fputs("\r\033[K", stderr);
    return code == EXIT_DONE ? tell_result(batch) : code;
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

static enum exit_code run_open(struct batch *batch)
{
    size_t shares =
        batch->threads > BUFFER_SHARES_MIN ? batch->threads : BUFFER_SHARES_MIN;
    batch->capacity = shares * SHARE_SIZE;
    batch->buffer = malloc(batch->capacity);
    enum exit_code code = batch->buffer
                              ? run_input(batch)
                              : failure_set(&batch->context->failure,
                                            FAILURE_SYSTEM_MEMORY, "out of memory");
    for (size_t i = 0; i < batch->threads; i++)
        batch_worker_close(batch->worker[i]);
    free((char *)batch->plan.first_line);
    free(batch->buffer);
    return code;
}

enum exit_code batch_run(struct context *context, const char *path,
                         const cmsCIELab *standard)
{
    struct batch batch = {.context = context,
                          .plan = {.viewing = &context->viewing, .standard = standard},
                          .path = path,
                          .line = 1};
    enum exit_code code = read_options(&batch);
    if (code == EXIT_DONE)
        code = open_input(&batch);
    if (code != EXIT_DONE)
        return code;
    code = run_open(&batch);
    if (batch.input != STDIN_FILENO)
        close(batch.input);
    return code;
}
