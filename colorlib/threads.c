/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OpenMP's threads spin while they wait for each other. Where other programs want the
 * processors too, that makes pieces of a millisecond slower than one thread alone does
 * them (four times, measured), so here they sleep.
 */
#include "colorlib/threads.h"

#include <pthread.h>
#include <stdatomic.h>

#ifdef _OPENMP
#include <omp.h>
#endif

enum { THREADS_MAX = 64 };

struct job {
    void (*work)(size_t piece, void *context);
    void *context;
    size_t count;
    atomic_size_t next;
};

static void *take_pieces(void *argument)
{
    struct job *job = argument;
    for (;;) {
        size_t piece = atomic_fetch_add(&job->next, 1);
        if (piece >= job->count)
            return NULL;
        job->work(piece, job->context);
    }
}

static size_t threads_wanted(size_t count)
{
    size_t wanted = 1;
#ifdef _OPENMP
    if (!omp_in_parallel())
        wanted = (size_t)omp_get_max_threads();
#endif
    wanted = wanted < THREADS_MAX ? wanted : THREADS_MAX;
    return wanted < count ? wanted : count;
}

void threads_run(size_t count, void (*work)(size_t piece, void *context), void *context)
{
    struct job job = {.work = work, .context = context, .count = count};
    pthread_t helper[THREADS_MAX];
    size_t helpers = 0;
    atomic_init(&job.next, 0);
    /* the caller takes what no thread can be had for */
    while (helpers + 1 < threads_wanted(count) &&
           pthread_create(&helper[helpers], NULL, take_pieces, &job) == 0)
        helpers++;
    take_pieces(&job);
    for (size_t i = 0; i < helpers; i++)
        pthread_join(helper[i], NULL);
}
