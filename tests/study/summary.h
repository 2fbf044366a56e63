/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What many clients' outcomes add up to. */
#ifndef TESTS_STUDY_SUMMARY_H
#define TESTS_STUDY_SUMMARY_H

#include "tests/study/study.h"

/* Which clients; STUDY_ANY for all skins or all hairs. */
#define STUDY_ANY SIZE_MAX
struct study_group {
    size_t skin;
    size_t hair;
};

/* How courses ended. Excess is CIEDE2000 beyond that of the best recipe. */
struct study_ends {
    double ciede2000; /* median, against the hair as scanned */
    double excess[STUDY_TARGETS];
    double excess_p90[STUDY_TARGETS];
    double above[STUDY_TARGETS]; /* mean of L* above the target's */
    /* Shares below the target's L* by more than SESSION_FLOOR_DEPTH and
     * SESSION_CAP_DEPTH. */
    double below_floor[STUDY_TARGETS];
    double below_cap[STUDY_TARGETS];
};

struct study_summary {
    size_t count; /* clients that went through */
    size_t refused;
    /* Shares of truths within what was said. */
    double held_before[STUDY_QUANTITIES];
    double held_after[STUDY_QUANTITIES];
    double held_next;
    /* Means of |truth - median said| of L*. */
    double error_before;
    double error_after;
    double next_before;
    double next_after;
    double best; /* median of CIEDE2000, hair as scanned */
    struct study_ends closed;
    struct study_ends open;
};

/* count outcomes of which the group counts; NO_MEMORY. Shares and means of no client are
 * NAN. */
enum status study_summarize(const struct study_outcome *outcome, size_t count,
                            struct study_group group, struct study_summary *out);

#endif
