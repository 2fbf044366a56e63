/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/nnls.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* A pivot below this share of its column is a dependent column. */
static const double dependent = 1e-12;

/* A gradient below this share of column times right side is rounding. */
static const double flat = 1e-13;

void nnls_begin(size_t columns, struct nnls *out)
{
    assert(columns >= 1 && columns <= NNLS_COLUMNS_MAX);
    memset(out, 0, sizeof *out);
    out->columns = columns;
}

/* Rotates a row of columns + 1 numbers into the triangle (Givens); the row is used up. */
static void rotate_in(struct nnls *problem, double *row)
{
    size_t width = problem->columns + 1;
    for (size_t k = 0; k < width; k++) {
        if (row[k] == 0)
            continue;
        double *pivot = problem->triangle[k];
        double length = hypot(pivot[k], row[k]);
        double c = pivot[k] / length, s = row[k] / length;
        for (size_t j = k; j < width; j++) {
            double upper = pivot[j];
            pivot[j] = c * upper + s * row[j];
            row[j] = c * row[j] - s * upper;
        }
    }
}

void nnls_add_row(struct nnls *problem, const double *row, double right_side,
                  double weight)
{
    assert(weight >= 0);
    double weighted[NNLS_COLUMNS_MAX + 1];
    for (size_t j = 0; j < problem->columns; j++)
        weighted[j] = weight * row[j];
    weighted[problem->columns] = weight * right_side;
    rotate_in(problem, weighted);
}

/* A walk over the active sets: the columns in use, and the solution on the way. */
struct walk {
    const struct nnls *problem;
    bool used[NNLS_COLUMNS_MAX];
    bool barred[NNLS_COLUMNS_MAX]; /* dependent on those in use */
    double value[NNLS_COLUMNS_MAX];
};

/* The triangle of some columns: the rows of the whole one, rotated together again. */
static size_t narrow(const struct walk *walk, size_t *column, struct nnls *out)
{
    size_t columns = walk->problem->columns, count = 0;
    for (size_t j = 0; j < columns; j++)
        if (walk->used[j])
            column[count++] = j;
    nnls_begin(count, out);
    for (size_t i = 0; i <= columns; i++) {
        double row[NNLS_COLUMNS_MAX + 1];
        for (size_t k = 0; k < count; k++)
            row[k] = walk->problem->triangle[i][column[k]];
        row[count] = walk->problem->triangle[i][columns];
        rotate_in(out, row);
    }
    return count;
}

/* Whether the last column of a triangle depends on those before it. */
static bool is_dependent(const struct nnls *triangle, size_t column)
{
    double square = 0;
    for (size_t i = 0; i <= column; i++)
        square += triangle->triangle[i][column] * triangle->triangle[i][column];
    return !(fabs(triangle->triangle[column][column]) > dependent * sqrt(square));
}

/* The least squares solution of the columns in use, without bounds, zero elsewhere. */
static enum status solve_used(const struct walk *walk, double *out)
{
    struct nnls part;
    size_t column[NNLS_COLUMNS_MAX];
    size_t count = narrow(walk, column, &part);
    double solved[NNLS_COLUMNS_MAX] = {0};
    for (size_t k = count; k-- > 0;) {
        if (is_dependent(&part, k))
            return STATUS_REJECTED;
        double sum = part.triangle[k][count];
        for (size_t j = k + 1; j < count; j++)
            sum -= part.triangle[k][j] * solved[j];
        solved[k] = sum / part.triangle[k][k];
    }
    memset(out, 0, walk->problem->columns * sizeof *out);
    for (size_t k = 0; k < count; k++)
        out[column[k]] = solved[k];
    return STATUS_OK;
}

/* What is left of each row of the triangle; returns the sum of squares. */
static double residuals(const struct nnls *problem, const double *value, double *out)
{
    size_t columns = problem->columns;
    double square = 0;
    for (size_t i = 0; i <= columns; i++) {
        out[i] = problem->triangle[i][columns];
        for (size_t j = i; j < columns; j++)
            out[i] -= problem->triangle[i][j] * value[j];
        square += out[i] * out[i];
    }
    return square;
}

/* The unused column along which the residual falls fastest; columns when none does. */
static size_t steepest(const struct walk *walk)
{
    size_t columns = walk->problem->columns, best = columns;
    double left[NNLS_COLUMNS_MAX + 1], best_slope = 0;
    const double zero[NNLS_COLUMNS_MAX] = {0};
    double scale = sqrt(residuals(walk->problem, zero, left));
    residuals(walk->problem, walk->value, left);
    for (size_t j = 0; j < columns; j++) {
        double slope = 0, square = 0;
        for (size_t i = 0; i <= j; i++) {
            double element = walk->problem->triangle[i][j];
            slope += element * left[i];
            square += element * element;
        }
        if (walk->used[j] || walk->barred[j] || slope <= flat * sqrt(square) * scale)
            continue;
        if (slope / sqrt(square) > best_slope) {
            best_slope = slope / sqrt(square);
            best = j;
        }
    }
    return best;
}

/* Goes from the walk's values towards the ones solved for until the first of them
 * reaches zero, and puts that column out of use. False when all stay positive. */
static bool step_to_bound(struct walk *walk, const double *solved)
{
    size_t columns = walk->problem->columns, first = columns;
    double share = 1;
    for (size_t j = 0; j < columns; j++) {
        if (!walk->used[j] || solved[j] > 0)
            continue;
        double reach = walk->value[j] / (walk->value[j] - solved[j]);
        if (first == columns || reach < share) {
            share = reach;
            first = j;
        }
    }
    for (size_t j = 0; j < columns; j++)
        walk->value[j] += share * (solved[j] - walk->value[j]);
    if (first == columns)
        return false;
    walk->value[first] = 0;
    walk->used[first] = false;
    return true;
}

/* Takes a column into use and solves, leaving out what would be negative. */
static void enter(struct walk *walk, size_t column)
{
    double solved[NNLS_COLUMNS_MAX];
    walk->used[column] = true;
    /* a column that turns negative as it enters does so by rounding only */
    if (solve_used(walk, solved) != STATUS_OK || !(solved[column] > 0)) {
        walk->used[column] = false;
        walk->barred[column] = true;
        return;
    }
    memset(walk->barred, 0, sizeof walk->barred);
    while (step_to_bound(walk, solved))
        if (solve_used(walk, solved) != STATUS_OK)
            return;
}

enum status nnls_solve(const struct nnls *problem, struct nnls_solution *out)
{
    struct walk walk = {.problem = problem};
    for (size_t step = 0; step <= 3 * problem->columns; step++) {
        size_t column = steepest(&walk);
        if (column == problem->columns) {
            double left[NNLS_COLUMNS_MAX + 1];
            out->residual = residuals(problem, walk.value, left);
            memcpy(out->value, walk.value, sizeof walk.value);
            return STATUS_OK;
        }
        enter(&walk, column);
    }
    return STATUS_NOT_CONVERGED;
}

/* (R' R)^-1 = Q Q' with Q the inverse of the triangle R. */
enum status nnls_covariance(const struct nnls *problem, double *out)
{
    size_t n = problem->columns;
    double inverse[NNLS_COLUMNS_MAX][NNLS_COLUMNS_MAX] = {{0}};
    for (size_t j = 0; j < n; j++) {
        if (is_dependent(problem, j))
            return STATUS_REJECTED;
        inverse[j][j] = 1 / problem->triangle[j][j];
        for (size_t i = j; i-- > 0;) {
            double sum = 0;
            for (size_t k = i + 1; k <= j; k++)
                sum += problem->triangle[i][k] * inverse[k][j];
            inverse[i][j] = -sum / problem->triangle[i][i];
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t k = i > j ? i : j; k < n; k++)
                sum += inverse[i][k] * inverse[j][k];
            out[i * n + j] = sum;
        }
    return STATUS_OK;
}
