/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/lines.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* A spectrum takes a few hundred nanoseconds, a recipe ten milliseconds. So many that the
 * last ones, while one thread has nothing left to do, are less than a hundredth. */
enum { SPECTRA = 400000, RECIPES = 300, FEW_RECIPES = 150, RUNS = 7, ARGUMENTS_MAX = 16 };

/* A command that goes through a file line by line; ended by NULL. */
struct command {
    const char *argument[ARGUMENTS_MAX];
};

/* Seconds of so many processes side by side, each with so many threads. */
static double time_command(struct command command, const char *threads, size_t processes)
{
    pid_t process[2];
    size_t count = 0;
    while (command.argument[count])
        count++;
    command.argument[count] = "--threads";
    command.argument[count + 1] = threads;
    double start = timing_now();
    for (size_t i = 0; i < processes; i++)
        process[i] = process_start(command.argument);
    for (size_t i = 0; i < processes; i++)
        process_wait(process[i], command.argument[1]);
    return timing_now() - start;
}

/* What a second thread gains, and what the machine gives to two processes that share
 * nothing. The three are timed in turn, so that a busy machine is as busy for each. */
static void print_scaling(struct rows *rows, const char *name,
                          const struct command *command)
{
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        rows_skip(rows, name, "there is one processor");
        return;
    }
    double one = INFINITY, two = INFINITY, apart = INFINITY;
    for (size_t i = 0; i < RUNS; i++) {
        one = fmin(one, time_command(*command, "1", 1));
        two = fmin(two, time_command(*command, "2", 1));
        apart = fmin(apart, time_command(*command, "1", 2));
    }
    struct rows_row row = {.name = name,
                           .unit = "times",
                           .better = ROWS_MORE,
                           .ours = one / two,
                           .limit = 2 * one / apart,
                           .limit_is = "two processes side by side"};
    rows_print(rows, &row);
}

static struct command info(const char *program, const char *path)
{
    return (struct command){{program, "color", "info", "--batch", path}};
}

static struct command match(const char *program, const char *path)
{
    return (struct command){{program, "match", "--batch", path, "--skin",
                             "profiles/skin/client-a.cgats", "--nominal", "--uncertainty",
                             "0"}};
}

void bench_streams(struct rows *rows, const char *program)
{
    char csv[LINES_PATH_SIZE], ndjson[LINES_PATH_SIZE], targets[LINES_PATH_SIZE];
    char few[LINES_PATH_SIZE];
    lines_write(csv, SPECTRA, LINES_CSV);
    lines_write(ndjson, SPECTRA, LINES_NDJSON);
    lines_write(targets, RECIPES, LINES_TARGETS);
    lines_write(few, FEW_RECIPES, LINES_TARGETS);
    struct command of_csv = info(program, csv), of_ndjson = info(program, ndjson);
    struct command of_targets = match(program, targets), of_few = match(program, few);
    bench_peak(rows, "color info --batch, CSV, peak memory", of_csv.argument, 64);
    bench_peak(rows, "color info --batch, NDJSON, peak memory", of_ndjson.argument, 64);
    bench_peak(rows, "match --batch, peak memory", of_targets.argument, 64);
    print_scaling(rows, "color info --batch, a second thread", &of_csv);
    print_scaling(rows, "match --batch, a second thread", &of_few);
    unlink(csv);
    unlink(ndjson);
    unlink(targets);
    unlink(few);
}
