/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/threads.h"

#include <stdbool.h>
#include <threads.h>

#include "tests/runner.h"

enum { PIECES = 1000 };

struct counts {
    unsigned done[PIECES + 1];
};

static void count_one(size_t piece, void *context)
{
    ((struct counts *)context)->done[piece]++;
}

START_TEST(every_piece_is_done_once)
{
    static const size_t pieces[] = {0, 1, 2, 7, PIECES};
    struct counts counts = {{0}};
    threads_run(pieces[_i], count_one, &counts);
    for (size_t i = 0; i <= PIECES; i++)
        ck_assert_uint_eq(counts.done[i], i < pieces[_i] ? 1 : 0);
}
END_TEST

START_TEST(those_who_run_side_by_side_already_do_it_alone)
{
    struct counts counts[4] = {{{0}}};
#pragma omp parallel for num_threads(2)
    for (size_t k = 0; k < 4; k++)
        threads_run(PIECES, count_one, &counts[k]);
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < PIECES; i++)
            ck_assert_uint_eq(counts[k].done[i], 1);
}
END_TEST

START_TEST(so_many_threads_as_are_asked_for_do_every_piece_once)
{
    struct counts counts = {{0}};
    threads_run_on((size_t)_i, PIECES, count_one, &counts);
    for (size_t i = 0; i < PIECES; i++)
        ck_assert_uint_eq(counts.done[i], 1);
}
END_TEST

struct inner {
    thrd_t outer; /* who does the piece around it */
    bool alone;
};

static void look_who(size_t piece, void *context)
{
    struct inner *inner = context;
    (void)piece;
    inner->alone &= thrd_equal(thrd_current(), inner->outer) != 0;
}

static void do_inner(size_t piece, void *context)
{
    struct inner *inner = (struct inner *)context + piece;
    *inner = (struct inner){thrd_current(), true};
    threads_run(PIECES, look_who, inner);
}

START_TEST(pieces_of_a_piece_are_done_by_its_thread)
{
    struct inner inner[8];
    threads_run_on(2, 8, do_inner, inner);
    for (size_t i = 0; i < 8; i++)
        ck_assert(inner[i].alone);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("threads");
    TCase *tc = tcase_create("threads");
    tcase_add_loop_test(tc, every_piece_is_done_once, 0, 5);
    tcase_add_test(tc, those_who_run_side_by_side_already_do_it_alone);
    tcase_add_loop_test(tc, so_many_threads_as_are_asked_for_do_every_piece_once, 1, 5);
    tcase_add_test(tc, pieces_of_a_piece_are_done_by_its_thread);
    suite_add_tcase(s, tc);
    return s;
}
