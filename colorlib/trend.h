/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lots in their order: whether a figure of theirs is in control. A chart of individuals
 * and moving ranges (ISO 7870-2; Shewhart), with rules for runs (Nelson, J. Qual.
 * Technol. 16 (1984) 237).
 */
#ifndef COLORLIB_TREND_H
#define COLORLIB_TREND_H

#include <stdbool.h>

#include "colorlib/status.h"

enum { TREND_LOTS_MIN = 3, TREND_LOTS_MAX = 256 };

/* Bits of the rules that a lot breaks, together with those before it. */
enum trend_rule {
    TREND_BEYOND = 1 << 0, /* outside the control limits, three sigma */
    TREND_SIDE = 1 << 1,   /* the ninth in a row on one side of the mean */
    TREND_STEADY = 1 << 2, /* the sixth in a row each above, or below, the one before */
    TREND_TWO = 1 << 3,    /* of two of three beyond two sigma on one side */
    TREND_FOUR = 1 << 4,   /* of four of five beyond one sigma on one side */
    TREND_RANGE = 1 << 5   /* jumps: the moving range above its limit */
};

enum { TREND_RULES = 6 };

struct trend {
    size_t baseline; /* lots that the limits are made of */
    double mean;
    double moving_range; /* mean of the ranges between neighbours */
    double sigma;        /* moving_range / 1.128 */
    double lower;        /* control limits: mean -+ 3 sigma */
    double upper;
    double range_upper; /* 3.267 x moving_range */
    size_t count;
    unsigned broken[TREND_LOTS_MAX]; /* by each lot */
    unsigned any;                    /* rules broken by any lot */
    /* Least squares over all lots, and half of its 95 % interval; drifts where that
     * leaves 0 out. */
    double slope_per_lot;
    double slope_uncertainty;
    double line_last; /* that line at the last lot */
    bool drifts;
};

/* The rule in words, without a full stop; never NULL. */
const char *trend_rule_text(enum trend_rule rule);

/*
 * Charts count values in the order of their making. baseline lots, the first, settle the
 * limits, 0 for all; those behind are judged by them.
 *
 * OUT_OF_RANGE for fewer than TREND_LOTS_MIN or more than TREND_LOTS_MAX lots, or another
 * baseline; BAD_DATA for values not finite.
 */
enum status trend_chart(const double *value, size_t count, size_t baseline,
                        struct trend *out);

/* Lots from the last until the line of the drift leaves limits that hold it now; HUGE_VAL
 * without drift, 0 where it has left already. */
double trend_lots_left(const struct trend *trend, double least, double most);

/* A strength with its expanded uncertainty, 95 %. */
struct trend_strength {
    double value;
    double uncertainty;
};

enum trend_stirring {
    TREND_STIRRING_EQUAL, /* no change that the uncertainties bear */
    TREND_STIRRING_FALLS, /* weaker when stirred again: the pigment flocculates */
    TREND_STIRRING_RISES  /* stronger: it had flocculated or settled before */
};

/* What stirring again did to the strength of one lot. */
enum trend_stirring trend_stirred(const struct trend_strength *as_is,
                                  const struct trend_strength *stirred);

#endif
