/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prepared forward model of a recipe problem; shared by the recipe_*.c files only. */
#ifndef COLORLIB_RECIPE_SOLVER_H
#define COLORLIB_RECIPE_SOLVER_H

#include "colorlib/inversion.h"
#include "colorlib/recipe.h"

/* What a further pigment must gain in E (assumption). */
#define RECIPE_PIGMENT_PENALTY 0.05

struct recipe_solver {
    struct recipe_problem problem;
    cmsCIELab target[RECIPE_TIMES_MAX][RECIPE_ILLUMINANTS_MAX];
    cmsCIELab skin[RECIPE_ILLUMINANTS_MAX];
    cmsCIELab rule_target; /* when healed, under the light of the rule */
    cmsCIELab rule_skin;
    struct moment moment[RECIPE_TIMES_MAX];
    struct liquid liquid[RECIPE_TIMES_MAX][PIGMENT_MAX];
};

/* OUT_OF_RANGE when a count, share, amount or length of the problem is not as recipe.h
 * says. */
enum status recipe_problem_check(const struct recipe_problem *problem);

/* What a mixture promises. */
struct recipe_outlook {
    double objective; /* E, or a lower bound of it above give_up */
    double
        violation; /* of the darkness rule, in units of L*, a*, b* added up; 0 = kept */
};

/* E of a mixture and its violation of the darkness rule. Stops adding once E is above
 * give_up. The hot path: no allocation. */
struct recipe_outlook recipe_outlook(const struct recipe_solver *solver,
                                     const size_t *pigment, const double *concentration,
                                     size_t count, double give_up);

/* The linear problem of all pigments at the healed state. */
void recipe_linearize(const struct recipe_solver *solver,
                      struct normal_equations *equations);

enum recipe_effort {
    RECIPE_QUICK,   /* to 1 % of the concentrations, for a ranking */
    RECIPE_THOROUGH /* to 0.1 %, from several starts */
};

/* A set of pigments at its continuous optimum. */
struct recipe_set {
    size_t count;
    size_t pigment[MIXTURE_MAX]; /* ascending */
    double concentration[MIXTURE_MAX];
    double promise; /* E there, with the price of its pigments and of a broken rule */
};

/* The nonlinear stage: moves the concentrations of a set, given as the start, to where E
 * is least, and sets its promise. NOT_CONVERGED when the simplex does not become as small
 * as the effort asks, as happens on the ridge of the rule: the set is then as good as was
 * found. NO_MEMORY leaves it alone. */
enum status recipe_polish(const struct recipe_solver *solver, enum recipe_rule rule,
                          enum recipe_effort effort, struct recipe_set *set);

/* Where to start with a pigment of which nothing is known yet. */
#define RECIPE_START 0.02

enum { RECIPE_SETS_MAX = 2048 };

/*
 * The sets of pigments that promise most, ascending by promise, at most RECIPE_SETS_MAX:
 * the best subsets of the linear stage, and the sets that grow from the best of these by
 * one pigment at a time, because the linear stage knows little of pigments that scatter.
 * NO_MEMORY. Adds to the report.
 */
enum status recipe_explore(const struct recipe_solver *solver, enum recipe_rule rule,
                           struct recipe_set *sets, size_t *count,
                           struct recipe_report *report);

/* Concentrations of a batch and its volume. */
void recipe_concentrations(const struct recipe_solver *solver,
                           const struct recipe_part *part, size_t count, double water_ml,
                           double *concentration, double *volume_ml);

/* E + 0.05 (pigments - 1) + 0.02 relative cost of a batch whose E is known. */
double recipe_score(const struct recipe_solver *solver, const struct recipe_part *part,
                    size_t count, double water_ml, double objective);

/* Values are compared after rounding, so that they order alike everywhere. */
double recipe_rounded(double value);

/* A batch in drops, with its score. */
struct recipe_batch {
    struct recipe_part part[MIXTURE_MAX];
    double water_ml;
    double score;
};

/* A set of pigments with its best batch, of score HUGE_VAL while there is none. */
struct recipe_poured {
    struct recipe_set set;
    struct recipe_batch best;
};

/* Finds the best batch of a set: around its continuous optimum, or of all that there are
 * of one or two pigments. Returns the number looked at. */
size_t recipe_pour_around(const struct recipe_solver *solver, enum recipe_rule rule,
                          struct recipe_poured *poured);
size_t recipe_pour_all(const struct recipe_solver *solver, enum recipe_rule rule,
                       struct recipe_poured *poured);

/* The batch of a set to offer among all of score limit or less; its best one when none
 * is. The set has a batch. */
enum status recipe_pour_preferred(const struct recipe_solver *solver,
                                  enum recipe_rule rule,
                                  const struct recipe_poured *poured, double limit,
                                  struct recipe *out);

/* Whether a is to be offered before b when their scores tie, and for what reason. */
bool recipe_preferred(const struct recipe_solver *solver, const struct recipe *a,
                      const struct recipe *b, enum recipe_reason *reason);

#endif
