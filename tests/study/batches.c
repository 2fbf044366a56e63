/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/study/batches.h"

#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "colorlib/batch.h"
#include "colorlib/ladder.h"

enum { READINGS = 5, TRUTHS = 7, GUARDS = 3, VERDICTS = 3 };

static const double guards[GUARDS] = {0, 0.5, 1};

/* Readings scatter in level by 0.1 %, and band by band by a fifth of that (assumption:
 * drawdowns made with care). */
static const double noise = 0.001;

/* Tints of 1 % in a white of S = 80 per mm that reads 0.9. */
static const double concentration = 0.01;
static const double white_reading = 0.9;
static const double white_scattering = 80;

/* Where lots stand: in half widths of what is allowed from its middle, 1 at the limit. */
static const double places[TRUTHS] = {0, 0.5, 0.8, 1, 1.2, 1.5, 2};

struct bench {
    struct batch_setup setup;
    struct tolerance tolerance;
    struct colorant standard;
    gsl_rng *random;
};

/* A criterion that is decided, and how a lot comes to stand at a place of it. */
struct question {
    const char *text;
    enum tolerance_criterion criterion;
    struct tolerance_limit limit;
};

static const struct question questions[] = {
    {"strength, 97 to 103 %", TOLERANCE_STRENGTH, {TOLERANCE_BETWEEN, 97, 103, true}},
    {"dE00 after strength, < 0.50", TOLERANCE_RESIDUAL, {TOLERANCE_BELOW, 0, 0.5, true}},
};

static void tint(const struct bench *bench, const struct colorant *lot, struct bands *out)
{
    const struct drawdown opaque = {.thickness_mm = DRAWDOWN_OPAQUE};
    struct colorant parts[2] = {*lot}, liquid;
    ladder_white(&bench->setup.white, &bench->setup.view, &parts[1]);
    drawdown_mix(&parts[1], &white_scattering, 1, &parts[1]);
    drawdown_mix(parts, (double[]){concentration, 1 - concentration}, 2, &liquid);
    drawdown_reflectance(&liquid, &opaque, &bench->setup.view, out);
}

static void read_lot(const struct bench *bench, const struct colorant *lot, double share,
                     struct bands room[READINGS], struct batch_readings *out)
{
    struct bands exact;
    tint(bench, lot, &exact);
    for (size_t k = 0; k < READINGS; k++) {
        double level = gsl_ran_gaussian(bench->random, share);
        for (size_t i = 0; i < BAND_COUNT; i++)
            room[k].value[i] =
                exact.value[i] * (1 + level + gsl_ran_gaussian(bench->random, share / 5));
    }
    *out = (struct batch_readings){.reading = {room}, .count = {READINGS}};
}

static struct colorant make_lot(const struct bench *bench, double strength, double tilt)
{
    struct colorant lot = bench->standard;
    for (size_t i = 0; i < BAND_COUNT; i++)
        lot.K.value[i] *= strength * (1 - tilt * ((double)i - 15) / 15);
    return lot;
}

static enum status check_lot(const struct bench *bench, const struct colorant *lot,
                             double share, struct batch_check *out)
{
    struct bands room[2][READINGS];
    struct batch_readings standard, batch;
    read_lot(bench, &bench->standard, share, room[0], &standard);
    read_lot(bench, lot, share, room[1], &batch);
    return batch_check(&bench->setup, &standard, &batch, &bench->tolerance, out);
}

/* The lot whose criterion, read without noise, is so far out, by bisection. */
static enum status lot_at(const struct bench *bench, const struct question *question,
                          double place, struct colorant *out)
{
    double low = 0, high = 0.5;
    bool by_strength = question->criterion == TOLERANCE_STRENGTH;
    double middle_value = by_strength ? 100 : 0;
    double half = by_strength ? 3 : question->limit.most;
    for (int n = 0; n < 40; n++) {
        double middle = (low + high) / 2;
        struct batch_check check;
        *out = by_strength ? make_lot(bench, 1 + middle, 0) : make_lot(bench, 1, middle);
        enum status status = check_lot(bench, out, 0, &check);
        if (status != STATUS_OK)
            return status;
        double value = check.result[question->criterion].value;
        *(value < middle_value + place * half ? &low : &high) = middle;
    }
    return STATUS_OK;
}

static void count_verdicts(const struct bench *bench, const struct question *question,
                           const struct batch_check *check,
                           size_t found[GUARDS][VERDICTS])
{
    const struct batch_result *result = &check->result[question->criterion];
    struct tolerance tolerance = bench->tolerance;
    for (size_t g = 0; g < GUARDS; g++) {
        tolerance.guard = guards[g];
        switch (batch_decide(&tolerance, question->criterion, result->value,
                             result->uncertainty)) {
        case BATCH_PASS:
        case BATCH_MARGINAL: found[g][0]++; break;
        case BATCH_INCONCLUSIVE: found[g][1]++; break;
        case BATCH_FAIL: found[g][2]++; break;
        }
    }
}

static enum status print_place(const struct bench *bench, const struct question *question,
                               double place, size_t lots, FILE *out)
{
    size_t found[GUARDS][VERDICTS] = {{0}};
    struct colorant lot;
    enum status status = lot_at(bench, question, place, &lot);
    for (size_t n = 0; n < lots && status == STATUS_OK; n++) {
        struct batch_check check;
        status = check_lot(bench, &lot, noise, &check);
        if (status == STATUS_OK)
            count_verdicts(bench, question, &check, found);
    }
    if (status != STATUS_OK)
        return status;
    fprintf(out, "  %4.1f", place);
    for (size_t g = 0; g < GUARDS; g++)
        fprintf(out, "   %5.1f %5.1f %5.1f", 100.0 * (double)found[g][0] / (double)lots,
                100.0 * (double)found[g][1] / (double)lots,
                100.0 * (double)found[g][2] / (double)lots);
    fputc('\n', out);
    return STATUS_OK;
}

static enum status print_question(struct bench *bench, const struct question *question,
                                  size_t lots, FILE *out)
{
    enum status status = STATUS_OK;
    bench->tolerance.limit[question->criterion] = question->limit;
    fprintf(out,
            "\n%s: lots in %%, by where they stand (1: at the limit)\n"
            "        simple acceptance   guard band 0.5 U    guard band 1 U\n"
            "  lot    pass  none  fail    pass  none  fail    pass  none  fail\n",
            question->text);
    for (size_t k = 0; k < TRUTHS && status == STATUS_OK; k++)
        status = print_place(bench, question, places[k], lots, out);
    return status;
}

enum status study_batches(const struct study_scene *scene, size_t lots, uint64_t seed,
                          FILE *out)
{
    const struct pigment *pigment = &scene->pigment[scene->pigment_count - 1];
    struct bench bench = {.setup = {.method = BATCH_HIDES,
                                    .view = {{0.04, 0.6}, SURFACE_SPECULAR_EXCLUDED},
                                    .concentration = concentration,
                                    .criterion = STRENGTH_KS_SUM,
                                    .weights = &scene->weights[0]},
                          .tolerance = {.name = "study", .warn = 0.8, .guard = 1},
                          .standard = {pigment->K, pigment->S},
                          .random = gsl_rng_alloc(gsl_rng_mt19937)};
    if (!bench.random)
        return STATUS_NO_MEMORY;
    gsl_rng_set(bench.random, (unsigned long)seed);
    for (size_t i = 0; i < BAND_COUNT; i++)
        bench.setup.white.value[i] = white_reading;
    fprintf(
        out,
        "\nBatches of %s: %zu lots a row, %d readings of each and of the standard.\n"
        "With a guard band of 1 U no more than 2.5 %% at the limit should pass, and no "
        "more fail.\n",
        pigment->id, lots, READINGS);
    enum status status = STATUS_OK;
    for (size_t q = 0; q < 2 && status == STATUS_OK; q++)
        status = print_question(&bench, &questions[q], lots, out);
    gsl_rng_free(bench.random);
    return status;
}
