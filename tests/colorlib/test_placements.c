/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/placements.h"

#include <math.h>

#include "colorlib/difference.h"
#include "tests/colorlib/worked_example.h"
#include "tests/runner.h"

/* Client A's skin, lighter or darker by a factor. */
static struct spectrum skin_times(double factor)
{
    struct treatment treatment = example_treatment(SKIN_LIGHT, 150);
    struct bands bare;
    skin_bare(&treatment.skin, &bare);
    for (size_t i = 0; i < BAND_COUNT; i++)
        bare.value[i] *= factor;
    return bands_spectrum(&bare);
}

static struct placements combined(const double *factor, size_t count)
{
    static struct spectrum spectra[PLACEMENTS_MAX];
    struct weights weights = example_weights("D65");
    struct placements placements;
    for (size_t i = 0; i < count; i++)
        spectra[i] = skin_times(factor[i]);
    ck_assert_int_eq(placements_combine(spectra, count, &weights, &placements),
                     STATUS_OK);
    return placements;
}

START_TEST(one_placement_is_its_own_median)
{
    struct placements p = combined((double[]){1}, 1);
    struct spectrum skin = skin_times(1);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq(p.median.value[i], skin.value[i]);
    ck_assert(p.placement[0].used);
    ck_assert_double_eq(p.mean_ciede2000, 0);
}
END_TEST

START_TEST(the_median_ignores_what_lies_at_the_ends)
{
    struct placements p = combined((double[]){0.97, 1, 1.02}, 3);
    struct spectrum skin = skin_times(1);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(p.median.value[i], skin.value[i], 1e-15);
    ck_assert_double_gt(p.mean_ciede2000, 0);
    ck_assert_double_gt(p.mean_cie76, p.mean_ciede2000);
}
END_TEST

/* Rows: factors, which is the outlier, or none. A factor of 1.1 is about 2.5 CIEDE2000.
 */
static const struct {
    size_t count;
    double factor[8];
    int outlier; /* -1 for none */
} rows[] = {
    {3, {1, 1.001, 1.1}, -1},              /* none of fewer than four */
    {4, {1, 1.001, 0.999, 1.1}, 3},        /* one in four */
    {4, {1, 1.001, 0.999, 1.01}, -1},      /* far in sigmas, but nearer than 0.5 */
    {4, {0.9, 0.96, 1.04, 1.1}, -1},       /* wide, but no one stands out */
    {5, {1, 1.001, 1.1, 0.999, 1.002}, 2}, /* in the middle of the row */
    {7, {1, 1.001, 1.1, 0.999, 1.002, 0.9, 1}, 5}, /* the worse of two, one in four */
};

START_TEST(an_outlier_is_named_and_left_out)
{
    struct placements p = combined(rows[_i].factor, rows[_i].count);
    for (size_t i = 0; i < rows[_i].count; i++)
        ck_assert_int_eq(p.placement[i].used, (int)i != rows[_i].outlier);
}
END_TEST

START_TEST(eight_placements_may_lose_two)
{
    struct placements p =
        combined((double[]){1, 1.001, 1.1, 0.999, 1.002, 0.9, 1, 1.1}, 8);
    size_t left_out = 0;
    for (size_t i = 0; i < 8; i++)
        left_out += !p.placement[i].used;
    ck_assert_uint_eq(left_out, 2);
}
END_TEST

START_TEST(the_spread_is_that_of_the_placements_used)
{
    struct placements with = combined((double[]){1, 1.004, 0.996, 1.2}, 4);
    struct placements without = combined((double[]){1, 1.004, 0.996}, 3);
    ck_assert(!with.placement[3].used);
    ck_assert_double_eq_tol(with.mean_ciede2000, without.mean_ciede2000, 1e-12);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq(with.median.value[i], without.median.value[i]);
}
END_TEST

START_TEST(another_grid_or_count_is_refused)
{
    struct weights weights = example_weights("D65");
    struct spectrum spectra[2] = {skin_times(1), skin_times(1)};
    struct placements p;
    ck_assert_int_eq(placements_combine(spectra, 0, &weights, &p), STATUS_OUT_OF_RANGE);
    ck_assert_int_eq(placements_combine(spectra, PLACEMENTS_MAX + 1, &weights, &p),
                     STATUS_OUT_OF_RANGE);
    spectra[1].grid.start_nm = 410;
    ck_assert_int_eq(placements_combine(spectra, 2, &weights, &p), STATUS_BAD_DATA);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("placements");
    TCase *tc = tcase_create("placements");
    tcase_add_test(tc, one_placement_is_its_own_median);
    tcase_add_test(tc, the_median_ignores_what_lies_at_the_ends);
    tcase_add_loop_test(tc, an_outlier_is_named_and_left_out, 0,
                        sizeof rows / sizeof rows[0]);
    tcase_add_test(tc, eight_placements_may_lose_two);
    tcase_add_test(tc, the_spread_is_that_of_the_placements_used);
    tcase_add_test(tc, another_grid_or_count_is_refused);
    suite_add_tcase(s, tc);
    return s;
}
