/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid of batches, its sets of pigments, and regions of it; for recipe_*.c only. */
#ifndef COLORLIB_RECIPE_REGION_H
#define COLORLIB_RECIPE_REGION_H

#include "colorlib/recipe_bound.h"
#include "colorlib/search.h"

/* Pigments, ascending. */
struct recipe_choice {
    size_t count;
    size_t pigment[MIXTURE_MAX];
};

/* How many sets of the problem's pigments there are, and all of them, fewer pigments
 * first. */
size_t recipe_choices_count(const struct recipe_problem *problem);
void recipe_choices_list(const struct recipe_problem *problem, struct recipe_choice *out);

/* How many batches the grid of a set has; not exact above 2^53. */
double recipe_choice_batches(const struct recipe_problem *problem,
                             const struct recipe_choice *choice);

/* Batches of a set: drops of each pigment and the volume of the batch within limits. */
struct recipe_region {
    struct search_region search; /* promises a score */
    size_t choice;               /* index */
    uint16_t low[MIXTURE_MAX];
    uint16_t high[MIXTURE_MAX];
    double volume_low; /* at least, and less than high */
    double volume_high;
};

/* All batches of a set. */
struct recipe_region recipe_region_all(const struct recipe_problem *problem,
                                       const struct recipe_choice *choice, size_t index);

/* Leaves out what no batch of the grid is in. OUT_OF_RANGE where none is left. */
enum status recipe_region_trim(const struct recipe_problem *problem,
                               const struct recipe_choice *choice,
                               struct recipe_region *region);

/* About how many batches a region has. */
double recipe_region_size(const struct recipe_problem *problem,
                          const struct recipe_choice *choice,
                          const struct recipe_region *region);

/* The mixtures of a trimmed region. */
struct recipe_mixtures recipe_region_mixtures(const struct recipe_problem *problem,
                                              const struct recipe_choice *choice,
                                              const struct recipe_region *region);

/* What no batch of a trimmed region that keeps the rule scores less than, by planes that
 * hold in it; HUGE_VAL where none keeps it. */
double recipe_region_least(const struct recipe_problem *problem,
                           const struct recipe_choice *choice,
                           const struct recipe_planes *planes,
                           const struct recipe_region *region);

/* Leaves out what by planes that hold in a trimmed region scores more than the limit or
 * breaks the rule. OUT_OF_RANGE where nothing is left. */
enum status recipe_region_shrink(const struct recipe_problem *problem,
                                 const struct recipe_choice *choice,
                                 const struct recipe_planes *planes, double limit,
                                 struct recipe_region *region);

/* Cuts a trimmed region of more than one batch in two where the color changes most;
 * every batch of it is in one of them. */
void recipe_region_cut(const struct recipe_problem *problem,
                       const struct recipe_choice *choice,
                       const struct recipe_planes *planes,
                       const struct recipe_region *region, struct recipe_region half[2]);

/* Shows every batch of a trimmed region that may keep the rule and score limit or less by
 * planes that hold in it. */
struct recipe_viewer {
    void (*see)(void *context, const struct recipe_batch *batch);
    void *context;
};
void recipe_region_show(const struct recipe_problem *problem,
                        const struct recipe_choice *choice,
                        const struct recipe_planes *planes, double limit,
                        const struct recipe_region *region, struct recipe_viewer viewer);

#endif
