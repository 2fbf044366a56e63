/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Independent pieces of work on several processors. */
#ifndef COLORLIB_THREADS_H
#define COLORLIB_THREADS_H

#include <stddef.h>

/*
 * Calls work(i, context) for every i below count, in any order and on as many threads as
 * OpenMP would take (OMP_NUM_THREADS, omp_set_num_threads), on the caller's alone inside
 * of another piece or of one of OpenMP's parallel regions. Pieces must not touch what
 * others write; so the result does not depend on the number of threads.
 */
void threads_run(size_t count, void (*work)(size_t piece, void *context), void *context);

/* The same on so many threads, 64 at the most, or fewer where the system has no more. */
void threads_run_on(size_t threads, size_t count,
                    void (*work)(size_t piece, void *context), void *context);

#endif
