/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCHES = 11, CALLS_MAX = 1 << 24 };

/* Long against the clock's grain and an interrupt. */
static const double batch_seconds = 0.02;

static double read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double timing_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double timing_processor_now(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static double time_batch(void (*call)(void *subject), void *subject, size_t calls)
{
    double start = timing_now();
    for (size_t i = 0; i < calls; i++)
        call(subject);
    return timing_now() - start;
}

/* The calls that fill a batch; finding them warms the caches. */
static size_t calls_in_batch(void (*call)(void *subject), void *subject)
{
    size_t calls = 1;
    while (calls < CALLS_MAX && time_batch(call, subject, calls) < batch_seconds)
        calls *= 2;
    return calls;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_seconds(double seconds)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}};
    size_t unit = 0;
    while (unit < 3 && seconds < units[unit].seconds)
        unit++;
    printf("  %8.3g %-2s", seconds / units[unit].seconds, units[unit].name);
}

void timing_heading(void)
{
    printf("%-36s %9s  %11s  %11s\n", "what", "calls", "median  ", "fastest  ");
}

/* Times of a call, ascending; returns the number of calls in a batch. */
static size_t time_calls(void (*call)(void *subject), void *subject,
                         double seconds[BATCHES])
{
    size_t calls = calls_in_batch(call, subject);
    for (size_t b = 0; b < BATCHES; b++)
        seconds[b] = time_batch(call, subject, calls) / (double)calls;
    qsort(seconds, BATCHES, sizeof seconds[0], compare);
    return calls;
}

double timing_fastest(void (*call)(void *subject), void *subject)
{
    double seconds[BATCHES];
    time_calls(call, subject, seconds);
    return seconds[0];
}

void timing_row(const char *name, void (*call)(void *subject), void *subject)
{
    double seconds[BATCHES];
    size_t calls = time_calls(call, subject, seconds);
    printf("%-36s %9zu", name, calls);
    print_seconds(seconds[BATCHES / 2]);
    print_seconds(seconds[0]);
    putchar('\n');
    fflush(stdout);
}
