/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/sets.h"

#include "tests/runner.h"

enum { THINGS = 12 };

/* The set as the bits of a number, the first thing the highest, so that sets of one size
 * in their order are falling numbers. */
static unsigned bits_of(const size_t *member, size_t size)
{
    unsigned bits = 0;
    for (size_t k = 0; k < size; k++)
        bits |= 1u << (THINGS - 1 - member[k]);
    return bits;
}

START_TEST(every_set_comes_once_and_in_order)
{
    const size_t size = (size_t)_i;
    size_t member[THINGS];
    uint64_t seen = 0;
    sets_first(member, size);
    for (unsigned bits = (1u << THINGS) - 1; bits > 0; bits--) {
        if (__builtin_popcount(bits) != _i)
            continue;
        ck_assert_uint_eq(bits_of(member, size), bits);
        seen++;
        ck_assert_int_eq(sets_next(member, size, THINGS),
                         seen < sets_count(THINGS, size) ? STATUS_OK : STATUS_NOT_FOUND);
    }
    ck_assert_uint_eq(seen, sets_count(THINGS, size));
    ck_assert_uint_eq(member[size - 1], THINGS - 1);
}
END_TEST

START_TEST(they_are_counted)
{
    ck_assert_uint_eq(sets_count(5, 0), 1);
    ck_assert_uint_eq(sets_count(3, 4), 0);
    ck_assert_uint_eq(sets_count(0, 1), 0);
    ck_assert_uint_eq(sets_count(32, 3), 4960);
    ck_assert_uint_eq(sets_count(52, 5), 2598960);
    ck_assert_uint_eq(sets_count(64, 60), 635376);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("sets");
    TCase *tests = tcase_create("sets");
    tcase_add_loop_test(tests, every_set_comes_once_and_in_order, 1, THINGS + 1);
    tcase_add_test(tests, they_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
