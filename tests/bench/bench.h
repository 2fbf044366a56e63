/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is timed. A failure ends the program: a time of something broken means nothing. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "tests/bench/rows.h"

/* The inner loops of colorlib, on the reference client; reads profiles/. */
void bench_colorlib(void);

/* A measurement with the virtual instrument, from trigger to reflectance. */
void bench_driver(void);

/* Commands of the program at a path, each a new process. */
void bench_program(const char *program);

/* Colors by the million and the reading of files against what the machine can do,
 * measured in the same run. */
void bench_limits(struct rows *rows, const char *program);

/* The program as a process: its start against that of an empty program, and what it was
 * asked to stay below in time and memory. */
void bench_processes(struct rows *rows, const char *program, const char *empty);

/* Commands that go through a file line by line: their memory, and how much a second
 * thread gains. */
void bench_streams(struct rows *rows, const char *program);

/* The row of a command's peak memory (MiB) and of what it was asked to stay below. */
void bench_peak(struct rows *rows, const char *name, const char *const *argument,
                double limit_mib);

/* The recipe problem that other programs were given: every recipe enumerated, and the
 * exact search, which must find the same. */
void bench_peer(struct rows *rows);

/* Many targets against all of its pigments at once: by the library, and by the program
 * from spectra to recipes. */
void bench_many(struct rows *rows, const char *program);

#endif
