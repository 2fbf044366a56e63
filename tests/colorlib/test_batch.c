/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "colorlib/batch.h"

#include <math.h>
#include <string.h>

#include "tests/colorlib/batch_lots.h"
#include "tests/runner.h"

/* de00 below 0.8, strength 97 to 103, residual below 0.5, all critical. */
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

/* -- the decision, by hand ----------------------------------------------------------- */

static const struct {
    enum tolerance_criterion criterion;
    double guard, value, uncertainty;
    enum batch_verdict verdict;
} decisions[] = {
    {TOLERANCE_DE00, 1, 0.56, 0.12, BATCH_PASS},
    {TOLERANCE_DE00, 1, 0.66, 0.12, BATCH_MARGINAL}, /* above 0.64, 0.8 of the limit */
    {TOLERANCE_DE00, 1, 0.70, 0.12, BATCH_INCONCLUSIVE},
    {TOLERANCE_DE00, 1, 0.90, 0.12, BATCH_INCONCLUSIVE},
    {TOLERANCE_DE00, 1, 0.93, 0.12, BATCH_FAIL},
    {TOLERANCE_DE00, 1, 0.10, 0.21, BATCH_INCONCLUSIVE}, /* a quarter is 0.2 */
    {TOLERANCE_DE00, 1, 5.00, 0.50, BATCH_FAIL},
    {TOLERANCE_DE00, 0, 0.79, 0.12, BATCH_MARGINAL},
    {TOLERANCE_DE00, 0, 0.81, 0.12, BATCH_FAIL},
    {TOLERANCE_DE00, 0, 0.81, 0.21, BATCH_INCONCLUSIVE},
    {TOLERANCE_DE00, 0.5, 0.75, 0.12, BATCH_INCONCLUSIVE},
    {TOLERANCE_DE00, 0.5, 0.73, 0.12, BATCH_MARGINAL},
    {TOLERANCE_DE00, 1, 0.10, NAN, BATCH_INCONCLUSIVE},
    {TOLERANCE_DE00, 1, NAN, 0.10, BATCH_INCONCLUSIVE},
    {TOLERANCE_STRENGTH, 1, 100, 0.6, BATCH_PASS},
    {TOLERANCE_STRENGTH, 1, 102.5, 0.4, BATCH_MARGINAL}, /* beyond 102.4 */
    {TOLERANCE_STRENGTH, 1, 104.2, 0.6, BATCH_FAIL},
    {TOLERANCE_STRENGTH, 1, 95.8, 0.6, BATCH_FAIL},
    {TOLERANCE_STRENGTH, 1, 97.3, 0.6, BATCH_INCONCLUSIVE},
    {TOLERANCE_STRENGTH, 1, 100, 0.8, BATCH_INCONCLUSIVE}, /* a quarter is 0.75 */
    {TOLERANCE_METAMERISM, 1, 9, NAN, BATCH_PASS},         /* no limit */
};

START_TEST(a_verdict_keeps_the_guard_band)
{
    struct tolerance tolerance = usual();
    tolerance.guard = decisions[_i].guard;
    ck_assert_int_eq(batch_decide(&tolerance, decisions[_i].criterion,
                                  decisions[_i].value, decisions[_i].uncertainty),
                     decisions[_i].verdict);
}
END_TEST

/* -- values -------------------------------------------------------------------------- */

/* A standard and a batch, read with some noise. */
struct bench {
    struct weights weights;
    struct batch_setup setup;
    struct bands room[2][2][BATCH_READINGS_MAX];
    struct batch_readings side[2];
    gsl_rng *random;
};

static void set_up(struct bench *bench, enum batch_method method)
{
    bench->weights = example_weights("D65");
    lot_setup(method, &bench->weights, &bench->setup);
    bench->random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(bench->random, 20261121);
}

static struct batch_check checked(struct bench *bench, double strength, double tilt,
                                  double noise, size_t count)
{
    struct colorant standard = lot_standard(), batch = lot_batch(strength, tilt);
    struct tolerance tolerance = usual();
    struct batch_check check;
    if (bench->setup.method == BATCH_FILM) /* is for what hardly scatters */
        standard.S = batch.S = lot_flat(0);
    lot_read(&bench->setup, &standard, noise, bench->random, count, bench->room[0],
             &bench->side[0]);
    lot_read(&bench->setup, &batch, noise, bench->random, count, bench->room[1],
             &bench->side[1]);
    ck_assert_int_eq(
        batch_check(&bench->setup, &bench->side[0], &bench->side[1], &tolerance, &check),
        STATUS_OK);
    return check;
}

/* A tint displaces some of its white; films are exact but for what their noise is taken
 * to be. */
START_TEST(a_stronger_batch_is_told_by_every_method)
{
    static struct bench bench;
    static const double tolerance[] = {0.1, 1e-6, 0.01};
    set_up(&bench, (enum batch_method)_i);
    for (double strength = 0.94; strength < 1.065; strength += 0.03) {
        struct batch_check check = checked(&bench, strength, 0, 0, 2);
        ck_assert_double_eq_tol(check.result[TOLERANCE_STRENGTH].value, 100 * strength,
                                tolerance[_i]);
        ck_assert_double_le(check.result[TOLERANCE_RESIDUAL].value, 0.05);
        ck_assert_double_eq(check.result[TOLERANCE_RESIDUAL].uncertainty, 0);
    }
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(another_shade_is_left_at_equal_strength)
{
    static struct bench bench;
    set_up(&bench, BATCH_HIDES);
    struct batch_check same = checked(&bench, 1.04, 0, 0, 2);
    struct batch_check redder = checked(&bench, 1.04, 0.05, 0, 2);
    ck_assert_double_gt(redder.result[TOLERANCE_RESIDUAL].value,
                        same.result[TOLERANCE_RESIDUAL].value + 0.2);
    cmsCIELab a = colorimetry_reflectance_lab(&bench.weights, bench.room[0][0][0].value);
    cmsCIELab b = colorimetry_reflectance_lab(&bench.weights, bench.room[1][0][0].value);
    ck_assert_double_eq_tol(redder.result[TOLERANCE_DE00].value,
                            difference_ciede2000(a, b), 1e-9);
    ck_assert_double_eq_tol(redder.result[TOLERANCE_LIGHTNESS].value, b.L - a.L, 1e-9);
    ck_assert(isnan(redder.result[TOLERANCE_CONTRAST].value));
    ck_assert(isnan(redder.result[TOLERANCE_METAMERISM].value));
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(films_over_both_backings_have_a_contrast_ratio)
{
    static struct bench bench;
    struct colorant standard = lot_standard(), liquid;
    set_up(&bench, BATCH_PAIR);
    struct batch_check check = checked(&bench, 1, 0, 0, 2);
    drawdown_mix(&standard, (double[]){0.05}, 1, &liquid);
    double ratio = strength_contrast_ratio(&liquid, 0.05, &bench.setup.card,
                                           &bench.setup.view, &bench.weights);
    ck_assert_double_eq_tol(check.result[TOLERANCE_CONTRAST].value, 100 * ratio, 1e-9);
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(in_a_second_light_metamerism_is_told)
{
    static struct bench bench;
    set_up(&bench, BATCH_HIDES);
    struct weights other = example_weights("A");
    bench.setup.other = &other;
    struct batch_check check = checked(&bench, 1, 0.05, 0, 2);
    ck_assert_double_eq_tol(check.result[TOLERANCE_METAMERISM].value,
                            difference_metamerism(&bench.weights, &other,
                                                  bench.room[0][0][0].value,
                                                  bench.room[1][0][0].value),
                            1e-9);
    gsl_rng_free(bench.random);
}
END_TEST

/* A tint tells the strength, the drawdown itself the color. */
START_TEST(a_tint_beside_the_drawdown_tells_the_strength)
{
    static struct bench bench;
    struct tolerance tolerance = usual();
    struct batch_check check;
    set_up(&bench, BATCH_HIDES);
    checked(&bench, 1.05, 0, 0, 2);
    struct batch_readings side[2];
    for (size_t k = 0; k < 2; k++)
        side[k] = (struct batch_readings){
            .reading = {[BATCH_COLOR] = bench.room[0][0],
                        [BATCH_TINT] = bench.side[k].reading[BATCH_COLOR]},
            .count = {[BATCH_COLOR] = 2, [BATCH_TINT] = 2}};
    ck_assert_int_eq(batch_check(&bench.setup, &side[0], &side[1], &tolerance, &check),
                     STATUS_OK);
    ck_assert_double_eq(check.result[TOLERANCE_DE00].value, 0);
    ck_assert_double_eq_tol(check.result[TOLERANCE_STRENGTH].value, 105, 0.1);
    ck_assert_int_eq(check.verdict, BATCH_FAIL);
    ck_assert_int_eq(check.decided, TOLERANCE_STRENGTH);
    gsl_rng_free(bench.random);
}
END_TEST

/* -- uncertainty --------------------------------------------------------------------- */

/* 400 trials: 95 % has a standard deviation of 1.1 %. The strength of a tint depends on
 * the noise all but linearly. */
START_TEST(the_true_strength_lies_within_the_uncertainty_as_often_as_it_says)
{
    static struct bench bench;
    size_t within = 0;
    set_up(&bench, (enum batch_method)_i);
    for (size_t trial = 0; trial < 400; trial++) {
        struct batch_check check = checked(&bench, 1.02, 0, LOT_NOISE, LOT_READINGS);
        const struct batch_result *strength = &check.result[TOLERANCE_STRENGTH];
        within += fabs(strength->value - 102) <= strength->uncertainty;
    }
    ck_assert_double_ge((double)within / 400, 0.917);
    ck_assert_double_le((double)within / 400, 0.983);
    gsl_rng_free(bench.random);
}
END_TEST

/* The rule with a guard band of one expanded uncertainty promises that of batches at the
 * limit no more than 2.5 % pass and no more than 2.5 % fail; 400 trials have 0.8 %
 * around it. */
START_TEST(batches_at_the_limit_of_strength_pass_or_fail_as_seldom_as_promised)
{
    static struct bench bench;
    size_t passed = 0, failed = 0;
    set_up(&bench, BATCH_HIDES);
    for (size_t trial = 0; trial < 400; trial++) {
        struct batch_check check =
            checked(&bench, _i ? 0.97 : 1.03, 0, LOT_NOISE, LOT_READINGS);
        enum batch_verdict verdict = check.result[TOLERANCE_STRENGTH].verdict;
        passed += verdict <= BATCH_MARGINAL;
        failed += verdict == BATCH_FAIL;
    }
    ck_assert_uint_le(passed, 20);
    ck_assert_uint_le(failed, 20);
    /* the bands are no wider than they must be: 10 each are expected */
    ck_assert_uint_ge(passed + failed, 4);
    gsl_rng_free(bench.random);
}
END_TEST

/* A tilt for which CIEDE2000 is at its limit, by bisection on readings without noise. */
static double tilt_at_limit(struct bench *bench, enum tolerance_criterion criterion,
                            double limit)
{
    double low = 0, high = 0.3;
    for (int n = 0; n < 40; n++) {
        double middle = (low + high) / 2;
        struct batch_check check = checked(bench, 1, middle, 0, 2);
        *(check.result[criterion].value < limit ? &low : &high) = middle;
    }
    return (low + high) / 2;
}

START_TEST(batches_at_the_limit_of_shade_pass_or_fail_as_seldom_as_promised)
{
    static struct bench bench;
    static const enum tolerance_criterion criteria[] = {TOLERANCE_DE00,
                                                        TOLERANCE_RESIDUAL};
    static const double limits[] = {0.8, 0.5};
    size_t passed = 0, failed = 0;
    set_up(&bench, BATCH_HIDES);
    double tilt = tilt_at_limit(&bench, criteria[_i], limits[_i]);
    for (size_t trial = 0; trial < 400; trial++) {
        struct batch_check check = checked(&bench, 1, tilt, LOT_NOISE / 4, LOT_READINGS);
        enum batch_verdict verdict = check.result[criteria[_i]].verdict;
        passed += verdict <= BATCH_MARGINAL;
        failed += verdict == BATCH_FAIL;
    }
    ck_assert_uint_le(passed, 20);
    ck_assert_uint_le(failed, 20);
    ck_assert_uint_ge(passed + failed, 4);
    gsl_rng_free(bench.random);
}
END_TEST

/* Equal lots: a distance has no slope at 0, but its noise is as large as anywhere. */
START_TEST(the_uncertainty_of_a_distance_does_not_vanish_at_zero)
{
    static struct bench bench;
    size_t within = 0;
    set_up(&bench, BATCH_HIDES);
    for (size_t trial = 0; trial < 200; trial++) {
        struct batch_check check = checked(&bench, 1, 0, LOT_NOISE, LOT_READINGS);
        within += check.result[TOLERANCE_DE00].value <=
                  check.result[TOLERANCE_DE00].uncertainty;
    }
    ck_assert_uint_ge(within, 184); /* 95 % less two standard deviations of 1.5 % */
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(what_was_read_once_decides_nothing)
{
    static struct bench bench;
    set_up(&bench, BATCH_HIDES);
    struct batch_check check = checked(&bench, 1, 0, LOT_NOISE, 1);
    ck_assert_int_eq(check.verdict, BATCH_INCONCLUSIVE);
    ck_assert(isnan(check.result[TOLERANCE_STRENGTH].uncertainty));
    ck_assert_uint_eq(check.result[TOLERANCE_STRENGTH].readings, 3);
    gsl_rng_free(bench.random);
}
END_TEST

/* Readings in pairs about the true one, so that mean and scatter stay as they are. */
static void read_in_pairs(struct bench *bench, size_t side, const struct colorant *lot,
                          size_t count)
{
    lot_read(&bench->setup, lot, 0, bench->random, count, bench->room[side],
             &bench->side[side]);
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < BAND_COUNT; i++)
            bench->room[side][0][k].value[i] *= k % 2 ? 1.002 : 0.998;
}

/* 102.2 to 102.6 %, whose distances from the limit ask for more and more. */
START_TEST(as_many_readings_as_asked_for_decide_and_not_many_fewer)
{
    static struct bench bench;
    struct tolerance tolerance = usual();
    struct colorant standard = lot_standard();
    struct colorant batch = lot_batch(1.022 + 0.001 * _i, 0);
    struct batch_check check;
    const struct batch_result *strength = &check.result[TOLERANCE_STRENGTH];
    set_up(&bench, BATCH_HIDES);
    read_in_pairs(&bench, 0, &standard, BATCH_READINGS_MAX);
    read_in_pairs(&bench, 1, &batch, 2);
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_OK);
    ck_assert_int_eq(strength->verdict, BATCH_INCONCLUSIVE);
    size_t asked = strength->readings + strength->readings % 2;
    ck_assert_uint_gt(asked, 2);
    read_in_pairs(&bench, 1, &batch, asked);
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_OK);
    ck_assert_int_le(strength->verdict, BATCH_MARGINAL);
    if (asked < 6)
        return;
    read_in_pairs(&bench, 1, &batch, asked / 4 * 2);
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_OK);
    ck_assert_int_eq(strength->verdict, BATCH_INCONCLUSIVE);
    gsl_rng_free(bench.random);
}
END_TEST

/* -- what is refused ----------------------------------------------------------------- */

START_TEST(what_is_no_reading_is_refused)
{
    static struct bench bench;
    struct tolerance tolerance = usual();
    struct batch_check check;
    set_up(&bench, BATCH_HIDES);
    checked(&bench, 1, 0, 0, 2);
    const double bad[] = {NAN, -0.1, 1.6, HUGE_VAL};
    for (size_t k = 0; k < 4; k++) {
        bench.room[1][0][1].value[30] = bad[k];
        ck_assert_int_eq(
            batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
            STATUS_BAD_DATA);
    }
    bench.side[1].count[BATCH_COLOR] = 0;
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_BAD_DATA);
    bench.side[1].count[BATCH_COLOR] = 1;
    bench.setup.concentration = 1.1;
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_OUT_OF_RANGE);
    bench.setup.concentration = 0.05;
    bench.setup.method = BATCH_PAIR;
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_BAD_DATA);
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(films_that_hide_have_no_strength)
{
    static struct bench bench;
    struct tolerance tolerance = usual();
    struct batch_check check;
    set_up(&bench, BATCH_PAIR);
    checked(&bench, 1, 0, 0, 2);
    for (size_t k = 0; k < 2; k++)
        bench.side[k].reading[BATCH_DARK] = bench.side[k].reading[BATCH_COLOR];
    ck_assert_int_eq(
        batch_check(&bench.setup, &bench.side[0], &bench.side[1], &tolerance, &check),
        STATUS_REJECTED);
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(the_colorant_of_readings_is_the_lots_own)
{
    static struct bench bench;
    struct colorant standard = lot_standard(), found;
    set_up(&bench, BATCH_PAIR);
    checked(&bench, 1, 0, 0, 2);
    ck_assert_int_eq(batch_colorant(&bench.setup, &bench.side[0], &found), STATUS_OK);
    for (size_t i = 0; i < BAND_COUNT; i++)
        ck_assert_double_eq_tol(found.K.value[i], standard.K.value[i],
                                0.001 * standard.K.value[i]); /* exact but for noise */
    bench.side[0].count[BATCH_DARK] = 0;
    ck_assert_int_eq(batch_colorant(&bench.setup, &bench.side[0], &found),
                     STATUS_BAD_DATA);
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(a_colorant_predicts_the_readings_it_was_told_from)
{
    static struct bench bench;
    struct colorant found;
    struct bands predicted;
    set_up(&bench, (enum batch_method)_i);
    checked(&bench, 1, 0, 0, 2);
    ck_assert_int_eq(batch_colorant(&bench.setup, &bench.side[0], &found), STATUS_OK);
    batch_predict(&bench.setup, &bench.side[0], &found, bench.setup.concentration,
                  &predicted);
    for (size_t i = 0; i < BAND_COUNT; i++) /* the least reflectance is rounded up */
        ck_assert_double_eq_tol(predicted.value[i], bench.room[0][0][0].value[i], 1e-4);
    gsl_rng_free(bench.random);
}
END_TEST

START_TEST(every_verdict_has_a_word)
{
    ck_assert_str_eq(batch_verdict_text(BATCH_PASS), "PASS");
    ck_assert_str_eq(batch_verdict_text(BATCH_MARGINAL), "MARGINAL");
    ck_assert_str_eq(batch_verdict_text(BATCH_INCONCLUSIVE), "INCONCLUSIVE");
    ck_assert_str_eq(batch_verdict_text(BATCH_FAIL), "FAIL");
}
END_TEST

Suite *suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *tcase = tcase_create("batch");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_verdict_keeps_the_guard_band, 0,
                        sizeof decisions / sizeof decisions[0]);
    tcase_add_loop_test(tcase, a_stronger_batch_is_told_by_every_method, 0, 3);
    tcase_add_test(tcase, another_shade_is_left_at_equal_strength);
    tcase_add_test(tcase, films_over_both_backings_have_a_contrast_ratio);
    tcase_add_test(tcase, in_a_second_light_metamerism_is_told);
    tcase_add_test(tcase, a_tint_beside_the_drawdown_tells_the_strength);
    tcase_add_loop_test(
        tcase, the_true_strength_lies_within_the_uncertainty_as_often_as_it_says, 0, 3);
    tcase_add_loop_test(
        tcase, batches_at_the_limit_of_strength_pass_or_fail_as_seldom_as_promised, 0, 2);
    tcase_add_loop_test(
        tcase, batches_at_the_limit_of_shade_pass_or_fail_as_seldom_as_promised, 0, 2);
    tcase_add_test(tcase, the_uncertainty_of_a_distance_does_not_vanish_at_zero);
    tcase_add_test(tcase, what_was_read_once_decides_nothing);
    tcase_add_loop_test(tcase, as_many_readings_as_asked_for_decide_and_not_many_fewer, 0,
                        5);
    tcase_add_test(tcase, what_is_no_reading_is_refused);
    tcase_add_test(tcase, films_that_hide_have_no_strength);
    tcase_add_test(tcase, the_colorant_of_readings_is_the_lots_own);
    tcase_add_loop_test(tcase, a_colorant_predicts_the_readings_it_was_told_from, 0, 3);
    tcase_add_test(tcase, every_verdict_has_a_word);
    suite_add_tcase(suite, tcase);
    return suite;
}
