/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is timed. A failure ends the program: a time of something broken means nothing. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

/* The inner loops of colorlib, on the reference client; reads profiles/. */
void bench_colorlib(void);

/* A measurement with the virtual instrument, from trigger to reflectance. */
void bench_driver(void);

/* Commands of the program at a path, each a new process. */
void bench_program(const char *path);

/* How the rows with limits are printed. */
enum bench_form { BENCH_TABLE, BENCH_JSON };

/* Colors by the million against what the machine can do, measured in the same run, and
 * the program at a path against its own start and the reading of its input. */
void bench_limits(const char *path, enum bench_form form);

#endif
