/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/ladder_check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "colorlib/difference.h"

/* A ladder of some of another one's readings. */
struct part {
    struct ladder ladder;
    struct ladder_reading reading[LADDER_READINGS_MAX];
};

/* The readings but one (level LADDER_LEVELS_MAX), or but those of a level (index
 * LADDER_READINGS_MAX). */
static void leave_out(const struct ladder *ladder, size_t index, size_t level,
                      struct part *part)
{
    part->ladder = *ladder;
    part->ladder.reading = part->reading;
    part->ladder.count = 0;
    for (size_t k = 0; k < ladder->count; k++)
        if (k != index && ladder->reading[k].level != level)
            part->reading[part->ladder.count++] = ladder->reading[k];
}

static double error_of(const struct ladder *ladder, const struct colorant *colorant,
                       double concentration, const struct ladder_reading *reading,
                       const struct weights *weights)
{
    struct bands predicted;
    ladder_predict(ladder, colorant, concentration, &reading->drawdown, &predicted);
    return difference_ciede2000(
        colorimetry_reflectance_lab(weights, reading->reflectance.value),
        colorimetry_reflectance_lab(weights, predicted.value));
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static int by_concentration(const void *left, const void *right)
{
    const struct ladder_level *a = left, *b = right;
    return (a->concentration > b->concentration) - (a->concentration < b->concentration);
}

/* The levels with colorant, ascending. */
static size_t find_levels(const struct ladder *ladder, struct ladder_level *level)
{
    bool seen[LADDER_LEVELS_MAX] = {false};
    size_t count = 0;
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        if (reading->concentration == 0 || seen[reading->level])
            continue;
        seen[reading->level] = true;
        level[count++] = (struct ladder_level){.level = reading->level,
                                               .concentration = reading->concentration};
    }
    qsort(level, count, sizeof *level, by_concentration);
    return count;
}

static enum status check_readings(const struct ladder *ladder,
                                  const struct weights *weights,
                                  struct ladder_check *check)
{
    double error[LADDER_READINGS_MAX] = {0};
    size_t count = 0;
    for (size_t k = 0; k < ladder->count; k++) {
        if (ladder->reading[k].concentration == 0)
            continue;
        struct part rest;
        struct ladder_fit fit;
        leave_out(ladder, k, LADDER_LEVELS_MAX, &rest);
        enum status status = ladder_fit(&rest.ladder, &fit);
        if (status != STATUS_OK)
            return status;
        error[count++] = error_of(ladder, &fit.colorant, ladder->reading[k].concentration,
                                  &ladder->reading[k], weights);
    }
    qsort(error, count, sizeof error[0], by_value);
    check->one_out_median = (error[(count - 1) / 2] + error[count / 2]) / 2;
    return STATUS_OK;
}

/* Sums over the readings of levels left out. */
struct sums {
    double error[LADDER_READINGS_MAX];
    size_t count;
    double squares; /* of the errors */
    double effect;  /* squares of the differences from no colorant */
};

static enum status check_level(const struct ladder *ladder, const struct weights *weights,
                               struct ladder_level *level, struct sums *sums)
{
    struct part rest;
    struct ladder_fit fit;
    leave_out(ladder, LADDER_READINGS_MAX, level->level, &rest);
    enum status status = ladder_fit(&rest.ladder, &fit);
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        if (reading->level != level->level)
            continue;
        double error =
            error_of(ladder, &fit.colorant, level->concentration, reading, weights);
        double effect = error_of(ladder, &fit.colorant, 0, reading, weights);
        level->ciede2000 = fmax(level->ciede2000, error);
        sums->error[sums->count++] = error;
        sums->squares += error * error;
        sums->effect += effect * effect;
    }
    return STATUS_OK;
}

/* The run of proved levels that spans the largest ratio. */
static void find_proved(struct ladder_check *check)
{
    for (size_t first = 0; first < check->count; first++)
        for (size_t last = first;
             last < check->count && check->level[last].ciede2000 <= LADDER_PROVED;
             last++) {
            double least = check->level[first].concentration;
            double most = check->level[last].concentration;
            if (check->proved_least == 0 ||
                most / least > check->proved_most / check->proved_least) {
                check->proved_least = least;
                check->proved_most = most;
            }
        }
}

static void report_levels(struct sums *sums, struct ladder_check *check)
{
    qsort(sums->error, sums->count, sizeof sums->error[0], by_value);
    size_t last = sums->count - 1;
    check->level_out_median = (sums->error[last / 2] + sums->error[(last + 1) / 2]) / 2;
    check->level_out_p90 = sums->error[(size_t)ceil(0.9 * (double)last)];
    check->level_out_largest = sums->error[last];
    check->unexplained = sums->effect > 0 ? sqrt(sums->squares / sums->effect) : INFINITY;
    find_proved(check);
}

enum status ladder_check(const struct ladder *ladder, const struct weights *weights,
                         struct ladder_check *out)
{
    assert(grid_same(&weights->grid, &bands_grid));
    struct ladder_fit fit;
    enum status status = ladder_fit(ladder, &fit); /* looks over what was given */
    if (status != STATUS_OK)
        return status;
    struct ladder_check check = {.count = 0};
    check.count = find_levels(ladder, check.level);
    if (check.count < 3)
        return STATUS_OUT_OF_RANGE;
    status = check_readings(ladder, weights, &check);
    struct sums sums = {.count = 0};
    for (size_t k = 0; status == STATUS_OK && k < check.count; k++)
        status = check_level(ladder, weights, &check.level[k], &sums);
    if (status != STATUS_OK)
        return status;
    report_levels(&sums, &check);
    *out = check;
    return STATUS_OK;
}

double ladder_residual(const struct ladder *ladder, const struct colorant *colorant)
{
    double squares = 0;
    size_t count = 0;
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        if (reading->concentration == 0)
            continue;
        struct bands predicted;
        ladder_predict(ladder, colorant, reading->concentration, &reading->drawdown,
                       &predicted);
        for (size_t i = 0; i < BAND_COUNT; i++)
            squares += pow(reading->reflectance.value[i] - predicted.value[i], 2);
        count += BAND_COUNT;
    }
    return count > 0 ? sqrt(squares / (double)count) : 0;
}

/* What a level's readings leave of a colorant at another concentration, in squares of
 * their noise. */
static double misfit(const struct ladder *ladder, const struct colorant *colorant,
                     size_t level, double concentration)
{
    double sum = 0;
    for (size_t k = 0; k < ladder->count; k++) {
        const struct ladder_reading *reading = &ladder->reading[k];
        if (reading->level != level)
            continue;
        struct bands predicted;
        ladder_predict(ladder, colorant, concentration, &reading->drawdown, &predicted);
        for (size_t i = 0; i < BAND_COUNT; i++) {
            double measured = reading->reflectance.value[i];
            double left = (measured - predicted.value[i]) /
                          (drawdown_deviation(&ladder->noise, measured) + 1e-9);
            sum += left * left;
        }
    }
    return sum;
}

/* The concentration at which a level's readings agree best with a colorant, within a
 * factor of 30: the best of a coarse search, then the golden section. */
static double likely_concentration(const struct ladder *ladder,
                                   const struct colorant *colorant, size_t level,
                                   double stated)
{
    enum { STEPS = 60 };
    const double golden = 0.6180339887498949, span = log(30);
    double step = 2 * span / STEPS, best = 0, least = INFINITY;
    for (int n = 0; n <= STEPS; n++) {
        double shift = fmin(-span + n * step, -log(stated));
        double now = misfit(ladder, colorant, level, stated * exp(shift));
        if (now < least) {
            least = now;
            best = shift;
        }
    }
    double low = best - step, high = fmin(best + step, -log(stated));
    for (int n = 0; n < 40; n++) {
        double left = high - golden * (high - low), right = low + golden * (high - low);
        if (misfit(ladder, colorant, level, stated * exp(left)) <
            misfit(ladder, colorant, level, stated * exp(right)))
            high = right;
        else
            low = left;
    }
    return stated * exp((low + high) / 2);
}

/* Both at once: in a careful ladder a few percent are many deviations, in a careless one
 * few. */
static bool contradicts(const struct ladder_suspect *suspect)
{
    const double deviations = 5, ratio = 1.2;
    return suspect->deviations > deviations &&
           fabs(log(suspect->likely / suspect->stated)) > log(ratio);
}

/* Without the level at fault the others must agree at least this much better, or it is
 * not the label that is at fault: share of the scatter. */
static const double agree_share = 0.5;

/* Leaves out one level after the other and keeps the one without which the rest scatters
 * least. */
static enum status find_suspect(const struct ladder *ladder, struct ladder_suspect *out,
                                double *scatter)
{
    struct ladder_level level[LADDER_LEVELS_MAX] = {{0}};
    size_t count = find_levels(ladder, level);
    if (count < 3)
        return STATUS_OUT_OF_RANGE;
    *scatter = INFINITY;
    for (size_t k = 0; k < count; k++) {
        struct part rest;
        struct ladder_fit fit;
        leave_out(ladder, LADDER_READINGS_MAX, level[k].level, &rest);
        enum status status = ladder_fit(&rest.ladder, &fit);
        if (status != STATUS_OK)
            return status;
        if (fit.scatter >= *scatter)
            continue;
        double c = level[k].concentration;
        double deviation =
            hypot(ladder->pour_share, ladder->pour_floor / c) + 1e-9; /* if perfect */
        double likely = likely_concentration(ladder, &fit.colorant, level[k].level, c);
        *scatter = fit.scatter;
        *out = (struct ladder_suspect){.level = level[k].level,
                                       .stated = c,
                                       .likely = likely,
                                       .deviations = fabs(log(likely / c)) / deviation};
    }
    return STATUS_OK;
}

enum status ladder_mislabelled(const struct ladder *ladder, struct ladder_suspect *out)
{
    struct ladder_fit fit;
    struct ladder_suspect suspect;
    double scatter;
    enum status status = ladder_fit(ladder, &fit);
    if (status == STATUS_OK)
        status = find_suspect(ladder, &suspect, &scatter);
    if (status != STATUS_OK)
        return status;
    if (!contradicts(&suspect) || scatter > agree_share * fit.scatter)
        return STATUS_NOT_FOUND;
    *out = suspect;
    return STATUS_OK;
}

enum ladder_verdict ladder_judge(const struct ladder_check *check,
                                 const struct ladder_suspect *suspect)
{
    if (suspect)
        return LADDER_MISLABELLED;
    if (check->unexplained > LADDER_UNEXPLAINED)
        return LADDER_NOT_ADDITIVE;
    return check->proved_most > check->proved_least ? LADDER_HOLDS : LADDER_UNPROVED;
}

const char *ladder_verdict_text(enum ladder_verdict verdict)
{
    switch (verdict) { /* no default: the compiler reports a verdict without a text */
    case LADDER_HOLDS: return "the levels predict each other";
    case LADDER_MISLABELLED: return "one level is not of the concentration stated";
    case LADDER_NOT_ADDITIVE:
        return "the readings do not follow the concentrations: an effect pigment, "
               "flocculation or wrong labels";
    case LADDER_UNPROVED: return "no two neighbouring levels are predicted by the others";
    }
    return "unknown verdict";
}
