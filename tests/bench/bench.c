/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: bench [--json] PROGRAM EMPTY-PROGRAM, from the top folder. A report; no test
 * depends on it. With --json only the rows that are measured against a limit, as one
 * document.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <string.h>

#include "tests/bench/process.h"
#include "tests/bench/timing.h"

static void print_tables(enum rows_form form, const char *program, const char *empty)
{
    if (form == ROWS_TABLE) {
        timing_heading();
        bench_colorlib();
        bench_driver();
        bench_program(program);
    }
    struct rows rows;
    rows_begin(&rows, form);
    bench_limits(&rows, program);
    bench_processes(&rows, program, empty);
    bench_streams(&rows, program);
    bench_peer(&rows);
    bench_many(&rows, program);
    rows_end(&rows);
}

int main(int count, char **argument)
{
    if (count > 2 && strcmp(argument[1], "--peak") == 0) {
        process_print_peak((const char *const *)argument + 2);
        return 0;
    }
    enum rows_form form =
        count > 1 && strcmp(argument[1], "--json") == 0 ? ROWS_JSON : ROWS_TABLE;
    int first = form == ROWS_JSON ? 2 : 1;
    if (count == first + 2 && argument[first][0] != '-') {
        print_tables(form, argument[first], argument[first + 1]);
        return 0;
    }
    fputs("usage: bench [--json] PROGRAM EMPTY-PROGRAM\n", stderr);
    return 64;
}
