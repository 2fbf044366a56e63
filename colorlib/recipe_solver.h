/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prepared forward model of a recipe problem; shared by the recipe_*.c files only. */
#ifndef COLORLIB_RECIPE_SOLVER_H
#define COLORLIB_RECIPE_SOLVER_H

#include "colorlib/inversion.h"
#include "colorlib/lanes_views.h"
#include "colorlib/recipe.h"

/* What a further pigment must gain in E (assumption). */
#define RECIPE_PIGMENT_PENALTY 0.05

/* Colors of a mixture side by side: so many ages, each under so many lights. */
struct recipe_view {
    struct lanes_views lights;
    struct lanes_lab target;
    double share[LANES];        /* in E */
    size_t time[LANES_SPECTRA]; /* of each spectrum */
};

/* What all ages under all lights and that of the rule take. */
enum { RECIPE_VIEWS_MAX = 4 };

struct recipe_solver {
    struct recipe_problem problem;
    cmsCIELab target[RECIPE_TIMES_MAX][RECIPE_ILLUMINANTS_MAX];
    cmsCIELab skin[RECIPE_ILLUMINANTS_MAX];
    cmsCIELab rule_target; /* when healed, under the light of the rule */
    cmsCIELab rule_skin;
    struct moment moment[RECIPE_TIMES_MAX];
    struct liquid liquid[RECIPE_TIMES_MAX][PIGMENT_MAX];
    struct recipe_view view[RECIPE_VIEWS_MAX];
    size_t view_count; /* the first lane of the first looks in the light of the rule */
};

/* OUT_OF_RANGE when a count, share, amount or length of the problem is not as recipe.h
 * says. */
enum status recipe_problem_check(const struct recipe_problem *problem);

/* What a mixture promises. */
struct recipe_outlook {
    double objective; /* E */
    double
        violation; /* of the darkness rule, in units of L*, a*, b* added up; 0 = kept */
};

/* Fills the views from the problem and the targets. */
void recipe_views_make(struct recipe_solver *solver);

/* Whether two lights are the same. */
bool recipe_same_light(const struct weights *a, const struct weights *b);

/* How a mixture looks at an age. The hot path: no allocation. */
void recipe_reflectance(const struct recipe_solver *solver, size_t time,
                        const size_t *pigment, const double *concentration, size_t count,
                        struct bands *out);

/* E of a mixture and its violation of the darkness rule. The hot path: no allocation. */
struct recipe_outlook recipe_outlook(const struct recipe_solver *solver,
                                     const size_t *pigment, const double *concentration,
                                     size_t count);

/* A mixture's healed color under the reference illuminant. */
cmsCIELab recipe_healed_lab(const struct recipe_solver *solver, const size_t *pigment,
                            const double *concentration, size_t count);

/* The linear problem of all pigments at the healed state. */
void recipe_linearize(const struct recipe_solver *solver,
                      struct normal_equations *equations);

enum recipe_effort {
    RECIPE_ROUGH,   /* to 4 %, in one attempt */
    RECIPE_QUICK,   /* to 1 % of the concentrations, for a ranking; not to the end where a
                       pigment becomes a trace */
    RECIPE_HASTY,   /* the same, and gives up underway what stays far above give_up */
    RECIPE_ONCE,    /* the same, in one attempt */
    RECIPE_FINE,    /* to 0.2 %, from where a quick one ended */
    RECIPE_THOROUGH /* to 0.1 %, from several starts; gives up as a hasty one */
};

/* A set of pigments at its continuous optimum. */
struct recipe_set {
    size_t count;
    size_t pigment[MIXTURE_MAX]; /* ascending */
    double concentration[MIXTURE_MAX];
    double promise;   /* E there, with the price of its pigments and of a broken rule */
    bool is_given_up; /* the search ended before it came there; an estimate is promised */
};

/* An exact penalty of the rule: large enough that breaking it never pays, because one
 * unit of L*, a* or b* is worth less than two of CIEDE2000 anywhere. */
#define RECIPE_VIOLATION_PENALTY 10

/* Weakens the concentrations of a set to what can be poured: the loading limit, and the
 * drops that the smallest batch may take. Returns the factor, 1 where they can be. */
double recipe_limit(const struct recipe_problem *problem, struct recipe_set *set);

/* Whether the largest batch would take so little of a pigment that it is better left out.
 */
bool recipe_is_trace(const struct recipe_problem *problem, size_t pigment,
                     double concentration);

/* What is to be small: a value of the concentrations of a set. */
struct recipe_aim {
    double (*value)(const struct recipe_set *set, const void *context);
    const void *context;
};

/* Moves the concentrations of a set, given as the start, to where the aim is least within
 * the limits, and sets its promise to the value there and the price of its pigments. A
 * set that is above give_up after the first attempts is not worth others. Returns as
 * recipe_polish. */
enum status recipe_minimize(const struct recipe_problem *problem,
                            const struct recipe_aim *aim, enum recipe_effort effort,
                            double give_up, struct recipe_set *set);

/* The nonlinear stage: moves the concentrations of a set, given as the start, to where E
 * is least, and sets its promise. NOT_CONVERGED when the simplex does not become as small
 * as the effort asks, as happens on the ridge of the rule: the set is then as good as was
 * found. */
enum status recipe_polish(const struct recipe_solver *solver, enum recipe_rule rule,
                          enum recipe_effort effort, double give_up,
                          struct recipe_set *set);

/* Where to start with a pigment of which nothing is known yet. */
#define RECIPE_START 0.02

enum { RECIPE_SETS_MAX = 2048 };

/*
 * The sets of pigments that promise most, ascending by promise, at most RECIPE_SETS_MAX:
 * the best subsets of the linear stage, and the sets that grow from the best of these by
 * one pigment at a time, because the linear stage knows little of pigments that scatter.
 * Sets far above most, a promise, are not of interest. NO_MEMORY. Adds to the report.
 */
enum status recipe_explore(const struct recipe_solver *solver, enum recipe_rule rule,
                           double most, struct recipe_set *sets, size_t *count,
                           struct recipe_report *report);

/* Concentrations of a batch and its volume. */
void recipe_concentrations(const struct recipe_solver *solver,
                           const struct recipe_part *part, size_t count, double water_ml,
                           double *concentration, double *volume_ml);

/* E + 0.05 (pigments - 1) + 0.02 relative cost of a batch whose E is known. */
double recipe_score(const struct recipe_solver *solver, const struct recipe_part *part,
                    size_t count, double water_ml, double objective);

/* What relative cost adds to a score for a concentration of 1 of a pigment. */
double recipe_price(const struct recipe_solver *solver, size_t pigment);

/* Values are compared after rounding, so that they order alike everywhere. */
double recipe_rounded(double value);

/* Water in steps such that it and so much pigment fill the batch range; none where the
 * last is below the first. */
struct recipe_waters {
    long first;
    long last;
};
struct recipe_waters recipe_waters_of(const struct recipe_problem *problem,
                                      double pigment_ml);

/* The darkness rule that a color under its light breaks, in units of L*, a*, b*. */
double recipe_violation(const struct recipe_solver *solver, const cmsCIELab *lab);

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

/* Batches of one set. */
struct recipe_batches {
    struct recipe_batch *batch;
    size_t count;
    size_t capacity; /* more are not taken */
    double limit;    /* of their scores */
};

/* Adds the batches around a set's optimum that score limit or less, each once. Returns
 * the number looked at. */
size_t recipe_pour_within(const struct recipe_solver *solver, enum recipe_rule rule,
                          const struct recipe_set *set, struct recipe_batches *batches);

/* A report of the problem without a search. */
struct recipe_report recipe_report_begin(const struct recipe_solver *solver);

/* Pours the sets that recipe_explore found and writes at most capacity recipes in the
 * order in which to offer them. NOT_FOUND, NO_MEMORY. Adds to the report. */
enum status recipe_offer(const struct recipe_solver *solver, enum recipe_rule rule,
                         const struct recipe_set *sets, size_t set_count,
                         struct recipe *out, size_t capacity, size_t *count,
                         struct recipe_report *report);

/* Whether a is to be offered before b when their scores tie, and for what reason. */
bool recipe_preferred(const struct recipe_solver *solver, const struct recipe *a,
                      const struct recipe *b, enum recipe_reason *reason);

#endif
