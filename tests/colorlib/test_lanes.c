/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"
#include "tests/colorlib/instruction_sets.h"
#include "tests/colorlib/published_pairs.h"
#include "tests/random.h"
#include "tests/runner.h"

static const struct grid visible = {.start_nm = 400, .step_nm = 10, .count = 31};

enum { MANY = 62500 }; /* groups: a million lanes */

static struct weights weights_of(const char *name, enum observer observer)
{
    struct illuminant illuminant;
    struct weights weights;
    ck_assert_int_eq(illuminant_find(name, &illuminant), STATUS_OK);
    ck_assert_int_eq(weights_make(&visible, &illuminant, observer, &weights), STATUS_OK);
    return weights;
}

/* -- spectra -------------------------------------------------------------------- */

/* From black through what instruments report below it to the brightest that is read, on
 * either side of where CIELAB becomes linear. */
static void fill_spectra(uint64_t *state, double *reflectance)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        double level = exp(-8 * random_share(state));
        for (size_t band = 0; band < visible.count; band++)
            reflectance[band * LANES + lane] = level * (2.1 * random_share(state) - 0.1);
    }
}

static cmsCIELab scalar_lab(const struct weights *weights, const double *reflectance,
                            size_t lane)
{
    double spectrum[SPECTRUM_MAX];
    for (size_t band = 0; band < weights->grid.count; band++)
        spectrum[band] = reflectance[band * LANES + lane];
    return colorimetry_reflectance_lab(weights, spectrum);
}

START_TEST(lab_of_a_million_spectra_is_that_of_the_scalar_path)
{
    struct weights weights = weights_of("LED-B3", OBSERVER_CIE_1964_10DEG);
    uint64_t state = random_seed(1);
    double worst = 0;
    for (size_t group = 0; group < MANY; group++) {
        double reflectance[31 * LANES];
        struct lanes_lab lab;
        fill_spectra(&state, reflectance);
        lanes_lab(lanes_isa_best(), &weights, reflectance, 1, &lab);
        for (size_t lane = 0; lane < LANES; lane++) {
            cmsCIELab expected = scalar_lab(&weights, reflectance, lane);
            worst = fmax(worst, fabs(lab.L[lane] - expected.L));
            worst = fmax(worst, fabs(lab.a[lane] - expected.a));
            worst = fmax(worst, fabs(lab.b[lane] - expected.b));
        }
    }
    ck_assert_double_le(worst, LANES_LAB_ERROR);
}
END_TEST

/* With one band and weights of 1 the ratio to the white is the reflectance itself, and
 * L* + 16 is 116 times its root. */
START_TEST(the_cube_root_is_good_to_1e_15)
{
    struct weights one = {
        .grid = {550, 10, 1}, .white = {1, 1, 1}, .x = {1}, .y = {1}, .z = {1}};
    double ratio = 0.00886;
    while (ratio < 1e9) {
        double reflectance[LANES];
        struct lanes_lab lab;
        for (size_t lane = 0; lane < LANES; lane++)
            reflectance[lane] = ratio *= 1.0001;
        lanes_lab(lanes_isa_best(), &one, reflectance, 1, &lab);
        for (size_t lane = 0; lane < LANES; lane++) {
            double expected = 116 * cbrt(reflectance[lane]);
            /* and three roundings: the product, the difference, the sum here */
            ck_assert_double_eq_tol(lab.L[lane] + 16, expected, 1.34e-15 * expected);
        }
    }
}
END_TEST

START_TEST(the_perfect_diffuser_is_white_and_black_is_black)
{
    struct weights weights = weights_of("D65", OBSERVER_CIE_1931_2DEG);
    double reflectance[2 * 31 * LANES] = {0};
    struct lanes_lab lab[2];
    for (size_t i = 0; i < (size_t)31 * LANES; i++)
        reflectance[i] = 1;
    lanes_lab(lanes_isa_best(), &weights, reflectance, 2, lab);
    for (size_t lane = 0; lane < LANES; lane++) {
        ck_assert_double_eq_tol(lab[0].L[lane], 100, LANES_LAB_ERROR);
        ck_assert_double_eq_tol(lab[0].a[lane], 0, LANES_LAB_ERROR);
        ck_assert_double_eq_tol(lab[0].b[lane], 0, LANES_LAB_ERROR);
        ck_assert_double_eq_tol(lab[1].L[lane], 0, LANES_LAB_ERROR);
    }
}
END_TEST

/* -- differences ---------------------------------------------------------------- */

static void put(struct lanes_lab *lab, size_t lane, cmsCIELab color)
{
    lab->L[lane] = color.L;
    lab->a[lane] = color.a;
    lab->b[lane] = color.b;
}

static cmsCIELab get(const struct lanes_lab *lab, size_t lane)
{
    return (cmsCIELab){lab->L[lane], lab->a[lane], lab->b[lane]};
}

/* A pair and what the formula gives may not depend on the lane. */
START_TEST(ciede2000_matches_the_published_pairs_in_both_orders)
{
    struct lanes_lab standard, sample;
    double there[LANES], back[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        put(&standard, lane, sharma_2005[_i].standard);
        put(&sample, lane, sharma_2005[_i].sample);
    }
    lanes_ciede2000(lanes_isa_best(), &standard, &sample, 1, there);
    lanes_ciede2000(lanes_isa_best(), &sample, &standard, 1, back);
    double scalar =
        difference_ciede2000(sharma_2005[_i].standard, sharma_2005[_i].sample);
    for (size_t lane = 0; lane < LANES; lane++) {
        /* half of the last digit that the paper prints */
        ck_assert_double_eq_tol(there[lane], sharma_2005[_i].ciede2000, 5.01e-5);
        ck_assert_double_eq_tol(there[lane], scalar, LANES_CIEDE2000_ERROR);
        ck_assert_double_eq_tol(back[lane], scalar, LANES_CIEDE2000_ERROR);
    }
}
END_TEST

static cmsCIELab random_lab(uint64_t *state, double reach)
{
    return (cmsCIELab){100 * random_share(state), reach * (2 * random_share(state) - 1),
                       reach * (2 * random_share(state) - 1)};
}

/* Far apart, near, equal, without chroma, of opposite hues; far out and nearly grey. */
static void fill_pair(uint64_t *state, struct lanes_lab *standard,
                      struct lanes_lab *sample)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        double reach = pow(10, 2.3 - 5 * random_share(state) * (double)(lane % 2));
        cmsCIELab one = random_lab(state, reach), two = random_lab(state, reach);
        double near = pow(10, -6 * random_share(state));
        if (lane % 4 > 1)
            two = (cmsCIELab){one.L + near * two.L, one.a + near * two.a,
                              one.b + near * two.b};
        if (lane == 4)
            two = one;
        if (lane == 5)
            two.a = two.b = 0;
        if (lane == 6)
            two = (cmsCIELab){two.L, -near * one.a, -near * one.b};
        if (lane == 7)
            two = (cmsCIELab){two.L, one.a, -one.b};
        put(standard, lane, one);
        put(sample, lane, two);
    }
}

START_TEST(ciede2000_of_a_million_pairs_is_that_of_the_scalar_path)
{
    uint64_t state = random_seed(2);
    double worst = 0;
    for (size_t group = 0; group < MANY; group++) {
        struct lanes_lab standard, sample;
        double difference[LANES];
        fill_pair(&state, &standard, &sample);
        lanes_ciede2000(lanes_isa_best(), &standard, &sample, 1, difference);
        for (size_t lane = 0; lane < LANES; lane++) {
            double expected =
                difference_ciede2000(get(&standard, lane), get(&sample, lane));
            worst = fmax(worst, fabs(difference[lane] - expected));
        }
        ck_assert_double_eq(difference[4], 0);
    }
    ck_assert_double_le(worst, LANES_CIEDE2000_ERROR);
}
END_TEST

/* -- instruction sets ----------------------------------------------------------- */

START_TEST(every_instruction_set_gives_the_same_bits)
{
    struct weights weights = weights_of("A", OBSERVER_CIE_1964_10DEG);
    uint64_t state = random_seed(3);
    for (size_t round = 0; round < 2000; round++) {
        double reflectance[31 * LANES], difference[LANES], expected_difference[LANES];
        struct lanes_lab standard, sample, lab, expected;
        fill_spectra(&state, reflectance);
        fill_pair(&state, &standard, &sample);
        lanes_lab(LANES_BASELINE, &weights, reflectance, 1, &expected);
        lanes_ciede2000(LANES_BASELINE, &standard, &sample, 1, expected_difference);
        lanes_lab((enum lanes_isa)_i, &weights, reflectance, 1, &lab);
        lanes_ciede2000((enum lanes_isa)_i, &standard, &sample, 1, difference);
        ck_assert_mem_eq(&lab, &expected, sizeof lab);
        ck_assert_mem_eq(difference, expected_difference, sizeof difference);
    }
}
END_TEST

START_TEST(the_best_instruction_set_runs)
{
    ck_assert(lanes_isa_runs(LANES_BASELINE));
    ck_assert(lanes_isa_runs(lanes_isa_best()));
    ck_assert(!lanes_isa_runs(LANES_ISA_COUNT));
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("lanes");
    TCase *tests = tcase_create("lanes");
    tcase_add_test(tests, lab_of_a_million_spectra_is_that_of_the_scalar_path);
    tcase_add_test(tests, the_cube_root_is_good_to_1e_15);
    tcase_add_test(tests, the_perfect_diffuser_is_white_and_black_is_black);
    tcase_add_loop_test(tests, ciede2000_matches_the_published_pairs_in_both_orders, 0,
                        PUBLISHED_PAIRS);
    tcase_add_test(tests, ciede2000_of_a_million_pairs_is_that_of_the_scalar_path);
    tcase_add_test(tests, the_best_instruction_set_runs);
    instruction_sets_add(tests, every_instruction_set_gives_the_same_bits);
    suite_add_tcase(suite, tests);
    return suite;
}
