/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_rng.h>

#include "colorlib/nnls.h"
#include "tests/runner.h"

enum { COLUMNS = 5, ROWS = 9, PROBLEMS = 200 };

struct system {
    double row[ROWS][COLUMNS];
    double right_side[ROWS];
    double weight[ROWS];
};

/* Numbers of either sign, so that about half of the columns end up at zero. */
static struct system random_system(gsl_rng *rng)
{
    struct system system;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++)
            system.row[i][j] = gsl_rng_uniform(rng) - 0.3;
        system.right_side[i] = gsl_rng_uniform(rng) - 0.4;
        system.weight[i] = 0.5 + gsl_rng_uniform(rng);
    }
    return system;
}

static struct nnls problem_of(const struct system *system)
{
    struct nnls problem;
    nnls_begin(COLUMNS, &problem);
    for (size_t i = 0; i < ROWS; i++)
        nnls_add_row(&problem, system->row[i], system->right_side[i], system->weight[i]);
    return problem;
}

/* Half the negative gradient of the weighted sum of squares along a column, and what is
 * left of that sum. */
static double slope(const struct system *system, const double *value, size_t column,
                    double *square)
{
    double sum = 0;
    *square = 0;
    for (size_t i = 0; i < ROWS; i++) {
        double left = system->right_side[i];
        for (size_t j = 0; j < COLUMNS; j++)
            left -= system->row[i][j] * value[j];
        double weight = system->weight[i] * system->weight[i];
        sum += weight * system->row[i][column] * left;
        *square += weight * left * left;
    }
    return sum;
}

/* Gauss-Seidel on the normal equations of the columns of one active set: slow, and
 * nothing of it is shared with what is tested. */
static void solve_set(const struct system *system, unsigned set, double *value)
{
    for (size_t j = 0; j < COLUMNS; j++)
        value[j] = 0;
    double change = 1;
    for (int sweep = 0; sweep < 20000 && change > 1e-12; sweep++) {
        change = 0;
        for (size_t j = 0; j < COLUMNS; j++) {
            double square, diagonal = 0;
            if (!(set & 1U << j))
                continue;
            for (size_t i = 0; i < ROWS; i++)
                diagonal += pow(system->weight[i] * system->row[i][j], 2);
            double step = slope(system, value, j, &square) / diagonal;
            value[j] += step;
            change = fmax(change, fabs(step));
        }
    }
}

static double best_of_all_sets(const struct system *system)
{
    double best = INFINITY;
    for (unsigned set = 0; set < 1U << COLUMNS; set++) {
        double value[COLUMNS], square;
        solve_set(system, set, value);
        int positive = 1;
        for (size_t j = 0; j < COLUMNS; j++)
            positive &= value[j] >= 0;
        slope(system, value, 0, &square);
        if (positive)
            best = fmin(best, square);
    }
    return best;
}

START_TEST(no_active_set_leaves_less)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int i = 0; i < 12; i++) {
        struct system system = random_system(rng);
        struct nnls problem = problem_of(&system);
        struct nnls_solution solution;
        ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
        /* what the sweeps leave of a sum of squares of about 1 */
        ck_assert_double_eq_tol(solution.residual, best_of_all_sets(&system), 1e-9);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(the_conditions_of_kuhn_and_tucker_hold)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    size_t at_zero = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        struct system system = random_system(rng);
        struct nnls problem = problem_of(&system);
        struct nnls_solution solution;
        ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
        for (size_t j = 0; j < COLUMNS; j++) {
            double square, gradient = slope(&system, solution.value, j, &square);
            ck_assert_double_ge(solution.value[j], 0);
            /* rounding of sums of ten numbers of about 1, magnified by the condition */
            ck_assert_double_le(gradient, 1e-11);
            if (solution.value[j] > 0)
                ck_assert_double_ge(gradient, -1e-11);
            else
                at_zero++;
            ck_assert_double_eq_tol(solution.residual, square, 1e-12);
        }
    }
    gsl_rng_free(rng);
    ck_assert_uint_gt(at_zero, PROBLEMS);
    ck_assert_uint_lt(at_zero, PROBLEMS * (COLUMNS - 1));
}
END_TEST

START_TEST(a_positive_solution_is_found_exactly)
{
    const double truth[COLUMNS] = {3, 0.02, 1, 7, 250};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct system system = random_system(rng);
    gsl_rng_free(rng);
    for (size_t i = 0; i < ROWS; i++) {
        system.right_side[i] = 0;
        for (size_t j = 0; j < COLUMNS; j++)
            system.right_side[i] += system.row[i][j] * truth[j];
    }
    struct nnls problem = problem_of(&system);
    struct nnls_solution solution;
    ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
    /* rounding relative to the largest, times the condition of the matrix */
    for (size_t j = 0; j < COLUMNS; j++)
        ck_assert_double_eq_tol(solution.value[j], truth[j], 1e-11);
}
END_TEST

START_TEST(columns_of_very_different_size_are_both_found)
{
    struct nnls problem;
    struct nnls_solution solution;
    nnls_begin(2, &problem);
    const double row[3][2] = {{1e-9, 1}, {3e-9, 1}, {2e-9, -1}};
    for (size_t i = 0; i < 3; i++)
        nnls_add_row(&problem, row[i], row[i][0] * 5e9 + row[i][1] * 2, 1);
    ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
    ck_assert_double_eq_tol(solution.value[0], 5e9, 1e-3); /* 13 digits */
    ck_assert_double_eq_tol(solution.value[1], 2, 1e-12);
}
END_TEST

START_TEST(of_two_equal_columns_one_serves)
{
    struct nnls problem;
    struct nnls_solution solution;
    double covariance[4];
    nnls_begin(2, &problem);
    for (int i = 1; i <= 4; i++)
        nnls_add_row(&problem, (double[]){i, 2 * i}, 6 * i, 1);
    ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
    ck_assert_double_eq_tol(solution.value[0] + 2 * solution.value[1], 6, 1e-12);
    ck_assert_double_eq_tol(solution.residual, 0, 1e-20);
    ck_assert_int_eq(nnls_covariance(&problem, covariance), STATUS_REJECTED);
}
END_TEST

START_TEST(without_rows_nothing_is_needed)
{
    struct nnls problem;
    struct nnls_solution solution;
    nnls_begin(3, &problem);
    ck_assert_int_eq(nnls_solve(&problem, &solution), STATUS_OK);
    for (size_t j = 0; j < 3; j++)
        ck_assert_double_eq(solution.value[j], 0);
}
END_TEST

START_TEST(a_row_without_weight_counts_for_nothing)
{
    struct nnls with, without;
    nnls_begin(1, &without);
    nnls_add_row(&without, (double[]){2}, 3, 1);
    with = without;
    nnls_add_row(&with, (double[]){50}, -9, 0);
    struct nnls_solution a, b;
    ck_assert_int_eq(nnls_solve(&with, &a), STATUS_OK);
    ck_assert_int_eq(nnls_solve(&without, &b), STATUS_OK);
    ck_assert_double_eq(a.value[0], b.value[0]);
}
END_TEST

/* Straight line through three points of sd 1, 1, 2 at x = 0, 1, 3, by hand: the weights
 * 1, 1, 1/4 sum to 9/4, x to 7/4, x^2 to 13/4; determinant 117/16 - 49/16 = 17/4. */
START_TEST(the_covariance_is_that_of_weighted_least_squares)
{
    struct nnls problem;
    double covariance[4];
    nnls_begin(2, &problem);
    nnls_add_row(&problem, (double[]){1, 0}, 4, 1);
    nnls_add_row(&problem, (double[]){1, 1}, 5, 1);
    nnls_add_row(&problem, (double[]){1, 3}, 9, 0.5);
    ck_assert_int_eq(nnls_covariance(&problem, covariance), STATUS_OK);
    ck_assert_double_eq_tol(covariance[0], 13.0 / 17, 1e-14);
    ck_assert_double_eq_tol(covariance[1], -7.0 / 17, 1e-14);
    ck_assert_double_eq_tol(covariance[2], -7.0 / 17, 1e-14);
    ck_assert_double_eq_tol(covariance[3], 9.0 / 17, 1e-14);
}
END_TEST

Suite *suite(void)
{
    TCase *solving = tcase_create("solving");
    tcase_add_test(solving, no_active_set_leaves_less);
    tcase_add_test(solving, the_conditions_of_kuhn_and_tucker_hold);
    tcase_add_test(solving, a_positive_solution_is_found_exactly);
    tcase_add_test(solving, columns_of_very_different_size_are_both_found);
    tcase_add_test(solving, of_two_equal_columns_one_serves);
    tcase_add_test(solving, without_rows_nothing_is_needed);
    tcase_add_test(solving, a_row_without_weight_counts_for_nothing);
    TCase *uncertainty = tcase_create("uncertainty");
    tcase_add_test(uncertainty, the_covariance_is_that_of_weighted_least_squares);
    Suite *s = suite_create("nnls");
    suite_add_tcase(s, solving);
    suite_add_tcase(s, uncertainty);
    return s;
}
