/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of the peers as one for the search of colorlib/formula.h. */
#ifndef TESTS_BENCH_PEER_SEARCH_H
#define TESTS_BENCH_PEER_SEARCH_H

#include "colorlib/formula.h"
#include "tests/bench/peer_problem.h"

/* Opaque, without a surface, on one thread, to the end. It points into the problem. */
struct formula_problem peer_search_problem(const struct peer_problem *problem);

#endif
