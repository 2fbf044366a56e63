/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include "tests/bench/process.h"
#include "tests/bench/shelf.h"
#include "tests/bench/timing.h"

static const char asked_for[] = "what was asked for";

static void call(void *subject)
{
    process_run(subject);
}

static void print_start(struct rows *rows, const char **argument, const char *empty)
{
    struct rows_row row = {.name = "start and end (--version)",
                           .unit = "ms",
                           .better = ROWS_LESS,
                           .limit_is = "start of an empty program"};
    row.ours = 1e3 * timing_fastest(call, argument);
    row.limit = 1e3 * timing_fastest(call, (const char *[]){empty, NULL});
    rows_print(rows, &row);
}

static void print_time(struct rows *rows, const char *name, const char **argument,
                       double limit_ms)
{
    struct rows_row row = {.name = name,
                           .unit = "ms",
                           .better = ROWS_LESS,
                           .ours = 1e3 * timing_fastest(call, argument),
                           .limit = limit_ms,
                           .limit_is = asked_for};
    rows_print(rows, &row);
}

void bench_peak(struct rows *rows, const char *name, const char *const *argument,
                double limit_mib)
{
    struct rows_row row = {.name = name,
                           .unit = "MiB",
                           .better = ROWS_LESS,
                           .ours = process_peak_mib(argument),
                           .limit = limit_mib,
                           .limit_is = asked_for};
    rows_print(rows, &row);
}

void bench_processes(struct rows *rows, const char *program, const char *empty)
{
    struct shelf shelf;
    shelf_make(&shelf);
    const char *version[] = {program, "--version", NULL};
    const char *ratio[] = {program, "ratio", "light", "brown", NULL};
    const char *match[] = {
        program,      "match",       "--skin",     "profiles/skin/client-a.cgats",
        "--hair",     "black",       "--profiles", shelf.profiles,
        "--pigments", shelf_bottles, NULL};
    print_start(rows, version, empty);
    print_time(rows, "--version", version, 2);
    print_time(rows, "ratio light brown", ratio, 10);
    print_time(rows, "match, 16 bottles", match, 100);
    bench_peak(rows, "match, 16 bottles, peak memory", match, 32);
    shelf_clear(&shelf);
}
