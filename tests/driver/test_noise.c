/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/runner.h"

#include <math.h>

#include "driver/noise.h"

enum { DRAWS = 100000 };

/* The first outputs for seed 1234567, as S. Vigna's public-domain splitmix64.c gives. */
START_TEST(bits_are_those_of_splitmix64)
{
    static const uint64_t published[] = {
        6457827717110365317u, 3203168211198807973u,  9817491932198370423u,
        4593380528125082431u, 16408922859458223821u,
    };
    struct noise noise = {1234567};
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        ck_assert_uint_eq(noise_bits(&noise), published[i]);
}
END_TEST

START_TEST(the_seed_alone_decides_the_sequence)
{
    struct noise first = {7};
    struct noise second = {7};
    struct noise other = {8};
    size_t differing = 0;
    for (size_t i = 0; i < 100; i++) {
        double value = noise_normal(&first);
        ck_assert(value == noise_normal(&second));
        differing += value != noise_normal(&other);
    }
    ck_assert_uint_eq(differing, 100);
}
END_TEST

START_TEST(uniform_numbers_fill_the_unit_interval)
{
    struct noise noise = {1};
    double sum = 0, least = 1, most = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        double value = noise_uniform(&noise);
        ck_assert(value > 0 && value <= 1);
        sum += value;
        least = fmin(least, value);
        most = fmax(most, value);
    }
    /* five standard errors, 1 / sqrt(12 n) */
    ck_assert_double_eq_tol(sum / DRAWS, 0.5, 5 * sqrt(1.0 / 12 / DRAWS));
    ck_assert(least < 1e-3 && most > 1 - 1e-3);
}
END_TEST

START_TEST(normal_numbers_have_the_moments_of_the_normal_distribution)
{
    struct noise noise = {1};
    double sum[5] = {0};
    for (size_t i = 0; i < DRAWS; i++) {
        double power = 1, value = noise_normal(&noise);
        for (size_t k = 1; k <= 4; k++)
            sum[k] += power *= value;
    }
    /* five standard errors: the k-th power's variance is 1, 2, 15, 96 */
    ck_assert_double_eq_tol(sum[1] / DRAWS, 0, 5 * sqrt(1.0 / DRAWS));
    ck_assert_double_eq_tol(sum[2] / DRAWS, 1, 5 * sqrt(2.0 / DRAWS));
    ck_assert_double_eq_tol(sum[3] / DRAWS, 0, 5 * sqrt(15.0 / DRAWS));
    ck_assert_double_eq_tol(sum[4] / DRAWS, 3, 5 * sqrt(96.0 / DRAWS));
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("noise");
    TCase *tc = tcase_create("noise");
    tcase_add_test(tc, bits_are_those_of_splitmix64);
    tcase_add_test(tc, the_seed_alone_decides_the_sequence);
    tcase_add_test(tc, uniform_numbers_fill_the_unit_interval);
    tcase_add_test(tc, normal_numbers_have_the_moments_of_the_normal_distribution);
    suite_add_tcase(s, tc);
    return s;
}
