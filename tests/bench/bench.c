/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bench PROGRAM, from the top folder. A report; no test depends on it. */
#include "tests/bench/bench.h"

#include <stdio.h>

#include "tests/bench/timing.h"

int main(int count, char **argument)
{
    if (count != 2) {
        fputs("usage: bench PROGRAM\n", stderr);
        return 64;
    }
    timing_heading();
    bench_colorlib();
    bench_driver();
    bench_program(argument[1]);
    return 0;
}
