/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs as processes of their own, their output thrown away. What fails ends the
 * bench: a time of something broken means nothing. */
#ifndef TESTS_BENCH_PROCESS_H
#define TESTS_BENCH_PROCESS_H

#include <sys/types.h>

/* Ends the bench with a message unless it is done. */
void process_must(int done, const char *what);

/* Starts a program by its path, arguments ended by NULL. */
pid_t process_start(const char *const *argument);

/* Waits for its end, which must be with code 0. */
void process_wait(pid_t process, const char *name);

/* Both of them. */
void process_run(const char *const *argument);

/*
 * The most memory (MiB) that a program had in RAM at a time. A process inherits this
 * figure from the one that starts it, so a small one is put between: this program again,
 * as bench --peak.
 */
double process_peak_mib(const char *const *argument);

/* What bench --peak does: runs the program and prints the figure in KiB. */
void process_print_peak(const char *const *argument);

#endif
