/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_solve.h"

#include <string.h>

/* Unknowns in the order K, S of the first band, K, S of the second, ...: a second
 * difference then reaches four places. */
enum { PLACES = 2 * BAND_COUNT, REACH = 4 };

/* A symmetric matrix of narrow band: the diagonal and REACH places before it. */
struct narrow {
    double place[PLACES][REACH + 1];
};

/* What smoothing may add to chi-square (colour note, 5.5). */
static const double share_max = 0.05;

static void add(struct narrow *matrix, size_t i, size_t j, double number)
{
    if (j <= i)
        matrix->place[i][i - j] += number;
}

/* Solves in place by Cholesky's factors; the matrix is positive definite. */
static void solve(struct narrow *matrix, double *x)
{
    for (size_t i = 0; i < PLACES; i++) {
        size_t first = i > REACH ? i - REACH : 0;
        for (size_t j = first; j <= i; j++) {
            double sum = matrix->place[i][i - j];
            for (size_t k = j > REACH && j - REACH > first ? j - REACH : first; k < j;
                 k++)
                sum -= matrix->place[i][i - k] * matrix->place[j][j - k];
            matrix->place[i][i - j] = j < i ? sum / matrix->place[j][0] : sqrt(sum);
        }
        for (size_t j = first; j < i; j++)
            x[i] -= matrix->place[i][i - j] * x[j];
        x[i] /= matrix->place[i][0];
    }
    for (size_t i = PLACES; i-- > 0;) {
        x[i] /= matrix->place[i][0];
        for (size_t j = i > REACH ? i - REACH : 0; j < i; j++)
            x[j] -= matrix->place[i][i - j] * x[i];
    }
}

/* The size a coefficient has about a band, its deviation included, so that what is noise
 * about zero is smoothed as well; not too small against the others for the arithmetic. */
static double magnitude(const struct ladder_point *points, size_t band, size_t unknown)
{
    double mean = (points[band - 1].value[unknown] + 2 * points[band].value[unknown] +
                   points[band + 1].value[unknown]) /
                  4;
    double deviation = sqrt(points[band].covariance[unknown][unknown]);
    double largest = 0;
    for (size_t i = 0; i < BAND_COUNT; i++)
        largest = fmax(largest, points[i].value[unknown]);
    return hypot(mean, isfinite(deviation) ? deviation : 0) + 1e-6 * largest + 1e-12;
}

/* Second differences relative to the curve, squared. */
static void add_roughness(const struct ladder_point *points, size_t unknown,
                          double weight, struct narrow *matrix)
{
    static const double difference[] = {1, -2, 1};
    for (size_t band = 1; band + 1 < BAND_COUNT; band++) {
        double m = magnitude(points, band, unknown);
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++)
                add(matrix, 2 * (band - 1 + i) + unknown, 2 * (band - 1 + j) + unknown,
                    weight * difference[i] * difference[j] / (m * m));
    }
}

/* The coefficients that trade chi-square against roughness at a weight. */
static void smooth_by(const struct ladder_point *points, enum ladder_constants constants,
                      double weight, double *x)
{
    struct narrow matrix = {.place = {{0}}};
    for (size_t band = 0; band < BAND_COUNT; band++) {
        const struct ladder_point *point = &points[band];
        for (size_t i = 0; i < 2; i++) {
            x[2 * band + i] = 0;
            for (size_t j = 0; j < 2; j++) {
                add(&matrix, 2 * band + i, 2 * band + j, point->information[i][j]);
                x[2 * band + i] += point->information[i][j] * point->value[j];
            }
        }
        if (constants == LADDER_ONE_CONSTANT)
            add(&matrix, 2 * band + LADDER_S, 2 * band + LADDER_S, 1);
    }
    add_roughness(points, LADDER_K, weight, &matrix);
    if (constants == LADDER_TWO_CONSTANTS)
        add_roughness(points, LADDER_S, weight, &matrix);
    solve(&matrix, x);
    for (size_t i = 0; i < PLACES; i++)
        x[i] = fmax(x[i], 0);
}

/* What coefficients other than the solved ones add to chi-square. */
static double added(const struct ladder_point *points, const double *x)
{
    double sum = 0;
    for (size_t band = 0; band < BAND_COUNT; band++)
        for (size_t i = 0; i < 2; i++)
            for (size_t j = 0; j < 2; j++)
                sum += points[band].information[i][j] *
                       (x[2 * band + i] - points[band].value[i]) *
                       (x[2 * band + j] - points[band].value[j]);
    return sum;
}

double ladder_smooth(const struct ladder_point *points, enum ladder_constants constants,
                     double chi_square, struct colorant *out)
{
    double x[PLACES], low = -8, high = 12; /* decades of weight: none to straight lines */
    for (int n = 0; n < 30; n++) {
        double middle = (low + high) / 2;
        smooth_by(points, constants, pow(10, middle), x);
        *(added(points, x) <= share_max * chi_square ? &low : &high) = middle;
    }
    smooth_by(points, constants, pow(10, low), x);
    for (size_t band = 0; band < BAND_COUNT; band++) {
        out->K.value[band] = x[2 * band + LADDER_K];
        out->S.value[band] = x[2 * band + LADDER_S];
    }
    return chi_square > 0 ? added(points, x) / chi_square : 0;
}
