/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: bench [--json] PROGRAM, from the top folder. A report; no test depends on it.
 * With --json only the rows that are measured against a limit, as one document.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <string.h>

#include "tests/bench/timing.h"

static void print_tables(const char *program)
{
    timing_heading();
    bench_colorlib();
    bench_driver();
    bench_program(program);
    bench_limits(program, BENCH_TABLE);
}

int main(int count, char **argument)
{
    if (count == 2 && argument[1][0] != '-') {
        print_tables(argument[1]);
        return 0;
    }
    if (count == 3 && strcmp(argument[1], "--json") == 0) {
        bench_limits(argument[2], BENCH_JSON);
        return 0;
    }
    fputs("usage: bench [--json] PROGRAM\n", stderr);
    return 64;
}
