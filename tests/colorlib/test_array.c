/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/array.h"

#include <stdint.h>
#include <stdlib.h>

#include "tests/runner.h"

START_TEST(an_array_grows_with_what_is_put_in_and_keeps_it)
{
    size_t capacity = 0;
    size_t *array = NULL;
    for (size_t i = 0; i < 1000; i++) {
        array = array_reserve(array, &capacity, i + 1, sizeof *array);
        ck_assert_ptr_nonnull(array);
        ck_assert_uint_gt(capacity, i);
        ck_assert_uint_le(capacity, 2 * i + 16);
        array[i] = i;
    }
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(array[i], i);
    free(array);
}
END_TEST

START_TEST(more_than_memory_can_hold_leaves_the_array_as_it_was)
{
    size_t capacity = 0;
    double *array = array_reserve(NULL, &capacity, 1, sizeof *array);
    ck_assert_ptr_nonnull(array);
    size_t before = capacity;
    ck_assert_ptr_null(array_reserve(array, &capacity, SIZE_MAX, sizeof *array));
    ck_assert_ptr_null(array_reserve(array, &capacity, SIZE_MAX / 16, sizeof *array));
    ck_assert_uint_eq(capacity, before);
    array[before - 1] = 1;
    free(array);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("array");
    TCase *t = tcase_create("array");
    tcase_add_test(t, an_array_grows_with_what_is_put_in_and_keeps_it);
    tcase_add_test(t, more_than_memory_can_hold_leaves_the_array_as_it_was);
    suite_add_tcase(s, t);
    return s;
}
