/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A batch held against its standard: each criterion with its uncertainty, and a verdict
 * no bolder than that uncertainty allows.
 */
#ifndef COLORLIB_BATCH_H
#define COLORLIB_BATCH_H

#include "colorlib/strength.h"
#include "colorlib/tolerance.h"

/* What is read of a batch and of its standard, in the same way. */
enum batch_group {
    BATCH_COLOR, /* a drawdown that hides, or a film over the light half of a card */
    BATCH_DARK,  /* the same film over the dark half */
    BATCH_TINT   /* an opaque tint in the reference white */
};

enum { BATCH_GROUPS = BATCH_TINT + 1, BATCH_READINGS_MAX = 64 };

/* Readings as reflectance factors, each of a drawdown or a placement of its own; the
 * caller's. */
struct batch_readings {
    const struct bands *reading[BATCH_GROUPS];
    size_t count[BATCH_GROUPS]; /* 0 where there are none */
};

/* What the colorant of a drawdown is told from, for the strength. */
enum batch_method {
    BATCH_HIDES, /* K/S of one that hides, with S = 1; of a tint less that of its white */
    BATCH_FILM,  /* K of a film over the light backing, with S = 0: for carbon; a strength
                    of what scatters as well comes out nearer to 100 % than it is */
    BATCH_PAIR   /* K and S of a film over both backings */
};

/* How batch and standard are drawn down and looked at. */
struct batch_setup {
    enum batch_method method;
    struct drawdown_view view;
    struct bands white;        /* the white of tints; all 1 where it was not read */
    struct strength_card card; /* the bare backings of films */
    double thickness_mm;       /* of films, wet */
    /* Of the colorant in what strength is told from, above 0 and at most 1; alike for
     * batch and standard. */
    double concentration;
    enum strength_criterion criterion;
    const struct weights *weights; /* on the 31 bands, as the next; the caller's */
    const struct weights *other;   /* the second light; NULL for none */
};

enum batch_verdict { /* from best to worst */
                     BATCH_PASS,
                     BATCH_MARGINAL,     /* a pass beyond the share "warn" of the limit */
                     BATCH_INCONCLUSIVE, /* the uncertainty does not bear a verdict */
                     BATCH_FAIL
};

/* "PASS", ...; never NULL. */
const char *batch_verdict_text(enum batch_verdict verdict);

struct batch_result {
    double value;       /* NAN where it was not measured */
    double uncertainty; /* expanded, 95 %; NAN where nothing was read twice */
    double freedom;     /* degrees of freedom behind it */
    enum batch_verdict verdict;
    /* Readings of the batch that would decide an inconclusive one if the value stays;
     * 0 where up to BATCH_READINGS_MAX would not, or none is needed. */
    size_t readings;
};

struct batch_check {
    struct batch_result result[TOLERANCE_CRITERIA];
    struct strength strength;
    struct colorant standard; /* what was compared, at equal concentration */
    struct colorant batch;
    enum batch_verdict verdict;       /* the worst of the critical criteria */
    enum tolerance_criterion decided; /* by the first that is so bad */
};

/*
 * The verdict on one value. With a guard band of g uncertainties U a pass lies g U within
 * the limit and a fail g U beyond it; between, and for a U above a quarter of the limit
 * (of half of a range) that would pass, it is inconclusive. A U that is NAN decides
 * nothing.
 */
enum batch_verdict batch_decide(const struct tolerance *tolerance,
                                enum tolerance_criterion criterion, double value,
                                double uncertainty);

/*
 * Compares the means. Uncertainties are those of repeating: the deviations of batch and
 * standard from their means, pooled, carried through every criterion, with Student's t.
 * What both readings share (the instrument's calibration, the thickness) is not in them.
 *
 * BAD_DATA for readings not finite or out of -0.05 to 1.5, none of color, or counts above
 * BATCH_READINGS_MAX; OUT_OF_RANGE for another concentration; REJECTED when strength
 * cannot be told: what film_invert and strength_compare return, or a film that hides.
 */
enum status batch_check(const struct batch_setup *setup,
                        const struct batch_readings *standard,
                        const struct batch_readings *batch,
                        const struct tolerance *tolerance, struct batch_check *out);

/* The colorant that the means of readings stand for, as batch_check compares them. */
enum status batch_colorant(const struct batch_setup *setup,
                           const struct batch_readings *readings, struct colorant *out);

/* The reading that such a colorant predicts at a concentration, drawn down as the
 * readings it was told from. */
void batch_predict(const struct batch_setup *setup, const struct batch_readings *readings,
                   const struct colorant *colorant, double concentration,
                   struct bands *out);

#endif
