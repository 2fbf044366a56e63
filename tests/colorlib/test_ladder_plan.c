/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "colorlib/ladder_plan.h"
#include "tests/runner.h"

static struct bands flat(double value)
{
    struct bands bands;
    for (size_t i = 0; i < BAND_COUNT; i++)
        bands.value[i] = value;
    return bands;
}

static struct ladder_plan planned(const struct colorant *guess, double thickness_mm,
                                  size_t levels_max)
{
    struct ladder_plan plan;
    ck_assert_int_eq(ladder_plan(guess, thickness_mm, levels_max, &plan), STATUS_OK);
    return plan;
}

/* The colour note, 5.2: "for carbon stock that is 1:75 to 1:1400 at 0.05 mm", from K =
 * 2250 mm^-1 at 550 nm. */
START_TEST(carbon_stock_tells_something_from_1_75_to_1_1400)
{
    struct colorant carbon = {flat(2250), flat(0)};
    struct ladder_plan plan = planned(&carbon, 0.05, 8);
    ck_assert_double_eq_tol(1 / plan.strongest, 75, 1);
    ck_assert_double_eq_tol(1 / plan.weakest, 1406, 1);
    ck_assert_double_ge(plan.level[0].ratio, 75);
    ck_assert_double_le(plan.level[plan.count - 1].ratio, 1400);
    for (size_t k = 0; k < plan.count; k++)
        ck_assert_uint_eq(plan.level[k].informed, BAND_COUNT);
    ck_assert_uint_ge(plan.count, 3);
    ck_assert_uint_eq(plan.bands_twice, BAND_COUNT);
}
END_TEST

/* "For brown or grey pre-diluted shades 1:0 to 1:50". */
START_TEST(a_shade_that_is_diluted_already_is_drawn_down_as_it_is)
{
    struct colorant shade = {flat(60), flat(5)};
    struct ladder_plan plan = planned(&shade, 0.05, 6);
    ck_assert_double_le(plan.level[0].ratio, 3);
    ck_assert_double_le(plan.level[plan.count - 1].ratio, 50);
    struct colorant weak = {flat(20), flat(5)};
    plan = planned(&weak, 0.05, 6);
    ck_assert_double_eq(plan.level[0].ratio, 0);
}
END_TEST

START_TEST(levels_are_spaced_by_ratio_from_strong_to_weak)
{
    struct colorant guess = {flat(2250), flat(0)};
    for (size_t i = 0; i < BAND_COUNT; i++)
        guess.K.value[i] = 1000 * exp(-0.2 * (double)i);
    for (size_t most = 2; most <= LADDER_PLAN_MAX; most++) {
        struct ladder_plan plan = planned(&guess, 0.05, most);
        ck_assert_uint_le(plan.count, most);
        for (size_t k = 0; k < plan.count; k++) {
            const struct ladder_plan_level *level = &plan.level[k];
            ck_assert_double_eq_tol(level->concentration, 1 / (1 + level->ratio), 1e-15);
            ck_assert_double_eq_tol(level->KX_most, level->concentration * 50, 1e-12);
            if (k > 0)
                ck_assert_double_lt(level->concentration,
                                    plan.level[k - 1].concentration);
        }
    }
    struct ladder_plan few = planned(&guess, 0.05, 3), many = planned(&guess, 0.05, 9);
    ck_assert_uint_gt(many.bands_twice, few.bands_twice);
    ck_assert_uint_ge(many.bands_twice, BAND_COUNT - 3); /* its ends are seen once */
}
END_TEST

START_TEST(a_white_is_judged_by_what_it_scatters)
{
    struct colorant white = {flat(0.1), flat(330)};
    struct ladder_plan plan = planned(&white, 0.05, 6);
    ck_assert(ladder_informs(&white, 9, 0.3, 0.05));
    ck_assert(!ladder_informs(&white, 9, 1, 0.05));
    ck_assert_double_eq_tol(plan.strongest, 5 / 16.5, 1e-12);
    ck_assert_uint_eq(plan.bands_twice, BAND_COUNT);
}
END_TEST

START_TEST(a_clear_liquid_has_no_plan)
{
    struct ladder_plan plan;
    struct colorant clear = {flat(1), flat(0.5)};
    ck_assert_int_eq(ladder_plan(&clear, 0.05, 5, &plan), STATUS_REJECTED);
}
END_TEST

static const struct {
    double K, S, thickness_mm;
    size_t levels_max;
    enum status status;
} refused[] = {
    {-1, 1, 0.05, 5, STATUS_BAD_DATA},
    {NAN, 1, 0.05, 5, STATUS_BAD_DATA},
    {100, INFINITY, 0.05, 5, STATUS_BAD_DATA},
    {100, 1, 0, 5, STATUS_BAD_DATA},
    {100, 1, 11, 5, STATUS_BAD_DATA},
    {100, 1, 0.05, 1, STATUS_OUT_OF_RANGE},
    {100, 1, 0.05, LADDER_PLAN_MAX + 1, STATUS_OUT_OF_RANGE},
};

START_TEST(a_guess_out_of_range_is_refused)
{
    struct ladder_plan plan;
    struct colorant guess = {flat(refused[_i].K), flat(refused[_i].S)};
    ck_assert_int_eq(
        ladder_plan(&guess, refused[_i].thickness_mm, refused[_i].levels_max, &plan),
        refused[_i].status);
}
END_TEST

Suite *suite(void)
{
    TCase *plans = tcase_create("plans");
    tcase_add_test(plans, carbon_stock_tells_something_from_1_75_to_1_1400);
    tcase_add_test(plans, a_shade_that_is_diluted_already_is_drawn_down_as_it_is);
    tcase_add_test(plans, levels_are_spaced_by_ratio_from_strong_to_weak);
    tcase_add_test(plans, a_white_is_judged_by_what_it_scatters);
    tcase_add_test(plans, a_clear_liquid_has_no_plan);
    tcase_add_loop_test(plans, a_guess_out_of_range_is_refused, 0,
                        sizeof refused / sizeof refused[0]);
    Suite *s = suite_create("ladder_plan");
    suite_add_tcase(s, plans);
    return s;
}
