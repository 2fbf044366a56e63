/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A test of each instruction set against the baseline, which it is handed as _i. */
#ifndef TESTS_COLORLIB_INSTRUCTION_SETS_H
#define TESTS_COLORLIB_INSTRUCTION_SETS_H

#include "colorlib/lanes.h"
#include "tests/runner.h"

/* Adds the test for every set that this machine has beyond the baseline, and skips the
 * others by name. */
static inline void instruction_sets_add(TCase *tests, const TTest *test)
{
    for (int isa = LANES_BASELINE + 1; isa < LANES_ISA_COUNT; isa++)
        if (lanes_isa_runs((enum lanes_isa)isa))
            tcase_add_loop_test(tests, test, isa, isa + 1);
        else
            runner_skip(test->name, lanes_isa_name((enum lanes_isa)isa));
}

#endif
