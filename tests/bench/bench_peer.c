/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/limit.h"
#include "tests/bench/peer_enumeration.h"
#include "tests/bench/peer_search.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* Groups of candidates that the limit takes in a call, and searches for a target at the
 * least. */
enum { GROUPS = 4096, SEARCHES = 5 };

/* The same CIEDE2000. */
#define SAME 1e-6

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

/* Seconds of each target, ascending, and the CIEDE2000 of each best recipe. */
struct outcome {
    double seconds[PEER_TARGETS];
    double de00[PEER_TARGETS];
    uint64_t recipes;
};

static void enumerate(struct peer_problem *problem,
                      const cmsCIELab target[static PEER_TARGETS], struct outcome *out)
{
    for (size_t i = 0; i < PEER_TARGETS; i++) {
        struct peer_recipe best;
        problem->target = target[i];
        double start = timing_processor_now();
        process_must(peer_enumerate(problem, &best, &out->recipes) == STATUS_OK,
                     "enumeration");
        out->seconds[i] = timing_processor_now() - start;
        out->de00[i] = best.de00;
    }
    qsort(out->seconds, PEER_TARGETS, sizeof out->seconds[0], compare);
}

/* The fastest of a few searches, of more where they are short against an interrupt. */
static double time_search(const struct formula_solver *solver, const cmsCIELab *target,
                          struct formula best[FORMULA_SIZE_MAX],
                          struct formula_certificate *certificate)
{
    const double spent_min = 0.05;
    double fastest = INFINITY, spent = 0;
    for (size_t run = 0; run < SEARCHES || spent < spent_min; run++) {
        double start = timing_processor_now();
        process_must(formula_search(solver, target, best, certificate) == STATUS_OK,
                     "formula_search");
        double seconds = timing_processor_now() - start;
        fastest = fmin(fastest, seconds);
        spent += seconds;
    }
    return fastest;
}

static void search(const struct peer_problem *problem,
                   const cmsCIELab target[static PEER_TARGETS], struct outcome *out)
{
    const struct formula_problem grid = peer_search_problem(problem);
    struct formula_solver *solver;
    process_must(formula_solver_open(&grid, &solver) == STATUS_OK, "formula_solver_open");
    for (size_t i = 0; i < PEER_TARGETS; i++) {
        struct formula best[FORMULA_SIZE_MAX];
        struct formula_certificate certificate;
        out->seconds[i] = time_search(solver, &target[i], best, &certificate);
        out->de00[i] = best[problem->subset_max - 1].ciede2000;
        out->recipes = certificate.recipes;
    }
    formula_solver_close(solver);
    qsort(out->seconds, PEER_TARGETS, sizeof out->seconds[0], compare);
}

/* Of an even number. */
static double median_of(const struct outcome *outcome)
{
    const double *seconds = outcome->seconds;
    return (seconds[PEER_TARGETS / 2 - 1] + seconds[PEER_TARGETS / 2]) / 2;
}

static double farthest(const struct outcome *a, const struct outcome *b)
{
    double most = 0;
    for (size_t i = 0; i < PEER_TARGETS; i++)
        most = fmax(most, fabs(a->de00[i] - b->de00[i]));
    return most;
}

static void print_seconds(struct rows *rows, size_t pigments, const char *what,
                          double ours, double limit, const char *limit_is)
{
    char name[64];
    snprintf(name, sizeof name, "%zu pigments, %s", pigments, what);
    rows_print(rows, &(struct rows_row){.name = name,
                                        .unit = "ms",
                                        .better = ROWS_LESS,
                                        .ours = 1e3 * ours,
                                        .limit = 1e3 * limit,
                                        .limit_is = limit_is});
}

/* A catalogue's size, and how long a search for one of its targets was asked to take
 * (s); 0 where nothing was. */
static const struct size {
    size_t pigments;
    double median;
    double slowest;
} sizes[] = {{8, 0.0005, 0}, {16, 0.0025, 0}, {32, 0.020, 0.060}};

static const char asked_for[] = "what was asked for", every_recipe[] = "every recipe";

static void print_size(struct rows *rows, struct peer_problem *problem,
                       const struct size *size, const char *folder)
{
    cmsCIELab target[PEER_TARGETS];
    struct outcome all, found;
    double rate = kernel_rate(problem);
    problem->pigment_count = size->pigments;
    process_must(peer_targets_read(folder, size->pigments, target) == STATUS_OK, folder);
    enumerate(problem, target, &all);
    search(problem, target, &found);
    process_must(found.recipes == all.recipes && farthest(&all, &found) <= SAME,
                 "the search: its best recipe is not that of the enumeration, which");
    double middle = median_of(&all), slowest = found.seconds[PEER_TARGETS - 1];
    print_seconds(rows, size->pigments, "every recipe, median", middle,
                  (double)all.recipes / rate, "its kernel alone");
    print_seconds(rows, size->pigments, "exact search, median", median_of(&found), middle,
                  every_recipe);
    print_seconds(rows, size->pigments, "exact search, median", median_of(&found),
                  size->median, asked_for);
    print_seconds(rows, size->pigments, "exact search, slowest", slowest, middle,
                  every_recipe);
    if (size->slowest > 0)
        print_seconds(rows, size->pigments, "exact search, slowest", slowest,
                      size->slowest, asked_for);
}

void bench_peer(struct rows *rows)
{
    static struct peer_problem problem;
    const char *named = getenv("SCALPTONE_PEERS");
    const char *folder = named ? named : "../shared/peers";
    if (peer_problem_read(folder, &problem) != STATUS_OK) {
        rows_skip(rows, "recipes of 8, 16, 32 pigments", "no catalogue of the peers");
        return;
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        print_size(rows, &problem, &sizes[i], folder);
}
