/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a target to a recipe that a hand can measure: exact inversion to a linear problem,
 * all subsets of the pigments, nonlinear polish, whole drops. What comes out is the best
 * found, because CIEDE2000 of a layered stack is not convex; recipe_search_exact proves
 * how good that is, by bounds on whole regions of the grid.
 */
#ifndef COLORLIB_RECIPE_H
#define COLORLIB_RECIPE_H

#include <stdint.h>

#include "colorlib/treatment.h"

enum { RECIPE_ILLUMINANTS_MAX = 8, RECIPE_TIMES_MAX = 6 };

/* Never darker than the target by more than this, nor bluer, greener by more than that,
 * in L*, a*, b* when healed, in daylight: too light is mended at the next session, too
 * dark or too blue needs a laser. */
#define RECIPE_DARKER_MAX 0.25
#define RECIPE_BLUER_MAX  2.0

/* Bottle liquids may make up this volume fraction of the mixture at the most. */
#define RECIPE_LOADING_MAX 0.5

/* Recipes whose scores differ by no more are as good as each other. */
#define RECIPE_TIE 0.10

/* A target darker than the skin by more than this in L* looks like hair fibres, not like
 * a shaved area. */
#define RECIPE_STUBBLE_CONTRAST_MAX 15.0

/* As many drops of pigment as a search can be asked to count, and limits of a batch. */
enum { RECIPE_DROPS_MAX = 1000 };
#define RECIPE_VOLUME_MAX_ML 1e4
#define RECIPE_STEP_MIN_ML   0.001

/* What to solve. The pigments and weights are the caller's and must outlive the solver.
 */
struct recipe_problem {
    struct treatment treatment;
    struct bands target; /* specular excluded */
    /* At each of the ages, time_count of them, the first as above, where the target
     * changes with time; the caller's. NULL where it stays. */
    const struct bands *target_by_time;

    const struct pigment *pigments;
    size_t pigment_count; /* 1 to PIGMENT_MAX */

    /* On the 31-band grid; the first is the reference. The shares add up to 1. */
    const struct weights *weights[RECIPE_ILLUMINANTS_MAX];
    double illuminant_share[RECIPE_ILLUMINANTS_MAX];
    size_t illuminant_count;

    /* D65 and the working observer: the light in which the darkness rule is judged,
     * whatever the illuminants above; NULL for the first of them. */
    const struct weights *rule_weights;

    /* Ages (years) at which the color counts; the first is the healed state. */
    double years[RECIPE_TIMES_MAX];
    double time_share[RECIPE_TIMES_MAX];
    size_t time_count;

    double volume_min_ml; /* of the batch */
    double volume_max_ml;
    double water_step_ml; /* at least RECIPE_STEP_MIN_ML */
    double water_drop_ml;
    unsigned drops_max;  /* of pigment in one batch, 1 to RECIPE_DROPS_MAX */
    size_t pigments_max; /* 1 to MIXTURE_MAX in one recipe */
};

/*
 * Sets the ages and shares of a horizon of 12, 24, 36 or 60 months: six weeks and each
 * year, the early ones weighing more. OUT_OF_RANGE for another horizon.
 */
enum status recipe_problem_horizon(struct recipe_problem *problem, unsigned months);

/*
 * Sets the shares of the illuminants, illuminant_count names, in proportion to D65 0.50,
 * LED-B3 0.35, A 0.15, another light 0.35 (assumptions).
 */
void recipe_problem_shares(struct recipe_problem *problem, const char *const *illuminant);

enum recipe_rule {
    RECIPE_WITHIN, /* keeps the darkness rule */
    RECIPE_RELAXED /* breaks it: to be shown as such, after the others */
};

struct recipe_part {
    size_t pigment; /* index into the problem's pigments */
    unsigned drops;
};

/* Why a recipe is offered before the others that were left. */
enum recipe_reason {
    RECIPE_LEAST_DIFFERENCE, /* best score */
    RECIPE_FEWER_PIGMENTS,   /* the rest: its score ties, and it is better in this */
    RECIPE_MORE_FORGIVING,
    RECIPE_LESS_METAMERISM,
    RECIPE_LOWER_COST,
    RECIPE_SMALLER_BATCH
};

/* The reason in words, such as "fewer pigments". */
const char *recipe_reason_text(enum recipe_reason reason);

/* A batch in whole drops and water steps; everything is predicted from these amounts. The
 * mixture points to the problem's pigments. */
struct recipe {
    size_t count;
    struct recipe_part part[MIXTURE_MAX];
    double water_ml;
    double pigment_ml;
    double volume_ml;
    struct mixture mixture;
    struct bands healed;                       /* reflectance */
    cmsCIELab lab[RECIPE_ILLUMINANTS_MAX];     /* healed */
    double ciede2000[RECIPE_ILLUMINANTS_MAX];  /* healed, against the target */
    double metamerism[RECIPE_ILLUMINANTS_MAX]; /* 0 for the first */
    double objective; /* E: shares x CIEDE2000 over ages and illuminants */
    double score;     /* E + 0.05 (pigments - 1) + 0.02 relative cost */
    double
        worst_drop; /* largest healed CIEDE2000 after one drop more or less of any part */
    double drop_effect; /* largest CIEDE2000 between the healed colors with and without
                           one drop more */
    double cost;        /* of the pigments; 0 unless every bottle's cost is known */
    enum recipe_rule rule;
    enum recipe_reason reason;
};

/* One drop of a part more or less. */
enum recipe_drop { RECIPE_ONE_MORE, RECIPE_ONE_LESS };

/* What a change of one drop does to the healed color under the reference. */
struct recipe_change {
    cmsCIELab lab;
    double moved;     /* CIEDE2000 between before and after */
    double to_target; /* CIEDE2000 between after and the target */
};

/* Bits of recipe_report.flags. */
enum recipe_flag {
    RECIPE_DENSITY_TOO_LOW = 1 << 0, /* no pigment is dark enough at this density */
    RECIPE_TARGET_TOO_DARK = 1 << 1  /* L* of skin and target differ by more than 15 */
};

struct recipe_report {
    unsigned flags;
    size_t subsets;   /* solved in the linear stage */
    size_t polished;  /* sets of pigments taken through the nonlinear stage */
    size_t evaluated; /* batches looked at */
    double best;      /* the least score found, F in a robust search */
    /* What recipe_search offers first, in the report of a robust search; its count is 0
     * where nothing keeps the rule. */
    struct recipe nominal;
};

struct recipe_solver;

/*
 * Prepares the forward model for all ages and pigments. OUT_OF_RANGE when counts, shares,
 * volumes or steps break the ranges above; REJECTED when the coverage of all dots exceeds
 * DOTS_COVERAGE_REFUSE or the target is not darker than the skin with what it holds
 * already (pigment cannot lighten). NO_MEMORY.
 */
enum status recipe_solver_open(const struct recipe_problem *problem,
                               struct recipe_solver **out);

/* Closes a solver; NULL is fine. */
void recipe_solver_close(struct recipe_solver *solver);

/* The target's color under each illuminant, and the bare skin's. */
const cmsCIELab *recipe_target_lab(const struct recipe_solver *solver);
const cmsCIELab *recipe_skin_lab(const struct recipe_solver *solver);

/* Skin and target in the light of the darkness rule. */
struct recipe_contrast {
    cmsCIELab skin;
    cmsCIELab target;
};
struct recipe_contrast recipe_contrast(const struct recipe_solver *solver);

/*
 * Predicts one batch. OUT_OF_RANGE when a pigment index, the count or the water is not
 * possible, the batch holds no pigment, or more than RECIPE_LOADING_MAX of it.
 */
enum status recipe_evaluate(const struct recipe_solver *solver,
                            const struct recipe_part *part, size_t count, double water_ml,
                            struct recipe *out);

/*
 * The continuous optimum for a set of pigments: concentrations (volume fractions, count
 * of them) that minimise E under the rule, from the linear solution of the set, and the E
 * they reach. rule RECIPE_RELAXED leaves the darkness rule out. NOT_CONVERGED when the
 * simplex search reaches its limit.
 */
enum status recipe_continuous(const struct recipe_solver *solver, const size_t *pigment,
                              size_t count, enum recipe_rule rule, double *concentration,
                              double *objective);

/*
 * The exact optimum by score over the whole grid of batches of one or two given pigments.
 * NOT_FOUND when no batch keeps the rule.
 */
enum status recipe_search_grid(const struct recipe_solver *solver, const size_t *pigment,
                               size_t count, struct recipe *out);

/* How good the best score is known to be. */
struct recipe_certificate {
    uint64_t recipes;  /* batches of the grid, of every set of pigments */
    uint64_t examined; /* of them computed */
    uint64_t regions;  /* of the grid that bounds were computed for */
    double bound;      /* no batch that keeps the rule scores less; the best score itself
                          where that is optimal */
};

/* Grids of more batches are not searched: they could not be counted. */
#define RECIPE_EXACT_MAX 9e15

/* How to search. */
struct recipe_exact {
    const struct recipe *start; /* known to keep the rule; the better it is, the less is
                                   left to look at. NULL for none */
    uint64_t regions_max;       /* to be bounded; 0: as many as it takes */
    size_t threads;             /* 1 or more; changes no result */
};

/*
 * The exact optimum by score over the whole grid: all sets of at most the problem's
 * number of pigments, whole drops of each, water in whole steps, within the batch range.
 * Every batch is computed or lies in a region no batch of which can be better; among
 * scores that agree to 1e-9 the batch that comes first is taken. Where regions_max ends
 * the search before that, it is the best that was found, and the bound is less than its
 * score. OUT_OF_RANGE for more than RECIPE_EXACT_MAX batches, NOT_FOUND when none was
 * found that keeps the rule, with the certificate filled in, its bound HUGE_VAL where
 * there is none; NO_MEMORY.
 */
enum status recipe_search_exact(const struct recipe_solver *solver,
                                const struct recipe_exact *settings, struct recipe *out,
                                struct recipe_certificate *certificate);

/*
 * The best recipes that keep the rule, at most capacity, in the order in which to offer
 * them: among those within 0.10 of the best score fewer pigments win, then the smaller
 * worst_drop, the smaller metamerism, the lower cost, the smaller batch; then the same
 * among the other sets of pigments. report may be NULL; it is filled in on NOT_FOUND as
 * well, which says that nothing that keeps the rule can be poured.
 */
enum status recipe_search(const struct recipe_solver *solver, struct recipe *out,
                          size_t capacity, size_t *count, struct recipe_report *report);

/*
 * The recipe that would be best without the darkness rule, to be shown as relaxed after
 * the others. NOT_FOUND unless it breaks the rule and its objective is more than 0.10
 * below best_objective (HUGE_VAL where nothing keeps the rule).
 */
enum status recipe_search_relaxed(const struct recipe_solver *solver,
                                  double best_objective, struct recipe *out);

/*
 * What one drop more or less of a part does; part = recipe->count means the water. The
 * recipe is one of this solver. OUT_OF_RANGE when there is no drop to lose, or nothing
 * would be left.
 */
enum status recipe_drop_change(const struct recipe_solver *solver,
                               const struct recipe *recipe, size_t part,
                               enum recipe_drop drop, struct recipe_change *out);

/* The n of a trade ratio 1:n and the range that an unknown fill fraction leaves of it. */
struct recipe_ratio {
    double n;
    double low;
    double high;
};

/* The ratio of one pigment at a concentration above 0 to 1; n + 1 divided and multiplied
 * by 1.5, one standard deviation of the fill fraction's prior. */
struct recipe_ratio recipe_ratio(double concentration);

/* One thing to pour. */
struct recipe_step {
    const struct pigment *pigment; /* NULL for the water, which goes first */
    unsigned drops;                /* whole for pigments, to the nearest for water */
    double ml;
    double g;
    double scale_g; /* what a scale under the cup then shows */
};

/* The pour order of a recipe of this solver: water, then the pigments by falling drops.
 * Writes count + 1 steps. */
void recipe_steps(const struct recipe_solver *solver, const struct recipe *recipe,
                  struct recipe_step step[MIXTURE_MAX + 1]);

/*
 * A recipe of this solver as whole parts by volume in lowest terms, count + 1 of them in
 * the order of recipe_steps. NOT_FOUND unless water and all pigments come in drops of one
 * volume and the water is a whole number of them: drops are parts only then.
 */
enum status recipe_parts(const struct recipe_solver *solver, const struct recipe *recipe,
                         unsigned part[MIXTURE_MAX + 1]);

/*
 * The smallest batch of at least volume_ml in whole drops of one pigment at a
 * concentration, water rounded up to a step so that it is never darker. Takes one drop at
 * the least; OUT_OF_RANGE for a concentration outside 0 to 1.
 */
enum status recipe_pour_ratio(const struct recipe_solver *solver, size_t pigment,
                              double concentration, double volume_ml, struct recipe *out);

#endif
