/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipe problem of ../shared/peers, which other programs were given as well: opaque
 * mixes of stock pigments and a diluent by whole drops, rule mix20.
 */
#ifndef TESTS_BENCH_PEER_PROBLEM_H
#define TESTS_BENCH_PEER_PROBLEM_H

#include "colorlib/colorimetry.h"
#include "colorlib/drawdown.h"

enum {
    PEER_PIGMENTS = 32,     /* of the catalogue */
    PEER_PIGMENTS_MAX = 48, /* with what is made of them */
    PEER_SUBSET_MAX = 4,
    PEER_DROPS_MAX = 60,
    PEER_TARGETS = 24
};

/*
 * The grid: 1 to subset_max different pigments, whole drops of at least 1 of each, whole
 * drops of the diluent of at least 0, at most drops_max in all. Multiples of a smaller
 * recipe are no recipes of their own. K and S have one unit, whichever it is.
 */
struct peer_problem {
    struct weights weights;
    struct colorant diluent;
    size_t pigment_count;
    struct colorant pigment[PEER_PIGMENTS_MAX];
    size_t subset_max;  /* 1 to PEER_SUBSET_MAX */
    unsigned drops_max; /* 1 to PEER_DROPS_MAX */
    cmsCIELab target;
};

/*
 * Reads the catalogue and the weights (D65, 10 degrees) of a folder into a problem with
 * all pigments and the rule mix20, the target left black. NOT_FOUND or BAD_DATA.
 */
enum status peer_problem_read(const char *folder, struct peer_problem *out);

/* Adds pigments up to a count, at most PEER_PIGMENTS_MAX: equal mixes of the catalogue's,
 * two by two, the first with the second, the third with the fourth and so on. */
void peer_problem_add_mixes(struct peer_problem *problem, size_t count);

/* Reads the targets that were made for the first 8, 16 or all 32 pigments. */
enum status peer_targets_read(const char *folder, size_t pigments,
                              cmsCIELab out[static PEER_TARGETS]);

#endif
