/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: growth PEERS-FOLDER PICTURE.svg, a report: how the time for one target grows
 * with the pigments in stock, with how many of them a recipe may have, and with its
 * drops.
 */
#include "tests/bench/growth.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/bench/peer_enumeration.h"
#include "tests/bench/peer_search.h"
#include "tests/bench/process.h"
#include "tests/bench/timing.h"

/* Enumerating takes as long for one target as for another, so a few will do, the first of
 * each family of the catalogue's, and the fastest is the one that was least disturbed. */
enum { ENUMERATED = 3, SEARCHES = 3 };

struct size {
    unsigned pigments;
    unsigned subset; /* pigments in a recipe, at most */
    unsigned drops;  /* in a recipe, at most */
};

/* What grows in each panel, starting from the rule mix20 of the catalogue. */
static const struct {
    const char *grows, *stays;
    size_t count;
    struct size size[GROWTH_POINTS_MAX];
} plans[GROWTH_PANELS] = {
    {"pigments in stock",
     "at most 3 in a recipe, at most 20 drops",
     5,
     {{8, 3, 20}, {16, 3, 20}, {24, 3, 20}, {32, 3, 20}, {40, 3, 20}}},
    {"pigments in a recipe, at most",
     "16 in stock, at most 20 drops",
     4,
     {{16, 1, 20}, {16, 2, 20}, {16, 3, 20}, {16, 4, 20}}},
    {"drops in a recipe, at most",
     "16 in stock, at most 3 in a recipe",
     6,
     {{16, 3, 10}, {16, 3, 20}, {16, 3, 30}, {16, 3, 40}, {16, 3, 50}, {16, 3, 60}}},
};

static void read_problem(const char *folder, const struct size *size,
                         struct peer_problem *problem, cmsCIELab target[PEER_TARGETS])
{
    size_t made_for = size->pigments <= 8 ? 8 : size->pigments <= 16 ? 16 : 32;
    process_must(peer_problem_read(folder, problem) == STATUS_OK &&
                     peer_targets_read(folder, made_for, target) == STATUS_OK,
                 folder);
    if (size->pigments > PEER_PIGMENTS)
        peer_problem_add_mixes(problem, size->pigments);
    problem->pigment_count = size->pigments;
    problem->subset_max = size->subset;
    problem->drops_max = size->drops;
}

static void time_enumeration(struct peer_problem *problem,
                             const cmsCIELab target[static ENUMERATED],
                             struct growth_point *point)
{
    double fastest = INFINITY;
    for (size_t i = 0; i < ENUMERATED; i++) {
        struct peer_recipe best;
        problem->target = target[i];
        double start = timing_processor_now();
        process_must(peer_enumerate(problem, &best, &point->recipes) == STATUS_OK,
                     "enumeration");
        fastest = fmin(fastest, timing_processor_now() - start);
    }
    point->seconds[GROWTH_ENUMERATION] = fastest;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void time_search(const struct peer_problem *problem,
                        const cmsCIELab target[static PEER_TARGETS],
                        struct growth_point *point)
{
    const struct formula_problem grid = peer_search_problem(problem);
    struct formula_solver *solver;
    double seconds[PEER_TARGETS];
    process_must(formula_solver_open(&grid, &solver) == STATUS_OK, "formula_solver_open");
    for (size_t i = 0; i < PEER_TARGETS; i++) {
        struct formula best[FORMULA_SIZE_MAX];
        struct formula_certificate certificate;
        seconds[i] = INFINITY;
        for (size_t run = 0; run < SEARCHES; run++) {
            double start = timing_processor_now();
            process_must(formula_search(solver, &target[i], best, &certificate) ==
                             STATUS_OK,
                         "formula_search");
            seconds[i] = fmin(seconds[i], timing_processor_now() - start);
        }
    }
    formula_solver_close(solver);
    qsort(seconds, PEER_TARGETS, sizeof seconds[0], compare);
    point->seconds[GROWTH_SEARCH_MEDIAN] = seconds[PEER_TARGETS / 2];
    point->seconds[GROWTH_SEARCH_SLOWEST] = seconds[PEER_TARGETS - 1];
}

static void print_point(const struct size *size, const struct growth_point *point)
{
    printf("%8u %8u %8u %12.3g %12.3f %12.3f %12.3f\n", size->pigments, size->subset,
           size->drops, (double)point->recipes, 1e3 * point->seconds[GROWTH_ENUMERATION],
           1e3 * point->seconds[GROWTH_SEARCH_MEDIAN],
           1e3 * point->seconds[GROWTH_SEARCH_SLOWEST]);
    fflush(stdout);
}

static void measure_panel(const char *folder, size_t index, struct growth_panel *panel)
{
    static struct peer_problem problem;
    *panel = (struct growth_panel){.grows = plans[index].grows,
                                   .stays = plans[index].stays,
                                   .count = plans[index].count};
    for (size_t i = 0; i < panel->count; i++) {
        const struct size *size = &plans[index].size[i];
        struct growth_point *point = &panel->point[i];
        cmsCIELab target[PEER_TARGETS];
        read_problem(folder, size, &problem, target);
        point->value = index == 0   ? size->pigments
                       : index == 1 ? size->subset
                                    : size->drops;
        time_enumeration(&problem, target, point);
        time_search(&problem, target, point);
        print_point(size, point);
    }
}

int main(int count, char **argument)
{
    if (count != 3) {
        fputs("usage: growth PEERS-FOLDER PICTURE.svg\n", stderr);
        return 64;
    }
    if (access(argument[1], R_OK) != 0) {
        printf("Nothing is measured: there is no folder %s.\n", argument[1]);
        return 0;
    }
    struct growth_panel panel[GROWTH_PANELS];
    printf("%8s %8s %8s %12s %12s %12s %12s\n", "pigments", "at most", "drops", "recipes",
           "all, ms", "search, ms", "slowest, ms");
    for (size_t i = 0; i < GROWTH_PANELS; i++)
        measure_panel(argument[1], i, &panel[i]);
    FILE *stream = fopen(argument[2], "w");
    process_must(stream != NULL, argument[2]);
    growth_draw(stream, panel);
    process_must(fclose(stream) == 0, argument[2]);
    printf("The picture is %s.\n", argument[2]);
    return 0;
}
