/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Regions are taken in waves. All pieces of a wave begin with what was known before it,
 * and what they find and leave is put together in their order, so that the number of
 * threads changes nothing.
 */
#include "colorlib/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/threads.h"

/* Regions, all of one size. */
struct regions {
    char *region;
    size_t size;
    size_t count;
};

struct search_rest {
    struct regions parts;
};

/* Regions of a wave that are searched one after the other. */
struct piece {
    const struct search *search;
    size_t first;
    size_t count;
    struct search_state *state;
    struct search_rest rest;
};

struct search {
    struct search_problem problem;
    /* A heap: the one that promises most is the first; which of two that promise the same
     * comes before the other is the same in every run. */
    struct regions waiting;
    struct regions wave;
    struct piece *piece;
    char *states; /* of the pieces */
    char *rests;
};

static struct search_region *region_of(const struct regions *regions, size_t index)
{
    void *region = regions->region + index * regions->size;
    return region;
}

static void set(struct regions *regions, size_t index, const struct search_region *region)
{
    memcpy(region_of(regions, index), region, regions->size);
}

void search_leave(struct search_rest *rest, const struct search_region *part)
{
    set(&rest->parts, rest->parts.count++, part);
}

/* -- what waits ---------------------------------------------------------------- */

void search_add(struct search *search, const struct search_region *region)
{
    struct regions *heap = &search->waiting;
    size_t at = heap->count++;
    for (; at > 0 && region_of(heap, (at - 1) / 2)->promise > region->promise;
         at = (at - 1) / 2)
        set(heap, at, region_of(heap, (at - 1) / 2));
    set(heap, at, region);
}

/* Takes the first away. */
static void drop(struct regions *heap)
{
    const struct search_region *moved = region_of(heap, --heap->count);
    size_t at = 0;
    for (size_t next = 1; next < heap->count; next = 2 * at + 1) {
        if (next + 1 < heap->count &&
            region_of(heap, next + 1)->promise < region_of(heap, next)->promise)
            next++;
        if (region_of(heap, next)->promise >= moved->promise)
            break;
        set(heap, at, region_of(heap, next));
        at = next;
    }
    if (heap->count > 0)
        memmove(region_of(heap, at), moved, heap->size);
}

double search_promise(const struct search *search)
{
    return search->waiting.count > 0 ? region_of(&search->waiting, 0)->promise : HUGE_VAL;
}

/* -- a wave -------------------------------------------------------------------- */

/* The effort that a budget leaves for a region; 0 where it is no more than the region had
 * before, and would end where that did. */
static uint64_t effort_for(const struct search_region *region, uint64_t left)
{
    if (region->effort <= left)
        return region->effort;
    return left > region->effort / SEARCH_FURTHER ? left : 0;
}

/* Takes the regions that promise most from what waits. There is always room for what a
 * wave leaves. */
static void gather(struct search *search, const struct search_state *state,
                   uint64_t regions_max)
{
    const struct appearance *appearance = search->problem.appearance;
    struct regions *wave = &search->wave, *waiting = &search->waiting;
    const size_t most = appearance->pieces * appearance->piece_regions;
    uint64_t left = regions_max > state->regions ? regions_max - state->regions : 0;
    wave->count = 0;
    if (waiting->count > search->problem.waiting_max)
        return;
    while (wave->count < most && waiting->count > 0 &&
           region_of(waiting, 0)->promise <= state->limit) {
        struct search_region *next = region_of(wave, wave->count);
        set(wave, wave->count, region_of(waiting, 0));
        if (regions_max > 0) {
            next->effort = effort_for(next, left);
            if (next->effort == 0)
                return;
            left -= next->effort;
        }
        wave->count++;
        drop(waiting);
    }
}

static void search_piece(size_t index, void *context)
{
    struct search *search = context;
    const struct appearance *appearance = search->problem.appearance;
    struct piece *piece = &search->piece[index];
    for (size_t i = 0; i < piece->count; i++)
        appearance->narrow(search->problem.model,
                           region_of(&search->wave, piece->first + i), piece->state,
                           &piece->rest);
}

/* Shares a wave out; returns the number of pieces. */
static size_t share(struct search *search, const struct search_state *state)
{
    const struct appearance *appearance = search->problem.appearance;
    size_t pieces = 0;
    for (size_t from = 0; from < search->wave.count; from += appearance->piece_regions) {
        struct piece *piece = &search->piece[pieces++];
        size_t left = search->wave.count - from;
        piece->first = from;
        piece->count =
            left < appearance->piece_regions ? left : appearance->piece_regions;
        piece->rest.parts.count = 0;
        memcpy(piece->state, state, appearance->state_size);
        piece->state->examined = piece->state->regions = 0;
    }
    return pieces;
}

static void collect(struct search *search, const struct piece *piece,
                    struct search_state *state)
{
    const struct regions *parts = &piece->rest.parts;
    search->problem.appearance->take(search->problem.model, piece->state, state);
    state->examined += piece->state->examined;
    state->regions += piece->state->regions;
    for (size_t i = 0; i < parts->count; i++)
        search_add(search, region_of(parts, i));
}

void search_run(struct search *search, struct search_state *state, uint64_t regions_max)
{
    const struct search_problem *problem = &search->problem;
    for (;;) {
        problem->appearance->settle(problem->model, state);
        gather(search, state, regions_max);
        size_t pieces = share(search, state);
        if (pieces == 0)
            return;
        threads_run_on(problem->threads, pieces, search_piece, search);
        for (size_t i = 0; i < pieces; i++)
            collect(search, &search->piece[i], state);
    }
}

/* -- its memory ---------------------------------------------------------------- */

/* Structures begin at whole registers. */
static size_t aligned(size_t size)
{
    return (size + 63) / 64 * 64;
}

static enum status reserve(struct search *search)
{
    const struct appearance *appearance = search->problem.appearance;
    const size_t state_size = aligned(appearance->state_size);
    const size_t size = appearance->region_size;
    const size_t parts = SEARCH_PARTS_MAX * appearance->piece_regions;
    const size_t wave = appearance->pieces * appearance->piece_regions;
    search->waiting.size = search->wave.size = size;
    search->waiting.region =
        malloc((search->problem.waiting_max + SEARCH_PARTS_MAX * wave) * size);
    search->wave.region = malloc(wave * size);
    search->piece = calloc(appearance->pieces, sizeof search->piece[0]);
    search->states = aligned_alloc(64, appearance->pieces * state_size);
    search->rests = malloc(SEARCH_PARTS_MAX * wave * size);
    if (!search->waiting.region || !search->wave.region || !search->piece ||
        !search->states || !search->rests)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < appearance->pieces; i++) {
        struct piece *piece = &search->piece[i];
        void *state = search->states + i * state_size;
        piece->state = state;
        piece->rest.parts =
            (struct regions){.region = search->rests + i * parts * size, .size = size};
    }
    return STATUS_OK;
}

enum status search_open(const struct search_problem *problem, struct search **out)
{
    struct search *search = calloc(1, sizeof *search);
    if (!search)
        return STATUS_NO_MEMORY;
    search->problem = *problem;
    enum status status = reserve(search);
    if (status != STATUS_OK) {
        search_close(search);
        return status;
    }
    *out = search;
    return STATUS_OK;
}

void search_close(struct search *search)
{
    if (!search)
        return;
    free(search->waiting.region);
    free(search->wave.region);
    free(search->piece);
    free(search->states);
    free(search->rests);
    free(search);
}
