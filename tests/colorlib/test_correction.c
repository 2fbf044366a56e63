/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/correction.h"

#include <math.h>
#include <string.h>

#include "tests/colorlib/batch_lots.h"
#include "tests/runner.h"

enum { BLACK, RED, YELLOW, WHITE, VEHICLE, TINTERS };

static double bell(double nm, double centre, double width)
{
    return exp(-pow((nm - centre) / width, 2));
}

/* Stocks such as a supplier keeps, mm^-1: made up, of the strength of iron oxides, carbon
 * and titanium white at 15 % (colour note, 17.13). */
static void stocks(struct colorant tinter[TINTERS])
{
    memset(tinter, 0, TINTERS * sizeof *tinter);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double nm = bands_wavelength_nm(i);
        tinter[BLACK].K.value[i] = 2000 * 550 / nm;
        tinter[RED].K.value[i] = 700 / (1 + exp((nm - 580) / 15)) + 40;
        tinter[RED].S.value[i] = 60 + 30 * bell(nm, 640, 60);
        tinter[YELLOW].K.value[i] = 400 / (1 + exp((nm - 500) / 15)) + 10;
        tinter[YELLOW].S.value[i] = 80;
        tinter[WHITE].K.value[i] = 20 * bell(nm, 380, 20);
        tinter[WHITE].S.value[i] = 300;
    }
}

/* A brown: 5 % black, 30 % red, 20 % yellow, 3 % white. */
static struct colorant product(void)
{
    struct colorant tinter[TINTERS], out;
    stocks(tinter);
    drawdown_mix(tinter, (double[]){0.05, 0.3, 0.2, 0.03, 0.42}, TINTERS, &out);
    return out;
}

/* The batch that these additions, over its volume, would make the product. */
static struct colorant batch_lacking(const double *share)
{
    struct colorant part[TINTERS + 1], batch;
    double amount[TINTERS + 1] = {1};
    stocks(part + 1);
    part[0] = product();
    for (size_t i = 0; i < TINTERS; i++) {
        amount[0] += share[i];
        amount[i + 1] = -share[i];
    }
    drawdown_mix(part, amount, TINTERS + 1, &batch);
    return batch;
}

static struct tolerance usual(void)
{
    struct tolerance it = {.name = "usual", .warn = 0.8, .guard = 1};
    it.limit[TOLERANCE_DE00] = (struct tolerance_limit){TOLERANCE_BELOW, 0, 0.8, true};
    it.limit[TOLERANCE_STRENGTH] =
        (struct tolerance_limit){TOLERANCE_BETWEEN, 97, 103, true};
    it.limit[TOLERANCE_RESIDUAL] =
        (struct tolerance_limit){TOLERANCE_BELOW, 0, 0.5, true};
    return it;
}

struct bench {
    struct weights weights;
    struct batch_setup setup;
    struct tolerance tolerance;
    struct correction_problem problem;
};

static void set_up(struct bench *bench)
{
    bench->weights = example_weights("D65");
    bench->tolerance = usual();
    lot_setup(BATCH_PAIR, &bench->weights, &bench->setup);
    bench->problem = (struct correction_problem){
        .conditions = {.concentration = bench->setup.concentration,
                       .drawdown = {bench->setup.thickness_mm, bench->setup.card.light},
                       .view = bench->setup.view,
                       .weights = &bench->weights},
        .criterion = STRENGTH_KS_SUM,
        .tolerance = &bench->tolerance,
        .standard = product(),
        .batch = product(),
        .count = TINTERS,
        .most = 0.05};
    stocks(bench->problem.tinter);
}

static struct correction solved(const struct bench *bench)
{
    struct correction correction;
    ck_assert_int_eq(correction_solve(&bench->problem, &correction), STATUS_OK);
    return correction;
}

/* Shares over the batch's volume. */
static const double lacks[][TINTERS] = {
    {0, 0, 0, 0, 0.042}, {0.004, 0, 0, 0, 0},        {0, 0.02, 0, 0, 0},
    {0, 0, 0.02, 0, 0},  {0.002, 0, 0.015, 0, 0.02}, {0, 0.02, 0, 0.005, 0.02},
};

/* Limits an eighth as wide, so that each of these is off. */
static void tighten(struct tolerance *it)
{
    it->limit[TOLERANCE_DE00].most /= 8;
    it->limit[TOLERANCE_RESIDUAL].most /= 8;
    it->limit[TOLERANCE_STRENGTH].least = 100 - 3.0 / 8;
    it->limit[TOLERANCE_STRENGTH].most = 100 + 3.0 / 8;
}

/* To 0.1 % of the batch: the penalty keeps that much back. */
START_TEST(what_a_batch_lacks_is_what_is_added)
{
    static struct bench bench;
    set_up(&bench);
    tighten(&bench.tolerance);
    bench.problem.batch = batch_lacking(lacks[_i]);
    struct correction correction = solved(&bench);
    ck_assert_int_eq(correction.verdict, CORRECTION_SAVES);
    for (size_t i = 0; i < TINTERS; i++)
        ck_assert_double_eq_tol(correction.share[i], lacks[_i][i], 1e-3);
    ck_assert_double_le(correction.after.value[TOLERANCE_DE00], 0.1);
    ck_assert_double_eq_tol(correction.after.value[TOLERANCE_STRENGTH], 100, 0.5);
    ck_assert_double_gt(correction.before.value[TOLERANCE_DE00],
                        correction.after.value[TOLERANCE_DE00]);
}
END_TEST

START_TEST(the_result_is_the_batch_and_its_additions)
{
    static struct bench bench;
    struct colorant part[TINTERS + 1], result;
    double amount[TINTERS + 1] = {1};
    set_up(&bench);
    bench.problem.batch = batch_lacking(lacks[4]);
    struct correction correction = solved(&bench);
    part[0] = bench.problem.batch;
    memcpy(part + 1, bench.problem.tinter, TINTERS * sizeof *part);
    memcpy(amount + 1, correction.share, TINTERS * sizeof *amount);
    for (size_t i = 0; i <= TINTERS; i++)
        amount[i] /= 1 + correction.total;
    drawdown_mix(part, amount, TINTERS + 1, &result);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        ck_assert_double_eq_tol(correction.result.K.value[i], result.K.value[i], 1e-9);
        ck_assert_double_eq_tol(correction.result.S.value[i], result.S.value[i], 1e-9);
    }
    ck_assert_double_eq_tol(correction.needed, correction.total, 1e-4);
}
END_TEST

START_TEST(a_batch_within_its_limits_needs_nothing)
{
    static struct bench bench;
    set_up(&bench);
    struct correction correction = solved(&bench);
    ck_assert_int_eq(correction.verdict, CORRECTION_NOT_NEEDED);
    ck_assert_double_eq(correction.total, 0);
    bench.problem.batch = batch_lacking((double[]){0, 0, 0, 0, 0.015});
    correction = solved(&bench); /* 101.5 %, within 0.8 of 3 % */
    ck_assert_int_eq(correction.verdict, CORRECTION_NOT_NEEDED);
    ck_assert_double_eq_tol(correction.after.value[TOLERANCE_STRENGTH], 101.5, 0.1);
}
END_TEST

/* 12 % of vehicle would do; 5 % leave it at 1.12 / 1.05. */
START_TEST(more_than_may_be_added_is_said_with_what_it_takes)
{
    static struct bench bench;
    set_up(&bench);
    bench.problem.batch = batch_lacking((double[]){0, 0, 0, 0, 0.12});
    bench.problem.count = 1;
    bench.problem.tinter[0] = (struct colorant){0};
    struct correction correction = solved(&bench);
    ck_assert_int_eq(correction.verdict, CORRECTION_TOO_MUCH);
    ck_assert_double_le(correction.total, 0.05 + 1e-9);
    ck_assert_double_ge(correction.total, 0.049);
    ck_assert_double_eq_tol(correction.needed, 0.12, 1e-3);
    ck_assert_int_eq(correction.blocks, TOLERANCE_STRENGTH);
    ck_assert_double_eq_tol(correction.after.value[TOLERANCE_STRENGTH], 112 / 1.05, 0.2);
    ck_assert_double_gt(correction.excess, 0.05);
}
END_TEST

/* A third too much black, and only the vehicle at hand: strength can be mended, the
 * shade not. */
START_TEST(a_shade_that_no_tinter_mends_is_beyond_saving)
{
    static struct bench bench;
    struct colorant part[TINTERS], standard = product();
    stocks(part);
    set_up(&bench);
    part[0] = standard;
    part[1] = bench.problem.tinter[BLACK];
    drawdown_mix(part, (double[]){1, 0.016}, 2, &bench.problem.batch);
    bench.problem.count = 1;
    bench.problem.tinter[0] = (struct colorant){0};
    struct correction correction = solved(&bench);
    ck_assert_int_eq(correction.verdict, CORRECTION_NEVER);
    ck_assert_int_ne(correction.blocks, TOLERANCE_STRENGTH);
    ck_assert_double_gt(correction.excess, 0); /* red is where black shows */
    ck_assert_double_ge(bands_wavelength_nm(correction.band), 550);
}
END_TEST

START_TEST(the_forecast_knows_how_well_additions_are_measured)
{
    static struct bench bench;
    set_up(&bench);
    bench.problem.batch = batch_lacking((double[]){0, 0, 0, 0, 0.042});
    struct correction correction = solved(&bench);
    /* two deviations of hypot(2 %, 3 %) of 4.2 % of vehicle */
    ck_assert_double_eq_tol(correction.after.uncertainty[TOLERANCE_STRENGTH],
                            2 * sqrt(13) * 0.042, 0.03);
    ck_assert(isnan(correction.after.value[TOLERANCE_CONTRAST]));
}
END_TEST

/* By hand: 5 kg of a batch of density 1.1; 0.04 of vehicle (1.0), 0.01 of black (1.2). */
START_TEST(the_scale_runs_on_from_the_batch)
{
    const struct correction correction = {.share = {0.01, 0, 0.04}};
    const double density[] = {1.2, 1.5, 1.0};
    struct correction_step step[3];
    ck_assert_uint_eq(correction_pour(&correction, 3, 5, 1.1, density, step), 2);
    ck_assert_uint_eq(step[0].tinter, 2);
    ck_assert_double_eq_tol(step[0].amount, 0.2 / 1.1, 1e-12);
    ck_assert_double_eq_tol(step[0].scale, 5 + 0.2 / 1.1, 1e-12);
    ck_assert_uint_eq(step[1].tinter, 0);
    ck_assert_double_eq_tol(step[1].amount, 0.06 / 1.1, 1e-12);
    ck_assert_double_eq_tol(step[1].scale, 5 + 0.26 / 1.1, 1e-12);
}
END_TEST

START_TEST(a_batch_is_as_strong_in_the_scale_of_a_profile)
{
    struct colorant profile = product(), white = {lot_flat(0.2), lot_flat(1)}, batch, out;
    batch = white;
    for (size_t i = 0; i < BAND_COUNT; i++)
        batch.K.value[i] *= 1 + 0.01 * (double)i;
    white.K.value[7] = 0; /* the ratio of nothing to nothing is none */
    correction_rescale(&profile, &white, &batch, &out);
    correction_rescale(&profile, &white, &batch, &batch);
    ck_assert_mem_eq(&batch, &out, sizeof out);
    for (size_t i = 0; i < BAND_COUNT; i++) {
        double ratio = i == 7 ? 1 : 1 + 0.01 * (double)i;
        ck_assert_double_eq_tol(out.K.value[i], ratio * profile.K.value[i], 1e-9);
        ck_assert_double_eq(out.S.value[i], profile.S.value[i]);
    }
}
END_TEST

START_TEST(what_makes_no_problem_is_refused)
{
    static struct bench bench;
    struct correction correction;
    set_up(&bench);
    bench.problem.most = 0;
    ck_assert_int_eq(correction_solve(&bench.problem, &correction), STATUS_OUT_OF_RANGE);
    bench.problem.most = NAN;
    ck_assert_int_eq(correction_solve(&bench.problem, &correction), STATUS_OUT_OF_RANGE);
    bench.problem.most = 0.05;
    bench.problem.count = 0;
    ck_assert_int_eq(correction_solve(&bench.problem, &correction), STATUS_OUT_OF_RANGE);
    bench.problem.count = TINTERS;
    bench.problem.tinter[1].S.value[3] = -1;
    ck_assert_int_eq(correction_solve(&bench.problem, &correction), STATUS_BAD_DATA);
    stocks(bench.problem.tinter);
    bench.problem.batch.K.value[0] = HUGE_VAL;
    ck_assert_int_eq(correction_solve(&bench.problem, &correction), STATUS_BAD_DATA);
}
END_TEST

/* -- the whole way: measured, corrected, measured again --------------------------------
 */

/* A quarter of the scatter of placements: five drawdowns that were stirred and read with
 * care decide strength to 0.75 %. */
static const double noise = LOT_NOISE / 4;

static struct batch_check measured(const struct bench *bench, const struct colorant *lot,
                                   gsl_rng *random)
{
    static struct bands room[2][2][BATCH_READINGS_MAX];
    const struct colorant *lots[] = {&bench->problem.standard, lot};
    struct batch_readings side[2];
    struct batch_check check;
    for (size_t k = 0; k < 2; k++)
        lot_read(&bench->setup, lots[k], noise, random, LOT_READINGS, room[k], &side[k]);
    ck_assert_int_eq(
        batch_check(&bench->setup, &side[0], &side[1], &bench->tolerance, &check),
        STATUS_OK);
    return check;
}

/* What is poured differs from what was asked for by 2 %, the stocks from their profiles
 * by 3 %. */
static struct colorant poured(const struct correction *correction,
                              const struct colorant *batch, gsl_rng *random)
{
    struct colorant part[TINTERS + 1], out;
    double amount[TINTERS + 1] = {1}, volume = 1;
    part[0] = *batch;
    stocks(part + 1);
    for (size_t i = 0; i < TINTERS; i++) {
        double share = correction->share[i] *
                       (1 + gsl_ran_gaussian(random, CORRECTION_POUR_DEVIATION));
        volume += share;
        amount[i + 1] =
            share * (1 + gsl_ran_gaussian(random, CORRECTION_STRENGTH_DEVIATION));
    }
    for (size_t i = 0; i <= TINTERS; i++)
        amount[i] /= volume;
    drawdown_mix(part, amount, TINTERS + 1, &out);
    return out;
}

/* Up to 4 % of additions short, of two things at random. */
static struct colorant off_batch(gsl_rng *random)
{
    static const double most[TINTERS] = {0.006, 0.03, 0.03, 0.008, 0.04};
    double share[TINTERS] = {0};
    for (size_t n = 0; n < 2; n++) {
        size_t i = gsl_rng_uniform_int(random, TINTERS);
        share[i] = most[i] * gsl_rng_uniform(random) * (n == 0 ? 1 : 0.3);
    }
    return batch_lacking(share);
}

/* Those count that are off without noise and can be saved with the true colorants. */
START_TEST(nineteen_of_twenty_savable_batches_pass_after_one_addition)
{
    static struct bench bench;
    size_t savable = 0, passed = 0;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 20261121);
    while (savable < 200) {
        struct colorant batch = off_batch(random);
        set_up(&bench);
        bench.problem.batch = batch;
        if (solved(&bench).verdict != CORRECTION_SAVES)
            continue;
        savable++;
        struct batch_check check = measured(&bench, &batch, random);
        bench.problem.standard = check.standard;
        bench.problem.batch = check.batch;
        struct correction correction = solved(&bench);
        bench.problem.standard = product();
        struct colorant better = poured(&correction, &batch, random);
        passed += measured(&bench, &better, random).verdict == BATCH_PASS;
    }
    ck_assert_uint_ge(passed, 190);
    gsl_rng_free(random);
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("correction");
    TCase *tcase = tcase_create("correction");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, what_a_batch_lacks_is_what_is_added, 0,
                        sizeof lacks / sizeof lacks[0]);
    tcase_add_test(tcase, the_result_is_the_batch_and_its_additions);
    tcase_add_test(tcase, a_batch_within_its_limits_needs_nothing);
    tcase_add_test(tcase, more_than_may_be_added_is_said_with_what_it_takes);
    tcase_add_test(tcase, a_shade_that_no_tinter_mends_is_beyond_saving);
    tcase_add_test(tcase, the_forecast_knows_how_well_additions_are_measured);
    tcase_add_test(tcase, the_scale_runs_on_from_the_batch);
    tcase_add_test(tcase, a_batch_is_as_strong_in_the_scale_of_a_profile);
    tcase_add_test(tcase, what_makes_no_problem_is_refused);
    tcase_add_test(tcase, nineteen_of_twenty_savable_batches_pass_after_one_addition);
    suite_add_tcase(suite, tcase);
    return suite;
}
