/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/peer_search.h"

struct formula_problem peer_search_problem(const struct peer_problem *problem)
{
    return (struct formula_problem){
        .colorants = problem->pigment,
        .colorant_count = problem->pigment_count,
        .diluent = &problem->diluent,
        .drawdown = {.thickness_mm = DRAWDOWN_OPAQUE},
        .view = {.surface = {0, 0}, .specular = SURFACE_SPECULAR_INCLUDED},
        .weights = &problem->weights,
        .size_max = problem->subset_max,
        .parts_max = problem->drops_max,
        .threads = 1};
}
