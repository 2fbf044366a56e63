/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/correction.h"
#include "tests/study/batches.h"

enum { READINGS = 5, NOISES = 3, GREEN = 15 };

/* Level of a reading, one standard deviation; a fifth of it band by band. */
static const double noises[NOISES] = {0.0005, 0.001, 0.002};

struct bench {
    struct batch_setup setup;
    struct tolerance tolerance;
    struct correction_problem problem; /* with the true colorants */
    gsl_rng *random;
};

static void read_lot(const struct bench *bench, const struct colorant *lot, double noise,
                     struct bands room[2][READINGS], struct batch_readings *out)
{
    const struct bands *backing[] = {&bench->setup.card.light, &bench->setup.card.dark};
    struct colorant liquid;
    drawdown_mix(lot, &bench->setup.concentration, 1, &liquid);
    *out = (struct batch_readings){.count = {READINGS, READINGS}};
    for (size_t g = 0; g < 2; g++) {
        const struct drawdown drawdown = {bench->setup.thickness_mm, *backing[g]};
        struct bands exact;
        drawdown_reflectance(&liquid, &drawdown, &bench->setup.view, &exact);
        out->reading[g] = room[g];
        for (size_t k = 0; k < READINGS; k++) {
            double level = gsl_ran_gaussian(bench->random, noise);
            for (size_t i = 0; i < BAND_COUNT; i++)
                room[g][k].value[i] =
                    exact.value[i] *
                    (1 + level + gsl_ran_gaussian(bench->random, noise / 5));
        }
    }
}

static enum status check_lot(const struct bench *bench, const struct colorant *lot,
                             double noise, struct batch_check *out)
{
    struct bands room[2][2][READINGS];
    struct batch_readings standard, batch;
    read_lot(bench, &bench->problem.standard, noise, room[0], &standard);
    read_lot(bench, lot, noise, room[1], &batch);
    return batch_check(&bench->setup, &standard, &batch, &bench->tolerance, out);
}

/* The batch and so much of each tinter over its volume; shares may be taken out. */
static void add(const struct correction_problem *problem, const struct colorant *batch,
                const double *share, struct colorant *out)
{
    struct colorant part[CORRECTION_TINTERS_MAX + 1] = {*batch};
    double amount[CORRECTION_TINTERS_MAX + 1], volume = 1;
    for (size_t i = 0; i < problem->count; i++)
        volume += share[i];
    amount[0] = 1 / volume;
    for (size_t i = 0; i < problem->count; i++) {
        part[i + 1] = problem->tinter[i];
        amount[i + 1] = share[i] / volume;
    }
    drawdown_mix(part, amount, problem->count + 1, out);
}

/* What the product is without two of the things that are in it, or with too little
 * vehicle: up to 3 % of its color, 4 % of its volume. */
static void make_off(const struct bench *bench, struct colorant *out)
{
    const struct correction_problem *problem = &bench->problem;
    double share[CORRECTION_TINTERS_MAX] = {0};
    for (size_t n = 0; n < 2; n++) {
        size_t i = gsl_rng_uniform_int(bench->random, problem->count);
        double K = problem->tinter[i].K.value[GREEN];
        double most =
            K > 0 ? fmin(0.03 * problem->standard.K.value[GREEN] / K, 0.03) : 0.04;
        share[i] = -most * gsl_rng_uniform(bench->random);
    }
    add(problem, &problem->standard, share, out);
    for (size_t b = 0; b < BAND_COUNT; b++) {
        out->K.value[b] = fmax(out->K.value[b], 0);
        out->S.value[b] = fmax(out->S.value[b], 0);
    }
}

/* As it is poured, from stocks that are not quite what their profiles say. */
static void pour(const struct bench *bench, const struct correction *correction,
                 const struct colorant *batch, struct colorant *out)
{
    double share[CORRECTION_TINTERS_MAX];
    const double deviation =
        hypot(CORRECTION_POUR_DEVIATION, CORRECTION_STRENGTH_DEVIATION);
    for (size_t i = 0; i < bench->problem.count; i++)
        share[i] =
            correction->share[i] * (1 + gsl_ran_gaussian(bench->random, deviation));
    add(&bench->problem, batch, share, out);
}

/* Measured, corrected after what was measured, and measured again. */
static enum status mend(const struct bench *bench, const struct colorant *batch,
                        double noise, bool *passes)
{
    struct correction_problem problem = bench->problem;
    struct correction correction;
    struct batch_check check;
    struct colorant mended;
    enum status status = check_lot(bench, batch, noise, &check);
    if (status != STATUS_OK)
        return status;
    problem.standard = check.standard;
    problem.batch = check.batch;
    status = correction_solve(&problem, &correction);
    if (status != STATUS_OK)
        return status;
    pour(bench, &correction, batch, &mended);
    status = check_lot(bench, &mended, noise, &check);
    *passes = check.verdict == BATCH_PASS;
    return status;
}

static enum status print_noise(struct bench *bench, double noise, size_t lots, FILE *out)
{
    size_t tried = 0, savable = 0, passed = 0;
    while (savable < lots && tried++ < 100 * lots) {
        struct correction correction;
        bool passes = false;
        make_off(bench, &bench->problem.batch);
        enum status status = correction_solve(&bench->problem, &correction);
        if (status != STATUS_OK)
            return status;
        if (correction.verdict != CORRECTION_SAVES)
            continue;
        status = mend(bench, &bench->problem.batch, noise, &passes);
        if (status != STATUS_OK)
            return status;
        savable++;
        passed += passes;
    }
    fprintf(out, "  %5.2f %%   %4zu of %zu\n", 100 * noise, passed, savable);
    return STATUS_OK;
}

static void set_up(const struct study_scene *scene, struct bench *bench)
{
    struct correction_problem *problem = &bench->problem;
    size_t bottles = scene->pigment_count < CORRECTION_TINTERS_MAX
                         ? scene->pigment_count
                         : CORRECTION_TINTERS_MAX - 1;
    double share[CORRECTION_TINTERS_MAX] = {0};
    for (size_t i = 0; i < bottles; i++) {
        problem->tinter[i] = (struct colorant){scene->pigment[i].K, scene->pigment[i].S};
        share[i] = 1 / (problem->tinter[i].K.value[GREEN] * (double)bottles);
    }
    problem->count = bottles + 1; /* the last is clear vehicle */
    drawdown_mix(problem->tinter, share, bottles, &problem->standard);
    double scale = 20 / problem->standard.K.value[GREEN]; /* per mm: hides on skin */
    drawdown_mix(&problem->standard, &scale, 1, &problem->standard);
    problem->most = 0.05;
    problem->criterion = STRENGTH_KS_SUM;
    problem->tolerance = &bench->tolerance;
    problem->conditions = (struct strength_conditions){
        .concentration = bench->setup.concentration,
        .drawdown = {bench->setup.thickness_mm, bench->setup.card.light},
        .view = bench->setup.view,
        .weights = bench->setup.weights};
}

enum status study_corrections(const struct study_scene *scene, size_t lots, uint64_t seed,
                              FILE *out)
{
    struct bench bench = {.setup = {.method = BATCH_PAIR,
                                    .view = {{0.04, 0.6}, SURFACE_SPECULAR_EXCLUDED},
                                    .thickness_mm = 0.1,
                                    .concentration = 0.4,
                                    .criterion = STRENGTH_KS_SUM,
                                    .weights = &scene->weights[0]},
                          .tolerance = {.name = "study", .warn = 0.8, .guard = 1},
                          .random = gsl_rng_alloc(gsl_rng_mt19937)};
    enum status status = bench.random ? STATUS_OK : STATUS_NO_MEMORY;
    if (status != STATUS_OK)
        return status;
    gsl_rng_set(bench.random, (unsigned long)seed);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        bench.setup.card.light.value[i] = 0.8;
        bench.setup.card.dark.value[i] = 0.05;
        bench.setup.white.value[i] = 1;
    }
    bench.tolerance.limit[TOLERANCE_DE00] =
        (struct tolerance_limit){TOLERANCE_BELOW, 0, 0.8, true};
    bench.tolerance.limit[TOLERANCE_STRENGTH] =
        (struct tolerance_limit){TOLERANCE_BETWEEN, 97, 103, true};
    bench.tolerance.limit[TOLERANCE_RESIDUAL] =
        (struct tolerance_limit){TOLERANCE_BELOW, 0, 0.5, true};
    set_up(scene, &bench);
    fprintf(out, "\nOff-batches that additions can save, which pass after one addition,\n"
                 "measured, poured and measured again with their errors; asked: 95 %%.\n"
                 "  a reading's scatter\n");
    for (size_t k = 0; k < NOISES && status == STATUS_OK; k++)
        status = print_noise(&bench, noises[k], lots, out);
    gsl_rng_free(bench.random);
    return status;
}
