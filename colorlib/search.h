/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The best recipe of a grid, by branch and bound, whatever recipes look like. A region of
 * the grid, which at first is all recipes of a set of colorants, is narrowed to what in
 * it may be better than the best recipe so far; those come first that promise most, so
 * that at any time the least of what is left bounds what may still be found.
 *
 * What a recipe looks like, what a region promises and how it falls into parts is known
 * to an appearance, a table of functions; the search knows the order, the threads, the
 * budget and the bound.
 */
#ifndef COLORLIB_SEARCH_H
#define COLORLIB_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "colorlib/status.h"

/* Recipes that are searched together; the first member of an appearance's own. */
struct search_region {
    double promise; /* no recipe of it is better than this, in the measure of the limit */
    /* As many regions may be looked at for it, of a budget that is larger; 1 where none
     * is begun anew. */
    uint64_t effort;
};

/* What is known so far, by one thread; the first member of an appearance's own, which
 * adds the best recipe. */
struct search_state {
    double limit; /* what promises more is not better than the best; HUGE_VAL: no best */
    uint64_t examined; /* recipes that were computed */
    uint64_t regions;  /* looked at */
};

/* What is left of regions. */
struct search_rest;

/* As many parts may be left of a region. */
enum { SEARCH_PARTS_MAX = 2 };

/* A region that must be begun anew is given so many times the effort, so that what was in
 * vain is a small part of it. */
enum { SEARCH_FURTHER = 8 };

/* Leaves a part of a region to be searched later. */
void search_leave(struct search_rest *rest, const struct search_region *part);

/*
 * An appearance: dots in a client's skin, a film that hides what it lies upon, a film
 * over a backing. The model is what it needs to know of one problem and its target.
 */
struct appearance {
    const char *name;
    size_t region_size; /* sizes of its own structures */
    size_t state_size;
    /* So many pieces are searched side by side, in each so many regions one after the
     * other. */
    size_t pieces;
    size_t piece_regions;

    /* Finds what is better than the state's best in a region, and leaves the parts of it
     * that may hold more. Counts what it examines and the regions that it looks at, no
     * more than the region's effort. */
    void (*narrow)(const void *model, const struct search_region *region,
                   struct search_state *state, struct search_rest *rest);

    /* Takes what another piece found, if that is better or as good and comes before. */
    void (*take)(const void *model, const struct search_state *from,
                 struct search_state *to);

    /* Brings the limit up to date with the best, before regions are held against it by
     * all pieces. */
    void (*settle)(const void *model, struct search_state *state);
};

struct search_problem {
    const struct appearance *appearance;
    const void *model;  /* the caller's; read by all threads */
    size_t waiting_max; /* regions that may wait to be searched */
    size_t threads;     /* 1 or more; changes no result */
};

struct search;

/* The problem's pointers must outlive the search. NO_MEMORY. */
enum status search_open(const struct search_problem *problem, struct search **out);

/* NULL is fine. */
void search_close(struct search *search);

/* Adds a region to what waits, which is no more than waiting_max. */
void search_add(struct search *search, const struct search_region *region);

/*
 * Searches what waits, until nothing is left that may be better than the state's best,
 * regions_max have been looked at by the state's count (0: no limit), or more than
 * waiting_max regions would have to wait.
 */
void search_run(struct search *search, struct search_state *state, uint64_t regions_max);

/* No recipe that was left unsearched is better than this; HUGE_VAL where none was left.
 */
double search_promise(const struct search *search);

#endif
