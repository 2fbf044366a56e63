/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every recipe of a problem, one after the other: what a search is compared with, for its
 * time and for its answer. It shares nothing with the search but the formulas of color.
 */
#ifndef TESTS_BENCH_PEER_ENUMERATION_H
#define TESTS_BENCH_PEER_ENUMERATION_H

#include <stdint.h>

#include "tests/bench/peer_problem.h"

struct peer_recipe {
    size_t count; /* of pigments */
    size_t pigment[PEER_SUBSET_MAX];
    unsigned drops[PEER_SUBSET_MAX];
    unsigned diluent;
    double de00;
};

/*
 * The recipe with the least CIEDE2000, and how many recipes there are. Recipes are
 * screened in single precision with a margin; what may be the best is computed in double
 * precision by the scalar functions. One thread. NO_MEMORY.
 */
enum status peer_enumerate(const struct peer_problem *problem, struct peer_recipe *best,
                           uint64_t *recipes);

/* The color of a recipe in double precision, opaque: R = S / (K + S + sqrt(K (K + 2 S))).
 */
cmsCIELab peer_color(const struct peer_problem *problem,
                     const struct peer_recipe *recipe);

#endif
