/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recipe in every world that might be true (draws.h): how far it is from the target on
 * average and where it goes badly, and how likely it heals too dark or too blue. The
 * search below looks for the recipe that is best over all of them, which is lighter than
 * the best in the expected world where being too dark is likely.
 */
#ifndef COLORLIB_RECIPE_ENSEMBLE_H
#define COLORLIB_RECIPE_ENSEMBLE_H

#include "colorlib/draws.h"
#include "colorlib/quantiles.h"
#include "colorlib/recipe.h"

/* As many draws as a recipe can be judged in. */
enum { RECIPE_DRAWS_MAX = 4096 };

/* Healed for six weeks or longer and darker than the target by more than this in L*,
 * greener or bluer by more than that in a* or b*, a recipe has gone wrong. */
#define RECIPE_WRONG_DARKER 1.5
#define RECIPE_WRONG_BLUER  2.0

/* So often it may. */
#define RECIPE_CHANCE_MAX 0.10

/* Where robust and nominal recipe differ by more than this in F both are worth showing.
 */
#define RECIPE_ROBUST_APART 0.3

/* What a chance above RECIPE_CHANCE_MAX does. */
enum recipe_caution {
    RECIPE_CHANCES_PENALIZED, /* costs; before a client's first follow-up, because the
                                 wide prior would force recipes that are too light */
    RECIPE_CHANCES_LIMITED    /* forbids; after it, or for the last session */
};

/* What is uncertain. All pointers are the caller's. */
struct recipe_uncertainty {
    /* As technique, pigment and conditions say; the state deviates from it. The solver's
     * own treatment is what it becomes at the state's mean. */
    const struct treatment *usual;
    const struct skin_fit *skin;
    const struct client_state *state;
    size_t draws; /* 1 to RECIPE_DRAWS_MAX */
    uint64_t seed;
    enum recipe_caution caution;
};

struct recipe_ensemble;

/*
 * Prepares a solver's problem in every draw. The solver must outlive the ensemble.
 * OUT_OF_RANGE for another number of draws, BAD_DATA as draws_make, NO_MEMORY.
 */
enum status recipe_ensemble_open(const struct recipe_solver *solver,
                                 const struct recipe_uncertainty *uncertainty,
                                 struct recipe_ensemble **out);

/* The same in draws made before, which are not kept; count is 1 to RECIPE_DRAWS_MAX. */
enum status recipe_ensemble_open_draws(const struct recipe_solver *solver,
                                       const struct treatment *usual,
                                       const struct draw *draw, size_t count,
                                       enum recipe_caution caution,
                                       struct recipe_ensemble **out);

/* Closes an ensemble; NULL is fine. */
void recipe_ensemble_close(struct recipe_ensemble *ensemble);

/* How a recipe fares over the draws. Its target is in each the one that was measured and
 * what the measurement missed. */
struct recipe_prospect {
    double mean; /* of E */
    double tail; /* mean of the worst fifth of E */
    /* F = (mean + tail) / 2 + 0.05 (pigments - 1) + 0.02 relative cost, and for each
     * chance that is penalized 2 (share - RECIPE_CHANCE_MAX)^2 where it is above that */
    double score;
    /* Shares of the draws, 0 to 1, in which it goes wrong at the worst age of six weeks
     * or more, in the light of the darkness rule. */
    double darker;
    double bluer;               /* or greener */
    struct quantiles objective; /* E */
    struct quantiles ciede2000; /* healed, against the target, under the first light */
    struct quantiles lightness; /* L*, healed, under the first light */
    /* RELAXED when it breaks the darkness rule in the expected world or a limited chance
     * is exceeded. */
    enum recipe_rule rule;
};

/* Judges a recipe of the ensemble's solver in all draws. */
void recipe_ensemble_judge(const struct recipe_ensemble *ensemble,
                           const struct recipe *recipe, struct recipe_prospect *out);

/*
 * The recipes of best F that keep the rule, at most capacity, in the order in which to
 * offer them: as recipe_search with F in place of the score, and of a set of pigments
 * stronger and weaker batches than E asks for. The best found. report may be NULL; it
 * holds the nominal recipe as well. NOT_FOUND as there; NO_MEMORY.
 */
enum status recipe_search_robust(const struct recipe_ensemble *ensemble,
                                 struct recipe *out, size_t capacity, size_t *count,
                                 struct recipe_report *report);

#endif
