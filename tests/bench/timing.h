/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a call takes: the median of several batches, on the monotonic clock. */
#ifndef TESTS_BENCH_TIMING_H
#define TESTS_BENCH_TIMING_H

/* Seconds on that clock. */
double timing_now(void);

/* Seconds that this process had a processor: what one thread takes, however busy the
 * machine is with others. */
double timing_processor_now(void);

/* Prints the heading of the table. */
void timing_heading(void);

/*
 * Calls with the subject given, in batches long enough for the clock, and prints a row:
 * the name, the number of calls in a batch, the median and the fastest time of a call.
 */
void timing_row(const char *name, void (*call)(void *subject), void *subject);

/* The fastest time (s) of a call, found in the same way. */
double timing_fastest(void (*call)(void *subject), void *subject);

#endif
