/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/lines.h"
#include "tests/bench/process.h"
#include "tests/bench/shelf.h"
#include "tests/bench/timing.h"

enum { LINES = 400000, RUNS = 7, ARGUMENTS_MAX = 12 };

static const char asked_for[] = "what was asked for";

static void call(void *subject)
{
    process_run(subject);
}

/* -- starts and answers ----------------------------------------------------------- */

/* The time of a command (ms); a limit of 0 is the start of an empty program. */
static void print_time(struct rows *rows, const char *name, const char **argument,
                       double limit, const char *empty)
{
    struct rows_row row = {.name = name, .unit = "ms", .better = ROWS_LESS};
    row.ours = 1e3 * timing_fastest(call, argument);
    row.limit =
        limit > 0 ? limit : 1e3 * timing_fastest(call, (const char *[]){empty, NULL});
    row.limit_is = limit > 0 ? asked_for : "start of an empty program";
    rows_print(rows, &row);
}

static void print_peak(struct rows *rows, const char *name, const char **argument,
                       double limit)
{
    struct rows_row row = {.name = name,
                           .unit = "MiB",
                           .better = ROWS_LESS,
                           .ours = process_peak_mib(argument),
                           .limit = limit,
                           .limit_is = asked_for};
    rows_print(rows, &row);
}

static void bench_commands(struct rows *rows, const char *program, const char *empty)
{
    struct shelf shelf;
    shelf_make(&shelf);
    const char *version[] = {program, "--version", NULL};
    const char *ratio[] = {program, "ratio", "light", "brown", NULL};
    const char *match[] = {
        program,      "match",       "--skin",     "profiles/skin/client-a.cgats",
        "--hair",     "black",       "--profiles", shelf.profiles,
        "--pigments", shelf_bottles, NULL};
    print_time(rows, "start and end (--version)", version, 0, empty);
    print_time(rows, "--version", version, 2, empty);
    print_time(rows, "ratio light brown", ratio, 10, empty);
    print_time(rows, "match, 16 bottles", match, 100, empty);
    print_peak(rows, "match, 16 bottles, peak memory", match, 32);
    shelf_clear(&shelf);
}

/* -- streams ---------------------------------------------------------------------- */

struct stream {
    const char *program;
    const char *path;
};

/* Seconds of so many processes side by side, each with so many threads. */
static double time_stream(const struct stream *stream, const char *threads,
                          size_t processes)
{
    const char *argument[] = {stream->program, "color", "info",       "--batch",
                              "--threads",     threads, stream->path, NULL};
    pid_t process[2];
    double start = timing_now();
    for (size_t i = 0; i < processes; i++)
        process[i] = process_start(argument);
    for (size_t i = 0; i < processes; i++)
        process_wait(process[i], "color info --batch");
    return timing_now() - start;
}

/* What two threads gain, and what the machine gives to two processes that share nothing.
 * The three are timed in turn, so that a busy machine is as busy for each. */
static void print_scaling(struct rows *rows, const struct stream *stream)
{
    static const char name[] = "color info --batch, CSV, a second thread";
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        rows_skip(rows, name, "there is one processor");
        return;
    }
    double one = INFINITY, two = INFINITY, apart = INFINITY;
    for (size_t i = 0; i < RUNS; i++) {
        one = fmin(one, time_stream(stream, "1", 1));
        two = fmin(two, time_stream(stream, "2", 1));
        apart = fmin(apart, time_stream(stream, "1", 2));
    }
    struct rows_row row = {.name = name,
                           .unit = "times",
                           .better = ROWS_MORE,
                           .ours = one / two,
                           .limit = 2 * one / apart,
                           .limit_is = "two processes side by side"};
    rows_print(rows, &row);
}

static void bench_streams(struct rows *rows, const char *program)
{
    char csv[LINES_PATH_SIZE], ndjson[LINES_PATH_SIZE];
    lines_write(csv, LINES, LINES_CSV);
    lines_write(ndjson, LINES, LINES_NDJSON);
    print_peak(rows, "color info --batch, CSV, peak memory",
               (const char *[]){program, "color", "info", "--batch", csv, NULL}, 64);
    print_peak(rows, "color info --batch, NDJSON, peak memory",
               (const char *[]){program, "color", "info", "--batch", ndjson, NULL}, 64);
    print_scaling(rows, &(struct stream){program, csv});
    unlink(csv);
    unlink(ndjson);
}

void bench_processes(struct rows *rows, const char *program, const char *empty)
{
    bench_commands(rows, program, empty);
    bench_streams(rows, program);
}
