/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/formula_many.h"
#include "colorlib/pigment.h"
#include "tests/bench/lines.h"
#include "tests/bench/peer_search.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* Those that are searched for one by one to compare, and runs, the fastest of which
 * counts. */
enum { TARGETS = 1000, ALONE = 60, RUNS = 3, THREADS = 2 };

/* What 1000 targets were asked to take, and a process to keep within. */
static const double asked_seconds = 0.6, asked_mib = 64;
static const char asked_for[] = "what was asked for";

/* -- targets ----------------------------------------------------------------------- */

/* What a mix of two pigments reflects. */
static struct bands made_up_reflectance(const struct peer_problem *problem,
                                        uint64_t *state)
{
    static const struct drawdown opaque = {.thickness_mm = DRAWDOWN_OPAQUE};
    static const struct drawdown_view bare = {.specular = SURFACE_SPECULAR_INCLUDED};
    struct colorant part[3], mixture;
    double drops[3];
    for (size_t i = 0; i < 2; i++) {
        double pigments = (double)problem->pigment_count;
        part[i] = problem->pigment[(size_t)(pigments * lines_random(state))];
        drops[i] = 1 + floor(6 * lines_random(state));
    }
    part[2] = problem->diluent;
    drops[2] = floor(8 * lines_random(state));
    drawdown_mix(part, drops, 3, &mixture);
    struct bands out;
    drawdown_reflectance(&mixture, &opaque, &bare, &out);
    return out;
}

/* The color of such a mix, moved by up to 2 in each coordinate. */
static cmsCIELab made_up_target(const struct peer_problem *problem, uint64_t *state)
{
    struct bands reflectance = made_up_reflectance(problem, state);
    cmsCIELab lab = colorimetry_reflectance_lab(&problem->weights, reflectance.value);
    lab.L = fmin(fmax(lab.L + 4 * lines_random(state) - 2, 0), 100);
    lab.a += 4 * lines_random(state) - 2;
    lab.b += 4 * lines_random(state) - 2;
    return lab;
}

/* -- the library --------------------------------------------------------------------- */

struct batch {
    struct formula_solver *solver;
    cmsCIELab target[TARGETS];
    struct formula_found found[TARGETS];
};

/* Seconds from the first look at the recipes. */
static double search_together(struct batch *batch)
{
    struct formula_many *many;
    double start = timing_now();
    process_must(formula_many_open(batch->solver, &many) == STATUS_OK,
                 "formula_many_open");
    process_must(formula_many_search(many, batch->target, TARGETS, batch->found) ==
                     STATUS_OK,
                 "formula_many_search");
    formula_many_close(many);
    return timing_now() - start;
}

/* The seconds that as many would take, by a few; they must find the same. */
static double search_alone(const struct batch *batch, size_t size_max)
{
    double start = timing_now();
    for (size_t i = 0; i < ALONE; i++) {
        struct formula_found alone;
        process_must(formula_search(batch->solver, &batch->target[i], alone.best,
                                    &alone.certificate) == STATUS_OK,
                     "formula_search");
        process_must(alone.best[size_max - 1].ciede2000 ==
                         batch->found[i].best[size_max - 1].ciede2000,
                     "many targets: the best recipe is not that of each alone, which");
    }
    return (timing_now() - start) * TARGETS / ALONE;
}

static void print_library(struct rows *rows, const struct peer_problem *problem)
{
    static struct batch batch;
    struct formula_problem grid = peer_search_problem(problem);
    uint64_t state = 1;
    grid.threads = THREADS;
    process_must(formula_solver_open(&grid, &batch.solver) == STATUS_OK,
                 "formula_solver_open");
    for (size_t i = 0; i < TARGETS; i++)
        batch.target[i] = made_up_target(problem, &state);
    double seconds = INFINITY;
    for (size_t run = 0; run < RUNS; run++)
        seconds = fmin(seconds, search_together(&batch));
    struct rows_row row = {.name = "1000 targets, 32 pigments, 2 threads",
                           .unit = "ms",
                           .better = ROWS_LESS,
                           .ours = 1e3 * seconds,
                           .limit = 1e3 * asked_seconds,
                           .limit_is = asked_for};
    rows_print(rows, &row);
    row.limit = 1e3 * search_alone(&batch, grid.size_max);
    row.limit_is = "a search for each";
    rows_print(rows, &row);
    formula_solver_close(batch.solver);
}

/* -- the program --------------------------------------------------------------------- */

enum { PATH_SIZE = 64, LIST_SIZE = (PEER_PIGMENTS + 1) * PATH_SIZE };

/* Files in a folder. */
struct stock {
    char folder[32];
    char targets[PATH_SIZE];
    char diluent[PATH_SIZE];
    char pigments[LIST_SIZE];
};

static void write_profile(const struct stock *stock, const struct colorant *colorant,
                          const char *id, char path[static PATH_SIZE])
{
    struct pigment pigment = {.origin = PIGMENT_LADDER,
                              .K = colorant->K,
                              .S = colorant->S,
                              .fade = {.healed_fraction = 1},
                              .drop_ml = 0.05,
                              .density_g_per_ml = 1,
                              .strength = 1};
    snprintf(path, PATH_SIZE, "%s/%s.cgats", stock->folder, id);
    snprintf(pigment.id, sizeof pigment.id, "%s", id);
    snprintf(pigment.name, sizeof pigment.name, "%s", id);
    FILE *file = fopen(path, "w");
    process_must(file && pigment_write(file, &pigment, NULL) == STATUS_OK &&
                     fclose(file) == 0,
                 path);
}

static void write_targets(const struct stock *stock, const struct peer_problem *problem)
{
    uint64_t state = 1;
    FILE *file = fopen(stock->targets, "w");
    process_must(file != NULL, stock->targets);
    fputs("id", file);
    for (size_t i = 0; i < BAND_COUNT; i++)
        fprintf(file, ",%g", bands_wavelength_nm(i));
    for (size_t k = 0; k < TARGETS; k++) {
        struct bands reflectance = made_up_reflectance(problem, &state);
        fprintf(file, "\nt%zu", k);
        for (size_t i = 0; i < BAND_COUNT; i++)
            fprintf(file, ",%.5f", 0.95 * reflectance.value[i]);
    }
    process_must(fputs("\n", file) >= 0 && fclose(file) == 0, stock->targets);
}

static void make_stock(struct stock *out, const struct peer_problem *problem)
{
    *out = (struct stock){.folder = "/tmp/bench.XXXXXX"};
    process_must(mkdtemp(out->folder) != NULL, "a temporary folder");
    snprintf(out->targets, sizeof out->targets, "%s/targets.csv", out->folder);
    write_targets(out, problem);
    write_profile(out, &problem->diluent, "diluent", out->diluent);
    for (size_t i = 0; i < problem->pigment_count; i++) {
        char id[32], path[PATH_SIZE];
        snprintf(id, sizeof id, "p%zu", i);
        write_profile(out, &problem->pigment[i], id, path);
        size_t used = strlen(out->pigments);
        snprintf(out->pigments + used, sizeof out->pigments - used, "%s%s",
                 i > 0 ? "," : "", path);
    }
}

static void clear_stock(const struct stock *stock)
{
    char command[PATH_SIZE];
    snprintf(command, sizeof command, "rm -r %s", stock->folder);
    process_must(system(command) == 0, command);
}

static void print_program(struct rows *rows, const struct peer_problem *problem,
                          const char *program)
{
    struct stock stock;
    make_stock(&stock, problem);
    const char *argument[] = {
        program, "pigment",    "formulate",    "--batch",   stock.targets, "--specular",
        "sce",   "--pigments", stock.pigments, "--diluent", stock.diluent, "--threads",
        "2",     NULL};
    double seconds = INFINITY;
    for (size_t run = 0; run < RUNS; run++) {
        double start = timing_now();
        process_run(argument);
        seconds = fmin(seconds, timing_now() - start);
    }
    rows_print(rows, &(struct rows_row){.name = "formulate --batch, 1000 lines",
                                        .unit = "ms",
                                        .better = ROWS_LESS,
                                        .ours = 1e3 * seconds,
                                        .limit = 1e3 * asked_seconds,
                                        .limit_is = asked_for});
    bench_peak(rows, "formulate --batch, peak memory", argument, asked_mib);
    clear_stock(&stock);
}

void bench_many(struct rows *rows, const char *program)
{
    static struct peer_problem problem;
    const char *named = getenv("SCALPTONE_PEERS");
    if (peer_problem_read(named ? named : "../shared/peers", &problem) != STATUS_OK) {
        rows_skip(rows, "1000 targets", "no catalogue of the peers");
        return;
    }
    print_library(rows, &problem);
    print_program(rows, &problem, program);
}
