/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/parts.h"

#include "tests/runner.h"

/* Sums of a few numbers near 100: some units in the last place. */
#define ROUNDING 1e-12

/* A white, nothing, a red, a black and a vehicle. */
static const struct parts recipe[] = {{12, 1.5}, {0, 9}, {2, 1.25}, {1, 1.1}, {5, 0.9}};

enum { COUNT = sizeof recipe / sizeof recipe[0] };

START_TEST(the_largest_part_is_poured_first_and_what_has_none_is_left_out)
{
    struct parts_pour pour[COUNT];
    ck_assert_uint_eq(parts_pour(recipe, COUNT, 100, pour), 4);
    ck_assert_uint_eq(pour[0].component, 0);
    ck_assert_uint_eq(pour[1].component, 4);
    ck_assert_uint_eq(pour[2].component, 2);
    ck_assert_uint_eq(pour[3].component, 3);
}
END_TEST

START_TEST(of_equal_parts_the_first_comes_first)
{
    static const struct parts equal[] = {{3, 1}, {4, 1}, {3, 1}, {4, 1}};
    struct parts_pour pour[4];
    ck_assert_uint_eq(parts_pour(equal, 4, 1, pour), 4);
    ck_assert_uint_eq(pour[0].component, 1);
    ck_assert_uint_eq(pour[1].component, 3);
    ck_assert_uint_eq(pour[2].component, 0);
    ck_assert_uint_eq(pour[3].component, 2);
}
END_TEST

START_TEST(shares_make_one_volumes_the_whole_and_the_scale_adds_up)
{
    struct parts_pour pour[COUNT];
    double share = 0, ml = 0, g = 0;
    size_t count = parts_pour(recipe, COUNT, 250, pour);
    for (size_t k = 0; k < count; k++) {
        const struct parts *part = &recipe[pour[k].component];
        share += pour[k].share;
        ml += pour[k].ml;
        g += pour[k].g;
        ck_assert_double_eq_tol(pour[k].share, part->parts / 20.0, ROUNDING);
        ck_assert_double_eq_tol(pour[k].ml, 250 * part->parts / 20.0, 250 * ROUNDING);
        ck_assert_double_eq_tol(pour[k].g, pour[k].ml * part->density, 250 * ROUNDING);
        ck_assert_double_eq_tol(pour[k].scale_g, g, 250 * ROUNDING);
    }
    ck_assert_double_eq_tol(share, 1, ROUNDING);
    ck_assert_double_eq_tol(ml, 250, 250 * ROUNDING);
}
END_TEST

START_TEST(a_common_divisor_is_the_greatest)
{
    for (unsigned a = 0; a <= 30; a++)
        for (unsigned b = 1; b <= 30; b++) {
            unsigned greatest = 0;
            for (unsigned d = 1; d <= 30; d++)
                if (a % d == 0 && b % d == 0)
                    greatest = d;
            ck_assert_uint_eq(parts_common_divisor(a, b), greatest);
            ck_assert_uint_eq(parts_common_divisor(b, a), greatest);
        }
}
END_TEST

START_TEST(the_volume_of_a_mass_has_that_mass)
{
    struct parts_pour pour[COUNT];
    double ml = parts_volume_ml(recipe, COUNT, 5000);
    size_t count = parts_pour(recipe, COUNT, ml, pour);
    ck_assert_double_eq_tol(pour[count - 1].scale_g, 5000, 5000 * ROUNDING);
    /* 12 x 1.5 + 2 x 1.25 + 1.1 + 5 x 0.9 = 26.1 g in 20 ml */
    ck_assert_double_eq_tol(ml, 5000 * 20 / 26.1, 5000 * ROUNDING);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("parts");
    TCase *tcase = tcase_create("pours");
    tcase_add_test(tcase, a_common_divisor_is_the_greatest);
    tcase_add_test(tcase, the_largest_part_is_poured_first_and_what_has_none_is_left_out);
    tcase_add_test(tcase, of_equal_parts_the_first_comes_first);
    tcase_add_test(tcase, shares_make_one_volumes_the_whole_and_the_scale_adds_up);
    tcase_add_test(tcase, the_volume_of_a_mass_has_that_mass);
    suite_add_tcase(suite, tcase);
    return suite;
}
