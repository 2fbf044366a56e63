/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/batch.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "colorlib/batch_values.h"

/* The share of a limit that an uncertainty may have for a pass. */
static const double uncertainty_share = 0.25;

/* Readings asked for where nothing was read twice. */
enum { READINGS_TO_REPEAT = 3 };

const char *batch_verdict_text(enum batch_verdict verdict)
{
    switch (verdict) { /* no default: the compiler reports one without a text */
    case BATCH_PASS: return "PASS";
    case BATCH_MARGINAL: return "MARGINAL";
    case BATCH_INCONCLUSIVE: return "INCONCLUSIVE";
    case BATCH_FAIL: return "FAIL";
    }
    return "unknown verdict";
}

/* -- decision ------------------------------------------------------------------------ */

/* Where a value stands: how far from the middle of what is allowed, and half its width.
 */
struct position {
    double away;
    double half;
};

static struct position position_of(const struct tolerance_limit *limit, double value)
{
    if (limit->kind == TOLERANCE_BELOW)
        return (struct position){value, limit->most};
    return (struct position){fabs(value - (limit->least + limit->most) / 2),
                             (limit->most - limit->least) / 2};
}

enum batch_verdict batch_decide(const struct tolerance *tolerance,
                                enum tolerance_criterion criterion, double value,
                                double uncertainty)
{
    const struct tolerance_limit *limit = &tolerance->limit[criterion];
    if (limit->kind == TOLERANCE_NO_LIMIT)
        return BATCH_PASS;
    if (isnan(value) || isnan(uncertainty))
        return BATCH_INCONCLUSIVE;
    struct position at = position_of(limit, value);
    bool vague = uncertainty > uncertainty_share * at.half;
    double band = tolerance->guard * uncertainty;
    if (at.away > at.half + (vague ? fmax(band, uncertainty) : band))
        return BATCH_FAIL;
    if (vague || at.away > at.half - band)
        return BATCH_INCONCLUSIVE;
    return at.away > tolerance->warn * at.half ? BATCH_MARGINAL : BATCH_PASS;
}

/* -- means and deviations ------------------------------------------------------------ */

/* A check under way: means, values and their variances. */
struct checking {
    const struct batch_setup *setup;
    const struct batch_readings *side[2]; /* standard, batch */
    struct batch_groups groups;
    struct batch_means means[2];
    struct batch_values values;
    double variance[2][TOLERANCE_CRITERIA][BATCH_GROUPS]; /* by whose mean */
    double freedom[BATCH_GROUPS];
};

static void mean_of(const struct bands *reading, size_t count, struct bands *out)
{
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += reading[k].value[i];
        out->value[i] = sum / (double)count;
    }
}

static void means_of(const struct batch_readings *readings, struct batch_means *out)
{
    for (size_t g = 0; g < BATCH_GROUPS; g++)
        if (readings->count[g] > 0)
            mean_of(readings->reading[g], readings->count[g], &out->mean[g]);
}

/* Adds the variance that the mean of one side has from one deviation of a reading. The
 * step is that of the mean itself and goes both ways: a distance near 0, where the slope
 * of both ways would cancel, then has the spread of the noise. */
static enum status add_deviation(struct checking *checking, size_t side, size_t group,
                                 const struct bands *deviation)
{
    double scale = 1 / sqrt((double)checking->side[side]->count[group]);
    double share = 1 / (2 * checking->freedom[group]);
    for (int sign = -1; sign <= 1; sign += 2) {
        struct batch_means moved[2] = {checking->means[0], checking->means[1]};
        struct batch_values values;
        for (size_t i = 0; i < BAND_COUNT; i++)
            moved[side].mean[group].value[i] += sign * scale * deviation->value[i];
        enum status status = batch_values_of(checking->setup, &checking->groups,
                                             &moved[0], &moved[1], &values);
        if (status != STATUS_OK)
            return status;
        for (size_t c = 0; c < TOLERANCE_CRITERIA; c++) {
            double step = values.value[c] - checking->values.value[c];
            checking->variance[side][c][group] += share * step * step;
        }
    }
    return STATUS_OK;
}

/* The deviations of both sides' readings from their means tell of either's mean. */
static enum status add_variances(struct checking *checking, size_t group)
{
    enum status status = STATUS_OK;
    for (size_t from = 0; from < 2; from++)
        for (size_t k = 0; k < checking->side[from]->count[group]; k++) {
            struct bands deviation = checking->side[from]->reading[group][k];
            for (size_t i = 0; i < BAND_COUNT; i++)
                deviation.value[i] -= checking->means[from].mean[group].value[i];
            for (size_t side = 0; side < 2 && status == STATUS_OK; side++)
                status = add_deviation(checking, side, group, &deviation);
        }
    return status;
}

static enum status all_variances(struct checking *checking)
{
    enum status status = STATUS_OK;
    for (size_t g = 0; g < BATCH_GROUPS && status == STATUS_OK; g++) {
        if (!checking->groups.read[g])
            continue;
        checking->freedom[g] =
            (double)(checking->side[0]->count[g] + checking->side[1]->count[g] - 2);
        if (checking->freedom[g] > 0)
            status = add_variances(checking, g);
    }
    return status;
}

/* -- uncertainty --------------------------------------------------------------------- */

/* With count readings of the batch for every one there was, as Welch and Satterthwaite
 * combine the groups (JCGM 100:2008, G.4.1). */
static double expanded(const struct checking *checking, enum tolerance_criterion c,
                       double more, double *freedom)
{
    double total = 0, squares = 0;
    *freedom = 0;
    for (size_t g = 0; g < BATCH_GROUPS; g++) {
        if (!checking->groups.read[g] ||
            !batch_depends(checking->setup, &checking->groups, c, (enum batch_group)g))
            continue;
        double nu =
            checking->freedom[g] + (more - 1) * (double)checking->side[1]->count[g];
        double variance =
            checking->variance[0][c][g] + checking->variance[1][c][g] / more;
        if (!(checking->freedom[g] > 0))
            return NAN;
        total += variance;
        squares += variance * variance / nu;
    }
    if (!(total > 0)) /* readings that are copies of each other */
        return 0;
    *freedom = total * total / squares;
    return gsl_cdf_tdist_Pinv(0.975, *freedom) * sqrt(total);
}

static size_t readings_to_decide(const struct checking *checking,
                                 const struct tolerance *tolerance,
                                 enum tolerance_criterion c,
                                 const struct batch_result *result)
{
    enum batch_group group = c == TOLERANCE_STRENGTH || c == TOLERANCE_RESIDUAL
                                 ? batch_strength_group(&checking->groups)
                                 : BATCH_COLOR;
    size_t count = checking->side[1]->count[group];
    if (isnan(result->value))
        return 0;
    if (isnan(result->uncertainty))
        return READINGS_TO_REPEAT;
    for (size_t n = count + 1; n <= BATCH_READINGS_MAX; n++) {
        double freedom;
        double uncertainty = expanded(checking, c, (double)n / (double)count, &freedom);
        if (batch_decide(tolerance, c, result->value, uncertainty) != BATCH_INCONCLUSIVE)
            return n;
    }
    return 0;
}

static void judge(const struct checking *checking, const struct tolerance *tolerance,
                  struct batch_check *out)
{
    out->verdict = BATCH_PASS;
    for (size_t i = 0; i < TOLERANCE_CRITERIA; i++) {
        enum tolerance_criterion c = (enum tolerance_criterion)i;
        struct batch_result *result = &out->result[i];
        *result = (struct batch_result){.value = checking->values.value[i]};
        result->uncertainty = expanded(checking, c, 1, &result->freedom);
        result->verdict = batch_decide(tolerance, c, result->value, result->uncertainty);
        if (result->verdict == BATCH_INCONCLUSIVE)
            result->readings = readings_to_decide(checking, tolerance, c, result);
        if (tolerance->limit[i].critical && result->verdict > out->verdict) {
            out->verdict = result->verdict;
            out->decided = c;
        }
    }
}

/* -- the check ----------------------------------------------------------------------- */

static bool is_reading(const struct bands *bands)
{
    for (size_t i = 0; i < BAND_COUNT; i++)
        if (!(bands->value[i] >= -0.05 && bands->value[i] <= 1.5))
            return false;
    return true;
}

static bool are_readings(const struct batch_readings *readings)
{
    for (size_t g = 0; g < BATCH_GROUPS; g++) {
        if (readings->count[g] > BATCH_READINGS_MAX)
            return false;
        for (size_t k = 0; k < readings->count[g]; k++)
            if (!is_reading(&readings->reading[g][k]))
                return false;
    }
    return readings->count[BATCH_COLOR] > 0;
}

static enum status check_setup(const struct batch_setup *setup)
{
    assert(grid_same(&setup->weights->grid, &bands_grid));
    if (!(setup->concentration > 0 && setup->concentration <= 1))
        return STATUS_OUT_OF_RANGE;
    bool film = setup->method != BATCH_HIDES;
    if (!is_reading(&setup->white) ||
        (film && (!is_reading(&setup->card.light) ||
                  !(setup->thickness_mm > 0 && setup->thickness_mm < 10))))
        return STATUS_BAD_DATA;
    return STATUS_OK;
}

/* A pair takes two backings, unless a tint tells the strength. */
static bool can_tell_strength(const struct batch_setup *setup,
                              const struct batch_groups *groups)
{
    return setup->method != BATCH_PAIR || groups->read[BATCH_DARK] ||
           groups->read[BATCH_TINT];
}

enum status batch_colorant(const struct batch_setup *setup,
                           const struct batch_readings *readings, struct colorant *out)
{
    enum status status = check_setup(setup);
    if (status != STATUS_OK || !are_readings(readings))
        return status != STATUS_OK ? status : STATUS_BAD_DATA;
    struct batch_groups groups;
    struct batch_means means;
    struct colorant colorant;
    for (size_t g = 0; g < BATCH_GROUPS; g++)
        groups.read[g] = readings->count[g] > 0;
    if (!can_tell_strength(setup, &groups))
        return STATUS_BAD_DATA;
    means_of(readings, &means);
    status = batch_colorant_of(setup, &groups, &means, &colorant);
    if (status == STATUS_OK)
        *out = colorant;
    return status;
}

enum status batch_check(const struct batch_setup *setup,
                        const struct batch_readings *standard,
                        const struct batch_readings *batch,
                        const struct tolerance *tolerance, struct batch_check *out)
{
    struct checking checking = {.setup = setup, .side = {standard, batch}};
    enum status status = check_setup(setup);
    if (status != STATUS_OK)
        return status;
    if (!are_readings(standard) || !are_readings(batch))
        return STATUS_BAD_DATA;
    for (size_t g = 0; g < BATCH_GROUPS; g++)
        checking.groups.read[g] = standard->count[g] > 0 && batch->count[g] > 0;
    if (!can_tell_strength(setup, &checking.groups))
        return STATUS_BAD_DATA;
    means_of(standard, &checking.means[0]);
    means_of(batch, &checking.means[1]);
    status = batch_values_of(setup, &checking.groups, &checking.means[0],
                             &checking.means[1], &checking.values);
    if (status == STATUS_OK)
        status = all_variances(&checking);
    if (status != STATUS_OK)
        return status;
    struct batch_check check = {.strength = checking.values.strength,
                                .standard = checking.values.standard,
                                .batch = checking.values.batch};
    judge(&checking, tolerance, &check);
    *out = check;
    return STATUS_OK;
}
