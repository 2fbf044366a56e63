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

static void take_pieces(struct job *job)
{
    size_t piece;
    while ((piece = atomic_fetch_add(&job->next, 1)) < job->count)
        job->work(piece, job->context);
}

/* How many threads this one may have work done by; OpenMP keeps that for each thread. */
static size_t threads_of_own(void)
{
#ifdef _OPENMP
    return omp_in_parallel() ? 1 : (size_t)omp_get_max_threads();
#else
    return 1;
#endif
}

static void set_threads_of_own(size_t count)
{
#ifdef _OPENMP
    omp_set_num_threads((int)count);
#else
    (void)count;
#endif
}

static void *help(void *argument)
{
    set_threads_of_own(1);
    take_pieces(argument);
    return NULL;
}

static void run(size_t threads, struct job *job)
{
    pthread_t helper[THREADS_MAX];
    size_t helpers = 0, own = threads_of_own();
    set_threads_of_own(1);
    /* the caller takes what no thread can be had for */
    while (helpers + 1 < threads &&
           pthread_create(&helper[helpers], NULL, help, job) == 0)
        helpers++;
    take_pieces(job);
    for (size_t i = 0; i < helpers; i++)
        pthread_join(helper[i], NULL);
    set_threads_of_own(own);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

void threads_run(size_t count, void (*work)(size_t piece, void *context), void *context)
{
    threads_run_on(threads_of_own(), count, work, context);
}

void threads_run_on(size_t threads, size_t count,
                    void (*work)(size_t piece, void *context), void *context)
{
    struct job job = {.work = work, .context = context, .count = count};
    atomic_init(&job.next, 0);
    run(least(least(threads, count), THREADS_MAX), &job);
}
