/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search by an appearance of a test's own: recipes are numbers in a row, of which
 * each costs something; a stretch of them promises the least cost in it, or less.
 */
#include "colorlib/search.h"

#include <math.h>
#include <stdbool.h>

#include "tests/random.h"
#include "tests/runner.h"

enum { COSTS = 3000, INSTANCES = 100 };

struct costs {
    double cost[COSTS];
    double doubt; /* a stretch may promise so much too little, a part of it by length */
};

struct stretch {
    struct search_region search;
    size_t from;
    size_t to;
};

struct cheapest {
    struct search_state search;
    size_t index; /* COSTS: none */
};

static double cost_of(const struct costs *costs, size_t index)
{
    return index < COSTS ? costs->cost[index] : HUGE_VAL;
}

static void offer(const struct costs *costs, size_t index, struct cheapest *best)
{
    double cost = cost_of(costs, index), least = cost_of(costs, best->index);
    if (cost < least || (cost == least && index < best->index))
        best->index = index;
}

static struct stretch stretch_of(const struct costs *costs, size_t from, size_t to,
                                 uint64_t effort)
{
    double least = HUGE_VAL;
    for (size_t i = from; i < to; i++)
        least = fmin(least, costs->cost[i]);
    double doubt = costs->doubt * (double)(to - from) / COSTS;
    return (struct stretch){
        .search = {.promise = least - doubt, .effort = effort}, .from = from, .to = to};
}

static void narrow(const void *model, const struct search_region *region,
                   struct search_state *state, struct search_rest *rest)
{
    const struct costs *costs = model;
    const struct stretch *stretch = (const struct stretch *)region;
    struct cheapest *best = (struct cheapest *)state;
    size_t middle = (stretch->from + stretch->to) / 2;
    state->regions++;
    if (stretch->to - stretch->from <= 3) {
        for (size_t i = stretch->from; i < stretch->to; i++, state->examined++)
            offer(costs, i, best);
        return;
    }
    struct stretch part[2] = {
        stretch_of(costs, stretch->from, middle, region->effort),
        stretch_of(costs, middle, stretch->to, region->effort),
    };
    search_leave(rest, &part[0].search);
    search_leave(rest, &part[1].search);
}

static void take(const void *model, const struct search_state *from,
                 struct search_state *to)
{
    offer(model, ((const struct cheapest *)from)->index, (struct cheapest *)to);
}

static void settle(const void *model, struct search_state *state)
{
    state->limit = cost_of(model, ((const struct cheapest *)state)->index);
}

static const struct appearance numbers = {
    .name = "numbers",
    .region_size = sizeof(struct stretch),
    .state_size = sizeof(struct cheapest),
    .pieces = 3,
    .piece_regions = 2,
    .narrow = narrow,
    .take = take,
    .settle = settle,
};

static void random_costs(uint64_t *state, struct costs *out)
{
    out->doubt = random_index(state, 4) > 0 ? random_scale(state, 0.01, 100) : 0;
    bool are_few = random_index(state, 2) > 0; /* many are alike */
    for (size_t i = 0; i < COSTS; i++) {
        double cost = random_between(state, 0, 10);
        out->cost[i] = are_few ? floor(cost) : cost;
    }
}

static size_t cheapest_of_all(const struct costs *costs)
{
    struct cheapest best = {.index = COSTS};
    for (size_t i = 0; i < COSTS; i++)
        offer(costs, i, &best);
    return best.index;
}

/* Searches all; returns what is promised of the rest. */
static double search_all(const struct costs *costs, size_t waiting_max, size_t threads,
                         uint64_t regions_max, struct cheapest *out)
{
    struct search_problem problem = {&numbers, costs, waiting_max, threads};
    struct search *search;
    ck_assert_int_eq(search_open(&problem, &search), STATUS_OK);
    struct stretch all = stretch_of(costs, 0, COSTS, 1);
    search_add(search, &all.search);
    *out = (struct cheapest){.search.limit = HUGE_VAL, .index = COSTS};
    search_run(search, &out->search, regions_max);
    double promise = search_promise(search);
    search_close(search);
    return promise;
}

START_TEST(the_best_is_found)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    struct cheapest best;
    double promise = search_all(&costs, COSTS, 1, 0, &best);
    ck_assert_uint_eq(best.index, cheapest_of_all(&costs));
    ck_assert_double_gt(promise, costs.cost[best.index]);
}
END_TEST

START_TEST(what_cannot_be_better_is_left_alone)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    costs.doubt = 0;
    for (size_t i = 0; i < COSTS; i++)
        costs.cost[i] += (double)i; /* no two alike */
    struct cheapest best;
    search_all(&costs, COSTS, 1, 0, &best);
    ck_assert_uint_le(best.search.examined, 3 * 6); /* a wave of the least stretches */
}
END_TEST

START_TEST(threads_change_nothing)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    uint64_t regions_max = random_index(&state, 200);
    struct cheapest best, other;
    double promise = search_all(&costs, COSTS, 1, regions_max, &best);
    for (size_t threads = 2; threads <= 4; threads++) {
        ck_assert_double_eq(search_all(&costs, COSTS, threads, regions_max, &other),
                            promise);
        ck_assert_mem_eq(&other, &best, sizeof best);
    }
}
END_TEST

START_TEST(a_budget_is_kept_and_bounds_what_is_left)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    double least = costs.cost[cheapest_of_all(&costs)];
    for (uint64_t regions_max = 1; regions_max < 100; regions_max++) {
        struct cheapest best;
        double promise = search_all(&costs, COSTS, 1, regions_max, &best);
        ck_assert_uint_le(best.search.regions, regions_max);
        ck_assert_double_le(fmin(promise, cost_of(&costs, best.index)), least);
    }
}
END_TEST

START_TEST(a_budget_that_is_not_used_is_left)
{
    static struct costs costs; /* all alike: every stretch must be looked at */
    struct cheapest best, other;
    search_all(&costs, COSTS, 1, 0, &best);
    ck_assert_uint_eq(best.search.examined, COSTS);
    search_all(&costs, COSTS, 1, best.search.regions, &other);
    ck_assert_mem_eq(&other, &best, sizeof best);
    double promise = search_all(&costs, COSTS, 1, best.search.regions - 1, &other);
    ck_assert_uint_eq(other.search.regions, best.search.regions - 1);
    ck_assert_double_eq(promise, 0);
}
END_TEST

START_TEST(where_too_many_wait_it_ends_with_what_they_promise)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    costs.doubt = 1000; /* so that nothing can be left out */
    double least = costs.cost[cheapest_of_all(&costs)];
    for (size_t waiting_max = 1; waiting_max < 40; waiting_max++) {
        struct cheapest best;
        double promise = search_all(&costs, waiting_max, 1, 0, &best);
        ck_assert_uint_lt(best.search.examined, COSTS);
        ck_assert_double_le(promise, least);
    }
}
END_TEST

START_TEST(it_goes_on_where_it_ended)
{
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    struct search_problem problem = {&numbers, &costs, COSTS, 1};
    struct search *search;
    ck_assert_int_eq(search_open(&problem, &search), STATUS_OK);
    struct stretch all = stretch_of(&costs, 0, COSTS, 1);
    search_add(search, &all.search);
    struct cheapest best = {.search.limit = HUGE_VAL, .index = COSTS};
    uint64_t before;
    do {
        before = best.search.regions;
        search_run(search, &best.search, before + 7);
        ck_assert_uint_le(best.search.regions, before + 7);
    } while (best.search.regions > before);
    search_close(search);
    ck_assert_uint_eq(best.index, cheapest_of_all(&costs));
}
END_TEST

/* -- what begins anew ----------------------------------------------------------- */

/* Looks at one number after the other as far as the effort reaches; a stretch that is not
 * done with is left as a whole. */
static void narrow_anew(const void *model, const struct search_region *region,
                        struct search_state *state, struct search_rest *rest)
{
    const struct costs *costs = model;
    const struct stretch *stretch = (const struct stretch *)region;
    const size_t effort = (size_t)region->effort;
    size_t end =
        stretch->to - stretch->from > effort ? stretch->from + effort : stretch->to;
    for (size_t i = stretch->from; i < end; i++, state->examined++, state->regions++)
        offer(costs, i, (struct cheapest *)state);
    if (end == stretch->to)
        return;
    struct stretch whole = *stretch;
    struct stretch left = stretch_of(costs, end, stretch->to, 0);
    whole.search.promise = fmax(whole.search.promise, left.search.promise);
    whole.search.effort = SEARCH_FURTHER * region->effort;
    search_leave(rest, &whole.search);
}

START_TEST(what_begins_anew_keeps_to_the_budget_as_well)
{
    enum { STRETCHES = 10 };
    uint64_t state = random_seed((uint64_t)_i);
    static struct costs costs;
    random_costs(&state, &costs);
    double least = costs.cost[cheapest_of_all(&costs)];
    struct appearance anew = numbers;
    anew.narrow = narrow_anew;
    struct search_problem problem = {&anew, &costs, STRETCHES, 1};
    for (uint64_t regions_max = 1; regions_max <= 4 * COSTS; regions_max += 97) {
        struct search *search;
        ck_assert_int_eq(search_open(&problem, &search), STATUS_OK);
        for (size_t k = 0; k < STRETCHES; k++) {
            struct stretch stretch =
                stretch_of(&costs, k * COSTS / STRETCHES, (k + 1) * COSTS / STRETCHES,
                           1 + random_index(&state, 40));
            search_add(search, &stretch.search);
        }
        struct cheapest best = {.search.limit = HUGE_VAL, .index = COSTS};
        search_run(search, &best.search, regions_max);
        double cost = cost_of(&costs, best.index), promise = search_promise(search);
        search_close(search);
        ck_assert_uint_le(best.search.regions, regions_max);
        ck_assert_double_le(fmin(promise, cost), least);
        if (regions_max >= 2 * COSTS) /* twice as much as without a budget */
            ck_assert(promise > cost && cost == least);
    }
}
END_TEST

START_TEST(of_nothing_nothing_is_found)
{
    static const struct costs costs;
    struct search_problem problem = {&numbers, &costs, 1, 1};
    struct search *search;
    ck_assert_int_eq(search_open(&problem, &search), STATUS_OK);
    struct cheapest best = {.search.limit = HUGE_VAL, .index = COSTS};
    search_run(search, &best.search, 0);
    ck_assert_uint_eq(best.search.regions, 0);
    ck_assert_double_eq(search_promise(search), HUGE_VAL);
    search_close(search);
    search_close(NULL);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("search");
    TCase *tests = tcase_create("search");
    tcase_add_loop_test(tests, the_best_is_found, 0, INSTANCES);
    tcase_add_loop_test(tests, what_cannot_be_better_is_left_alone, 0, INSTANCES);
    tcase_add_loop_test(tests, threads_change_nothing, 0, INSTANCES);
    tcase_add_loop_test(tests, a_budget_is_kept_and_bounds_what_is_left, 0, INSTANCES);
    tcase_add_test(tests, a_budget_that_is_not_used_is_left);
    tcase_add_loop_test(tests, where_too_many_wait_it_ends_with_what_they_promise, 0,
                        INSTANCES);
    tcase_add_loop_test(tests, it_goes_on_where_it_ended, 0, INSTANCES);
    tcase_add_loop_test(tests, what_begins_anew_keeps_to_the_budget_as_well, 0,
                        INSTANCES);
    tcase_add_test(tests, of_nothing_nothing_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
