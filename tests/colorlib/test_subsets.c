/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_rng.h>

#include "colorlib/subsets.h"
#include "tests/runner.h"

enum { ROWS = 20 };

/* Normal equations of random columns, positive as absorptions are, and a right side made
 * of some of them with noise; the same for one seed. */
static struct normal_equations random_equations(unsigned long seed, size_t count)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus);
    gsl_rng_set(rng, seed);
    double column[PIGMENT_MAX][ROWS], goal[ROWS] = {0};
    for (size_t i = 0; i < count; i++) {
        double amount = gsl_rng_uniform(rng) < 0.3 ? gsl_rng_uniform(rng) : 0;
        for (size_t r = 0; r < ROWS; r++) {
            column[i][r] = gsl_rng_uniform(rng);
            goal[r] += amount * column[i][r];
        }
    }
    for (size_t r = 0; r < ROWS; r++)
        goal[r] += 0.5 * (gsl_rng_uniform(rng) - 0.3);
    gsl_rng_free(rng);

    struct normal_equations e = {.count = count};
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; j < count; j++)
                e.gram[i][j] += column[i][r] * column[j][r];
            e.right_side[i] += column[i][r] * goal[r];
        }
        e.constant += goal[r] * goal[r];
    }
    return e;
}

static double residual(const struct normal_equations *e, const double *c)
{
    double sum = e->constant;
    for (size_t i = 0; i < e->count; i++) {
        sum -= 2 * e->right_side[i] * c[i];
        for (size_t j = 0; j < e->count; j++)
            sum += e->gram[i][j] * c[i] * c[j];
    }
    return sum;
}

/* The best residual over every support of at most max columns, each solved by GSL's LU
 * decomposition: the oracle. */
static double brute_force(const struct normal_equations *e, size_t max)
{
    double best = e->constant;
    for (unsigned support = 1; support < 1u << e->count; support++) {
        size_t index[PIGMENT_MAX], n = 0;
        for (size_t i = 0; i < e->count; i++)
            if (support >> i & 1)
                index[n++] = i;
        if (n > max)
            continue;
        gsl_matrix *a = gsl_matrix_alloc(n, n);
        gsl_vector *b = gsl_vector_alloc(n), *x = gsl_vector_alloc(n);
        gsl_permutation *p = gsl_permutation_alloc(n);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++)
                gsl_matrix_set(a, i, j, e->gram[index[i]][index[j]]);
            gsl_vector_set(b, i, e->right_side[index[i]]);
        }
        int sign;
        gsl_linalg_LU_decomp(a, p, &sign);
        gsl_linalg_LU_solve(a, p, b, x);
        double c[PIGMENT_MAX] = {0}, least = HUGE_VAL;
        for (size_t i = 0; i < n; i++) {
            c[index[i]] = gsl_vector_get(x, i);
            least = fmin(least, c[index[i]]);
        }
        if (least > 0)
            best = fmin(best, residual(e, c));
        gsl_permutation_free(p);
        gsl_vector_free(x);
        gsl_vector_free(b);
        gsl_matrix_free(a);
    }
    return best;
}

static const unsigned long seeds[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

START_TEST(the_best_subset_is_that_of_brute_force)
{
    struct subset best[SUBSETS_KEPT];
    for (size_t max = 1; max <= MIXTURE_MAX; max++) {
        struct normal_equations e = random_equations(seeds[_i], 7);
        size_t kept;
        subsets_search(&e, max, best, &kept);
        ck_assert_uint_gt(kept, 0);
        /* two ways to sum the same squares, about 20 terms of order 1 */
        ck_assert_double_eq_tol(best[0].residual, brute_force(&e, max), 1e-9);
    }
}
END_TEST

START_TEST(the_solution_of_four_pigments_meets_the_kkt_conditions)
{
    struct normal_equations e = random_equations(seeds[_i], 4);
    struct subset best[SUBSETS_KEPT];
    size_t kept;
    subsets_search(&e, 4, best, &kept);
    double c[PIGMENT_MAX] = {0};
    for (size_t k = 0; k < best[0].count; k++) {
        ck_assert_double_gt(best[0].concentration[k], 0);
        c[best[0].pigment[k]] = best[0].concentration[k];
    }
    for (size_t i = 0; i < e.count; i++) {
        double gradient = -e.right_side[i];
        for (size_t j = 0; j < e.count; j++)
            gradient += e.gram[i][j] * c[j];
        if (c[i] > 0)
            ck_assert_double_eq_tol(gradient, 0, 1e-9);
        else
            ck_assert_double_ge(gradient, -1e-9);
    }
}
END_TEST

START_TEST(subsets_come_sorted_without_repeats_and_with_their_own_residual)
{
    struct normal_equations e = random_equations(seeds[_i], 30);
    static struct subset best[SUBSETS_KEPT];
    size_t kept, of_size[MIXTURE_MAX + 1] = {0};
    subsets_search(&e, 4, best, &kept);
    ck_assert_uint_eq(kept, SUBSETS_KEPT);
    for (size_t s = 0; s < kept; s++) {
        double c[PIGMENT_MAX] = {0};
        of_size[best[s].count]++;
        for (size_t k = 0; k < best[s].count; k++)
            c[best[s].pigment[k]] = best[s].concentration[k];
        for (size_t k = 1; k < best[s].count; k++)
            ck_assert_uint_gt(best[s].pigment[k], best[s].pigment[k - 1]);
        ck_assert_double_eq_tol(best[s].residual, residual(&e, c), 1e-9);
        if (s > 0)
            ck_assert_double_ge(best[s].residual, best[s - 1].residual);
    }
    for (size_t n = 2; n <= 3; n++)
        ck_assert_uint_ge(of_size[n], SUBSETS_KEPT_EACH);
}
END_TEST

START_TEST(every_active_set_of_forty_pigments_is_solved)
{
    /* columns in general position: C(40, 1..4) = 40 + 780 + 9880 + 91390 */
    struct normal_equations e = random_equations(99, 40);
    static struct subset best[SUBSETS_KEPT];
    size_t kept;
    ck_assert_uint_eq(subsets_search(&e, 4, best, &kept), 102090);
}
END_TEST

START_TEST(one_set_solved_alone_equals_its_place_in_the_search)
{
    struct normal_equations e = random_equations(seeds[_i], 6);
    struct subset best[SUBSETS_KEPT], alone;
    size_t kept;
    subsets_search(&e, 3, best, &kept);
    for (size_t s = 0; s < kept; s++) {
        ck_assert_int_eq(subsets_solve(&e, best[s].pigment, best[s].count, &alone),
                         STATUS_OK);
        ck_assert_double_eq(alone.residual, best[s].residual);
    }
}
END_TEST

START_TEST(dependent_columns_are_passed_over)
{
    struct normal_equations e = random_equations(5, 3);
    for (size_t i = 0; i < 3; i++) { /* pigment 2 becomes pigment 0 again */
        e.gram[2][i] = e.gram[0][i];
        e.gram[i][2] = e.gram[i][0];
    }
    e.gram[2][2] = e.gram[0][0];
    e.right_side[2] = e.right_side[0];
    struct subset out;
    ck_assert_int_eq(subsets_solve(&e, (const size_t[]){0, 2}, 2, &out),
                     STATUS_NOT_FOUND);
    struct subset best[SUBSETS_KEPT];
    size_t kept;
    subsets_search(&e, 3, best, &kept);
    for (size_t s = 0; s < kept; s++)
        for (size_t k = 0; k < best[s].count; k++)
            ck_assert_double_le(best[s].concentration[k], 10);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("subsets");
    TCase *search = tcase_create("search");
    int n = sizeof seeds / sizeof seeds[0];
    tcase_add_loop_test(search, the_best_subset_is_that_of_brute_force, 0, n);
    tcase_add_loop_test(search, the_solution_of_four_pigments_meets_the_kkt_conditions, 0,
                        n);
    tcase_add_loop_test(
        search, subsets_come_sorted_without_repeats_and_with_their_own_residual, 0, n);
    tcase_add_loop_test(search, one_set_solved_alone_equals_its_place_in_the_search, 0,
                        n);
    tcase_add_test(search, every_active_set_of_forty_pigments_is_solved);
    tcase_add_test(search, dependent_columns_are_passed_over);
    suite_add_tcase(s, search);
    return s;
}
