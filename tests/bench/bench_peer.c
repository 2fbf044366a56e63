/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/limit.h"
#include "tests/bench/peer_enumeration.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* Groups of candidates that the limit takes in a call. */
enum { GROUPS = 4096 };

struct kernel {
    enum lanes_isa isa;
    struct limit_mixes mixes;
    volatile float nearest; /* or nothing would need to be computed */
};

static void call_kernel(void *subject)
{
    struct kernel *kernel = subject;
    kernel->nearest = limit_mix(kernel->isa, &kernel->mixes, GROUPS);
}

/* Candidates a second of the inner loop alone, between two pigments of the problem. */
static double kernel_rate(const struct peer_problem *problem)
{
    static struct kernel kernel;
    const struct weights *weights = &problem->weights;
    kernel.isa = lanes_isa_best();
    kernel.mixes.L = 50;
    for (size_t i = 0; i < BAND_COUNT; i++) {
        kernel.mixes.K[i] = (float)problem->pigment[0].K.value[i];
        kernel.mixes.S[i] = (float)problem->pigment[0].S.value[i];
        kernel.mixes.K_step[i] = (float)problem->pigment[1].K.value[i];
        kernel.mixes.S_step[i] = (float)problem->pigment[1].S.value[i];
        kernel.mixes.x[i] = (float)(weights->x[i] / weights->white.X);
        kernel.mixes.y[i] = (float)(weights->y[i] / weights->white.Y);
        kernel.mixes.z[i] = (float)(weights->z[i] / weights->white.Z);
    }
    return GROUPS * LANES / timing_fastest(call_kernel, &kernel);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds of each target, ascending; returns the number of recipes. */
static uint64_t time_targets(struct peer_problem *problem, const char *folder,
                             double seconds[static PEER_TARGETS])
{
    cmsCIELab target[PEER_TARGETS];
    uint64_t recipes = 0;
    process_must(peer_targets_read(folder, problem->pigment_count, target) == STATUS_OK,
                 folder);
    for (size_t i = 0; i < PEER_TARGETS; i++) {
        struct peer_recipe best;
        problem->target = target[i];
        double start = timing_now();
        process_must(peer_enumerate(problem, &best, &recipes) == STATUS_OK,
                     "enumeration");
        seconds[i] = timing_now() - start;
    }
    qsort(seconds, PEER_TARGETS, sizeof seconds[0], compare);
    return recipes;
}

static void print_enumeration(struct rows *rows, struct peer_problem *problem,
                              const char *folder)
{
    char name[64];
    double seconds[PEER_TARGETS], rate = kernel_rate(problem);
    uint64_t recipes = time_targets(problem, folder, seconds);
    snprintf(name, sizeof name, "every recipe of %zu pigments, median",
             problem->pigment_count);
    struct rows_row row = {.name = name,
                           .unit = "ms",
                           .better = ROWS_LESS,
                           .ours = 1e3 * seconds[PEER_TARGETS / 2],
                           .limit = 1e3 * (double)recipes / rate,
                           .limit_is = "its kernel alone"};
    rows_print(rows, &row);
}

void bench_peer(struct rows *rows)
{
    static struct peer_problem problem;
    static const size_t sizes[] = {8, 16, 32};
    const char *named = getenv("SCALPTONE_PEERS");
    const char *folder = named ? named : "../shared/peers";
    if (peer_problem_read(folder, &problem) != STATUS_OK) {
        rows_skip(rows, "every recipe of 8, 16, 32 pigments",
                  "no catalogue of the peers");
        return;
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        problem.pigment_count = sizes[i];
        print_enumeration(rows, &problem, folder);
    }
}
