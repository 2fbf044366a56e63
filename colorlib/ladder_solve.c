/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_solve.h"

#include <string.h>

#include "colorlib/nnls.h"

/* Whole steps at first; then half ones, for weights that follow the values can make whole
 * steps swing about the solution. */
enum { ITERATIONS_MAX = 80, WHOLE_STEPS = 8, HALVINGS_MAX = 12 };

/* A fall of chi-square below which a solution stands: a step far below a deviation. */
static const double settled = 1e-9;

bool ladder_reads_carrier(const struct ladder *ladder)
{
    for (size_t k = 0; k < ladder->count; k++)
        if (ladder->reading[k].concentration == 0)
            return true;
    return false;
}

double ladder_pour_deviation(const struct ladder *ladder, double concentration)
{
    if (concentration == 0)
        return 0;
    return hypot(ladder->pour_share * concentration, ladder->pour_floor);
}

/* The readings of a ladder at one wavelength as unknowns predict them. */
struct linear {
    double left[LADDER_READINGS_MAX]; /* measured less predicted */
    double by[LADDER_UNKNOWNS][LADDER_READINGS_MAX];
    double deviation[LADDER_READINGS_MAX];
    double pour[LADDER_READINGS_MAX]; /* what one deviation of pouring does, over it */
};

static void linearize_reading(const struct ladder *ladder, size_t band,
                              const double *value, size_t k, struct linear *linear)
{
    const struct ladder_reading *reading = &ladder->reading[k];
    double c = reading->concentration, rest = 1 - c;
    double carrier_S = ladder->carrier.S.value[band];
    double background = reading->drawdown.background.value[band];
    double measured = reading->reflectance.value[band];
    struct drawdown_slopes slopes =
        drawdown_slopes(c * value[LADDER_K] + rest * value[LADDER_CARRIER_K],
                        c * value[LADDER_S] + rest * carrier_S,
                        reading->drawdown.thickness_mm, background, &ladder->view);
    linear->left[k] = measured - slopes.reflectance;
    linear->by[LADDER_K][k] = c * slopes.by_K;
    linear->by[LADDER_S][k] = c * slopes.by_S;
    linear->by[LADDER_CARRIER_K][k] = rest * slopes.by_K;
    double below =
        isinf(reading->drawdown.thickness_mm)
            ? 0
            : slopes.by_background * drawdown_deviation(&ladder->noise, background);
    double deviation = hypot(drawdown_deviation(&ladder->noise, measured), below) + 1e-12;
    linear->deviation[k] = deviation;
    double by_c = slopes.by_K * (value[LADDER_K] - value[LADDER_CARRIER_K]) +
                  slopes.by_S * (value[LADDER_S] - carrier_S);
    linear->pour[k] = by_c * ladder_pour_deviation(ladder, c) / deviation;
}

/*
 * Makes the readings of numbers independent and of deviation 1. With u the effect of
 * pouring, which a level's readings share, their covariance is 1 + u u' after division by
 * their own deviations, and its inverse root 1 - alpha u u'.
 */
static void whiten(const struct ladder *ladder, const struct linear *linear,
                   double *number)
{
    double square[LADDER_LEVELS_MAX] = {0}, dot[LADDER_LEVELS_MAX] = {0};
    for (size_t k = 0; k < ladder->count; k++) {
        size_t level = ladder->reading[k].level;
        number[k] /= linear->deviation[k];
        square[level] += linear->pour[k] * linear->pour[k];
        dot[level] += linear->pour[k] * number[k];
    }
    for (size_t k = 0; k < ladder->count; k++) {
        size_t level = ladder->reading[k].level;
        if (square[level] > 0) {
            double alpha = (1 - 1 / sqrt(1 + square[level])) / square[level];
            number[k] -= alpha * linear->pour[k] * dot[level];
        }
    }
}

static void linearize(const struct ladder *ladder, size_t band, const double *value,
                      struct linear *linear)
{
    for (size_t k = 0; k < ladder->count; k++)
        linearize_reading(ladder, band, value, k, linear);
    whiten(ladder, linear, linear->left);
    for (size_t u = 0; u < LADDER_UNKNOWNS; u++)
        whiten(ladder, linear, linear->by[u]);
}

static double sum_of_squares(const double *number, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += number[k] * number[k];
    return sum;
}

/* Chi-square of other values by the weights of a linearisation. */
static double chi_square(const struct ladder *ladder, size_t band, const double *value,
                         const struct linear *weights)
{
    double left[LADDER_READINGS_MAX];
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        double c = reading->concentration;
        left[k] =
            reading->reflectance.value[band] -
            drawdown_band(c * value[LADDER_K] + (1 - c) * value[LADDER_CARRIER_K],
                          c * value[LADDER_S] + (1 - c) * ladder->carrier.S.value[band],
                          reading->drawdown.thickness_mm,
                          reading->drawdown.background.value[band], &ladder->view);
    }
    whiten(ladder, weights, left);
    return sum_of_squares(left, ladder->count);
}

/* The unknowns that are free, in columns. */
struct columns {
    size_t count;
    size_t unknown[LADDER_UNKNOWNS];
};

static struct columns free_columns(const struct ladder *ladder)
{
    struct columns columns = {.count = 1, .unknown = {LADDER_K}};
    if (ladder->constants == LADDER_TWO_CONSTANTS)
        columns.unknown[columns.count++] = LADDER_S;
    if (ladder_reads_carrier(ladder))
        columns.unknown[columns.count++] = LADDER_CARRIER_K;
    return columns;
}

/* The linearised readings as a problem in the new values, which stay above zero. */
static void make_problem(const struct linear *linear, const struct columns *columns,
                         const double *value, size_t count, struct nnls *out)
{
    nnls_begin(columns->count, out);
    for (size_t k = 0; k < count; k++) {
        double row[LADDER_UNKNOWNS], right_side = linear->left[k];
        for (size_t j = 0; j < columns->count; j++) {
            row[j] = linear->by[columns->unknown[j]][k];
            right_side += row[j] * value[columns->unknown[j]];
        }
        nnls_add_row(out, row, right_side, 1);
    }
}

/* Goes a share of the way to the target, or less until chi-square falls; false when it
 * does not fall on the way by more than rounding. */
static bool advance(const struct ladder *ladder, size_t band, const struct linear *linear,
                    const double *target, double share, double *value)
{
    double before = sum_of_squares(linear->left, ladder->count);
    for (int n = 0; n <= HALVINGS_MAX; n++, share /= 2) {
        double next[LADDER_UNKNOWNS];
        for (size_t u = 0; u < LADDER_UNKNOWNS; u++)
            next[u] = value[u] + share * (target[u] - value[u]);
        double after = chi_square(ladder, band, next, linear);
        if (!(after <= before))
            continue;
        memcpy(value, next, sizeof next);
        return before - after > settled * (1 + before);
    }
    return false;
}

/* The block of K and S of the covariance, and its inverse. */
static enum status complete(const struct nnls *problem, const struct columns *columns,
                            struct ladder_point *point)
{
    double covariance[LADDER_UNKNOWNS * LADDER_UNKNOWNS];
    enum status status = nnls_covariance(problem, covariance);
    if (status != STATUS_OK)
        return status;
    size_t n = columns->count;
    memset(point->covariance, 0, sizeof point->covariance);
    memset(point->information, 0, sizeof point->information);
    point->covariance[0][0] = covariance[0];
    point->information[0][0] = 1 / covariance[0];
    if (n < 2 || columns->unknown[1] != LADDER_S)
        return STATUS_OK;
    double determinant =
        covariance[0] * covariance[n + 1] - covariance[1] * covariance[1];
    point->covariance[0][1] = point->covariance[1][0] = covariance[1];
    point->covariance[1][1] = covariance[n + 1];
    point->information[0][0] = covariance[n + 1] / determinant;
    point->information[1][1] = covariance[0] / determinant;
    point->information[0][1] = point->information[1][0] = -covariance[1] / determinant;
    return determinant > 0 ? STATUS_OK : STATUS_REJECTED;
}

enum status ladder_solve(const struct ladder *ladder, size_t band, const double *start,
                         struct ladder_point *out)
{
    struct columns columns = free_columns(ladder);
    struct ladder_point point;
    memcpy(point.value, start, sizeof point.value);
    for (int n = 0; n < ITERATIONS_MAX; n++) {
        struct linear linear;
        struct nnls problem;
        struct nnls_solution solution;
        linearize(ladder, band, point.value, &linear);
        make_problem(&linear, &columns, point.value, ladder->count, &problem);
        enum status status = nnls_solve(&problem, &solution);
        if (status != STATUS_OK)
            return status;
        double target[LADDER_UNKNOWNS];
        memcpy(target, point.value, sizeof target);
        for (size_t j = 0; j < columns.count; j++)
            target[columns.unknown[j]] = solution.value[j];
        if (advance(ladder, band, &linear, target, n < WHOLE_STEPS ? 1 : 0.5,
                    point.value))
            continue;
        if (fmax(point.value[LADDER_K], point.value[LADDER_S]) > LADDER_COEFFICIENT_MAX)
            return STATUS_REJECTED;
        point.chi_square = chi_square(ladder, band, point.value, &linear);
        status = complete(&problem, &columns, &point);
        if (status == STATUS_OK)
            *out = point;
        return status;
    }
    return STATUS_NOT_CONVERGED;
}
