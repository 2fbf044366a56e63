/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the machine can do at best: the least that each piece of work needs, alone. */
#ifndef TESTS_BENCH_LIMIT_H
#define TESTS_BENCH_LIMIT_H

#include "colorlib/lanes.h"

/* Reads count numbers, a multiple of 64, and does no more than add them. */
double limit_read(enum lanes_isa isa, const double *number, size_t count);

/* The square roots and divisions of so many groups of CIEDE2000 and nothing else, on
 * numbers in registers: these share one slow unit, whatever the rest is. */
double limit_roots(enum lanes_isa isa, size_t groups);

#endif
